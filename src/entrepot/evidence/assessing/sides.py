"""Who sells and who buys in a claim, as countries.

A claim says who acts and to or from whom; which of them is the seller follows from what is said,
and from the places that goods leave and reach.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from entrepot.codes.country import members, name, parse
from entrepot.errors import CodeError
from entrepot.evidence.claim import Claim

EU: Final = "EU"
GROUPS: Final[dict[str, frozenset[str]]] = {
    "EAEU": frozenset(("ARM", "BLR", "KAZ", "KGZ", "RUS")),
    "G7": frozenset(("CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA")),
    "BALTICS": frozenset(("EST", "LVA", "LTU")),
    "CENTRALASIA": frozenset(("KAZ", "KGZ", "TJK", "TKM", "UZB")),
    "SOUTHCAUCASUS": frozenset(("ARM", "AZE", "GEO")),
}
"""Groups beside the EU that claims name, upper case. Members: Treaty on the Eurasian Economic Union
as in force since 12 August 2015; Group of Seven since 2014; M49 for the regions (UN)."""

GROUP_NAMES: Final = {
    EU: "EU members",
    "EAEU": "EAEU members",
    "G7": "G7 members",
    "BALTICS": "the Baltic states",
    "CENTRALASIA": "Central Asia",
    "SOUTHCAUCASUS": "the South Caucasus",
}

_BUYS: Final = re.compile(
    r"\b(import\w*|bought|buy\w*|purchas\w*|acquir\w*|receiv\w*|импорт\w*|закуп\w*|імпорт\w*)", re.I
)
_SELLS: Final = re.compile(
    r"\b(export\w*|sold|sell\w*|suppl\w*|ship\w*|deliver\w*|экспорт\w*|постав\w*|експорт\w*)", re.I
)
"""Words that say on which side the one who acts stands, where a claim names one side only."""


@cache
def countries(text: str) -> frozenset[str]:
    """ISO alpha-3 of a country, or of a group's members; empty: neither."""
    plain = text.strip().upper()
    if plain in GROUPS:
        return GROUPS[plain]
    try:
        return members(text)
    except CodeError:
        return frozenset()


@cache
def called(text: str) -> str:
    """A country or group in words; other text as it is."""
    plain = text.strip().upper()
    plain = EU if plain in ("EU27", "EU27_2020") else plain
    if plain in GROUP_NAMES:
        return GROUP_NAMES[plain]
    try:
        return name(parse(text))
    except CodeError:
        return text


@dataclass(frozen=True)
class Sides:
    """Seller and buyer as the claim names them; empty: not said. `first` is the one who acts."""

    seller: str
    buyer: str
    first: str = ""

    @property
    def sellers(self) -> frozenset[str]:
        """Countries of the seller; empty: not said."""
        return countries(self.seller)

    @property
    def buyers(self) -> frozenset[str]:
        """Countries of the buyer; empty: not said."""
        return countries(self.buyer)


def places(texts: tuple[str, ...]) -> list[str]:
    """Those that are countries or groups, in order."""
    return [text for text in texts if countries(text)]


def parties(claim: Claim) -> list[str]:
    """Names in a claim that are no countries: companies, persons, bodies."""
    named = (*claim.actors, *claim.counterparts)
    return [text for text in dict.fromkeys(named) if text.strip() and not countries(text)]


def unknown_places(claim: Claim) -> list[str]:
    """Places that goods leave or reach which are no country and no group known here."""
    ends = (claim.origin, claim.destination)
    return [text for text in ends if text and text.strip() and not countries(text)]


def trade_sides(claim: Claim) -> Sides:
    """The seller and the buyer of a claim about trade.

    Places that goods leave and reach count first. Who acts sells, or buys, by the predicate; where
    that does not say it, by the words of the claim.
    """
    origin, destination = _place(claim.origin), _place(claim.destination)
    actors, others = places(claim.actors), places(claim.counterparts)
    actor, other = _first(actors), _first(others) or _second(actors)
    side = _side_of_actor(claim, origin, destination)
    if side == "buys":
        found = Sides(origin or _not(other, actor), destination or actor, actor)
    else:
        found = Sides(origin or actor, destination or _not(other, actor), actor)
    if found.seller == found.buyer:
        found = Sides(found.seller, "", actor) if side != "buys" else Sides("", found.buyer, actor)
    return found


def _side_of_actor(claim: Claim, origin: str, destination: str) -> str:
    actor = _first(places(claim.actors))
    if claim.predicate in ("buys", "sells"):
        return claim.predicate
    if actor and actor in (origin, destination):
        return "sells" if actor == origin else "buys"
    if bool(origin) != bool(destination) and actor:
        return "buys" if origin else "sells"
    buys, sells = _BUYS.search(claim.text), _SELLS.search(claim.text)
    if buys and sells:
        return "buys" if buys.start() < sells.start() else "sells"
    return "buys" if buys else "sells"


def _place(text: str | None) -> str:
    return text if text and countries(text) else ""


def _first(texts: list[str]) -> str:
    return texts[0] if texts else ""


def _second(texts: list[str]) -> str:
    return texts[1] if len(texts) > 1 else ""


def _not(text: str, other: str) -> str:
    return "" if text == other else text
