"""Confidential codes: goods that were kept secret before and are printed now."""

import pytest
from tests.signals.conftest import Cell, flow_table
from tests.signals.test_innocent_measure import (
    AFTER,
    HUBS,
    KYRGYZ,
    PERIODS,
    WHOLE,
    measured,
    place,
    source_of,
    world,
)

from entrepot.engine import Engine
from entrepot.signals.baskets import Basket
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.innocent.confidential import (
    check,
    hiding_codes,
    may_hold,
    parents_of,
    prefix_hidden,
)


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("12XXXXXX", "12"),
        ("8807SSXX", "8807"),
        ("880SXXXX", "88"),
        ("99RRR100", ""),
        ("99500000", ""),
        ("9805", ""),
        ("XXXX", ""),
        ("854231", None),
        ("TOTAL", None),
    ],
)
def test_what_a_code_gives_away(code: str, prefix: str | None) -> None:
    assert prefix_hidden(code) == prefix


HEADING = Basket("8542:restricted", "8542", True, lines=("8542", "854231"))
LINES = Basket("8542:restricted", "8542", True, lines=("854231", "854239"))


@pytest.mark.parametrize(
    ("prefix", "of_heading", "of_lines"),
    [
        ("", True, True),
        ("85", True, True),
        ("8542", False, True),  # the heading's own figure holds what its lines hide
        ("854231", False, False),
        ("84", False, False),
    ],
)
def test_what_may_be_hidden_where(prefix: str, of_heading: bool, of_lines: bool) -> None:
    assert (may_hold(prefix, HEADING), may_hold(prefix, LINES)) == (of_heading, of_lines)


def test_nothing_counts_twice() -> None:
    """Where the heading is published, it less its lines says what 8542SSXX says."""
    codes = ["8542", "8542SSXX", "854231", "85XXXXXX", "99RRR100"]
    assert parents_of(codes, [LINES]) == {"8542"}
    assert hiding_codes(codes, [LINES]) == {"85XXXXXX": "85", "99RRR100": ""}


def hidden_fall(
    engine: Engine, more: list[Cell], level: int = 4, code: str = "8542"
) -> float | None:
    bound = {"8542" if level == 4 else code: WHOLE}
    cells = [(a, b, code if c == "8542" else c, d, e) for a, b, c, d, e in world()]
    source = source_of(engine, flow_table([*cells, *more]), bound=bound, level=level)
    at = place(source, f"{code[:level]}:restricted")
    return measured(source).at(HUBS.index("KGZ"), at).unhidden


def secret(who: str, code: str, before: float, after: float, to: str = "KGZ") -> list[Cell]:
    return [(who, to, code, p, after if p in AFTER else before) for p in PERIODS]


@pytest.mark.parametrize("code", ["85XXXXXX", "99RRR100", "99500000"])
def test_a_residual_that_fell_by_hand(engine: Engine, code: str) -> None:
    """Germany hides 25,000 a month before and 5,000 after: 9 x 20,000 of its rise of 29,400."""
    assert hidden_fall(engine, secret("DEU", code, 25_000.0, 5_000.0)) == pytest.approx(180_000.0)


def test_it_explains_no_more_than_the_same_reporter_printed_more(engine: Engine) -> None:
    """France printed 9 x 19,600 more; its secret goods fell by a million a month."""
    assert hidden_fall(engine, secret("FRA", "85XXXXXX", 1e6, 0.0)) == pytest.approx(9 * 19_600)


def test_a_residual_of_one_reporter_does_not_explain_another(engine: Engine) -> None:
    assert hidden_fall(engine, secret("ITA", "85XXXXXX", 1e6, 0.0)) == 0.0


def test_another_chapter_another_hub_or_a_rise_explain_nothing(engine: Engine) -> None:
    for more in (
        secret("DEU", "12XXXXXX", 1e6, 0.0),
        secret("DEU", "85XXXXXX", 1e6, 0.0, to="ARM"),
        secret("DEU", "85XXXXXX", 0.0, 1e6),
    ):
        assert hidden_fall(engine, more) == 0.0


def test_figures_without_such_codes_cannot_tell(engine: Engine) -> None:
    assert hidden_fall(engine, []) is None


def test_a_heading_above_the_lines_by_hand(engine: Engine) -> None:
    """At six digits, Germany's heading holds 10,600 before, 600 of it in the line; then 30,000 of
    30,000. So 9 x 10,000 were hidden and are printed now."""
    heading = secret("DEU", "8542", 10_600.0, 30_000.0)
    found = hidden_fall(engine, heading, level=6, code="854231")
    assert found == pytest.approx(90_000.0)


def test_a_published_heading_hides_nothing_from_itself(engine: Engine) -> None:
    """At four digits the same heading is the series, and no code hides goods: cannot tell."""
    lines = secret("DEU", "854231", 100.0, 200.0)
    assert hidden_fall(engine, lines) is None


@pytest.mark.parametrize(
    ("moved", "outcome"),
    [(None, NOT_TESTABLE), (0.0, PASSED), (436_499.0, PASSED), (436_500.0, FAILED)],
)
def test_a_lead_is_censored_where_the_residual_moved_as_much(
    moved: float | None, outcome: str
) -> None:
    """The rise is 450,000 less 13,500."""
    assert check(moved, KYRGYZ).outcome == outcome
