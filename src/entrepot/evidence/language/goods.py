"""Goods in a text and the HS prefixes that they mean.

Three ways: phrases of the word lists `data/goods_*.tsv`, "parts of X" by a small grammar
(`goods_parts`), and codes said as numbers (`goods_codes`). A code here is what the words usually
mean in trade; a customs officer may class the very article elsewhere.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from entrepot.evidence.language.chunks import closed
from entrepot.evidence.language.goods_codes import codes_in
from entrepot.evidence.language.goods_parts import parts_in
from entrepot.evidence.language.mention import Goods
from entrepot.evidence.language.phrases import Lexicon, spelled
from entrepot.evidence.language.places import places
from entrepot.evidence.language.wordlists import rows

POINTERS: Final = ("the goods", "the parts", "the equipment", "the vehicles")
"""Lemmas of words that point back to goods named before ("these items"); they have no codes."""

_MASK: Final = "-"
_HS6: Final = 6


class _Meant(NamedTuple):
    lemma: str
    codes: tuple[str, ...]


def goods(text: str) -> list[Goods]:
    """Goods in the text in order, none over another; the longest phrase wins."""
    found = [
        *(Goods(part.start, part.end, part.codes, (), part.lemma)
          for part in parts_in(text, places(text))),
        *(Goods(code.start, code.end, (code.digits[:_HS6],), (), f"HS {code.digits[:_HS6]}")
          for code in codes_in(text)),
        *(Goods(hit.start, hit.end, hit.value.codes, (), hit.value.lemma)
          for hit in _lexicon().find(text)),
    ]  # fmt: skip
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Goods] = []
    for one in found:
        while kept and one.start < kept[-1].end and one.end - one.start > _length(kept[-1]):
            kept.pop()
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return [
        _dated(replace(one, end=closed(text, one.start, one.end)))
        for one in kept
        if one.lemma != _MASK
    ]


def _length(one: Goods) -> int:
    return one.end - one.start


def _dated(one: Goods) -> Goods:
    former = tuple(dict.fromkeys(old for code in one.codes for old in _former(code)))
    differs = former != one.codes
    return replace(one, codes_2017=former if differs else ())


def _former(code: str) -> tuple[str, ...]:
    return _before_2022().get(code, (code,))


@cache
def _before_2022() -> dict[str, tuple[str, ...]]:
    return {row["hs2022"]: tuple(row["hs2017"].split()) for row in rows("goods_2017")}


@cache
def _lexicon() -> Lexicon[_Meant]:
    return Lexicon(_entries())


def _entries() -> Iterator[tuple[str, _Meant]]:
    codes: dict[str, tuple[str, ...]] = {}
    for row in rows("goods_en"):
        codes.setdefault(row["lemma"], tuple(row["codes"].split()))
        for form in row["phrases"].split(";"):
            for phrase in spelled(form):
                for either in both_numbers(phrase):
                    yield either, _Meant(row["lemma"], tuple(row["codes"].split()))
    for language in ("ru", "uk"):
        for row in rows(f"goods_{language}"):
            for form in row["phrases"].split(";"):
                yield form, _Meant(row["lemma"], codes[row["lemma"]])


def both_numbers(phrase: str) -> tuple[str, ...]:
    """An English phrase as listed and with its last word in the plural, if it is not one."""
    last = phrase.rstrip()
    if last.endswith("="):
        return (last[:-1],)
    if not last or last[-1] in "s~*0123456789" or not last.isascii():
        return (phrase,)
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return phrase, f"{last[:-1]}ies"
    return phrase, f"{last}es" if last.endswith(("x", "ch", "sh", "z")) else f"{last}s"
