"""Rows on sanctioned goods by product: EU exports to seven partners, 2020-01 to 2022-11."""

from collections.abc import Collection, Sequence

from published.row import Row, millions, points, share
from published.world import CCA3, Trade, World, months

LAST = "2022-11"
LEVEL = 6
"""EBRD and the Commission work with six digits."""

SANCTIONED = (
    "goods of the file under an EU measure to Russia by November 2022 "
    "(rule base, HS6, codes chained)"
)


def rows(world: World) -> list[Row]:
    return [
        *_offset(world),
        *_lines(world),
        _vehicles(world),
        _sanctioned_halved(world),
    ]


def earlier(span: Sequence[str], years: Collection[int]) -> list[tuple[str, ...]]:
    return [tuple(f"{year}{one[4:]}" for one in span) for year in years]


def mean(
    trade: Trade, span: Sequence[str], years: Sequence[int], **chosen: Collection[str]
) -> float:
    """Mean over some years of the sum over the same months."""
    return sum(trade.sum(when=one, **chosen) for one in earlier(span, years)) / len(years)


def ids(world: World, codes: Collection[str] | None = None) -> frozenset[str]:
    """Baskets that were restricted; with `codes`, only those that hold one of them."""
    made = world.restricted(LEVEL, LAST)
    return frozenset(one.basket_id for one in made if codes is None or set(one.codes) & set(codes))


def _offset(world: World) -> list[Row]:
    """Extra exports to the hubs over lost direct ones: plain, and the product's own."""
    made = []
    for study, words, low, high, last in (
        (
            "EBRD WP 276, Feb 2023",
            "extra exports to AM, KZ, KG about 5 % of the lost direct",
            0.05,
            0.05,
            "2022-08",
        ),
        (
            "Javorcik, Project Syndicate, May 2023",
            "new Eurasian flows 5-10 % of the drop",
            0.05,
            0.10,
            LAST,
        ),
        ("CEPR DP20097, Apr 2025", "both channels offset less than 10 %, to 2023", 0.0, 0.10, LAST),
    ):
        span = months("2022-03", last)
        trade, goods = world.goods(LEVEL, LAST), ids(world)
        plain = []
        for years in ([2021], [2020, 2021]):
            extra = trade.sum(to=CCA3, goods=goods, when=span) - mean(
                trade, span, years, to=CCA3, goods=goods
            )
            lost = mean(trade, span, years, to=["RUS"], goods=goods) - trade.sum(
                to=["RUS"], goods=goods, when=span
            )
            plain.append(extra / lost)
        own = _own_offset(world, last)
        ours = [*plain, own]
        made.append(
            Row(
                study,
                words,
                "part",
                f"{SANCTIONED}; March to {last}: (rise to the three) / (fall to RU) against 2021; "
                "against the mean of 2020-21; sum of the product's positive excess / direct "
                "loss of "
                "the same goods",
                "; ".join(f"{100 * one:.1f} %" for one in ours),
                "; ".join(_outside(one, low, high) for one in ours),
                "EU27 only (theirs adds UK and US), and the file holds part of the "
                "sanctioned goods; "
                "how theirs defines `extra` is not stated in our source; not checked",
            )
        )
    return made


def _outside(ours: float, low: float, high: float) -> str:
    if low <= ours <= high and low < high:
        return "within"
    near = low if ours < low else high
    return points(ours, near)


def _own_offset(world: World, last: str) -> float:
    leads = [one for one in world.found(LEVEL, last).leads if one.hub in CCA3]
    extra = sum(max(0.0, one.excess or 0.0) for one in leads)
    lost = {one.basket.basket_id: one.direct_loss or 0.0 for one in leads}
    return extra / sum(lost.values())


def _lines(world: World) -> list[Row]:
    """Products of which the hubs' extra imports reach half of the lost direct trade."""
    by_good: dict[str, tuple[float, float]] = {}
    for lead in world.found(LEVEL, LAST).leads:
        if lead.hub in CCA3 and lead.direct_loss:
            extra, _ = by_good.get(lead.basket.basket_id, (0.0, 0.0))
            by_good[lead.basket.basket_id] = (
                extra + max(0.0, lead.excess or 0.0),
                lead.direct_loss,
            )
    half = [one for one, (extra, lost) in by_good.items() if extra > 0.5 * lost]
    large = [one for one in half if by_good[one][1] >= 1e6]
    ours = f"{len(half)} of {len(by_good)} goods; {len(large)} of them lost EUR 1 m or more"
    text = (
        f"{SANCTIONED}; goods of which the product's excess in AM + KZ + KG to {LAST} is "
        "above half "
        "of the direct loss: an upper bound, as what was sold on to Russia is not in the data"
    )
    return [
        Row(
            "CEPR DP20097, Apr 2025",
            "substitution ratio > 50 % for numerous products",
            "part",
            text,
            ours,
            "no published count",
            "to November 2022 instead of 2023; one leg of two",
        ),
        Row(
            "Javorcik, Project Syndicate, May 2023",
            "very high for dozens of product lines",
            "part",
            text,
            ours,
            "no published count",
            "the threshold of `very high` is not stated",
        ),
    ]


def _vehicles(world: World) -> Row:
    span, before = months("2022-05", "2022-08"), months("2021-05", "2021-08")
    ours = []
    for starts in (("87",), ("8703",)):
        gain = [world.raw(to, starts, 8, span) - world.raw(to, starts, 8, before) for to in CCA3]
        ours.append(sum(gain))
    theirs = [round(one / 1e6, 1) for one in ours]
    return Row(
        "EBRD WP 276 (gtreview.com)",
        "vehicles over USD 100 m more, May to August 2022",
        "part",
        "EU27 exports to AM + KZ + KG, CN8 rows, May to August 2022 less 2021: chapter 87; "
        "heading 8703",
        "; ".join(millions(one) for one in ours),
        "; ".join(f"{one - 100:+.1f} m (EUR) from 100 m (USD)" for one in theirs),
        "UK and US are not in it; which countries and codes theirs counts is not stated; not "
        "checked",
    )


def _sanctioned_halved(world: World) -> Row:
    trade, goods = world.goods(LEVEL, LAST), ids(world)
    span = months("2022-03", LAST)
    ours = trade.sum(to=["RUS"], goods=goods, when=span) / mean(
        trade, span, [2021], to=["RUS"], goods=goods
    )
    return Row(
        "Javorcik, Project Syndicate, May 2023",
        "direct exports more than halved (sanctioned goods)",
        "part",
        f"{SANCTIONED}; EU27 to RU, March to {LAST} / the same months of 2021 - 1",
        share(ours - 1),
        f"{points(ours - 1, -0.5)} from -50 %",
        "the published figure is on all goods or on sanctioned ones: not stated in our source",
    )
