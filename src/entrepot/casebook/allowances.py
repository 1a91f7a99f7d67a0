"""Allowances: findings of the source-protection lint that a person lets stand in a case."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from entrepot.casebook import cases
from entrepot.casebook.dossier_tables import allowances
from entrepot.casebook.tables import trail
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import Withdrawal, withdrawn
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.errors import RequestError


@dataclass(frozen=True, slots=True)
class Allowance:
    """Words that may stand, why, on whose word, when (UTC, ISO form)."""

    allowance_id: str
    case_id: str
    words: str
    because: str
    by: str
    at: str
    withdrawal: Withdrawal | None = None

    def row(self) -> dict[str, Any]:
        """The allowance ready for JSON."""
        return {
            "allowance_id": self.allowance_id, "case_id": self.case_id, "words": self.words,
            "because": self.because, "by": self.by, "at": self.at,
            "is_withdrawn": self.withdrawal is not None,
        }  # fmt: skip


def add(pen: Pen, case_id: str, words: str, because: str) -> Allowance:
    """Let words stand in all that leaves of a case; twice adds nothing.

    Raises:
        RequestError: no such case, no words, or no reason.
    """
    cases.one(pen.connection, case_id)
    if not words.strip():
        raise RequestError("got no words to allow, expected them as printed")
    if not because.strip():
        raise RequestError(
            f"got no reason why {words.strip()!r} may stand, expected one",
            hint="Give it with --because: it cannot be called back once it is out.",
        )
    row = {"case_id": case_id, "words": words.strip(), "because": because.strip()}
    for one in listed(pen.connection, case_id):
        if one.withdrawal is None and one.words == row["words"]:
            return one
    key = pen.fresh_id("alw", *row.values())
    line = pen.add(allowances, row | {"allowance_id": key}, action="allow", object_id=case_id)
    return Allowance(key, case_id, row["words"], row["because"], pen.by, line.at)


def listed(connection: Connection, case_id: str) -> tuple[Allowance, ...]:
    """All allowances of a case in order, those that were taken back too."""
    gone = withdrawn(withdrawals(connection))
    asked = (
        select(allowances, trail.c.said_by, trail.c.at)
        .join(trail, trail.c.seq == allowances.c.seq)
        .where(allowances.c.case_id == case_id)
        .order_by(allowances.c.seq)
    )
    return tuple(
        Allowance(row.allowance_id, row.case_id, row.words, row.because, row.said_by, row.at,
                  gone.get(row.allowance_id))
        for row in connection.execute(asked)
    )  # fmt: skip


def counting(connection: Connection, case_id: str) -> tuple[str, ...]:
    """Words that may stand, in order."""
    return tuple(one.words for one in listed(connection, case_id) if one.withdrawal is None)
