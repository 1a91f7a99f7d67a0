"""Make the example dossier again: python tools/build_example.py OUT.

The same code gives the same bytes: every entry of its casebook has a fixed hour, the figures are
those that ship, and nothing is taken from a network. The reviewers are roles, not persons.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from entrepot.casebook import case_states, cases, reviews
from entrepot.casebook.casebook import Casebook
from entrepot.checks.places.find import site_of
from entrepot.checks.posts.listed import shipped_posts
from entrepot.checks.posts.near import posts_near
from entrepot.checks.posts.status import shipped_status
from entrepot.dossiers.dossier.canonical import reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.build import Built
from entrepot.engine import open_engine
from entrepot.evidence.documents.read import read_report
from entrepot.evidence.reading.read import read_claims
from entrepot.workspace import Workspace
from entrepot.workspace.assembling import assemble
from entrepot.workspace.claims import Sources, records
from entrepot.workspace.publishing import edition, publish

ROOT = Path(__file__).resolve().parent.parent
DIGEST = ROOT / "docs" / "examples" / "digest.txt"
AS_OF, PUBLISHED_ON = date(2023, 1, 31), date(2023, 2, 3)
BEGIN = datetime(2023, 1, 31, 9, 0, tzinfo=UTC)
LEADS = ("lea_7cf4959e01b3", "lea_841e957950e2")
"""EU aircraft parts (8807) and aircraft (8802) to Belarus, as `entrepot leads` names them."""
SITE = "558th Aircraft Repair Plant"
STORY_DAY = date(2022, 8, 26)
POSTS = 3
EDITOR, FIRST, SECOND = "example editor", "example reviewer one", "example reviewer two"
CONTACT = "https://example.org/corrections"


def clock() -> Callable[[], datetime]:
    """A minute later at every entry."""
    passed = iter(range(10_000))
    return lambda: BEGIN + timedelta(minutes=next(passed))


def filled(book: Casebook) -> str:
    """The case with its report, claims, leads and checks; its id."""
    report = read_report(DIGEST)
    found = read_claims(report)
    book.keep(report, found, by=EDITOR)
    with book.writing(EDITOR) as pen:
        case = cases.new(
            pen, "Aircraft parts, Belarus and Russia: the story of August 2022",
            question="Do records bear out that Belarus bought aircraft parts in the EU and passed "
            "them on to Russia?",
            hub="BLR", target="RUS",
        )  # fmt: skip
        site = site_of(SITE)
        near = posts_near(site, STORY_DAY, posts=shipped_posts(), status=shipped_status(),
                          host="BLR", most=POSTS)  # fmt: skip
        rows = [one.row() for one in near]
        things = [*LEADS, report.report_id, *(str(row["check_id"]) for row in rows)]
        cases.add(pen, case.case_id, things, rows=rows)
    return case.case_id


def draft(book: Casebook, case_id: str, folder: Path) -> Dossier:
    """The dossier of the case, from the figures that ship."""
    with open_engine("duckdb") as engine:
        figures = Workspace(folder).figures(engine, as_of=AS_OF)
        with records(folder, figures, engine, Sources(as_of=AS_OF)) as held:
            return assemble(book, case_id, held, as_of=AS_OF, contact=CONTACT)


def build_example(out: Path) -> Built:
    """Write the sealed folder of the example to `out`/cas_.../v1."""
    with tempfile.TemporaryDirectory(prefix="entrepot-example-") as temporary:
        folder = Path(temporary)
        with Casebook.open(folder / "casebook.sqlite", clock()) as book:
            case_id = filled(book)
            made = draft(book, case_id, folder)
            with book.writing(EDITOR) as pen:
                case_states.move(pen, case_id, "draft", "review", "ready to be read")
            for who in (FIRST, SECOND):
                with book.writing(who) as pen:
                    reviews.add(pen, case_id, reviewed_id(made), reviews.APPROVE)
            return publish(book, edition(book, made, PUBLISHED_ON), out, by=EDITOR)


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples"
    print(build_example(place).folder)  # noqa: T201
