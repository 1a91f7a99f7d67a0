"""Each layout on a small file with invented entries: what is read, and where it stood."""

import gzip
import hashlib
from datetime import date
from pathlib import Path

import pytest
from tests.parties.lists.listfiles import FILES, OFAC

from entrepot.errors import RequestError
from entrepot.parties.lists import LAYOUTS, ListEdition, read_list
from entrepot.parties.lists.layout import layout_of
from entrepot.parties.party import Party

SINGLE = {
    "ofac_advanced.xml": ("ofac-advanced", "ofac-sdn", date(2024, 5, 3)),
    "eu.xml": ("eu-xml", "eu-fsf", date(2026, 6, 5)),
    "uk_conlist.csv": ("uk-conlist", "uk-ofsi", date(2025, 6, 3)),
    "uk_list.csv": ("uk-csv", "uk-sanctions", date(2026, 6, 5)),
    "uk_list.xml": ("uk-xml", "uk-sanctions", date(2026, 6, 5)),
    "un.xml": ("un-xml", "un-sc", date(2026, 2, 27)),
    "seco.xml": ("seco-xml", "ch-seco", date(2026, 8, 27)),
    "csl.csv": ("csl-csv", "us-csl", None),
    "csl.json": ("csl-json", "us-csl", None),
    "entities.ftm.json": ("ftm-json", "xx_invented", None),
    "own.csv": ("plain-csv", "own", None),
}


def by_id(edition: ListEdition) -> dict[str, Party]:
    return {party.party_id: party for party in edition.parties}


@pytest.mark.parametrize("name", SINGLE)
def test_the_layout_is_told_from_the_content_and_not_from_the_name(
    name: str, tmp_path: Path
) -> None:
    layout, list_id, day = SINGLE[name]
    path = tmp_path / "download.bin"
    path.write_bytes((FILES / name).read_bytes())
    edition = read_list(path)
    if layout == "plain-csv":
        list_id = "download"
    assert (edition.layout, edition.list_id, edition.published_on) == (layout, list_id, day)
    assert edition.layout in LAYOUTS
    assert not edition.refused


@pytest.mark.parametrize("name", SINGLE)
def test_every_party_names_the_bytes_and_the_place(name: str) -> None:
    edition = read_list(FILES / name)
    digest = hashlib.sha256((FILES / name).read_bytes()).hexdigest()
    for party in edition.parties:
        assert party.lineage is not None
        assert party.lineage.file_id == digest
        assert any(sign.isdigit() for sign in party.lineage.locator)
        assert party.listings
        assert party.names()


@pytest.mark.parametrize(
    ("name", "key"),
    [("ofac_advanced.xml", "ofac-102"), ("eu.xml", "eu-fsf-eu-1-11"),
     ("uk_conlist.csv", "gb-hmt-14001"), ("uk_list.csv", "gb-fcdo-rus0001"),
     ("uk_list.xml", "gb-fcdo-rus0001"), ("un.xml", "unsc-1"), ("seco.xml", "ch-seco-100")],
)  # fmt: skip
def test_one_person_in_seven_layouts(name: str, key: str) -> None:
    """Name, native script, weak alias, passport and birth year are found in all of them."""
    person = by_id(read_list(FILES / name))[key]
    assert person.schema == "Person"
    assert person.caption.casefold().split()[0] == "testan"
    assert person.caption.casefold().split()[-1] == "madeupov"
    natives = [alias.casefold() for alias in person.properties["alias"]]
    assert "тестан мэйдапов" in natives
    assert [one.casefold() for one in person.properties["weakAlias"]] == ["the tester"]
    assert person.properties["passportNumber"] == ("AB123456",)
    assert person.properties["birthDate"][0].startswith("1960")


def test_an_ofac_set() -> None:
    edition = read_list(*OFAC)
    parties = by_id(edition)
    assert (edition.list_id, edition.published_on, edition.notes) == ("ofac-sdn", None, ())
    assert len(edition.files) == 4
    firm, man = parties["ofac-101"], parties["ofac-102"]
    assert firm.properties["innCode"] == ("1234567894",)
    assert firm.properties["ogrnCode"] == ("1234567890127",)
    assert firm.properties["leiCode"] == ("529900EXAMPLE0TEST08",)
    assert firm.properties["swiftBic"] == ("ZZYXRUMM",)
    assert firm.properties["weakAlias"] == ("ZZYX",)
    assert firm.properties["previousName"] == ("OLD ZZYX",)
    assert firm.listings[0].programs == ("TEST-EO1", "TEST-EO2")
    assert firm.properties["notes"] == ("Linked To: QUUX HOLDING.",)
    assert man.caption == "Testan Fiktivovich MADEUPOV"
    assert man.properties["lastName"] == ("MADEUPOV",)
    assert man.properties["birthDate"] == ("1960-01-12", "1961", "1962", "1963")
    assert man.properties["country"] == ("kp", "ru")
    assert man.properties["taxNumber"] == ("123",)  # no taxpayer number has three digits
    assert "Secondary sanctions risk: example words." in man.properties["notes"]


def test_a_ship_and_two_aircraft_of_ofac() -> None:
    parties = by_id(read_list(*OFAC))
    ship = parties["ofac-103"].properties
    assert (ship["imoNumber"], ship["mmsi"]) == (("IMO1234567",), ("273456789",))
    assert (ship["flag"], ship["pastFlags"], ship["previousName"]) == (
        ("pa",), ("mt",), ("OLD STAR",),
    )  # fmt: skip
    assert (ship["tonnage"], ship["callSign"]) == (("99144",), ("ZZ1AB",))
    by_tail, by_number = parties["ofac-104"].properties, parties["ofac-105"].properties
    assert (by_tail["name"], by_tail["registrationNumber"]) == (("ZZ-XYZ",), ("ZZ-XYZ",))
    assert by_tail["serialNumber"] == ("1023",)
    assert (by_number["registrationNumber"], by_number["previousName"]) == (
        ("ZZ-ABC",), ("ZZ-ABD",),
    )  # fmt: skip


def test_a_set_without_aliases_says_so() -> None:
    edition = read_list(OFAC[0])
    assert "No file of aliases or addresses or comments was given" in edition.notes[0]


def test_days_of_listing() -> None:
    """Only what a list prints: the EU's second entry has no day of designation."""
    eu = by_id(read_list(FILES / "eu.xml"))
    assert eu["eu-fsf-eu-1-11"].listings[0].listed_on == date(2022, 3, 15)
    assert eu["eu-fsf-eu-2-22"].listings[0].listed_on is None
    advanced = by_id(read_list(FILES / "ofac_advanced.xml"))
    assert advanced["ofac-102"].listings[0].listed_on == date(2001, 12, 4)
    gone = by_id(read_list(FILES / "seco.xml"))["ch-seco-200"].listings[0]
    assert (gone.listed_on, gone.ended_on) == (date(2020, 1, 1), date(2023, 6, 1))


def test_old_names_in_swiss_changes_are_no_names_of_today() -> None:
    person = by_id(read_list(FILES / "seco.xml"))["ch-seco-100"]
    assert "Not A Name Of Today" not in person.names()


def test_the_screening_list_is_the_same_in_csv_and_json() -> None:
    one, two = by_id(read_list(FILES / "csl.csv")), by_id(read_list(FILES / "csl.json"))
    assert set(one) == set(two) == {"us-csl-aa11", "ofac-102"}
    firm = two["us-csl-aa11"]
    assert firm.schema == "LegalEntity"  # BIS does not say what it is
    assert firm.listings[0].list_id == "us-csl/el"
    assert one["us-csl-aa11"].properties["alias"] == firm.properties["alias"]
    assert two["ofac-102"].properties["passportNumber"] == ("AB123456",)


def test_entities_that_stand_beside_the_listed_ones_are_passed_over() -> None:
    edition = read_list(FILES / "entities.ftm.json")
    assert set(by_id(edition)) == {"Q-invented-1", "v-1"}
    assert edition.notes == (
        "Passed over, as the file does not mark them as listed: 1 of its parties.",
    )
    person = by_id(edition)["Q-invented-1"]
    assert person.properties["passportNumber"] == ("AB123456",)
    assert person.listings[0].record_id == "XX1"


def test_a_file_of_entities_without_marks_is_a_list_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(
        '{"id": "a", "schema": "Company", "properties": {"name": ["Zzyx"]}}\n', encoding="utf-8"
    )
    edition = read_list(path, list_id="mine")
    assert [one.listings[0].list_id for one in edition.parties] == ["mine"]


def test_a_list_of_ones_own() -> None:
    parties = by_id(read_list(FILES / "own.csv"))
    assert parties["own-1"].listings[0].listed_on == date(2022, 3, 1)
    assert parties["own-1"].properties["alias"] == ("ZZYX Trade", "Old Zzyx")
    assert parties["own-2"].properties["birthDate"] == ("1960-01-12",)
    assert (parties["own-3"].schema, parties["own-3"].properties["imoNumber"]) == (
        "Vessel", ("IMO1234567",),
    )  # fmt: skip


def test_the_day_may_come_from_the_files_name_and_gzip_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "sdn_2024-05-03.csv.gz"
    path.write_bytes(gzip.compress(OFAC[0].read_bytes()))
    edition = read_list(path)
    assert (edition.published_on, edition.published_from) == (date(2024, 5, 3), "name")
    assert edition.file_id == hashlib.sha256(path.read_bytes()).hexdigest()


def test_files_that_are_no_set() -> None:
    with pytest.raises(RequestError, match="expected one list"):
        read_list(FILES / "eu.xml", FILES / "un.xml")
    with pytest.raises(RequestError, match="with its main file"):
        read_list(OFAC[1])
    with pytest.raises(RequestError, match="expected small letters"):
        read_list(FILES / "eu.xml", list_id="../x y")


def test_parts_of_a_set_are_told_from_their_columns() -> None:
    assert [layout_of(path) for path in OFAC] == [
        "ofac-csv", "ofac-aliases", "ofac-addresses", "ofac-comments",
    ]  # fmt: skip
