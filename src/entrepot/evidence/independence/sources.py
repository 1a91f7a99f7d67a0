"""Whom a phrase names: "the main directorate of intelligence" and «ГУР» are one source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from entrepot.codes.country import name as country_name
from entrepot.evidence.independence import keys
from entrepot.evidence.independence.lists import LANGUAGES, bare, table

MEDIA, BODY, DOCUMENT, OTHER = "media", "body", "document", "other"

_WORD: Final = re.compile(r"[^\W_]+(?:[-'’ʼ.&][^\W_]+)*")
_GENERIC: Final = frozenset({"ministry", "government", "court", "telegram", "institute", "airline"})
_MOST_ENDING = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A cited source.

    Attributes:
        base: its row in `sources.tsv`, or `x:` and the keys of its words.
        country: ISO alpha-3 where the phrase says it; empty: not said.
        what: media, body, document, other.
        label: in English where it is in the list, else as printed.
    """

    base: str
    country: str
    what: str
    label: str

    @property
    def words(self) -> str:
        """The label with its country: "customs service (Poland)"."""
        if not self.country or self.what == MEDIA or self.base.startswith("x:"):
            return self.label
        return f"{self.label} ({_country(self.country)})"

    def may_be(self, other: "Source") -> bool:
        """Whether two phrases can name one source: same base, no different countries."""
        if self.base != other.base:
            return _contains(self.base, other.base) or _contains(other.base, self.base)
        return not self.country or not other.country or self.country == other.country


def _contains(whole: str, part: str) -> bool:
    """Whether a made-up base holds all keys of another: "newspaper Border Gazette"."""
    if not (whole.startswith("x:") and part.startswith("x:")):
        return False
    inside = set(part[2:].split("+"))
    return len(inside) > 1 and inside <= set(whole[2:].split("+"))


def _country(code: str) -> str:
    return "EU" if code == "EU" else country_name(code)


@cache
def _listed() -> tuple[
    Mapping[str, list[tuple[tuple[str, ...], str]]], Mapping[str, Mapping[str, str]]
]:
    """First three letters of a phrase -> phrases as stems with their row; and rows by source."""
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    rows = {row["source"]: row for row in table("sources.tsv")}
    for source, row in rows.items():
        for phrase in {one for language in LANGUAGES for one in row[language].split(",") if one}:
            stems = tuple(bare(phrase).split())
            phrases.setdefault(stems[0][:3], []).append((stems, source))
    return phrases, rows


@lru_cache(maxsize=1 << 14)
def source_of(phrase: str) -> Source | None:
    """The source that a phrase of a few words names; null: it names none.

    The longest listed name counts, then the first. Where none is listed, the telling words of the
    phrase make a key, so that two items that say the same name are seen to name the same source.
    """
    words = _WORD.findall(phrase)
    plain = [bare(word) for word in words]
    country = next((key[2:] for kind, key in map(keys.key, words) if kind == keys.COUNTRY), "")
    found = _longest(plain)
    if found:
        row = _listed()[1][found]
        return Source(found, country, row["what"], row["label"])
    return _unlisted(words)


@lru_cache(maxsize=1 << 12)
def publisher_of(name: str) -> Source | None:
    """The source that a publisher is: a listed one only where its name says nothing else.

    "Reuters" and "State Border Service" are listed; "Firefighters' Union" is not the fire service.
    """
    found = source_of(name)
    if found is None or found.base.startswith("x:"):
        return found
    words = _WORD.findall(name)
    telling = [word for word in words if keys.key(word)[0] not in (keys.STOP, keys.COUNTRY)]
    size = max(len(stems) for stems in _stems_of(found.base, tuple(bare(word) for word in words)))
    return found if size >= len(telling) else _unlisted(words)


def _stems_of(base: str, plain: Sequence[str]) -> list[tuple[str, ...]]:
    """The phrases of a listed source that stand in a name."""
    phrases = _listed()[0]
    return [stems for place, word in enumerate(plain) for stems, source in phrases.get(word[:3], ())
            if source == base and _stands(plain, place, stems)]  # fmt: skip


def _longest(plain: Sequence[str]) -> str:
    phrases = _listed()[0]
    best, size = "", 0
    for place, word in enumerate(plain):
        for stems, source in phrases.get(word[:3], ()):
            if len(stems) > size and _stands(plain, place, stems):
                best, size = source, len(stems)
    return best


def _stands(plain: Sequence[str], place: int, stems: Sequence[str]) -> bool:
    part = plain[place : place + len(stems)]
    return len(part) == len(stems) and all(
        word.startswith(stem) and len(word) - len(stem) <= (_MOST_ENDING if len(stem) > 4 else 2)
        for word, stem in zip(part, stems, strict=True)
    )


def _unlisted(words: Sequence[str]) -> Source | None:
    named = [word for word in words if keys.key(word)[0] not in (keys.STOP, keys.COUNT)]
    if not named:
        return None
    found = sorted({keys.key(word)[1] for word in named})
    return Source("x:" + "+".join(found), "", OTHER, " ".join(words))
