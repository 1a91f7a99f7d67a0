"""Identifiers: normalising, tails, what agrees and what contradicts."""

import pytest

from entrepot.parties.match.identifiers import (
    agreeing,
    asked,
    clashing,
    identifier,
    identifiers,
)
from entrepot.parties.match.tails import tail


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
    mine = identifiers("Vessel", {"imoNumber": ("9187629", "9074729")})
    theirs = identifiers("Vessel", {"imoNumber": ("9187629",)})
    assert clashing(mine, theirs) == []
    assert clashing(mine[1:], theirs)[0][0].value == "9074729"


def test_a_wrong_check_digit_is_kept_and_marked() -> None:
    found = identifier("IMO", "9187628")
    assert found is not None
    assert found.fits is False


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("IMO", "IMO No. 9074729", "9074729"),
        ("IMO", "9074729 IMO", "9074729"),
        ("IMO", "907 4729", "9074729"),
        ("INN", "INN 7707083893", "7707083893"),
        ("INN", "7707083893/770701001", "7707083893"),
        ("INN", "old 7707083894, now 7707083893", "7707083893"),
        ("TAX", "INN 7707083893", "7707083893"),
        ("TAX", "ИНН/КПП 7707083893/770701001", "7707083893"),
        ("TAX", "1234567890/770701001", "1234567890770701001"),
        ("REGISTRATION", "HRB 12345", "HRB12345"),
        ("REGISTRATION", "NO12345AB", "NO12345AB"),
        ("LEI", "LEI 529900T8BM49AURSDO55", "529900T8BM49AURSDO55"),
    ],
)
def test_the_number_is_taken_out_of_its_text(kind: str, text: str, value: str) -> None:
    found = identifier(kind, text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("kind", ["IMO", "INN", "TAX", "PASSPORT"])
def test_one_digit_repeated_is_no_number(kind: str) -> None:
    assert identifier(kind, "0000000") is None
    assert identifier(kind, "1111111111") is None


def pair(
    name: str, mine: tuple[str, ...], theirs: tuple[str, ...], **other: tuple[str, ...]
) -> int:
    schema = "Airplane" if name == "serialNumber" else "LegalEntity"
    one = identifiers(schema, {name: mine, **other})
    return len(clashing(one, identifiers(schema, {name: theirs, **other})))


def test_a_wrong_check_digit_contradicts_nothing_from_either_side() -> None:
    assert pair("imoNumber", ("9187629",), ("9074729",)) == 1
    assert pair("imoNumber", ("9187628",), ("9074729",)) == 0
    assert pair("imoNumber", ("9074729",), ("9187628",)) == 0
    assert pair("innCode", ("7707083894",), ("7736050003",)) == 0


def test_a_radio_identity_or_serial_number_contradicts_only_one_against_one() -> None:
    assert pair("mmsi", ("572469210",), ("273456789",)) == 1
    assert pair("mmsi", ("572469210", "372469210"), ("273456789",)) == 0
    assert pair("serialNumber", ("22113",), ("22114",)) == 1


def test_a_tax_number_is_of_the_country_whose_check_it_passes() -> None:
    found = identifiers("Company", {"taxNumber": ("100582333",), "country": ("by",)})
    assert found[0].kind == "UNP"
    found = identifiers("Company", {"taxNumber": ("100582334",), "country": ("by",)})
    assert found[0].kind == "TAX"
    found = identifiers("Company", {"taxNumber": ("100582333",), "country": ("ru",)})
    assert found[0].kind == "TAX"
    found = identifiers("Company", {"idNumber": ("940140000385",), "jurisdiction": ("KZ",)})
    assert found[0].kind == "BIN"
    assert pair("taxNumber", ("100582333",), ("100059271",), country=("by",)) == 1
    assert pair("taxNumber", ("100582333",), ("100059271",), country=("de",)) == 0


@pytest.mark.parametrize(
    ("schema", "name", "number"),
    [
        ("Vessel", "imoNumber", "9187629"),
        ("Vessel", "mmsi", "572469210"),
        ("Vessel", "callSign", "ZZ1AB"),
        ("Company", "innCode", "7707083893"),
        ("Company", "leiCode", "529900T8BM49AURSDO55"),
        ("Company", "swiftBic", "SABRRUMM"),
        ("Person", "passportNumber", "AB 12345"),
        ("Airplane", "registrationNumber", "EP-GXM"),
        ("Airplane", "serialNumber", "22113"),
    ],
)
def test_a_number_of_unknown_kind_agrees_with_any_and_contradicts_none(
    schema: str, name: str, number: str
) -> None:
    listed = identifiers(schema, {name: (number,)})
    for kind in (schema, None):
        assert agreeing(asked(kind, {"idNumber": (number,)}), listed)
    for other in ("9074729", "273456789", "7736050003", "EP-GXN", "22114"):
        assert clashing(asked(None, {"idNumber": (other,)}), listed) == []
