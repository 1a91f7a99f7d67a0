"""The page of a dossier: one file that opens without network, with or without scripts."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import jinja2
from markupsafe import Markup, escape

from entrepot.dossiers import theme
from entrepot.dossiers.dossier.canonical import dossier_id, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party
from entrepot.dossiers.dossier.section import Section
from entrepot.dossiers.paper import dated, environment, listed
from entrepot.dossiers.render import text, words
from entrepot.dossiers.render.anchors import Anchors
from entrepot.dossiers.render.cites import SHORT, Cited, numbered
from entrepot.dossiers.render.figure import Figure, figure
from entrepot.dossiers.render.fit import columns_of_numbers
from entrepot.dossiers.render.prose import paragraphs
from entrepot.errors import DossierError
from entrepot.evidence.wording import band_limits

LONG: Final = 600
"""A cell of more characters is folded behind its beginning."""
BEGINNING: Final = 240
BACK: Final = 12
"""Ways back from a source to the places that cite it; more are counted."""


def dossier_page(
    dossier: Dossier, charts: Mapping[str, str], *, jsonld: str = "",
    earlier: Mapping[int, str] | None = None,
) -> str:  # fmt: skip
    """The dossier as one HTML page without network; equal input gives equal bytes.

    Every sentence, row and chart has the numbers of its sources; each opens to the rows, the file
    with its hash, publisher, time of retrieval and licence. All of it works without scripts; the
    one script only opens a source where the reader is.

    Args:
        dossier: what is printed.
        charts: SVG text of each chart by `chart_id`.
        jsonld: ClaimReview as JSON, for machines; empty: none.
        earlier: addresses of earlier versions by their number; without one it is named by its id.

    Raises:
        DossierError: a citation, a file or a drawing is missing, a table is ragged, or `jsonld`
            is no JSON.
    """
    cited = numbered(dossier)
    anchors = Anchors("findings", "parties", "sources", "files", "versions", "reviews", "verify",
                      "opened", *cited)  # fmt: skip
    findings = [_finding(n, one, anchors) for n, one in enumerate(dossier.findings, start=1)]
    made, script = _paper()
    return made.render(
        dossier=dossier, theme=theme, words=words, back=BACK, short=SHORT,
        marks=Marks(cited), cited=list(cited.values()), findings=findings,
        claims={one["of"].claim_id: one for one in reversed(findings)},
        counts=Counter(one.verdict for one in dossier.findings),
        parties=[_party(one) for one in dossier.parties], unlisted=_unlisted(dossier),
        sections=[_section(one, charts, anchors) for one in dossier.sections],
        unknown=_unknown(dossier), earlier=earlier or {}, reviewed=reviewed_id(dossier),
        whole=dossier_id(dossier), data_hash=words.data_hash(dossier),
        jsonld=_jsonld(jsonld), script=Markup(script), script_hash=_hash(script),
    )  # fmt: skip


class Marks:
    """Small numbers that lead to sources; remembers where each source was cited."""

    def __init__(self, cited: Mapping[str, Cited]) -> None:
        """`cited` by citation id."""
        self._cited = cited
        self._places: dict[str, int] = {}

    def __call__(self, ids: Iterable[str]) -> Markup:
        """Marks of one sentence, row, finding or chart; the lack of any is said."""
        made = [self._mark(key) for key in dict.fromkeys(ids)]
        if not made:
            return Markup('<span class="nocite">no source</span>')
        return Markup('<sup class="cites">{}</sup>').format(Markup(" ").join(made))

    def _mark(self, key: str) -> Markup:
        number = self._cited[key].number
        self._places[key] = place = self._places.get(key, 0) + 1
        name = Markup(' id="r{}-{}"').format(number, place) if place <= BACK else ""
        return Markup('<a class="mark" href="#{}"{} aria-label="Source {}">{}</a>').format(
            _anchor(key), name, number, number
        )

    def places(self, key: str) -> int:
        """How often it was cited so far."""
        return self._places.get(key, 0)


def _anchor(key: str) -> str:
    """An id of a citation as an id of the page."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-") else "-"
                   for sign in key)  # fmt: skip


@cache
def _paper() -> tuple[jinja2.Template, str]:
    """The template and its script; read once, as a site writes a thousand pages."""
    made = environment(
        text=text.clean, kept=text.kept, day=text.day, stamp=text.stamp, cell=cell,
        land=text.land, address=text.address, mailbox=text.mailbox, lang=lang, anchor=_anchor,
        words=_words,
    )  # fmt: skip
    script = (made.loader.get_source(made, "dossier.js")[0] if made.loader else "").strip()
    return made.get_template("dossier.html.j2"), script


def _hash(script: str) -> str:
    """The only script that a browser may run in the page, by its hash (CSP level 2)."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _jsonld(given: str) -> Markup:
    """JSON that cannot end its element: `<` is spelled as its escape."""
    try:
        if given:
            json.loads(given)
    except ValueError as error:
        raise DossierError("got text that is no JSON, expected JSON-LD of claims") from error
    return Markup(given.strip().replace("<", "\\u003c"))


def lang(told: str) -> Markup:
    """The attribute `lang` for words that are plainly of another script, else nothing."""
    tag = text.language(told)
    return Markup(' lang="{}"').format(tag) if tag else Markup("")


def _words(told: str) -> Markup:
    """One line in which no line breaks inside a day or an amount; `bdi` keeps its order inside."""
    return Markup("<bdi{}>{}</bdi>").format(lang(told), dated(text.clean(told)))


def cell(value: Any, *, as_it_stands: bool = False) -> Markup:
    """A cell; null is a dash that is read as such, very long text is folded."""
    if value is None or (as_it_stands and value == text.DASH):
        return Markup('<span class="null" title="not measured">{}</span>').format(text.DASH)
    told = text.clean(value) if as_it_stands else text.cell(value)
    if len(told) <= LONG:
        return escape(told) if text.is_number(value) else Markup("<bdi>{}</bdi>").format(told)
    return Markup(
        '<bdi>{}…</bdi><details class="fold"><summary>all {:,} characters</summary>'
        "<bdi>{}</bdi></details>"
    ).format(told[:BEGINNING], len(told), told)


def _finding(number: int, one: Finding, anchors: Anchors) -> dict[str, Any]:
    return {
        "of": one, "number": number, "key": anchors.take(one.claim_id, f"finding-{number}"),
        "ends": _ends(one), "verdict": words.verdict(one), "roots": words.roots(one),
    }  # fmt: skip


def _ends(one: Finding) -> list[int] | None:
    """Both ends of the band in percent; null: no probability is told."""
    if one.probability is None:
        return None
    if not 0 <= one.probability <= 1:
        raise DossierError(
            f"got a probability of {one.probability:g} in {text.clean(one.claim_id)}, "
            "expected 0 to 1, or null",
            hint="Weigh the claim again.",
        )
    return [round(end * 100) for end in band_limits(one.probability)]


def _party(one: Party) -> dict[str, Any]:
    return {"of": one, "what": words.whose(one, text.land(one.country)), "asked": words.asked(one)}


def _unlisted(dossier: Dossier) -> str:
    """Names that stand in a sentence and have no entry among the parties."""
    held = {one.name for one in dossier.parties}
    return listed([text.clean(one) for one in dossier.named if one not in held])


def _section(one: Section, charts: Mapping[str, str], anchors: Anchors) -> dict[str, Any]:
    key = anchors.take(one.key, "section")
    figures: list[Figure] = []
    for chart in one.charts:
        figures.append(figure(chart, charts, anchors.take(chart.chart_id, "chart")))
    tables = [
        {
            "of": table,
            "key": anchors.take(table.table_id, "table"),
            "numeric": columns_of_numbers(table),
        }
        for table in one.tables
    ]
    return {
        "of": one, "key": key, "paragraphs": paragraphs(one.sentences), "tables": tables,
        "figures": figures,
    }  # fmt: skip


def _unknown(dossier: Dossier) -> int:
    """How many sentences say that something is not known."""
    return sum(one.kind == "unknown" for one in dossier.sentences())
