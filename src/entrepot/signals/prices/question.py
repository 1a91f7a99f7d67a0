"""What is asked of prices: the explicit parameters of one comparison of unit values."""

from dataclasses import dataclass
from datetime import date

from entrepot.codes.commodity import normalise
from entrepot.codes.country import members, parse
from entrepot.codes.flow import Flow, parse_flow
from entrepot.codes.period import is_month, parse_period
from entrepot.errors import RequestError

BUCKETS = ("month", "quarter", "year")


@dataclass(frozen=True)
class PriceQuestion:
    """Parameters of a comparison of unit values.

    `side` "from": what the buyers of `country` paid; "to": what its sellers asked. `base` is a span
    "first:last" to compare with; empty: all periods before `since`. `hubs` (side "from"): only
    these buyers are listed. `coalition` (side "to"): only these sellers count; empty: all.
    `currency`, `per` (kg or unit) and `flow` (X or M) empty: chosen from the figures.
    """

    code: str
    country: str
    side: str
    by: str = "year"
    since: str = "2022-03"
    base: str = ""
    hubs: tuple[str, ...] = ()
    coalition: str = ""
    currency: str = ""
    per: str = ""
    flow: str = ""
    as_of: date | None = None

    def __post_init__(self) -> None:
        if self.by not in BUCKETS:
            raise RequestError(f"got --by {self.by!r}, expected one of {', '.join(BUCKETS)}")
        if self.side == "to" and self.hubs:
            raise RequestError(
                "got --hub with --to, expected it with --from only",
                hint="With --to name the sellers: --coalition EU, for example.",
            )
        if self.side == "from" and self.coalition:
            raise RequestError(
                "got --coalition with --from, expected it with --to only",
                hint="With --from name the buyers: --hub India, for example.",
            )
        if self.country in self.hubs or self.country in self.sellers():
            raise RequestError(f"got {self.country} on both sides, expected two countries")

    @classmethod
    def ask(
        cls,
        code: str,
        *,
        seller: str = "",
        buyer: str = "",
        by: str = "year",
        since: str = "2022-03",
        base: str = "",
        hubs: tuple[str, ...] = (),
        coalition: str = "",
        currency: str = "",
        per: str = "",
        flow: str = "",
        as_of: date | None = None,
    ) -> "PriceQuestion":
        """A question from what a person types: any ISO form or common name of a country.

        Raises:
            CodeError: a code, country, flow or period is not known.
            RequestError: the parts do not fit together.
        """
        if bool(seller) == bool(buyer):
            raise RequestError(
                "expected one of --from COUNTRY (what its buyers paid) and --to COUNTRY (what its "
                "sellers asked)",
                hint="For example --from RUS.",
            )
        asked = parse(seller or buyer)
        listed = tuple(sorted({parse(one) for text in hubs for one in text.split(",")}))
        return cls(
            normalise(code), asked, "from" if seller else "to", by, parse_period(since),
            _span(base), listed, coalition, currency, per,
            _plain_flow(flow), as_of,
        )  # fmt: skip

    def sellers(self) -> frozenset[str]:
        """The only sellers that count; empty: all."""
        parts = [part.strip() for part in self.coalition.split(",") if part.strip()]
        return frozenset().union(*(members(part) for part in parts)) if parts else frozenset()

    def is_after(self, period: str) -> bool:
        """Whether a period counts as after; a year counts when it begins at `since` or later."""
        since = self.since if is_month(period) else _first_year(self.since)
        return period >= since and not self.is_named_base(period)

    def is_named_base(self, period: str) -> bool:
        """Whether a period lies in the base that was named."""
        if not self.base:
            return False
        first, last = self.base.split(":")
        return first <= period and (period <= last or period.startswith(last))

    def is_base(self, period: str) -> bool:
        """Whether a period belongs to the base; a year that holds `since` belongs to neither."""
        if self.base:
            return self.is_named_base(period)
        return period < (self.since if is_month(period) else self.since[:4])


def _first_year(since: str) -> str:
    """The first whole year from a period on: of 2022-03 it is 2023, of 2022-01 it is 2022."""
    return since[:4] if since[4:] in ("", "-01") else str(int(since[:4]) + 1)


def _span(text: str) -> str:
    if not text:
        return ""
    first, _, last = text.partition(":")
    low, high = parse_period(first), parse_period(last or first)
    if low > high and not low.startswith(high):
        raise RequestError(
            f"got base {text!r}, expected its first period before its last",
            hint="Write 2021 for a year and 2021-03:2022-02 for a span.",
        )
    return f"{low}:{high}"


def _plain_flow(text: str) -> str:
    if not text:
        return ""
    flow = parse_flow(text)
    if flow not in (Flow.M, Flow.X):
        raise RequestError(f"got flow {flow.value}, expected X or M")
    return flow.value
