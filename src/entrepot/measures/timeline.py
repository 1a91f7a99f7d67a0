"""All that ever touched a code, measure by measure, in the order of the days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from entrepot.measures.book import Row, Rulebook
from entrepot.records.rules import ANY


@dataclass(frozen=True)
class Step:
    """A measure that covers a code in full or in part. `row` in the columns of `MEASURE`."""

    row: Row
    coverage: str


def timeline(
    book: Rulebook,
    code: str,
    destinations: Sequence[str],
    regimes: Sequence[str] | None = None,
) -> list[Step]:
    """Measures of every effect on a code, ordered by destination, first day and effect.

    Args:
        book: the measures.
        code: 2 to 10 digits.
        destinations: ISO alpha-3; measures for any third country are included. Empty: all.
        regimes: whose measures; null: all.
    """
    wanted = {*destinations, ANY}
    found = [
        Step(touch.row, touch.coverage)
        for touch in book.touching(code)
        if (not destinations or touch.row["destination"] in wanted)
        and (regimes is None or touch.row["regime"] in regimes)
    ]
    return sorted(found, key=_order)


def _order(step: Step) -> tuple[bool, str, date, str, str]:
    row = step.row
    is_any = row["destination"] == ANY  # any third country comes last
    return (is_any, row["destination"], row["valid_from"], row["effect"], row["measure_id"])
