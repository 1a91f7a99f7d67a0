"""The lead: one hub, one basket of goods, one target, with its numbers.

A lead is a reason to look. It says what figures show; it does not say why.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from entrepot.records.leads import LEAD
from entrepot.signals.baskets import Basket
from entrepot.signals.beside import Beside

Sellers = Sequence[tuple[str, float, float]]
"""Who sold: reporter, mean a period before, mean a period after."""


def gains(reporters: Sellers) -> list[tuple[str, float]]:
    """The reporters that sold more than before, with what they gained a period; largest first."""
    found = [(who, after - before) for who, before, after in reporters if after > before]
    return sorted(found, key=lambda row: -row[1])


@dataclass(frozen=True)
class Lead:
    """One hub x basket x target. Money in `currency` over the window; null: not measurable.

    Fields up to `status` and `explanations` are the contract (records.leads.LEAD); the rest is what
    charts and explanations need. Size: `expected_past` and `expected_panel` are the two
    counterfactuals (null: says nothing), `is_panel` which was used, `past_miss` and `panel_miss`
    how far each is usually off on placebo cells of this size (median |log ratio|), `panel_reason`
    why there is no model, `band` one period's expected mean, low and high; `is_short`: its interval
    is that of one year. Chance: `steadiness` (-1 to 1), `placebo_cells`. Growth: `growth` that of
    the hub's free goods, `goods_growth` that of these goods over all destinations. Direct trade:
    `direct` the coalition's exports to the target, `wanted` the excess of all hubs in these goods.
    Series: `periods` and `values` the whole, `season` earlier periods with their weights,
    `reporters` who sold, with their mean a period before and after. `hub_bound_from` is the day
    from which the hub itself may not be sold these goods (null: it may). Other legs:
    `onward_source` whose figures say what the hub sold on; `arrived`, `undecidable` and `missing`
    split the rise by the hub's own imports; `substitution_low` and `_high` are the rerouted value
    over the direct loss (0 to 1). `new_line_share` of the value after is in lines the hub had never
    bought. `demand` is the panel model's ordinary demand in each period after, up to a constant.
    `beside` holds the numbers of all leads of the window, `place` is this one's in them. `tell`
    writes the sentences: of many leads few are ever read.
    """

    lead_id: str
    rank: int | None
    hub: str
    target: str
    commodity_code: str
    commodity: str
    valid_measures: tuple[str, ...]
    period_from: str | None
    period_to: str | None
    currency: str
    expected: float | None
    actual: float | None
    excess: float | None
    excess_low: float | None
    excess_high: float | None
    q_value: float | None
    direct_loss: float | None
    onward_excess: float | None
    rerouted_low: float | None
    rerouted_high: float | None
    phantom_share_low: float | None
    phantom_share_high: float | None
    status: str
    basket: Basket
    score: float
    steadiness: float | None = None
    expected_past: float | None = None
    expected_panel: float | None = None
    is_panel: bool = False
    past_miss: float | None = None
    panel_miss: float | None = None
    panel_reason: str = ""
    is_short: bool = False
    onward_low: float | None = None
    onward_high: float | None = None
    onward_source: str | None = None
    substitution_low: float | None = None
    substitution_high: float | None = None
    arrived: float | None = None
    undecidable: float | None = None
    missing: float | None = None
    new_line_share: float | None = None
    demand: tuple[float, ...] = ()
    beside: Beside | None = field(default=None, repr=False, compare=False)
    place: tuple[int, int] = (0, 0)
    p_value: float | None = None
    growth: float | None = None
    free_goods: int | None = None
    goods_growth: float | None = None
    destinations: int | None = None
    top_share: float | None = None
    vanished_share: float | None = None
    direct_before: float | None = None
    wanted: float = 0.0
    banned_from: date | None = None
    placebo_cells: int = 0
    periods: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    direct: tuple[float, ...] = ()
    band: tuple[float, float, float] | None = None
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    season: tuple[tuple[int, float], ...] = ()
    hub_bound_from: date | None = None
    reporters: tuple[tuple[str, float, float], ...] = ()
    tell: "Callable[[Lead], tuple[str, ...]] | None" = field(
        default=None, repr=False, compare=False
    )

    @property
    def explanations(self) -> tuple[str, ...]:
        """Short exact sentences made from the numbers, most important first; none without `tell`.

        What was not measured is said; the named tests of a lead stand in `checks`.
        """
        return self.tell(self) if self.tell else ()

    @property
    def allowed(self) -> float:
        """The growth that the expectation allows for (dimensionless, at least 1)."""
        return max(1.0, self.growth or 1.0, self.goods_growth or 1.0)

    @property
    def gap_logs(self) -> tuple[float | None, float | None]:
        """Ln X - ln(M / (1 + freight)), M the hub's own imports: lowest and highest freight."""
        if self.beside is None or self.actual is None:
            return None, None
        return self.beside.gap_logs(self.place)

    @property
    def expected_by_period(self) -> tuple[float, ...]:
        """The expected value of each period after, in currency; together they are `expected`.

        By the shape of ordinary demand where the panel model was used (`demand`), else by the same
        calendar months before; all alike where those hold nothing. Empty: not judged.
        """
        if self.expected is None or not self.values:
            return ()
        shape = self.demand if self.is_panel else self._same_months()
        whole = sum(shape)
        count = len(self.after)
        return tuple(
            self.expected * (one / whole if whole else 1 / count) for one in shape or (0.0,) * count
        )

    def _same_months(self) -> tuple[float, ...]:
        """Mean of the periods before with the same calendar month, for each period after."""
        same: dict[str, list[float]] = {}
        for i in self.before:
            same.setdefault(self.periods[i][5:], []).append(self.values[i])
        return tuple(
            sum(found) / len(found) if (found := same.get(self.periods[i][5:], [])) else 0.0
            for i in self.after
        )

    @property
    def direct_change(self) -> float | None:
        """All direct exports to the target after, less the same months before; null: not held."""
        if not self.direct:
            return None
        before = sum(self.direct[i] * weight for i, weight in self.season) * len(self.after)
        return sum(self.direct[i] for i in self.after) - before

    @property
    def factor(self) -> float:
        """What the expectation makes of the level before (dimensionless)."""
        if not self.expected or not self.usual:
            return self.allowed
        return self.expected / self.usual

    @property
    def usual(self) -> float | None:
        """Mean of the same calendar months before, summed over the window; null: no past."""
        if self.expected is None or not self.values:
            return None
        return sum(self.values[i] * weight for i, weight in self.season) * len(self.after)

    def row(self) -> dict[str, Any]:
        """The contract's columns, money rounded to the cent."""
        from_self = {name: getattr(self, name) for name in LEAD}
        return {
            name: list(value)
            if isinstance(value, tuple)
            else round(value, 6 if name in _SHARES else 2)
            if isinstance(value, float)
            else value
            for name, value in from_self.items()
        }


_SHARES = ("q_value", "phantom_share_low", "phantom_share_high")
