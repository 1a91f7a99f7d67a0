"""The alarm for a list that shrank: a cut file or a half-filled server looks like a short list."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from entrepot.errors import SourceError
from entrepot.parties.lists.reading import LIST_ID
from entrepot.parties.lists.records import Held

EARLIEST_ZONE: Final = timedelta(hours=14)
"""Ahead of UTC by so much, the day begins first (Line Islands): a later day is nowhere today."""

SHRINK_SHARE: Final = 0.20
"""Share of entries, or of names, that may go between two editions without a confirmation. The
largest real fall between 310 snapshots of OFAC's SDN list from August 2021 to May 2024 was 1.6 %;
the largest known of any list is the end of a whole program, such as OFAC's removal of Sudan's or
Burma's parties, at about 10 %. A fifth is twice that, and a file cut in half is far above it."""


def check_shrink(before: Held | None, parties: int, names: int, name: str) -> None:
    """Raise the alarm where a new edition is much smaller than the one before.

    Raises:
        SourceError: more than `SHRINK_SHARE` of the entries or of the names are gone.
    """
    if before is None:
        return
    for what, had, has in (("entries", before.parties, parties), ("names", before.names, names)):
        if has < had * (1 - SHRINK_SHARE):
            raise SourceError(
                f"got {has:,} {what} where the edition before had {had:,}, expected a fall of at "
                f"most {SHRINK_SHARE * 100:.0f} %; the edition before stays in service",
                locator=name,
                hint="Look at the publisher's site. If the list did shrink (or you mean to leave "
                "out a file of the set), add it with --accept-shrink.",
            )


def check_list_id(list_id: str, name: str) -> None:
    """Refuse a list's name, said by the file, that cannot be a folder.

    Raises:
        SourceError: not small letters, digits and hyphens, or longer than 64.
    """
    if not LIST_ID.fullmatch(list_id):
        raise SourceError(
            f"got a list named {list_id[:80]!r}, expected small letters, digits and hyphens",
            locator=name,
            hint="Give it a name of your own with --list NAME.",
        )


def check_day(days: Sequence[date], now: datetime, name: str) -> None:
    """Refuse an edition of a day to come: it would be the current one until then.

    Raises:
        SourceError: its last day is after today everywhere.
    """
    if days and days[-1] > (now.astimezone(UTC) + EARLIEST_ZONE).date():
        raise SourceError(
            f"got an edition of {days[-1]}, expected a day that is not after today",
            locator=name,
            hint="Give the day on which the list stood so with --published DATE.",
        )
