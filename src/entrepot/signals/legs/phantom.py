"""The phantom split: what the coalition says it sold to a hub, against what the hub says it bought.

A hub's imports hold the freight (CIF), exports do not (FOB), and the difference is not published.
So every answer is given for freight of 0 to 20 %: what arrived whatever the freight, what did not
whatever the freight, and what cannot be decided.

Missing goods have innocent causes: transit to a third country, customs warehouses, delay, another
code at the other end, imports counted by origin and exports by last known destination, a border
without declarations inside a customs union. Source of the form: Fisman and Wei 2004; of the
question: Chupilkin, Javorcik and Plekhanov 2023 (about half of extra exports never arrived).
Formulas: docs/methods.md, "Phantom split".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrepot.codes.country import name
from entrepot.signals.amounts import percent
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.legs.legs import Leg, Source
from entrepot.signals.legs.onward import known_levels
from entrepot.signals.windows import Window

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FREIGHT_SHARES = (0.0, 0.06, 0.10, 0.20)
"""Freight and insurance as shares of the FOB value: none; 6 % (Global Financial Integrity today);
10 % (the same, earlier work); 20 % (the cap of the Growth Lab's mirroring). As swept here."""

MOST_SHARE = 0.50
"""Most of a rise arrived, or did not, above this share."""


@dataclass(frozen=True)
class Split:
    """A rise in exports split by the hub's own figures; money over the window; nan: not measurable.

    `arrived` + `undecidable` + `missing` is the rise: arrived at every freight, arrived at some,
    arrived at none of `FREIGHT_SHARES`. `share_low`, `share_high`: the missing share of the rise (0
    to 1) with the lowest and the highest freight, so the missing value lies between `missing` and
    `missing_high`. Null where exports did not rise, or the hub's imports are not held.
    """

    arrived: Floats
    undecidable: Floats
    missing: Floats
    missing_high: Floats
    share_low: Floats
    share_high: Floats

    def arrived_shares(self) -> tuple[Floats, Floats]:
        """Least and most of the rise that arrived (0 to 1); 1 where nothing is known of it.

        What never arrived cannot have been sold on: pitfall 1 of the field's register.
        """
        least, most = 1.0 - self.share_high, 1.0 - self.share_low
        return np.nan_to_num(least, nan=1.0), np.nan_to_num(most, nan=1.0)


@dataclass(frozen=True)
class BothEnds:
    """Both ends' figures over the window, not their change; nan: the hub's are not held.

    `orphaned`: exports that the hub records nothing of (it reports the time, and none of these
    goods); `lost`: imports without any export; where both ends report, `gap_low` to `gap_high` is
    exports less imports without freight, for the lowest and the highest freight. Kept apart as by
    Global Financial Integrity: a hole in records is not a gap between them.
    """

    orphaned: Floats
    lost: Floats
    gap_low: Floats
    gap_high: Floats


def split(rise: ArrayLike, import_rise: ArrayLike) -> Split:
    """Split the rise in exports.

    Args:
        rise: actual less expected exports of the coalition, FOB.
        import_rise: actual less expected imports as the hub reports them, CIF; same currency.
    """
    given = (np.asarray(one, dtype=np.float64) for one in (rise, import_rise))
    total, bought = np.broadcast_arrays(*given)
    total = np.where((total > 0) & ~np.isnan(bought), total, np.nan)
    swept = [np.clip(total - bought / (1 + freight), 0.0, total) for freight in FREIGHT_SHARES]
    low, high = np.min(swept, axis=0), np.max(swept, axis=0)
    return Split(total - high, high - low, low, high, low / total, high / total)


def both_ends(exported: ArrayLike, imported: ArrayLike) -> BothEnds:
    """Compare both ends' figures of the window, cell by cell; see `BothEnds`."""
    given = (np.asarray(one, dtype=np.float64) for one in (exported, imported))
    sold, bought = np.broadcast_arrays(*given)
    is_known = ~np.isnan(sold + bought)
    has_both = (sold > 0) & (bought > 0)
    zero = np.where(is_known, 0.0, np.nan)
    most = 1 + FREIGHT_SHARES[-1]
    return BothEnds(
        orphaned=np.where(is_known & (bought == 0), sold, zero),
        lost=np.where(is_known & (sold == 0), bought, zero),
        gap_low=np.where(has_both, sold - bought, zero),
        gap_high=np.where(has_both, sold - bought / most, zero),
    )


def mirror_interval(exported: ArrayLike, imported: ArrayLike) -> tuple[Floats, Floats]:
    """The two ends of ln X - ln(M / (1 + freight)), lowest and highest freight; null at 0."""
    given = (np.asarray(one, dtype=np.float64) for one in (exported, imported))
    sold, bought = (np.where(one > 0, one, np.nan) for one in given)
    ratio = sold / bought
    return np.log(ratio), np.log(ratio * (1 + FREIGHT_SHARES[-1]))


@dataclass(frozen=True)
class Phantom:
    """Every hub x basket of one window: the split of the rise, both ends, the mirror discrepancy.

    `log_low`, `log_high` as `mirror_interval` gives; `source` per hub, null: not held.
    """

    split: Split
    ends: BothEnds
    log_low: Floats
    log_high: Floats
    source: tuple[Source | None, ...]


def phantom(
    imports: Leg,
    window: Window,
    periods: Sequence[str],
    *,
    actual: Floats,
    expected: Floats,
    growth: Floats,
) -> Phantom:
    """Set the hubs' own import figures beside the coalition's exports.

    Args:
        imports: `Legs.imports`: hubs x baskets x periods.
        window: periods before and after the ban.
        periods: of the panel.
        actual: hubs x baskets, the coalition's exports over the window.
        expected: the same, what they would have been.
        growth: the same, the growth that `expected` allows for: the hub's imports are expected to
            have grown as much, so that only the rise itself is compared.
    """
    found = known_levels(imports.values, window, periods)
    months = len(window.after)
    bought = found.mean * months
    # Goods the hub records nothing of are a hole in records (`ends.orphaned`), not a gap.
    rise = np.where(bought > 0, actual - expected, np.nan)
    has_any = np.asarray(~np.isnan(found.mean).all(axis=1))
    return Phantom(
        split(rise, bought - growth * found.base * months),
        both_ends(actual, bought),
        *mirror_interval(actual, bought),
        tuple(one if has_any[h] else None for h, one in enumerate(imports.source)),
    )


def arrived_check(hub: str, share_low: float | None, share_high: float | None) -> Check:
    """Did most of the rise arrive, by the hub's figures, at every freight? Takes missing shares."""
    question = f"Did most of the rise arrive in {name(hub)}, by its own figures?"
    if share_low is None or share_high is None:
        return Check(question, NOT_TESTABLE, "no import figures of the hub cover the time")
    detail = f"not recorded there: {percent(share_low)} to {percent(share_high)} of the rise"
    if share_low <= MOST_SHARE < share_high:
        return Check(question, NOT_TESTABLE, f"{detail}, by the freight assumed")
    return Check(question, PASSED if share_high <= MOST_SHARE else FAILED, detail)


def freight_check(hub: str, log_low: float | None, log_high: float | None) -> Check:
    """Has the gap one sign for freight of 0 to 20 %? Takes the mirror discrepancy's two ends."""
    question = f"Does the gap to {name(hub)}'s own figures keep its sign for 0 to 20 % freight?"
    if log_low is None or log_high is None:
        return Check(question, NOT_TESTABLE, "not both ends have figures above 0")
    detail = f"ln X - ln M is {log_low:+.2f} without freight and {log_high:+.2f} with 20 %"
    return Check(question, PASSED if log_low > 0 or log_high < 0 else FAILED, detail)
