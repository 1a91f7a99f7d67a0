"""Missions near a site: the measured cases, and status as of a day."""

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from entrepot.checks.places.find import site_named
from entrepot.checks.posts.listed import Posts, read_posts, shipped_posts
from entrepot.checks.posts.missions import Mission, read_missions, repeats, without_repeats
from entrepot.checks.posts.near import by_city, notes_on, posts_near
from entrepot.checks.posts.status import STATES, Overlay, group_of, shipped_status
from entrepot.checks.site import Site
from entrepot.codes.country import name
from entrepot.errors import SourceError

DAY = date(2022, 8, 26)
HEAD = "operator;country;city;latitude;longitude;type;QID\n"


def near(site: Site, **options: object) -> dict[tuple[str, str], float]:
    """The nearest mission of each city, in km."""
    posts = posts_near(site, DAY, posts=shipped_posts(), status=shipped_status(), **options)  # type: ignore[arg-type]
    return {(one.name, one.host): one.from_km for one in by_city(posts)}


# The figures are those of the measured case: database-of-embassies e863374, 23 June 2022.
def test_nearest_to_baranovichi_is_the_minsk_area() -> None:
    found = posts_near(
        site_named("558 ARZ"), DAY, posts=shipped_posts(), status=shipped_status(), within_km=150
    )
    assert round(found[0].distance_km) == 132
    assert {one.host for one in found} == {"BLR"}
    assert [one.distance_km for one in found] == sorted(one.distance_km for one in found)


def test_nearest_to_the_other_sites() -> None:
    assert round(min(near(Site("Machulishchy", 53.7733, 27.58)).values())) == 12
    crossing = near(site_named("Orsha-Krasnoye"))
    assert round(crossing["Smolensk", "RUS"]) == 72
    assert round(crossing["Vitebsk", "BLR"]) == 80
    assert round(crossing["Minsk", "BLR"]) == 234
    assert round(near(site_named("Kubinka"))["Moscow", "RUS"]) == 51
    mozyr = near(site_named("Mozyr"))
    assert round(mozyr["Minsk", "BLR"]) == 233
    assert mozyr["Kyiv", "UKR"] < mozyr["Minsk", "BLR"]
    assert {host for _, host in near(site_named("Mozyr"), host="BLR")} == {"BLR"}


def test_most_and_within() -> None:
    everything = near(site_named("Mozyr"))
    assert max(everything.values()) <= 300
    few = posts_near(
        site_named("Mozyr"), DAY, posts=shipped_posts(), status=shipped_status(), most=3
    )
    assert len(few) == 3


def test_belarus_and_russia_are_counted_as_measured() -> None:
    for host, all_of, placed in (("BLR", 51, 49), ("RUS", 186, 168)):
        there = shipped_posts().of_host(host)
        assert (len(there), sum(one.latitude_deg is not None for one in there)) == (all_of, placed)
    assert "BLR: 51 missions, 49" in notes_on(shipped_posts(), DAY, "BLR")[-1]


def test_a_list_far_from_the_day_is_said_to_be_old() -> None:
    assert "64 days before the day" in notes_on(shipped_posts(), DAY)[0]
    assert "check each" not in notes_on(shipped_posts(), DAY)[0]
    assert "check each" in notes_on(shipped_posts(), date(2024, 1, 1))[0]
    assert "days after the day" in notes_on(shipped_posts(), date(2020, 1, 1))[0]
    assert "states no day" in notes_on(Posts((), None, "x.csv"), DAY)[0]


def test_a_closure_after_the_day_does_not_count() -> None:
    agency = Mission("POL", "RUS", "Consular Agency", "Smolensk", 54.7, 32.1, "Q1")
    status = shipped_status()
    words, is_shut = status.on(agency, date(2023, 8, 30))
    assert is_shut is False
    assert "later closed from 2023-08-31" in words
    assert status.on(agency, date(2023, 8, 31))[1] is True
    assert status.on(agency, date(2012, 4, 9))[1] is None
    assert status.on(agency, date(2012, 4, 9))[0].startswith("status unknown; open from 2012-04-10")


def test_the_us_embassy_in_minsk_on_and_before_its_day() -> None:
    embassy = next(
        one for one in shipped_posts().of_host("BLR") if one.operator == "USA"
    )  # fmt: skip
    assert shipped_status().on(embassy, date(2022, 2, 28))[1] is True
    assert shipped_status().on(embassy, date(2022, 2, 27))[1] is None
    assert "reuters.com" in shipped_status().on(embassy, DAY)[0]


def test_what_no_fact_speaks_of_is_unknown_and_never_open() -> None:
    # Latvia closed its consulate in Pskov, not the one in Vitebsk: facts stay with their city
    vitebsk = next(one for one in shipped_posts().missions if one.city == "Vitebsk")
    assert shipped_status().on(vitebsk, DAY) == ("status unknown", None)
    assert Overlay(()).on(vitebsk, DAY) == ("status unknown", None)
    irkutsk = Mission("POL", "RUS", "consulate general", "Irkutsk", 52.3, 104.3, "Q3")
    assert shipped_status().on(irkutsk, date(2026, 1, 1)) == ("status unknown", None)
    embassy = Mission("LVA", "RUS", "embassy", "Moscow", 55.8, 37.6, "Q2")
    assert shipped_status().on(embassy, DAY)[1] is None


def test_every_fact_has_a_source_and_countries() -> None:
    for fact in shipped_status().facts:
        assert fact.state in STATES
        assert fact.source
        assert fact.certainty == "read"
        assert name(fact.operator)
        assert name(fact.host)


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("embassy", "embassy"),
        ("British High Commission", "embassy"),
        ("de facto embassy", "embassy"),
        ("assistant high commission", "other"),
        ("honorary consulate", "consulate"),
        ("Consular Agency", "consulate"),
        ("liaison office", "other"),
    ],
)
def test_kinds_of_posts(kind: str, group: str) -> None:
    assert group_of(kind) == group


def test_repeats_with_the_same_place_go_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "missions_2023-01-02.csv"
    path.write_text(
        HEAD + "Latvia;Belarus;Minsk;53.9;27.6;embassy;http://www.wikidata.org/entity/Q1\n"
        "Latvia;Belarus;Minsk;;;embassy;Q2\n"
        "Latvia;Belarus;Minsk;53.901;27.6;embassy;Q3\n"
        "Latvia;Belarus;Minsk;53.99;27.6;embassy;Q4\n"
        "Latvia;Belarus;;;;embassy;Q5\n"
        "Latvia;Belarus;;;;embassy;Q6\n"
        "Quebec;Republic of Ireland;Dublin;53.3;-6.2;office;Q7\n"
    )
    posts = read_posts(path)
    assert [one.wikidata for one in posts.missions] == ["Q1", "Q4", "Q5", "Q6", "Q7"]
    assert (posts.as_of, posts.without_place) == (date(2023, 1, 2), 2)
    assert (posts.missions[-1].operator, posts.missions[-1].host) == ("Quebec", "IRL")
    assert read_posts(path, date(2024, 5, 6)).as_of == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("operator;country\n", "line 1: got no column city"),
        (HEAD + "Latvia;Belarus;Minsk;53.9;27.6\n", "line 2: got fewer cells"),
        (HEAD + "Latvia;Belarus;Minsk;153.9;27.6;embassy;Q1\n", "line 2: got latitude '153.9'"),
        (HEAD + "Latvia;Belarus;Minsk;nan;27.6;embassy;Q1\n", "line 2: got latitude 'nan'"),
        ("<html>", "line 1: got no column operator"),
    ],
)
def test_a_broken_list_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "missions.csv"
    path.write_text(text)
    with pytest.raises(SourceError, match=said):
        read_posts(path)


def test_the_shipped_table_is_what_the_tool_makes(shared: Path, tmp_path: Path) -> None:
    from runpy import run_path

    source = shared / "verification" / "missions" / "database_of_embassies_2022-06-23.csv"
    tool = Path(__file__).resolve().parents[3] / "tools" / "build_posts.py"
    run_path(str(tool))["main"](source, tmp_path)
    shipped = resources.files("entrepot.checks.posts").joinpath("data")
    for file in ("missions.csv.gz", "missions.json"):
        assert (tmp_path / file).read_bytes() == shipped.joinpath(file).read_bytes()
    rows = read_missions(source)
    assert (len(rows), repeats(rows)) == (9726, 210)
    assert sum(one.latitude_deg is not None for one in rows) == 8469
    assert len(without_repeats(rows)) == len(shipped_posts().missions)
    assert len(shipped.joinpath("missions.csv.gz").read_bytes()) < 400_000
