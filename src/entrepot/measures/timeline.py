"""All that ever touched a code, measure by measure, in the order of the days."""

from collections.abc import Sequence
from datetime import date

from entrepot.measures.book import Rulebook, Touch
from entrepot.records.rules import ANY


def timeline(
    book: Rulebook,
    code: str,
    destinations: Sequence[str],
    regimes: Sequence[str] | None = None,
) -> list[Touch]:
    """Measures of every effect on a code, ordered by destination, first day and effect.

    Args:
        book: the measures.
        code: 2 to 10 digits.
        destinations: ISO alpha-3; measures for any third country are included. Empty: all.
        regimes: whose measures; null: all.
    """
    wanted = {*destinations, ANY}
    found = [
        touch
        for touch in book.touching(code)
        if (not destinations or touch.row["destination"] in wanted)
        and (regimes is None or touch.row["regime"] in regimes)
    ]
    return sorted(found, key=_order)


def _order(touch: Touch) -> tuple[bool, str, date, str, str]:
    row = touch.row
    is_any = row["destination"] == ANY  # any third country comes last
    return (is_any, row["destination"], row["valid_from"], row["effect"], row["measure_id"])
