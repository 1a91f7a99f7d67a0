"""The shipped table of false alarms."""

import pytest

from entrepot.parties.match.calibration import false_alarms, wilson


def test_wilson_interval_of_a_known_share() -> None:
    rate = wilson(10, 1000)
    assert rate.share == pytest.approx(0.01)
    assert (rate.low, rate.high) == (
        pytest.approx(0.00544, abs=1e-4),
        pytest.approx(0.0183, abs=1e-4),
    )


@pytest.mark.parametrize("algorithm", ["entrepot-v1", "fallback"])
def test_alarms_fall_with_the_threshold(algorithm: str) -> None:
    shares = [false_alarms(algorithm, threshold) for threshold in (0.5, 0.7, 0.9)]
    companies = [rates.company.share for rates in shares if rates.company]
    persons = [rates.person.share for rates in shares if rates.person]
    assert len(companies) == len(persons) == 3
    assert companies == sorted(companies, reverse=True)
    assert persons == sorted(persons, reverse=True)


def test_an_algorithm_that_was_not_measured_has_no_rates() -> None:
    rates = false_alarms("other", 0.7)
    assert rates.company is None
    assert rates.person is None
