"""Taking back: one more entry that says that an earlier one no longer counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table, select

from entrepot.casebook.case_tables import members, results
from entrepot.casebook.dossier_tables import allowances, replies, reviews
from entrepot.casebook.tables import decisions, evidence, grades, links, trail, withdrawals
from entrepot.casebook.trail import Pen
from entrepot.errors import RequestError

_OF: Final[dict[str, tuple[Table, str]]] = {
    "alw": (allowances, "allowance_id"),
    "dec": (decisions, "decision_id"),
    "evi": (evidence, "evidence_id"),
    "gra": (grades, "grade_id"),
    "lin": (links, "link_id"),
    "mem": (members, "member_id"),
    "res": (results, "result_id"),
    "rev": (reviews, "review_id"),
    "rpl": (replies, "reply_id"),
    "wit": (withdrawals, "withdrawal_id"),
}
"""Start of an id -> where its entries stand."""

_ANYBODYS: Final = (allowances, evidence, members, replies, results)
"""Entries that anybody may take back who says why: they are about the matter, not a judgement."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That an entry no longer counts: its id, that of the entry, who, when (UTC) and why."""

    withdrawal_id: str
    entry_id: str
    by: str
    at: str
    because: str


def withdraw(pen: Pen, entry_id: str, because: str) -> Withdrawal:
    """Take back a decision, evidence, grade, link, result, member of a case, review, reply, ...

    A person takes back only what is their own: who thinks otherwise than another one adds an entry
    of their own, and both are shown. Evidence, results, members of a case, replies and allowances
    may be taken back by anybody who says why; what was published cannot be. A result that became
    evidence is taken back as that evidence.

    Raises:
        RequestError: no such entry, taken back already, or another person's.
    """
    entry_id = _meant(pen, entry_id.strip())
    table, column = _table_of(entry_id)
    found = pen.connection.execute(
        select(trail.c.said_by, trail.c.object_id)
        .join(table, table.c.seq == trail.c.seq)
        .where(table.c[column] == entry_id)
    ).one_or_none()
    if found is None:
        raise _unknown(entry_id)
    if entry_id in withdrawn(listed(pen.connection)):
        raise RequestError(f"{entry_id} is taken back already")
    _check_owner(table, entry_id, found.said_by, pen.by, because)
    row = {
        "withdrawal_id": pen.fresh_id("wit", entry_id),
        "entry_id": entry_id,
        "because": because.strip(),
    }
    line = pen.add(withdrawals, row, action="withdraw", object_id=found.object_id)
    return Withdrawal(row["withdrawal_id"], entry_id, pen.by, line.at, row["because"])


def listed(connection: Connection) -> tuple[Withdrawal, ...]:
    """All withdrawals in order."""
    rows = connection.execute(
        select(
            withdrawals.c.withdrawal_id, withdrawals.c.entry_id, trail.c.said_by, trail.c.at,
            withdrawals.c.because,
        ).join(trail, trail.c.seq == withdrawals.c.seq).order_by(withdrawals.c.seq)
    )  # fmt: skip
    return tuple(Withdrawal(*row) for row in rows)


def withdrawn(entries: Sequence[Withdrawal]) -> dict[str, Withdrawal]:
    """Id of each entry that no longer counts -> the withdrawal that says so."""
    gone: dict[str, Withdrawal] = {}
    for one in reversed(entries):
        if one.withdrawal_id not in gone:
            gone.setdefault(one.entry_id, one)
    return gone


def _meant(pen: Pen, entry_id: str) -> str:
    """The evidence that a result became, so that the two can never differ; else the id itself."""
    asked = select(results.c.evidence_id).where(results.c.result_id == entry_id)
    return pen.connection.execute(asked).scalar() or entry_id


def _table_of(entry_id: str) -> tuple[Table, str]:
    found = _OF.get(entry_id.partition("_")[0])
    if found is None:
        raise _unknown(entry_id)
    return found


def _unknown(entry_id: str) -> RequestError:
    return RequestError(
        f"got {entry_id!r}, which is no entry that can be taken back",
        hint="entrepot claims show CLAIM_ID prints the ids of decisions, evidence and grades.",
    )


def _check_owner(table: Table, entry_id: str, owner: str, by: str, because: str) -> None:
    if owner == by:
        return
    if table not in _ANYBODYS:
        raise RequestError(
            f"{entry_id} is an entry of {owner}, and {by} can take back only their own",
            hint="Add an entry of your own; where two people differ, both are shown.",
        )
    if not because.strip():
        raise RequestError(
            f"{entry_id} is an entry of {owner}; expected a reason to take it back",
            hint="Give it with --because.",
        )
