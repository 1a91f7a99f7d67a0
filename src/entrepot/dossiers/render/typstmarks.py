"""A dossier as plain data for the Typst template: texts, numbers of citations, cells as printed.

Nothing here is Typst markup. The template gets one JSON text and prints its strings as strings, so
what anybody wrote comes out to the letter, and cannot act.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from entrepot.dossiers.dossier.canonical import dossier_id, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party, Version
from entrepot.dossiers.dossier.section import Chart, Section, Sentence, Table
from entrepot.dossiers.render import words
from entrepot.dossiers.render.cites import Cited, numbered, numeric
from entrepot.dossiers.render.text import address, cell, clean, day, kept, land
from entrepot.dossiers.render.typstletters import NOTE, drawable
from entrepot.dossiers.theme import FONT
from entrepot.errors import DossierError
from entrepot.evidence.documents.found import many

ROWS_STAND: Final = (
    "All rows, files and queries stand in dossier.json, which this file is made from."
)
ROWS: Final = 5
"""Rows of a citation that are printed; the others stand in dossier.json."""
DECISIONS: Final = {"approve": "approved", "return": "returned"}
HEAD: Final = 78
"""Characters of the title that fit the running head on one line."""
WHOLE: Final = 300
"""A table whose cells are no longer than this keeps each row on one page."""
FACE: Final = "Libertinus Serif"
"""The font inside Typst in which words of charts are drawn."""
PX_PT: Final = 0.75
"""Points in a pixel of SVG (CSS Values and Units 3, 5.2)."""


def marks(
    dossier: Dossier, charts: Mapping[str, str], lacking: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """What the template prints.

    Args:
        dossier: what is printed.
        charts: SVG text by `chart_id`.
        lacking: signs that turned out to have no letter where they stand.

    Raises:
        DossierError: a chart was not drawn, or something cites what the dossier does not hold.
    """
    cited = numbered(dossier)
    stone = words.is_stone(dossier)
    state, meaning = words.STATES.get(dossier.state, (clean(dossier.state), ""))
    made: dict[str, Any] = {
        "title": clean(dossier.title) or "Dossier without a title",
        "question": "" if stone else clean(dossier.question),
        "short_id": dossier_id(dossier),
        "state": state,
        "state_means": " ".join([meaning, *_reasons(dossier)]) if stone else meaning,
        "running": _cut(clean(dossier.title)),
        "watermark": "WITHDRAWN"
        if dossier.state == "withdrawn"
        else "DRAFT"
        if words.is_draft(dossier)
        else "",
        "facts": _facts(dossier),
        "caution": words.CAUTION,
        "summary": _sentences(dossier.summary, cited),
        "findings": [_finding(one, cited) for one in dossier.findings],
        "parties": [_party(one, cited) for one in dossier.parties],
        "sections": [_section(one, cited, charts) for one in dossier.sections],
        "citations": [_citation(one) for one in cited.values()],
        "versions": [_version(one) for one in dossier.versions],
        "reviews": _reviews(dossier),
        "end": _end(dossier),
    }
    drawn: dict[str, Any] = _drawable(made, lacking)
    return {**drawn, "letters": "" if drawn == made else NOTE}


def _drawable(part: Any, lacking: frozenset[str]) -> Any:
    """Every text with letters that the fonts have; tags and entities of SVG are ASCII and stay."""
    if isinstance(part, str):
        return drawable(part, lacking)
    if isinstance(part, dict):
        return {key: _drawable(one, lacking) for key, one in part.items()}
    return [_drawable(one, lacking) for one in part] if isinstance(part, list) else part


def _reasons(dossier: Dossier) -> list[str]:
    """Why it was withdrawn, as the last version says."""
    return [clean(one) for version in dossier.versions[-1:] for one in version.changes]


def _facts(dossier: Dossier) -> list[list[str]]:
    """Name and value of what stands under the title; of a withdrawn one its day and version."""
    if words.is_stone(dossier):
        return [["Withdrawn on", day(dossier.published_on)], ["Version", str(dossier.version)],
                ["Case", clean(dossier.case_id)]]  # fmt: skip
    found = [
        ("As of", day(dossier.as_of)),
        ("Published", day(dossier.published_on) if dossier.published_on else "not published"),
        ("Version", str(dossier.version)),
        ("Case", clean(dossier.case_id)),
        ("Goods (HS)", ", ".join(map(clean, dossier.codes))),
        ("Third country studied", ", ".join(map(land, dossier.hubs))),
        ("Destination studied", ", ".join(map(land, dossier.targets))),
    ]
    return [[name, value] for name, value in found if value]


def _end(dossier: Dossier) -> list[str]:
    contact = clean(dossier.contact)
    made_with = clean(dossier.made_with)
    licence = clean(dossier.licence)
    return [
        *([f"Replies and corrections: {contact}."] if contact else []),
        *([f"The dossier's own words may be used under {licence}."] if licence else []),
        *([f"Made with {made_with}."] if made_with else []),
        *([] if words.is_stone(dossier) else [ROWS_STAND]),
    ]


def _numbers(ids: Iterable[str], cited: Mapping[str, Cited]) -> list[int]:
    return [cited[one].number for one in dict.fromkeys(ids)]


def _sentences(given: Iterable[Sentence], cited: Mapping[str, Cited]) -> list[dict[str, Any]]:
    return [
        {
            "text": clean(one.text),
            "kind": words.KIND_WORDS.get(one.kind, clean(one.kind)),
            "cites": _numbers(one.citations, cited),
        }
        for one in given
    ]


def _finding(one: Finding, cited: Mapping[str, Cited]) -> dict[str, Any]:
    verdict, meaning = words.verdict(one)
    return {
        "text": kept(one.text),
        "said": words.said(one),
        "where": clean(one.said_where),
        "link": address(one.said_where),
        "verdict": _capital(verdict),
        "meaning": meaning,
        "standing": clean(one.standing),
        "roots": words.roots(one),
        "band": clean(one.band) or words.UNTOLD,
        "summary": clean(one.summary),
        "cites": _numbers(one.citations, cited),
    }


def _party(one: Party, cited: Mapping[str, Cited]) -> dict[str, Any]:
    reply = kept(one.reply)
    return {
        "name": clean(one.name),
        "whose": _capital(words.whose(one, land(one.country))),
        "listed": clean(one.listed) or "No hit on the lists that were searched.",
        "asked": words.asked(one),
        "reply": reply,
        "no_reply": "" if reply else clean(one.no_reply_because) or words.NO_REPLY,
        "cites": _numbers(one.citations, cited),
    }


def _cut(title: str) -> str:
    return title if len(title) <= HEAD else title[: HEAD - 1].rstrip() + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _section(one: Section, cited: Mapping[str, Cited], charts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "heading": clean(one.heading) or clean(one.key),
        "sentences": _sentences(one.sentences, cited),
        "tables": [_table(table, cited) for table in one.tables],
        "charts": [_chart(chart, cited, charts) for chart in one.charts],
    }


def _table(one: Table, cited: Mapping[str, Cited]) -> dict[str, Any]:
    columns = range(len(one.columns))
    if any(len(row) != len(one.columns) for row in one.rows) or not one.columns:
        raise DossierError(
            f"table {clean(one.table_id)}: got a row of another length, expected "
            f"{many(len(one.columns), 'cell')}"
        )
    sources = [_numbers(ids, cited) for ids in one.citations]
    rows = [[cell(value) for value in row] for row in one.rows]
    return {
        "caption": clean(one.caption),
        "columns": [clean(name) for name in one.columns],
        "numeric": [numeric([row[place] for row in one.rows]) for place in columns],
        "rows": rows,
        "is_short": all(len(value) <= WHOLE for row in rows for value in row),
        "cites": sources + [[] for _ in range(len(one.rows) - len(sources))],
    }


def _chart(one: Chart, cited: Mapping[str, Cited], charts: Mapping[str, str]) -> dict[str, Any]:
    if one.chart_id not in charts:
        raise DossierError(
            f"got no drawing of chart {clean(one.chart_id)}, expected one of each chart",
            hint="Charts are drawn from their specification before the PDF is made.",
        )
    svg = charts[one.chart_id]
    size = re.search(r'<svg [^>]*?\bwidth="([\d.]+)"', svg)
    return {
        "caption": clean(one.title),
        "alt": clean(one.alt) or clean(one.title),
        "svg": svg.replace(f'font-family="{FONT}"', f'font-family="{FACE}"'),
        "width_pt": float(size[1]) * PX_PT if size else 300.0,
        "cites": _numbers(one.citations, cited),
    }


def _citation(one: Cited) -> dict[str, Any]:
    held, file = one.citation, one.file
    rows = one.cells[:ROWS]
    more = len(held.rows) - len(rows)
    return {
        "number": one.number,
        "kind": words.SOURCE_WORDS.get(held.kind, clean(held.kind)),
        "what": clean(held.what),
        "file": _file(one) if file else [],
        "sha256": clean(file.file_id) if file else "",
        "link": address(file.origin) if file else "",
        "locator": clean(held.locator),
        "query": kept(held.query),
        "columns": [clean(name) for name in one.columns],
        "numeric": list(one.numeric),
        "rows": rows,
        "more": f"and {many(more, 'more row')}, in dossier.json" if more > 0 else "",
    }


def _file(one: Cited) -> list[list[str]]:
    assert one.file is not None
    found = [
        ("File", clean(one.file.name)),
        ("Publisher", clean(one.file.publisher)),
        ("Retrieved", day(one.file.retrieved_at) or "day not known"),
        ("From", clean(one.file.origin)),
        ("Licence", clean(one.file.licence)),
    ]
    return [[name, value] for name, value in found if value]


def _reviews(dossier: Dossier) -> list[str]:
    """One sentence for each review, and whether it was of this content."""
    content = reviewed_id(dossier) if dossier.reviews else ""
    return [
        f"{clean(one.by)}, {day(one.at)}: {words_of} "
        f"{'exactly this content' if one.content_id == content else 'an earlier text'}."
        f"{' ' + clean(one.because) if one.because else ''}"
        for one in dossier.reviews
        for words_of in (DECISIONS.get(one.decision, clean(one.decision)),)
    ]


def _version(one: Version) -> dict[str, Any]:
    return {
        "number": str(one.number),
        "published_on": day(one.published_on) or "not published",
        "dossier_id": clean(one.dossier_id),
        "changes": [clean(change) for change in one.changes],
    }
