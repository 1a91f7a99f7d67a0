"""Birth dates: read as exact as written, or not at all."""

import pytest

from entrepot.parties.birthdate import birth_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1961-04-05", "1961-04-05"),
        (" 1961-4-5 ", "1961-04-05"),
        ("1961-04-05T00:00:00Z", "1961-04-05"),
        ("19610405", "1961-04-05"),
        ("03.02.1961", "1961-02-03"),
        ("1961-04", "1961-04"),
        ("1961", "1961"),
        ("unknown", None),
        ("", None),
        ("03/02/1961", None),
        ("1961-13", None),
        ("1961-02-30", None),
        ("0000", None),
        ("0961", None),
        ("196", None),
        ("١٩٦١", None),
        ("1961 to 1963", None),
    ],
)
def test_birth_dates(text: str, day: str | None) -> None:
    assert birth_date(text) == day
