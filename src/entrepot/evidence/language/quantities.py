"""One number with its bound, money, measure or noun."""

from dataclasses import dataclass, replace
from typing import Final

from entrepot.evidence.language.codes import is_code
from entrepot.evidence.language.counting import WORDS, Unit, noun_after, sign_at, unit_after
from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.nouns import is_counted
from entrepot.evidence.language.numerals import Numeral, numeral
from entrepot.evidence.language.tokens import Tokens

_POUNDS: Final = 1_000_000.0
"""From here on pounds are taken for money, not for a mass."""


@dataclass(frozen=True, slots=True)
class Read:
    """An amount as tokens [`first`, `end`); `unit` null: a bare number."""

    first: int
    end: int
    value: float
    value_to: float | None = None
    bound: str = "exactly"
    unit: str | None = None
    counted: tuple[int, int] | None = None


def number_at(tokens: Tokens, index: int, taken: set[int]) -> Numeral | None:
    """The number at token `index`; null: none, or it tells a time or a code."""
    if index in taken or (tokens.is_figure(index) and is_code(tokens, index)):
        return None
    found = numeral(tokens, index)
    return None if found is None or found.end - 1 in taken else found


def single(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """One number with its money, measure or noun."""
    sign = sign_at(tokens, index)
    start = sign.end if sign is not None else index
    number = number_at(tokens, start, taken)
    if number is None:
        return None
    if sign is not None:
        read = Read(index, number.end, number.value, unit=sign.value, counted=(index, sign.end))
        return _bound_after(tokens, read)
    read = Read(index, _past_repeat(tokens, number), number.value)
    if tokens.low(index - 1) in ("x", "×") and tokens.is_glued(index):
        return Read(index - 1, number.end, number.value, unit="times")
    if not number.has_figures and not _may_count(tokens, index, number):
        return None
    if number.has_figures and _is_glued_word(tokens, number):
        return None
    found = with_unit(tokens, read, read.end)
    if found.unit is None and _is_name(tokens, index, number):
        return None
    if tokens.low(index - 1) == "of" and tokens.low(index - 2) == "factor" and found.unit is None:
        return replace(found, unit="times")
    return found


def _past_repeat(tokens: Tokens, number: Numeral) -> int:
    """Past the repeated number of "five (5) shipments"."""
    place = number.end
    if tokens.low(place) != "(":
        return place
    again = numeral(tokens, place + 1)
    is_same = again is not None and again.value == number.value
    return again.end + 1 if again and is_same and tokens.low(again.end) == ")" else place


def _is_name(tokens: Tokens, index: int, number: Numeral) -> bool:
    """A bare number that names something: "Windows 10", "SITC 792"; or a bare "one"."""
    if not number.has_figures:
        return number.value < 2
    before = tokens.at(index - 1)
    is_first = (
        index < 2 or tokens.low(index - 2) in (".", "!", "?", "•") or tokens.is_broken(index - 1)
    )
    is_capital = before.kind == "w" and before.text[0].isupper() and not before.text.islower()
    return is_capital and not is_first and number.scale == 1 and number.value < 10_000


def _is_glued_word(tokens: Tokens, number: Numeral) -> bool:
    """45-year-old, 20-foot, 3D, 12g: no count, unless the word is a measure."""
    place = number.end
    if not tokens.is_glued(place):
        return False
    if unit_after(tokens, place) is not None or tokens.low(place + 1) in ("odd", "plus"):
        return False
    return tokens.is_word(place) or (tokens.low(place) in "-‑" and tokens.is_word(place + 1)
                                     and tokens.is_glued(place + 1))  # fmt: skip


def _may_count(tokens: Tokens, index: int, number: Numeral) -> bool:
    """Whether words count: "one" only before a noun; not "no one", "one of", "one-way"."""
    if tokens.low(number.end) in ("-", "‑") and tokens.is_glued(number.end):
        return unit_after(tokens, number.end) is not None
    if number.value == 1:
        if tokens.low(number.end) == "of" or tokens.low(index - 1) in (
            "no",
            "any",
            "every",
            "each",
            "this",
            "that",
            "some",
            "which",
        ):
            return False
        return noun_after(tokens, number.end, is_one=True) is not None or (
            unit_after(tokens, number.end) is not None
        )
    return True


def with_unit(tokens: Tokens, read: Read, place: int) -> Read:
    """`read` with the unit or noun at token `place` and a bound after it, if they stand there."""
    after = _plus(tokens, read, place)
    if after is not read:
        read, place = after, after.end
    unit = unit_after(tokens, place) or _noun(tokens, read, place)
    if unit is None:
        return _bound_after(tokens, read)
    value = float(f"{read.value * unit.factor:.15g}")
    if unit.name == "pounds" and read.value >= _POUNDS:
        unit = unit._replace(name="GBP")
    found = replace(read, end=max(unit.end, read.end), value=value, unit=unit.name,
                    counted=(unit.first, unit.end))  # fmt: skip
    return _bound_after(tokens, found)


def _plus(tokens: Tokens, read: Read, place: int) -> Read:
    """200+ trucks, 200-odd trucks, 200 or more trucks."""
    if tokens.low(place) == "+" and tokens.is_glued(place):
        return replace(read, end=place + 1, bound="at_least")
    if tokens.low(place) == "-" and tokens.low(place + 1) in ("odd", "plus"):
        bound = "about" if tokens.low(place + 1) == "odd" else "at_least"
        return replace(read, end=place + 2, bound=bound)
    found = lexicon(WORDS).match(tokens, place, "after")
    if found is not None and is_counted(tokens.low(found.end)):
        return replace(read, end=found.end, bound=found.value)
    return read


def _noun(tokens: Tokens, read: Read, place: int) -> Unit | None:
    return noun_after(tokens, place, is_one=read.value == 1)


def _bound_after(tokens: Tokens, read: Read) -> Read:
    found = lexicon(WORDS).match(tokens, read.end, "after")
    if found is None or tokens.is_broken(read.end) or tokens.low(read.end) in ("plus", "odd", "at"):
        return read
    return replace(read, end=found.end, bound=found.value)
