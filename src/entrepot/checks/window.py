"""The time that is looked at: half-open, in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from entrepot.errors import RequestError


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time [`from_at`, `to_at`), both in UTC."""

    from_at: datetime
    to_at: datetime

    @classmethod
    def of_days(cls, first: date, last: date) -> "Window":
        """From the first moment of one day to the last of another, both days counted in UTC.

        Raises:
            RequestError: the last day is before the first.
        """
        if last < first:
            raise RequestError(
                f"got a window from {first} to {last}, expected a last day not before the first",
                hint="Both days belong to it: --from 2022-08-26 --to 2022-09-08.",
            )
        begin = datetime.combine(first, time(), UTC)
        return cls(begin, datetime.combine(last, time(), UTC) + timedelta(days=1))

    @property
    def days(self) -> float:
        """Its length in days."""
        return (self.to_at - self.from_at) / timedelta(days=1)

    @property
    def last_day(self) -> date:
        """The last day that has a part in it."""
        return (self.to_at - timedelta(microseconds=1)).date()

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies inside."""
        return self.from_at <= at < self.to_at


def moment(at: datetime) -> str:
    """A UTC moment as ISO text to the nearest second, with `Z`."""
    rounded = (at.astimezone(UTC) + timedelta(milliseconds=500)).replace(microsecond=0)
    return rounded.isoformat().replace("+00:00", "Z")
