"""FollowTheMoney out and in again, and what its own library says of it."""

import csv
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.parties.lists.listfiles import FILES, OFAC

from entrepot.parties.lists import read_list
from entrepot.parties.lists.ftm_write import entities
from entrepot.parties.lists.statements_write import (
    COLUMNS,
    TYPES,
    statement_id,
    statements,
)
from entrepot.parties.party import Party

SETS = [OFAC, *((FILES / name,) for name in (
    "ofac_advanced.xml", "eu.xml", "uk_conlist.csv", "uk_list.csv", "uk_list.xml", "un.xml",
    "seco.xml", "csl.csv", "csl.json", "entities.ftm.json", "own.csv",
))]  # fmt: skip


def all_parties() -> tuple[Party, ...]:
    """Parties of all layouts; ids made different, for one file holds an id once."""
    found = []
    for place, paths in enumerate(SETS):
        for party in read_list(*paths).parties:
            found.append(replace(party, party_id=f"{place}-{party.party_id}"))
    return tuple(found)


def without_place(parties: Iterable[Party]) -> list[Party]:
    return [replace(party, lineage=None) for party in parties]


def test_out_and_in_is_identity(tmp_path: Path) -> None:
    parties = all_parties()
    path = tmp_path / "out.json"
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in entities(parties))
    path.write_text("".join(lines), encoding="utf-8")
    again = read_list(path).parties
    assert without_place(again) == without_place(parties)
    second = tmp_path / "again.json"
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in entities(again))
    second.write_text("".join(lines), encoding="utf-8")
    assert without_place(read_list(second).parties) == without_place(again)


def write_statements(path: Path, parties: Iterable[Party]) -> list[dict[str, Any]]:
    rows = [row for row, _ in statements(parties)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return rows


def test_statements_out_and_in_say_the_same(tmp_path: Path) -> None:
    parties = all_parties()
    path = tmp_path / "statements.csv"
    write_statements(path, parties)
    edition = read_list(path)
    assert edition.layout == "ftm-statements"
    assert without_place(edition.parties) == without_place(parties)


def test_each_party_has_a_proof_with_the_hash_of_its_file() -> None:
    found = list(entities(read_list(FILES / "un.xml").parties, {}))
    document, person, sanction = found[:3]
    assert (document["schema"], person["schema"], sanction["schema"]) == (
        "Document", "Person", "Sanction",
    )  # fmt: skip
    assert person["properties"]["proof"] == [document["id"]] == sanction["properties"]["proof"]
    assert len(document["properties"]["contentHash"][0]) == 64
    assert sanction["properties"]["listingDate"] == ["2016-03-02"]
    assert sanction["datasets"] == ["un-sc"]
    assert sum(one["schema"] == "Document" for one in found) == 1


def test_every_statement_has_its_row_in_the_table_beside() -> None:
    parties = read_list(FILES / "un.xml").parties
    seen = {"unsc-1": (date(2022, 1, 1), date(2022, 2, 1))}
    pairs = list(statements(parties, seen=seen))
    ids = [row["id"] for row, _ in pairs]
    assert len(set(ids)) == len(ids)
    for row, place in pairs:
        assert place["statement_id"] == row["id"]
        assert row["schema"] == "Document" or place["locator"].startswith("DATAID")
    first = next(row for row, _ in pairs if row["entity_id"] == "unsc-1")
    assert (first["first_seen"], first["last_seen"]) == ("2022-01-01", "2022-02-01")


def test_suggestions_of_others_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text(
        "canonical_id,entity_id,prop,schema,value,dataset,external\n"
        "Q1,a,name,Person,Testan,x,f\nQ1,b,name,Person,Other,y,t\nQ1,b,alias,Person,Zzyx,y,f\n",
        encoding="utf-8",
    )
    (party,) = read_list(path).parties
    assert (party.party_id, party.properties) == ("Q1", {"name": ("Testan",), "alias": ("Zzyx",)})


def test_the_library_finds_every_entity_valid() -> None:
    model = pytest.importorskip("followthemoney", reason="the extra `parties` is absent").model
    checked = 0
    for data in entities(all_parties()):
        schema = model.get(data["schema"])
        assert schema is not None
        for name, values in data["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (data["schema"], name)
            for value in values:
                assert prop.type.clean(value, format=prop.format) is not None, (name, value)
                assert TYPES.get(name, "string") == prop.type.name
                checked += 1
        proxy = model.get_proxy(data, cleaned=False)
        assert proxy.id == data["id"]
    assert checked > 300


def test_the_library_gives_statements_the_same_ids() -> None:
    found = pytest.importorskip("followthemoney.statement", reason="the extra is absent")
    key = found.Statement.make_key("d", "e", "name", "Zzyx", False)
    assert statement_id("d", "e", "name", "Zzyx") == key
