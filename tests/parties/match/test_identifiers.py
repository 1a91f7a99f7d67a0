"""Identifiers: check digits, normalising, tails."""

import pytest

from entrepot.parties.match import checks
from entrepot.parties.match.identifiers import agreeing, clashing, identifier, identifiers
from entrepot.parties.match.tails import tail


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (checks.imo, "9187629", "9187628"),
        (checks.inn, "7707083893", "7707083894"),
        (checks.inn, "500100732259", "500100732258"),
        (checks.ogrn, "1027700132195", "1027700132196"),
        (checks.unp, "100582333", "100582334"),
        (checks.bin_iin, "940140000385", "940140000386"),
        (checks.lei, "529900T8BM49AURSDO55", "529900T8BM49AURSDO56"),
        (checks.mmsi, "572469210", "972469210"),
        (checks.bic, "SABRRUMM", "SAB1RUMM"),
    ],
)
def test_check_digits(check, right: str, wrong: str) -> None:  # type: ignore[no-untyped-def]
    assert check(right)
    assert not check(wrong)


@pytest.mark.parametrize("text", ["EP-GOM", "ep-gom", "EP–GOM", " EP-GOM "])
def test_a_hyphenated_tail_is_one_wherever_it_stands(text: str) -> None:
    assert tail(text, surely=False) == "EPGOM"


def test_a_tail_without_hyphen_counts_only_for_an_aircraft() -> None:
    assert tail("EPGOM", surely=True) == "EPGOM"
    assert tail("EPGOM", surely=False) is None
    assert tail("N200VR", surely=True) == "N200VR"
    assert tail("Veladzor", surely=True) is None
    assert tail("QQ-GOM", surely=True) is None


def test_numbers_are_compared_without_their_dress() -> None:
    assert identifier("IMO", "IMO 9187629").value == "9187629"  # type: ignore[union-attr]
    assert identifier("INN", "12") is None


def test_a_tax_number_meets_the_same_number_under_another_kind() -> None:
    mine = identifiers("Company", {"taxNumber": ("7707083893",)})
    theirs = identifiers("Company", {"innCode": ("7707083893",)})
    assert len(agreeing(mine, theirs)) == 1


def test_one_number_in_common_is_no_clash() -> None:
    mine = identifiers("Vessel", {"imoNumber": ("9187629", "9187631")})
    theirs = identifiers("Vessel", {"imoNumber": ("9187629",)})
    assert clashing(mine, theirs) == []
    assert clashing(mine[1:], theirs)[0][0].value == "9187631"


def test_a_wrong_check_digit_is_kept_and_marked() -> None:
    found = identifier("IMO", "9187628")
    assert found is not None
    assert found.fits is False
