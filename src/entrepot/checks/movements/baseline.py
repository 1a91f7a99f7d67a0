"""An older list of routes to compare with: OpenFlights' `routes.dat`, which stands for 2014."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

from entrepot.checks.movements.airports import airports
from entrepot.errors import SourceError

CELLS: Final = 9
ORIGIN, DESTINATION = 2, 4
HINT: Final = (
    "Expected OpenFlights' routes.dat: airline, id, origin, id, destination, id, codeshare, stops, "
    "equipment; without a header."
)


def read_baseline(path: Path) -> frozenset[tuple[str, str]]:
    """Pairs of ICAO codes, origin and destination; airports without a known code are left out.

    Raises:
        SourceError: it cannot be read, or is no such list.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("the list of routes cannot be read", locator=str(path), hint=HINT
                          ) from error  # fmt: skip
    found = set()
    for number, cells in enumerate(csv.reader(text.splitlines()), start=1):
        if len(cells) != CELLS:
            raise SourceError(f"got {len(cells)} cells, expected {CELLS}",
                              locator=f"{path.name}, line {number}", hint=HINT)  # fmt: skip
        pair = _icao(cells[ORIGIN]), _icao(cells[DESTINATION])
        if all(pair):
            found.add(pair)
    return frozenset(found)


def _icao(code: str) -> str:
    code = code.strip().upper()
    return code if len(code) == 4 and code in airports() else _by_iata().get(code, "")


@cache
def _by_iata() -> dict[str, str]:
    import airportsdata

    return {
        code: row["icao"] for code, row in airportsdata.load("IATA").items()
        if row["icao"] in airports()
    }  # fmt: skip
