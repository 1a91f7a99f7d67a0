import contextlib

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.codes import aliases, country
from entrepot.errors import CodeError

ALL = sorted(entry.alpha_3 for entry in pycountry.countries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BY", "BLR"),
        ("blr", "BLR"),
        ("Belarus", "BLR"),
        ("112", "BLR"),
        ("31", "AZE"),
        ("643", "RUS"),
        ("Russian Federation (Russia)", "RUS"),
        ("Russia", "RUS"),
        ("Belarus (Belorussia)", "BLR"),
        ("Germany (incl. German Democratic Republic 'DD' from 1991)", "DEU"),
        ("France (incl. Saint Barthélemy 'BL' -> 2012; incl. Mayotte 'YT' from 2014)", "FRA"),
        ("Ireland (Eire)", "IRL"),
        ("Czechia", "CZE"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Kyrgyz, Republic", "KGZ"),
        ("KYRGHYZSTAN", "KGZ"),
        ("U ARAB EMTS", "ARE"),
        ("EL", "GRC"),
        ("UK", "GBR"),
        ("XU", "GBR"),
        ("XI", "GBR"),
        ("XS", "SRB"),
        ("XK", "XKX"),
        ("ROM", "ROU"),
        ("842", "USA"),
        ("Congo", "COG"),
        ("Congo (Democratic Republic of the)", "COD"),
        ("Dem. Rep. of the Congo", "COD"),
        ("Korea, Republic of (South Korea)", "KOR"),
        ("Dem. People's Rep. of Korea", "PRK"),
        ("Côte d’Ivoire (Ivory Coast)", "CIV"),
        ("Can", "CAN"),
        (" kazakhstan ", "KAZ"),
    ],
)
def test_parse(text: str, expected: str) -> None:
    assert country.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "EU27_2020",
        "EU27",
        "EU28",
        "EU",
        "European Union - 27 countries (from 2020)",
        "EXT_EU27_2020",
        "Extra-EU",
        "World",
        "WORLD",
        "Total",
        "W00",
        "0",
        "Euro area (EA11-1999, EA12-2001)",
        "EA19",
        "EA20",
        "CIS",
        "OPEC",
        "TOTAL FOR ALL COUNTRIES",
    ],
)
def test_a_group_is_refused_as_a_group(text: str) -> None:
    assert country.is_group(text)
    with pytest.raises(CodeError, match="a group of countries") as caught:
        country.parse(text)
    assert caught.value.got == text
    assert caught.value.hint


@pytest.mark.parametrize("text", ["QP", "QQ", "QR", "QS", "QU", "QV", "QW", "QX", "QY", "QZ"])
def test_comext_codes_for_no_country(text: str) -> None:
    with pytest.raises(CodeError, match="not a country"):
        country.parse(text)


def test_former_state_and_unknown() -> None:
    with pytest.raises(CodeError, match="former state"):
        country.parse("YUG")
    with pytest.raises(CodeError, match="not in the country list") as caught:
        country.parse("Kirgistan")
    assert "Kyrgyzstan (KGZ)" in caught.value.hint
    with pytest.raises(CodeError, match="not in the country list"):
        country.parse("")


def test_every_iso_form_leads_to_its_country() -> None:
    for entry in pycountry.countries:
        for field in ("alpha_2", "alpha_3", "numeric", "name", "official_name", "common_name"):
            if text := getattr(entry, field, None):
                assert country.parse(text) == entry.alpha_3, text


@pytest.mark.parametrize("code", ALL)
def test_names_and_alpha2_lead_back(code: str) -> None:
    assert country.parse(country.name(code)) == code
    assert country.parse(country.alpha2(code)) == code


@given(st.text())
def test_any_text_is_a_country_or_a_code_error(text: str) -> None:
    with contextlib.suppress(CodeError):
        found = country.parse(text)
        assert found in ALL or found == country.KOSOVO


def test_names() -> None:
    printed = [country.name(code) for code in ("RUS", "KGZ", "TUR", "KOR", "XKX")]
    assert printed == ["Russia", "Kyrgyzstan", "Türkiye", "South Korea", "Kosovo"]
    with pytest.raises(CodeError):
        country.name("QQQ")
    assert country.alpha2("XKX") == "XK"


def test_aliases_lead_to_countries() -> None:
    targets = {*aliases.CODES.values(), *aliases.NAMES.values(), *aliases.SHORT_NAMES}
    assert targets <= {*ALL, country.KOSOVO}


def test_members() -> None:
    assert len(country.members("EU")) == 27
    assert country.members("EU") == country.members("EU27")
    assert "GBR" not in country.members("eu")
    assert country.members("GB") == {"GBR"}
    with pytest.raises(CodeError):
        country.members("NATO")


@pytest.mark.shared
def test_labels_of_real_files(shared) -> None:
    import csv

    with (shared / "trade/eu_total_exports_monthly_2019_2024.csv").open() as file:
        rows = list(csv.DictReader(file))
    labels = {row["REPORTER"] for row in rows} | {row["PARTNER"] for row in rows}
    countries = {country.parse(label) for label in labels if not country.is_group(label)}
    assert countries >= country.members("EU") | {"KGZ", "KAZ", "ARM"}
