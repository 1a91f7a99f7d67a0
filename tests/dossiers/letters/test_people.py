"""Joining, leaving, importing: asked twice, left once, erased."""

import sqlite3
import stat
from pathlib import Path

import pytest
from tests.dossiers.letters.letterworld import Clock, Counting, fill, item, store_at

from entrepot.dossiers.letters import importing, people, sendlog
from entrepot.dossiers.letters.store import Store
from entrepot.dossiers.letters.tables import people as people_table
from entrepot.errors import RequestError, WorkspaceError


def rows(store: Store) -> list[dict[str, object]]:
    with store.reading() as connection:
        return [dict(one._mapping) for one in people.everybody(connection)]


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.suffix != ".key")


def test_nobody_gets_letters_before_the_address_confirms(tmp_path: Path) -> None:
    with store_at(tmp_path) as store:
        asked = people.subscribe(store, "a@example.org", ["hub:GEO"])
        assert [(one["state"], one["topics"]) for one in rows(store)] == [("pending", "")]
        assert asked.token.encode() not in everything(tmp_path)
        assert people.confirm(store, asked.token) == ("hub:GEO",)
        (held,) = rows(store)
        assert (held["state"], held["since"], held["consented_on"]) == (
            "active", "2026-11-28", "2026-11-28")  # fmt: skip
        with pytest.raises(RequestError, match="used"):
            people.confirm(store, asked.token)


def test_a_token_grows_old_and_the_address_is_erased(tmp_path: Path) -> None:
    clock = Clock()
    with store_at(tmp_path, clock) as store:
        asked = people.subscribe(store, "old@example.org", [])
        clock.move(days=7, seconds=1)
        with pytest.raises(RequestError):
            people.confirm(store, asked.token)
        people.subscribe(store, "b@example.org", [])
        assert [one["address"] for one in rows(store)] == ["b@example.org"]


def test_new_topics_hold_once_they_are_confirmed(tmp_path: Path) -> None:
    clock = Clock()
    with store_at(tmp_path, clock) as store:
        fill(store, "a@example.org", topics="hub:GEO")
        asked = people.subscribe(store, "A@example.org", ["hub:ARE"])
        assert rows(store)[0]["topics"] == "hub:GEO"
        clock.move(days=8)
        people.subscribe(store, "b@example.org", [])  # erases what was not confirmed
        held = rows(store)[0]
        assert (held["state"], held["topics"], held["wanted"]) == ("active", "hub:GEO", "")
        with pytest.raises(RequestError):
            people.confirm(store, asked.token)
        again = people.subscribe(store, "a@example.org", ["hub:ARE"])
        people.confirm(store, again.token)
        assert rows(store)[0]["topics"] == "hub:ARE"


def test_one_letter_of_confirmation_an_hour(tmp_path: Path) -> None:
    clock = Clock()
    with store_at(tmp_path, clock) as store:
        asked = people.subscribe(store, "a@example.org", [])
        people.mark_asked(store, asked.person, store.now())
        clock.move(minutes=59)
        with pytest.raises(RequestError, match="within the hour"):
            people.subscribe(store, "a@EXAMPLE.org", [])
        clock.move(minutes=1)
        assert people.subscribe(store, "a@example.org", []).token != asked.token


def test_who_leaves_is_erased_to_the_last_byte_and_never_imported_again(tmp_path: Path) -> None:
    with store_at(tmp_path) as store:
        fill(store, "stays@example.org", "secret.leaver@example.org")
        person = store.key.person("secret.leaver@example.org")
        with store.session() as connection:
            sendlog.begin(connection, person, [item()], "<1@example.org>", store.now())
        assert b"secret.leaver" in everything(tmp_path)
        assert people.unsubscribe(store, person)
        assert not people.unsubscribe(store, person)
        assert b"secret.leaver" not in everything(tmp_path)
        done = importing.add(store, [(2, {"address": "Secret.Leaver@example.org", "topics": "",
                                          "consented_on": "2026-01-01", "source": "fair"})])  # fmt: skip # noqa: E501
        assert (done.active, done.left) == (0, 1)
        with sqlite3.connect(store.path) as raw:
            assert raw.execute("SELECT person, left_on FROM people_left").fetchall() == [
                (person, "2026-11-28")]  # fmt: skip
            assert raw.execute("SELECT count(*) FROM deliveries").fetchone() == (0,)
        raw.close()
        people.forget(store, person)
        fill(store, "secret.leaver@example.org")


def test_who_comes_back_the_same_day_begins_with_the_next(tmp_path: Path) -> None:
    """Nothing is kept of what was sent before, so what is of today may have been."""
    clock = Clock()
    with store_at(tmp_path, clock) as store:
        fill(store, "a@example.org")
        people.unsubscribe(store, store.key.person("a@example.org"))
        people.confirm(store, people.subscribe(store, "a@example.org", []).token)
        assert rows(store)[0]["since"] == "2026-11-29"
        people.unsubscribe(store, store.key.person("a@example.org"))
        clock.move(days=3)
        people.confirm(store, people.subscribe(store, "a@example.org", []).token)
        assert rows(store)[0]["since"] == "2026-12-01"


def test_a_token_for_leaving_is_of_one_person_and_one_list(tmp_path: Path) -> None:
    with store_at(tmp_path) as store:
        person = store.key.person("a@example.org")
        token = store.key.leaving(person)
        assert people.who(store, token) == person == people.who(store, "A@example.org")
        for wrong in (
            token[:-2],
            token + "A",
            token[:20] + ("A" if token[20] != "A" else "B") + token[21:],
            "",
            "é",
            "=" * 43,
        ):
            with pytest.raises(RequestError):
                people.who(store, wrong)


def test_an_import_asks_for_proof_of_consent_and_lists_what_is_wrong(tmp_path: Path) -> None:
    text = (
        "Address,topics,consented_on,source,more\n"
        "a@example.org,hub:GEO;code:8807,2026-05-01,web form,x\n"
        "A@EXAMPLE.ORG,,2026-05-01,web form,\n"
        "b@example.org,hub:GEO,,,\n"
        "c@example.org,,2026-05-01,,\n"
        "nobody,,,,\n"
        "d@example.org,land:GEO,,,\n"
        "e@example.org,,soon,form,\n"
        "f@example.org,,2027-01-01,form,\n"
        '"g@example.org\nBcc: x@example.org",,2026-05-01,form,\n'
    )
    with store_at(tmp_path) as store:
        done = importing.add(store, importing.rows_of("\ufeff" + text))
        assert (done.active, done.pending, done.held, done.left) == (1, 2, 1, 0)
        assert [line for line, _ in done.refused] == [6, 7, 8, 9, 11]
        assert [(one["address"], one["state"], one["topics"], one["wanted"]) for one in rows(store)] == [  # noqa: E501
            ("a@example.org", "active", "code:8807 hub:GEO", ""),
            ("b@example.org", "pending", "", "hub:GEO"),
            ("c@example.org", "pending", "", "all")]  # fmt: skip
        with store.reading() as connection:
            assert len(people.waiting(connection)) == 2
        for wrong in ("", "mail,topics\na@example.org,\n"):
            with pytest.raises(RequestError, match="expected address"):
                importing.add(store, importing.rows_of(wrong))


def test_the_files_are_their_owner_s_alone_and_belong_together(tmp_path: Path) -> None:
    with store_at(tmp_path) as store:
        fill(store, "a@example.org")
        for path in tmp_path.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    key = tmp_path / "newsletter.key"
    held = key.read_bytes()
    key.write_bytes(b"x" * 32)
    with pytest.raises(WorkspaceError, match="another newsletter"):
        Store.open(tmp_path / "newsletter.sqlite")
    key.unlink()
    with pytest.raises(WorkspaceError, match="cannot read the key"):
        Store.open(tmp_path / "newsletter.sqlite", create=True)
    key.write_bytes(held)
    Store.open(tmp_path / "newsletter.sqlite", random=Counting()).close()
    (tmp_path / "newsletter.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(WorkspaceError, match="cannot use"):
        Store.open(tmp_path / "newsletter.sqlite")
    with pytest.raises(WorkspaceError, match="there is no newsletter"):
        Store.open(tmp_path / "other.sqlite")


def test_the_columns_hold_no_more_of_a_person_than_is_needed() -> None:
    assert {one.name for one in people_table.columns} == {
        "person", "address", "state", "topics", "wanted", "token_hash", "asked_at", "expires_at",
        "since", "consented_on", "source", "added_at", "failures", "failing"}  # fmt: skip
