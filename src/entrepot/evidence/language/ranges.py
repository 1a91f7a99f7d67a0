"""From one number to another: between 200 and 300, 200-300, two to three million."""

from dataclasses import replace
from typing import Final

from entrepot.evidence.language.counting import WORDS
from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.numerals import Numeral, numeral
from entrepot.evidence.language.quantities import Read, single
from entrepot.evidence.language.tokens import Tokens

_REACH: Final = 60
"""How many tokens before "from" a word of change may stand; it stays in the sentence."""


def ranged(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """Between 200 and 300, 200-300, from $5m to $7m, two to three."""
    words = lexicon(WORDS)
    lead = words.match(tokens, index, "between")
    start = lead.end if lead else index
    one = single(tokens, start, taken)
    if one is None or not one.value >= 0:
        return None
    joined = words.match(tokens, one.end, "range")
    if (lead is not None and tokens.low(index) in ("between", "между", "між")) or (
        lead and joined is None
    ):
        joined = words.match(tokens, one.end, "and") or joined
    if joined is None or tokens.is_broken(joined.end):
        return None
    two = single(tokens, joined.end, taken)
    if two is None or not _are_alike(tokens, one, two, is_led=lead is not None):
        return None
    if lead is not None and _is_change(tokens, index):
        return _start_of_change(tokens, one, two)
    is_rising = two.value > one.value or _scaled(one, two) < two.value
    return _joined(tokens, index, one, two) if is_rising else None


def _are_alike(tokens: Tokens, one: Read, two: Read, *, is_led: bool) -> bool:
    if one.unit is not None and two.unit is not None and one.unit != two.unit:
        return False
    if one.unit == "%" and two.unit is None:
        return False
    between = tokens.low(one.end)
    if between == "or" and one.unit is not None:
        return False
    return is_led or between != "to" or one.unit is None or one.unit == two.unit or _is_money(one)


def _is_money(read: Read) -> bool:
    return read.unit is not None and len(read.unit) == 3 and read.unit.isupper()


def _is_change(tokens: Tokens, index: int) -> bool:
    """Whether "from $1m to $3m" tells a change: after rose, fell, a rise, up."""
    if tokens.low(index) not in ("from", "с", "от", "з", "від"):
        return False
    words = lexicon(WORDS)
    for place in range(index - 1, max(index - _REACH, -1), -1):
        if tokens.low(place) in (".", ";") or tokens.is_broken(place):
            return False
        if words.match(tokens, place, "change_verb") is not None:
            return True
    return False


def _start_of_change(tokens: Tokens, one: Read, two: Read) -> Read:
    """The first of the two amounts, with the scale and unit that stand at the second."""
    whole = _joined(tokens, one.first, one, two)
    return replace(one, value=whole.value, unit=whole.unit)


def _scaled(one: Read, two: Read) -> float:
    """Two to three million: the scale of the second holds for the first."""
    scale = 1.0
    for step in (1e3, 1e6, 1e9, 1e12):
        if two.value >= step and one.value < 1000:
            scale = step
    return one.value * scale


def _joined(tokens: Tokens, index: int, one: Read, two: Read) -> Read:
    value = one.value
    last = numeral_of(tokens, two)
    if last is not None and last.scale > 1 and one.value < 1000 and last.value / last.scale < 10000:
        own = numeral_of(tokens, one)
        if own is not None and own.scale == 1:
            value = float(f"{one.value * last.scale:.15g}")
    unit = two.unit or one.unit
    return Read(index, two.end, value, two.value, "exactly", unit, two.counted or one.counted)


def numeral_of(tokens: Tokens, read: Read) -> Numeral | None:
    """The number inside an amount read before."""
    for at in range(read.first, read.end):
        found = numeral(tokens, at)
        if found is not None:
            return found
    return None
