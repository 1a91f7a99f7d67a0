"""Admiralty grades: how reliable a source is and how credible an item, judged apart.

The scales are those of NATO's AJP-2.1: A to E and F for "cannot be judged", 1 to 5 and 6 for the
same. A reliable source can say something that is not credible.
"""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, select

from entrepot.casebook.tables import grades, trail
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.casebook.withdrawals import withdrawn
from entrepot.errors import RequestError
from entrepot.evidence.grading import CREDIBILITY, RELIABILITY

SUBJECTS: Final = ("source", "report", "evidence", "claim", "tip")
"""What may be graded. A `source` is named as printed: a publisher or an observer."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What one person thinks of a source or an item.

    Attributes:
        grade_id: `gra_` and a hash.
        subject_kind: one of `SUBJECTS`.
        subject_id: its id, or the name of a source.
        reliability: A to F; null: this entry does not judge it.
        credibility: 1 to 6; null: this entry does not judge it.
        because: the reason.
        by: who.
        at: when, UTC, in ISO form.
        is_withdrawn: the person took it back.
    """

    grade_id: str
    subject_kind: str
    subject_id: str
    reliability: str | None
    credibility: int | None
    because: str
    by: str
    at: str
    is_withdrawn: bool = False


def add(
    pen: Pen, subject_kind: str, subject_id: str, *, reliability: str | None = None,
    credibility: int | None = None, because: str = "",
) -> Grade:  # fmt: skip
    """Grade; the same grade of the same person twice adds nothing.

    Raises:
        RequestError: an unknown kind of subject, a grade off its scale, or none at all.
    """
    _check(subject_kind, subject_id, reliability, credibility)
    row = {
        "subject_kind": subject_kind, "subject_id": subject_id.strip(), "reliability": reliability,
        "credibility": credibility, "because": because.strip(),
    }  # fmt: skip
    had = listed(pen.connection, subject_kind, subject_id.strip())
    own = [one for one in had if one.by == pen.by and not one.is_withdrawn]
    if own and all(getattr(own[-1], key) == row[key] for key in row):
        return own[-1]
    parts = (str(value if value is not None else "") for value in row.values())
    key = pen.fresh_id("gra", *parts)
    line = pen.add(grades, row | {"grade_id": key}, action="grade", object_id=subject_id.strip())
    return Grade(
        key, subject_kind, subject_id.strip(), reliability, credibility, because.strip(), pen.by,
        line.at,
    )  # fmt: skip


def listed(
    connection: Connection, subject_kind: str | None = None, subject_id: str | None = None
) -> tuple[Grade, ...]:
    """All grades in order, withdrawn ones too; or those of a kind, or of one subject."""
    gone = withdrawn(withdrawals(connection))
    columns = [grades.c[name] for name in (
        "grade_id", "subject_kind", "subject_id", "reliability", "credibility", "because"
    )]  # fmt: skip
    asked = select(*columns, trail.c.said_by, trail.c.at).join(trail, trail.c.seq == grades.c.seq)
    if subject_kind is not None:
        asked = asked.where(grades.c.subject_kind == subject_kind)
    if subject_id is not None:
        asked = asked.where(grades.c.subject_id == subject_id)
    rows = connection.execute(asked.order_by(grades.c.seq))
    return tuple(replace(Grade(*tuple(row)), is_withdrawn=row.grade_id in gone) for row in rows)


def counting(given: tuple[Grade, ...]) -> tuple[Grade, ...]:
    """Of each person and subject the last reliability and the last credibility, each by itself.

    Where two people differ, both are there: the caller shows both.
    """
    last: dict[tuple[str, str, str, str], Grade] = {}
    for one in given:
        if not one.is_withdrawn:
            who = (one.subject_kind, one.subject_id, one.by)
            if one.reliability is not None:
                last[(*who, "reliability")] = one
            if one.credibility is not None:
                last[(*who, "credibility")] = one
    counted = {one.grade_id for one in last.values()}
    return tuple(one for one in given if one.grade_id in counted)


def _check(
    subject_kind: str, subject_id: str, reliability: str | None, credibility: int | None
) -> None:
    if subject_kind not in SUBJECTS or not subject_id.strip():
        raise RequestError(
            f"got subject {subject_kind!r} {subject_id!r}, expected {', '.join(SUBJECTS)} and an id"
        )
    if reliability is None and credibility is None:
        raise RequestError("got no grade, expected a reliability A to F or a credibility 1 to 6")
    if reliability is not None and reliability not in RELIABILITY:
        raise RequestError(f"got reliability {reliability!r}, expected a letter A to F")
    if credibility is not None and (
        isinstance(credibility, bool) or credibility not in CREDIBILITY
    ):
        raise RequestError(f"got credibility {credibility!r}, expected a whole number 1 to 6")
