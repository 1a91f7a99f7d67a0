"""Nouns that are counted: how they are told from other words."""

from functools import cache
from importlib.resources import files
from typing import Final

_LISTS: Final = "nouns.tsv"


@cache
def _listed() -> dict[str, frozenset[str]]:
    where = files("entrepot.evidence.language").joinpath("data", _LISTS)
    kinds: dict[str, set[str]] = {}
    for line in where.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, _, words = line.split("\t")
            kinds.setdefault(kind, set()).update(words.lower().replace("ё", "е").split("|"))
    return {kind: frozenset(words) for kind, words in kinds.items()}


def has(kind: str, word: str) -> bool:
    """Whether `word`, in lower case, is in the list `kind`."""
    return word in _listed().get(kind, frozenset())


def is_counted(word: str) -> bool:
    """Whether `word` is a noun that reports count (trucks, soldiers, tonnes)."""
    return has("counted", word)


@cache
def endings() -> tuple[str, ...]:
    """Endings of Russian and Ukrainian adjectives in the cases that follow a number."""
    return tuple(sorted(_listed()["adjective"]))
