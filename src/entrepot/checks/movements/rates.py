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
    from scipy.stats import chi2  # slow to load, and not every run asks

    tail = (1 - LEVEL) / 2
    low = chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return Rate(count / days, float(low) / days,
                float(chi2.ppf(1 - tail, 2 * count + 2)) / 2 / days)  # fmt: skip


def ratio(before: int, days_before: int, after: int, days_after: int) -> Rate | None:
    """How many times the rate before the rate after is; null: a side has no covered day.

    Given the sum, the later count is binomial (Przyborowski and Wilenski 1940, Biometrika 31,
    "Homogeneity of results in testing samples from Poisson series"); the interval of its share is
    that of Clopper and Pearson 1934, Biometrika 26. Null `value` and `high`: none before.
    """
    if days_before <= 0 or days_after <= 0:
        return None
    from scipy.stats import beta

    tail, odds = (1 - LEVEL) / 2, days_before / days_after
    low = beta.ppf(tail, after, before + 1) if after else 0.0
    high = beta.ppf(1 - tail, after + 1, before) if before else None
    return Rate(
        after / before * odds if before else None,
        float(low / (1 - low)) * odds,
        None if high is None or high >= 1 else float(high / (1 - high)) * odds,
    )
