"""Is the casebook as it was left: chain, entries, guards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect, select

from entrepot.casebook.content import FIRST, entry_hash, line_hash
from entrepot.casebook.registry import tables_of_entries
from entrepot.casebook.tables import trail
from entrepot.errors import CasebookError


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was left.

    Attributes:
        seq: number of the entry; null: it is about a table or the whole file.
        what: one sentence.
    """

    seq: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        entries: lines in the trail.
        head: hash of the last line; 64 zeros: none.
        differences: what is not as it was left, by number of entry; empty: all is well.
        known_at: number of the line whose hash was asked for; null: not asked, or not there.
    """

    entries: int
    head: str
    differences: tuple[Difference, ...]
    known_at: int | None = None

    @property
    def is_whole(self) -> bool:
        """Nothing differs."""
        return not self.differences


def check(connection: Connection, head: str | None = None) -> Checked:
    """Recompute every hash.

    Args:
        connection: that reads.
        head: a hash that was printed earlier and kept elsewhere; it must be in the chain.

    Finds what was changed, removed, added or moved past the trail. Does not find: a chain that
    somebody wrote anew from some entry on, or cut off at its end, unless `head` is given.
    """
    found: list[Difference] = [*_file(connection), *_guards(connection)]
    entries, orphans = _entries(connection)
    found += orphans
    last, seq, count, known_at = FIRST, 0, 0, None
    for line in connection.execute(select(trail).order_by(trail.c.seq)).mappings():
        found += _line(dict(line), seq, last, entries)
        count, seq, last = count + 1, line["seq"], line["hash"]
        if head is not None and line["hash"] == head.strip().lower():
            known_at = line["seq"]
    if head is not None and known_at is None:
        found.append(Difference(
            None, f"the hash {head.strip()[:12]}... is not in the chain: entries were removed or "
            "the chain was written anew, or it is of another casebook",
        ))  # fmt: skip
    found.sort(key=lambda one: (one.seq is None, one.seq or 0))
    return Checked(count, last, tuple(found), known_at)


def _line(
    line: dict[str, Any], before: int, previous: str, entries: dict[int, tuple[str, str]]
) -> Iterator[Difference]:
    seq = line["seq"]
    said = f"entry {seq} ({line['kind']} {line['object_id']}, {line['at']}, by {line['said_by']})"
    if seq != before + 1:
        yield Difference(seq, f"{said} follows number {before}: entries are missing")
    if line["previous"] != previous:
        yield Difference(seq, f"{said} does not follow the line before it")
    if line["hash"] != line_hash(line):
        yield Difference(seq, f"the trail's line of {said} was changed")
    kept = entries.get(seq)
    if line["kind"] not in tables_of_entries():
        yield Difference(seq, f"{said} is of a kind that this version does not know")
    elif kept is None:
        yield Difference(seq, f"{said} was removed from its table")
    elif kept != (line["kind"], line["content"]):
        yield Difference(seq, f"{said} is not what was written")


def _entries(connection: Connection) -> tuple[dict[int, tuple[str, str]], list[Difference]]:
    """Number -> kind and hash of every entry as it is now; and those that no line knows."""
    found: dict[int, tuple[str, str]] = {}
    orphans: list[Difference] = []
    known = set(connection.execute(select(trail.c.seq)).scalars())
    names = set(inspect(connection).get_table_names())
    for kind, table in tables_of_entries().items():
        if table.name not in names:
            orphans.append(Difference(None, f"the table {table.name} was removed"))
            continue
        rows = connection.execution_options(yield_per=500).execute(select(table)).mappings()
        for row in rows:
            seq = row["seq"]
            if seq not in known:
                orphans.append(Difference(seq, f"entry {seq} ({kind}) is not in the trail"))
            elif seq in found:
                orphans.append(Difference(seq, f"entry {seq} stands in two tables"))
            found[seq] = (kind, _hash(table, dict(row)))
    return found, orphans


def _hash(table: Any, row: dict[str, Any]) -> str:
    try:
        return entry_hash(table, row)
    except CasebookError:
        return ""  # a value of a type that was never written


def _guards(connection: Connection) -> Iterator[Difference]:
    """Tables whose triggers, which refuse every change, are gone."""
    is_file = connection.dialect.name == "sqlite"
    if is_file:
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ends: tuple[str, ...] = ("not_changed", "not_removed", "not_replaced")
    else:
        asked = (
            "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT tgisinternal AND tgenabled = 'A' AND relnamespace = "
            "current_schema()::regnamespace"
        )
        ends = ("only_added_to",)
    there = set(connection.exec_driver_sql(asked).scalars())
    names = set(inspect(connection).get_table_names())
    for table in (trail, *tables_of_entries().values()):
        if table.name in names and not {f"{table.name}_{end}" for end in ends} <= there:
            yield Difference(
                None, f"the guard of table {table.name}, which refuses changes, was removed"
            )


def _file(connection: Connection) -> Iterator[Difference]:
    if connection.dialect.name != "sqlite":
        return
    for said in connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars():
        if said != "ok":
            yield Difference(None, f"the file is damaged: {said}")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        yield Difference(None, "an entry refers to another one that is not there")
