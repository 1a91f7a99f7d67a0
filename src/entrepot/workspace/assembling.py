"""From a case of the casebook to a dossier: everything is read here, and put into words below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from entrepot import __version__
from entrepot.casebook import cases, reviews
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.cases import Case
from entrepot.dossiers.assemble.made import made_of
from entrepot.dossiers.assemble.material import Figures, Material
from entrepot.dossiers.dossier.canonical import reviewed_id
from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.dossiers.dossier.dossier import Dossier, Review
from entrepot.evidence.assessing.records import Records
from entrepot.signals.question import Question
from entrepot.workspace.assemblingcase import checks_of, claims_of, results_of, tips_of
from entrepot.workspace.assemblingfiles import Archived, rules_file
from entrepot.workspace.assemblingleads import file_ids_of, leads_of, stakes_of
from entrepot.workspace.assemblingparties import parties_of

Told = Callable[[str], None]


@dataclass(frozen=True)
class Beside:
    """What assembling is given beside the records.

    Attributes:
        archive: of the figures; null: only those that ship.
        questions: to try first where the leads of the case were found with other options.
        files: of observations and flights (`assemblingfiles.beside_files`).
        told: hears what is being done.
    """

    archive: Archived | None = None
    questions: Sequence[Question] = ()
    files: Sequence[SourceFile] = ()
    told: Told = lambda text: None


def assemble(
    book: Casebook,
    case_id: str,
    held: Records,
    *,
    as_of: date,
    contact: str = "",
    beside: Beside | None = None,
) -> Dossier:
    """The dossier of a case, as a draft with the reviews of exactly this content.

    No clock and no path goes in: the same casebook, figures, lists and day give the same dossier.
    Call it while the records are open; `held` must have been cut to `as_of` by whoever opened it.

    Args:
        book: is read.
        case_id: of the case.
        held: the records at hand (`workspace.claims.records`).
        as_of: the day as of which rules and lists count.
        contact: where a reply or a correction can be sent.
        beside: see `Beside`.

    Raises:
        RequestError: there is no such case.
        DossierError: the figures do not give a lead of the case, a file is not archived or has
            changed, or a row says something else than in the archived file. Nothing is made.
    """
    given = beside or Beside()
    with book.reading() as connection:
        case = cases.one(connection, case_id)
    made = made_of(_material(book, case, held, as_of, contact, given))
    return replace(made, reviews=_reviews(book, made))


def _material(
    book: Casebook, case: Case, held: Records, as_of: date, contact: str, given: Beside
) -> Material:
    archive, rules = given.archive or Archived(), rules_file()
    file_ids = file_ids_of(held)
    given.told("looking at the archived files")
    files = [archive.source(one) for one in file_ids]
    leads = leads_of(case, held, as_of, given.questions, archive, given.told)
    claims = claims_of(book, case, held, given.told)
    bare, rows = checks_of(case)
    given.told("looking up who is named")
    parties, unknown = parties_of(book, case, claims, held, as_of)
    figures = None
    if held.figures is not None:
        figures = Figures(held.figures.title, file_ids, held.figures.lacks, held.figures.notes)
    return Material(
        case=case, as_of=as_of, contact=contact.strip(), made_with=f"entrepot {__version__}",
        rulebook=held.rulebook, files=(*files, rules), rules_id=rules.file_id, figures=figures,
        leads=leads, claims=claims, checks=rows, checks_bare=bare,
        results=results_of(book, case, claims), tips=tips_of(book, case), parties=parties,
        parties_unknown=unknown, lists=held.lists.editions() if held.lists else None,
        stakes=stakes_of(case, held, file_ids, as_of, given.told), beside=tuple(given.files),
        unread=tuple(sorted(set(archive.unread))),
    )  # fmt: skip


def _reviews(book: Casebook, made: Dossier) -> tuple[Review, ...]:
    """What people said of exactly this content, in order of time."""
    with book.reading() as connection:
        found = reviews.counting(connection, made.case_id, reviewed_id(made))
    return tuple(Review(one.by, one.at, one.decision, one.because, one.content_id) for one in found)
