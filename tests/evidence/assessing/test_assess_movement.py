"""Claims about movement: observations and flights by hand; a gap is unknown."""

from datetime import date
from pathlib import Path

import pytest
from tests.evidence.assessing.world import claim, judged, rows, sentences

from entrepot.errors import SourceError
from entrepot.evidence.claim import Claim
from entrepot.sources.flightlist import country_of, read_flights
from entrepot.sources.observations import read_observations

HEAD = "observed_from,observed_to,what,count,place,from_place,to_place,observer,source\n"
FLIGHTS = (
    "callsign,icao24,registration,typecode,origin,destination,firstseen,lastseen,day\n"
    "BRU1,51001a,EW-001,IL76,UMMS,UUEE,2022-08-20 05:00:00+00:00,2022-08-20 06:30:00+00:00,x\n"
    "BRU2,51001b,EW-002,B738,UMMS,,2022-08-20T09:00:00Z,2022-08-20T10:00:00Z,x\n"
    "DLH9,3c6444,D-AIPA,A320,EDDF,EPWA,1661000000,1661004000,x\n"
)


def soldiers(**parts: object) -> Claim:
    given = {"actors": ("BLR",), "quantity": 200.0, "unit": "soldiers", "bound": "about",
             "date_from": date(2022, 8, 1), "date_to": date(2022, 8, 4), "predicate": "moves",
             **parts}  # fmt: skip
    return claim("About 200 soldiers were sent", "movement", str(given.pop("predicate")), **given)


def seen(tmp_path: Path, lines: str) -> dict[str, object]:
    path = tmp_path / "seen.csv"
    path.write_text(HEAD + lines, encoding="utf-8")
    return {"observations": read_observations(path)}


def test_200_soldiers_sent_is_not_testable_here() -> None:
    made = judged(soldiers())
    assert made.verdict == "not_testable"
    assert "Dated observations of soldiers" in made.needed[0]
    assert "--observations" in made.needed[0]
    assert "--flights" in made.needed[0]


@pytest.mark.parametrize(
    ("lines", "verdict", "said"),
    [
        ("2022-08-02,,soldiers,190,Gomel,,,group one,photo", "supported", "190 soldiers, Gomel"),
        ("2022-08-02,,soldiers,20,Gomel,,,group one,photo", "partly", "20 soldiers"),
        ("2022-08-02,,soldiers,,Gomel,,,group one,photo", "partly", "soldiers, Gomel"),
        ("2022-08-04,,soldiers,200,Gomel,,,group one,photo", "not_testable", ""),  # a day late
        ("2022-08-02,,trucks,200,Gomel,,,group one,photo", "not_testable", ""),
        ("2022-08-01,2022-08-03,soldiers,0,,,,group one,x", "contradicted", "whole time"),
        ("2022-08-01,2022-08-02,soldiers,0,,,,group one,x", "not_testable", "part of the time"),
        (
            "2022-08-01,2022-08-03,soldiers,0,,,,a,x\n2022-08-02,,soldiers,0,,,,b,x",
            "contradicted",
            "whole time",
        ),
        (
            "2022-08-01,,soldiers,0,,,,a,x\n2022-08-03,,soldiers,0,,,,a,x",  # not on the second
            "not_testable",
            "part of the time",
        ),
        (
            "2022-08-01,,soldiers,0,,,,a,x\n2022-08-02,2022-08-03,soldiers,0,,,,a,x",
            "contradicted",
            "whole time",
        ),
        (
            "2022-08-01,2022-08-03,soldiers,0,,,,group one,x\n"
            "2022-08-02,,no observation,,,,,group two,clouds",
            "not_testable",
            "Nobody could look",
        ),
    ],
)
def test_observations(tmp_path: Path, lines: str, verdict: str, said: str) -> None:
    made = judged(soldiers(), **seen(tmp_path, lines + "\n"))
    assert made.verdict == verdict, sentences(made)
    assert said in sentences(made)


@pytest.mark.parametrize(
    ("parts", "counts", "verdict"),
    [
        ({"bound": "exactly"}, (150, 140), "partly"),  # 150 to 290, perhaps the same ones
        ({"bound": "exactly"}, (150, 50), "supported"),  # 200 in all
        ({"bound": "exactly"}, (200, 300), "partly"),  # more were seen at once
        ({"bound": "at_most"}, (50, 300), "partly"),
        ({"bound": "at_most"}, (50, 100), "supported"),
        ({"bound": "at_least"}, (300,), "supported"),
        ({"bound": "at_least", "is_negated": True}, (300,), "contradicted"),
        ({"bound": "at_least", "is_negated": True}, (50,), "partly"),
        ({"quantity": None, "is_negated": True}, (50,), "contradicted"),
    ],
)
def test_numbers_of_several_lines(
    tmp_path: Path, parts: dict[str, object], counts: tuple[int, ...], verdict: str
) -> None:
    lines = "".join(f"2022-08-02,,soldiers,{one},Gomel,,,a,b\n" for one in counts)
    made = judged(soldiers(**parts), **seen(tmp_path, lines))
    assert made.verdict == verdict, made.part


@pytest.mark.parametrize(
    ("claimed", "what", "verdict"),
    [
        ("military trucks", "military aircraft", "not_testable"),
        ("military trucks", "trucks", "supported"),
        ("trucks with ammunition", "army trucks", "supported"),
        ("Russian soldiers", "Russian tanks", "not_testable"),
    ],
)
def test_the_noun_says_what_was_seen(tmp_path: Path, claimed: str, what: str, verdict: str) -> None:
    held = seen(tmp_path, f"2022-08-02,,{what},5,Gomel,,,a,b\n")
    one = soldiers(goods=(claimed,), quantity=None, unit=None)
    assert judged(one, **held).verdict == verdict


def test_a_claim_whose_thing_or_place_was_not_read_is_held_to_its_words(tmp_path: Path) -> None:
    none = claim("No soldiers were in Gomel", "movement", "absent",
                 date_from=date(2022, 8, 2), date_to=date(2022, 8, 3))  # fmt: skip
    for line, verdict in (("soldiers,0,Gomel", "supported"), ("trucks,0,Gomel", "not_testable"),
                          ("soldiers,0,Vitebsk", "not_testable"),
                          ("soldiers,0,Belarus", "supported")):  # fmt: skip
        held = seen(tmp_path, f"2022-08-02,,{line},,,a,b\n")
        assert judged(none, **held).verdict == verdict, line


def test_did_not_move_is_borne_out_only_by_looking_the_whole_time(tmp_path: Path) -> None:
    no = soldiers(predicate="absent", quantity=None)
    whole = seen(tmp_path, "2022-08-01,2022-08-03,soldiers,0,,,,a,x\n")
    assert judged(no, **whole).verdict == "supported"
    some = seen(tmp_path, "2022-08-01,,soldiers,0,,,,a,x\n")
    assert judged(no, **some).verdict == "partly"
    other = seen(tmp_path, "2022-08-01,2022-08-03,trucks,0,,,,a,x\n")
    assert judged(no, **other).verdict == "not_testable"
    there = seen(tmp_path, "2022-08-01,,soldiers,7,,,,a,x\n")
    assert judged(no, **there).verdict == "contradicted"
    assert judged(soldiers(quantity=None, is_negated=True), **whole).verdict == "supported"


def test_a_row_leads_back_to_its_line(tmp_path: Path) -> None:
    made = judged(soldiers(), **seen(tmp_path, "2022-08-02,,soldiers,200,Gomel,,,a,b\n"))
    (row,) = rows(made, "observation")
    assert (row["locator"], row["count"], row["observed_to"]) == (
        "seen.csv, line 2", 200.0, "2022-08-02",
    )  # fmt: skip


def test_other_countries_do_not_count(tmp_path: Path) -> None:
    lines = "2022-08-02,,soldiers,200,,Belarus,Poland,a,b\n"
    made = judged(soldiers(origin="BLR", destination="RUS"), **seen(tmp_path, lines))
    assert made.verdict == "not_testable"
    same = judged(soldiers(origin="BLR", destination="POL"), **seen(tmp_path, lines))
    assert same.verdict == "supported"


@pytest.fixture
def flights(tmp_path: Path) -> dict[str, object]:
    path = tmp_path / "flights.csv"
    path.write_text(FLIGHTS, encoding="utf-8")
    return {"flights": read_flights(path)}


def plane(**parts: object) -> Claim:
    given = {"goods": ("aircraft",), "origin": "BLR", "destination": "RUS", "predicate": "moves",
             "date_from": date(2022, 8, 20), "date_to": date(2022, 8, 21), **parts}  # fmt: skip
    return claim("aircraft left for Russia", "movement", str(given.pop("predicate")), **given)


def test_a_flight_that_was_heard(flights: dict[str, object]) -> None:
    made = judged(plane(), **flights)
    assert made.verdict == "supported"
    assert [row["callsign"] for row in rows(made, "flight")] == ["BRU1"]
    assert judged(plane(actors=("EW-001",)), **flights).verdict == "supported"
    assert judged(plane(predicate="absent"), **flights).verdict == "contradicted"
    two = plane(quantity=2.0, unit="aircraft", bound="exactly")
    assert judged(two, **flights).verdict == "partly"


def test_a_flight_that_was_not_heard_is_unknown(flights: dict[str, object]) -> None:
    for other in (plane(date_from=date(2022, 8, 21), date_to=date(2022, 8, 22)),
                  plane(destination="KAZ"), plane(actors=("EW-999",)),
                  plane(predicate="absent", destination="KAZ")):  # fmt: skip
        made = judged(other, **flights)
        assert made.verdict == "not_testable"
        assert any("may have taken place" in one for one in made.cautions)


def test_airports_of_countries() -> None:
    # ICAO Doc 7910: UM Belarus, but UMK Kaliningrad; UT by its third letter
    codes = ("UMMS", "UMKK", "UUEE", "UTTT", "UTDD", "UCFM", "KJFK", "", "ZZ")
    assert [country_of(one) for one in codes] == [
        "BLR", "RUS", "RUS", "UZB", "TJK", "KGZ", "USA", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "got an empty file"),
        ("observed_from,what\n", "expected also count, observer, source"),
        (HEAD, "got no observation"),
        (HEAD + "2022-13-01,,soldiers,1,,,,a,b\n", "line 2: got observed_from '2022-13-01'"),
        (HEAD + "2022-08-01,,soldiers,-1,,,,a,b\n", "line 2: got count '-1'"),
        (HEAD + "2022-08-01,,soldiers,nan,,,,a,b\n", "line 2: got count 'nan'"),
        (HEAD + "2022-08-01,,,1,,,,a,b\n", "got no what"),
        (HEAD + "2022-08-01,,soldiers,1,,,,,b\n", "got no observer"),
        (HEAD + "2022-08-02,2022-08-01,soldiers,1,,,,a,b\n", "a day not before 2022-08-02"),
        (HEAD + "2022-08-01,,soldiers\n", "more or fewer cells"),
        (HEAD + "9999-12-31,,soldiers,1,,,,a,b\n", "got observed_from '9999-12-31'"),
    ],
)
def test_a_bad_observation_file_is_refused_at_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "seen.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        read_observations(path)
    assert said in str(refused.value)
    assert refused.value.hint


def test_files_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "seen.csv"
    with pytest.raises(SourceError, match="cannot be read"):
        read_observations(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="not UTF-8"):
        read_observations(path)
    path.write_text(FLIGHTS.replace("2022-08-20 06:30", "2022-08-19 06:30"), encoding="utf-8")
    with pytest.raises(SourceError, match="a moment not before"):
        read_flights(path)
    path.write_text(FLIGHTS.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match="got no flight"):
        read_flights(path)
