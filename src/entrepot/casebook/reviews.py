"""Reviews: one person's word on exactly one content of a case's dossier."""

import re
import shlex
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from entrepot.casebook import cases
from entrepot.casebook.dossier_tables import reviews
from entrepot.casebook.tables import trail
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import Withdrawal, withdrawn
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.errors import RequestError

APPROVE, RETURN = "approve", "return"
DECISIONS: Final = (APPROVE, RETURN)
CLOSED: Final = ("draft", "withdrawn")
"""States in which nothing is reviewed."""
_CONTENT: Final = re.compile(r"doc_[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class CaseReview:
    """A review as it was kept.

    Attributes:
        review_id: `rev_` and a hash.
        case_id: of the case.
        content_id: `doc_` and a hash: what was read.
        decision: `approve` or `return`.
        because: in words; may be empty for an approval.
        by: who reviewed.
        at: when, UTC, in ISO form.
        withdrawal: that it no longer counts; null: it counts.
    """

    review_id: str
    case_id: str
    content_id: str
    decision: str
    because: str
    by: str
    at: str
    withdrawal: Withdrawal | None = None

    def row(self) -> dict[str, Any]:
        """The review ready for JSON."""
        return {
            "review_id": self.review_id, "case_id": self.case_id, "content_id": self.content_id,
            "decision": self.decision, "because": self.because, "by": self.by, "at": self.at,
            "is_withdrawn": self.withdrawal is not None,
        }  # fmt: skip


def add(pen: Pen, case_id: str, content_id: str, decision: str, because: str = "") -> CaseReview:
    """Keep a review; the same word of the same person on the same content twice adds nothing.

    Args:
        pen: writes; its `by` is the reviewer.
        case_id: of a case in review, or of one that is out and is to be corrected.
        content_id: what the reviewer read, `reviewed_id` of the dossier.
        decision: `approve` or `return`.
        because: why; needed to return.

    Raises:
        RequestError: no such case, one that is not open for review, an unknown decision, no
            content, a return without a reason, or a person who reviewed the case under another
            spelling.
    """
    _check(case_id, content_id, decision, because)
    _check_open(cases.one(pen.connection, case_id))
    _check_person(pen, case_id)
    own = [one for one in counting(pen.connection, case_id, content_id) if one.by == pen.by]
    if own and (own[-1].decision, own[-1].because) == (decision, because.strip()):
        return own[-1]
    row = {"case_id": case_id, "content_id": content_id, "decision": decision,
           "because": because.strip()}  # fmt: skip
    key = pen.fresh_id("rev", *row.values())
    line = pen.add(reviews, row | {"review_id": key}, action=decision, object_id=case_id)
    return CaseReview(key, case_id, content_id, decision, row["because"], pen.by, line.at)


def listed(connection: Connection, case_id: str) -> tuple[CaseReview, ...]:
    """All reviews of a case in order, those of older contents and those taken back too."""
    gone = withdrawn(withdrawals(connection))
    asked = (
        select(reviews, trail.c.said_by, trail.c.at)
        .join(trail, trail.c.seq == reviews.c.seq)
        .where(reviews.c.case_id == case_id)
        .order_by(reviews.c.seq)
    )
    return tuple(_review(row, gone) for row in connection.execute(asked))


def counting(connection: Connection, case_id: str, content_id: str) -> tuple[CaseReview, ...]:
    """Reviews of exactly this content that were not taken back, in order."""
    return tuple(
        one for one in listed(connection, case_id)
        if one.withdrawal is None and one.content_id == content_id
    )  # fmt: skip


def _check(case_id: str, content_id: str, decision: str, because: str) -> None:
    if decision not in DECISIONS:
        raise RequestError(f"got decision {decision!r}, expected {' or '.join(DECISIONS)}")
    if not _CONTENT.fullmatch(content_id):
        raise RequestError(
            f"got content {content_id!r}, expected doc_ and 12 hexadecimal digits",
            hint=f"The id as it is now is printed by: entrepot review {case_id} --dossier FOLDER",
        )
    if decision == RETURN and not because.strip():
        raise RequestError(
            "got a return without a reason, expected what has to change",
            hint="Give it with --because.",
        )


def _check_open(case: cases.Case) -> None:
    if case.state not in CLOSED:
        return
    hint = "Begin another case: entrepot case new TITLE --by NAME"
    if case.state == "draft":
        hint = (
            f"Once all is read: entrepot case state {case.case_id} review --because TEXT --by NAME"
        )
    raise RequestError(
        f"got a review of {case.case_id}, which is {case.state}, expected a case in review",
        hint=hint,
    )


def _check_person(pen: Pen, case_id: str) -> None:
    """One person is printed under one name; spellings that were kept before this was held go on."""
    same = [one.by for one in listed(pen.connection, case_id)
            if one.withdrawal is None and person(one.by) == person(pen.by)]  # fmt: skip
    if same and pen.by not in same:
        raise RequestError(
            f"got a review by {pen.by}, who has already reviewed {case_id} as {same[0]}",
            hint=f"Give {shlex.join(['--by', same[0]])}; of another person a name that differs in "
            "letters or digits.",
        )


def person(name: str) -> str:
    """What a reviewer is told apart by, letters, their marks and digits; empty: it is nobody."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    kept = [sign for sign in plain if unicodedata.category(sign)[0] in "LMN"]  # vowels may be marks
    return "".join(kept) if any(map(str.isalnum, kept)) else ""


def _review(row: Row[Any], gone: Mapping[str, Withdrawal]) -> CaseReview:
    return CaseReview(
        row.review_id, row.case_id, row.content_id, row.decision, row.because, row.said_by, row.at,
        gone.get(row.review_id),
    )  # fmt: skip
