"""Tables in a terminal: which columns are cut, which fold, and that no id is ever cut."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table

from entrepot.measures.cite import cite

Row = Mapping[str, Any]

FOLDING = (
    "goods", "file", "name", "licence", "traps", "outcome", "claims", "found", "why",
    "claim", "records", "standing", "check", "known", "what to do",
)  # fmt: skip
"""Columns of a table that may take several lines; the others are cut at the edge of the screen."""

ELASTIC = ("commodity", "of", "where", "by act", "under", "first codes")
"""Columns of a table that are cut where the line is too long, before any other."""

ID = re.compile(r"\b[a-z]{3}_[0-9a-f]{12}\b")
"""An id in a cell of a table."""
ID_WIDTH = 16
WORD = 12
"""Characters that a column which folds needs at least."""


def flat(value: Any) -> Any:
    """A value that fits one cell: the parts of a list by a bar, a measure by its citation."""
    if isinstance(value, Mapping):
        return f"{cite(value)} ({value['measure_id']})" if "measure_id" in value else str(value)
    return " | ".join(str(flat(one)) for one in value) if isinstance(value, list | tuple) else value


def table_of(rows: Sequence[Row], title: str, width: int) -> Table:
    """Rows as a table of a terminal of so many characters a line; no row: a table that says so."""
    table = Table(
        title=title or None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        header_style="bold",
        padding=(0, 1, 0, 0),
    )
    cells = [[_cell(value) for value in row.values()] for row in rows]
    names = list(rows[0]) if rows else ["nothing to list"]
    widths = _widths(names, cells, width)
    folding = _folding(names, cells, widths, width)
    for place, name in enumerate(names):
        table.add_column(
            name,
            justify="right" if _is_number(rows, name) else "left",
            no_wrap=name not in folding,
            overflow="fold" if name in folding else "ellipsis",
            max_width=widths[place],
        )
    for line in cells:
        table.add_row(*line)
    return table


def _widths(names: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[int | None]:
    """Largest widths: what a line is too long by is taken off the elastic columns."""
    natural = [
        max([len(name), *(len(line[place]) for line in cells)]) for place, name in enumerate(names)
    ]
    elastic = [place for place, name in enumerate(names) if name in ELASTIC]
    excess = sum(natural) + 2 * len(names) - width
    if excess <= 0 or not elastic or any(name in FOLDING for name in names):
        return [None] * len(names)
    room = sum(natural[place] for place in elastic)
    return [
        max(8, natural[place] - -(-excess * natural[place] // room)) if place in elastic else None
        for place in range(len(names))
    ]


def _folding(
    names: Sequence[str],
    cells: Sequence[Sequence[str]],
    widths: Sequence[int | None],
    width: int,
) -> set[str]:
    """The columns that may take several lines.

    An id is typed into the next command, so it is never cut nor broken: where a table with ids is
    too wide, all columns of other things fold in their place. So they do where those that fold as
    a rule would have too little room for a word.
    """
    columns = {name: [line[place] for line in cells] for place, name in enumerate(names)}
    ids = {name for name, column in columns.items() if any(map(ID.search, column))}
    only = {name for name in ids if all(len(cell) <= ID_WIDTH for cell in columns[name])}
    wide = {name: cap or max([len(name), *map(len, column)])
            for (name, column), cap in zip(columns.items(), widths, strict=True)}  # fmt: skip
    room = width - 2 * len(names)
    least = sum(min(wide[name], WORD) if name in FOLDING else wide[name] for name in wide)
    if least > room or (ids and sum(wide.values()) > room):
        return set(names) - only if ids or set(names) & set(FOLDING) else set()
    return set(FOLDING) - only


def _is_number(rows: Sequence[Row], name: str) -> bool:
    return any(isinstance(row[name], int | float) for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"
    return str(flat(value)).replace("[", r"\[")  # printed as it is
