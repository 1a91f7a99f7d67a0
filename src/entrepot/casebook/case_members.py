"""What belongs to a case: leads, parties, claims, reports, tips, checks, results, notes."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from entrepot.casebook import reports
from entrepot.casebook.case_tables import members, results
from entrepot.casebook.claims import state
from entrepot.casebook.content import as_json
from entrepot.casebook.tables import trail
from entrepot.casebook.tips_tables import tips
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import Withdrawal, withdrawn
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.errors import RequestError

NOTE: Final = "note"
PREFIXES: Final[Mapping[str, str]] = {
    "lea": "lead", "clm": "claim", "rep": "report", "tip": "tip", "chk": "check", "res": "result",
    "pty": "party",
}  # fmt: skip
"""Start of an id -> kind of thing. A party is given as `pty_` and its id in the list."""

KINDS: Final = (*PREFIXES.values(), NOTE)

_HASHED: Final = re.compile(r"(lea|clm|rep|chk|res)_[0-9a-f]{12}")
_TIP: Final = re.compile(r"tip[_ ]?([1-9][0-9]*)")
_PARTY: Final = re.compile(r"pty_\S+")


@dataclass(frozen=True, slots=True)
class Member:
    """One thing of a case.

    Attributes:
        member_id: `mem_` and a hash.
        case_id: of the case.
        kind: one of `KINDS`.
        thing_id: its id; of a tip `tip_` and its number, of a party its id in the list; of a note
            empty.
        note: in words; may be empty.
        row: of a check as the plan had it; null: not given, or no check.
        by: who added it.
        at: when, UTC, in ISO form.
        withdrawal: that it was dropped; null: it belongs to the case.
    """

    member_id: str
    case_id: str
    kind: str
    thing_id: str
    note: str
    row: Mapping[str, Any] | None
    by: str
    at: str
    withdrawal: Withdrawal | None = None


def thing_of(text: str) -> tuple[str, str]:
    """Kind and id of a thing, by how its id begins.

    Raises:
        RequestError: it begins like none, or is no whole id.
    """
    given = text.strip()
    if _HASHED.fullmatch(given):
        return PREFIXES[given[:3]], given
    if tip := _TIP.fullmatch(given):
        return "tip", f"tip_{tip[1]}"
    if _PARTY.fullmatch(given):
        return "party", given.removeprefix("pty_")
    raise RequestError(
        f"got {given!r}, which is no id of a thing that a case can hold",
        hint="Expected lea_, clm_, rep_, chk_ or res_ with 12 hexadecimal digits, tip_NUMBER, or "
        "pty_ID with the id of a party in its list. Words are added with entrepot case note.",
    )


def add(
    pen: Pen, case_id: str, kind: str, thing_id: str, note: str = "",
    row: Mapping[str, Any] | None = None,
) -> Member:  # fmt: skip
    """Add a thing to a case that is there; one that belongs to it already adds nothing.

    Another note, or a row that is not kept yet, is one more mention of it.

    Claims, reports, tips and results must be in the casebook. Leads, checks and parties are worked
    out or held elsewhere, so only the form of their ids is known here.

    Raises:
        RequestError: an unknown kind or thing, or a note without words.
    """
    if kind not in KINDS:
        raise RequestError(f"got kind {kind!r}, expected one of {', '.join(KINDS)}")
    if kind == NOTE and not note.strip():
        raise RequestError("got an empty note, expected words")
    _check_known(pen.connection, kind, thing_id)
    for had in listed(pen.connection, case_id):
        if had.withdrawal is None and (had.kind, had.thing_id) == (kind, thing_id) and (
            not note.strip() or had.note == note.strip()
        ) and (row is None or had.row == dict(row)):  # fmt: skip
            return had
    content = None if row is None else as_json(dict(row))
    key = pen.fresh_id("mem", case_id, kind, thing_id, note.strip())
    kept = {"member_id": key, "case_id": case_id, "thing_kind": kind, "thing_id": thing_id,
            "note": note.strip(), "row": content}  # fmt: skip
    line = pen.add(members, kept, action="note" if kind == NOTE else "add", object_id=case_id)
    return Member(key, case_id, kind, thing_id, note.strip(), row, pen.by, line.at)


def listed(connection: Connection, case_id: str | None = None) -> tuple[Member, ...]:
    """Members in order, dropped ones too; of all cases, or of one."""
    gone = withdrawn(withdrawals(connection))
    asked = select(members, trail.c.said_by, trail.c.at).join(trail, trail.c.seq == members.c.seq)
    if case_id is not None:
        asked = asked.where(members.c.case_id == case_id)
    return tuple(
        Member(
            row.member_id, row.case_id, row.thing_kind, row.thing_id, row.note,
            None if row.row is None else json.loads(row.row), row.said_by, row.at,
            gone.get(row.member_id),
        )
        for row in connection.execute(asked.order_by(members.c.seq))
    )  # fmt: skip


def of_kind(held: Sequence[Member], kind: str) -> tuple[str, ...]:
    """Ids of the things of a kind that belong to a case, each once, in order."""
    ids = (one.thing_id for one in held if one.kind == kind and one.withdrawal is None)
    return tuple(dict.fromkeys(ids))


def _check_known(connection: Connection, kind: str, thing_id: str) -> None:
    if kind == "claim":
        state(connection, thing_id)
    elif kind == "report":
        reports.check_known(connection, [thing_id])
    elif kind == "tip":
        number = int(thing_id.removeprefix("tip_"))
        asked = select(tips.c.seq).where(tips.c.number == number)
        _check(connection.execute(asked).first(), thing_id, "entrepot tip list")
    elif kind == "result":
        found = select(results.c.seq).where(results.c.result_id == thing_id)
        _check(connection.execute(found).first(), thing_id, "entrepot result list")


def _check(found: object | None, thing_id: str, command: str) -> None:
    if found is None:
        raise RequestError(
            f"got {thing_id}, which is not in the casebook", hint=f"{command} shows what is."
        )
