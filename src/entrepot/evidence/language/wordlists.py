"""The word lists of `data/` that places, goods and bodies are read from."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a word list of this package: tab-separated, first line names, `#` a remark."""
    file = resources.files("entrepot.evidence.language").joinpath(f"data/{name}.tsv")
    lines = file.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    for row in csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield {column: (cell or "").strip() for column, cell in row.items() if column}


def word_set(kind: str) -> frozenset[str]:
    """A small closed set of words, by its kind in `data/small_words.tsv`."""
    return _small_words()[kind]


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {row["kind"]: frozenset(row["words"].split()) for row in rows("small_words")}
