"""Places and bodies of a clause as phrases: how each is spelled in a claim, and what governs it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.language.mention import Body, Place
from entrepot.evidence.reading.lexicon import anywhere, at_end, at_start, words
from entrepot.evidence.reading.pattern import MASKS
from entrepot.evidence.reading.prepared import Prepared, within

ROLES: Final = ("from", "to", "via", "at", "agent", "against", "with", "between",
                "other_preposition")  # fmt: skip
_MASK: Final = MASKS["place"] + MASKS["body"] + MASKS["goods"]
_QUALIFIER: Final = {
    "en": re.compile(rf"(?<![\w'’-])[\w'’-]+\s+\Z|[{_MASK}]+(?:['’]s?)?\s+\Z"),
    "ru": re.compile(r"(?<!\w)[\w-]+(?:ого|его|ой|ей|ых|их|ый|ий|ую|юю|ому|ему|ым|им)\s+\Z"),
    "uk": re.compile(r"(?<![\w'’-])[\w'’-]+(?:ого|ої|ій|их|ий|у|ому|им|ою)\s+\Z"),
}
"""A word that may stand between a preposition and the name it governs."""
_JOINED: Final = re.compile(
    rf"[{MASKS['place']}{MASKS['body']}](?:['’]s?)?"
    r"\s*(?:,|,?\s*(?:and|or|и|или|і|й|та|або))\s*(?:the\s+)?\Z"
)


_INSIDE: Final = ("in", "at", "в", "во", "на", "у")
_WHERE: Final = {
    "ru": ("е", "ии", "ах", "ях"),
    "uk": ("і", "ї", "ах", "ях", "ську", "цьку"),
}
_COUNT: Final = re.compile(
    r"(?:(?<!\w)(?:about|around|over|under|more than|less than|fewer than|at least|up to|nearly"
    r"|almost|some|roughly|около|більше|понад|близько|более|не менее)\s+)?"
    r"(?<!\w)(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|dozens of)\s+\Z"
)
"""How many, before a name: no part of what governs it."""


_ANYBODY: Final = ("force", "vehicle", "vessel", "aircraft")
_PLURAL: Final = ("s", "men", "ы", "и", "ей", "ов", "ів", "і")
"""Endings of a plural, in which a body of a country is nobody in particular."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place or body where it stands.

    `role`: one of `ROLES` by its preposition; `noun`: it qualifies the noun after it; `made`:
    "German-made"; `bound`: "Russia-bound"; empty: bare, a subject or an object. `is_place`: it
    can be an origin or destination. `head`: end of the noun phrase that it begins.
    """

    start: int
    end: int
    name: str
    role: str
    is_place: bool
    word: str
    what: str
    code: str = ""


def phrases(ready: Prepared, span: Span, language: str) -> list[Phrase]:
    """All places and bodies of a stretch of text, in order; a place inside a body is left out."""
    bodies = within(ready.bodies, span)
    places = [one for one in within(ready.places, span)
              if not any(body.start <= one.start < body.end for body in bodies)]  # fmt: skip
    found: list[Phrase] = []
    named: list[Place | Body] = [*bodies, *places]
    for one in sorted(named, key=lambda one: one.start):
        role, word = _role(ready, span, language, one, found)
        found.append(Phrase(one.start, one.end, spelled(one), role, isinstance(one, Place), word,
                            one.what, one.code))  # fmt: skip
    return found


def spelled(one: Place | Body) -> str:
    """ISO alpha-3 of a country or of the country that a people or government belongs to, else name.

    A city or site has the code of its country too: claims are compared by country. A group without
    a usual short name ("third countries") keeps its words.
    """
    if isinstance(one, Body):
        return one.code if _is_unnamed(one) else one.name
    return one.code if one.code.isupper() else one.name


def _is_unnamed(one: Body) -> bool:
    """Whether a body is some people or craft of a country ("Belarusian soldiers"), no name."""
    _, *rest = one.name.split()
    return (
        one.what in _ANYBODY and bool(one.code and rest)
        and all(word.islower() for word in rest) and rest[-1].endswith(_PLURAL)
    )  # fmt: skip


def _role(
    ready: Prepared, span: Span, language: str, one: Place | Body, earlier: Sequence[Phrase]
) -> tuple[str, str]:
    before = ready.masked[span[0] : one.start]
    after = ready.masked[one.end : span[1]]
    if at_start(language, "made").match(after):
        return "made", ""
    if at_start(language, "bound").match(after):
        return "bound", ""
    if earlier and _JOINED.search(before) and not _begins_clause(before, after, language):
        return earlier[-1].role, earlier[-1].word
    lead = _COUNT.sub("", before)
    for _ in range(3):
        for role in ROLES:
            found = at_end(language, role).search(lead)
            if found and role == "to" and _is_located(ready.text, one, language, found["word"]):
                return _outer(lead[: found.start()], language), found["word"]
            if found:
                return (_outer(lead[: found.start()], language)
                        if role == "at" and found["word"] in _INSIDE else role,
                        found["word"])  # fmt: skip
        found = at_end(language, "determiner").search(lead) or _QUALIFIER[language].search(lead)
        if not found or anywhere(language, *_VERBS).fullmatch(found.group().strip()):
            break
        lead = lead[: found.start()]
    return ("noun" if isinstance(one, Place) and qualifies(one, after, language) else ""), ""


def _is_located(text: str, one: Place | Body, language: str, word: str) -> bool:
    """Whether a Slavic name behind "in, on" stands in the case of "where", not of "where to"."""
    if language == "en" or word not in _INSIDE or isinstance(one, Body):
        return False
    said = text[one.start : one.end].lower()
    return said.endswith(_WHERE[language])


def _begins_clause(before: str, after: str, language: str) -> bool:
    """After a comma and before a verb a name is a subject ("in Minsk, Russia sold")."""
    return bool(re.search(r",\s*(?:the\s+)?\Z", before)
                and at_start(language, *_VERBS).match(after))  # fmt: skip


def _outer(lead: str, language: str) -> str:
    """Where "to a distributor in Hong Kong" leads, and "from a firm in Dubai" comes from."""
    for role in ("to", "from", "via"):
        found = at_end_of_phrase(language, role).search(lead)
        if found:
            return role
    return "at"


@cache
def at_end_of_phrase(language: str, role: str) -> re.Pattern[str]:
    """A preposition and up to five words that hold no other preposition or verb."""
    inner = "|".join(re.escape(word) for word in words(language, role))
    stop = "|".join(sorted({re.escape(word) for name in (*ROLES, "modal", "be", "have")
                            for word in words(language, name)}))  # fmt: skip
    named = f"{MASKS['place']}{MASKS['body']}{MASKS['goods']}"
    return re.compile(rf"(?<![\w'’-])(?:{inner})\s+(?:(?!(?:{stop})\s)[\w'’{named}-]+\s+){{1,5}}\Z")


_VERBS: Final = ("sell", "buy", "take", "passon", "send", "ban", "allow", "say", "accuse", "deny",
                 "add", "be", "have", "sanction", "stop", "rise", "fall", "modal", "leave", "go",
                 "reach",                 "bring", "exempt", "seize")  # fmt: skip


def qualifies(one: Place, after: str, language: str) -> bool:
    """Whether a place stands before the noun it qualifies ("EU exports", "Russia's imports")."""
    if re.match(r"['’]s?\s", after):
        return True
    return one.what == "people" or bool(
        at_start(language, "export_noun", "import_noun", "trade_noun", "price_noun").match(after)
    )
