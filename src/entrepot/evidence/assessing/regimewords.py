"""What one regime says, as one sentence with its measures."""

import re
from collections.abc import Sequence
from typing import Final

from entrepot.codes.country import name
from entrepot.evidence.assessing.assessment import Ground, Row
from entrepot.evidence.assessing.measurerows import cited, measure_row, reach_row
from entrepot.evidence.assessing.ruling import (
    BARRED_ALL,
    FREE,
    PART,
    Ruling,
    Sale,
    called,
    kin_names,
    kin_rows,
    next_ban,
    ruling,
)
from entrepot.measures.book import Row as Measure
from entrepot.measures.book import Rulebook, binds
from entrepot.measures.cite import WORDS, cite, listed
from entrepot.measures.names import listed_name
from entrepot.records.rules import ANY

MOST_ROWS: Final = 24
"""References under one sentence; the rule base gives all of them."""

MILITARY: Final = re.compile(r"\bmilitar|\barms\b|weapon|ammunition|военн|оруж|військ|збро", re.I)
"""Goods that an arms embargo in words may mean, in claims and in measures."""


def ground(book: Rulebook, found: Ruling, sale: Sale) -> Ground:
    """A ruling in one sentence; its rows are the measures, or what lets absence be read."""
    if found.state == FREE:
        return _free(book, found, sale)
    if found.state in (PART, BARRED_ALL):
        return _bound(found, sale)
    return _unknown(book, found, sale)


def _free(book: Rulebook, found: Ruling, sale: Sale) -> Ground:
    later = next_ban(book, found.regime, sale, found.on)
    kin = kin_rows(book, found.regime, sale, found.on)
    said = (
        f"{called(found.regime)}: on {found.on} no ban by code on {', '.join(sale.codes)}"
        f"{_chapter(book, found, sale)} for {name(sale.destination)}"
    )
    if later:
        said += f", until {later['valid_from']} ({cited(later)})"
    if kin:
        said += f"; barred on that day all the same, in whole or in part: {kin_names(kin)}"
        said += f" ({listed(list(dict.fromkeys(cite(row) for row in kin)), most=4)})"
    rows: list[Row] = [reach_row(one) for one in found.reaches()]
    rows += [measure_row(row) for row in ([later] if later else [])]
    return Ground(f"{said}.", tuple(rows + [measure_row(row) for row in kin])[:MOST_ROWS])


def _chapter(book: Rulebook, found: Ruling, sale: Sale) -> str:
    """That the whole chapter is as free as its codes; empty: it is not, or there are several."""
    chapters = {code[:2] for code in sale.codes}
    if len(chapters) != 1 or chapters == set(sale.codes):
        return ""
    wider = Sale(tuple(chapters), sale.destination, sale.party)
    is_free = ruling(book, found.regime, wider, found.on).state == FREE
    return f", nor on anything else of chapter {next(iter(chapters))}," if is_free else ""


def _bound(found: Ruling, sale: Sale) -> Ground:
    rows = found.rows()
    first = rows[0]
    is_whole = found.state == BARRED_ALL
    codes = list(dict.fromkeys(row["commodity_code"] for row in rows))
    what = "any dealings" if codes == [ANY] else listed([c for c in codes if c != ANY], most=6)
    word = WORDS.get(first["effect"], first["effect"].replace("_", " "))
    said = (
        f"{called(found.regime)}: on {found.on} {'' if is_whole else 'a part is under '}"
        f"{_article(word)}{word}{' covers' if is_whole else ':'} {what} for "
        f"{name(sale.destination)} ({cited(first)})"
    )
    exceptions = list(dict.fromkeys(row["exceptions"] for row in rows if row["exceptions"]))
    if exceptions:
        said += f"; except: {exceptions[0]}"
    return Ground(f"{said}.", tuple(measure_row(row) for row in rows[:MOST_ROWS]))


def _article(word: str) -> str:
    return "an " if word[:1] in "aeiou" else "a "


def _unknown(book: Rulebook, found: Ruling, sale: Sale) -> Ground:
    later = next_ban(book, found.regime, sale, found.on)
    said = (
        f"{called(found.regime)}: not known, as the rule base does not hold all that they bar to "
        f"{name(sale.destination)} on {found.on}"
    )
    if later:
        said += f"; a ban is held from {later['valid_from']} ({cited(later)})"
    return Ground(f"{said}.", tuple(measure_row(row) for row in ([later] if later else [])))


def frozen(book: Rulebook, found: Ruling, sale: Sale) -> Ground | None:
    """Parties of the country that nothing may go to that day; null: none in the base."""
    rows = [
        row
        for row in book.on_parties
        if row["regime"] == found.regime
        and row["destination"] == sale.destination
        and binds(row, found.on)
    ]
    if not rows or sale.party:
        return None
    names = listed([f"{_short(row)} from {row['valid_from']}" for row in rows], most=4)
    return Ground(
        f"{called(found.regime)}: whatever the goods, nothing may go to parties such as {names}.",
        tuple(measure_row(row) for row in rows[:MOST_ROWS]),
    )


def _short(row: Measure) -> str:
    """The shortest name that a measure prints, which is the one that people use."""
    names = [one.strip() for one in str(row["party"]).split("|")]
    plain = [one for one in names if one.isascii()] or [listed_name(row)]
    return min(plain, key=len)


def in_words(book: Rulebook, found_of: Ruling, sale: Sale, goods: Sequence[str]) -> list[Measure]:
    """Measures by description that meet military goods, where the claim means such goods."""
    if not any(MILITARY.search(one) for one in goods):
        return []
    found = [
        (met.start(), row["valid_from"], row["measure_id"], row)
        for row in book.worded
        if row["regime"] == found_of.regime
        and row["destination"] in (sale.destination, ANY)
        and row["effect"] == "export_ban"
        and (met := MILITARY.search(row["goods"])) is not None
        and "end use" not in row["goods"]
        and binds(row, found_of.on)
    ]
    return [row for *_, row in sorted(found, key=lambda one: one[:3])]


def military(found: Ruling, sale: Sale, rows: Sequence[Measure]) -> Ground:
    """That an embargo by description bars military goods, whatever their code."""
    first = rows[0]
    return Ground(
        f"{called(found.regime)}: whatever the code, a ban on {first['goods']} for "
        f"{name(sale.destination)} ({cited(first)}).",
        tuple(measure_row(row) for row in rows[:MOST_ROWS]),
    )


def until(book: Rulebook, found: Ruling, sale: Sale) -> str:
    """How long a regime left the goods free, in words; empty: no end known."""
    later = next_ban(book, found.regime, sale, found.on)
    return f" (until {later['valid_from']}: {cite(later)})" if later else ""


def since(found: Ruling) -> str:
    """Since when a regime bars the goods, in words."""
    rows = found.rows()
    if not rows:
        return ""
    first = rows[0]
    return f" ({WORDS.get(first['effect'], 'measure')} since {first['valid_from']}: {cite(first)})"
