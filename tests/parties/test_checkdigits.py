"""Check digits: one right and one wrong number worked by hand for each rule."""

import pytest

from entrepot.parties import checkdigits
from entrepot.parties.lists import checks


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("IMO", "9187629", "9187628"),
        ("IMO", "1234565", "1234566"),  # a company: 8+12+12+8+45+42 = 127 = 11 * 11 + 6; 11 - 6 = 5
        ("INN", "7707083893", "7707083894"),
        ("INN", "500100732259", "500100732258"),  # second digit
        ("INN", "500100732259", "500100732241"),  # first digit; the second fits it
        ("OGRN", "1027700132195", "1027700132196"),
        ("OGRN", "1027700132195", "0000000000011"),  # its digit fits, but it begins with 0
        ("OGRN", "300000000000015", "300000000000016"),  # 15 digits: remainder 5 by 13
        ("OGRN", "300000000000060", "300000000000061"),  # remainder 10
        ("OGRN", "300000000000082", "300000000000083"),  # remainder 12
        ("UNP", "100582333", "100582334"),
        ("BIN", "940140000385", "940140000386"),
        ("BIN", "940140000909", "940140000900"),  # remainder 10, so by the second weights: 131
        ("LEI", "529900T8BM49AURSDO55", "529900T8BM49AURSDO56"),
        ("MMSI", "572469210", "972469210"),
        ("BIC", "SABRRUMM", "SAB1RUMM"),
    ],
)
def test_check_digits(kind: str, right: str, wrong: str) -> None:
    assert checkdigits.CHECKS[kind](right)
    assert not checkdigits.CHECKS[kind](wrong)


@pytest.mark.parametrize("kind", ["IMO", "MMSI", "INN", "OGRN", "UNP", "BIN", "LEI"])
def test_one_digit_repeated_passes_no_check(kind: str) -> None:
    for length in range(1, 21):
        assert not any(checkdigits.CHECKS[kind](str(digit) * length) for digit in range(10))


def test_a_credit_code_needs_its_last_sign() -> None:
    assert checkdigits.credit_code("91350100M000100Y43")
    assert not checkdigits.credit_code("91350100M000100Y44")
    assert not checkdigits.credit_code("0" * 18)


def test_lists_keep_company_numbers_of_the_imo_and_refuse_fillers() -> None:
    assert checks.imo("IMO 1234565") == "IMO1234565"
    assert checks.imo("IMO 1234566") == checks.imo("0000000") == checks.inn("0000000000") == ""
    assert checks.mmsi("273 456 789") == "273456789"
    assert checks.mmsi("123456789") == ""


def test_a_long_number_that_followthemoney_refuses_is_not_filed_as_exact() -> None:
    assert checks.ogrn("300000000000015") == "300000000000015"
    assert checkdigits.ogrn("300000000000082")
    assert checks.ogrn("300000000000082") == ""
