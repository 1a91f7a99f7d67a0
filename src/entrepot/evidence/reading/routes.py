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
    start, end = _direct(clause, places, verb, start, end)
    columns = clause.main.columns
    if end is None and (columns["predicate"] == "present" or columns["type"] == "transfer"):
        end = next((one for one in places if one.role == "at"), None)
    return _told(ready, clause, places, verb, start, end)


Ends = tuple[Phrase | None, Phrase | None]


def _direct(
    clause: Clause, places: Sequence[Phrase], verb: str, start: Phrase | None, end: Phrase | None
) -> Ends:
    """The ends, with a place right behind a verb of leaving or reaching."""
    direct = next((one for one in places if one.role == "" and one.start - clause.main.end
                   in (0, 1, 2, 4, 5)), None)  # fmt: skip
    if direct is not None and start is None and _LEAVES.search(verb):
        start = direct
    elif direct is not None and end is None and _REACHES.match(verb):
        end = direct
    return start, end


def _told(
    ready: Prepared,
    clause: Clause,
    places: Sequence[Phrase],
    verb: str,
    start: Phrase | None,
    end: Phrase | None,
) -> Ends:
    """The ends, with what the verb makes of a place "in" which or a party to which it is done."""
    if start is None and clause.language != "en" and _buys(ready, clause):
        ends_at = end if end is not None and _is_where(ready, clause, end) else None
        start = next((one for one in places if one.role == "at"), ends_at)
        end = None if start is end else end
    if end is None and _GIVES.match(verb):
        end = _given(ready, clause, places)
    if end is None and _ARRIVES.match(verb):
        end = next((one for one in places if one.role == "at" and one.start >= clause.main.start),
                   None)  # fmt: skip
    bought = next((one for one in places if one.role == "at" and one.start >= clause.main.end),
                  None)  # fmt: skip
    if start is None and clause.main.columns["predicate"] == "buys" and _buys(ready, clause):
        start = bought
    return start, end


def _given(ready: Prepared, clause: Clause, places: Sequence[Phrase]) -> Phrase | None:
    """Who is given something without a preposition ("sold Russia 40 engines", "продал России")."""
    for one in places:
        gap = one.start - clause.main.end
        if one.role == "" and 0 <= gap <= 2:
            said = ready.text[one.start : one.end].lower()
            is_given = clause.language == "en" or said.endswith(_DATIVE)
            return one if is_given else None
    return None


_DATIVE: Final = ("ии", "ії", "у", "ю", "е", "і")
_GIVES: Final = re.compile(
    r"(?:s[eo]ll|sold|suppl|sent|send|gave|give|lent|lend|hand|offer|ship"
    r"|прода|переда|постав|отправ|перепрода|экспорт|снабд|надсила|надісла|відправ|експорт|постач)"
)
_ARRIVES: Final = re.compile(r"(?:land|arriv|suppl|touch|прибы|приземл|прилет|снабж|прибу|постача)")


def _is_where(ready: Prepared, clause: Clause, one: Phrase) -> bool:
    """Whether a Slavic place stands in the case of "where", not of "where to"."""
    said = ready.text[one.start : one.end]
    if clause.language == "en" or one.word in ("до", "к", "для"):
        return False
    return said.isupper() or said[-1:] in tuple("еиіїях")


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
    if noun_before and one.what == "people" and clause.language == "en":
        return True if _kind(clause, noun_before["noun"]) is not None else None
    if noun_before and (one.word == "of" or clause.language != "en"):
        return _kind(clause, noun_before["noun"])
    return None


def _kind(clause: Clause, word: str) -> bool | None:
    if anywhere(clause.language, "export_noun").fullmatch(word):
        return True
    if anywhere(clause.language, "import_noun").fullmatch(word):
        return False
    return None
