"""A report made ready for reading: its sentences, what the finders found, the masked text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar

from entrepot.evidence.claim import Span
from entrepot.evidence.language.amounts import amounts
from entrepot.evidence.language.bodies import bodies
from entrepot.evidence.language.days import days
from entrepot.evidence.language.goods import goods
from entrepot.evidence.language.mention import Amount, Body, Day, Goods, Place
from entrepot.evidence.language.places import places
from entrepot.evidence.language.sentences import sentences
from entrepot.evidence.reading.pattern import mask
from entrepot.evidence.report import Report


class _Mention(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


One = TypeVar("One", bound=_Mention)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text with all that was found in it; every list is in order of the text."""

    text: str
    report_id: str
    masked: str
    lowered: str
    sentences: tuple[Span, ...]
    days: tuple[Day, ...]
    amounts: tuple[Amount, ...]
    places: tuple[Place, ...]
    goods: tuple[Goods, ...]
    bodies: tuple[Body, ...]

    def said(self, span: Span) -> str:
        """The words of a span, line breaks as blanks."""
        return " ".join(self.text[span[0] : span[1]].split())


def prepare(report: Report) -> Prepared:
    """Run all finders over a report once."""
    text = report.text
    wares = tuple(kept for one in _ordered(goods(text)) if (kept := _without_trade(text, one)))
    where = tuple(_ordered(places(text)))
    named = tuple(one for one in _ordered(bodies(text))
                  if _is_party(text, one, wares) and not _is_part(one, where))  # fmt: skip
    when = tuple(_ordered(days(text, report.reported_on)))
    taken = [(one.start, one.end, "day") for one in when]
    taken += [(one.start, one.end, "body") for one in named if _is_name(text, one)]
    taken += [(one.start, one.end, "place") for one in where]
    taken += [(one.start, one.end, "goods") for one in wares]
    return Prepared(
        text=text,
        report_id=report.report_id,
        masked=mask(text, taken),
        lowered=mask(text, ()),
        sentences=tuple(sentences(text)),
        days=when,
        amounts=tuple(_ordered(amounts(text))),
        places=where,
        goods=wares,
        bodies=named,
    )


_RANKED: Final = re.compile(
    r"(?:largest|biggest|main|top|leading|trading|principal|important)\b.*"
    r"\b(?:partners?|suppliers?|buyers?|customers?|importers?|exporters?|markets?)\Z"
)
_TRADE: Final = re.compile(
    r"(?<!\w)(?:exports?|imports?|sales?|shipments?|deliver(?:y|ies)|re-exports?|purchases?)\Z",
    re.IGNORECASE,
)
_NO_GOODS: Final = ("banned", "sanctioned", "restricted", "prohibited", "controlled", "the", "all")
_NAMED: Final = ("agency", "court", "media")


def _without_trade(text: str, one: Goods) -> Goods | None:
    """Goods without a word of trade at their end ("gas exports"); null: nothing else is left."""
    words = text[one.start : one.end]
    tail = _TRADE.search(words)
    if tail is None:
        return one
    kept = words[: tail.start()].rstrip()
    if not kept or kept.lower() in _NO_GOODS:
        return None
    return replace(one, end=one.start + len(kept))


def _is_party(text: str, one: Body, wares: Sequence[Goods]) -> bool:
    """Whether a found body is one here: no verb ("ship"), no rank, no part of goods."""
    said = text[one.start : one.end]
    if one.what == "vessel" and said.lower().split()[0] in ("ship", "ships", "shipping"):
        return False
    if one.what == "vehicle" and any(
        one.start <= ware.start < one.end for ware in within(wares, (one.start, one.end))
    ):
        return False
    before = bisect_right(wares, one.start, key=lambda ware: ware.start)
    if before and one.start < wares[before - 1].end:
        return False
    return not _RANKED.search(said.lower())


def _is_part(one: Body, where: Sequence[Place]) -> bool:
    """Whether a body's word is only part of a country's name ("Russian Federation")."""
    before = bisect_right(where, one.start, key=lambda place: place.start)
    last = where[before - 1] if before else None
    return last is not None and last.end >= one.end and last.start < one.start


def _is_name(text: str, one: Body) -> bool:
    """Whether a body is named; a role in common words ("the buyers") stays readable as words."""
    return one.what in _NAMED or any(letter.isupper() for letter in text[one.start + 1 : one.end])


def within(found: Sequence[One], span: Span) -> list[One]:
    """The mentions that lie inside a span."""
    first = bisect_left(found, span[0], key=lambda one: one.start)
    kept = []
    for one in found[first:]:
        if one.start >= span[1]:
            break
        if one.end <= span[1]:
            kept.append(one)
    return kept


def _ordered(found: Sequence[One]) -> list[One]:
    return sorted(found, key=lambda one: (one.start, -one.end))
