"""A whole name as its words, in each of the ways it can be read.

One written name can hold several: `SHEIMAN (SHEYMAN)`, `A / B`, `so-called`. A run of Chinese
characters can be read as a family and a given name, or by syllables. Each reading is compared.
"""

import re
from dataclasses import dataclass

from entrepot.parties.match import eastern
from entrepot.parties.match.clean import clean
from entrepot.parties.match.latin import HAN, HANGUL, script
from entrepot.parties.match.lexicon import lexicon
from entrepot.parties.match.word import (
    LEGAL,
    Word,
    concept_word,
    eastern_word,
    with_patronymic,
    words_of,
)

MOST_WORDS = 24
"""Words of one name that are compared; the longest listed name of 2024 to 2026 has about 40."""

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_INSIDE = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_OTHERWISE = re.compile(r"\s/\s|;|\ba\.?k\.?a\.?\b|\bf\.?k\.?a\.?\b|\balias\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['][^\W_]+)*")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One reading of a written name: its words in order."""

    written: str
    words: tuple[Word, ...]


def readings(text: str, person: bool, known: bool = True) -> tuple[Reading, ...]:
    """Every reading of a written name, the whole first; none where nothing can be compared.

    `person`: read as a person's name, not as an organisation's. `known`: with the symbols of known
    names (extra `parties`).
    """
    cleaned = clean(text).text
    found: dict[tuple[tuple[str, str], ...], Reading] = {}
    for written in _parts(cleaned):
        for words in _split(written, person, known):
            key = tuple((word.ascii, word.native) for word in words)
            if words and key not in found:
                found[key] = Reading(written, words)
    return tuple(found.values())


def _parts(text: str) -> list[str]:
    outside = _INSIDE.sub(" ", text)
    whole = outside if len(outside.split()) > 0 and outside != text else text
    parts = [whole, *(part for part in _OTHERWISE.split(whole) if len(part) > 3)]
    inside = [part for part in _INSIDE.findall(text) if len(part.split()) > 1 or len(part) > 3]
    return list(dict.fromkeys(part.strip() for part in (*parts, *inside) if part.strip()))


def _split(text: str, person: bool, known: bool) -> list[tuple[Word, ...]]:
    plain = _DOTTED.sub(lambda found: found.group().replace(".", ""), text)
    raw = [word.replace("'", "") for word in _WORD.findall(plain.casefold())][:MOST_WORDS]
    if not person:
        raw = _legal(raw)
    ways: list[tuple[Word, ...]] = [()]
    for word in raw:
        options = (
            _eastern(word, person) if eastern.is_eastern(word) else (words_of(word, person, known),)
        )
        ways = [way + option for way in ways for option in options][:4]
    return [with_patronymic(words) for words in ways] if person else ways


def _legal(raw: list[str]) -> list[str]:
    phrases = lexicon().phrases
    found: list[str] = []
    place = 0
    while place < len(raw):
        for length in (6, 5, 4, 3, 2):
            form = phrases.get(tuple(raw[place : place + length]))
            if form:
                found.append(form)
                place += length
                break
        else:
            found.append(raw[place])
            place += 1
    return found


def _eastern(word: str, person: bool) -> tuple[tuple[Word, ...], ...]:
    native = HANGUL if script(word[0]) == HANGUL else HAN
    if person:
        return tuple(
            tuple(eastern_word(word, reading, native) for reading in variant)
            for variant in eastern.person_variants(word)
        )
    pieces = list(_pieces(word))
    apart: list[Word] = []
    joined: list[Word] = []
    for piece, concept in pieces:
        if concept:
            apart.append(concept_word(piece, *concept, native))
            joined.append(apart[-1])
            continue
        sounds = eastern.syllables(piece)
        apart.extend(eastern_word(piece, sound, native) for sound in sounds)
        joined.append(eastern_word(piece, "".join(sounds), native))
    return (tuple(joined), tuple(apart)) if len(apart) > len(joined) else (tuple(joined),)


def _pieces(word: str) -> list[tuple[str, tuple[str, str] | None]]:
    """A run of characters cut at the longest words of the lexicon; the rest between them."""
    known = lexicon()
    pieces: list[tuple[str, tuple[str, str] | None]] = []
    rest = ""
    place = 0
    while place < len(word):
        for length in range(known.longest_eastern, 0, -1):
            piece = word[place : place + length]
            concept = known.concepts.get(piece)
            if concept and len(piece) == length and (length > 1 or concept[1] == LEGAL):
                if rest:
                    pieces.append((rest, None))
                pieces.append((piece, concept))
                rest, place = "", place + length
                break
        else:
            rest += word[place]
            place += 1
    return [*pieces, (rest, None)] if rest else pieces
