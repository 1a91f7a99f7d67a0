"""From what two items share to one number, by weights that are printed and can be argued with."""

import csv
from collections.abc import Mapping
from functools import cache
from math import exp
from typing import Final

from entrepot.evidence.independence.compare import Likeness
from entrepot.evidence.independence.lists import DATA

THRESHOLD: Final = 0.5
"""Score from which an item counts as derived."""

UNCERTAIN: Final = (0.3, 0.7)
"""Scores between which a person should look."""

_COMMON: Final = 0.35
"""Share of facts and words that independent reports of one event have in common anyway; measured
on the tuning half of the planted corpus (docs/independence.md)."""


@cache
def weights() -> Mapping[str, float]:
    """Term -> weight in log odds."""
    return {row["term"]: float(row["weight"]) for row in printed()}


def printed() -> list[dict[str, str]]:
    """The weights with their meaning, as rows."""
    with (DATA / "weights.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def terms(like: Likeness, *, named: bool = False, same_source: bool = False,
          witness: bool = False) -> dict[str, float]:  # fmt: skip
    """The contribution of each term to the log odds, those of 0 left out.

    Args:
        like: what the texts share.
        named: the later names the earlier one's publisher.
        same_source: both name one source.
        witness: the later says that it saw for itself.
    """
    values = {
        "start": 1.0,
        "copied": min(1.0, 2 * like.copied),
        "runs": min(like.copied_runs, 12) / 12,
        "retold": max(0.0, like.retold - _COMMON),
        "whole": max(like.whole_ab, like.whole_ba),
        "figures": like.figures * min(1.0, like.figures_shared / 4),
        "order": like.order * min(1.0, like.shared / 12),
        "quotes": float(min(1, like.quotes)),
        "own": min(1.2, like.own),
        "named": float(named), "same_source": float(same_source), "witness": float(witness),
    }  # fmt: skip
    return {name: weights()[name] * value for name, value in values.items() if value}


def score(parts: Mapping[str, float]) -> float:
    """0 to 1 from log odds. It ranks; it is no measured probability."""
    return 1 / (1 + exp(-sum(parts.values())))
