"""The chain of two hubs: coalition to a first hub, on to a second, and from there to the target.

Georgia to Kyrgyzstan to Russia is the known shape. Three excesses in a row are consistent with such
a chain; each of them may have its own innocent reason, and nothing here shows that the same goods
moved.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.codes.country import name
from entrepot.signals.amounts import money
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.legs.onward import Onward

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Excess:
    """What was above expectation, with its two ends; money over one window; nan: not measurable."""

    value: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, leg: Onward, goods: slice = slice(None)) -> "Excess":
        """Of a measured leg: hubs x baskets, all of them or some."""
        return cls(leg.excess[:, goods], leg.excess_low[:, goods], leg.excess_high[:, goods])


@dataclass(frozen=True)
class Second:
    """For one first hub, per basket: the second hub and what all three excesses leave room for.

    `value` is the least of the three excesses, at least 0; `low` and `high` the least of their low
    and high ends, null where one of them has no interval. `hub` null: no second hub has all three
    legs (`value` null), or none has three excesses above 0 (`value` 0). It is the best of many, and
    the interval is not widened for that choice.
    """

    hub: tuple[str | None, ...]
    value: Floats
    low: Floats
    high: Floats


def second_hub(
    first: str,
    hubs: Sequence[str],
    bought: Excess,
    between: Excess,
    onward: Excess,
    barred: Collection[str],
) -> Second:
    """The second hub of each basket whose least excess is largest; of equals the first by name.

    Args:
        first: the first hub.
        hubs: order of the first axis of `between` and `onward`.
        bought: per basket, what the first hub bought from the coalition.
        between: hubs x baskets, what the first hub sold to each.
        onward: hubs x baskets, what each sold to the target.
        barred: the coalition's members and the target, which are no hubs.
    """
    order = [i for i in np.argsort(hubs) if hubs[i] != first and hubs[i] not in barred]
    size = len(bought.value)
    if not order:
        nothing = np.full(size, np.nan)
        return Second((None,) * size, nothing, nothing, nothing)
    value, low, high = (
        np.minimum(np.minimum(one[None, :], two[order]), three[order])  # nan where one of them is
        for one, two, three in (
            (bought.value, between.value, onward.value),
            (bought.low, between.low, onward.low),
            (bought.high, between.high, onward.high),
        )
    )
    best = np.argmax(np.where(np.isnan(value), -np.inf, value), axis=0)
    picked = (best, np.arange(size))
    found = value[picked] > 0
    names = tuple(hubs[order[best[b]]] if found[b] else None for b in range(size))
    return Second(names, *(np.maximum(0.0, one[picked]) for one in (value, low, high)))


def chain_check(
    first: str,
    second: str | None,
    target: str,
    value: float | None,
    low: float | None,
    high: float | None,
    currency: str,
) -> Check:
    """Is there a second hub by which goods could have gone on? Passed: three low ends above 0.

    Failing speaks for no chain; it says nothing of what the first hub sold to the target itself.
    """
    question = f"Is there a second hub between {name(first)} and {name(target)}?"
    if value is None:
        return Check(question, NOT_TESTABLE, "no country has figures for all three legs")
    if second is None:
        return Check(question, FAILED, "nowhere are all three legs above expectation")
    said = f"{name(second)}: on each of three legs at least {money(value, currency)} above"
    if low is None or high is None:
        return Check(question, NOT_TESTABLE, f"{said}; no interval")
    detail = f"{said} ({money(low, currency)} to {money(high, currency)})"
    return Check(question, PASSED if low > 0 else FAILED, detail)
