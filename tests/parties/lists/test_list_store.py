"""Editions: kept whole or not at all, never lost to a bad file, and in the order of their days."""

import json
import os
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.parties.lists.listfiles import FILES, OFAC, own_list

from entrepot.errors import RequestError, SourceError, WorkspaceError
from entrepot.parties.lists import Added, ListStore, Terms, publish
from entrepot.parties.lists.filelock import one_writer
from entrepot.parties.party import Party

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TEN = tuple(f"Zzyx {number}" for number in range(10))


@pytest.fixture
def store(tmp_path: Path) -> ListStore:
    return ListStore(tmp_path / "ws")


def put(
    store: ListStore, folder: Path, day: date | None, *names: str, accept: bool = False
) -> Added:
    path = own_list(folder / f"{'-'.join(names)[:20]}-{len(names)}.csv", *names)
    return store.add(
        path, terms=Terms(list_id="own", published_on=day, accept_shrink=accept), now=NOW
    )


def names(parties: tuple[Party, ...]) -> set[str]:
    return {party.caption for party in parties}


def test_what_was_added_is_what_is_held(store: ListStore) -> None:
    added = store.add(*OFAC, terms=Terms(published_on=date(2024, 5, 3)), now=NOW)
    held = store.editions("ofac-sdn")[0]
    assert (added.is_new, added.is_current, added.held) == (True, True, held)
    assert (held.parties, held.refused, held.days) == (5, 0, (date(2024, 5, 3),))
    assert [one.part for one in held.files] == ["", "aliases", "addresses", "comments"]
    for path, file in zip(OFAC, held.files, strict=True):
        assert (store.folder / "files" / file.file_id).read_bytes() == path.read_bytes()
    party = next(one for one in store.current() if one.party_id == "ofac-103")
    assert party.properties["imoNumber"] == ("IMO1234567",)
    assert party.lineage is not None
    assert (party.lineage.file_id, party.lineage.locator) == (held.files[0].file_id, "uid 103")


def test_the_same_file_twice_changes_nothing(store: ListStore) -> None:
    first = store.add(FILES / "un.xml", now=NOW)
    again = store.add(FILES / "un.xml", now=NOW + timedelta(days=1))
    assert (first.is_new, again.is_new) == (True, False)
    assert store.editions() == (first.held,)


def test_the_same_file_on_another_day_is_one_edition_of_two_days(
    store: ListStore, tmp_path: Path
) -> None:
    put(store, tmp_path, date(2022, 1, 1), *TEN)
    put(store, tmp_path, date(2022, 2, 1), *TEN)
    held = store.editions("own")
    assert [one.days for one in held] == [(date(2022, 1, 1), date(2022, 2, 1))]
    assert {
        party.listings[0].holds(date(2022, 1, 15)) for party in store.on(date(2022, 1, 15))
    } == {True}


@pytest.mark.parametrize("cut", [200, 2000])
def test_a_cut_file_never_replaces_the_good_one(store: ListStore, tmp_path: Path, cut: int) -> None:
    store.add(FILES / "un.xml", now=NOW)
    before = store.current()
    bad = tmp_path / "un.xml"
    bad.write_bytes((FILES / "un.xml").read_bytes()[:-cut])
    with pytest.raises(SourceError):
        store.add(bad, now=NOW)
    assert store.current() == before
    assert not list(store.folder.glob(".adding-*"))


def test_a_shrunken_list_is_refused_until_it_is_confirmed(store: ListStore, tmp_path: Path) -> None:
    put(store, tmp_path, date(2022, 1, 1), *TEN)
    with pytest.raises(SourceError, match="7 entries where the edition before had 10") as caught:
        put(store, tmp_path, date(2022, 2, 1), *TEN[:7])
    assert "--accept-shrink" in caught.value.hint
    assert names(store.current()) == set(TEN)
    put(store, tmp_path, date(2022, 2, 1), *TEN[:7], accept=True)
    assert names(store.current()) == set(TEN[:7])
    assert not put(store, tmp_path, date(2022, 2, 1), *TEN[:7]).is_new  # asked once is enough


def test_a_fifth_less_is_no_alarm(store: ListStore, tmp_path: Path) -> None:
    put(store, tmp_path, date(2022, 1, 1), *TEN)
    put(store, tmp_path, date(2022, 2, 1), *TEN[:8])
    assert len(store.current()) == 8


def test_a_set_that_lost_its_aliases_is_an_alarm_too(store: ListStore) -> None:
    store.add(*OFAC, terms=Terms(published_on=date(2024, 5, 3)), now=NOW)
    with pytest.raises(SourceError, match="names where the edition before had"):
        store.add(OFAC[0], terms=Terms(published_on=date(2024, 5, 4)), now=NOW)


def test_an_old_edition_added_later_fills_the_history(store: ListStore, tmp_path: Path) -> None:
    put(store, tmp_path, date(2022, 2, 1), *TEN)
    added = put(store, tmp_path, date(2022, 1, 1), *TEN[:3], "Gone")
    assert not added.is_current
    assert names(store.current()) == set(TEN)
    assert names(store.on(date(2022, 1, 1))) == {*TEN[:3], "Gone"}


def test_who_was_listed_on_a_day(store: ListStore, tmp_path: Path) -> None:
    """Between two looks, what they agree on holds; what changed is unknown in between."""
    put(store, tmp_path, date(2022, 1, 1), *TEN[:9], "Gone")
    put(store, tmp_path, date(2022, 2, 1), *TEN)
    middle = date(2022, 1, 20)
    found = {party.caption: party.listings[0].holds(middle) for party in store.on(middle)}
    assert found == {**dict.fromkeys(TEN[:9], True), TEN[9]: None, "Gone": None}
    assert names(store.on(date(2022, 1, 1))) == {*TEN[:9], "Gone"}
    assert names(store.on(date(2022, 2, 1))) == set(TEN)
    assert names(store.on(date(2024, 1, 1))) == set(TEN)
    early = store.on(date(2021, 1, 1))
    assert {party.listings[0].holds(date(2021, 1, 1)) for party in early} == {None}


def test_printed_days_answer_what_editions_cannot(store: ListStore) -> None:
    store.add(FILES / "un.xml", now=NOW)
    assert names(store.on(date(2010, 1, 1))) == {"ZZYX EXAMPLE TRADING LLC"}
    assert names(store.on(date(2017, 1, 1))) == {"ZZYX EXAMPLE TRADING LLC", "TESTAN MADEUPOV"}
    assert store.on(date(2001, 1, 1)) == ()


def test_an_ended_listing_is_history_and_not_current(store: ListStore) -> None:
    store.add(FILES / "seco.xml", now=NOW + timedelta(days=100))
    assert names(store.current()) == {"Testan Madeupov"}
    assert "Example Star" in names(store.on(date(2021, 1, 1)))
    assert "Example Star" not in names(store.on(date(2024, 1, 1)))


def test_an_edition_without_a_day_says_nothing_of_any_day(store: ListStore, tmp_path: Path) -> None:
    put(store, tmp_path, None, *TEN)
    assert len(store.current()) == 10
    assert {party.listings[0].holds(date(2022, 1, 1)) for party in store.on(date(2022, 1, 1))} == {
        None
    }


def test_one_party_on_two_lists_is_one_party(store: ListStore) -> None:
    store.add(*OFAC, now=NOW)
    store.add(FILES / "csl.csv", now=NOW)
    person = [one for one in store.current() if one.party_id == "ofac-102"]
    assert [one.list_id for one in person[0].listings] == ["ofac-sdn", "us-csl/sdn"]
    assert len(person) == 1


def test_first_and_last_day_seen(store: ListStore, tmp_path: Path) -> None:
    put(store, tmp_path, date(2022, 1, 1), *TEN[:9], "Gone")
    put(store, tmp_path, date(2022, 2, 1), *TEN)
    spans = store.history("own")
    assert spans["own-Gone"] == (date(2022, 1, 1), date(2022, 1, 1))
    assert spans["own-Zzyx 0"] == (date(2022, 1, 1), date(2022, 2, 1))
    assert spans["own-Zzyx 9"] == (date(2022, 2, 1), date(2022, 2, 1))


def test_what_changed(store: ListStore, tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_text("id,name,country,alias\n1,A Ltd,Russia,\n2,B Ltd,,\n", encoding="utf-8")
    new = tmp_path / "new.csv"
    new.write_text("id,name,country,alias\n1,A Ltd,Belarus,AA\n3,C Ltd,,\n", encoding="utf-8")
    for day, path in ((1, old), (2, new)):
        store.add(path, terms=Terms(list_id="own", published_on=date(2022, day, 1)), now=NOW)
    delta = store.delta("own")
    assert [one.party_id for one in delta.of("added")] == ["own-3"]
    assert [one.party_id for one in delta.of("removed")] == ["own-2"]
    changed = delta.of("changed")[0]
    assert changed.properties == ("country", "alias")
    assert changed.gained == {"country": ("by",), "alias": ("AA",)}
    assert changed.lost == {"country": ("ru",)}


def test_a_comparison_needs_two_editions(store: ListStore) -> None:
    store.add(FILES / "un.xml", now=NOW)
    with pytest.raises(RequestError, match="expected two"):
        store.delta("un-sc")
    with pytest.raises(RequestError, match="no edition is held"):
        store.current(["nothing"])


def test_two_writers_at_once_lose_nothing(store: ListStore, tmp_path: Path) -> None:
    paths = [own_list(tmp_path / f"l{place}.csv", *TEN, f"Only {place}") for place in range(6)]
    problems: list[Exception] = []

    def write(place: int) -> None:
        try:
            terms = Terms(list_id=f"own-{place % 2}", published_on=date(2022, 1, 1 + place))
            store.add(paths[place], terms=terms, now=NOW)
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=write, args=[place]) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert len(store.editions()) == 6
    assert not list(store.folder.glob(".adding-*"))


def test_a_second_writer_does_not_wait_for_ever(tmp_path: Path) -> None:
    with (
        one_writer(tmp_path),
        pytest.raises(WorkspaceError, match="another writer"),
        one_writer(tmp_path, wait=0.1),
    ):
        pass


def test_what_a_killed_writer_left_is_swept_after_a_day(store: ListStore) -> None:
    old, fresh = (store.folder / f".adding-{name}" for name in ("old", "fresh"))
    for left in (old, fresh):
        left.mkdir(parents=True)
    os.utime(old, (0, 0))
    store.add(FILES / "un.xml", now=NOW)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_damaged_summary_says_which(store: ListStore) -> None:
    held = store.add(FILES / "un.xml", now=NOW).held
    summary = store.parties_path(held).with_name("edition.json")
    summary.write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        store.current()


def test_a_damaged_old_edition_is_left_out_and_told(tmp_path: Path) -> None:
    told: list[str] = []
    store = ListStore(tmp_path / "ws", told.append)
    old = put(store, tmp_path, date(2022, 1, 1), *TEN).held
    put(store, tmp_path, date(2022, 2, 1), *TEN[:9])
    store.parties_path(old).with_name("edition.json").write_bytes(b"")
    assert names(store.current()) == set(TEN[:9])
    assert store.lists() == ("own",)
    assert len(told) == 1
    assert "left out" in told[0]
    with pytest.warns(UserWarning, match="left out"):
        ListStore(tmp_path / "ws").editions()


def test_an_edition_is_on_the_disk_before_it_counts(
    store: ListStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def note(path: Path) -> None:
        synced.append(path.name)
        if path.name == "edition.json":
            assert not list(store.folder.glob("editions/*/*"))

    monkeypatch.setattr(publish, "sync", note)
    held = store.add(FILES / "un.xml", now=NOW).held
    assert {"parties.parquet", "refused.jsonl", "edition.json", "files", "un-sc"} <= set(synced)
    assert any(name.startswith(f".{held.files[0].file_id}") for name in synced)


@pytest.mark.parametrize("name", ["..", "x" * 300, "A b"])
def test_a_list_name_from_a_file_is_checked(store: ListStore, tmp_path: Path, name: str) -> None:
    path = tmp_path / "e.json"
    path.write_text(
        json.dumps({"id": "1", "schema": "Person", "properties": {"name": ["Zzyx"]},
                    "datasets": [name]}), encoding="utf-8",
    )  # fmt: skip
    with pytest.raises(SourceError, match="got a list named"):
        store.add(path, now=NOW)
    assert store.add(path, terms=Terms(list_id="own"), now=NOW).is_new


def test_an_edition_of_a_day_to_come_is_refused(store: ListStore, tmp_path: Path) -> None:
    put(store, tmp_path, NOW.date(), *TEN)
    with pytest.raises(SourceError, match="got an edition of 2026-06-02"):
        put(store, tmp_path, NOW.date() + timedelta(days=1), *TEN, "New")
    assert len(store.current()) == 10


def test_an_inserted_row_moves_no_id(store: ListStore, tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("name,type\nA Ltd,company\nB Ltd,company\nB Ltd,company\n", encoding="utf-8")
    new.write_text(
        "name,type\nC Ltd,company\nA Ltd,company\nB Ltd,company\nB Ltd,company\n", encoding="utf-8"
    )
    for month, path in ((1, old), (2, new)):
        store.add(path, terms=Terms(list_id="own", published_on=date(2022, month, 1)), now=NOW)
    changes = store.delta("own").changes
    assert [one.kind for one in changes] == ["added"]
    ids = {party.party_id: party.caption for party in store.current()}
    assert sorted(ids.values()) == ["A Ltd", "B Ltd", "B Ltd", "C Ltd"]
