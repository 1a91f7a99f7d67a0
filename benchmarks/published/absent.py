"""Published figures that the data at hand do not allow, and what each would need."""

import csv
from pathlib import Path

from published.row import Row

LIST = Path(__file__).with_name("absent.csv")
"""Columns `study, figure, needs`."""


def rows() -> list[Row]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return [
            Row(one["study"], one["figure"], "no", cause=one["needs"])
            for one in csv.DictReader(file)
        ]
