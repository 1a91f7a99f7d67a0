"""Confidential codes: goods that were kept secret before and are printed now look like a rise.

Publishers hide the code of a good under a form such as `12XXXXXX` or `8807SSXX`, or in chapters 98
and 99; what is hidden below a published heading is the heading less its lines. Where such a
residual of a reporter fell while the same reporter's exports of the good rose, the rise may be no
more than a change of secrecy: the lead is censored by at most the smaller of the two.

Source: Eurostat, Quality report on European statistics on international trade in goods,
"confidentiality"; pitfall: residual share by reporter and chapter, censored if the residual moved.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from entrepot.engine import Engine
from entrepot.records.trade import TOTAL_CODE
from entrepot.signals.amounts import percent
from entrepot.signals.baskets import NODE_LEVELS, Basket
from entrepot.signals.check import NOT_TESTABLE, Check, outcome
from entrepot.signals.innocent.series import (
    Cells,
    Flags,
    Floats,
    cells_of,
    place_in,
    sides,
    weights,
)
from entrepot.signals.innocent.source import Source
from entrepot.signals.innocent.stated import Stated
from entrepot.signals.panel import Panel, cells
from entrepot.signals.windows import Window

QUESTION = "Is it more than goods that were kept secret before and are printed now?"

ANY_CHAPTER: Final = ("98", "99")
"""Chapters kept for national use: goods of every chapter may stand there."""

PARENT_LEVELS: Final = (2, 4, 6)
"""Digits of published rows whose lines may hold less than they do."""

_PREFIX: Final = re.compile(r"\d*")


def prefix_hidden(code: str) -> str | None:
    """The digits that a code gives away of what it hides; null: it hides nothing.

    `12XXXXXX` gives 12, `8807SSXX` gives 8807; `99RRR100` and codes of chapters 98 and 99 give no
    digit: any good may be there.
    """
    if code == TOTAL_CODE:
        return None
    if code[:2] in ANY_CHAPTER:
        return ""
    if code.isdigit():
        return None
    digits = _PREFIX.match(code)
    known = digits[0] if digits else ""
    return known[: len(known) // 2 * 2]


def may_hold(prefix: str, basket: Basket) -> bool:
    """Whether a residual below `prefix` may hold goods that the basket's own figures lack.

    A basket that counts the published row of the prefix, or of a parent of it, lacks nothing there.
    """
    if basket.code[:2] in ANY_CHAPTER:
        return False
    covers = any(prefix.startswith(line) for line in basket.lines)
    return not covers and any(line.startswith(prefix) for line in basket.lines)


@dataclass(frozen=True)
class Hidden:
    """What is kept secret of restricted goods.

    `residual` is (reporters x hubs) x prefixes x periods, money; rows reporter by reporter in
    the order of the panel's sellers. `holders` names for each basket the prefixes that may hold its
    goods (places on both axes); `tested` the baskets for which the figures can tell.
    """

    residual: Cells
    holders: Mapping[int, tuple[int, ...]]
    tested: Flags


def hidden(source: Source, codes: Collection[str]) -> Hidden | None:
    """What the figures keep secret of restricted goods; null: they cannot tell.

    Args:
        source: the figures.
        codes: every code in the coalition's exports.
    """
    hides = any(prefix_hidden(code) is not None for code in codes)
    parents = parents_of(codes, source.restricted)
    baskets, reporters = source.panel.baskets, source.panel.sellers.names
    tested = np.array(
        [one.is_restricted and (hides or bool(held_under(one, parents))) for one in baskets]
    )
    if not tested.any():
        return None
    rows = source.timed(residual_rows(source, codes, parents))
    prefixes = sorted(set(rows["prefix"].to_pylist()))
    holders = {
        place: tuple(prefixes.index(p) for p in held)
        for place, basket in enumerate(baskets)
        if basket.is_restricted and (held := held_under(basket, prefixes))
    }
    who, where = place_in(reporters, rows["reporter"]), place_in(source.hubs, rows["partner"])
    pairs = np.where((who >= 0) & (where >= 0), who * len(source.hubs) + where, -1)
    size = (len(reporters) * len(source.hubs), len(prefixes), len(source.panel.periods))
    residual = cells_of(pairs, place_in(prefixes, rows["prefix"]), rows, size)
    return Hidden(residual, holders, tested)


def residual_rows(source: Source, codes: Collection[str], parents: Collection[str]) -> pa.Table:
    """Residuals by prefix: codes that hide goods, and published rows less their lines.

    Returns:
        `reporter, partner, prefix, period, value`; a residual below 0 is a revision and left out.
    """
    keys = ["reporter", "partner", "prefix", "period"]
    rows = source.exports()
    found = []
    hiding = hiding_codes(codes, source.restricted)
    if hiding:
        table = pa.table({"commodity_code": list(hiding), "prefix": list(hiding.values())})
        joined = rows.join(source.engine.table(table), "commodity_code")
        found.append(joined.group_by(keys).agg(value=joined.value.sum()))
    if parents:
        below = _below(rows, codes, parents, source.engine)
        own = rows.filter(rows.commodity_code.isin(sorted(parents)))
        own = own.mutate(prefix=own.commodity_code)
        own = own.group_by(keys).agg(own=own.value.sum())
        both = own.left_join(below, keys).drop(*[f"{key}_right" for key in keys])
        rest = both.mutate(value=both.own - both.below.fill_null(0.0))
        found.append(rest.filter(rest.value > 0))
    tables = [source.engine.fetch(one.select(*keys, "value")) for one in found]
    return pa.concat_tables(tables) if tables else _NO_ROWS


_NO_ROWS: Final = pa.table(
    {
        **{name: pa.array([], pa.string()) for name in ("reporter", "partner", "prefix", "period")},
        "value": pa.array([], pa.float64()),
    }
)


def _below(
    exports: ir.Table, codes: Collection[str], parents: Collection[str], engine: Engine
) -> ir.Table:
    """The sum of the lines below each parent, no line added to its own parent."""
    made = [
        Basket(parent, parent, False, lines=lines, nodes=tuple(map(_nodes, lines)))
        for parent in sorted(parents)
        if (lines := tuple(sorted(c for c in _digits(codes) if _is_below(c, parent))))
    ]
    summed = cells(exports, made, engine)
    return summed.select(
        "reporter", "partner", "period", prefix=summed.basket_id, below=summed.value
    )


def _digits(codes: Collection[str]) -> list[str]:
    return [code for code in codes if code.isdigit()]


def _is_below(code: str, parent: str) -> bool:
    return len(code) > len(parent) and code.startswith(parent)


def _nodes(line: str) -> tuple[str, ...]:
    return tuple(line[:at] if len(line) >= at else "" for at in NODE_LEVELS)


def parents_of(codes: Collection[str], restricted: Sequence[Basket]) -> frozenset[str]:
    """Published rows above the lines of a restricted basket that does not count them."""
    known = {code for code in codes if len(code) in PARENT_LEVELS}
    return frozenset(p for basket in restricted for p in held_under(basket, known))


def hiding_codes(codes: Collection[str], restricted: Sequence[Basket]) -> dict[str, str]:
    """Codes that may hide goods of a restricted basket, with the digits they give away.

    Where the published row of those digits is there, what it lacks in lines says the same: the
    code is left out, so that nothing counts twice.
    """
    known = set(codes)
    named = {code: prefix_hidden(code) for code in codes}
    apart = {
        code: prefix
        for code, prefix in named.items()
        if prefix is not None
        and not any(prefix[:level] in known for level in PARENT_LEVELS if level <= len(prefix))
    }
    prefixes = set(apart.values())
    useful = {p for basket in restricted for p in held_under(basket, prefixes)}
    return {code: prefix for code, prefix in sorted(apart.items()) if prefix in useful}


def held_under(basket: Basket, prefixes: Collection[str]) -> list[str]:
    """Which of the prefixes may hold goods of the basket that its own figures lack."""
    above = {line[:digits] for line in basket.lines for digits in range(0, len(line), 2)}
    return sorted(p for p in above if p in prefixes and may_hold(p, basket))


def unhidden(found: Hidden | None, panel: Panel, rows: Sequence[int], window: Window) -> Floats:
    """Hubs x baskets: the most that a change of secrecy can explain; nan: cannot be told.

    Money over the window: for each reporter the smaller of what its residuals fell by and what its
    printed exports of the good rose by, summed over reporters. One residual may hold many goods, so
    this is a bound for each of them alone and must not be added over goods.

    Args:
        found: what is kept secret; null: the figures cannot tell.
        panel: its `sellers` say who printed what.
        rows: places of the hubs among the partners.
        window: the periods compared.
    """
    out = np.full((len(rows), len(panel.baskets)), np.nan)
    if found is None:
        return out
    fall = np.maximum(0.0, np.subtract(*sides(found.residual, window)))
    earlier, later = weights(window, len(panel.periods))
    sellers = panel.sellers
    gain = np.maximum(0.0, sellers.values @ (later - earlier))
    hub = np.full(len(panel.partners), -1)
    hub[list(rows)] = np.arange(len(rows))
    out[:, found.tested] = 0.0
    for basket, places in found.holders.items():
        mine = np.flatnonzero((sellers.basket == basket) & (hub[sellers.partner] >= 0))
        at = hub[sellers.partner[mine]]
        room = fall[sellers.reporter[mine] * len(rows) + at][:, list(places)].sum(axis=1)
        moved = np.minimum(gain[mine], room)
        out[:, basket] = np.bincount(at, weights=moved, minlength=len(rows))
    return out


def check(moved: float | None, lead: Stated) -> Check:
    """Whether the rise stands without what a change of secrecy may explain."""
    if (why := lead.untested()) is not None:
        return Check(QUESTION, NOT_TESTABLE, why)
    if moved is None:
        need = (
            "the figures hold no codes that hide goods (12XXXXXX, chapters 98 and 99) and no "
            "published row above these lines"
        )
        return Check(QUESTION, NOT_TESTABLE, need)
    if not moved:
        detail = "what the reporters that carry the rise keep secret did not fall"
        return Check(QUESTION, outcome(True), detail)
    detail = (
        f"what the same reporters keep secret fell: at most {lead.worth(moved)} of the "
        f"{lead.worth(lead.excess)} ({percent(min(1.0, moved / lead.excess))})"
    )
    return Check(QUESTION, outcome(moved < lead.excess), detail)
