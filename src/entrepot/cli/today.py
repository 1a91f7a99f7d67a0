"""The day it is, for commands that refuse days which have not come."""

from datetime import UTC, date, datetime

from entrepot.errors import RequestError


def today() -> date:
    """The day it is in UTC, in which the casebook keeps its times."""
    return datetime.now(UTC).date()


def refuse_later(day: date | None, option: str, now: date) -> None:
    """Refuse a day after `now`; null: none was given.

    Raises:
        RequestError: of a day that has not come nothing is known, and nothing was done on it.
    """
    if day is not None and day > now:
        raise RequestError(
            f"got {option} {day}, expected a day not after {now}, which is today in UTC",
            hint="Nothing is known of a day that has not come: give an earlier one.",
        )
