"""One word of a name, with the forms it is compared by."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from entrepot.parties.match import arabic, eastern
from entrepot.parties.match.cyrillic import from_cyrillic
from entrepot.parties.match.latin import ARABIC, CYRILLIC, HAN, HANGUL, LATIN, ascii_word, script
from entrepot.parties.match.lexicon import lexicon, lines, term
from entrepot.parties.match.slavic import bones, slavic_form
from entrepot.parties.match.symbols import name_symbols

PLAIN = "plain"
STOP = "stop"
LEGAL = "legal"
GENERIC = "generic"
NUMBER = "number"
INITIAL = "initial"
PATRONYMIC = "patronymic"
COMMON = "common"

STOPS = frozenset(lines("stop_words.txt"))
"""Words that tell parties apart too little to count: articles, prepositions, `son of`, titles."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word as compared. `shown` is as written; `native` the script of a word not read by letters.

    `slavic`, `arabic` and `eastern` are forms of the spelling keys; `concept` the meaning of a word
    of organisations; `symbols` the known name it is a spelling of (extra `parties` only).
    """

    shown: str
    ascii: str
    kind: str
    native: str = LATIN
    concept: str = ""
    slavic: str = ""
    bones: str = ""
    arabic: str = ""
    eastern: str = ""
    symbols: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 17)
def words_of(raw: str, person: bool, known: bool) -> tuple[Word, ...]:
    """The compared words of one written word: none, one, or the parts of a joined one.

    `known`: with the symbols of known names (extra `parties`).
    """
    native = _script(raw)
    if native == ARABIC:
        return tuple(_arabic(part, person, known) for part in arabic.bare_native(raw))
    ascii_form = from_cyrillic(raw) if native == CYRILLIC else raw
    ascii_form = ascii_word(ascii_form)
    if not ascii_form:
        return ()
    if ascii_form in arabic.SERVANTS:
        ascii_form = "abd"
    parts = arabic.split_servant(ascii_form) if person else (ascii_form,)
    return tuple(_latin(raw if len(parts) == 1 else part, part, person, known) for part in parts)


def _script(raw: str) -> str:
    return (
        LATIN if raw.isascii() else max(set(map(script, raw)), key=lambda one: (one != LATIN, one))
    )


def _latin(shown: str, ascii_form: str, person: bool, known: bool) -> Word:
    kind, concept = _kind(shown, ascii_form, person)
    symbols = _symbols(shown, ascii_form, kind) if known else _NONE
    return Word(shown, ascii_form, kind, LATIN, concept, *_forms(ascii_form), symbols)


_NONE: frozenset[str] = frozenset()


def with_symbols(word: Word) -> Word:
    """The word with the symbols it has when it is read with known names."""
    if word.native == ARABIC:
        symbols = name_symbols(word.shown)
    elif word.native == LATIN:
        kind = PLAIN if word.kind == PATRONYMIC else word.kind
        symbols = _symbols(word.shown, word.ascii, kind)
    else:
        symbols = _NONE
    return replace(word, symbols=symbols) if symbols else word


def _symbols(shown: str, ascii_form: str, kind: str) -> frozenset[str]:
    if kind not in (PLAIN, GENERIC, COMMON, PATRONYMIC) or len(ascii_form) < 2:
        return frozenset()
    return name_symbols(shown)


def _kind(shown: str, ascii_form: str, person: bool) -> tuple[str, str]:
    if any(letter.isdigit() for letter in ascii_form) or (not person and ascii_form in _ROMAN):
        return NUMBER, ""
    if ascii_form in STOPS or (ascii_form in arabic.ARTICLES and len(ascii_form) < 4):
        return STOP, ""
    if not person:
        known = lexicon().concepts.get(shown) or lexicon().concepts.get(ascii_form)
        meant = term(slavic_form(ascii_form)) if known is None or known[1] == COMMON else None
        if meant:
            return COMMON, meant
        if known:
            return known[1], known[0]
    return (INITIAL, "") if len(ascii_form) == 1 else (PLAIN, "")


_PATRONYMIC = re.compile(
    r"(?:[aeiouy]vich|[aeiouy]vych|[^aeiou]ich|[ieo]vna|ivna|auna|euna|ouna|inichna"
    r"|ichna|yevna|uulu|oglu|ogly|oghlu|kyzy|kizi|gyzy|qizi)$"
)
"""Endings of names made from the father's, Slavic and Turkic. They are often left out."""


def with_patronymic(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """A person's name with its patronymic marked: the first such word that does not begin the name.

    In a name of two words none is: Abramovich is a family name too.
    """
    telling = [place for place, word in enumerate(words) if word.kind == PLAIN]
    for place in telling[1:] if len(telling) > 2 else ():
        if _PATRONYMIC.search(words[place].ascii):
            return (*words[:place], _patronymic(words[place]), *words[place + 1 :])
    return words


@lru_cache(maxsize=1 << 15)
def _patronymic(word: Word) -> Word:
    return replace(word, kind=PATRONYMIC)


_ROMAN = frozenset(["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"])
"""Numerals of funds, plants and ships; I, V and X alone are more often letters."""


def _forms(ascii_form: str) -> tuple[str, str, str, str]:
    form = slavic_form(ascii_form)
    return form, bones(form), arabic.consonants(ascii_form), eastern.eastern_form(ascii_form)


def _arabic(raw: str, person: bool, known: bool) -> Word:
    ascii_form = ascii_word(raw)
    meant = None if person else (lexicon().concepts.get(raw) or lexicon().concepts.get(f"ال{raw}"))
    kind = STOP if raw in ("بن", "ابن", "بنت", "و", "في") else meant[1] if meant else PLAIN
    form = slavic_form(ascii_form)
    key = arabic.native_consonants(raw)
    symbols: frozenset[str] = name_symbols(raw) if known else frozenset()
    concept = meant[0] if meant else ""
    return Word(raw, ascii_form, kind, ARABIC, concept, form, "", key, "", symbols)


def eastern_word(shown: str, reading: str, native: str = HAN) -> Word:
    """A word read from Han or Hangul characters."""
    form = slavic_form(reading)
    return Word(
        shown, reading, PLAIN, native, "", form, bones(form), "", eastern.eastern_form(reading)
    )


def concept_word(shown: str, concept: str, kind: str, native: str = HAN) -> Word:
    """A word of organisations found inside a run of Han or Hangul characters."""
    return Word(shown, concept, kind, native, concept)


EASTERN = (HAN, HANGUL)
