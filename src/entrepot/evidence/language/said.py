"""A time as found in the text, and the year that neighbours lend each other."""

from dataclasses import dataclass, replace

from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.spelled import WORDS
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.when import When


@dataclass(frozen=True, slots=True)
class Said:
    """A time as said: tokens [`first`, `end`), its preposition, its first and last part.

    `is_open`: nothing ends what "from" begins.
    """

    first: int
    end: int
    preposition: str
    one: When
    two: When | None = None
    is_open: bool = False


def with_years(tokens: Tokens, found: list[Said]) -> list[Said]:
    """March and April 2022, 3 March and 5 May 2022: a year told once holds for its neighbours."""
    for place in range(len(found) - 2, -1, -1):
        if _are_joined(tokens, found[place], found[place + 1]):
            found[place] = _lent(found[place], found[place + 1].one, found[place + 1].two)
    for place in range(1, len(found)):
        if _are_joined(tokens, found[place - 1], found[place]):
            found[place] = _lent(found[place], found[place - 1].two or found[place - 1].one, None)
    return found


def _are_joined(tokens: Tokens, left: Said, right: Said) -> bool:
    words = lexicon(WORDS)
    if not 0 < right.first - left.end <= 3:
        return False
    joined = words.match(tokens, left.end, "and")
    if joined is None:
        return False
    place = joined.end
    if (preposition := words.match(tokens, place, "prep")) is not None:
        place = min(preposition.end, right.first)
    return place >= right.first


def _lent(said: Said, other: When, last: When | None) -> Said:
    lender = other if other.year is not None else (last or other)
    one = said.one
    if one.year is not None or one.basis or said.two is not None or lender.year is None:
        return said
    if one.grain not in ("day", "month", "season", "quarter", "half"):
        return said
    return replace(said, one=replace(one, year=lender.year, is_bare_month=False))
