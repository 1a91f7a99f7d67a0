"""Price: goods are sold at a discount, or at a mark-up. Tested by unit values of trade figures.

A unit value is money over quantity of everything under one code: another mix of goods moves it too.
The gap and its interval are those of `entrepot prices` (docs/prices.md).
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from math import exp
from typing import Final

from entrepot.codes.country import name
from entrepot.errors import EntrepotError
from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    turned,
    untestable,
)
from entrepot.evidence.assessing.numbers import points
from entrepot.evidence.assessing.records import Loaded, Records
from entrepot.evidence.assessing.ruledsides import goods_codes, goods_words
from entrepot.evidence.assessing.sides import Sides, countries, trade_sides
from entrepot.evidence.assessing.whenmeant import meant
from entrepot.evidence.claim import Claim
from entrepot.signals.prices.compare import ALL, Price, Prices, prices
from entrepot.signals.prices.question import PriceQuestion
from entrepot.signals.prices.unitvalues import Middle

CAUTION: Final = (
    "Innocent reasons not ruled out: another quality or mix of goods under one code, freight and "
    "insurance, contracts priced earlier, quantities in a wrong unit."
)
ROSE: Final = re.compile(
    r"\b(rise|rose|risen|rising|increas|higher|grew|grow|went up|soar|jump"
    r"|выр[оа]с|повы[сш]|подорож|зр[оі]с|підвищ)", re.IGNORECASE)  # fmt: skip
FELL: Final = re.compile(
    r"\b(fall|fell|drop|declin|decreas|lower|cheaper|went down|plung|slump"
    r"|упал|сни[зж]|подешев|впал|зни[зж]|здешев)", re.IGNORECASE)  # fmt: skip
"""Beginnings of words by which a change of price is told to go up or down."""

WAYS: Final = {"discount": -1.0, "premium": 1.0, "price_change": 1.0}
"""Which way a gap in unit values is told: a discount of 30 % is a gap of -30 %."""


def _way(claim: Claim) -> float:
    """The same for a change, by the words of the claim; 0: they do not say which way."""
    if claim.predicate != "price_change":
        return WAYS[claim.predicate]
    return float(bool(ROSE.search(claim.text))) - float(bool(FELL.search(claim.text)))


@dataclass(frozen=True)
class _Gap:
    """A gap in percent of the reference, with its interval; null ends: too few cells."""

    value: float
    low: float | None
    high: float | None

    @classmethod
    def of(cls, middle: Middle, way: float) -> "_Gap":
        ends = [None if one is None else way * 100 * (exp(one) - 1)
                for one in (middle.value, middle.low, middle.high)]  # fmt: skip
        value, low, high = ends if way > 0 else (ends[0], ends[2], ends[1])
        return cls(value or 0.0, low, high)

    def words(self) -> str:
        """The gap and its interval."""
        if self.low is None or self.high is None:
            return f"{self.value:.0f} % (too few cells for an interval)"
        return f"{self.value:.0f} % ({self.low:.0f} to {self.high:.0f} %)"


def price(claim: Claim, records: Records) -> Finding:
    """Test a claim about a price.

    Args:
        claim: of type price.
        records: the figures; they must hold a mass or a quantity.
    """
    sides, codes = trade_sides(claim), goods_codes(claim)
    needed = (
        f"Figures with money and mass or quantity of {goods_words(claim)} from or to the country, "
        "with other sellers or buyers beside it: entrepot import FILE, then entrepot prices CODE "
        "--from COUNTRY"
    )
    loaded = records.figures
    if loaded is None or not codes:
        return untestable(needed if codes else f"The goods as a code. {needed}")
    if claim.kind in ("threat", "forecast") or claim.predicate not in WAYS:
        return untestable(needed)
    if not _way(claim):
        return untestable("Whether the price rose or fell, which the claim does not say")
    if meant(claim) is None:
        return untestable("The time: give the day of the report with --reported-on DATE")
    notes: list[Ground] = []
    for question in _questions(claim, sides, codes[0], records):
        try:
            found = prices(loaded.flows, question, loaded.engine)
        except EntrepotError as error:
            notes.append(Ground(f"{error}."))
            continue
        row = _row(found, sides, question, claim)
        if row is not None:
            return _judged(claim, found, row, loaded, needed)
    return untestable(needed, notes, (CAUTION, *loaded.notes))


def _questions(claim: Claim, sides: Sides, code: str, records: Records) -> Iterator[PriceQuestion]:
    """A discount is asked of the seller's goods, a mark-up of what the buyer paid, else both."""
    seller, buyer = _one(sides.seller), _one(sides.buyer)
    time = meant(claim)
    first = time.first if time and not time.is_assumed and time.first else None
    since = f"{first.year:04}-{first.month:02}" if first else records.since
    after = time.after if time and not time.is_assumed else None
    as_of = after + timedelta(days=31) if after and after.year < 2100 else None
    asked = [(seller, ""), ("", buyer)]
    if claim.predicate == "premium":
        asked.reverse()
    for whose, whom in asked:
        if whose or whom:
            with suppress(EntrepotError):
                yield PriceQuestion.ask(code, seller=whose, buyer=whom, since=since, as_of=as_of)


def _one(text: str) -> str:
    found = countries(text)
    return next(iter(found)) if len(found) == 1 else ""


def _row(found: Prices, sides: Sides, question: PriceQuestion, claim: Claim) -> Price | None:
    """The comparison with what the same counterparts pay others, over the whole time."""
    other = _one(sides.buyer if question.side == "from" else sides.seller)
    who = other or ALL
    rows = [row for row in found.rows if row.span == "whole" and _middle(row, claim) is not None]
    mine = [row for row in rows if row.counterpart == who]
    alone = [row for row in rows if len({one.counterpart for one in rows}) == 1]
    return next(iter(mine or (alone if who == ALL else [])), None)


def _middle(row: Price, claim: Claim) -> Middle | None:
    return row.change if claim.predicate == "price_change" else row.gap


def _judged(claim: Claim, found: Prices, row: Price, loaded: Loaded, needed: str) -> Finding:
    middle = _middle(row, claim)
    if middle is None:
        return untestable(needed)
    gap = _Gap.of(middle, _way(claim))
    grounds = (_ground(claim, found, row, gap, loaded),)
    cautions = (CAUTION, *loaded.notes)
    if gap.low is None or gap.high is None or gap.low <= 0 <= gap.high:
        return untestable(
            f"More cells: the gap cannot be told from none. {needed}", grounds, cautions
        )
    said = points(claim) if claim.unit in ("%", "share") else None
    if gap.high < 0:
        verdict = CONTRADICTED
    elif said is None or (
        (said.low is None or said.low <= gap.high) and (said.high is None or said.high >= gap.low)
    ):
        verdict = SUPPORTED
    else:
        of = "of what is denied: " * claim.is_negated
        part = f"{of}the direction holds, the size does not: {gap.words()}"
        return Finding(PARTLY, grounds, part=part, cautions=cautions)
    return Finding(turned(verdict) if claim.is_negated else verdict, grounds, cautions=cautions)


def _ground(claim: Claim, found: Prices, row: Price, gap: _Gap, loaded: Loaded) -> Ground:
    question = found.question
    whose = "all counterparts" if row.counterpart == ALL else name(row.counterpart)
    word = claim.predicate.replace("_", " ")
    if claim.predicate == "price_change":
        word = "rise" if _way(claim) > 0 else "fall"
    way = "from" if question.side == "from" else "to"
    reference = {
        "kind": "prices",
        "figures": loaded.title,
        "command": f"entrepot prices {question.code} --{way} {question.country} --since "
        f"{question.since}",
        "flow": found.supply.flow,
        "commodity_codes": list(found.supply.codes),
        "counterpart": row.counterpart,
        "against": row.against,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "unit_value": row.unit_value,
        "reference": row.reference,
        "per": found.supply.per,
        "currency": found.supply.currency,
        "cells": row.gap.cells if row.gap else 0,
    }
    return Ground(
        f"{goods_words(claim)} {way} {name(question.country)}, {whose}, {row.period_from} to "
        f"{row.period_to}: a {word} of {gap.words()} against {row.against.replace('_', ' ')}.",
        (reference,),
    )
