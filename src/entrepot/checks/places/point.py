"""Coordinates as people write them: `53.10,26.05`, `53.10 N 26.05 E`, `5306N 02603E`."""

import re
from collections.abc import Sequence
from typing import Final

from entrepot.errors import RequestError

HINT: Final = "Latitude first, then longitude, with points: 53.10,26.05 or 53.10 N 26.05 E."

_ALLOWED: Final = re.compile(r"[\d\s.,;:+\-−°º'’′\"”″NSEWnsew/()]+")
_DECIMAL_COMMAS: Final = re.compile(
    r"\s*[+-]?\d{1,3},\d+\s*[NS]?[\s;,/]+[+-]?\d{1,3},\d+\s*[EW]?\s*"
)
_PART: Final = re.compile(
    r"([NSEW])?\s*([+-]?\d+(?:\.\d+)?)\s*(?:°\s*(?:(\d+(?:\.\d+)?)\s*'\s*"
    r"(?:(\d+(?:\.\d+)?)\s*\"\s*)?)?)?\s*([NSEW])?(?=$|[\s,;/NSEW+-])"
)
_COMPACT: Final = re.compile(r"\d{4,7}")
MINUTES: Final = 60


def point_of(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees.

    Decimal degrees with or without letters, degrees with minutes and seconds behind signs, and
    the compact form of UN/LOCODE (`5306N 02603E`, seconds allowed). With letters the order does
    not matter; without them latitude comes first.

    Returns:
        None where the text is no attempt at coordinates, such as a name.

    Raises:
        RequestError: it is one, and cannot be read for certain or lies outside the globe.
    """
    if not _ALLOWED.fullmatch(text.strip()) or len(re.findall(r"\d+", text)) < 2:
        return None
    plain = _plain(text)
    if _DECIMAL_COMMAS.fullmatch(plain):
        raise _refused(text, "with commas inside the numbers, expected points: 53.10,26.05")
    parts = _PART.findall(plain)
    if len(parts) != 2 or re.sub(r"[\s,;/()]", "", _PART.sub("", plain)):
        raise _refused(text, "expected a latitude and a longitude")
    first, second = (_degrees(part, text) for part in parts)
    return _checked(*_ordered(first, second, text), text)


def _plain(text: str) -> str:
    """Upper case, one sign for each thing."""
    plain = text.strip().upper().replace("−", "-").replace("º", "°")
    return re.sub(r"[’′]", "'", re.sub(r"[”″]|''", '"', plain))


def _degrees(part: Sequence[str], text: str) -> tuple[float, str]:
    before, number, minutes, seconds, after = part
    letter = before or after
    if before and after:
        raise _refused(text, "with two letters at one number, expected one")
    if letter and not minutes and _COMPACT.fullmatch(number):
        number, minutes, seconds = _compact(number, letter, text)
    if float(minutes or 0) >= MINUTES or float(seconds or 0) >= MINUTES:
        raise _refused(text, "with minutes or seconds of 60 and more, expected fewer")
    if letter and number.startswith("-"):
        raise _refused(text, "with a minus and a letter at one number, expected one of them")
    size = abs(float(number)) + float(minutes or 0) / MINUTES + float(seconds or 0) / 3600
    negative = number.startswith("-") or letter in ("S", "W")
    return (-size if negative else size), letter


def _compact(number: str, letter: str, text: str) -> tuple[str, str, str]:
    """Degrees, minutes, seconds of `5306` or `530600` (N, S) and `02603` or `0260300` (E, W)."""
    width = 2 if letter in ("N", "S") else 3
    degrees, minutes, seconds = number[:width], number[width : width + 2], number[width + 2 :]
    if len(minutes) != 2 or len(seconds) not in (0, 2):
        raise _refused(text, "expected degrees and minutes such as 5306N 02603E")
    return degrees, minutes, seconds


def _ordered(first: tuple[float, str], second: tuple[float, str], text: str) -> tuple[float, float]:
    """Latitude and longitude by their letters; without letters in the order given."""
    axes = "".join("n" if letter in ("N", "S") else "e" for _, letter in (first, second) if letter)
    if axes in ("", "ne"):
        return first[0], second[0]
    if axes == "en":
        return second[0], first[0]
    raise _refused(text, "expected one of N and S, and one of E and W, or no letters at all")


def _checked(north: float, east: float, text: str) -> tuple[float, float]:
    if abs(north) > 90 and abs(east) <= 90 and abs(north) <= 180:
        raise RequestError(
            f"got coordinates {text.strip()!r} with latitude {north:g}, expected -90 to 90",
            hint=f"Longitude and latitude look swapped: {east:g},{north:g}? {HINT}",
        )
    if abs(north) > 90:
        raise _refused(text, f"with latitude {north:g}, expected -90 to 90")
    if abs(east) > 180:
        raise _refused(text, f"with longitude {east:g}, expected -180 to 180")
    return north, east


def _refused(text: str, why: str) -> RequestError:
    comma = "" if why.startswith("with") else ","
    return RequestError(f"got coordinates {text.strip()!r}{comma} {why}", hint=HINT)
