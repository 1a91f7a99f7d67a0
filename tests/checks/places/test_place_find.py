"""Sites by name from the real packages, and the traps that were seen in them."""

import bz2
from pathlib import Path

import pytest

from entrepot.checks.places import known as table
from entrepot.checks.places.find import look_up, site_at, site_named, site_of
from entrepot.checks.places.locode import codes_called
from entrepot.checks.site import distance_km
from entrepot.errors import CodeError, RequestError, SourceError

# four rows in the shape of UN/LOCODE 2018-1: no header, coordinates in degrees and minutes
ROWS = ""","BY",,".BELARUS",,,,,,,,
,"BY","BNV","Baranovichi","Baranovichi","HR","--3-----","RL","1101",,"5340N 02343E",""
,"BY","OSH","Orsha","Orsha","VI","-23-----","RL","0701",,"5430N 03024E",
,"BY","BQT","Brest","Brest",,"-23-----","AI","9401",,,
,"US","MOW","Moscow","Moscow","ID","--3-----","RQ","0401",,"4644N 11700W",
"""


@pytest.fixture
def unlocode(tmp_path: Path) -> Path:
    path = tmp_path / "unlocode.csv.bz2"
    path.write_bytes(bz2.compress(ROWS.encode()))
    return path


def test_the_locode_of_baranovichi_is_outvoted_and_named(unlocode: Path) -> None:
    site = site_named("Baranovichi", unlocode=unlocode)
    assert (site.latitude_deg, site.longitude_deg, site.country) == (53.13, 26.01, "BLR")
    assert "GeoNames 630429 and airportsdata UMMA" in site.note
    # field measurement: about 164 km from the repair plant, 163 from the town
    assert "UN/LOCODE BYBNV puts it 163 km off and is not used" in site.note
    assert any(line.startswith("UN/LOCODE BYBNV") and "not used" in line for line in site.sources)


def test_the_same_in_another_script() -> None:
    assert site_named("Барановичи") == site_named("Baranovichi")


def test_an_icao_code_gives_the_airfield_backed_by_its_town() -> None:
    site = site_named("UMMA")
    assert (site.latitude_deg, site.longitude_deg) == (53.10, 26.05)
    assert "GeoNames 630429" in site.note


def test_two_sources_that_differ_are_refused(unlocode: Path) -> None:
    with pytest.raises(RequestError, match=r"UN/LOCODE BYBNV puts it 163 km from GeoNames 630429"):
        site_named("BYBNV", unlocode=unlocode)
    # airportsdata has Borovaya 38 km south of Minsk; it lies at its eastern edge
    with pytest.raises(RequestError, match=r"UMMB puts it 39 km from GeoNames 625144 \(Minsk\)"):
        site_named("UMMB")


def test_one_source_is_refused_unless_it_is_accepted(unlocode: Path) -> None:
    with pytest.raises(RequestError, match="only GeoNames 624079 has") as refused:
        site_named("Orsha, Belarus")
    assert "--one-source" in refused.value.hint
    assert "Only GeoNames 624079" in site_named("Orsha, BLR", one_source=True).note
    assert "UN/LOCODE BYOSH" in site_named("Orsha, BY", unlocode=unlocode).note


def test_a_small_namesake_with_two_sources_does_not_win_over_a_larger_town() -> None:
    # Orsa in Sweden has an airfield of its name; Orsha in Belarus is fourteen times as large
    with pytest.raises(RequestError, match="which is 3 places") as refused:
        site_named("Orsha")
    assert "Orsha BLR" in str(refused.value)
    assert "Orsa SWE" in str(refused.value)


def test_several_places_are_listed_with_their_countries() -> None:
    with pytest.raises(RequestError, match=r"Brest BLR .* Brest FRA") as refused:
        site_named("Brest")
    assert "Brest, BLR" in refused.value.hint
    assert site_named("Brest", country="FR").country == "FRA"
    assert site_named("Brest, BY").country == "BLR"


def test_a_name_that_dwarfs_the_others_is_meant_and_others_are_named() -> None:
    site = site_named("Moscow")
    assert site.country == "RUS"
    assert "Also called Moscow: Moscow USA" in site.note


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(RequestError, match="'Qqqq', which is no place"):
        site_named("Qqqq")
    with pytest.raises(CodeError):
        site_named("Brest", country="Atlantis")


def test_points_tell_the_nearest_town_so_that_a_swap_is_seen() -> None:
    site = site_of("53.10,26.05")
    assert site.name == "53.10 N 26.05 E"
    assert site.country == ""
    assert "Baranovichi BLR, 5 km" in site.note
    assert "IRN" in site_at("26.05,53.10").note


def test_nearest_town_over_the_antimeridian_and_at_the_pole() -> None:
    # Labasa on Vanua Levu, Fiji, at 179.36 E: from 179.9 W it is 80 km, not the way round
    assert "FJI" in site_at("-16.4,-179.9").note
    assert "km" in site_at("90,0").note


def test_every_row_of_the_table_has_two_sources_that_agree() -> None:
    assert len(table.table()) == 6
    for row in table.table():
        assert row.apart_km <= table.NEAR_KM, row.site.name
        assert {certainty for *_, certainty in row.said} <= {"read", "from memory"}
        # no finer than two decimals
        assert row.site.latitude_deg == round(row.site.latitude_deg, 2)
        assert row.site.longitude_deg == round(row.site.longitude_deg, 2)


def test_names_of_the_table_are_each_of_one_row() -> None:
    names = [name for row in table.table() for name in row.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "north", "east"),
    [
        ("558th aircraft repair plant", 53.10, 26.05),
        ("UMLI", 53.77, 27.58),
        ("minsk-2", 53.88, 28.03),
        ("Кубинка", 55.61, 36.65),
        ("Orsha-Krasnoye", 54.64, 31.02),
        ("Mazyr", 52.04, 29.22),
    ],
)
def test_the_table_of_sites(name: str, north: float, east: float) -> None:
    site = site_named(name)
    assert (site.latitude_deg, site.longitude_deg) == (north, east)
    assert len(site.sources) == 2


def test_a_country_that_is_not_the_table_s_goes_past_it() -> None:
    assert look_up("Kubinka", country="RUS").known is not None
    assert look_up("Kubinka", country="BLR").known is None


def test_the_real_list(shared: Path) -> None:
    path = shared / "verification" / "unlocode-2018-1.csv.bz2"
    (row,) = codes_called(path, frozenset({"baranovichi"}))
    assert row.key == "BYBNV"
    site = site_named("558 ARZ")
    # verification.md: about 164 km from the city of the plant
    assert distance_km(site, row.place()) == pytest.approx(166.5, abs=1)
    assert "UN/LOCODE BYMAZ" in site_named("Mozyr", unlocode=path).sources[-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html>no</html>\n", "got 1 cells"),
        ("Change,Country,Location,Name,N,S,F,S,D,I,Coordinates\n", "'Country' for the country"),
        (',"BY","BNV","Baranovichi","Baranovichi","","","","",,"5340 2343",\n', "5340 2343"),
    ],
)
def test_a_broken_list_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(SourceError, match=r"list\.csv, line 1") as refused:
        codes_called(path, frozenset({"baranovichi"}))
    assert said in str(refused.value)


def test_a_list_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        codes_called(tmp_path / "none.csv", frozenset({"x"}))
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b',"DE","CGN","K\xf6ln"\n')
    with pytest.raises(SourceError, match="not UTF-8 at byte 14"):
        codes_called(latin, frozenset({"x"}))
