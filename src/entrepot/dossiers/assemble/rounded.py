"""Numbers of a fitted model as they are printed: to three digits, so that they are the same twice.

The panel model is fitted by rounds of approximation. On another machine, or in another process, the
last round may end otherwise, and a number differs in its seventh digit (seen: 3125.903068 and
3125.904347). Three digits are what sentences print, and more than the interval is worth. Published
figures and their sums are exact and stay as they are.
"""

from collections.abc import Mapping
from typing import Any, Final

DIGITS: Final = 3

FITTED: Final = frozenset(
    {"expected", "excess", "excess_low", "excess_high", "onward_excess", "rerouted_low",
     "rerouted_high", "phantom_share_low", "phantom_share_high", "expected_past", "expected_panel",
     "q_value", "steadiness", "score", "vanished_share", "onward_low", "onward_high"}
)  # fmt: skip
"""Columns of a lead that a model or a random draw is behind."""


def significant(value: float, digits: int = DIGITS) -> float:
    """A number to so many digits that are not leading zeros: 3125.9 becomes 3130."""
    return float(f"{value:.{digits}g}")


def rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a lead with its fitted numbers rounded; null stays null."""
    return {
        name: significant(value) if name in FITTED and isinstance(value, float) else value
        for name, value in row.items()
    }


def rounded_spec(part: Any) -> Any:
    """A chart's specification with fitted levels rounded: bars (with a `side`) are kept."""
    if isinstance(part, list):
        return [rounded_spec(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: [_row(one) for one in value] if name == "values" and _is_data(value)
        else rounded_spec(value)
        for name, value in part.items()
    }  # fmt: skip


def _is_data(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    if "side" in row:
        return row
    return {key: significant(value) if isinstance(value, float) else value
            for key, value in row.items()}  # fmt: skip
