"""Is the casebook as it was left: every way to change it past the program is found and named."""

import hashlib
import json
import re

import pytest
from sqlalchemy.exc import DBAPIError
from tests.casebook.world import BOUGHT, PASSED, REPORT, sql, ticking, unguarded

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.content import digest, entry_hash, line_hash
from entrepot.casebook.registry import tables_of_entries
from entrepot.casebook.tables import claims, metadata, reports
from entrepot.errors import CasebookError


@pytest.fixture
def own(url: str) -> str:
    """Five lines: layout, report, appearance, two readings; then a decision and its undo."""
    with Casebook.open(url, ticking()) as book:
        book.keep(REPORT, [BOUGHT, PASSED], by="reader")
        made = book.decide(BOUGHT.claim_id, "confirm", by="kk")
        book.withdraw(made.decision_id, by="kk")
    return url


def first_difference(url: str, head: str | None = None) -> str:
    with Casebook.open(url) as book:
        found = book.check(head)
    assert not found.is_whole
    return found.differences[0].what


def test_an_untouched_casebook_is_whole(own: str) -> None:
    with Casebook.open(own) as book:
        found = book.check()
        assert (found.entries, found.head, found.differences) == (7, book.head()[1], ())


TABLES = ["trail", *(table.name for table in tables_of_entries().values())]


@pytest.mark.parametrize("change", ["UPDATE {} SET seq = seq", "DELETE FROM {}", "TRUNCATE {}"])
def test_both_databases_refuse_to_change_any_table(url: str, change: str) -> None:
    """Also where no row is hit: an empty table is guarded like a full one on PostgreSQL."""
    if url.startswith("sqlite") and change.startswith("TRUNCATE"):
        return  # SQLite has no such statement
    for table in TABLES if not url.startswith("sqlite") else ["trail", "layouts"]:
        statement = change.format(table) + (" CASCADE" if "TRUNCATE" in change else "")
        with pytest.raises(DBAPIError, match="only added to"):
            sql(url, statement)


def test_sqlite_refuses_to_change_or_replace_a_row_of_any_table(own: str) -> None:
    if not own.startswith("sqlite"):
        return
    for table in ("trail", "reports", "appearances", "claims", "claim_decisions", "withdrawals"):
        for statement in (
            f"UPDATE {table} SET seq = seq", f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
            f"UPDATE OR REPLACE {table} SET seq = 1",
        ):  # fmt: skip
            with pytest.raises(DBAPIError, match="only added to"):
                sql(own, statement)
    by_other_key = (
        "INSERT OR REPLACE INTO reports SELECT 99, report_id, 'another text' FROM reports"
    )
    with pytest.raises(DBAPIError, match="only added to"):
        sql(own, by_other_key)


def test_every_table_of_entries_has_its_guards_and_its_trail(own: str) -> None:
    for table in TABLES:
        assert table in metadata.tables
    names = [table for table in TABLES if table != "trail"]
    for name in names:
        if own.startswith("sqlite"):
            for end in ("changed", "removed", "replaced"):
                sql(own, f"DROP TRIGGER {name}_not_{end}")
        else:
            sql(own, f"ALTER TABLE {name} ENABLE TRIGGER {name}_only_added_to")
    with Casebook.open(own) as book:
        said = " ".join(one.what for one in book.check().differences)
    assert all(f"table {name}," in said for name in names)


CHANGES = [
    ("reports", "UPDATE reports SET text = replace(text, '1,500', '1,501')",
     r"entry 2 \(report rep_.*, by reader\) is not what was written"),
    ("claims", "UPDATE claims SET row = replace(row, 'DEU', 'LVA') WHERE seq = 4",
     r"entry 4 \(reading clm_.*\) is not what was written"),
    ("claims", "UPDATE claims SET type = 'other' WHERE seq = 5", "entry 5 .* not what was written"),
    ("appearances", "UPDATE appearances SET reported_on = NULL", "entry 3 .* not what was written"),
    ("appearances", "UPDATE appearances SET title = publisher, publisher = title",
     "entry 3 .* not what was written"),
    ("claims", "DELETE FROM claims WHERE seq = 5", "entry 5 .* was removed from its table"),
    ("withdrawals", "DELETE FROM withdrawals", "entry 7 .* was removed"),
    ("trail", "UPDATE trail SET said_by = 'mm' WHERE seq = 6", "line of entry 6 .* was changed"),
    ("trail", "UPDATE trail SET at = '2020-01-01' WHERE seq = 6", "line of entry 6 .* changed"),
    ("trail", "UPDATE trail SET object_id = 'clm_x' WHERE seq = 4", "line of entry 4 .* changed"),
    ("trail", "UPDATE trail SET action = 'reject' WHERE seq = 6", "line of entry 6 .* changed"),
    ("trail", "UPDATE trail SET kind = 'gossip' WHERE seq = 6", "line of entry 6 .* changed"),
    ("trail", "UPDATE trail SET content = hash WHERE seq = 6", "line of entry 6 .* changed"),
    ("trail", "UPDATE trail SET hash = content WHERE seq = 6", "line of entry 6 .* changed"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "said"), CHANGES)
def test_a_change_past_the_guards_is_named(own: str, table: str, change: str, said: str) -> None:
    unguarded(own, table, change)
    assert re.search(said, first_difference(own))


def test_a_line_that_was_cut_out_of_the_middle_is_named(own: str) -> None:
    unguarded(own, "claims", "DELETE FROM claims WHERE seq = 5")
    unguarded(own, "trail", "DELETE FROM trail WHERE seq = 5")
    assert "entry 6" in first_difference(own)
    assert "follows number 4: entries are missing" in first_difference(own)


def test_an_entry_that_was_put_in_past_the_trail_is_named(own: str) -> None:
    row = (
        "INSERT INTO withdrawals (seq, withdrawal_id, entry_id, because) "
        "VALUES (8, 'wit_x', 'dec_x', '')"
    )
    unguarded(own, "withdrawals", row) if own.startswith("sqlite") else sql(
        own, "SET session_replication_role = replica", row
    )
    assert "entry 8 (withdrawal) is not in the trail" in first_difference(own)


def test_a_table_that_was_removed_is_named(own_url: str) -> None:
    sql(own_url, "DROP TABLE withdrawals")
    assert first_difference(own_url) == "the table withdrawals was removed"


def _rewritten(url: str, seq: int) -> None:
    """What somebody does who controls the file: a change, and every later hash made anew."""
    unguarded(url, "reports", "UPDATE reports SET text = 'Nothing happened.' WHERE seq = 2")
    names = "seq, at, said_by, action, kind, object_id, content, previous, hash"
    lines = [
        dict(zip(names.split(", "), row, strict=True))
        for row in sql(url, f"SELECT {names} FROM trail ORDER BY seq")
    ]
    statements = []
    for place, line in enumerate(lines):
        if line["seq"] == seq:
            row = {"report_id": REPORT.report_id, "text": "Nothing happened."}
            line["content"] = entry_hash(reports, row)
        if place:
            line["previous"] = lines[place - 1]["hash"]
        line["hash"] = line_hash(line)
        statements.append(
            f"UPDATE trail SET content = '{line['content']}', previous = '{line['previous']}', "
            f"hash = '{line['hash']}' WHERE seq = {line['seq']}"
        )
    unguarded(url, "trail", *statements)


def _restore_guards(url: str) -> None:
    if not url.startswith("sqlite"):
        for table in ("reports", "trail"):
            sql(url, f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_only_added_to")


def test_a_chain_written_anew_is_told_by_a_head_kept_elsewhere(own: str) -> None:
    with Casebook.open(own) as book:
        head = book.head()[1]
    _rewritten(own, 2)
    _restore_guards(own)
    with Casebook.open(own) as book:
        hashes = [one for one in book.check().differences if one.seq is not None]
        assert hashes == []  # by itself the chain is in order: docs/casebook.md says so
        told = book.check(head).differences
    assert any("is not in the chain" in one.what for one in told)


def test_a_chain_cut_off_at_its_end_is_told_by_a_head_kept_elsewhere(own: str) -> None:
    with Casebook.open(own) as book:
        head = book.head()[1]
        earlier = book.trail()[3].hash
    unguarded(own, "withdrawals", "DELETE FROM withdrawals")
    unguarded(own, "trail", "DELETE FROM trail WHERE seq = 7")
    with Casebook.open(own) as book:
        assert [one for one in book.check().differences if one.seq is not None] == []
        assert any("not in the chain" in one.what for one in book.check(head).differences)
        assert book.check(earlier.upper()).known_at == 4


def test_a_damaged_page_of_a_file_is_said(own: str) -> None:
    if not own.startswith("sqlite"):
        return
    path = own.removeprefix("sqlite:///")
    with open(path, "r+b") as file:  # noqa: PTH123
        content = file.read()
        place = content.index(b"Armenia bought 1,500 lorries from Germany in May. It")
        file.seek(place)
        file.write(b"Armenia sold")
    assert "entry 2 (report" in first_difference(own)
    with open(path, "r+b") as file:  # noqa: PTH123
        file.seek(4096)
        file.write(b"\xff" * 4096 * 3)
    with pytest.raises(CasebookError, match="is damaged"), Casebook.open(own) as book:
        book.trail()


def test_the_hash_of_an_entry_is_what_the_document_says() -> None:
    """Worked by hand with hashlib, so that others can verify an export without this program."""
    row = {"seq": 4, "report_id": "rep_1", "text": "é", "none": None}
    parts = [b"entrepot entry 1", b"report", b"report_id", b"text", b"rep_1",
             b"text", b"text", "é".encode()]  # fmt: skip
    made = hashlib.sha256(b"".join(b"%d:%s" % (len(part), part) for part in parts)).hexdigest()
    assert entry_hash(reports, row) == made
    assert digest([b"ab", b"c"]) != digest([b"a", b"bc"])


def test_an_export_can_be_verified_by_itself(own: str) -> None:
    with Casebook.open(own) as book:
        lines = [json.loads(json.dumps(row, ensure_ascii=False)) for row in book.export()]
    previous = "0" * 64
    for line in lines:
        table = tables_of_entries()[line["kind"]]
        assert entry_hash(table, line["entry"]) == line["content"]
        assert line_hash(line | {"said_by": line["by"]}) == line["hash"]
        assert line["previous"] == previous
        previous = line["hash"]
    assert len(lines) == 7
    assert json.loads(lines[3]["entry"]["row"]) == BOUGHT.row()


def test_what_is_sealed_or_private_is_not_exported() -> None:
    from sqlalchemy import Column, LargeBinary, Text

    from entrepot.casebook.export import _hidden

    sealed = claims.to_metadata(type(metadata)())
    sealed.append_column(Column("blob", LargeBinary))
    sealed.append_column(Column("told", Text, info={"private": True}))
    assert _hidden(sealed) == ["blob", "told"]
