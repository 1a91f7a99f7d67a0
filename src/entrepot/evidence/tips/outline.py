"""What the working side may see of a tip without a reviewer: codes, countries, the month.

The outline is made from what a reader of claims finds in the words, and holds none of the words:
no names, no places below a country, no numbers, no day.
"""

from datetime import date
from typing import Final

from entrepot.codes.commodity import short_label
from entrepot.codes.country import name as country_name
from entrepot.errors import CodeError
from entrepot.evidence.claim import Claim
from entrepot.evidence.reading.read import read_claims
from entrepot.evidence.report import Report

_SAID: Final = {
    "restriction": "what may be sold under the rules",
    "trade": "trade",
    "price": "a price",
    "listing": "a party on a sanctions list",
    "movement": "a movement",
    "transfer": "goods that are passed on",
}
MOST: Final = 10
"""Outlines of one tip at most; a longer list would tell its shape."""


def outline(words: str, today: date) -> tuple[str, ...]:
    """Coarse sentences on what a tip is about, each once; none: nothing was understood.

    Args:
        words: of the tip, in the clear.
        today: the day on which it came, to resolve "last month".
    """
    claims = read_claims(Report(words, reported_on=today))
    made = dict.fromkeys(filter(None, (_sentence(claim) for claim in claims)))
    return tuple(made)[:MOST]


def _sentence(claim: Claim) -> str:
    goods = sorted({code[:4] for code in claim.goods_codes})
    ends = (("from", claim.origin), ("to", claim.destination))
    places = [f"{word} {place}" for word, code in ends if (place := _country(code))]
    if claim.type not in _SAID or not (goods or places):
        return ""
    parts = [f"A tip speaks of {_SAID[claim.type]}"]
    if goods:
        parts.append(": " + ", ".join(_goods(code) for code in goods[:3]))
    if places:
        parts.append((", " if goods else " ") + " ".join(places))
    if claim.date_from:
        parts.append(f", {claim.date_from:%Y-%m} or about then")
    return "".join(parts) + "."


def _country(code: str | None) -> str:
    """The country's name; empty: it is no country, so it may be a place too fine to tell."""
    try:
        return country_name(code) if code else ""
    except CodeError:
        return ""


def _goods(code: str) -> str:
    words = short_label(code)
    return f"HS {code}" + (f" ({words})" if words else "")
