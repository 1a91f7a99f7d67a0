"""Questions that a named country can answer line by line: figures, statements, what is unknown.

Neutral words: a figure is put as it stands in the file, with where to look it up, and a space.
Innocent reasons have a question of their own, for they are what the country alone may know.
"""

from dataclasses import asdict, dataclass
from typing import Final

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.fit import is_draft
from entrepot.dossiers.handover.goods import GoodsLine, described, goods, land
from entrepot.dossiers.handover.handed import NOTHING_GIVEN, Given, Handed
from entrepot.dossiers.handover.texts import rendered, table
from entrepot.errors import DossierError

ANSWERS: Final = ("answer", "figure_of_your_authority", "record_or_reference")
"""Columns that are left empty, for whoever answers."""
COLUMNS: Final = (
    "number", "about", "country", "code", "description", "period", "flow", "reporter", "partner",
    "measured", "amount", "low", "high", "currency", "quantity", "unit", "question", "publisher",
    "file_sha256", "locator", "row", "citation_id", *ANSWERS,
)  # fmt: skip
SAME: Final = "Does your authority record the same? If not, which figure, and why do they differ?"
UNREPORTED: Final = "No figure is reported for this line. What does your authority record?"
ORDINARY: Final = (
    "This is worked out and not published. Which figure does your authority have for it, and is "
    "there an ordinary reason, such as repair, transit, growth or a change of codes?"
)
SHOWN: Final = 100
"""Lines of figures in a form for people; the CSV has all of them."""
NO_INTERVAL: Final = "as published; a published figure has no interval"
SUMMED: Final = "worked out from published rows; a sum of them has no interval"
UNSAID: Final = "not said"
"""Of a flow, a code or a country that a row does not name; a dash is an unreported figure."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the list; cells that do not apply, or that a row does not say, are empty."""

    number: int
    about: str
    country: str
    code: str
    description: str
    period: str
    flow: str
    reporter: str
    partner: str
    measured: str
    amount: float | None
    low: float | None
    high: float | None
    currency: str
    quantity: float | None
    unit: str
    question: str
    publisher: str
    file_sha256: str
    locator: str
    row: str
    citation_id: str
    answer: str = ""
    figure_of_your_authority: str = ""
    record_or_reference: str = ""


def questions(dossier: Dossier, given: Given = NOTHING_GIVEN) -> tuple[Question, ...]:
    """Figures first, then statements that were reported, then what is not known.

    Raises:
        DossierError: the case has no third country, so nobody can be asked.
    """
    asked = _asked(dossier, given)
    lines = [one for one in goods(dossier) if _concerns(one, given.country)]
    made = [_of_figure(number, one, asked) for number, one in enumerate(lines, 1)]
    for finding in dossier.findings:
        text = (
            f"It was reported: “{finding.text}” Is it so, in whole or in part, and what record "
            "shows it?"
        )
        made.append(_in_words(len(made) + 1, "statement", asked, text, finding.said_on,
                              next(iter(finding.citations), "")))  # fmt: skip
    for sentence in dossier.sentences():
        if sentence.kind in ("unknown", "explanation"):
            text = f"{sentence.text} What does your authority know of this?"
            made.append(_in_words(len(made) + 1, sentence.kind, asked, text, "",
                                  next(iter(sentence.citations), "")))  # fmt: skip
    return tuple(made)


def questions_csv(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The list for a spreadsheet."""
    rows = [asdict(one) for one in questions(dossier, given)]
    return Handed("questions.csv", "text/csv", table(COLUMNS, rows))


def questions_md(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The list as text with a space under each question."""
    return Handed("questions.md", "text/markdown", _form("questions.md.j2", dossier, given))


def questions_html(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The list as one page that can be printed and filled in by hand."""
    return Handed("questions.html", "text/html", _form("questions.html.j2", dossier, given))


def _form(template: str, dossier: Dossier, given: Given) -> bytes:
    asked = questions(dossier, given)
    figures = [one for one in asked if one.about == "figure"]
    return rendered(
        template, dossier=dossier, figures=figures[:SHOWN], left=len(figures[SHOWN:]),
        others=[one for one in asked if one.about != "figure"], no_interval=NO_INTERVAL,
        summed=SUMMED, unsaid=UNSAID,
        country=_asked(dossier, given), is_draft=is_draft(dossier),
        goods=[(one, described(one)) for one in dossier.codes],
    )  # fmt: skip


def _asked(dossier: Dossier, given: Given) -> str:
    """Names of who is asked."""
    if given.country and given.country not in (*dossier.hubs, *dossier.targets):
        raise DossierError(
            f"got {given.country}, expected a country of the case: {', '.join(dossier.hubs)}",
            hint="A country can answer for what the case holds on it, and for nothing else.",
        )
    hubs = (given.country,) if given.country else dossier.hubs
    if not hubs:
        raise DossierError(
            f"case {dossier.case_id} names no third country, expected one that can be asked",
            hint="A case gets its country from its leads: entrepot case add.",
        )
    return " and ".join(land(one) for one in hubs)


def _concerns(line: GoodsLine, country: str) -> bool:
    """All rows without a country asked; else rows that name it, or that name no country at all."""
    named = {*line.reporter.split(", "), *line.partner.split(", ")} - {""}
    return not country or not named or country in named


def _of_figure(number: int, line: GoodsLine, asked: str) -> Question:
    text = SAME
    if not line.is_published:
        text = ORDINARY
    elif line.amount is None:
        text = UNREPORTED
    return Question(
        number, "figure", asked, line.code, line.description, line.period, line.flow,
        line.reporter, line.partner, line.measured, line.amount, line.low, line.high,
        line.currency, line.quantity, line.unit, text, line.publisher, line.file_id,
        line.locator, line.row, line.citation_id,
    )  # fmt: skip


def _in_words(
    number: int, about: str, asked: str, text: str, period: str, citation_id: str
) -> Question:
    return Question(
        number, about, asked, "", "", period, "", "", "", "", None, None, None, "", None, "",
        text, "", "", "", "", citation_id,
    )  # fmt: skip
