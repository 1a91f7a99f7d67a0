"""Trade: who buys, sells, more, less, none, how much, whose share. Tested by trade figures.

Figures are what reporters say, with their own coverage: a reporter that is silent is unknown, and
never zero. Rules and thresholds: docs/assess.md.
"""

from collections.abc import Sequence
from typing import Final

from entrepot.evidence.assessing.assessment import (
    NOT_TESTABLE,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    untestable,
)
from entrepot.evidence.assessing.rates import is_currency
from entrepot.evidence.assessing.records import Loaded, Records
from entrepot.evidence.assessing.ruledsides import goods_codes, goods_words
from entrepot.evidence.assessing.series import EXPORTS, chapters_held, has_total, reporters_held
from entrepot.evidence.assessing.sides import (
    Sides,
    called,
    countries,
    parties,
    places,
    trade_sides,
    unknown_places,
)
from entrepot.evidence.assessing.sums import (
    Outcome,
    changed,
    exists,
    joined,
    negated,
    printed,
    stopped,
    sums,
    worth,
)
from entrepot.evidence.assessing.timed import gap, timed_change, timed_trade, timed_worth
from entrepot.evidence.assessing.traderank import traderank
from entrepot.evidence.assessing.tradeshare import tradeshare
from entrepot.evidence.assessing.views import View, views
from entrepot.evidence.assessing.whenmeant import Meant, meant
from entrepot.evidence.assessing.windows import Window, both_held, spelled, window
from entrepot.evidence.claim import Claim

FIGURES: Final = (
    "Trade figures count what was declared to customs: goods of other origin, goods that pass in "
    "transit, and goods that nobody declared are not in them."
)
NEEDS_BASE: Final = ("rises", "falls")


def trade(claim: Claim, records: Records) -> Finding:
    """Test a claim about how much is traded.

    Args:
        claim: of type trade.
        records: the figures, and for a rank the function `partners`.
    """
    if claim.kind in ("threat", "forecast"):
        return untestable(
            "Figures of the time that is meant, once they are out: entrepot import FILE"
        )
    if claim.predicate == "rank":
        return traderank(claim, records)
    loaded = records.figures
    if loaded is None:
        return untestable("Trade figures: entrepot import FILE (docs/import.md)")
    if (lack := _lacking(claim)) is not None:
        return untestable(lack)
    sides = trade_sides(claim)
    if not sides.seller and not sides.buyer:
        return untestable(
            "The country that sells or buys, which the claim does not name; see what figures hold: "
            "entrepot sources"
        )
    if claim.predicate == "share":
        return tradeshare(claim, sides, records, loaded)
    return _by_sums(claim, sides, records, loaded)


def _lacking(claim: Claim) -> str | None:
    """Why no sums of countries can speak of the claim; null: they may."""
    if unknown := unknown_places(claim):
        return (
            f"Which countries are meant by {', '.join(unknown)}: edit the claim to name them, with "
            "ISO codes"
        )
    firms = [one for one in parties(claim) if one in claim.actors]
    if firms and not places(claim.actors):
        return (
            f"Records of the shipments of {', '.join(firms)}: trade figures add up countries and "
            "show no single firm"
        )
    if meant(claim) is None:
        return "The time: give the day of the report with --reported-on DATE"
    return None


def _by_sums(claim: Claim, sides: Sides, records: Records, loaded: Loaded) -> Finding:
    codes, goods = goods_codes(claim), goods_words(claim)
    time = meant(claim)
    if not codes and claim.goods:
        return untestable(
            f"The goods as a code: {goods} is not known as a code of the Harmonized System"
        )
    if not codes:
        goods = "all goods"
        if not has_total(loaded):
            needed = _needed(sides, "all goods together (code TOTAL)", time, records)
            return untestable(needed, _goods_held(claim, sides, records, loaded), _about(loaded))
    found = views(loaded, sides, codes, goods)
    if not found:
        return untestable(_needed(sides, goods, time, records), _held(loaded), _about(loaded))
    tested = [(view, one) for view in found for one in [_window(claim, view, time, records)]
              if one.now]  # fmt: skip
    if not tested:
        said = [_span(view) for view in found]
        return untestable(_needed(sides, goods, time, records), said, _about(loaded))
    outcomes = [_outcome(claim, view, one, loaded) for view, one in tested]
    return _finding(claim, sides, [view for view, _ in tested], outcomes, loaded, records)


def _goods_held(claim: Claim, sides: Sides, records: Records, loaded: Loaded) -> list[Ground]:
    """Background where the figures hold no value for all goods: the goods that they do hold."""
    codes = chapters_held(loaded)
    return _told(
        claim, views(loaded, sides, codes, "the goods held, not all goods"), records, loaded
    )


def background(claim: Claim, sides: Sides, records: Records, loaded: Loaded) -> list[Ground]:
    """The sums of a trade beside a claim of another type, in the claim's time; none: not held."""
    found = views(loaded, sides, goods_codes(claim), goods_words(claim))
    return _told(claim, found, records, loaded)


def _told(claim: Claim, found: Sequence[View], records: Records, loaded: Loaded) -> list[Ground]:
    windows = [(view, _window(claim, view, meant(claim), records)) for view in found]
    return [sums(loaded, view, when).ground for view, when in windows if when.now]


def _window(claim: Claim, view: View, time: Meant | None, records: Records) -> Window:
    """The periods of the claim's time; pairs with the time before where all or most are held."""
    whole = window(view.series.periods, time, records.since)
    paired = both_held(whole, view.series.periods)
    if claim.predicate in NEEDS_BASE or len(paired.now) == len(whole.now):
        return paired if paired.now else Window((), (), whole.wanted, whole.is_assumed)
    return Window(whole.now, (), whole.wanted, whole.is_assumed)


def _outcome(claim: Claim, view: View, when: Window, loaded: Loaded) -> Outcome:
    """What one record says to the claim, its denial included."""
    found = sums(loaded, view, when)
    lack, predicate = gap(when, meant(claim), claim), claim.predicate
    is_money = predicate == "value" or (predicate != "none" and is_currency(claim.unit or ""))
    if predicate in ("buys", "sells", "none") and not is_money:
        none = (predicate == "none") != claim.is_negated
        made = timed_trade(lack, exists(claim, found, none=none), none=none)
        return _seen(claim, view, made, is_one_enough=True)
    if predicate in ("buys", "sells", "value"):
        made, said = worth(claim, found), printed(claim, found)
        made = made if said is None else timed_worth(said, found, lack, made)
    elif predicate == "stops":
        made = timed_change(claim, lack, stopped(claim, found))
    else:
        made = timed_change(claim, lack, changed(claim, found, rises=predicate == "rises"))
    return _seen(claim, view, negated(made) if claim.is_negated else made, is_one_enough=False)


def _seen(claim: Claim, view: View, made: Outcome, *, is_one_enough: bool) -> Outcome:
    """The outcome where the figures see only a part of what the claim means.

    Trade that is seen at all takes place, so a part is enough for that. That a whole rose is shown
    in part by a part of its sellers, and not by a part of its goods; an amount of the whole is not
    shown by any part, and no part shows that there is no trade.
    """
    lacks = (*view.lacks, *view.goods_lacking)
    if not lacks:
        return made
    lack = f"not seen in these figures: {'; '.join(lacks)}"
    is_none = (claim.predicate == "none") != claim.is_negated
    if is_one_enough and not is_none and made.verdict == SUPPORTED:
        return made
    is_sized = claim.quantity is not None or bool(view.goods_lacking) or is_none
    is_shown = made.verdict in (SUPPORTED, PARTLY) and (is_one_enough or not is_sized)
    if is_shown and not is_none:
        said = f"{made.part}; {lack}" if made.part else f"it holds for what can be seen; {lack}"
        return Outcome(PARTLY, made.ground, said, made.cautions)
    return Outcome(
        NOT_TESTABLE, made.ground, "", (*made.cautions, f"{lack[:1].upper()}{lack[1:]}.")
    )


def _finding(
    claim: Claim,
    sides: Sides,
    found: Sequence[View],
    outcomes: Sequence[Outcome],
    loaded: Loaded,
    records: Records,
) -> Finding:
    verdict, part = joined(outcomes, [view.whose for view in found])
    grounds = tuple(one.ground for one in outcomes)
    cautions = (*(note for one in outcomes for note in one.cautions), *_more(claim, sides),
                *_about(loaded))  # fmt: skip
    if verdict == NOT_TESTABLE:
        needed = _needed(sides, goods_words(claim), meant(claim), records)
        return untestable(needed, grounds, cautions)
    return Finding(verdict, grounds, part if verdict == PARTLY else "", (), cautions)


def _more(claim: Claim, sides: Sides) -> tuple[str, ...]:
    """Countries that the claim names beside the two whose trade is looked at."""
    named = places((*claim.actors, *claim.counterparts))
    others = [one for one in dict.fromkeys(named) if one not in (sides.seller, sides.buyer)]
    words = ", ".join(called(one) for one in others)
    return (f"The claim names {words} as well, whose trade was not looked at.",) if words else ()


def _needed(sides: Sides, goods: str, time: Meant | None, records: Records) -> str:
    """Which figures would test it, and how they get in."""
    seller = called(sides.seller) if sides.seller else ""
    buyer = called(sides.buyer) if sides.buyer else ""
    when = time.said if time and not time.is_assumed else f"{records.since} and later"
    before = " and the same months of the year before"
    if seller and buyer:
        what = f"Exports of {seller} to {buyer}, or imports of {buyer} from {seller}"
    elif seller:
        what = f"Exports of {seller} to all partners"
    else:
        what = f"Imports of {buyer} from all partners"
    return f"{what}: {goods}, by month, {when}{before}: entrepot import FILE, then assess again"


def _held(loaded: Loaded) -> list[Ground]:
    """What the figures hold instead."""
    who = sorted(reporters_held(loaded, EXPORTS))
    words = "EU members" if frozenset(who) == countries("EU") else f"{len(who)} reporters"
    return [Ground(f"The figures loaded ({loaded.title}) hold exports of {words} and not this "
                   "trade.")] if who else []  # fmt: skip


def _span(view: View) -> Ground:
    held = view.series.periods
    return Ground(
        f"{view.whose[:1].upper()}{view.whose[1:]} are held for {spelled(held)} only."
        if held
        else f"{view.whose}: no period is held."
    )


def _about(loaded: Loaded) -> tuple[str, ...]:
    lacks = f"{loaded.title} lacks: {'; '.join(loaded.lacks)}." if loaded.lacks else ""
    return tuple(one for one in (FIGURES, lacks, *loaded.notes) if one)
