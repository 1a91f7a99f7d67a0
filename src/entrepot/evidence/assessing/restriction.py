"""Restriction: X may, or may not, sell or buy these goods on a day. Tested by the rule base.

A claim that names no seller means every regime of the base. Each is asked for every code of the
goods, on the first day of the claim's time and on every day in it on which a measure begins or
ends. Rules: docs/assess.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from entrepot.codes.country import name
from entrepot.evidence.assessing import regimewords as say
from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    untestable,
)
from entrepot.evidence.assessing.bans import bans
from entrepot.evidence.assessing.records import Records
from entrepot.evidence.assessing.ruledsides import WORLD, Ruled, goods_words, ruled
from entrepot.evidence.assessing.ruling import (
    BARRED_ALL,
    FREE,
    PART,
    UNKNOWN,
    Ruling,
    Sale,
    called,
    days_that_count,
    ruling,
)
from entrepot.evidence.assessing.sides import called as name_of
from entrepot.evidence.assessing.warned import warned
from entrepot.evidence.assessing.whenmeant import Meant, meant
from entrepot.evidence.claim import Claim
from entrepot.measures.book import Rulebook
from entrepot.measures.context import regimes
from entrepot.measures.inquiry import under

MOST_DAYS: Final = 12
"""Days of change in the time of one claim that are told; all of them are asked."""

BY_CODE: Final = "free by code"

SHADES: Final = {
    FREE: "free under",
    BY_CODE: "free by code, military goods barred by description, under",
    PART: "barred in part under",
    BARRED_ALL: "barred under",
    UNKNOWN: "not known:",
}
"""What a regime does to the goods, in words, in the order in which it is told."""

NOT_LAW: Final = "A research tool, not legal advice: read the act before you rely on it."
IN_WORDS: Final = (
    "Goods that an act names in words only (dual-use lists, arms, advanced technology) may be "
    "barred whatever their code: entrepot rules ask lists these entries."
)
WHO_BUYS: Final = (
    "The rules say what may be sold, not what was sold; services, and parties that are listed, "
    "have rules of their own."
)


def restriction(claim: Claim, records: Records) -> Finding:
    """Test a claim about what rules allow, bar, impose or lift.

    Args:
        claim: of type restriction.
        records: only the rule book is used.
    """
    if claim.kind in ("threat", "forecast"):
        return warned(claim, records)
    if claim.predicate in ("imposes", "lifts", "exempts"):
        return bans(claim, records)
    asked, time = ruled(claim, records.rulebook), meant(claim)
    if (lack := _lacking(claim, asked, time)) is not None or time is None:
        return untestable(lack or "")
    found = [_one(records.rulebook, regime, asked.sale, time, claim)
             for regime in _outside(asked)]  # fmt: skip
    return _joined(claim, asked, found, records.rulebook)


def _lacking(claim: Claim, asked: Ruled, time: Meant | None) -> str | None:
    """What the claim, or the one who asks, must say first; null: nothing is missing."""
    if time is None or time.last is None:
        return "The day: give that of the report with --reported-on DATE."
    if not asked.sale.destination:
        return (
            "The country that buys, which the claim does not name: entrepot rules ask REGIME "
            f"COUNTRY CODE --on {time.last}"
        )
    if not asked.sale.codes and not asked.sale.party:
        buyer = asked.sale.destination
        return (
            f"The goods as a code of the Harmonized System: entrepot rules ask EU {buyer} CODE "
            f"--on {time.last}"
        )
    if asked.foreign:
        return (
            f"The law of {', '.join(name_of(one) for one in asked.foreign)}: the rule base holds "
            f"{', '.join(regimes())} only"
        )
    if not _outside(asked):
        return (
            f"Rules for a sale within {name(asked.sale.destination)}: the rule base holds what "
            f"binds exports of {', '.join(regimes())} only."
        )
    return None


def _outside(asked: Ruled) -> list[str]:
    """Regimes for which the sale is an export."""
    return [one for one in asked.regimes if asked.sale.destination not in under(one)]


@dataclass(frozen=True)
class _One:
    """One regime over a claim's time: its rulings, and measures in words that meet the goods."""

    regime: str
    rulings: tuple[Ruling, ...]
    military: tuple[Ground, ...]

    @property
    def state(self) -> str:
        """One of `ruling.STATES`: in part, too, where it changed within the time."""
        states = {one.state for one in self.rulings}
        if self.military and states == {FREE}:
            return PART
        if len(states) == 1:
            return next(iter(states))
        return UNKNOWN if UNKNOWN in states and FREE in states else PART

    @property
    def shade(self) -> str:
        """The same, with those that leave the codes free and bar military goods apart."""
        is_free = {one.state for one in self.rulings} == {FREE}
        return BY_CODE if self.military and is_free else self.state


def _one(book: Rulebook, regime: str, sale: Sale, time: Meant, claim: Claim) -> _One:
    last = time.last or date.max
    first = time.first or last
    asked = sale if sale.codes else Sale(("",), sale.destination, sale.party)
    asked = asked if asked.codes != ("",) else Sale(_ANY_CODE, sale.destination, sale.party)
    days = days_that_count(book, regime, asked, first, last)
    rulings = tuple(ruling(book, regime, asked, day) for day in days)
    words = say.in_words(book, rulings[-1], asked, (*claim.goods, claim.text))
    return _One(regime, rulings, (say.military(rulings[-1], asked, words),) if words else ())


_ANY_CODE: Final = ("88",)
"""A freeze bars dealings in any goods, so any code gives the answer for a party without goods."""


def _joined(claim: Claim, asked: Ruled, found: Sequence[_One], book: Rulebook) -> Finding:
    grounds = [ground for one in found for ground in _grounds(book, one, asked.sale)]
    cautions = (NOT_LAW, IN_WORDS, WHO_BUYS, *_about(found), *_beyond(asked, found))
    counted = [one for one in found if asked.is_named or one.regime != WORLD]
    states = {one.state for one in counted}
    if states <= {UNKNOWN}:
        day = found[0].rulings[-1].on
        return untestable(
            f"The rules of {', '.join(one.regime for one in counted)} for "
            f"{name(asked.sale.destination)} on {day}, which the rule base does not hold; your own "
            "in a file: entrepot rules lint FILE",
            grounds, cautions,
        )  # fmt: skip
    verdict = _verdict(states, is_may=(claim.predicate != "may_not") != claim.is_negated)
    part = _part(claim, counted, book, asked.sale) if verdict == PARTLY else ""
    return Finding(verdict, tuple(grounds), part=part, cautions=cautions)


def _verdict(states: set[str], *, is_may: bool) -> str:
    """What the regimes that are known say; an unknown one keeps a claim from full support."""
    wanted, other = (FREE, BARRED_ALL) if is_may else (BARRED_ALL, FREE)
    if states - {UNKNOWN} == {other}:
        return CONTRADICTED
    return SUPPORTED if states == {wanted} else PARTLY


def _grounds(book: Rulebook, one: _One, sale: Sale) -> list[Ground]:
    said = [say.ground(book, found, sale if sale.codes else Sale(_ANY_CODE, sale.destination,
            sale.party)) for found in _shown(one.rulings)]  # fmt: skip
    said += one.military
    parties = say.frozen(book, one.rulings[-1], sale)
    return said + ([parties] if parties else [])


def _shown(rulings: Sequence[Ruling]) -> list[Ruling]:
    """All of a few; of many those with which the state changed, and the last."""
    if len(rulings) <= MOST_DAYS:
        return list(rulings)
    changed = [one for before, one in pairwise(rulings) if one.state != before.state]
    return list(dict.fromkeys([rulings[0], *changed[: MOST_DAYS - 2], rulings[-1]]))


def _part(claim: Claim, found: Sequence[_One], book: Rulebook, sale: Sale) -> str:
    """Which regimes left the goods free, which barred them, in whole or in part, or are unknown."""
    said = []
    for shade, words in SHADES.items():
        held = [
            f"{called(one.regime)}{_days(book, one, sale)}" for one in found if one.shade == shade
        ]
        if held:
            said.append(f"{words} {', '.join(held)}")
    return f"{goods_words(claim)} for {name(sale.destination)}: {'; '.join(said)}"


def _days(book: Rulebook, one: _One, sale: Sale) -> str:
    """Until when a regime left the goods free, or since when it bars them."""
    last = one.rulings[-1]
    if one.shade in (FREE, BY_CODE):
        return say.until(book, last, sale)
    return say.since(last) if one.shade != UNKNOWN else ""


def _beyond(asked: Ruled, found: Sequence[_One]) -> list[str]:
    """Who is bound by none of the rules that were asked, or by rules that are not known."""
    blind = [called(one.regime) for one in found if one.state == UNKNOWN]
    said = [f"Not known: {', '.join(blind)}."] if blind else []
    if not asked.is_named:
        said.append("Sellers in other countries are bound by none of these rules, unless the goods "
                    "are of United States origin.")  # fmt: skip
    return said


def _about(found: Sequence[_One]) -> list[str]:
    """What the rules of a regime go by, where it is not the seller's country."""
    follow = [regimes()[one.regime] for one in found if regimes()[one.regime].follows_item]
    return [
        f"{one.name} rules go with goods of {name(one.origin)} origin, wherever the seller is."
        for one in follow
    ]
