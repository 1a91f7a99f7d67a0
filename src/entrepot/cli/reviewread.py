"""What is before the reviewers: the folder that `entrepot dossier` wrote, and the casebook."""

import shlex
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from entrepot.casebook import allowances, cases, replies, reviews
from entrepot.casebook.allowances import Allowance
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.cases import Case
from entrepot.casebook.replies import Reply
from entrepot.casebook.reviews import CaseReview
from entrepot.cli.leaks import tip_texts
from entrepot.dossiers.dossier.canonical import read_dossier, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.marks import own_marks
from entrepot.dossiers.review.fault import Fault
from entrepot.dossiers.review.leaving import reviews_of, standing_in_the_way
from entrepot.dossiers.review.rendered import texts_of
from entrepot.dossiers.seal.names import SEAL
from entrepot.errors import EntrepotError, RequestError

_FOLDER: Final = "--dossier FOLDER"
DATA: Final = "dossier.json"


@dataclass(frozen=True)
class Held:
    """What the casebook has on a case before it leaves, all in order."""

    case: Case
    reviews: tuple[CaseReview, ...]
    replies: tuple[Reply, ...]
    allowances: tuple[Allowance, ...]


@dataclass(frozen=True)
class Read:
    """A dossier as it was read.

    Attributes:
        place: the folder, or the file.
        dossier: with the reviews of the folder.
        texts: the other files of the folder.
        own: what their formats put into them; see `handover.marks`.
        tips: numbers of the tips in the case.
        opened: their texts; empty: nobody opened them.
    """

    place: Path
    dossier: Dossier
    texts: Mapping[str, str]
    own: Collection[str]
    tips: tuple[int, ...]
    opened: tuple[str, ...]


@dataclass(frozen=True)
class Reviewed:
    """A dossier with what people said of it.

    Attributes:
        read: what was read.
        dossier: with the reviews of the casebook.
        content_id: of what is reviewed.
        faults: what stands in the way.
    """

    read: Read
    dossier: Dossier
    content_id: str
    faults: tuple[Fault, ...]

    @property
    def to_mend(self) -> tuple[Fault, ...]:
        """Faults that more reviews would not take away."""
        return tuple(one for one in self.faults if one.rule != "reviews")


def held(book: Casebook, case_id: str) -> Held:
    """What the casebook has; `RequestError` where there is no such case."""
    with book.reading() as connection:
        case = cases.one(connection, case_id)
        return Held(
            case, reviews.listed(connection, case.case_id),
            replies.listed(connection, case.case_id), allowances.listed(connection, case.case_id),
        )  # fmt: skip


def read(case: Case, place: Path, options: dict[str, Any]) -> Read:
    """The dossier in a folder, or in a file of that name alone.

    Raises:
        RequestError: it cannot be read, or is of another case.
        DossierError: it is no dossier.
    """
    dossier = draft_at(place, case.case_id)
    numbers = tuple(int(one.removeprefix("tip_")) for one in case.things("tip"))
    opened = tip_texts(
        numbers if options["identity"] else (), options["identity"], options["casebook"],
        options["workspace_dir"],
    )  # fmt: skip
    return replace(drawn(place, dossier), tips=numbers, opened=opened)


def drawn(place: Path, dossier: Dossier) -> Read:
    """A dossier with the other files of its folder; no tip is opened."""
    beside = _beside(place) if place.is_dir() else {}
    return Read(place, dossier, texts_of(beside), own_marks(beside), (), ())


def draft_at(place: Path, case_id: str) -> Dossier:
    """The dossier of a case in a folder that `entrepot dossier` wrote, or in its data file.

    Raises:
        RequestError: it cannot be read, or is of another case.
        DossierError: it is no dossier.
    """
    path = place / DATA if place.is_dir() else place
    try:
        dossier = read_dossier(path.read_bytes())
    except OSError as error:
        raise RequestError(
            f"got --dossier {place}, of which {path.name} cannot be read: {error.strerror}",
            hint=f"Write one: entrepot dossier {case_id} --as-of DATE --out FOLDER",
        ) from error
    if dossier.case_id != case_id:
        raise RequestError(
            f"got a dossier of {dossier.case_id}, expected one of {case_id}",
            hint="Give the folder of this case.",
        )
    return dossier


def reviewed(book: Casebook, found: Read, today: date) -> Reviewed:
    """What stands in the way of what was read, with the reviews of the casebook."""
    with book.reading() as connection:
        dossier = replace(found.dossier, reviews=reviews_of(connection, found.dossier))
        faults = standing_in_the_way(
            connection, dossier, texts=found.texts, tips=found.opened, own=found.own,
            today=today,
        )  # fmt: skip
    told = tuple(replace(one, hint=placed(one.hint, found.place)) for one in faults)
    return Reviewed(found, dossier, reviewed_id(dossier), told)


def placed(hint: str, place: Path) -> str:
    """A hint with the folder that was given where its command only says that there is one."""
    return hint.replace(_FOLDER, shlex.join(["--dossier", str(place)]))


@contextmanager
def placing(place: Path | None) -> Iterator[None]:
    """Refusals from within say in their hints the folder that was given; null: none was."""
    try:
        yield
    except EntrepotError as error:
        error.hint = placed(error.hint, place) if place is not None else error.hint
        raise


def _beside(folder: Path) -> dict[str, bytes]:
    """All other files of the folder, which leave too, but the seal: sums of what is looked at.

    A sum can hold any run of digits by chance, also that of a telephone.
    """
    try:
        return _files(folder)
    except OSError as error:
        raise RequestError(
            f"got --dossier {folder}, of which a file cannot be read: {error.strerror}"
        ) from error


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*")) if one.is_file() and one.name not in (DATA, *SEAL)
    }  # fmt: skip
