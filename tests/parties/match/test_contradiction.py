"""What birth dates and shared or different identifiers do to a score."""

import pytest
from tests.parties.match.world import matcher, party

from entrepot.parties.match.contradiction import DAY, SAME_DAY, SAME_YEAR, YEAR, facts
from entrepot.parties.match.matcher import Matcher, Query


@pytest.mark.parametrize(
    ("asked", "listed", "score"),
    [
        ("1961-04-05", "1961-04-05", SAME_DAY),
        ("05.04.1961", "1961-04-05", SAME_DAY),
        ("1961", "1961-04-05", SAME_YEAR),
        ("1961-04-06", "1961-04-05", DAY),
        ("1961-05-04", "1961-04-05", DAY / 2),
        ("1985", "1961-04-05", YEAR),
        ("1985-01-02", "1961-04-05", YEAR + DAY),
        ("1985-01-02", "1961", YEAR),
    ],
)
def test_birth_dates_move_the_score(asked: str, listed: str, score: float) -> None:
    found = facts({"birthDate": (asked,)}, {"birthDate": (listed,)})
    assert [one.score for one in found] == [pytest.approx(score)]


@pytest.mark.parametrize("text", ["unknown", "03/02/1961", "1961-02-30", "n/a 1999"])
def test_a_text_that_is_no_birth_date_contradicts_nothing(text: str) -> None:
    assert facts({"birthDate": (text,)}, {"birthDate": ("1975-06-07",)}) == []
    assert facts({"birthDate": ("1975-06-07",)}, {"birthDate": (text,)}) == []


SHIP = party("v", "Vessel", "ARTAMELLA", imoNumber="9187629", mmsi="572469210", callSign="ZZ1AB")
FIRM = party("c", "Company", "OOO Veladzor", innCode="7707083893", ogrnCode="1027700132195",
             kppCode="770701001", registrationNumber="AB-12345")  # fmt: skip
SMALL = Matcher.build((SHIP, FIRM), algorithm="fallback")


def score(name: str, schema: str, **other: str) -> float:
    return SMALL.match(Query.of(name, schema, **other), threshold=0.0)[0].score


def test_a_call_sign_in_common_does_not_excuse_another_ship_number() -> None:
    assert score("ARTAMELLA", "Vessel", imoNumber="9074729", callSign="ZZ1AB") <= 0.6
    assert score("ARTAMELLA", "Vessel", imoNumber="9074729", mmsi="572469210") <= 0.6


def test_a_register_number_or_kpp_does_not_excuse_another_tax_number() -> None:
    other = {"innCode": "7736050003"}
    assert score("OOO Veladzor", "Company", kppCode="770701001", **other) <= 0.6
    assert score("OOO Veladzor", "Company", registrationNumber="AB-12345", **other) <= 0.6


def test_a_number_of_which_a_party_has_one_excuses_another() -> None:
    found = score("OOO Veladzor", "Company", innCode="7736050003", ogrnCode="1027700132195")
    assert found >= 0.95


@pytest.mark.parametrize(
    "number", ["IMO No. 9187629", "9187629 IMO", "0000000", "9187628", "9074728"]
)
def test_the_way_a_ship_number_is_written_never_hides_the_ship(number: str) -> None:
    assert score("ARTAMELLA", "Vessel", imoNumber=number) >= score("ARTAMELLA", "Vessel")


@pytest.mark.parametrize("number", ["INN 7707083893", "7707083893/770701001", "7707083894"])
def test_the_way_a_tax_number_is_written_never_hides_the_firm(number: str) -> None:
    assert score("Veladzor", "Company", innCode=number) >= score("Veladzor", "Company")


def test_another_radio_identity_takes_a_little_away() -> None:
    plain = score("ARTAMELLA", "Vessel")
    assert score("ARTAMELLA", "Vessel", mmsi="273456789") == pytest.approx(plain - 0.1)
    same = score("ARTAMELLA", "Vessel", mmsi="273456789", imoNumber="9187629")
    assert same == max(plain, 0.95)


def test_a_number_of_unknown_kind_finds_the_party_and_never_hides_one() -> None:
    for number in ("9187629", "IMO 9187629", "572469210", "7707083893", "770 708 3893", "22113",
                   "EPGXM", "529900T8BM49AURSDO55"):  # fmt: skip
        assert matcher("fallback").match(Query(None, {"idNumber": (number,)}))
    plain = score("ARTAMELLA", "Vessel")
    assert score("ARTAMELLA", "Vessel", idNumber="9074729") == plain
