"""Words, numbers, days and addresses as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.dossiers.render.text import (
    address,
    cell,
    clean,
    day,
    kept,
    language,
    mailbox,
    raw,
    stamp,
)


@pytest.mark.parametrize(
    ("value", "printed", "looked_up"),
    [
        (None, "–", "–"), (0, "0", "0"), (0.0, "0", "0"), (2022, "2022", "2022"),
        (9999, "9999", "9999"), (10000, "10,000", "10000"), (410000.0, "410,000", "410000"),
        (-1234567.25, "-1,234,567.25", "-1234567.25"), (0.1, "0.1", "0.1"), (True, "true", "true"),
        ({"b": 1, "a": "x"}, '{"a": "x", "b": 1}', '{"a": "x", "b": 1}'),
        ("0123", "0123", "0123"), ([1, None], "[1, null]", "[1, null]"),
    ],
)  # fmt: skip
def test_cells(value, printed, looked_up):
    assert (cell(value), raw(value)) == (printed, looked_up)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_is_rounded(value):
    assert float(cell(value).replace(",", "")) == value
    assert float(raw(value)) == value


@pytest.mark.parametrize(
    ("iso", "told"),
    [
        ("2022-08-06", "6 August 2022"), ("2022-08-26T23:30:00+02:00", "26 August 2022, 21:30 UTC"),
        ("2022-08-26T09:05:00", "26 August 2022, 09:05"), ("", ""), ("August", "August"),
        ("2022-02-30", "2022-02-30"), ("2022", "2022"),
    ],
)  # fmt: skip
def test_days(iso, told):
    assert day(iso) == told


@pytest.mark.parametrize(
    ("iso", "told"),
    [
        ("2022-08-06", "2022-08-06"), ("2022-08-06T09:00:00.125Z", "2022-08-06T09:00:00Z"),
        ("2022-08-06 09:00", "2022-08-06T09:00"), ("2022-13-01", ""), ("20220806", ""), ("", ""),
    ],
)  # fmt: skip
def test_stamps_are_what_html_takes(iso, told):
    assert stamp(iso) == told


@pytest.mark.parametrize(
    ("given", "linked"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/ä<b>", "https://example.org/%C3%A4%3Cb%3E"),
        ("https://example.org/50%", "https://example.org/50%25"),
        ("javascript:alert(1)", ""), ("data:text/html,x", ""), ("//example.org", ""),
        ("https://user:word@example.org/", ""), ("https://[bad", ""), ("https://a b.example", ""),
        ("file:///etc/passwd", ""), ("desk@example.org", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_linked(given, linked):
    assert address(given) == linked


def test_mail():
    assert mailbox("desk@example.org") == "mailto:desk@example.org"
    assert mailbox("desk@example.org?bcc=x@y.example") == ""
    assert mailbox("desk") == ""


def test_acting_signs_go_and_lines_of_the_letter_stay():
    assert clean("a\u202eb\x00c\nd\ud800") == "a b c d"
    assert kept(" a\t b\r\nc\rd ") == "a b\nc\nd"
    assert clean(None) == ""


@pytest.mark.parametrize(
    ("words", "tag"),
    [("A firm", ""), ("Фирма MiG", "und-Cyrl"), ("شركة", "und-Arab"), ("公司", "und-Hani"),
     ("123", ""), ("The firm Фи", "")],
)  # fmt: skip
def test_scripts(words, tag):
    assert language(words) == tag
