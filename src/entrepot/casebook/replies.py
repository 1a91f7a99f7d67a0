"""Replies: what those who are named said when they were asked, or why there is no answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from entrepot.casebook import cases
from entrepot.casebook.dossier_tables import replies
from entrepot.casebook.tables import trail
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import Withdrawal, withdrawn
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.errors import RequestError


@dataclass(frozen=True, slots=True)
class Reply:
    """One entry on the right of reply of a party.

    Attributes:
        reply_id: `rpl_` and a hash.
        case_id: of the case.
        party: name as printed in the dossier.
        asked_on: ISO day; empty: it was not asked, for the reason in `because_none`.
        channel: how it was asked, such as `letter`; may be empty.
        text: its answer to the letter; empty: none (yet).
        because_none: why there is none; empty where there is one, or where one is awaited.
        by: who kept it.
        at: when, UTC, in ISO form.
        withdrawal: that it no longer counts; null: it counts.
    """

    reply_id: str
    case_id: str
    party: str
    asked_on: str
    channel: str
    text: str
    because_none: str
    by: str
    at: str
    withdrawal: Withdrawal | None = None

    def row(self) -> dict[str, Any]:
        """The reply ready for JSON."""
        return {
            "reply_id": self.reply_id, "case_id": self.case_id, "party": self.party,
            "asked_on": self.asked_on or None, "channel": self.channel, "text": self.text,
            "because_none": self.because_none, "by": self.by, "at": self.at,
            "is_withdrawn": self.withdrawal is not None,
        }  # fmt: skip


def add(pen: Pen, case_id: str, party: str, *, asked_on: date | None = None, channel: str = "",
        text: str = "", because_none: str = "") -> Reply:  # fmt: skip
    """Keep that a party was asked, and what it said or why it said nothing.

    The last entry on a party counts as a whole, except that a day on which it was asked is carried
    on from the entry before where none is given. The same entry twice adds nothing.

    Args:
        pen: writes.
        case_id: of a case that is not withdrawn.
        party: name as printed in the dossier.
        asked_on: the day it was asked; null: as known before, or it was not asked.
        channel: how; may be empty.
        text: its answer to the letter.
        because_none: why there is no answer, or why it was not asked.

    Raises:
        RequestError: no such case, no party, both an answer and a reason for none, an answer
            without the day of asking, or nothing at all.
    """
    if cases.one(pen.connection, case_id).state == "withdrawn":
        raise RequestError(f"{case_id} is withdrawn, and nothing is added to it")
    before = counting(pen.connection, case_id).get(folded(party))
    known = before.asked_on if before else ""
    row = {
        "case_id": case_id, "party": " ".join(party.split()),
        "asked_on": asked_on.isoformat() if asked_on else known, "channel": channel.strip(),
        "text": text.strip(), "because_none": because_none.strip(),
    }  # fmt: skip
    _check(row)
    if before and all(getattr(before, name) == value for name, value in row.items()):
        return before
    key = pen.fresh_id("rpl", *row.values())
    line = pen.add(replies, row | {"reply_id": key}, action="reply", object_id=case_id)
    return Reply(
        key, case_id, row["party"], row["asked_on"], row["channel"], row["text"],
        row["because_none"], pen.by, line.at,
    )  # fmt: skip


def listed(connection: Connection, case_id: str) -> tuple[Reply, ...]:
    """All replies of a case in order, those that were taken back too."""
    gone = withdrawn(withdrawals(connection))
    asked = (
        select(replies, trail.c.said_by, trail.c.at)
        .join(trail, trail.c.seq == replies.c.seq)
        .where(replies.c.case_id == case_id)
        .order_by(replies.c.seq)
    )
    return tuple(_reply(row, gone) for row in connection.execute(asked))


def counting(connection: Connection, case_id: str) -> dict[str, Reply]:
    """`folded` name of each party -> the last word on it that was not taken back."""
    return {folded(one.party): one for one in listed(connection, case_id) if one.withdrawal is None}


def folded(name: str) -> str:
    """A name without the differences of case and blanks, under which replies are looked up."""
    return " ".join(name.casefold().split())


def _check(row: Mapping[str, str]) -> None:
    if not row["party"]:
        raise RequestError("got no party, expected its name as the dossier prints it")
    if row["text"] and row["because_none"]:
        raise RequestError(
            "got an answer and a reason why there is none, expected one of the two",
            hint="Give --text or --file, or --none with --because.",
        )
    if row["text"] and not row["asked_on"]:
        raise RequestError(
            f"got an answer of {row['party']} without the day on which it was asked",
            hint="Give it with --asked-on DATE.",
        )
    if not (row["asked_on"] or row["because_none"]):
        raise RequestError(
            f"got nothing on {row['party']}, expected a day, an answer or a reason for none",
            hint="Give --asked-on DATE once it is asked; --text or --file with its answer; or "
            "--none --because TEXT.",
        )


def _reply(row: Row[Any], gone: Mapping[str, Withdrawal]) -> Reply:
    return Reply(
        row.reply_id, row.case_id, row.party, row.asked_on, row.channel, row.text,
        row.because_none, row.said_by, row.at, gone.get(row.reply_id),
    )  # fmt: skip
