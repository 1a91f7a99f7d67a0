"""Counts to rates: intervals of a Poisson rate and of the ratio of two.

They suppose flights that come one by one and by chance. A timetable is steadier, so its intervals
are too wide; flights in groups come in bursts, so theirs are too narrow.
"""

from dataclasses import dataclass
from typing import Final

LEVEL: Final = 0.95
"""Share of cases in which the interval holds the true value, by the usual convention."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A number a day, or a ratio of two, with its interval; null `high`: no upper end."""

    value: float | None
    low: float
    high: float | None


def rate(count: int, days: int) -> Rate | None:
    """Events a day; null: no day was covered.

    The interval is exact: Garwood 1936, Biometrika 28, "Fiducial limits for the Poisson
    distribution", by quantiles of chi squared.
    """
    if days <= 0:
        return None
    from scipy.special import gammaincinv  # slow to load, and not every run asks

    tail = (1 - LEVEL) / 2  # a quantile of chi squared is twice that of the gamma distribution
    low = gammaincinv(count, tail) if count else 0.0
    high = gammaincinv(count + 1, 1 - tail)
    return Rate(count / days, float(low) / days, float(high) / days)


def ratio(before: int, days_before: int, after: int, days_after: int) -> Rate | None:
    """How many times the rate before the rate after is; null: a side has no covered day.

    Given the sum, the later count is binomial (Przyborowski and Wilenski 1940, Biometrika 31,
    "Homogeneity of results in testing samples from Poisson series"); the interval of its share is
    that of Clopper and Pearson 1934, Biometrika 26. Null `value` and `high`: none before.
    """
    if days_before <= 0 or days_after <= 0:
        return None
    from scipy.special import betaincinv

    tail, odds = (1 - LEVEL) / 2, days_before / days_after
    low = betaincinv(after, before + 1, tail) if after else 0.0
    high = betaincinv(after + 1, before, 1 - tail) if before else None
    return Rate(
        after / before * odds if before else None,
        float(low / (1 - low)) * odds,
        None if high is None or high >= 1 else float(high / (1 - high)) * odds,
    )
