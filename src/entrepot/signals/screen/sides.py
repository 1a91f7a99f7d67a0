"""The legs of a route in the figures, added up by the engine: the heavy part of the screen.

Coalition to hub, hub to target (as the hub exports it and, apart, as the target imports it), and
coalition to target. Each is cut out of the figures by filters that a column store pushes into its
scan; what remains is joined with the goods and added up once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from entrepot.codes.flow import Flow
from entrepot.engine import Engine
from entrepot.signals.baskets import Basket, Span
from entrepot.signals.legs.legs import Source
from entrepot.signals.panel import cells
from entrepot.signals.question import Question

IN, ONWARD, MIRROR, DIRECT = range(4)
"""Coalition to hub; hub to target, by the hub's exports; the same by the target's imports;
coalition to target."""

FREE = -1
"""Place of all goods together that are not restricted."""


@dataclass(frozen=True)
class Seen:
    """What there is in the figures.

    Of the level asked for or finer, `presence`: the coalition's exports to others (`reporter,
    period, value`, all goods, ordered), and `spans`: the first and last period of each code that
    it sold. Of any level, what others say of the trade between hubs and target: `codes`, and
    `partners`, whom a source names.
    """

    presence: pa.Table
    spans: dict[str, Span]
    codes: tuple[str, ...]
    partners: dict[Source, frozenset[str]]


@dataclass(frozen=True)
class Legs:
    """Where the rows of each leg are: figures, question, money column."""

    flows: ir.Table
    question: Question
    currency: str
    engine: Engine

    def seen(self, first: str, last: str) -> Seen:
        """Who and what is in the figures, from one pass.

        Args:
            first: what others say counts from this period on.
            last: and up to this one.
        """
        sold = self._sold(())
        by_code = sold.group_by(["reporter", "commodity_code", "period"])
        own = self.engine.keep(by_code.agg(value=sold.value.sum().cast("float64")))
        spans = own.group_by("commodity_code").agg(first=own.period.min(), last=own.period.max())
        keys = ["reporter", "period"]
        presence = own.group_by(keys).agg(value=own.value.sum()).order_by(keys)
        others = ibis.union(*[self._onward(leg, (), level=0) for leg in (ONWARD, MIRROR)])
        others = others.filter(others.period.between(first, last))
        told = self.engine.fetch(others.select("reporter", "partner", "commodity_code").distinct())
        found = self.engine.fetch(spans.order_by("commodity_code")).to_pylist()
        return Seen(
            self.engine.fetch(presence),
            {row["commodity_code"]: (row["first"], row["last"]) for row in found},
            tuple(sorted(pc.unique(told["commodity_code"]).to_pylist())),
            self._partners(told.group_by(["reporter", "partner"]).aggregate([])),
        )

    def _partners(self, named: pa.Table) -> dict[Source, frozenset[str]]:
        """Whom each source names: the hubs' exports the target, the target's imports the hubs."""
        found: dict[Source, set[str]] = {}
        for reporter, partner in zip(*(column.to_pylist() for column in named), strict=True):
            flow = Flow.M if reporter == self._target else Flow.X
            found.setdefault(Source(reporter, flow.value), set()).add(partner)
        return {source: frozenset(partners) for source, partners in found.items()}

    def sums(
        self, own: Sequence[Basket], far: Sequence[Basket], places: Mapping[str, int]
    ) -> pa.Table:
        """Money by leg, country, good and period.

        Args:
            own: what counts as one good in the coalition's figures.
            far: the same goods with the codes of the others (`legs.leg_baskets`).
            places: number of each good to look at, by basket id; `FREE` for all free ones.

        Returns:
            `leg, party, place, period, value`, ordered by these. `party` is the hub, in the leg
            from coalition to target the exporter. A row is there only where there is trade.
        """
        hubs, legs = self.question.hubs, []
        own, far = ([one for one in goods if one.basket_id in places] for goods in (own, far))
        is_flat = len({len(line) for one in (*own, *far) for line in one.lines}) <= 1
        sold = self._goods(self._sold(hubs), own, places, is_flat=is_flat)
        is_direct = sold.partner == self._target
        which = is_direct.ifelse(DIRECT, IN).cast("int8")
        party = is_direct.ifelse(sold.reporter, sold.partner)
        legs.append(sold.select("place", "period", "value", leg=which, party=party))
        for leg in (ONWARD, MIRROR):
            kept = self._goods(
                self._onward(leg, hubs, level=self.question.level), far, places, is_flat=is_flat
            )
            which = ibis.literal(leg).cast("int8")
            party = kept.reporter if leg == ONWARD else kept.partner
            legs.append(kept.select("place", "period", "value", leg=which, party=party))
        rows = ibis.union(*legs)
        keys = ["leg", "party", "place", "period"]
        summed = rows.group_by(keys).agg(value=rows.value.sum().cast("float64"))
        return self.engine.fetch(summed.order_by(keys))

    def _goods(
        self, rows: ir.Table, goods: Sequence[Basket], places: Mapping[str, int], *, is_flat: bool
    ) -> ir.Table:
        """The rows with the place of their good; a heading and its children count once."""
        if is_flat:
            lines = {line: places[one.basket_id] for one in goods for line in one.lines}
            return rows.join(self.engine.table(_places("commodity_code", lines)), "commodity_code")
        known = cells(rows, goods, self.engine)
        return known.join(self.engine.table(_places("basket_id", places)), "basket_id")

    def _sold(self, hubs: Sequence[str]) -> ir.Table:
        """What the coalition sold, to the target and to the hubs (none named: to all others)."""
        rows = self._figures(Flow.X, self.question.level)
        rows = rows.filter(rows.reporter.isin(self._members))
        if hubs:
            return rows.filter(rows.partner.isin([*hubs, self._target]))
        return self._without_members(rows, "partner")

    def _onward(self, leg: int, hubs: Sequence[str], *, level: int) -> ir.Table:
        """What the hubs sold to the target, by one side's figures; no hubs named: all others."""
        rows = self._figures(Flow.X if leg == ONWARD else Flow.M, level)
        hub, other = ("reporter", "partner") if leg == ONWARD else ("partner", "reporter")
        rows = rows.filter(rows[other] == self._target, rows[hub] != self._target)
        return rows.filter(rows[hub].isin(hubs)) if hubs else self._without_members(rows, hub)

    def _figures(self, flow: Flow, level: int) -> ir.Table:
        """Rows with money of this level or finer.

        `reporter, partner, commodity_code, level, period, value`.
        """
        # Each leg filters the figures by itself: a step that legs share would be worked out whole
        # and kept. Decimals: their sums are exact in any order and engine.
        flows, money = self.flows, self.flows[f"value_{self.currency.lower()}"]
        kept = flows.filter(flows.flow == flow.value, flows.level >= level, money.notnull())
        names = ("reporter", "partner", "commodity_code", "level", "period")
        return kept.select(*names, value=kept[f"value_{self.currency.lower()}"])

    def _without_members(self, rows: ir.Table, column: str) -> ir.Table:
        """By a join, as "none of 27 names" is slow on text."""
        inside = self.engine.table(pa.table({"member": pa.array(self._members, pa.string())}))
        return rows.anti_join(inside, rows[column] == inside.member)

    @property
    def _members(self) -> list[str]:
        return sorted(self.question.exporters())

    @property
    def _target(self) -> str:
        return self.question.target


def _places(key: str, places: Mapping[str, int]) -> pa.Table:
    names, numbers = list(places), list(places.values())
    return pa.table({key: pa.array(names, pa.string()), "place": pa.array(numbers, pa.int16())})
