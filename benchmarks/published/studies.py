"""More rows on sanctioned goods: studies of single exporters, lists and rules."""

from collections.abc import Sequence

from published.goods import LAST, LEVEL, SANCTIONED, ids, mean
from published.row import NOT_CHECKED, Row, millions, points, share
from published.world import CCA3, SIX, World, months


def rows(world: World, priority: frozenset[str]) -> list[Row]:
    return [
        *_ieseg(world, priority),
        *_netherlands(world),
        *_corisk(world),
        *_rule(world),
        *_kyrgyzstan(world, priority),
        _lithuania(world, priority),
    ]


def _ieseg(world: World, priority: frozenset[str]) -> list[Row]:
    trade, goods = world.goods(LEVEL, LAST), ids(world, priority)
    span = ("2022-10", "2022-11")
    made = []
    for to, theirs in (("KGZ", 16.8247), ("KAZ", 3.3318), ("RUS", -0.9544)):
        ours = trade.sum(to=[to], goods=goods, when=span) / mean(
            trade, span, [2021], to=[to], goods=goods
        )
        made.append(
            Row(
                "IESEG, Feb 2024",
                f"high-priority items to {to} {share(theirs)}",
                "part",
                f"EU27 exports, {len(goods)} baskets with one of the 50 common high priority codes "
                "(HS6), October and November 2022 / 2021 - 1: two of the twelve months of theirs "
                "(October 2022 to September 2023 / a year before)",
                share(ours - 1),
                f"{points(ours - 1, theirs)}, windows not comparable",
                "ten of twelve months are not in the data; their base holds months under the "
                "ban, ours "
                "none; which list they used is not stated; not checked",
            )
        )
    return made


def _netherlands(world: World) -> list[Row]:
    trade, goods = world.goods(LEVEL, LAST), ids(world)
    whole, after = months("2022-01", "2022-10"), months("2022-03", "2022-10")
    made = []
    for to, words, theirs in (
        (CCA3, "NL to EAEU+, sanctioned goods, 2022: +74 %", 0.74),
        (("RUS",), "NL to RU -86 %", -0.86),
    ):
        ours = [
            trade.sum(who=["NLD"], to=to, goods=goods, when=span)
            / mean(trade, span, [2020, 2021], who=["NLD"], to=to, goods=goods)
            - 1
            for span in (whole, after)
        ]
        made.append(
            Row(
                "Statistics Netherlands, Dec 2024",
                words,
                "part",
                f"{SANCTIONED}; NL to {' + '.join(to)}, January to October 2022 (NL had not "
                "reported "
                "November); March to October 2022; / mean of the same months of 2020-21 - 1",
                "; ".join(share(one) for one in ours),
                "; ".join(points(one, theirs) for one in ours),
                "2018-19, Mongolia and Turkmenistan are not in the data, their list of goods "
                "reaches "
                "to 2024; the year of the fall to RU is not stated; size of each: not checked",
            )
        )
    return made


def _excess(world: World, reporter: str, years: Sequence[int]) -> float:
    """Corisk's form: sum over hubs of max(0, X - expected), all sanctioned goods together."""
    trade, goods = world.goods(LEVEL, LAST), ids(world)
    span = months("2022-03", LAST)
    return sum(
        max(
            0.0,
            trade.sum(who=[reporter], to=[hub], goods=goods, when=span)
            - mean(trade, span, years, who=[reporter], to=[hub], goods=goods),
        )
        for hub in SIX
    )


def _corisk(world: World) -> list[Row]:
    reporters = sorted(set(world.by_reporter(LEVEL, LAST)["reporter"].to_pylist()))
    made = []
    found = {who: _excess(world, who, [2020, 2021]) for who in reporters}
    total = sum(found.values())
    ranked = sorted(found, key=lambda who: -found[who])
    product = sum(max(0.0, one.excess or 0.0) for one in world.found(LEVEL, LAST).leads)
    text = (
        f"{SANCTIONED}; EU27 to the six hubs of the file, March to {LAST}: sum over reporters "
        "and hubs "
        "of max(0, 2022 less the mean of the same months of 2020-21)"
    )
    made.append(
        Row(
            "Corisk / Norwegian Helsinki Committee, 2023",
            "EUR 8 bn of circumvention in 2022",
            "part",
            text + "; the product's own excess over all hubs and goods",
            f"{millions(total)}; {millions(product)}",
            f"{millions(total - 8e9)}; {millions(product - 8e9)}",
            "theirs adds Turkey and other gates, direct and transit violations, NO, UK, US "
            "and JP, and "
            "two more months; size of each: not checked",
        )
    )
    made.append(
        Row(
            "Corisk / Norwegian Helsinki Committee, 2023",
            "Germany first, Lithuania second, together half",
            "part",
            text,
            ", ".join(f"{who} {100 * found[who] / total:.0f} %" for who in ranked[:4]),
            f"DEU + LTU {points((found['DEU'] + found['LTU']) / total, 0.5)} from half",
            "other hubs and exporters, as above; not checked",
        )
    )
    return made


def _rule(world: World) -> list[Row]:
    """Over EUR 1 m in 2022 and at least double the mean of the earlier years."""
    trade = world.goods(LEVEL, LAST)
    span = months("2022-01", LAST)
    made = []
    for name, group in (
        ("AM + KZ + KG", CCA3),
        ("AM, GE, KZ, KG, UZ", (*CCA3, "GEO", "UZB")),
        ("all six", SIX),
    ):
        hits = []
        for basket in world.found(LEVEL, LAST).panel.baskets:
            chosen = {"to": group, "goods": [basket.basket_id]}
            after = trade.sum(when=span, **chosen)
            if after > 1e6 and after >= 2 * mean(trade, span, [2020, 2021], **chosen):
                hits.append(basket)
        codes = sum(one.is_restricted for one in hits)
        made.append(
            Row(
                "European Commission, critical goods, Oct 2023",
                "73 codes",
                "part",
                f"the published rule on HS6 baskets, EU27 to {name}: above EUR 1 m in January to "
                "November 2022 and at least +100 % on the mean of the same months of 2020-21",
                f"{len(hits)} goods of the file, {codes} of them under a measure by then",
                f"{len(hits) - 73:+d}; {codes - 73:+d}",
                "the file holds 114 headings and some CN8, not all goods; 2019 and December are "
                "missing; the suspect group and the depth of the 73 codes are not stated in "
                "our source",
            )
        )
    return made


def _kyrgyzstan(world: World, priority: frozenset[str]) -> list[Row]:
    trade = world.goods(LEVEL, LAST)
    span = months("2022-03", LAST)
    sets = {"all sanctioned goods": ids(world), "priority codes": ids(world, priority)}
    ours = {
        name: trade.sum(to=["KGZ"], goods=goods, when=span)
        / mean(trade, span, [2020, 2021], to=["KGZ"], goods=goods)
        for name, goods in sets.items()
    }
    return [
        Row(
            "Commission on KG, Feb 2026 (Bloomberg, RFE/RL)",
            "sanctioned technology to KG x8",
            "part",
            f"{SANCTIONED}; EU27 to KG, March to {LAST} / mean of the same months of 2020-21",
            "; ".join(f"{name} x{one:.1f}" for name, one in ours.items()),
            "; ".join(f"{one - 8:+.1f}" for one in ours.values()),
            "theirs is on later years and a list of some 80 goods that is not in the data; "
            "not checked",
        )
    ]


def _lithuania(world: World, priority: frozenset[str]) -> Row:
    trade, goods = world.goods(LEVEL, LAST), ids(world, priority)
    span = months("2022-01", LAST)
    after = trade.sum(who=["LTU"], to=["KAZ"], goods=goods, when=span)
    before = mean(trade, span, [2021], who=["LTU"], to=["KAZ"], goods=goods)
    return Row(
        "Financial Times, May 2023",
        "LT->KZ USD 28 m sent before, 84 m after",
        "part",
        f"LT to KZ, {len(goods)} baskets with a common high priority code, January to "
        "November 2021 -> "
        "2022; the sent side only",
        f"{millions(before)} -> {millions(after)}",
        f"x{after / before:.1f} against x3.0",
        "their dual-use codes and windows are not stated in our source; "
        + NOT_CHECKED
        + "; the arrived side needs KZ imports by partner and code",
    )
