"""One published figure, beside ours; and how the table is written."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

NOT_CHECKED = "not checked"
"""Said wherever the cause of a difference was not looked into."""


@dataclass(frozen=True)
class Row:
    """A published figure.

    `possible`: whether the data at hand allow it: in full, in part (another window, fewer reporters
    or goods, or one of several legs), or not. `definition` is what we computed. Where it is not
    possible, `cause` says what it would need.
    """

    study: str
    figure: str
    possible: Literal["yes", "part", "no"]
    definition: str = ""
    ours: str = ""
    difference: str = ""
    cause: str = NOT_CHECKED


def markdown(rows: Iterable[Row]) -> str:
    """Two tables: what could be computed, and what could not with what it needs."""
    rows = list(rows)
    done = [row for row in rows if row.possible != "no"]
    lines = [
        f"{len(done)} rows in full or in part (a figure that can be read in several ways "
        f"has several), {len(rows) - len(done)} figures not possible with the data at "
        "hand.",
        "",
        "| study | as published | data allow | what we computed | ours | difference | cause |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        _line(r.study, r.figure, r.possible, r.definition, r.ours, r.difference, r.cause)
        for r in done
    ]
    lines += ["", "Not possible:", "", "| study | as published | needs |", "|---|---|---|"]
    lines += [_line(row.study, row.figure, row.cause) for row in rows if row.possible == "no"]
    return "\n".join(lines)


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"


def json_lines(rows: Iterable[Row]) -> str:
    return "\n".join(json.dumps(asdict(row), ensure_ascii=False) for row in rows)


def share(value: float) -> str:
    """A change in percent with its sign."""
    return f"{100 * value:+,.1f} %"


def points(ours: float, theirs: float) -> str:
    """The difference of two changes in percentage points."""
    return f"{100 * (ours - theirs):+,.1f} pp"


def millions(value: float, unit: str = "EUR") -> str:
    digits = 2 if abs(value) < 10e6 else 1 if abs(value) < 1000e6 else 0
    return f"{unit} {value / 1e6:,.{digits}f} m"
