"""Days, countries, numbers: understood exactly, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.parties.lists import checks, places
from entrepot.parties.lists.days import parse_days, whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.idents import file_identifier
from entrepot.parties.lists.ofac_remarks import file_remarks


@pytest.mark.parametrize(
    ("text", "days"),
    [("12 Jan 1960", ("1960-01-12",)), ("Jan 1960", ("1960-01",)), ("circa 1960", ("1960",)),
     ("1960 to 1962", ("1960", "1961", "1962")), ("dd/mm/1950", ("1950",)),
     ("00/03/1950", ("1950-03",)), ("31/02/1950", ()), ("1960-01-12T10:00:00Z", ("1960-01-12",)),
     ("1900 to 1980", ("1900", "1980")), ("soon", ()), (None, ()), ("3 of 4", ()),
     ("05-Jun-2026", ("2026-06-05",)), ("2026-06-05T15:51:25.849+02:00", ("2026-06-05",))],
)  # fmt: skip
def test_days(text: str | None, days: tuple[str, ...]) -> None:
    assert parse_days(text) == days


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2200, 12, 31)))
def test_every_day_is_read_as_written(day: date) -> None:
    assert whole_day(day.isoformat()) == day
    assert whole_day(f"{day.day:02}/{day.month:02}/{day.year}") == day


def test_part_of_a_day_is_no_day() -> None:
    assert whole_day("2022-03") is None
    assert whole_day("2020 to 2021") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("Korea, North", "kp"), ("Democratic People's Republic of Korea", "kp"), ("Burma", "mm"),
     ("Russian Federation", "ru"), ("RU", "ru"), ("Palestinian", "ps"), ("Kosovo", "xk"),
     ("UNION OF SOVIET SOCIALIST REPUBLICS", "suhh"), ("None Identified", ""), ("Atlantis", ""),
     ("", ""), ("UK", "gb"), ("Turkey", "tr"), ("Congo, Democratic Republic of the", "cd")],
)  # fmt: skip
def test_countries(text: str, code: str) -> None:
    assert places.code(text) == code


def test_check_digits() -> None:
    assert checks.imo("IMO 1234567") == "IMO1234567"
    assert checks.imo("1234568") == ""
    assert checks.inn("1234567894") == "1234567894"
    assert checks.inn("1234567890") == ""
    assert checks.ogrn("1234567890127") == "1234567890127"
    assert checks.lei("529900EXAMPLE0TEST08") == "529900EXAMPLE0TEST08"
    assert checks.lei("529900EXAMPLE0TEST09") == ""
    assert checks.bic("ZZYXRUMM") == "ZZYXRUMM"
    assert checks.tail("ZZ-XYZ") == "ZZ-XYZ"
    assert checks.tail("MSN 449") == ""
    assert checks.tail("GALAXY") == ""


@given(st.integers(min_value=2, max_value=99_999), st.integers(min_value=1, max_value=9))
def test_a_wrong_check_digit_is_never_an_imo_number(body: int, shift: int) -> None:
    signs = [int(sign) for sign in f"{body:06}"]
    ship = sum(map(int.__mul__, signs, (7, 6, 5, 4, 3, 2))) % 10
    company = (11 - sum(map(int.__mul__, signs, (8, 6, 4, 2, 9, 7))) % 11) % 10
    digit = (ship + shift) % 10
    assert checks.imo(f"{body:06}{ship}") == f"IMO{body:06}{ship}"
    assert bool(checks.imo(f"{body:06}{digit}")) == (digit == company)


@pytest.mark.parametrize(
    ("label", "number", "country", "prop"),
    [("Tax ID No.", "1234567894", "ru", "innCode"), ("Tax ID No.", "12345", "cy", "taxNumber"),
     ("Tax ID No.", "1234567890", "ru", "taxNumber"), ("D-U-N-S Number", "12345", "", "dunsCode"),
     ("Tax ID No.", "1234567894", "cy", "taxNumber"),
     ("Registration Number", "1234567890127", "ru", "ogrnCode"),
     ("Registration Number", "HE 12345", "cy", "registrationNumber"),
     ("National ID No.", "77", "", "idNumber"), ("V.A.T. Number", "BG1", "bg", "vatCode"),
     ("Trade License No.", "9", "ae", "licenseNumber"), ("Passport", "A1", "", "idNumber"),
     ("Government Gazette Number", "12345678", "ru", "okpoCode")],
)  # fmt: skip
def test_numbers_of_an_organisation(label: str, number: str, country: str, prop: str) -> None:
    draft = Draft("x", "Organization")
    assert file_identifier(draft, label, number, country)
    assert draft.holds(prop, number)


def test_what_has_no_place_is_kept_as_a_note() -> None:
    draft = Draft("x", "Vessel")
    file_remarks(draft, "Digital Currency Address - XBT 1abc; gibberish; Gender Male.")
    party = draft.party([], "f", "l")
    assert party.properties["notes"] == (
        "Digital Currency Address - XBT 1abc", "gibberish", "gender: Male",
    )  # fmt: skip
    assert "gender" not in party.properties


@given(st.text(max_size=300))
def test_no_remark_breaks_the_reader(text: str) -> None:
    draft = Draft("x", "Person")
    file_remarks(draft, text)
    assert all(values for values in draft.party([], "f", "l").properties.values())


@given(st.lists(st.text(alphabet="bcdfgh", min_size=3), min_size=1, max_size=9))
def test_words_without_a_label_are_kept(words: list[str]) -> None:
    draft = Draft("x", "Person")
    file_remarks(draft, "; ".join(words))
    assert draft.party([], "f", "l").properties["notes"] == tuple(dict.fromkeys(words))


def test_a_name_is_not_repeated_among_weaker_names() -> None:
    draft = Draft("x", "Person")
    draft.add("weakAlias", "Zzyx", "Quux")
    draft.add("name", "Zzyx")
    found = draft.party([], "f", "l").properties
    assert (found["name"], found["weakAlias"]) == (("Zzyx",), ("Quux",))
