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

from entrepot.codes.flow import Flow
from entrepot.engine import Engine
from entrepot.signals.baskets import Basket, Span
from entrepot.signals.panel import cells
from entrepot.signals.question import Question

IN, ONWARD, MIRROR, DIRECT = range(4)
"""Coalition to hub; hub to target, by the hub's exports; the same by the target's imports;
coalition to target."""

LEGS = (IN, ONWARD, MIRROR, DIRECT)

FREE = -1
"""Place of all goods together that are not restricted."""


@dataclass(frozen=True)
class Legs:
    """Where the rows of each leg are: figures, question, money column."""

    flows: ir.Table
    question: Question
    currency: str
    engine: Engine

    def seen(self) -> tuple[pa.Table, dict[str, Span]]:
        """What the coalition reported, and the codes in the figures, from one pass.

        Returns:
            The coalition's exports to others (`reporter, period, value`, all goods, ordered), and
            the first and last period of each code in any leg, of the level asked for or finer.
        """
        rows = ibis.union(*[self._rows(leg) for leg in LEGS])
        by_code = rows.group_by(["reporter", "period", "commodity_code"])
        kept = self.engine.keep(by_code.agg(value=rows.value.sum().cast("float64")))
        spans = kept.group_by("commodity_code").agg(first=kept.period.min(), last=kept.period.max())
        own = kept.filter(kept.reporter.isin(sorted(self.question.exporters())))
        keys = ["reporter", "period"]
        presence = own.group_by(keys).agg(value=own.value.sum()).order_by(keys)
        found = self.engine.fetch(spans.order_by("commodity_code")).to_pylist()
        return self.engine.fetch(presence), {
            row["commodity_code"]: (row["first"], row["last"]) for row in found
        }

    def sums(self, baskets: Sequence[Basket], places: Mapping[str, int]) -> pa.Table:
        """Money by leg, country, good and period.

        Args:
            baskets: what counts as one good.
            places: number of each good to look at, by basket id; `FREE` for all free ones.

        Returns:
            `leg, party, place, period, value`, ordered by these. `party` is the hub, in the leg
            from coalition to target the exporter. A row is there only where there is trade.
        """
        wanted = [basket for basket in baskets if basket.basket_id in places]
        legs = []
        for leg in LEGS:
            goods = self._goods(self._rows(leg, self.question.hubs), wanted, places)
            party = goods.reporter if leg in (ONWARD, DIRECT) else goods.partner
            number = ibis.literal(leg).cast("int8")
            legs.append(goods.select("place", "period", "value", leg=number, party=party))
        rows = ibis.union(*legs)
        keys = ["leg", "party", "place", "period"]
        summed = rows.group_by(keys).agg(value=rows.value.sum().cast("float64"))
        return self.engine.fetch(summed.order_by(keys))

    def _goods(
        self, rows: ir.Table, wanted: Sequence[Basket], places: Mapping[str, int]
    ) -> ir.Table:
        """The rows with the place of their good; a heading and its children count once."""
        lines = {line: places[one.basket_id] for one in wanted for line in one.lines}
        if len({len(line) for line in lines}) <= 1:
            return rows.join(self.engine.table(_places("commodity_code", lines)), "commodity_code")
        known = cells(rows, wanted, self.engine)
        return known.join(self.engine.table(_places("basket_id", places)), "basket_id")

    def _rows(self, leg: int, hubs: Sequence[str] = ()) -> ir.Table:
        """The rows of a leg: `reporter, partner, commodity_code, level, period, value`."""
        # Each leg filters the figures by itself: a step that legs share would be worked out whole
        # and kept. Members are left out by a join, as "none of 27 names" is slow on text.
        flows, members = self.flows, sorted(self.question.exporters())
        side, other = ("reporter", "partner") if leg == ONWARD else ("partner", "reporter")
        money = flows[f"value_{self.currency.lower()}"]
        kept = flows.filter(
            flows.flow == (Flow.M if leg == MIRROR else Flow.X).value,
            flows[other].isin(members) if leg in (IN, DIRECT) else flows[other] == self._target,
            flows[side] == self._target if leg == DIRECT else flows[side] != self._target,
            flows.level >= self.question.level,
            money.notnull(),
        )
        if leg != DIRECT and hubs:
            kept = kept.filter(kept[side].isin(hubs))
        elif leg != DIRECT:
            inside = pa.table({"member": pa.array(members, pa.string())})
            inside_too = self.engine.table(inside)
            kept = kept.anti_join(inside_too, kept[side] == inside_too.member)
        # Decimals: their sums are exact in any order and engine.
        names = ("reporter", "partner", "commodity_code", "level", "period")
        return kept.select(*names, value=kept[f"value_{self.currency.lower()}"])

    @property
    def _target(self) -> str:
        return self.question.target


def _places(key: str, places: Mapping[str, int]) -> pa.Table:
    names, numbers = list(places), list(places.values())
    return pa.table({key: pa.array(names, pa.string()), "place": pa.array(numbers, pa.int16())})
