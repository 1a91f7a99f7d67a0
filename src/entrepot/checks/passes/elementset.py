"""One element set: what makes it stand or fall, whatever file it comes from."""

import re
from datetime import UTC, datetime, timedelta
from math import tau
from typing import Final

from sgp4.api import SGP4_ERRORS, Satrec

from entrepot.checks.passes.satellite import Elements

FIRST_SATELLITE: Final = datetime(1957, 10, 4, tzinfo=UTC)
"""Sputnik 1; https://www.nasa.gov/history/sputnik/."""

FUTURE_DAYS: Final = 15
"""A set is fitted to what was observed, or to a plan of the operator that reaches some days ahead
(https://celestrak.org/NORAD/documentation/sup-gp-queries.php). Two weeks are our judgement."""

FASTEST_A_DAY: Final = 17.0
"""Revolutions: a circle at sea level has 17.04, by Kepler's third law with WGS 72."""

_MINUTES_A_DAY: Final = 1440

NOT_SGP4: Final = 4
"""Ephemeris type of SGP4-XP, which needs another model; https://www.space-track.org/documentation."""

_STATUS: Final = re.compile(r"\s*\[[-+PBSXD?]\]$")
"""State of work that CelesTrak once printed behind a name."""


class Fault(Exception):
    """A set does not stand; the message says what was got and what was expected."""


def named(text: str, norad_id: int) -> str:
    """The name of a set: without the zero of three-line files and marks behind it."""
    name = _STATUS.sub("", text.strip().removeprefix("0 ").strip())
    return name or f"NORAD {norad_id}"


def judged(one: Elements, now: datetime | None) -> Elements:
    """The set, if it stands.

    Raises:
        Fault: falsified epoch, no orbit round the Earth, or not made for SGP4.
    """
    _judge_epoch(one, now)
    record = one.satrec
    if record.ephtype == NOT_SGP4:
        raise Fault("got a set for SGP4-XP (ephemeris type 4), expected one for SGP4")
    turns = record.no_kozai * _MINUTES_A_DAY / tau
    if not 0 < turns <= FASTEST_A_DAY:
        raise Fault(f"got {turns:.4g} turns a day, expected more than 0 and at most 17")
    code, _, _ = record.sgp4(record.jdsatepoch, record.jdsatepochF)
    if code:
        raise Fault(f"SGP4 cannot place it at its own epoch: {SGP4_ERRORS[code]}")
    return one


def _judge_epoch(one: Elements, now: datetime | None) -> None:
    day = one.epoch_at.date()
    if one.epoch_at < FIRST_SATELLITE:
        raise Fault(f"got an epoch of {day}, expected one after the first satellite of 1957")
    launched = launch_year(one.satrec)
    if launched is not None and one.epoch_at.year < launched:
        raise Fault(f"got an epoch of {day}, expected one after its launch in {launched}")
    if now is not None and one.epoch_at > now + timedelta(days=FUTURE_DAYS):
        raise Fault(
            f"got an epoch of {day}, which has not come yet, expected one until {now.date()}"
        )


def launch_year(record: Satrec) -> int | None:
    """The year of launch in the international designator; null where it has none."""
    digits = record.intldesg[:2]
    if not digits.isdigit():
        return None
    return full_year(int(digits))


def full_year(two_digits: int) -> int:
    """A year of two digits; from 57, when the first satellite flew, it is of the 20th century."""
    return two_digits + (1900 if two_digits >= FIRST_SATELLITE.year % 100 else 2000)
