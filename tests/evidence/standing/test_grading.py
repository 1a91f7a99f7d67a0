"""The Admiralty code: letters and digits judged apart."""

import pytest

from entrepot.errors import RequestError
from entrepot.evidence.grading import CREDIBILITY, RELIABILITY, in_words, parse_grade


@pytest.mark.parametrize(
    ("given", "expected"),
    [("C3", ("C", 3)), ("c3", ("C", 3)), (" F6 ", ("F", 6)), ("B", ("B", None)), ("4", (None, 4))],
)
def test_letter_and_digit_are_read_together_or_alone(
    given: str, expected: tuple[str | None, int | None]
) -> None:
    assert parse_grade(given) == expected


@pytest.mark.parametrize("wrong", ["", "G1", "A7", "A0", "3C", "AB", "A-1", "A²", "33"])
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(RequestError, match="expected a letter A to F"):
        parse_grade(wrong)


def test_the_scales_have_six_steps_each() -> None:
    assert "".join(RELIABILITY) == "ABCDEF"
    assert list(CREDIBILITY) == [1, 2, 3, 4, 5, 6]


def test_a_grade_in_words_says_not_judged_where_nobody_judged() -> None:
    assert in_words("C", 3) == "C3 (source fairly reliable; statement possibly true)"
    assert in_words(None, None) == "F6 (source cannot be judged; statement cannot be judged)"
