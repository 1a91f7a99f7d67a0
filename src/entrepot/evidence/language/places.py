"""Countries, groups of countries, cities and sites in a text, also as adjectives ("Belarusian").

The names come from pycountry and from the word lists `data/places_*.tsv`. A word that means
something else in its surroundings is left out: Georgia beside Atlanta, "US" in a shouted sentence,
turkey meat, Michael Jordan.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

import pycountry

from entrepot.codes import country
from entrepot.errors import CodeError
from entrepot.evidence.language.mention import Place
from entrepot.evidence.language.phrases import Hit, Lexicon
from entrepot.evidence.language.wordlists import rows, word_set
from entrepot.evidence.language.words import Word, words_of

LANGUAGES: Final = ("en", "ru", "uk")
BLOCS: Final = frozenset({"EU", "EAEU", "BRICS", "NATO", "G7", "CIS", "SCO", "CSTO"})
"""Groups that "the bloc" may stand for."""


class _Meant(NamedTuple):
    what: str
    code: str
    name: str
    guard: str


def places(text: str) -> list[Place]:
    """Places in the text in order, none over another; the longest name wins.

    "The bloc" is the last group named before it, else the EU.
    """
    row = words_of(text)
    found: list[Place] = []
    bloc = "EU", "European Union"
    for hit in _lexicon().find(text):
        what, code, name, guard = hit.value
        if what == "-" or (guard and _is_vetoed(guard, hit, row, text)):
            continue
        if text[hit.start : hit.end].lower() == "bloc":
            code, name = bloc
        elif code in BLOCS:
            bloc = code, name
        found.append(Place(hit.start, hit.end, code, name, what))
    return found


@cache
def _lexicon() -> Lexicon[_Meant]:
    return Lexicon([*_listed(), *_countries()])


def _listed() -> Iterator[tuple[str, _Meant]]:
    for language in LANGUAGES:
        for row in rows(f"places_{language}"):
            for form in row["forms"].split(";"):
                yield form, _Meant(row["what"], row["code"], _name(row, form), row["guard"])


def _name(row: dict[str, str], form: str) -> str:
    """The name in the list; of a country or its people the short name; else the form itself."""
    if row["name"] or row["what"] == "-":
        return row["name"]
    if row["what"] in ("country", "people"):
        return country.name(row["code"])
    return re.sub(r"\[[^\]]*\]|[~*]", "", form).strip()


def _countries() -> Iterator[tuple[str, _Meant]]:
    """Names of pycountry; those that the lists guard are found there first."""
    guarded = {
        form for row in rows("places_en") if row["guard"] for form in row["forms"].split(";")
    }
    for entry in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            printed = getattr(entry, field, None) or ""
            head, _, tail = re.sub(r"\s*[(\[].*", "", printed).partition(", ")
            for form in (head if not tail else "", f"{tail} {head}" if tail else ""):
                form = form.removeprefix("The ")
                if form and form not in guarded:
                    yield form, _Meant("country", entry.alpha_3, _short(entry.alpha_3), "")


def _short(code: str) -> str:
    try:
        return country.name(code)
    except CodeError:  # pragma: no cover - pycountry knows its own codes
        return code


# Guards. Each sees a few words about the place, never the whole text.

_LITTLE: Final = word_set("before_a_place")
_TITLES: Final = word_set("title")
_AS_FOOD: Final = word_set("food_after")
_FED: Final = word_set("food_before")
_IN_STATE: Final = re.compile(
    r"Atlanta|Savannah|Augusta|Macon\b|Stacey|U\.?S\.? state|state of Georgia|Fulton|Brunswick"
    r"|Northern District|Southern District|Middle District|, (?:USA|U\.S\.)"
)
_STATE_REACH: Final = 60
_SHOUTED_ALLOWED: Final = frozenset({"EU", "UK", "UN", "BIS", "OFAC", "FBI", "CIA", "NATO"})
_PRONOUN_AFTER: Final = word_set("before_a_pronoun")


def _is_vetoed(guard: str, hit: Hit[_Meant], row: Sequence[Word], text: str) -> bool:
    before = row[hit.first - 1] if hit.first and row[hit.first].is_joined else None
    after = row[hit.last + 1] if hit.last + 1 < len(row) and row[hit.last + 1].is_joined else None
    if guard == "the":
        return before is None or before.key != "the"
    if guard == "person":
        return _is_in_name(before, after)
    if guard == "state":
        near = text[max(0, hit.start - _STATE_REACH) : hit.end + _STATE_REACH]
        return _IN_STATE.search(near) is not None
    if guard == "bird":
        return (after is not None and after.key in _AS_FOOD) or (
            before is not None and before.key in _FED
        )
    return _is_pronoun(before, after, text[hit.start : hit.end])


def _is_in_name(before: Word | None, after: Word | None) -> bool:
    """A capitalised word right before that is no little word: "Michael Jordan"; or a title."""
    if before is None:
        return False
    if before.key in _TITLES:
        return True
    is_name = before.text[0].isupper() and before.text[1:].islower()
    return is_name and before.key not in _LITTLE and not _is_place_word(before)


@cache
def _place_words() -> frozenset[str]:
    keys = (words_of(form.replace("~", "")) for form, _ in _lexicon_entries())
    return frozenset(row[0].key for row in keys if len(row) == 1)


def _lexicon_entries() -> list[tuple[str, _Meant]]:
    return [*_listed(), *_countries()]


def _is_place_word(word: Word) -> bool:
    return word.key in _place_words()


def _is_pronoun(before: Word | None, after: Word | None, printed: str) -> bool:
    """Whether US stands between words in capitals behind a word such as "give"."""
    if printed.upper() != "US" or before is None or before.key not in _PRONOUN_AFTER:
        return False
    shouted = before.text.isupper() and before.text not in _SHOUTED_ALLOWED
    return shouted and (after is None or after.text.isupper())
