"""Words of probability. Authority: ICD 203 (2 January 2015), section D.6.e.(2)(a), the table.

https://www.dni.gov/files/documents/ICD/ICD-203_TA_Analytic_Standards_21_Dec_2022.pdf
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.evidence.wording import band, band_limits, with_band, wording_faults

ICD_203 = {
    "almost no chance": (0.01, 0.05),
    "very unlikely": (0.05, 0.20),
    "unlikely": (0.20, 0.45),
    "roughly even chance": (0.45, 0.55),
    "likely": (0.55, 0.80),
    "very likely": (0.80, 0.95),
    "almost certain": (0.95, 0.99),
}


@pytest.mark.parametrize(("term", "limits"), ICD_203.items())
def test_each_band_has_the_term_of_the_directive(term: str, limits: tuple[float, float]) -> None:
    low, high = limits
    assert band((low + high) / 2) == term
    assert band(low) == term
    assert band(high - 1e-9) == term
    assert band_limits(low) == limits


def test_nothing_is_certain_or_impossible() -> None:
    assert with_band(1.0) == "almost certain (95 to 99 %)"
    assert with_band(0.0) == "almost no chance (1 to 5 %)"


@pytest.mark.parametrize("wrong", [-0.01, 1.01, float("nan")])
def test_no_probability_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        band(wrong)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_probability_never_has_a_lower_band(one: float, other: float) -> None:
    low, high = sorted((one, other))
    order = list(ICD_203)
    assert order.index(band(low)) <= order.index(band(high))


@pytest.mark.parametrize(
    "text",
    [
        "It is likely that parts were sold, and we say so with moderate confidence.",
        "We assess with high confidence that it is very unlikely.",
        "Confidence is not the word; we are confident that this is almost certain.",
    ],
)
def test_likelihood_and_confidence_in_one_sentence_are_a_fault(text: str) -> None:
    assert [one.why for one in wording_faults(text)] == [
        "likelihood and confidence in one sentence"
    ]


def test_the_same_in_two_sentences_is_none() -> None:
    assert wording_faults("It is likely. We have high confidence in the source.") == []
    assert wording_faults("It rose by 0.5 points, likely by price. Confidence is high.") == []


def test_terms_of_both_rows_in_one_text_are_a_fault_that_names_the_term() -> None:
    (fault,) = wording_faults("It is likely. The other is improbable.")
    assert "'improbable'" in fault.why
    assert wording_faults("It is probable. The other is improbable.") == []
