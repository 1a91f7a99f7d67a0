"""Persons by name: a title or a given name, and the capitalised words behind it."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from entrepot.evidence.language.mention import Body
from entrepot.evidence.language.phrases import Hit, Lexicon
from entrepot.evidence.language.wordlists import rows, word_set
from entrepot.evidence.language.words import Word, words_of

_LONGEST_NAME: Final = 3
_NEVER: Final = word_set("no_person")


def people_in(text: str) -> Iterator[Body]:
    """Persons in the text in order; the title, where there is one, belongs to the mention."""
    row = words_of(text)
    for hit in _lexicon().find(text):
        if hit.value == "particle":
            continue
        first = hit.last + 1 if hit.value == "title" else hit.last
        last = _last_of_name(text, row, first, hit)
        if last is not None:
            start, end = hit.start, row[last].end
            yield Body(start, end, "person", "", text[start:end])


def _last_of_name(text: str, row: tuple[Word, ...], first: int, hit: Hit[str]) -> int | None:
    """Number of the last word of the name; null: no capitalised word stands there."""
    last = first - 1 if hit.value == "title" else first
    begun = last
    while last - begun < _LONGEST_NAME and last + 1 < len(row):
        gap = text[row[last].end : row[last + 1].start]
        step = _step(row, last + 1, gap, row[last])
        if step == 0:
            break
        last += step
    return last if last > begun else None


def _step(row: tuple[Word, ...], at: int, gap: str, before: Word) -> int:
    """Words that the name gains at `at`: 1 for a surname, 2 or more with a particle, else 0."""
    if gap not in (" ", "-", "'", "’", "\n") and not (gap == ". " and len(before.text) <= 3):
        return 0
    if _is_name(row[at]):
        return 1
    particle = _particles().match(row, at)
    if particle and particle.last + 1 < len(row) and _is_name(row[particle.last + 1]):
        return particle.last + 2 - at
    return 0


def _is_name(word: Word) -> bool:
    if word.key in _NEVER or not word.text[0].isupper():
        return False
    return len(word.text) == 1 or not word.text.isupper()


@cache
def _lexicon() -> Lexicon[str]:
    return Lexicon(
        (form, row["kind"])
        for row in rows("bodies_titles")
        if row["kind"] != "particle"
        for form in row["words"].split(";")
    )


@cache
def _particles() -> Lexicon[str]:
    return Lexicon(
        (form, "particle")
        for row in rows("bodies_titles")
        if row["kind"] == "particle"
        for form in row["words"].split(";")
    )
