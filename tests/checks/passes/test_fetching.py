"""Fetching element sets: few downloads, bytes kept unchanged, nothing lost by a bad answer."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from entrepot.checks.passes.elements import read_elements
from entrepot.checks.passes.fetching import (
    CELESTRAK,
    TERMS,
    fetch_elements,
    group_address,
    number_address,
    stored_elements,
)
from entrepot.errors import RequestError, SourceError, WorkspaceError
from entrepot.sources.archive import Archive
from entrepot.sources.download import Answer
from loopback import Reply, answering

NOW = datetime(2026, 5, 24, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
# the shape of https://celestrak.org/NORAD/elements/gp.php?GROUP=resource&FORMAT=json
ONE = {
    "OBJECT_NAME": "SENTINEL-2B", "OBJECT_ID": "2017-013A", "EPOCH": "2026-05-23T20:00:00.000000",
    "MEAN_MOTION": 14.30818, "ECCENTRICITY": 0.0001, "INCLINATION": 98.57,
    "RA_OF_ASC_NODE": 300.0, "ARG_OF_PERICENTER": 90.0, "MEAN_ANOMALY": 270.0,
    "EPHEMERIS_TYPE": 0, "CLASSIFICATION_TYPE": "U", "NORAD_CAT_ID": 42063,
    "ELEMENT_SET_NO": 999, "REV_AT_EPOCH": 1, "BSTAR": 5e-5, "MEAN_MOTION_DOT": 1e-6,
    "MEAN_MOTION_DDOT": 0,
}  # fmt: skip
BYTES = json.dumps([ONE]).encode()
JSON = {"Content-Type": "application/json", "ETag": '"v1"'}


def test_sets_are_kept_as_they_came_with_address_time_and_terms(tmp_path: Path):
    with answering(Reply(200, BYTES, JSON)) as talk:
        address = f"{talk.address}/gp.php?GROUP=resource&FORMAT=json"
        found = fetch_elements(tmp_path, address, now=NOW)
    assert found.origin is not None
    assert found.sets is not None
    assert (found.origin.name, found.origin.origin) == ("celestrak-resource.json", address)
    assert found.origin.retrieved_at == "2026-05-24T12:00:00+00:00"
    assert [one.name for one in found.sets.elements] == ["SENTINEL-2B"]
    (path,) = stored_elements(tmp_path)
    assert path.read_bytes() == BYTES
    assert not Archive(tmp_path / "archive").verify()
    one = read_elements([path], now=NOW).elements[0]
    assert one.source == "celestrak-resource.json of 2026-05-24, line 1, set 1"


def test_an_address_is_asked_once_in_two_hours(tmp_path: Path):
    with answering(Reply(200, BYTES, JSON)) as talk:
        fetch_elements(tmp_path, talk.address, now=NOW)
        found = fetch_elements(tmp_path, talk.address, now=NOW + timedelta(minutes=119))
        assert len(talk.asked) == 1
        assert found.sets is None
        assert "not asked again for two hours" in found.note
        fetch_elements(tmp_path, talk.address, now=NOW + timedelta(minutes=121))
        assert len(talk.asked) == 2


def test_the_mark_of_the_last_answer_is_sent_and_nothing_new_is_no_error(tmp_path: Path):
    with answering(Reply(200, BYTES, JSON), Reply(304)) as talk:
        fetch_elements(tmp_path, talk.address, now=NOW)
        found = fetch_elements(tmp_path, talk.address, now=LATER)
        fetch_elements(tmp_path, talk.address, now=LATER + timedelta(hours=1))
    assert talk.asked[1][2]["if-none-match"] == '"v1"'
    assert "nothing newer" in found.note
    assert len(talk.asked) == 2, "an answer of nothing new also rests for two hours"
    assert len(stored_elements(tmp_path)) == 1


# the words of CelesTrak, in https://github.com/OpenSpace/OpenSpace/issues/3973
EARLY = (
    b"GP data has not updated since your last successful\ndownload of GROUP=resource at "
    b"2026-05-24 08:11:36 UTC.\nData is updated once every 2 hours.\n"
)


def test_celestraks_403_for_asking_early_is_nothing_new(tmp_path: Path):
    with answering(Reply(200, BYTES), Reply(403, EARLY)) as talk:
        fetch_elements(tmp_path, talk.address, now=NOW)
        found = fetch_elements(tmp_path, talk.address, now=LATER)
    assert "nothing newer" in found.note
    assert found.origin is not None


def test_the_same_403_with_nothing_held_is_an_error(tmp_path: Path):
    with answering(Reply(403, EARLY)) as talk, pytest.raises(SourceError, match="holds none"):
        fetch_elements(tmp_path, talk.address, now=NOW)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(403, b"Your address is blocked"), "refused with 403: Your address is blocked"),
        (Reply(200, b"<html>maintenance"), "web page"),
        (Reply(200, b"No GP data found"), "the server says 'No GP data found'"),
        (Reply(200, b"Invalid query"), "no element set"),
        (Reply(200, BYTES[:200]), "no element set; the first of 1 refused"),
        (Reply(404, b""), "answered 404"),
        (Reply(200, json.dumps([ONE | {"EPOCH": "2028-04-11T00:00:00"}]).encode()), "not come yet"),
    ],
)
def test_a_bad_answer_leaves_what_is_held(tmp_path: Path, reply: Reply, said: str):
    with answering(Reply(200, BYTES), reply) as talk:
        fetch_elements(tmp_path, talk.address, now=NOW)
        with pytest.raises(SourceError, match=said):
            fetch_elements(tmp_path, talk.address, now=LATER)
    (path,) = stored_elements(tmp_path)
    assert path.read_bytes() == BYTES


def test_celestrak_is_not_asked_again_after_any_refusal(tmp_path: Path):
    """Its policy of 22 May 2026: software stops at any answer that is not 200."""
    seen = []

    def get(address: str, **given) -> Answer:
        seen.append(given["manners"])
        return Answer(address, 200, BYTES, "application/json", {})

    found = fetch_elements(tmp_path, group_address("resource"), now=NOW, get=get)
    assert not seen[0].again
    assert found.origin is not None
    assert found.origin.licence == TERMS
    fetch_elements(tmp_path, "https://example.org/x", now=NOW, get=get)
    assert 503 in seen[1].again


def test_older_files_stay_and_the_newest_comes_last(tmp_path: Path):
    newer = json.dumps([ONE | {"EPOCH": "2026-05-24T10:00:00"}]).encode()
    with answering(Reply(200, BYTES), Reply(200, newer)) as talk:
        fetch_elements(tmp_path, talk.address, now=NOW)
        fetch_elements(tmp_path, talk.address, now=LATER)
    assert [path.read_bytes() for path in stored_elements(tmp_path)] == [BYTES, newer]


def test_addresses_of_celestrak():
    assert group_address("Planet") == f"{CELESTRAK}?GROUP=planet&FORMAT=json"
    assert number_address(42063) == f"{CELESTRAK}?CATNR=42063&FORMAT=json"
    with pytest.raises(RequestError, match="group"):
        group_address("a&FORMAT=tle")


def test_an_empty_workspace_has_no_elements_and_a_broken_index_is_told(tmp_path: Path):
    assert stored_elements(tmp_path) == []
    (tmp_path / "elements").mkdir()
    (tmp_path / "elements" / "fetched.json").write_text("[1, 2")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        stored_elements(tmp_path)
