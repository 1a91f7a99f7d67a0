"""Tables of `data/`: key terms, types of letters, ratings, clauses, each row with its source."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

Row = Mapping[str, str]


@cache
def facts(name: str) -> tuple[Row, ...]:
    """The rows of `data/NAME.tsv`; lines that begin with # are words on the table."""
    path = resources.files("entrepot.dossiers.handover").joinpath(f"data/{name}.tsv")
    lines = [one for one in path.read_text("utf-8").splitlines() if one and one[0] != "#"]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def fact(name: str, column: str, value: str) -> Row:
    """The row that has a value in a column.

    Raises:
        KeyError: none has.
    """
    for row in facts(name):
        if row[column] == value:
            return row
    raise KeyError(value)
