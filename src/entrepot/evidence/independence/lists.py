"""The word lists of this package, read once from its data folder."""

import csv
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "ru", "uk")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a list in `data`: tab-separated, with a header."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def concepts() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Stem of a word in any language -> concept; and concept -> its kind."""
    stems: dict[str, str] = {}
    kinds = {}
    for row in table("concepts.tsv"):
        kinds[row["concept"]] = row["kind"]
        for language in LANGUAGES:
            for stem in row[language].split(","):
                stems.setdefault(bare(stem), row["concept"])
    return stems, kinds


@cache
def numbers() -> Mapping[str, int]:
    """Number word -> value."""
    return _worded("numbers.tsv", "value")


@cache
def months() -> Mapping[str, int]:
    """Name of a month -> 1 to 12."""
    return _worded("months.tsv", "month")


def _worded(name: str, column: str) -> dict[str, int]:
    return {
        bare(word): int(row[column])
        for row in table(name) for language in LANGUAGES
        for word in row[language].split(",") if word
    }  # fmt: skip


@cache
def stops() -> frozenset[str]:
    """Words that say nothing by themselves, in all languages."""
    return frozenset(bare(word) for row in table("stops.tsv") for word in row["words"].split(","))


@cache
def firsthand() -> tuple[str, ...]:
    """Phrases by which a publisher says that it saw, counted or asked itself."""
    return tuple(f" {row['words']} " for row in table("firsthand.tsv"))


@lru_cache(maxsize=1 << 17)
def bare(word: str) -> str:
    """A word in lower case as the lists hold it: one apostrophe, ё as е."""
    return word.lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е")
