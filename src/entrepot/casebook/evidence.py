"""Evidence for and against a claim, each item with who saw it first hand."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from entrepot.casebook import reports
from entrepot.casebook.claims import state
from entrepot.casebook.tables import evidence, trail
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import Withdrawal, withdrawn
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.errors import RequestError
from entrepot.evidence.standing.evidence import RELATIONS


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source's word on a claim.

    Attributes:
        evidence_id: `evi_` and a hash.
        claim_id: the claim.
        relation: one of `RELATIONS`.
        report_id: the report that says so; null: it is no report.
        reference: where else it stands: an address, a register entry, the id of a row; or empty.
        observer: who saw it first hand, the root of the report; empty: not known.
        note: in words.
        by: who added it.
        at: when, UTC, in ISO form.
        withdrawal: that it no longer counts; null: it counts.
    """

    evidence_id: str
    claim_id: str
    relation: str
    report_id: str | None
    reference: str
    observer: str
    note: str
    by: str
    at: str
    withdrawal: Withdrawal | None = None


def add(
    pen: Pen, claim_id: str, relation: str, *, report_id: str | None = None, reference: str = "",
    observer: str = "", note: str = "",
) -> Evidence:  # fmt: skip
    """Add an item; where the same one counts already, that one is given back.

    Raises:
        RequestError: an unknown claim, report or relation, or neither report nor reference.
    """
    if relation not in RELATIONS:
        raise RequestError(f"got relation {relation!r}, expected {', '.join(RELATIONS)}")
    if report_id is None and not reference.strip():
        raise RequestError(
            "got evidence without a source, expected a report or a reference",
            hint='Give --report REPORT_ID, or --reference "WHERE IT STANDS".',
        )
    state(pen.connection, claim_id)
    if report_id is not None:
        reports.check_known(pen.connection, [report_id])
    row = {
        "claim_id": claim_id, "relation": relation, "report_id": report_id,
        "reference": reference.strip(), "observer": observer.strip(), "note": note.strip(),
    }  # fmt: skip
    for one in listed(pen.connection, claim_id):
        if one.withdrawal is None and all(getattr(one, key) == row[key] for key in row):
            return one
    key = pen.fresh_id("evi", *(value or "" for value in row.values()))
    line = pen.add(evidence, row | {"evidence_id": key}, action="add", object_id=claim_id)
    return Evidence(
        key, claim_id, relation, report_id, str(row["reference"]), str(row["observer"]),
        str(row["note"]), pen.by, line.at,
    )  # fmt: skip


def listed(connection: Connection, claim_id: str | None = None) -> tuple[Evidence, ...]:
    """All items in order, withdrawn ones too; or those of one claim."""
    gone = withdrawn(withdrawals(connection))
    columns = [evidence.c[name] for name in (
        "evidence_id", "claim_id", "relation", "report_id", "reference", "observer", "note"
    )]  # fmt: skip
    asked = select(*columns, trail.c.said_by, trail.c.at).join(trail, trail.c.seq == evidence.c.seq)
    if claim_id is not None:
        asked = asked.where(evidence.c.claim_id == claim_id)
    rows = connection.execute(asked.order_by(evidence.c.seq))
    return tuple(
        replace(Evidence(*tuple(row)), withdrawal=gone.get(row.evidence_id)) for row in rows
    )
