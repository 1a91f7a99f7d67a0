"""The other legs of a route, in the shape of the panel: what others than the coalition report.

Hub to target, hub to hub, and the hub's own imports from the coalition, by hub, basket and period.
A leg is null (nan) wherever its source says nothing: a country that publishes no figures for a
period, not to this depth, or never for this partner, has not reported a zero.

Exports are flow X alone: in the UN's definition (International Merchandise Trade Statistics 2010)
exports hold re-exports, so a publisher's re-exports (RX) are a part of its X and never added.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entrepot.codes.country import name
from entrepot.codes.flow import Flow
from entrepot.engine import Engine
from entrepot.signals.baskets import NODE_LEVELS, Basket
from entrepot.signals.panel import MATTERS_SHARE, Floats, Panel, cells
from entrepot.signals.question import Question

Baskets = tuple[Basket, ...]
Counts = NDArray[np.int64]

CHAPTER, HEADING, HS6 = 2, 4, 6
"""Digits. Six are what all countries share: beyond, the same number means other goods elsewhere."""

NEVER = 99
"""More digits than any code has: a basket that other countries' figures cannot be cut to."""

NAMED_SHARE = 1 - MATTERS_SHARE
"""A hub's import figures count only where the members that they name made at least this share of
the coalition's sales to it: what was not loaded would look as if it never arrived."""

_WORDS = {Flow.X.value: "exports", Flow.M.value: "imports"}
_COLUMNS = ("reporter", "partner", "flow", "commodity_code", "level", "period")


@dataclass(frozen=True)
class Source:
    """Whose figures a leg is read from: the reporter (alpha-3), and its flow X or M."""

    reporter: str
    flow: str

    def told(self) -> str:
        """In words: "exports as reported by Kyrgyzstan"."""
        return f"{_WORDS[self.flow]} as reported by {name(self.reporter)}"


@dataclass(frozen=True)
class Leg:
    """One leg: `values` hubs x baskets x periods, in the panel's currency a period.

    nan where the source is silent, or too coarse for the basket; 0 where it reports the period and
    not these goods. `source` per hub; null: no figures of this leg are held.
    """

    hubs: tuple[str, ...]
    values: Floats
    source: tuple[Source | None, ...]


@dataclass(frozen=True)
class Reports:
    """What countries outside the coalition report, in the panel's currency and periods.

    `digits`: for a source, the longest code of each period. `partners`: whom it names. `headings`:
    of which headings (and chapters) it has any row. `codes`: all their commodity codes. `covered`:
    hubs whose imports name nearly all who sold to them (`NAMED_SHARE`).
    """

    digits: Mapping[Source, Mapping[str, int]]
    partners: Mapping[Source, frozenset[str]]
    headings: Mapping[Source, frozenset[str]]
    codes: tuple[str, ...] = ()
    covered: frozenset[str] = frozenset()

    def known(self, source: Source, partner: str) -> Source | None:
        """The source, where it ever names this partner; if not, its silence is no zero."""
        return source if partner in self.partners.get(source, ()) else None

    def depth(self, source: Source, periods: Sequence[str], baskets: Sequence[Basket]) -> Counts:
        """Digits that the source publishes, baskets x periods; 0 where it is silent.

        Silent too on goods of whose heading it has no row for any partner or period: the file may
        hold only codes that somebody picked.
        """
        held, digits = self.headings[source], self.digits[source]
        told = np.array([any(code[:HEADING] in held for code in one.codes) for one in baskets])
        return told[:, None] * np.array([digits.get(one, 0) for one in periods], dtype=np.int64)


@dataclass(frozen=True)
class Legs:
    """The door to all other legs of one panel. `hubs` are the panel's partners but the target.

    `baskets` are the panel's, each with the codes of the other countries that it can be compared
    with; `needs` the digits that a source must publish for each (`NEVER`: none suffice).
    """

    hubs: tuple[str, ...]
    panel: Panel
    reports: Reports
    baskets: Baskets
    needs: Counts
    target: str
    members: frozenset[str]
    rows: ir.Table
    engine: Engine

    def onward(self) -> tuple[Leg, Leg]:
        """Hub to target: the hubs' exports, and the target's imports (its mirror)."""
        known, there = self.reports.known, Source(self.target, Flow.M.value)
        own = [known(Source(hub, Flow.X.value), self.target) for hub in self.hubs]
        mirror = [known(there, hub) for hub in self.hubs]
        rows = self.rows
        exports = rows.filter(rows.flow == Flow.X.value, rows.partner == self.target)
        imports = rows.filter(rows.flow == Flow.M.value, rows.reporter == self.target)
        return self._leg(exports, "reporter", own), self._leg(imports, "partner", mirror)

    def between(self, first: str) -> tuple[Leg, Leg]:
        """First hub to each other: its exports, and the others' imports from it; null to itself."""
        known, there = self.reports.known, Source(first, Flow.X.value)
        others = [hub if hub != first else "" for hub in self.hubs]
        own = [known(there, hub) for hub in others]
        mirror = [known(Source(hub, Flow.M.value), first) for hub in others]
        rows = self.rows
        exports = rows.filter(rows.flow == Flow.X.value, rows.reporter == first)
        imports = rows.filter(rows.flow == Flow.M.value, rows.partner == first)
        return self._leg(exports, "partner", own), self._leg(imports, "reporter", mirror)

    def imports(self) -> Leg:
        """The hubs' own imports from the coalition, CIF, mostly by origin; null: `NAMED_SHARE`."""
        covered, rows = self.reports.covered, self.rows
        sources = [Source(hub, Flow.M.value) if hub in covered else None for hub in self.hubs]
        bought = rows.filter(rows.flow == Flow.M.value, rows.partner.isin(sorted(self.members)))
        return self._leg(bought, "reporter", sources)

    def _leg(self, rows: ir.Table, column: str, sources: Sequence[Source | None]) -> Leg:
        """Sum the cells of rows by hub (in `column`); what a source does not tell stays nan."""
        shape = (len(self.hubs), len(self.baskets), len(self.panel.periods))
        values = np.full(shape, np.nan)
        for place, source in enumerate(sources):
            if source:
                depth = self.reports.depth(source, self.panel.periods, self.baskets)
                values[place][depth >= self.needs[:, None]] = 0.0
        kept = [hub for hub, one in zip(self.hubs, sources, strict=True) if one]
        if not kept:
            return Leg(self.hubs, values, tuple(sources))
        told = rows.filter(rows[column].isin(kept))
        summed = cells(told, self.baskets, self.engine, by=[column, "basket_id", "period"])
        hubs = {hub: i for i, hub in enumerate(self.hubs)}
        baskets = {basket.basket_id: i for i, basket in enumerate(self.baskets)}
        periods = {period: i for i, period in enumerate(self.panel.periods)}
        for hub, basket, period, value in _columns(self.engine.fetch(summed)):
            if period in periods:
                values[hubs[hub], baskets[basket], periods[period]] += value
        return Leg(self.hubs, values, tuple(sources))


def open_legs(flows: ir.Table, panel: Panel, question: Question, engine: Engine) -> Legs:
    """Find out who reports what; the legs themselves are read when asked for.

    Args:
        flows: rows of `TRADE_FLOW`, all reporters. One query where no other country has any.
        panel: the coalition's exports; the legs take its baskets, periods and currency.
        question: coalition and target.
        engine: where `flows` lives.
    """
    members = question.exporters()
    rows = _money(flows, panel)
    reports = _reports(rows, panel.periods, members, engine)
    hubs = tuple(one for one in panel.partners if one != question.target)
    found, needs = leg_baskets(panel.baskets, reports.codes)
    return Legs(hubs, panel, reports, found, needs, question.target, members, rows, engine)


def _money(flows: ir.Table, panel: Panel) -> ir.Table:
    # Lists of countries and periods come later: looking them up row by row is dear.
    column = f"value_{panel.currency.lower()}"
    first, last = (panel.periods[0], panel.periods[-1]) if panel.periods else ("", "")
    in_time = flows.period.between(first, last)
    kept = flows.filter(flows.flow.isin(list(_WORDS)), in_time, flows[column].notnull())
    return kept.select(*_COLUMNS, value=kept[column].cast("float64"))


def _reports(
    rows: ir.Table, periods: Sequence[str], members: Collection[str], engine: Engine
) -> Reports:
    others = rows.anti_join(engine.table(pa.table({"reporter": sorted(members)})), "reporter")
    digits: dict[Source, dict[str, int]] = {}
    seen = others.group_by(["reporter", "flow", "period"]).agg(digits=others.level.max())
    for reporter, flow, period, most in _columns(engine.fetch(seen)):
        if period in periods:
            digits.setdefault(Source(reporter, flow), {})[period] = most
    if not digits:
        return Reports({}, {}, {})
    goods = engine.fetch(others.select("reporter", "flow", "commodity_code").distinct())
    heading = pc.utf8_slice_codeunits(goods[2], 0, HEADING)
    held = _by_source(goods.select([0, 1]).append_column("heading", heading), digits)
    named = _by_source(
        engine.fetch(others.select("reporter", "flow", "partner").distinct()), digits
    )
    headings = {who: found | {one[:CHAPTER] for one in found} for who, found in held.items()}
    codes = tuple(sorted(pc.unique(goods[2]).to_pylist()))
    return Reports(digits, named, headings, codes, _covered(rows, members, named, engine))


def _by_source(rows: pa.Table, sources: Collection[Source]) -> dict[Source, frozenset[str]]:
    """Every value (third column) that occurs with a source."""
    found: dict[Source, set[str]] = {}
    for reporter, flow, one in _columns(rows.group_by(rows.column_names).aggregate([])):
        found.setdefault(Source(reporter, flow), set()).add(one)
    return {source: frozenset(found[source]) for source in sources}


def _covered(
    rows: ir.Table, members: Collection[str], named: Mapping[Source, frozenset[str]], engine: Engine
) -> frozenset[str]:
    """Hubs whose import figures name the sellers of nearly all that the coalition sold to them."""
    hubs = {one.reporter: told for one, told in named.items() if one.flow == Flow.M.value}
    if not hubs:
        return frozenset()
    sold = rows.filter(rows.flow == Flow.X.value)
    # Headings are added to their children here: enough for a share, and never shown.
    summed = sold.group_by(["partner", "reporter"]).agg(value=sold.value.sum())
    whole: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for who, by, value in _columns(engine.fetch(summed.order_by(["partner", "reporter"]))):
        if by in members and who in hubs:
            whole[who] += value
            told[who] += value * (by in hubs[who])
    return frozenset(hub for hub in hubs if told[hub] >= NAMED_SHARE * whole[hub] > 0)


def _columns(rows: pa.Table) -> Iterable[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in rows.columns), strict=True)


def leg_baskets(baskets: Sequence[Basket], codes: Iterable[str]) -> tuple[Baskets, Counts]:
    """Which codes of other countries count in each basket of the coalition's codes.

    A code counts where its first six digits hold lines of one basket only, or where it lies below
    such a line. A chapter or heading counts only where the coalition publishes it as a line too:
    otherwise it may hold goods that no basket has.

    Returns:
        The baskets with those codes as lines, and the digits that a source must publish for each:
        `NEVER` where six digits hold restricted and free goods together, or some that were left
        out. A basket of eight digits is compared only where it ends in 00: its whole subheading.
    """
    owners = _owners(baskets)
    lines: dict[str, list[str]] = {basket.basket_id: [] for basket in baskets}
    for code in codes:
        if code.isdigit() and (found := _owner(code, owners)):
            lines[found].append(code)
    made = tuple(
        replace(one, lines=tuple(kept), nodes=tuple(nodes(code) for code in kept))
        for one in baskets
        for kept in [sorted(lines[one.basket_id])]
    )
    return made, np.array([_need(basket, owners) for basket in baskets], dtype=np.int64)


def nodes(code: str) -> tuple[str, ...]:
    """The code at 8, 6 and 4 digits; empty above its own level.

    Editions are not chained: in one period a publisher uses one edition.
    """
    return tuple(code[:digits] if len(code) >= digits else "" for digits in NODE_LEVELS)


def _owners(baskets: Sequence[Basket]) -> dict[str, str]:
    """For each line, cut to six digits, the basket that holds it; empty: more than one."""
    owners: dict[str, str] = {}
    for basket in baskets:
        held = [(line, basket.basket_id) for line in basket.lines]
        for line, owner in held + [(line, "") for line in basket.left_out]:
            owners[line[:HS6]] = owner if owners.get(line[:HS6], owner) == owner else ""
    return owners


def _owner(code: str, owners: Mapping[str, str]) -> str:
    tops = (code[:digits] for digits in (HS6, HEADING, CHAPTER))
    return next((owners[top] for top in tops if top in owners), "")


def _need(basket: Basket, owners: Mapping[str, str]) -> int:
    is_national = len(basket.code) > HS6 and not basket.code.endswith("00")
    heads = {line[:HS6] for line in basket.lines}
    if is_national or not heads or any(owners[head] != basket.basket_id for head in heads):
        return NEVER
    tops = [one for one in heads if not any(one[:n] in heads for n in range(2, len(one), 2))]
    return max(len(one) for one in tops)
