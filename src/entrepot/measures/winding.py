"""Wind-downs: until when which old contracts may be performed.

Acts grant them in two ways: for all goods of a ban, or for a list of goods made for that (Annexes
XXIIIA to XXIIIG of the Russia regulation). A wind-down belongs to one ban only: same act, same
article, same first day.
"""

from collections.abc import Iterable
from datetime import date

from entrepot.measures.book import Row, Touch, restricts
from entrepot.records.rules import ANY


def carriers(touches: Iterable[Touch]) -> list[Row]:
    """Measures on a code that carry a wind-down: bans of their own, and lists of its goods.

    A list may name a part of the code only: then old contracts for that part are spared.
    """
    return [
        touch.row
        for touch in touches
        if touch.row["wind_down_to"] is not None
        and (restricts(touch.row) or touch.row["effect"] == "wind_down")
    ]


def belongs(wind_down: Row, ban: Row) -> bool:
    """Whether a wind-down belongs to a ban: Art. 3k(3aa) spares goods of Art. 3k(1).

    The wind-down of a ban itself is that of its annex or part; a list may have an annex of its own.
    """
    same_place = wind_down["destination"] in (ban["destination"], ANY)
    same_annex = wind_down["effect"] == "wind_down" or wind_down["annex"] == ban["annex"]
    return same_place and same_annex and _origin(wind_down) == _origin(ban)


def _origin(row: Row) -> tuple[str, str, date]:
    """Act, article without its paragraph, first day."""
    return row["instrument"], row["article"].partition("(")[0], row["valid_from"]


def end_of(ban: Row, touches: Iterable[Touch]) -> date | None:
    """First day on which no old contract is spared from a ban any more; null: none ever was."""
    ends = [row["wind_down_to"] for row in carriers(touches) if belongs(row, ban)]
    return max(ends, default=None)
