"""From where to where: origin and destination of a clause, by prepositions and by who trades."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.actors import Named
from entrepot.evidence.reading.clauses import Clause
from entrepot.evidence.reading.lexicon import anywhere
from entrepot.evidence.reading.names import Phrase
from entrepot.evidence.reading.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Route:
    """Ends of a route, as spelled in claims, and the spans they were read from; via: between."""

    origin: str | None = None
    origin_span: Span | None = None
    destination: str | None = None
    destination_span: Span | None = None
    via: Named = field(default_factory=Named)


def route(ready: Prepared, clause: Clause, found: Sequence[Phrase], doers: Named) -> Route:
    """Origin and destination that a clause says or that who sells and who buys imply."""
    places = [_placed(one) for one in found if one.is_place or (
        one.code and one.role in ("to", "from", "bound"))]  # fmt: skip
    start, end = _ends(ready, clause, places)
    origin = (start.name, (start.start, start.end)) if start else None
    destination = (end.name, (end.start, end.end)) if end else None
    side = trader(ready, clause, found, doers)
    if side is not None and side[0]:
        origin = origin or side[1:]
    elif side is not None:
        destination = destination or side[1:]
    if origin and destination and origin[0] == destination[0] and start is None:
        origin = None
    via = [one for one in places if one.role == "via"]
    names = tuple(dict.fromkeys(one.name for one in via))
    said = Named(names, tuple((one.start, one.end) for one in via))
    first, first_span = origin or (None, None)
    last, last_span = destination or (None, None)
    return Route(first, first_span, last, last_span, said)


_LEAVES: Final = re.compile(r"(?:left|leaves?|leaving|depart\w*|quit|покин\w+)\s*\Z")
_REACHES: Final = re.compile(r"(?:reach|enter|cross|visit|never|дости|перетн|перес)")


def _ends(
    ready: Prepared, clause: Clause, places: Sequence[Phrase]
) -> tuple[Phrase | None, Phrase | None]:
    """Where a clause says that something comes from and goes to; null: it does not."""
    start = next((one for one in places if one.role in ("from", "made")), None)
    towards = ("to", "bound", "against") if _is_rule(clause) else ("to", "bound")
    ends = [one for one in places if one.role in towards]
    end = next((one for one in ends if one.start >= clause.main.start), ends[0] if ends else None)
    verb = ready.masked[clause.main.start : clause.main.end]
    direct = next((one for one in places if one.role == "" and one.start - clause.main.end
                   in (0, 1, 2, 4, 5)), None)  # fmt: skip
    if direct is not None and start is None and _LEAVES.search(verb):
        start = direct
    elif direct is not None and end is None and _REACHES.match(verb):
        end = direct
    columns = clause.main.columns
    if end is None and (columns["predicate"] == "present" or columns["type"] == "transfer"):
        end = next((one for one in places if one.role == "at"), None)
    if clause.language != "en" and start is None and end is not None and _buys(ready, clause):
        return end, None  # "bought in China": the case of the place, not its preposition
    return start, end


def _is_rule(clause: Clause) -> bool:
    """A rule "against Russia" is aimed at trade with it."""
    return clause.main.columns["type"] == "restriction"


def _placed(one: Phrase) -> Phrase:
    """A body that goods go to or come from, as the country it belongs to."""
    return one if one.is_place else replace(one, name=one.code, is_place=True)


def trader(
    ready: Prepared, clause: Clause, found: Sequence[Phrase], doers: Named
) -> tuple[bool, str, Span] | None:
    """Who sells (true) or buys (false) by a noun ("EU exports") or by the verb; null: not said."""
    for one in found:
        if one.is_place and one.role in ("noun", "", "other_preposition"):
            kind = _noun_of(ready, clause, one)
            if kind is not None:
                return kind, one.name, (one.start, one.end)
    if doers.names and doers.is_place:
        predicate = clause.main.columns["predicate"]
        if predicate == "buys" or (predicate in ("may", "may_not") and _buys(ready, clause)):
            return False, doers.names[0], doers.spans[0]
        if predicate == "sells":
            return True, doers.names[0], doers.spans[0]
        if clause.main.columns["subject"] == "change" or predicate in ("value", "stops"):
            return _side_of_trade(ready, clause, doers)
    return None


def _side_of_trade(ready: Prepared, clause: Clause, doers: Named) -> tuple[bool, str, Span] | None:
    """The noun after the verb says on which side the doer stands ("Belarus cut its imports")."""
    after = (clause.main.start, clause.span[1])
    if anywhere(clause.language, "import_noun").search(ready.masked, *after):
        return False, doers.names[0], doers.spans[0]
    if anywhere(clause.language, "export_noun").search(ready.masked, *after):
        return True, doers.names[0], doers.spans[0]
    return None


def _buys(ready: Prepared, clause: Clause) -> bool:
    words = ready.masked[clause.main.start : clause.main.end]
    return bool(anywhere(clause.language, "buy").search(words))


def _noun_of(ready: Prepared, clause: Clause, one: Phrase) -> bool | None:
    """Whether the noun beside a place is of export (true), of import (false) or neither (null)."""
    after = ready.masked[one.end : min(clause.span[1], one.end + 60)]
    after = re.sub(r"\A['’]s?", "", after)
    before = ready.masked[max(clause.span[0], one.start - 60) : one.start]
    if one.role in ("noun", "other_preposition") or clause.language != "en" or not one.role:
        near = re.match(r"\s+(?:[\w-]+\s+|[\ue001]+\s+){0,3}?(?P<noun>[\w-]+)", after)
        if near:
            for noun in re.finditer(r"[\w-]+", after[:40]):
                kind = _kind(clause, noun.group())
                if kind is not None:
                    return kind
    gap = r"\s+(?:of\s+)?(?:the\s+)?\Z"
    noun_before = re.search(rf"(?P<noun>[\w-]+){gap}", before)
    if noun_before and (one.word == "of" or clause.language != "en"):
        return _kind(clause, noun_before["noun"])
    return None


def _kind(clause: Clause, word: str) -> bool | None:
    if anywhere(clause.language, "export_noun").fullmatch(word):
        return True
    if anywhere(clause.language, "import_noun").fullmatch(word):
        return False
    return None
