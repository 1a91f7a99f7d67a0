"""The time that a claim means, where it says one and where it does not."""

from dataclasses import dataclass
from datetime import date, timedelta

from entrepot.codes.period import FIRST_YEAR, LAST_YEAR
from entrepot.evidence.claim import Claim

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Meant:
    """Days [`first`, `after`) half-open; null: open. `is_assumed`: the claim does not say it."""

    first: date | None
    after: date | None
    said: str
    is_assumed: bool = False

    @property
    def last(self) -> date | None:
        """The last day meant; null: open."""
        return self.after - ONE_DAY if self.after else None

    def overlaps(self, first: date | None, after: date | None) -> bool:
        """Whether another half-open time has a day in common; null is open."""
        begins = self.after is None or first is None or first < self.after
        return begins and (self.first is None or after is None or self.first < after)

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.overlaps(day, day + ONE_DAY)


def meant(claim: Claim) -> Meant | None:
    """The time of a claim; the report's own day where it says none; null: neither is known.

    An open end is closed by the report's own day: a report says nothing of later days. A claim
    about the future keeps its end open.
    """
    first, after, reported = map(_likely, (claim.date_from, claim.date_to, claim.reported_on))
    if first is not None and after is not None and after <= first:
        after = first + ONE_DAY
    if first is None and after is None:
        if reported is None:
            return None
        said = f"{reported}, the day of the report, as no time is said"
        return Meant(reported, reported + ONE_DAY, said, is_assumed=True)
    if after is None and first is not None and reported and first <= reported:
        after = reported + ONE_DAY
    return Meant(first, after, words(first, after))


def words(first: date | None, after: date | None) -> str:
    """A half-open time in words, its last day included."""
    last = after - ONE_DAY if after else None
    if first and last:
        return str(first) if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"to {last}" if last else "any day"


def _likely(day: date | None) -> date | None:
    """A day that a report can mean; one of another age is a misprint, and not said."""
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None
