"""Cells that are there, and their sums before and after: what every explanation counts with.

A panel of 220 hubs, 5,000 goods and 84 months is mostly empty, so figures beside the panel are kept
as a list of cells and never as a dense array over periods.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entrepot.signals.windows import Window

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """Cells by row x column x period; a cell that is not listed has no figure and counts as 0.

    `row`, `column` and `period` are places on the axes, `value` money in the panel's currency or
    kg; `shape` is (rows, columns, periods).
    """

    row: Places
    column: Places
    period: Places
    value: Floats
    shape: tuple[int, int, int]

    def weighed(self, weights: Floats) -> Floats:
        """Rows x columns: the sum over periods of weight times value."""
        rows, columns, _ = self.shape
        flat = np.bincount(
            self.row * columns + self.column,
            weights=self.value * weights[self.period],
            minlength=rows * columns,
        )
        return np.asarray(flat, dtype=np.float64).reshape(rows, columns)


def sides(cells: Cells, window: Window) -> tuple[Floats, Floats]:
    """Before and after over the whole window, each rows x columns.

    Before is the mean of the same calendar months, in their mix after, times the periods after.
    """
    before, after = weights(window, cells.shape[2])
    return cells.weighed(before), cells.weighed(after)


def weights(window: Window, periods: int) -> tuple[Floats, Floats]:
    """Per period, how often it counts before and after, for sums over the whole window."""
    before, after = np.zeros(periods), np.zeros(periods)
    for place, weight in window.season:
        before[place] = weight * len(window.after)
    after[list(window.after)] = 1.0
    return before, after


def place_in(axis: Sequence[str], names: pa.ChunkedArray | pa.Array) -> Places:
    """The place of each name on an axis; -1 where it is not on it."""
    found = pc.fill_null(pc.index_in(names, value_set=pa.array(list(axis), pa.string())), -1)
    return np.asarray(found.to_numpy(), dtype=np.int64)


def cells_of(
    rows: Places,
    columns: Places,
    table: pa.Table,
    size: tuple[int, int, int],
    column: str = "value",
) -> Cells:
    """Cells with these places, and the `at` (place of the period) and a `column` of a table.

    Rows off an axis (-1) are left out.
    """
    value = np.asarray(table[column].to_numpy(), dtype=np.float64)
    period = np.asarray(table["at"].to_numpy(), dtype=np.int64)
    kept = (rows >= 0) & (columns >= 0) & (period >= 0)
    return Cells(rows[kept], columns[kept], period[kept], value[kept], size)
