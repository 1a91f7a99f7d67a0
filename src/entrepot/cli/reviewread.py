"""Which content is reviewed: a dossier that was written to a folder, or the case as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from entrepot.casebook import allowances, cases, replies, reviews
from entrepot.casebook.allowances import Allowance
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.cases import Case
from entrepot.casebook.replies import Reply
from entrepot.casebook.reviews import CaseReview
from entrepot.cli.heldrecords import opened_records
from entrepot.cli.leaks import tip_texts
from entrepot.cli.recordoptions import sources_of
from entrepot.dossiers.dossier.canonical import read_dossier, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.review.fault import Fault
from entrepot.dossiers.review.gate import faults
from entrepot.dossiers.review.leaving import reviews_of
from entrepot.dossiers.review.rendered import texts_of
from entrepot.errors import RequestError
from entrepot.workspace.assembling import assemble

DATA: Final = "dossier.json"


@dataclass(frozen=True)
class Reviewed:
    """A case before its reviewers.

    Attributes:
        case: of the casebook.
        dossier: with the reviews of the casebook.
        content_id: of what is to be read.
        faults: what stands in the way.
        reviews: all of the case, in order.
        replies: all of the case, in order.
        allowances: all of the case, in order.
        tips: numbers of the tips in the case.
        is_compared: the wording was compared with tips.
    """

    case: Case
    dossier: Dossier
    content_id: str
    faults: tuple[Fault, ...]
    reviews: tuple[CaseReview, ...]
    replies: tuple[Reply, ...]
    allowances: tuple[Allowance, ...]
    tips: tuple[int, ...]
    is_compared: bool

    @property
    def to_mend(self) -> tuple[Fault, ...]:
        """Faults that more reviews would not take away."""
        return tuple(one for one in self.faults if one.rule != "reviews")


def reviewed(book: Casebook, case_id: str, options: dict[str, Any]) -> Reviewed:
    """The case, its dossier and all that stands in its way.

    Raises:
        RequestError: no such case, a dossier of another one, or no day to assemble it as of.
        DossierError: what was given is no dossier, or none can be made.
    """
    with book.reading() as connection:
        case = cases.one(connection, case_id)
    dossier, texts = _dossier(book, case, options)
    numbers = tuple(int(one.removeprefix("tip_")) for one in case.things("tip"))
    opened = tip_texts(
        numbers if options["identity"] else (), options["identity"], options["casebook"],
        options["workspace_dir"],
    )  # fmt: skip
    with book.reading() as connection:
        return _looked_at(connection, case, dossier, texts, opened, numbers)


def _looked_at(
    connection: Connection, case: Case, bare: Dossier, texts: Mapping[str, str],
    opened: tuple[str, ...], numbers: tuple[int, ...],
) -> Reviewed:  # fmt: skip
    dossier = replace(bare, reviews=reviews_of(connection, bare))
    may = allowances.counting(connection, case.case_id)
    return Reviewed(
        case, dossier, reviewed_id(dossier),
        faults(dossier, tips=opened, texts=texts, allowed=may),
        reviews.listed(connection, case.case_id), replies.listed(connection, case.case_id),
        allowances.listed(connection, case.case_id), numbers, bool(opened),
    )  # fmt: skip


def _dossier(
    book: Casebook, case: Case, options: dict[str, Any]
) -> tuple[Dossier, Mapping[str, str]]:
    if options["dossier"] is not None:
        return _written(options["dossier"], case)
    if options["as_of"] is None:
        raise RequestError(
            "got neither a dossier nor a day, expected one of them",
            hint="Give --dossier FOLDER, which `entrepot dossier CASE` wrote; or --as-of DATE, the "
            "day on which it was made: another day is another content.",
        )
    with opened_records(options["workspace_dir"], sources_of(options)) as opened:
        made = assemble(
            book, case.case_id, opened.records, as_of=options["as_of"], contact=options["contact"]
        )
    return made, {}


def _written(place: Path, case: Case) -> tuple[Dossier, Mapping[str, str]]:
    path = place / DATA if place.is_dir() else place
    try:
        dossier = read_dossier(path.read_bytes())
        beside = _beside(place) if place.is_dir() else {}
    except OSError as error:
        raise RequestError(
            f"got --dossier {place}, of which {path.name} cannot be read: {error.strerror}",
            hint=f"entrepot dossier {case.case_id} --out FOLDER writes one.",
        ) from error
    if dossier.case_id != case.case_id:
        raise RequestError(
            f"got a dossier of {dossier.case_id}, expected one of {case.case_id}",
            hint="Give the folder of this case.",
        )
    return dossier, texts_of(beside)


def _beside(folder: Path) -> dict[str, bytes]:
    """All other files of the folder: they leave, too."""
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*")) if one.is_file() and one.name != DATA
    }  # fmt: skip
