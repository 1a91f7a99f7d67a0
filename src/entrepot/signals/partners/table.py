"""A partner of a country: its trade now and before, its place, and what is under a measure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

EU_LABEL: Final = "EU27"
"""Key of the row that takes the members of the European Union as one partner."""

SILENT: Final = "reports nothing in the later periods: not known"
NOT_YET: Final = "no figures of the base: no change can be given"
NOTHING: Final = "reports, and shows no trade in these goods in the later periods"
UNNAMED: Final = "not named in the country's own figures of the later periods: not known"
UNEVEN: Final = "some periods hold the total only, others goods only: not comparable"
ONE_SIDE: Final = "only one of imports and exports is known"
MIXED: Final = "mixed"


@dataclass(frozen=True)
class Under:
    """What of a past trade is under an export ban or licence on the day.

    `value`: the past trade; `low`: codes barred as a whole; `high`: also codes barred in part, in
    full; `unjudged`: goods of which the rule base or the figures do not say, so that the true share
    lies between `low` and `high + unjudged`. All in money.
    """

    value: float
    low: float
    high: float
    unjudged: float = 0.0

    def __add__(self, other: "Under") -> "Under":
        return Under(
            self.value + other.value,
            self.low + other.low,
            self.high + other.high,
            self.unjudged + other.unjudged,
        )

    @property
    def share_low(self) -> float | None:
        """Share barred as a whole; null where there was no trade."""
        return self.low / self.value if self.value else None

    @property
    def share_high(self) -> float | None:
        """Share barred as a whole or in part; null where there was no trade."""
        return self.high / self.value if self.value else None


@dataclass(frozen=True)
class Trade:
    """The trade with one partner in both times; null: not known.

    `source` own or mirror, `valuation` FOB or CIF, `basis` total or goods (added up); each `mixed`
    where a sum holds both. `regime` empty, or `under` null: no rules of the partner are known.
    """

    partner: str
    now: float | None
    base: float | None
    source: str
    valuation: str
    basis: str
    regime: str = ""
    under: Under | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partner:
    """A partner with its place. Shares are of all partners known in that time; null: not known.

    `kind`: country, group (members as one partner, its rank is the place it would have) or member
    (listed under a group, without a rank). `change` is money, `change_share` a share of the base.
    """

    trade: Trade
    kind: str
    rank: int | None
    share: float | None
    base_rank: int | None
    base_share: float | None

    @property
    def change(self) -> float | None:
        """Now less base, in money."""
        one = self.trade
        return None if one.now is None or one.base is None else one.now - one.base

    @property
    def change_share(self) -> float | None:
        """Change over base: -0.5 is half; null where there was no trade before."""
        return (
            self.change / self.trade.base if self.change is not None and self.trade.base else None
        )


@dataclass(frozen=True)
class First:
    """The largest partner of a time. `rivals`: silent partners that were larger in the base."""

    partner: str
    value: float
    share: float
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partners:
    """The answer: partners in order of their trade now, and what follows from it.

    Attributes:
        country: ISO alpha-3; all is seen from it.
        flow: imports, exports or both.
        on: the day asked for.
        currency: unit of all money.
        now: periods that stand for the day; `base`: those compared with (empty: none held).
        wanted: the whole window of the day; `missing`: reports that were missing, "NLD 2022-11".
        rows: partners; a group stands before its members, or in their place (`grouped`).
        total: of all partners known now; `base_total`: in the base. Null: none known.
        largest_partner: now; null where nothing is known. `base_largest_partner`: in the base.
        largest_group: the same with the EU as one partner; `base_largest_group`: in the base.
        share_under_measure: over partners whose rules are known; null: of none (exports, too).
        unknown_rules: base trade with partners whose rules are not known.
        why_base: why this base.
        grouped: the EU is ranked in place of its members, and not beside them.
    """

    country: str
    flow: str
    on: date
    currency: str
    now: tuple[str, ...]
    base: tuple[str, ...]
    wanted: tuple[str, ...]
    missing: tuple[str, ...]
    rows: tuple[Partner, ...]
    total: float | None
    base_total: float | None
    largest_partner: First | None
    base_largest_partner: First | None
    largest_group: First | None
    base_largest_group: First | None
    share_under_measure: Under | None
    unknown_rules: float
    why_base: str = ""
    grouped: bool = False
