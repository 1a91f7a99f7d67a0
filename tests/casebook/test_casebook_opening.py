"""Opening, making and upgrading: older, newer, other, damaged, read-only, full, locked, missing."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Column, event, inspect
from tests.casebook.postgres import PASSWORD, Server
from tests.casebook.world import BOUGHT, REPORT, sql, ticking
from tests.casebook.writers import ended, processes, read_as_anybody, started

from entrepot.casebook import (
    case_states,
    case_tables,
    cases,
    claims,
    door,
    layout,
    publications,
    reports,
    results,
)
from entrepot.casebook.address import Address, address_of
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.door import Door
from entrepot.casebook.layout import migrate, newest
from entrepot.casebook.publications import Edition
from entrepot.casebook.registry import tables_of_entries
from entrepot.casebook.results import Look
from entrepot.casebook.tables import layouts, metadata
from entrepot.casebook.trail import Pen
from entrepot.errors import CasebookError, RequestError

DAY = date(2026, 4, 1)


def test_the_newest_layout_is_the_head_of_the_migrations() -> None:
    script = ScriptDirectory(str(Path(layout.__file__).parent / "migrations"))
    assert script.get_heads() == [newest()]
    assert [one.revision for one in script.walk_revisions()][-1] == "0001"


def test_the_migrations_make_the_tables_that_the_code_names(url: str) -> None:
    with Casebook.open(url) as book, book.reading() as connection:
        found = inspect(connection)
        assert set(found.get_table_names()) == {*metadata.tables, "casebook_layout"}
        for name, table in metadata.tables.items():
            made = {one["name"]: one["nullable"] for one in found.get_columns(name)}
            assert made == {column.name: column.nullable for column in table.columns}
            unique = {one["column_names"][0] for one in found.get_unique_constraints(name)}
            assert unique == {column.name for column in table.columns if column.unique}
            indexed = {
                one["column_names"][0] for one in found.get_indexes(name) if not one["unique"]
            }
            assert {column.name for column in table.columns if column.index} <= indexed
            refers = {one["constrained_columns"][0] for one in found.get_foreign_keys(name)}
            assert refers == {column.name for column in table.columns if column.foreign_keys}


def _plain(column: Column[object]) -> bool:
    return type(column.type).__name__ in ("Text", "Integer", "BigInteger", "LargeBinary")


def test_entries_have_only_columns_that_can_be_hashed() -> None:
    columns = [one for table in tables_of_entries().values() for one in table.columns]
    assert all(map(_plain, columns))


def test_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "casebook.sqlite"
    with pytest.raises(CasebookError, match="there is no casebook at"):
        Casebook.open(path, create=False)
    assert not path.exists()
    path.touch()
    with pytest.raises(CasebookError, match="holds no casebook yet"):
        Casebook.open(path, create=False)


def test_an_empty_database_is_only_filled_by_upgrade(server: Server) -> None:
    empty = server.empty()
    with pytest.raises(CasebookError, match="holds no casebook yet") as caught:
        Casebook.open(empty)
    assert "entrepot casebook upgrade" in caught.value.hint
    assert Casebook.upgrade(empty, by="kk").before is None
    with Casebook.open(empty) as book:
        assert [(line.action, line.by) for line in book.trail()] == [("create", "kk")]
    assert Casebook.upgrade(empty).before == newest()


def older(place: str, version: str = "0001") -> None:
    """A casebook as an earlier version left it."""
    at = Door(address_of(place))
    if at.address.path is not None:
        at.address.path.touch(0o600)
    with at.writing() as connection:
        migrate(connection, version)
        row = {"layout": version, "software": "0.1.0"}
        Pen(connection, "entrepot", ticking()).add(
            layouts, row, action="create", object_id=f"layout {version}"
        )
    at.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    made = (
        f"sqlite:///{tmp_path / 'casebook.sqlite'}"
        if request.param == "sqlite"
        else str(request.getfixturevalue("server").empty())
    )
    older(made)
    return made


def test_an_older_layout_is_said_and_upgraded_when_asked(old_url: str) -> None:
    with pytest.raises(CasebookError, match=r"older layout \(0001, expected 00") as caught:
        Casebook.open(old_url)
    assert "entrepot casebook upgrade" in caught.value.hint
    done = Casebook.upgrade(old_url, ticking(), by="kk")
    assert (done.before, done.after) == ("0001", newest())
    with Casebook.open(old_url) as book:
        assert [(line.action, line.by) for line in book.trail()] == [
            ("create", "entrepot"), ("upgrade", "kk"),
        ]  # fmt: skip
        assert book.check().is_whole
        book.keep(REPORT, [BOUGHT], by="kk")
    if done.copy is not None:
        assert done.copy.stat().st_mode & 0o777 == 0o600
        with closing(sqlite3.connect(done.copy)) as copy:
            assert copy.execute("SELECT version_num FROM casebook_layout").fetchone() == ("0001",)
            assert copy.execute("SELECT count(*) FROM trail").fetchone() == (1,)
    assert (done.copy is None) == old_url.startswith("postgresql")


def test_a_casebook_without_reviews_gets_them_and_a_case_called_published_by_hand_goes_on(
    tmp_path: Path,
) -> None:
    place = f"sqlite:///{tmp_path / 'casebook.sqlite'}"
    older(place, "0003")
    with closing(Door(address_of(place))) as at, at.writing() as connection:
        pen = Pen(connection, "kk", ticking())
        case_id = "cas_000000000001"
        row = {"case_id": case_id, "title": "a", "question": "", "hub": "", "target": ""}
        pen.add(case_tables.cases, row, action="new", object_id=case_id)
        for state in ("draft", "review", "published"):  # as layout 0003 let anybody do
            case_states.written(pen, case_id, state, "because")
    assert Casebook.upgrade(place, ticking(), by="kk").before == "0003"
    with Casebook.open(place) as book, book.writing("kk") as pen:
        made = publications.add(pen, case_id, Edition("dos_000000000001", 1, "a" * 64, DAY))
        assert (made.action, case_states.current(pen.connection, case_id)) == (
            "published", "published"
        )  # fmt: skip
    with Casebook.open(place) as book:
        assert book.check().is_whole


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_casebook_without_cases_gets_them_and_keeps_what_it_held(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = (
        f"sqlite:///{tmp_path / 'casebook.sqlite'}"
        if engine == "sqlite"
        else str(request.getfixturevalue("server").empty())
    )
    older(place, "0002")
    with closing(Door(address_of(place))) as at, at.writing() as connection:
        pen = Pen(connection, "kk", ticking())
        reports.add(pen, REPORT)
        claims.add(pen, [BOUGHT])
        before = pen.head
    assert Casebook.upgrade(place, ticking(), by="kk").before == "0002"
    with Casebook.open(place) as book:
        assert book.trail()[before[0] - 1].hash == before[1]
        with book.writing("kk") as pen:
            case_id = cases.new(pen, "a case").case_id
            cases.add(pen, case_id, [BOUGHT.claim_id])
            look = Look("an image", "for", "an analyst of the desk", "S2B_20220826")
            results.add(pen, BOUGHT.claim_id, look)
        assert [one.observer for one in book.evidence(BOUGHT.claim_id)] == [look.observer]
        assert book.check().is_whole


def test_an_upgrade_that_fails_changes_nothing(
    old_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entrepot.casebook import opening

    def broken(connection: object) -> None:
        migrate(connection)  # type: ignore[arg-type]
        raise CasebookError("the last step fails")

    monkeypatch.setattr(opening, "migrate", broken)
    with pytest.raises(CasebookError, match="the last step fails"):
        Casebook.upgrade(old_url)
    monkeypatch.undo()
    with pytest.raises(CasebookError, match="older layout"):
        Casebook.open(old_url)
    Casebook.upgrade(old_url)
    if old_url.startswith("sqlite"):  # the second copy does not replace the first
        folder = Path(old_url.removeprefix("sqlite:///")).parent
        assert len(list(folder.glob("casebook.sqlite.layout-0001*"))) == 2


def test_a_newer_layout_is_refused_with_a_sentence(own_url: str) -> None:
    sql(own_url, "UPDATE casebook_layout SET version_num = '0999'")
    for act in (Casebook.open, Casebook.upgrade):
        with pytest.raises(CasebookError, match=r"written by a newer Entrepot \(layout 0999"):
            act(own_url)


def test_another_database_is_no_casebook(tmp_path: Path, server: Server) -> None:
    places = [f"sqlite:///{tmp_path / 'other.sqlite'}", server.empty()]
    (tmp_path / "other.sqlite").touch()
    for place in places:
        sql(place, "CREATE TABLE songs (title TEXT)")
        for act in (Casebook.open, Casebook.upgrade):
            with pytest.raises(CasebookError, match="other tables, and no casebook"):
                act(place)


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "casebook.sqlite"
    path.write_text("a letter, and no database\n" * 200)
    with pytest.raises(CasebookError, match="the file is not an SQLite database"):
        Casebook.open(path)
    assert path.read_text().startswith("a letter")
    with pytest.raises(CasebookError, match="is a folder"):
        Casebook.open(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(CasebookError, match="cannot make the casebook"):
        Casebook.open(tmp_path / "file" / "casebook.sqlite")


def test_a_cut_off_file_is_damaged(tmp_path: Path, made_file: Path) -> None:
    path = tmp_path / "casebook.sqlite"
    content = made_file.read_bytes()
    path.write_bytes(content[: len(content) // 2 + 100])
    with pytest.raises(CasebookError, match="damaged"), Casebook.open(path) as book:
        book.add_report(REPORT, by="kk")


def _with_pragma(book: Casebook, pragma: str) -> None:
    def set_it(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(book._door.engine, "connect", set_it)


@pytest.mark.parametrize(
    ("pragma", "said"),
    [("query_only = ON", "can be read but not written"), ("max_page_count = 1", "disk is full")],
)
def test_a_file_that_cannot_be_written(
    tmp_path: Path, made_file: Path, pragma: str, said: str
) -> None:
    """SQLite gives the same codes as for a medium that is read-only or full."""
    path = Path(shutil.copy(made_file, tmp_path))
    long = REPORT.__class__(text="a" * 100_000)
    with Casebook.open(path) as book:
        _with_pragma(book, pragma)
        with pytest.raises(CasebookError, match=said):
            book.add_report(long, by="kk")
        assert book.reports() == ()
    with Casebook.open(path) as book:
        assert book.check().is_whole


@pytest.mark.skipif(os.name != "posix", reason="needs file modes")
def test_a_read_only_file_in_a_read_only_folder_can_be_read(
    tmp_path: Path, made_file: Path
) -> None:
    folder = tmp_path / "held"
    folder.mkdir()
    path = Path(shutil.copy(made_file, folder))
    path.chmod(0o444)
    folder.chmod(0o555)
    context = processes()
    said = context.Queue()
    assert ended([started(context, read_as_anybody, str(path), said)]) == [0]
    folder.chmod(0o755)
    assert "can be read but not written" in said.get(timeout=5)


def test_a_locked_file_is_said_after_a_while(
    tmp_path: Path, made_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shutil.copy(made_file, tmp_path)
    monkeypatch.setattr(door, "WAIT_SECONDS", 0.1)
    with Casebook.open(path) as book, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CasebookError, match="in use by another program"):
            book.add_report(REPORT, by="kk")


def test_a_locked_casebook_on_a_server_is_said_after_a_while(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "WAIT_SECONDS", 0.2)
    place = server.cleared()
    with Casebook.open(place) as book, Casebook.open(place) as other, other.writing("mm"):
        with pytest.raises(CasebookError, match=r"not free within|longer than"):
            book.add_report(REPORT, by="kk")
        book.reports()  # readers need not wait


def test_a_lost_server_is_one_sentence_and_leaves_nothing_half_written(server: Server) -> None:
    place = server.made()
    with Casebook.open(place) as book:
        before = book.head()

        def lose(pen: Pen) -> None:
            pen.add(layouts, {"layout": "x", "software": "y"}, action="add", object_id="x")
            server.run(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'entrepot'",
            )
            pen.add(layouts, {"layout": "x", "software": "z"}, action="add", object_id="x")

        with pytest.raises(CasebookError, match="connection was lost"), book.writing("kk") as pen:
            lose(pen)
        assert book.head() == before  # and the next connection is a new one
        server.stop()
        with pytest.raises(CasebookError, match="cannot be reached") as caught:
            book.head()
        server.start()
    assert PASSWORD not in f"{caught.value}{caught.value.hint}"


def test_wrong_passwords_users_and_names_are_said_without_the_password(server: Server) -> None:
    cases: list[tuple[str, str]] = [
        (server.url("postgres", password="wr0ng"), "cannot be reached|refuses the user"),
        (server.url("nowhere"), "does not exist|cannot be reached"),
        (f"postgresql://a:{PASSWORD}@127.0.0.1:1/x", "cannot be reached"),
        (f"postgresql://a:{PASSWORD}@127.0.0.1:1/x?password={PASSWORD}", "cannot be reached"),
        (f"postgresql://a:{PASSWORD}@h@127.0.0.1/x", "an @ too many"),
        (f"postgresql://a:{PASSWORD}@127.0.0.1:port/x", "cannot be read"),
        (f"mysql://a:{PASSWORD}@127.0.0.1/x", "a casebook on mysql"),
        (f"postgresql://a:{PASSWORD}@127.0.0.1", "without a database"),
    ]
    for place, said in cases:
        with pytest.raises((CasebookError, RequestError), match=said) as caught:
            Casebook.open(place)
        shown = f"{caught.value} {caught.value.hint} {caught.value!r}"
        assert PASSWORD not in shown
        assert "wr0ng" not in shown


def test_an_address_never_shows_its_password() -> None:
    found = address_of(
        f"postgresql+psycopg://owner:{PASSWORD}@db.example:5433/cases?sslmode=require"
    )
    assert found.shown == "postgresql://owner@db.example:5433/cases"
    assert PASSWORD not in repr(found)
    assert found.url is not None
    assert PASSWORD not in repr(found.url)
    assert found.url.password == PASSWORD


@pytest.mark.parametrize("given", ["", " ", "sqlite://", "sqlite:///:memory:", "http://x/y"])
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(RequestError):
        address_of(given)


@pytest.mark.parametrize("given", ["sqlite:////tmp/x y%.sqlite", "/tmp/x y%.sqlite"])
def test_a_file_is_named_plainly_or_as_an_address(given: str) -> None:
    assert address_of(given).path == Path("/tmp/x y%.sqlite")


@pytest.mark.parametrize("name", ["a b%41?c#d.sqlite", "дело.sqlite"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    with Casebook.open(tmp_path / name) as book:
        book.add_report(REPORT, by="kk")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(CasebookError, match="needs psycopg") as caught:
        Casebook.open("postgresql://owner@127.0.0.1/cases")
    assert "entrepot[postgres]" in caught.value.hint


def test_a_user_with_select_and_insert_alone_can_work(server: Server) -> None:
    """The lines of docs/casebook.md; the owner alone can change tables."""
    place = server.made()
    database = place.rpartition("/")[2]
    sql(
        place,
        f"DROP ROLE IF EXISTS reviewer; CREATE ROLE reviewer LOGIN PASSWORD '{PASSWORD}'",
        "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO reviewer",
        "REVOKE INSERT ON casebook_layout FROM reviewer",
    )
    with Casebook.open(server.url(database, user="reviewer"), ticking()) as book:
        book.keep(REPORT, [BOUGHT], by="kk")
        assert book.check().is_whole
        with pytest.raises(CasebookError, match="refuses this to"), book.writing("kk") as pen:
            pen.connection.exec_driver_sql("DELETE FROM trail")
    sql(place, "DROP OWNED BY reviewer; DROP ROLE reviewer")


def test_a_database_in_another_encoding_is_refused(server: Server) -> None:
    server.run("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(CasebookError, match="encoded in LATIN1, expected UTF8"):
        Casebook.upgrade(server.url("latin"))


def test_a_clock_without_a_zone_is_refused(made_file: Path, tmp_path: Path) -> None:
    from datetime import datetime

    naive: Callable[[], datetime] = lambda: datetime(2026, 3, 1)  # noqa: DTZ001, E731
    path = shutil.copy(made_file, tmp_path)
    with pytest.raises(CasebookError, match="time zone"), Casebook.open(path, naive) as book:
        book.add_report(REPORT, by="kk")


def test_the_address_is_a_value() -> None:
    assert address_of("x.sqlite") == Address(Path("x.sqlite"), None, "x.sqlite")
