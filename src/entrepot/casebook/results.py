"""What came of a check: kept as it was told, and as evidence where it speaks for or against.

`nothing` and `could-not-see` are kept, since the next person need not look again, and are no
evidence: cloud, a gap or a look from too far away would come out the same in either case. Where a
look covered all of the place and time and the thing was not there, whoever looked says `against`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from entrepot.casebook import case_members, evidence
from entrepot.casebook.case_tables import results
from entrepot.casebook.claims import state
from entrepot.casebook.tables import trail
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import Withdrawal, withdrawn
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.errors import RequestError
from entrepot.evidence.standing.evidence import AGAINST, FOR

NOTHING, COULD_NOT = "nothing", "could-not-see"
SAW: Final = (FOR, AGAINST, NOTHING, COULD_NOT)
TELLING: Final = (FOR, AGAINST)


@dataclass(frozen=True, slots=True)
class Look:
    """A result as somebody tells it.

    Attributes:
        what: what was looked at, in words.
        saw: one of `SAW`.
        observer: who looked, the root of the word.
        reference: where it can be looked at again: an address, an item of an archive, a row.
        check_id: of the plan; null: it is none of a plan.
        looked_on: the day; null: not said.
        note: in words; may be empty.
        file_name: of the picture or table kept beside it; null: there is none.
        file_sha256: of its bytes; null: the same.
    """

    what: str
    saw: str
    observer: str
    reference: str
    check_id: str | None = None
    looked_on: date | None = None
    note: str = ""
    file_name: str | None = None
    file_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A result as it was kept.

    Attributes:
        result_id: `res_` and a hash.
        claim_id: the claim that it is about.
        look: as it was told.
        evidence_id: the item of evidence that it became; null: it speaks on neither side.
        by: who kept it.
        at: when, UTC, in ISO form.
        withdrawal: that it no longer counts; null: it counts.
    """

    result_id: str
    claim_id: str
    look: Look
    evidence_id: str | None
    by: str
    at: str
    withdrawal: Withdrawal | None = None

    def row(self) -> dict[str, Any]:
        """The result ready for JSON."""
        one = self.look
        return {
            "result_id": self.result_id, "claim_id": self.claim_id, "check_id": one.check_id,
            "what": one.what, "saw": one.saw, "observer": one.observer,
            "reference": one.reference,
            "looked_on": one.looked_on.isoformat() if one.looked_on else None,
            "note": one.note, "file_name": one.file_name, "file_sha256": one.file_sha256,
            "evidence_id": self.evidence_id, "by": self.by, "at": self.at,
            "is_withdrawn": self.withdrawal is not None,
        }  # fmt: skip


def add(
    pen: Pen, claim_id: str, look: Look, *, given: Collection[str] = (), today: date | None = None
) -> Result:
    """Keep a result, and the evidence it is, in one transaction.

    The same result twice adds nothing.

    Args:
        pen: writes.
        claim_id: of a claim that is there.
        look: as somebody tells it.
        given: ids of checks whose rows are at hand, beside those that a case keeps.
        today: nobody has looked after it; null: the day of the look is not judged.

    Raises:
        RequestError: an unknown claim or check, a day to come, what was seen is none of `SAW`, or
            it is not said what was looked at, by whom, or where that can be looked at again.
    """
    _check(look)
    _check_day(look, today)
    if look.check_id is not None and look.check_id not in given:
        _check_planned(pen.connection, look.check_id)
    state(pen.connection, claim_id)
    for had in listed(pen.connection, claim_id):
        if had.withdrawal is None and had.look == look:
            return had
    evidence_id = _as_evidence(pen, claim_id, look) if look.saw in TELLING else None
    row = _columns(claim_id, look) | {"evidence_id": evidence_id}
    key = pen.fresh_id("res", *(str(value or "") for value in row.values()))
    line = pen.add(results, row | {"result_id": key}, action="look", object_id=claim_id)
    return Result(key, claim_id, look, evidence_id, pen.by, line.at)


def listed(connection: Connection, claim_id: str | None = None) -> tuple[Result, ...]:
    """All results in order, those that were taken back too; or those of one claim."""
    gone = withdrawn(withdrawals(connection))
    asked = select(results, trail.c.said_by, trail.c.at).join(trail, trail.c.seq == results.c.seq)
    if claim_id is not None:
        asked = asked.where(results.c.claim_id == claim_id)
    return tuple(_result(row, gone) for row in connection.execute(asked.order_by(results.c.seq)))


def planned(connection: Connection, check_id: str) -> Mapping[str, Any] | None:
    """The row of a check that a case keeps, the last one of them; null: no case keeps its row."""
    rows = [one.row for one in case_members.listed(connection)
            if (one.kind, one.thing_id) == ("check", check_id) and one.withdrawal is None
            and one.row is not None]  # fmt: skip
    return rows[-1] if rows else None


def _check_planned(connection: Connection, check_id: str) -> None:
    """An id alone says nothing of what was looked at, so the row must be known."""
    if planned(connection, check_id) is None:
        raise RequestError(
            f"got check {check_id!r}, expected one whose row in a plan is known",
            hint="Give its plan with --checks CHECKS.jsonl, as entrepot plan ... --format jsonl "
            "--out CHECKS.jsonl writes it, or keep it with entrepot case add CASE CHECK_ID "
            "--checks CHECKS.jsonl. Who looked without a plan gives --what TEXT and no --check.",
        )


def _check_day(look: Look, today: date | None) -> None:
    if today is not None and look.looked_on is not None and look.looked_on > today:
        raise RequestError(
            f"got a look on {look.looked_on}, expected a day up to today, {today} (UTC)",
            hint="--looked-on is the day on which somebody looked.",
        )


def _check(look: Look) -> None:
    if look.saw not in SAW:
        raise RequestError(f"got {look.saw!r} seen, expected one of {', '.join(SAW)}")
    needed = {
        "what was looked at": (look.what, "--what TEXT or --check CHECK_ID"),
        "who looked": (look.observer, "--observer NAME"),
        "where it can be looked at again": (look.reference, "--reference WHERE"),
    }
    for missing, (given, option) in needed.items():
        if not given.strip():
            raise RequestError(f"got a result that does not say {missing}", hint=f"Give {option}.")


def _as_evidence(pen: Pen, claim_id: str, look: Look) -> str:
    said = [look.what.strip(), look.note.strip()]
    said += [f"check {look.check_id}"] if look.check_id else []
    said += [f"looked on {look.looked_on}"] if look.looked_on else []
    said += [f"file {look.file_name}, sha256 {look.file_sha256}"] if look.file_sha256 else []
    kept = evidence.add(
        pen, claim_id, look.saw, reference=look.reference, observer=look.observer,
        note="; ".join(one for one in said if one),
    )  # fmt: skip
    return kept.evidence_id


def _columns(claim_id: str, look: Look) -> dict[str, str | None]:
    return {
        "claim_id": claim_id, "check_id": look.check_id, "what": look.what, "saw": look.saw,
        "observer": look.observer, "reference": look.reference,
        "looked_on": look.looked_on.isoformat() if look.looked_on else "", "note": look.note,
        "file_name": look.file_name, "file_sha256": look.file_sha256,
    }  # fmt: skip


def _result(row: Row[Any], gone: Mapping[str, Withdrawal]) -> Result:
    look = Look(
        row.what, row.saw, row.observer, row.reference, row.check_id,
        date.fromisoformat(row.looked_on) if row.looked_on else None, row.note, row.file_name,
        row.file_sha256,
    )  # fmt: skip
    taken_back = gone.get(row.evidence_id or row.result_id)
    return Result(row.result_id, row.claim_id, look, row.evidence_id, row.said_by, row.at,
                  taken_back)  # fmt: skip
