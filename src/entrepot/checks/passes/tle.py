"""Two-line element sets: checked column by column, with their checksums.

Layout: https://celestrak.org/NORAD/documentation/tle-fmt.php and, for catalogue numbers over
99,999 ("alpha-5": a letter for the first two digits, without I and O),
https://www.space-track.org/documentation#tle-alpha5. A line may go on after column 69, as in the
SGP4 verification set; what follows is not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sgp4.api import Satrec

from entrepot.checks.passes.elementset import Fault, full_year, judged, named
from entrepot.checks.passes.satellite import Elements

LINE_LENGTH: Final = 69

_NUMBER: Final = r"[ 0-9A-HJ-NP-Z][ \d]{3}\d"
_STARTS: Final = re.compile(rf"[12] {_NUMBER}(?=[ A-Z]|$)")
_LINE_1: Final = re.compile(
    rf"1 {_NUMBER}[ A-Z] .{{8}} [ \d]\d[ \d]{{2}}\d\.[ \d]{{8}} [ +-][ 0]?[.][ \d]{{8}} "
    r"[ +-][ \d]{5}[ +-]\d [ +-][ \d]{5}[ +-]\d [ \d] [ \d]{4}\d"
)
_ANGLE: Final = r"[ \d]{2}\d\.[ \d]{4}"
_LINE_2: Final = re.compile(
    rf"2 {_NUMBER} {_ANGLE} {_ANGLE} [ \d]{{7}} {_ANGLE} {_ANGLE} [ \d]\d\.[ \d]{{8}}[ \d]{{5}}\d"
)
_COUNTS: Final = bytes(byte - 48 if 48 <= byte <= 57 else int(byte == 45) for byte in range(256))
"""What a character adds to a checksum: a digit its value, a minus one, all others nothing."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def read_tle(text: str, file: str, now: datetime | None) -> Iterator[Elements | str]:
    """Sets of two or three lines each; a sentence in place of one that does not stand.

    Blank lines and lines that begin with `#` are passed over. A line without its partner is told,
    and reading goes on behind it.
    """
    name, first = "", None
    for line in _lines(text):
        kind = line.text[0] if _STARTS.match(line.text) else "name"
        if first is not None and kind != "2":
            yield f"{file}, line {first.number}: got line 1 of a set and no line 2 after it"
            first = None
        if kind == "1":
            first = line
            continue
        if kind == "2" and first is not None:
            yield _set(name, first, line, file, now)
        elif kind == "2":
            yield f"{file}, line {line.number}: got line 2 of a set and no line 1 before it"
        name, first = line.text if kind == "name" else "", None
    if first is not None:
        yield f"{file}, line {first.number}: got line 1 of a set and no line 2 after it"


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield _Line(number, stripped)


def _set(name: str, first: _Line, second: _Line, file: str, now: datetime | None) -> Elements | str:
    line = first
    try:
        _check(first.text, _LINE_1)
        line = second
        _check(second.text, _LINE_2)
        if first.text[2:7] != second.text[2:7]:
            raise Fault(
                f"got catalogue number {second.text[2:7].strip()} in line 2, expected "
                f"{first.text[2:7].strip()} as in line 1"
            )
        line = first
        return judged(_elements(name, first.text, second.text, f"{file}, line {line.number}"), now)
    except Fault as fault:
        return f"{file}, line {line.number}: {_of(name, first)}: {fault}"


def _of(name: str, first: _Line) -> str:
    return named(name, 0) if name else f"NORAD {first.text[2:7].strip()}"


def _check(text: str, layout: re.Pattern[str]) -> None:
    line = text[:LINE_LENGTH]
    if len(line) < LINE_LENGTH:
        raise Fault(f"got {len(line)} characters, expected {LINE_LENGTH}")
    if layout.fullmatch(line) is None:
        raise Fault("got a line that does not fit the columns of an element set")
    found = sum(line[:-1].encode("latin-1", "replace").translate(_COUNTS)) % 10
    if found != int(line[-1]):
        raise Fault(f"got checksum {line[-1]}, expected {found}: the line was changed or cut")


def _elements(name: str, first: str, second: str, source: str) -> Elements:
    record = Satrec.twoline2rv(first[:LINE_LENGTH], second[:LINE_LENGTH])
    days = float(first[20:32].replace(" ", "0"))
    if not 1 <= days < 367:
        raise Fault(f"got day {first[20:32].strip()} of the year, expected 1 to 366")
    year = full_year(int(first[18:20]))
    epoch = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=days - 1)
    return Elements(named(name, record.satnum), record.satnum, epoch, record, source)
