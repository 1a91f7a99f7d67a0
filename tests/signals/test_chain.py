"""The chain of two hubs, worked by hand: Georgia to Kyrgyzstan (or Armenia) to Russia."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.legs.chain import Excess, chain_check, second_hub
from entrepot.signals.legs.onward import Onward

HUBS = ("ARM", "GEO", "KGZ")
BARRED = frozenset({"DEU", "RUS"})


def around(value: object, width: float = 1.0) -> Excess:
    """An excess and an interval of one either way."""
    middle = np.array(value, dtype=np.float64)
    return Excess(middle, middle - width, middle + width)


def test_the_second_hub_with_the_largest_least_excess() -> None:
    """By Kyrgyzstan min(9, 6, 7) = 6, by Armenia min(9, 8, 2) = 2; Georgia is itself."""
    found = second_hub(
        "GEO", HUBS, around([9.0]), around([[8.0], [99.0], [6.0]]), around([[2.0], [99.0], [7.0]]),
        BARRED,
    )  # fmt: skip
    assert found.hub == ("KGZ",)
    assert (found.value[0], found.low[0], found.high[0]) == (6.0, 5.0, 7.0)


def test_a_missing_leg_is_null_and_a_measured_fall_is_none() -> None:
    nan = np.nan
    bought = around([9.0, 9.0, nan])
    between = around([[nan, -3.0, 5.0], [nan, nan, nan], [nan, 4.0, 5.0]])
    onward = around([[5.0, 5.0, 5.0], [nan, nan, nan], [5.0, -2.0, 5.0]])
    found = second_hub("GEO", HUBS, bought, between, onward, BARRED)
    assert found.hub == (None, None, None)
    np.testing.assert_equal(found.value, [nan, 0.0, nan])


def test_members_and_the_target_are_no_second_hub() -> None:
    hubs = ("DEU", "GEO", "KGZ", "RUS")
    legs = around(np.full((4, 1), 9.0))
    small = around([[9.0], [9.0], [1.0], [9.0]])
    found = second_hub("GEO", hubs, around([9.0]), legs, small, BARRED)
    assert (found.hub, found.value[0]) == (("KGZ",), 1.0)
    alone = second_hub("GEO", ("DEU", "GEO"), around([9.0]), legs, small, BARRED)
    assert alone.hub == (None,)
    assert np.isnan(alone.value[0])


def test_without_an_interval_the_value_stands_alone() -> None:
    bare = Excess(np.full((3, 1), 4.0), np.full((3, 1), np.nan), np.full((3, 1), np.nan))
    found = second_hub("GEO", HUBS, around([9.0]), bare, around(np.full((3, 1), 5.0)), BARRED)
    assert (found.hub, found.value[0]) == (("ARM",), 4.0)  # of equals the first by name
    assert np.isnan([found.low[0], found.high[0]]).all()


def test_an_excess_of_a_measured_leg() -> None:
    one = np.array([[1.0]])
    leg = Onward(one, one, one * 2, one, one * 3, np.ones(1), np.ones(1, int), 5, (None,))
    found = Excess.of(leg)
    assert (found.value[0, 0], found.low[0, 0], found.high[0, 0]) == (2.0, 1.0, 3.0)


numbers = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3)


@given(st.floats(-1e6, 1e6), numbers, numbers, st.permutations(range(3)))
def test_the_value_is_at_most_each_leg_and_order_does_not_matter(
    into: float, between: list[float], onward: list[float], order: list[int]
) -> None:
    legs = [around([[one] for one in leg]) for leg in (between, onward)]
    found = second_hub("GEO", HUBS, around([into]), *legs, BARRED)
    assert found.low[0] <= found.value[0] <= found.high[0]
    if found.hub[0] is not None:
        place = HUBS.index(found.hub[0])
        assert found.value[0] <= min(into, between[place], onward[place])
        assert found.hub[0] != "GEO"
    mixed = [around([[one[i]] for i in order]) for one in (between, onward)]
    other = second_hub("GEO", [HUBS[i] for i in order], around([into]), *mixed, BARRED)
    assert (other.hub, other.value[0]) == (found.hub, found.value[0])


@pytest.mark.parametrize(
    ("second", "numbers_", "outcome"),
    [
        ("KGZ", (6e6, 5e6, 7e6), PASSED),
        ("KGZ", (6e6, 0.0, 7e6), FAILED),
        ("KGZ", (6e6, None, None), NOT_TESTABLE),
        (None, (0.0, 0.0, 1.0), FAILED),
        (None, (None, None, None), NOT_TESTABLE),
    ],
)
def test_the_named_test(
    second: str | None, numbers_: tuple[float | None, float | None, float | None], outcome: str
) -> None:
    found = chain_check("GEO", second, "RUS", *numbers_, "EUR")
    assert found.outcome == outcome
    assert found.question == "Is there a second hub between Georgia and Russia?"
    assert ("Kyrgyzstan" in found.detail) == (second is not None)
