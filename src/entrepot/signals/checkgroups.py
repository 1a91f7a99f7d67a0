"""The named tests under short headings, and what a test that could not be made would need.

A reader asks first what was tested and how it came out. What could not be tested is told once, with
what would be needed, and not in between.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.signals.chance import MIN_PLACEBO_CELLS
from entrepot.signals.check import NOT_TESTABLE, Check
from entrepot.signals.growth import MIN_DESTINATIONS, MIN_FREE_GOODS

SIZE: Final = "Size and chance"
SHAPE: Final = "Shape and breadth"
LEGS: Final = "The other legs"
INNOCENT: Final = "Innocent explanations"
HEADINGS: Final = (SIZE, SHAPE, LEGS, INNOCENT)

_PLACEBO = f"{MIN_PLACEBO_CELLS} pairs of hub and goods with trade that no ban touched"
_SALES = "what the hub sold to the target, as either of the two reports it"
_IMPORTS = "what the hub bought from the coalition, as the hub reports it"
_DIRECT = "the coalition's exports to the target, before and after"

KINDS: Final[tuple[tuple[str, str], ...]] = (
    (SIZE, _PLACEBO),
    (SIZE, _PLACEBO),
    (SIZE, f"{MIN_FREE_GOODS} unrestricted goods that the hub bought"),
    (SHAPE, ""),
    (SHAPE, ""),
    (SHAPE, ""),
    (INNOCENT, f"{MIN_FREE_GOODS} unrestricted goods that the hub bought"),
    (INNOCENT, f"{MIN_DESTINATIONS} destinations"),
    (INNOCENT, ""),
    (LEGS, _DIRECT),
    (LEGS, _DIRECT),
    (LEGS, _SALES),
    (LEGS, _IMPORTS),
    (LEGS, _IMPORTS),
    (INNOCENT, "trade in free goods of the same heading or chapter"),
    (INNOCENT, "direct trade in free goods of the same heading or chapter"),
    (INNOCENT, ""),
    (INNOCENT, "net mass beside the values"),
    (INNOCENT, ""),
    (INNOCENT, ""),
    (INNOCENT, ""),
    (INNOCENT, ""),
    (INNOCENT, "what the hub sold to others, as the hub reports it"),
    (LEGS, ""),
    (LEGS, _IMPORTS),
    (LEGS, "what the hub sold to other countries, and they to the target"),
)
"""By the position of a test: its heading, and what it needs; empty: its own detail says so.

The order is that of `checks.checks`, then `gaps.levels_check` and `chain.chain_check`, which take
figures of the hub and are made by `entrepot explain` alone.
"""


@dataclass(frozen=True)
class Group:
    """Tests of one heading that could be made, in their order."""

    heading: str
    checks: tuple[Check, ...]


_AMOUNT: Final = re.compile(r"\b[A-Z]{3} -?\d|\d %")
"""A reason that tells an amount or a share says by itself why it decides nothing."""


@dataclass(frozen=True)
class Untested:
    """A test that could not be made: why, and what it needs (empty: `reason` says so)."""

    question: str
    reason: str
    needed: str


def kinds(found: Sequence[Check]) -> tuple[tuple[Check, str, str], ...]:
    """Each test with its heading and what it needs.

    Args:
        found: what `checks` gives; the tests of the hub's own figures may follow.
    """
    return tuple((one, *kind) for one, kind in zip(found, KINDS, strict=False))


def groups(found: Sequence[Check]) -> tuple[Group, ...]:
    """The tests that could be made, by heading; a heading without any is left out."""
    made = [(one, heading) for one, heading, _ in kinds(found) if one.outcome != NOT_TESTABLE]
    return tuple(
        Group(heading, tuple(one for one, own in made if own == heading))
        for heading in HEADINGS
        if any(own == heading for _, own in made)
    )


def untested(found: Sequence[Check]) -> tuple[Untested, ...]:
    """The tests that could not be made, in their order."""
    return tuple(
        Untested(one.question, one.detail, "" if _AMOUNT.search(one.detail) else needed)
        for one, _, needed in kinds(found)
        if one.outcome == NOT_TESTABLE
    )
