"""Predicates where no pattern fits: a clause that names enough of what records hold.

A clause with a verb that names, say, goods, a sum and a country is a claim about trade whatever
its verb. What must be named stands in `NEEDED`; the words that tell topics in the word lists.
"""

from collections.abc import Callable
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.lexicon import anywhere
from entrepot.evidence.reading.movers import has_mover
from entrepot.evidence.reading.pattern import Hit
from entrepot.evidence.reading.prepared import Prepared, within
from entrepot.evidence.reading.segments import finite, pieces


def topics(
    ready: Prepared, sentence: Span, language: str, known: list[Hit], before: str
) -> list[Hit]:
    """A predicate for each piece of a sentence that has none and names enough, at its verb.

    `before`: type of the claim before it in the paragraph; a bare sum or share goes on with it.
    """
    found = []
    for piece in pieces(ready, sentence, language):
        if any(piece[0] <= hit.start < piece[1] for hit in known):
            continue
        verb = finite(ready, piece, language) or _first_sum(ready, piece, before)
        if verb is None:
            continue
        named = next(((kind, predicate) for kind, predicate, holds in NEEDED
                      if holds(ready, piece, language)), None)  # fmt: skip
        if named is None and before in ("trade", "price") and _sums(ready, piece):
            named = before, "value" if before == "trade" else "unit_value"
        if named is not None:
            columns = {"type": named[0], "predicate": named[1], "subject": "topic"}
            found.append(Hit(*verb, columns))
    return found


def _sums(ready: Prepared, piece: Span) -> bool:
    return bool({"money", "rate"} & _units(ready, piece))


def _first_sum(ready: Prepared, piece: Span, before: str) -> Span | None:
    """Where the first number stands, in a piece without a verb that goes on with trade."""
    if before != "trade" or not _sums(ready, piece):
        return None
    first = within(ready.amounts, piece)[0]
    return first.start, first.end


def _anchor(ready: Prepared, piece: Span) -> bool:
    """Whether a place, a party, a day or a number is named."""
    return bool(_where(ready, piece) or within(ready.bodies, piece) or within(ready.days, piece)
                or _units(ready, piece))  # fmt: skip


def _has(ready: Prepared, piece: Span, language: str, *groups: str) -> bool:
    return bool(anywhere(language, *groups).search(ready.masked, *piece))


def _units(ready: Prepared, piece: Span) -> set[str]:
    """Kinds of numbers in a piece: money, rate, mass, count."""
    kinds = set()
    for one in within(ready.amounts, piece):
        if any(day.start <= one.start < day.end for day in within(ready.days, piece)):
            continue
        unit = one.unit or ""
        if len(unit) == 3 and unit.isupper():
            kinds.add("money")
        elif unit in ("%", "times", "share"):
            kinds.add("rate")
        elif unit in ("kg", "t"):
            kinds.add("mass")
        elif unit:
            kinds.add("count")
    return kinds


def _where(ready: Prepared, piece: Span) -> bool:
    return bool(within(ready.places, piece))


def _goods(ready: Prepared, piece: Span) -> bool:
    return bool(within(ready.goods, piece))


def _listing(ready: Prepared, piece: Span, language: str) -> bool:
    return _has(ready, piece, language, "listing_topic") and bool(
        within(ready.bodies, piece) or _where(ready, piece) or within(ready.days, piece)
        or _units(ready, piece)
    )  # fmt: skip


def _restriction(ready: Prepared, piece: Span, language: str) -> bool:
    return _has(ready, piece, language, "rule_topic") and bool(
        _goods(ready, piece) or _where(ready, piece) or within(ready.days, piece)
        or within(ready.bodies, piece) or _units(ready, piece)
    )  # fmt: skip


def _price(ready: Prepared, piece: Span, language: str) -> bool:
    return _has(ready, piece, language, "price_noun") and bool(
        {"money", "rate"} & _units(ready, piece)
    )


def _trade(ready: Prepared, piece: Span, language: str) -> bool:
    if _has(ready, piece, language, "export_noun", "import_noun", "trade_topic"):
        return _goods(ready, piece) or _anchor(ready, piece)
    if not _goods(ready, piece):
        return False
    kinds = _units(ready, piece)
    return bool(kinds & {"money", "mass"}) or (
        _where(ready, piece) and bool(kinds)
        and not has_mover(ready, piece, language)
    )  # fmt: skip


def _transfer(ready: Prepared, piece: Span, language: str) -> bool:
    return _has(ready, piece, language, "transfer_topic") and (
        _goods(ready, piece) or _has(ready, piece, language, "matter_noun")
    ) and _where(ready, piece)  # fmt: skip


def _movement(ready: Prepared, piece: Span, language: str) -> bool:
    """People, vehicles, ships or aircraft are the subject, and a place or a day stands."""
    verb = finite(ready, piece, language)
    if verb is None or not has_mover(ready, (piece[0], verb[0]), language):
        return False
    if _has(ready, piece, language, "export_noun", "import_noun") or "money" in _units(
        ready, piece
    ):
        return False
    return _where(ready, piece) or bool(within(ready.days, piece))


NEEDED: Final[tuple[tuple[str, str, Callable[[Prepared, Span, str], bool]], ...]] = (
    ("listing", "listed", _listing),
    ("price", "unit_value", _price),
    ("transfer", "route", _transfer),
    ("restriction", "imposes", _restriction),
    ("movement", "present", _movement),
    ("trade", "value", _trade),
)
