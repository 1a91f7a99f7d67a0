"""What a claim was taken to say, in plain words: the first thing that a reader must agree with."""

from collections.abc import Callable
from typing import Final

from entrepot.evidence.assessing.numbers import in_digits
from entrepot.evidence.assessing.ruledsides import goods_words, named_regimes, regimes_of, ruled
from entrepot.evidence.assessing.sides import called, countries, parties, trade_sides
from entrepot.evidence.assessing.whenmeant import meant
from entrepot.evidence.claim import Claim
from entrepot.measures.ask import shipped
from entrepot.measures.context import regimes

NOBODY: Final = "a party that is not named"
_RULES: Final = {
    "may": "may be sold",
    "may_not": "may not be sold",
    "imposes": "came under a measure",
    "lifts": "came free of a measure",
    "exempts": "are exempt from a measure",
}
_MOVES: Final = {
    "rises": "rose",
    "falls": "fell",
    "stops": "stopped",
    "none": "does not take place",
    "buys": "takes place",
    "sells": "takes place",
    "value": "is worth",
    "share": "makes up a share of",
}
_LISTS: Final = {
    "listed": "is on a sanctions list",
    "delisted": "was taken off a sanctions list",
    "not_listed": "is on no sanctions list",
}
_PRICES: Final = {
    "discount": "is sold at a discount",
    "premium": "is sold at a mark-up",
    "unit_value": "has a unit value",
    "price_change": "changed its price",
}


def tested(claim: Claim) -> str:
    """One sentence."""
    made = _BY_TYPE.get(claim.type, _other)(claim)
    size = _size(claim)
    is_not = "It is not so that: " if claim.is_negated else ""
    if claim.kind in ("threat", "forecast"):
        is_not = f"Announced or expected, and not yet so: {is_not.lower()}"
    when = _when(claim)
    said = f"{is_not}{made}{size}{when}."
    return said[:1].upper() + said[1:]


def _when(claim: Claim) -> str:
    time = meant(claim)
    if time is None:
        return ", at a time that is not known"
    if time.is_assumed and claim.type in ("trade", "price", "transfer"):
        return f" (no time is said; the report is of {time.last})"
    return f", {time.said}"


def _restriction(claim: Claim) -> str:
    named = named_regimes(claim)
    whose = ", ".join(named) or f"each of {', '.join(regimes())}"
    verb = _RULES.get(claim.predicate, claim.predicate)
    goods = goods_words(claim)
    sale = ruled(claim, shipped()).sale
    where = f" to {called(sale.destination)}" * bool(sale.destination)
    where += f" ({sale.party})" * bool(sale.party)
    return f"under the rules of {whose}, {goods} {verb}{where}"


def _trade(claim: Claim) -> str:
    if claim.predicate == "rank":
        both = [called(one) for one in (*claim.actors, *claim.counterparts) if countries(one)]
        place = "largest" if claim.quantity in (None, 1) else f"number {claim.quantity:.0f}"
        whose = f" of {both[1]}" if len(both) > 1 else ""
        return f"{both[0] if both else 'a country'} is the {place} trading partner{whose}"
    sides = trade_sides(claim)
    ends = f" from {called(sides.seller)}" * bool(sides.seller)
    ends += f" to {called(sides.buyer)}" * bool(sides.buyer)
    goods = goods_words(claim) if claim.goods or claim.goods_codes else "all goods"
    return f"trade in {goods}{ends} {_MOVES.get(claim.predicate, claim.predicate)}"


def _price(claim: Claim) -> str:
    sides = trade_sides(claim)
    ends = f" from {called(sides.seller)}" * bool(sides.seller)
    ends += f" to {called(sides.buyer)}" * bool(sides.buyer)
    return f"{goods_words(claim)}{ends} {_PRICES.get(claim.predicate, claim.predicate)}"


def _listing(claim: Claim) -> str:
    who = ", ".join(one for one in parties(claim) if not list(regimes_of(one))) or NOBODY
    named = ", ".join(named_regimes(claim))
    return f"{who} {_LISTS.get(claim.predicate, claim.predicate)}{f' of {named}' * bool(named)}"


def _movement(claim: Claim) -> str:
    what = ", ".join((*claim.goods, *map(called, claim.actors))) or "what is named"
    ends = f" from {called(claim.origin)}" * bool(claim.origin) if claim.origin else ""
    ends += f" to {called(claim.destination)}" if claim.destination else ""
    verb = {"moves": "moved", "present": "is there", "absent": "is not there", "leaves": "left"}
    return f"{what} {verb.get(claim.predicate, claim.predicate)}{ends}"


def _transfer(claim: Claim) -> str:
    through = (
        ", ".join(called(one) for one in (*claim.actors, *claim.counterparts)) or "a third country"
    )
    ends = f" from {called(claim.origin)}" if claim.origin else ""
    ends += f" to {called(claim.destination)}" if claim.destination else ""
    verb = "are to be passed on" if claim.predicate == "intends" else "were passed on"
    return f"{goods_words(claim)} {verb} by {through}{ends}"


def _other(claim: Claim) -> str:
    return f"something that no record here can test: {claim.text.strip()[:120]}"


def _size(claim: Claim) -> str:
    """The number as printed, where it is no rank."""
    if claim.quantity is None or claim.unit == "rank":
        return ""
    bound = (claim.bound or "exactly").replace("_", " ")
    upper = f" to {in_digits(claim.quantity_to)}" if claim.quantity_to is not None else ""
    word = "" if bound == "exactly" else f"{bound} "
    return f", {word}{in_digits(claim.quantity)}{upper} {claim.unit or ''}".rstrip()


_BY_TYPE: Final[dict[str, Callable[[Claim], str]]] = {
    "restriction": _restriction,
    "trade": _trade,
    "price": _price,
    "listing": _listing,
    "movement": _movement,
    "transfer": _transfer,
}
