"""The whole casebook as JSON lines: each line of the trail with its entry."""

import heapq
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, select

from entrepot.casebook.registry import tables_of_entries
from entrepot.casebook.tables import trail
from entrepot.casebook.trail import line_of

_Entry = tuple[int, str, dict[str, Any]]


def exported(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every line of the trail in order, with its entry under `entry`.

    What is sealed (columns of bytes) and what a table calls private (`info={"private": True}` of a
    column) is left out; `left_out` names those columns. Null where an entry is gone.
    """
    streaming = connection.execution_options(yield_per=500)
    tables = tables_of_entries()
    with ExitStack() as stack:
        parts = [
            stack.enter_context(closing(_entries(streaming, kind, table)))
            for kind, table in tables.items()
        ]
        entries = heapq.merge(*parts, key=lambda entry: entry[0])
        ahead = next(entries, None)
        rows = streaming.execute(select(trail).order_by(trail.c.seq))
        for row in stack.enter_context(closing(rows)):
            line = line_of(row)
            while ahead is not None and ahead[0] < line.seq:
                ahead = next(entries, None)  # an entry that no line knows, or the one before
            found = ahead[2] if ahead and ahead[:2] == (line.seq, line.kind) else None
            hidden = _hidden(tables[line.kind]) if line.kind in tables else []
            yield line.row() | {"entry": found, "left_out": hidden}


def _entries(connection: Connection, kind: str, table: Table) -> Generator[_Entry, None, None]:
    hidden = _hidden(table)
    shown = [column for column in table.columns if column.name not in hidden]
    with closing(connection.execute(select(*shown).order_by(table.c.seq))) as rows:
        for row in rows.mappings():
            entry = dict(row)
            yield entry.pop("seq"), kind, entry


def _hidden(table: Table) -> list[str]:
    return [
        column.name for column in table.columns
        if isinstance(column.type, LargeBinary) or column.info.get("private")
    ]  # fmt: skip
