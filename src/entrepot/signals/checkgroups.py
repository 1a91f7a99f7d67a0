"""The named tests under short headings, and what a test that could not be made would need.

A test is registered where it is written (`named`) with its name, its heading, what it needs and the
pitfalls of the register it answers (docs/innocent.md); so a new test cannot slip under another's
heading. Tests made elsewhere are registered by the words their question begins with (`OUTSIDE`).
A reader asks first what was tested and how it came out. What could not be tested is told once, with
what would be needed, and not in between.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Final, ParamSpec

from entrepot.signals.check import NOT_TESTABLE, Check
from entrepot.signals.growth import MIN_DESTINATIONS
from entrepot.signals.innocent import (
    confidential,
    currency,
    customs_union,
    lag,
    production,
    quantity,
    relocation,
)

SIZE: Final = "Size and chance"
SHAPE: Final = "Shape and breadth"
LEGS: Final = "The other legs"
INNOCENT: Final = "Innocent explanations"
FIGURES: Final = "Figures and lists"
HEADINGS: Final = (SIZE, SHAPE, LEGS, INNOCENT, FIGURES)

IMPORTS: Final = "what the hub bought from the coalition, as the hub reports it"
EXPORTS: Final = "the hub's own exports and re-exports (flows X and RX)"
DESTINATIONS: Final = f"exports to {MIN_DESTINATIONS} destinations or more, with Singapore"
"""Tests that need the same words are told together, so these name what serves all of them."""

P = ParamSpec("P")


@dataclass(frozen=True)
class Kind:
    """What is fixed about a test: its name, its heading, what it needs, the pitfalls it answers.

    `needed` is told where the test cannot be made; empty: its own detail says so. `pitfalls` are
    numbers of the register in docs/innocent.md.
    """

    name: str
    heading: str
    needed: str = ""
    pitfalls: tuple[int, ...] = ()

    def of(self, made: Check) -> "Named":
        """The test with its name."""
        return Named(made.question, made.outcome, made.detail, self.name, self.pitfalls)


@dataclass(frozen=True)
class Named(Check):
    """A test that was registered: `name` in `KINDS`, and the pitfalls it answers."""

    name: str
    pitfalls: tuple[int, ...]


OUTSIDE: Final[dict[str, Kind]] = {
    currency.QUESTION: Kind("exchange rate", INNOCENT, pitfalls=(10,)),
    quantity.QUESTION: Kind("quantity", INNOCENT, "net mass beside the values", (10,)),
    confidential.QUESTION: Kind("secrecy", FIGURES, pitfalls=(5,)),
    lag.QUESTION: Kind("late reporters", FIGURES, pitfalls=(3,)),
    relocation.QUESTION_FREE: Kind("same section", INNOCENT, pitfalls=(11,)),
    relocation.QUESTION_ELSEWHERE: Kind("other destinations", INNOCENT, DESTINATIONS, (11,)),
    production.QUESTION: Kind("own production", INNOCENT, EXPORTS, (11, 15)),
    customs_union.QUESTION: Kind("customs union", LEGS, pitfalls=(13,)),
    "Is the gap free of opposite signs": Kind("levels", LEGS, IMPORTS, (1,)),
    "Is there a second hub": Kind(
        "second hub", LEGS, "what the hub sold to other countries, and they to the target"
    ),
}
"""Tests that other modules make, by the words with which their question begins."""

KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in OUTSIDE.values()}
"""Every registered test by its name; `named` adds those of `signals.checks` and `pitfalls`."""


def named(
    name: str, heading: str, needed: str = "", pitfalls: tuple[int, ...] = ()
) -> Callable[[Callable[P, Check]], Callable[P, Named]]:
    """Register a test where it is written.

    Args:
        name: short, and no other test's.
        heading: one of `HEADINGS`.
        needed: what would make it testable; empty: the reason it gives says so.
        pitfalls: numbers of the register that it answers.
    """
    assert name not in KINDS, f"two tests are called {name!r}"
    kind = KINDS[name] = Kind(name, heading, needed, pitfalls)

    def register(make: Callable[P, Check]) -> Callable[P, Named]:
        @wraps(make)
        def made(*args: P.args, **kwargs: P.kwargs) -> Named:
            return kind.of(make(*args, **kwargs))

        return made

    return register


@dataclass(frozen=True)
class Group:
    """Tests of one heading that could be made, in their order."""

    heading: str
    checks: tuple[Named, ...]


_AMOUNT: Final = re.compile(r"\b[A-Z]{3} -?\d|\d %")
"""A reason that tells an amount or a share says by itself why it decides nothing."""


@dataclass(frozen=True)
class Untested:
    """A test that could not be made: why, and what it needs (empty: `reason` says so)."""

    question: str
    reason: str
    needed: str


def with_name(made: Check) -> Named:
    """A test with its name; one that was made elsewhere is known by its question."""
    if isinstance(made, Named):
        return made
    (kind,) = [one for start, one in OUTSIDE.items() if made.question.startswith(start)]
    return kind.of(made)


def kinds(found: Sequence[Check]) -> tuple[tuple[Named, str, str], ...]:
    """Each test with its heading and what it needs.

    Args:
        found: what `checks` gives, and the tests of the hub's own figures, in any order.
    """
    made = [with_name(one) for one in found]
    return tuple((one, KINDS[one.name].heading, KINDS[one.name].needed) for one in made)


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
