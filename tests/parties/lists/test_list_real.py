"""The real lists, where they are at hand: counts, and history against an independent record."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.parties.lists.listfiles import SHARED

from entrepot.parties.lists import ListStore, read_list
from entrepot.parties.party import Party

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the real lists are not at hand"),
]
OFAC, EXTRA = SHARED / "ofac", SHARED / "un_and_ofac_extra"
DAYS = ("2022-02-23", "2022-02-26", "2022-04-08")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sdn() -> tuple[Party, ...]:
    path = OFAC / "sdn_2024-05-03.csv.gz"
    return read_list(path, EXTRA / "alt.csv", EXTRA / "add.csv").parties


def test_counts_of_the_sdn_list(sdn: tuple[Party, ...]) -> None:
    assert len(sdn) == 14_965
    kinds = [party.schema for party in sdn]
    assert (kinds.count("Person"), kinds.count("Vessel"), kinds.count("Airplane")) == (
        6854, 851, 376,
    )  # fmt: skip


def test_aircraft_have_their_numbers(sdn: tuple[Party, ...]) -> None:
    aircraft = [party.properties for party in sdn if party.schema == "Airplane"]
    assert sum("serialNumber" in one for one in aircraft) >= 326
    assert sum("registrationNumber" in one for one in aircraft) >= 365
    first = next(party for party in sdn if party.party_id == "ofac-15431").properties
    assert (first["registrationNumber"], first["serialNumber"]) == (("EP-GOM",), ("1023409321",))


def test_every_printed_imo_number_is_found(sdn: tuple[Party, ...]) -> None:
    ships = [party for party in sdn if party.schema == "Vessel"]
    assert sum("imoNumber" in party.properties for party in ships) >= 820


def test_the_other_ofac_list_and_the_un_list() -> None:
    parts = [EXTRA / f"cons_{part}.csv" for part in ("prim", "alt", "add", "comments")]
    cons, un = read_list(*parts), read_list(EXTRA / "UN_consolidated.xml")
    assert (cons.list_id, len(cons.parties), len(cons.refused)) == ("ofac-cons", 442, 0)
    assert (un.list_id, len(un.parties), len(un.refused)) == ("un-sc", 1003, 0)
    assert un.published_on == date(2026, 2, 27)
    assert all(party.listings[0].listed_on for party in un.parties)


def recorded() -> Iterator[tuple[str, date, date, bool, bool]]:
    with (OFAC / "sdn_first_last_seen.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield (
                f"ofac-{row['ent_num']}", date.fromisoformat(row["first_seen"]),
                date.fromisoformat(row["last_seen"]), row["on_list_at_start"] == "True",
                row["on_list_at_end"] == "True",
            )  # fmt: skip


def test_history_agrees_with_310_snapshots(tmp_path: Path) -> None:
    """Three editions here, 310 snapshots there: no answer of ours contradicts them.

    Snapshots were taken after the day's publication, so a day that is itself one of changes is
    left out on either side.
    """
    store = ListStore(tmp_path)
    for day in DAYS:
        store.add(OFAC / f"sdn_{day}.csv.gz", now=NOW)
    spans = {key: (first, last) for key, first, last, _, _ in recorded()}
    for day in (date(2022, 2, 23), date(2022, 3, 15), date(2022, 4, 8)):
        found = store.on(day)
        sure = {party.party_id for party in found if party.listings[0].holds(day)}
        maybe = {party.party_id for party in found} - sure
        there = {key for key, (first, last) in spans.items() if first <= day <= last}
        assert not sure - there
        assert there - sure <= maybe | {key for key in there if spans[key][0] == day}
    assert len(store.history("ofac-sdn")) > 9900


def test_the_record_itself_can_be_read_as_a_list(tmp_path: Path) -> None:
    store = ListStore(tmp_path)
    held = store.add(OFAC / "sdn_first_last_seen.csv", now=NOW).held
    assert (held.parties, held.days) == (15_892, (date(2024, 5, 3),))
    assert len(store.current()) == 14_965
    gone = {key for key, _, _, _, at_end in recorded() if not at_end}
    assert gone.isdisjoint(party.party_id for party in store.current())
