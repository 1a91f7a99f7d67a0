"""The raw figures that the explanations are read from, beside the panel made from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
import pyarrow as pa

from entrepot.codes.flow import Flow
from entrepot.engine import Engine
from entrepot.signals.baskets import Basket
from entrepot.signals.innocent.series import Cells, cells_of, place_in
from entrepot.signals.panel import Panel, cells
from entrepot.signals.question import Question


@dataclass(frozen=True)
class Source:
    """Rows of `TRADE_FLOW`, the panel of the coalition's exports in them, and the hubs in order."""

    flows: ir.Table
    panel: Panel
    hubs: tuple[str, ...]
    question: Question
    engine: Engine

    @cached_property
    def members(self) -> list[str]:
        """The coalition's members, sorted."""
        return sorted(self.question.exporters())

    @cached_property
    def restricted(self) -> list[Basket]:
        """The baskets in which a lead can be."""
        return [basket for basket in self.panel.baskets if basket.is_restricted]

    @cached_property
    def basket_ids(self) -> list[str]:
        """Ids of all baskets, in the panel's order."""
        return [basket.basket_id for basket in self.panel.baskets]

    def paid(self) -> ir.Table:
        """Rows with money in the panel's currency, in its periods; `value` is a float."""
        money = self.flows[f"value_{self.panel.currency.lower()}"]
        kept = self.flows.filter(self.flows.period.isin(list(self.panel.periods)), money.notnull())
        return kept.mutate(value=kept[money.get_name()].cast("float64"))

    def exports(self) -> ir.Table:
        """The rows that the panel was made from."""
        paid = self.paid()
        return paid.filter(
            paid.flow == Flow.X.value,
            paid.reporter.isin(self.members),
            paid.partner.isin(list(self.panel.partners)),
        )

    def summed(
        self,
        rows: ir.Table,
        made: Sequence[Basket],
        keys: Sequence[str],
        sums: Sequence[str] = ("value",),
    ) -> pa.Table:
        """Cells of these baskets added up by `keys`, `basket_id` and `period`.

        The result has `at`, the place of the period on the panel's axis.
        """
        by = [*keys, "basket_id", "period"]
        return self.timed(self.engine.fetch(cells(rows, made, self.engine, by=by, sums=sums)))

    def timed(self, table: pa.Table) -> pa.Table:
        """The table with `at`, the place of its `period` on the panel's axis."""
        return table.append_column("at", pa.array(place_in(self.panel.periods, table["period"])))

    def cells(self, table: pa.Table, axis: Sequence[str], key: str, column: str = "value") -> Cells:
        """`column` of a summed table: `axis` (named by the column `key`) x baskets x periods."""
        size = (len(axis), len(self.basket_ids), len(self.panel.periods))
        columns = place_in(self.basket_ids, table["basket_id"])
        return cells_of(place_in(axis, table[key]), columns, table, size, column)
