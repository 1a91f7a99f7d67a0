"""A country's share of another's trade: money of one over money of all, in the same periods."""

from collections.abc import Iterator

from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    turned,
    untestable,
)
from entrepot.evidence.assessing.chosen import Trade
from entrepot.evidence.assessing.numbers import WORD_POINTS, Said, points
from entrepot.evidence.assessing.records import Loaded, Records
from entrepot.evidence.assessing.ruledsides import goods_codes, goods_words
from entrepot.evidence.assessing.series import (
    EXPORTS,
    IMPORTS,
    Series,
    partners_held,
    references,
    reporters_held,
    series,
)
from entrepot.evidence.assessing.sides import Sides, called, countries
from entrepot.evidence.assessing.views import MANY_PARTNERS
from entrepot.evidence.assessing.whenmeant import meant
from entrepot.evidence.assessing.windows import spelled, window
from entrepot.evidence.claim import Claim
from entrepot.signals.amounts import money, percent


def tradeshare(claim: Claim, sides: Sides, records: Records, loaded: Loaded) -> Finding:
    """Test a share of the buyer's imports, or else of the seller's exports.

    It takes figures that hold the trade with the whole world of the one whose trade is shared out.

    Args:
        claim: predicate share; `quantity` in percent or as a share.
        sides: seller and buyer.
        records: only `since` is used.
        loaded: the figures.
    """
    said, codes = points(claim), goods_codes(claim)
    needed = (
        f"Imports of {called(sides.buyer) if sides.buyer else 'the buyer'}, or exports of "
        f"{called(sides.seller) if sides.seller else 'the seller'}, with all their partners "
        f"({goods_words(claim)}): entrepot import FILE"
    )
    if said is None or claim.unit not in ("%", "share"):
        return untestable("The share as a number, which the claim does not give in percent")
    if claim.goods and not codes:
        return untestable(f"The goods as a code: {goods_words(claim)} is not known as one")
    for one, whole, whose in _pairs(loaded, sides, codes):
        when = window(whole.periods, meant(claim), records.since)
        total = whole.sum(when.now)
        if not when.now or not total:
            continue
        share = one.sum(when.now) / total
        ground = Ground(
            f"{called(sides.seller)} to {called(sides.buyer)}: "
            f"{money(one.sum(when.now), one.currency)} of {money(total, one.currency)} {whose} in "
            f"{spelled(when.now)}: {percent(share)}.",
            (*references(loaded, one, when.now), *references(loaded, whole, when.now)),
        )
        return _judged(claim, said, 100 * share, ground)
    return untestable(needed)


def _judged(claim: Claim, said: Said, actual: float, ground: Ground) -> Finding:
    """The share as printed, within rounding; nearly so within `WORD_POINTS`."""
    if said.holds(actual):
        return Finding(turned(SUPPORTED) if claim.is_negated else SUPPORTED, (ground,))
    if said.holds(actual - WORD_POINTS) or said.holds(actual + WORD_POINTS):
        part = f"the order of size holds: {actual:.1f} % in these figures"
        return Finding(PARTLY, (ground,), part=part)
    return Finding(turned(CONTRADICTED) if claim.is_negated else CONTRADICTED, (ground,))


def _pairs(
    loaded: Loaded, sides: Sides, codes: tuple[str, ...]
) -> Iterator[tuple[Series, Series, str]]:
    """The trade of both sides, and all trade of one of them, by its own figures."""
    for flow, whose, other in ((IMPORTS, sides.buyer, sides.seller),
                               (EXPORTS, sides.seller, sides.buyer)):  # fmt: skip
        mine = countries(whose) & reporters_held(loaded, flow)
        if not mine or mine != countries(whose) or not countries(other):
            continue
        if len(partners_held(loaded, flow, mine)) < MANY_PARTNERS:
            continue
        one = series(loaded, Trade(flow, mine, countries(other) - mine, codes))
        whole = series(loaded, Trade(flow, mine, frozenset(), codes))
        if one is not None and whole is not None:
            word = "imported" if flow == IMPORTS else "exported"
            yield one, whole, f"{word} by {called(whose)}"
