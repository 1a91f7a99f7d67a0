"""Whose rules a claim about a restriction means, for which country and party, and which goods."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from entrepot.codes.editions import is_known
from entrepot.evidence.assessing.ruling import Sale
from entrepot.evidence.assessing.sides import countries, parties
from entrepot.evidence.claim import Claim
from entrepot.measures.book import Rulebook
from entrepot.measures.context import regimes
from entrepot.measures.inquiry import under
from entrepot.measures.names import is_named
from entrepot.measures.rows import whole_heading
from entrepot.records.rules import ANY

WORLD: Final = "UN"
SHORT: Final = 4
"""Names of so many signs are abbreviations: they count in capitals only."""

CODE: Final = re.compile(r"(\d\d){1,5}")


@dataclass(frozen=True)
class Ruled:
    """What a claim is about in the words of the rule base.

    `regimes`: those that the claim can mean; `is_named`: it names them. `sale` with an empty
    destination: the claim names no country that rules are aimed at. `foreign`: who is said to act
    or to sell, and is under no regime of the base.
    """

    regimes: tuple[str, ...]
    is_named: bool
    sale: Sale
    foreign: tuple[str, ...] = ()


def ruled(claim: Claim, book: Rulebook) -> Ruled:
    """The regimes and the sale that a claim means.

    A seller in the claim means the regime that binds it; none means every regime of the base. The
    country that buys is the place that goods reach, or else the first one in the claim that is not
    under those regimes; of a party that the base knows, it is that party's.
    """
    named = named_regimes(claim)
    wanted = named or tuple(regimes())
    party = next((one for one in parties(claim) if not list(regimes_of(one))), "")
    known = [row for row in book.on_parties if party and is_named(row, party)]
    buyer = next(_buyers(claim, named), "") or next(
        (row["destination"] for row in known if row["destination"] != ANY), ""
    )
    sale = Sale(goods_codes(claim), buyer, party if known else "")
    foreign = tuple(
        text for text in dict.fromkeys((*claim.actors, claim.origin or ""))
        if countries(text) and not named and countries(text) != {buyer}
    )  # fmt: skip
    return Ruled(wanted, bool(named), sale, foreign)


def named_regimes(claim: Claim) -> tuple[str, ...]:
    """Regimes that bind a seller, or an authority, that the claim names; in the base's order."""
    texts = (*claim.actors, *claim.counterparts, claim.origin or "")
    found = {regime for text in texts for regime in regimes_of(text)}
    found |= _printed(claim.text) if not found else set()
    return tuple(regime for regime in regimes() if regime in found)


def regimes_of(text: str) -> Iterator[str]:
    """The regimes that bind the exporters of a country or group, or that a name means."""
    plain = text.strip()
    if plain.casefold() in authorities():
        yield authorities()[plain.casefold()]
        return
    mine = countries(text)
    for regime in regimes():
        if plain.upper() == regime or (mine and mine <= under(regime)):
            yield regime


@cache
def authorities() -> Mapping[str, str]:
    """Names of authorities and lists, in lower case, to the regime they stand for."""
    return {name.casefold(): regime for name, regime in _authorities()}


@cache
def _authorities() -> tuple[tuple[str, str], ...]:
    path = resources.files("entrepot.evidence.assessing").joinpath("data/authorities.csv")
    lines = csv.DictReader(path.read_text("utf-8").splitlines())
    return tuple((line["name"], line["regime"]) for line in lines)


def _printed(text: str) -> set[str]:
    """Regimes whose authorities or lists a claim names in its words, beside no country at all."""
    plain = " ".join(text.split())
    names = [(name, regime) for name, regime in _authorities() if len(name) > SHORT]
    found = {regime for name, regime in names if _holds(plain, name, re.IGNORECASE)}
    short = [(name, regime) for name, regime in _authorities() if len(name) <= SHORT]
    short += [(regime, regime) for regime in regimes()]
    return found | {regime for name, regime in short if _holds(plain, name, 0)}


def _holds(text: str, name: str, flags: int) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags) is not None


def _buyers(claim: Claim, named: Iterable[str]) -> Iterator[str]:
    sellers = frozenset().union(*(under(regime) for regime in named))
    for text in (claim.destination or "", *claim.counterparts, *claim.actors):
        mine = countries(text)
        if len(mine) == 1 and not mine & sellers:
            yield next(iter(mine))


def goods_codes(claim: Claim) -> tuple[str, ...]:
    """Codes of the goods that are well formed and known, the best first.

    A claim lists the code that fits best first and wider ones after it: "aircraft parts" are 8807,
    and 88 where nothing better is held. So a code that holds, or lies in, an earlier one is left
    out, and no goods are added twice.
    """
    kept: list[str] = []
    for code in (whole_heading(one) for one in claim.goods_codes if CODE.fullmatch(one)):
        if is_known(code) and not any(code.startswith(k) or k.startswith(code) for k in kept):
            kept.append(code)
    return tuple(kept)


def goods_words(claim: Claim) -> str:
    """The goods as printed, with their codes."""
    codes = ", ".join(goods_codes(claim))
    words = ", ".join(dict.fromkeys(claim.goods))
    return (
        f"{words} ({codes})"
        if words and codes
        else words or (f"goods of {codes}" if codes else "goods")
    )
