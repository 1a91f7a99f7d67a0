"""Which periods of the figures stand for the time of a claim, and which they are compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.codes.period import MONTH_NAMES, end, is_month, shift, start
from entrepot.evidence.assessing.whenmeant import Meant
from entrepot.units import MONTHS_PER_YEAR


@dataclass(frozen=True)
class Window:
    """`now` the periods of the claim, `base` the same ones some whole years before, pair by pair.

    `wanted`: first and last day that the claim means, in words; `is_assumed`: it says no time.
    """

    now: tuple[str, ...]
    base: tuple[str, ...]
    wanted: str
    is_assumed: bool


def window(held: Sequence[str], time: Meant | None, since: str) -> Window:
    """The periods of a claim's time, and the same ones before.

    Where the claim says a time: every period that has a day in it; at most the last twelve of them
    where its beginning is open. Where it says none: from `since` on, at most twelve months; for a
    report of before `since`, or of more than a year later, from a year before its day. Months are
    compared with the same months of the year before; a time of more than twelve months goes back
    as many whole years as it takes.

    Args:
        held: periods of the figures, months or years, in order.
        time: what the claim means; null: not known at all.
        since: `2022-03`: where a claim says no time.
    """
    if time is None or time.is_assumed:
        now, wanted = _assumed(held, time, since), f"no time is said, so from {since} on"
        if now:
            wanted = f"no time is said, so {spelled(now)}"
        is_assumed = True
    else:
        now = [one for one in held if time.overlaps(start(one), end(one))]
        if time.first is None:
            now = now[-(MONTHS_PER_YEAR if now and is_month(now[0]) else 1) :]
        wanted, is_assumed = time.said, False
    base = [shift(one, -_back(now)) for one in now]
    return Window(tuple(now), tuple(base), wanted, is_assumed)


def _assumed(held: Sequence[str], time: Meant | None, since: str) -> list[str]:
    """Periods from `since` on, or from a year before a report of another time, at most a year."""
    first, day = since, time.last if time else None
    if day is not None and not start(since) <= day < start(shift(since, MONTHS_PER_YEAR)):
        first = f"{day.year - 1:04}-{day.month:02}"
    fitting = [one for one in held if one >= (first if is_month(one) else first[:4])]
    return fitting[: MONTHS_PER_YEAR if fitting and is_month(fitting[0]) else 1]


def _back(now: Sequence[str]) -> int:
    """How many months to go back, in whole years, so that the times do not overlap."""
    if not now:
        return MONTHS_PER_YEAR
    first, last = start(now[0]), end(now[-1])
    months = (last.year - first.year) * MONTHS_PER_YEAR + last.month - first.month
    return -(-months // MONTHS_PER_YEAR) * MONTHS_PER_YEAR


def both_held(found: Window, held: Sequence[str]) -> Window:
    """The pairs of which both periods are held."""
    known = set(held)
    pairs = [(now, base) for now, base in zip(found.now, found.base, strict=True) if base in known]
    return Window(
        tuple(now for now, _ in pairs), tuple(base for _, base in pairs), found.wanted,
        found.is_assumed,
    )  # fmt: skip


def spelled(periods: Sequence[str]) -> str:
    """Periods in words: "March to November 2022", "2021 and 2022"."""
    if not periods:
        return "no period"
    first, last = min(periods), max(periods)
    if not is_month(first):
        return first if first == last else f"{first} to {last}"
    if first == last:
        return _month(first)
    if first[:4] == last[:4]:
        return f"{MONTH_NAMES[int(first[5:]) - 1]} to {_month(last)}"
    return f"{_month(first)} to {_month(last)}"


def _month(period: str) -> str:
    return f"{MONTH_NAMES[int(period[5:]) - 1]} {period[:4]}"
