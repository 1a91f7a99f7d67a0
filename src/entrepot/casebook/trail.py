"""The audit trail: who wrote which entry when, each line chained to the one before.

Each line holds the hash of its entry and of the line before it, so nothing can be changed, removed,
inserted or moved without every later hash changing. Whoever controls the file or the server could
write the whole chain anew; against that helps a head hash that is kept elsewhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from entrepot.casebook.content import FIRST, checked, entry_hash, line_hash, moment
from entrepot.casebook.tables import trail
from entrepot.records.ids import content_id

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail.

    Attributes:
        seq: number, from 1, without a gap.
        at: UTC instant in ISO form; of tips only a day (`2026-11-28`) or a week (`2026-W48`).
        by: who wrote it; `entrepot` where the program did so by itself.
        action: what was done: `add`, `confirm`, `withdraw` ...
        kind: what kind of entry it is.
        object_id: what it is about.
        content: sha256 of the entry.
        previous: hash of the line before; 64 zeros at the first.
        hash: sha256 of all of the above.
    """

    seq: int
    at: str
    by: str
    action: str
    kind: str
    object_id: str
    content: str
    previous: str
    hash: str

    def row(self) -> dict[str, Any]:
        """The line ready for JSON."""
        return {name: getattr(self, name) for name in LINE}


LINE = ("seq", "at", "by", "action", "kind", "object_id", "content", "previous", "hash")
"""Columns of a line, in order."""


def line_of(row: Row[Any]) -> Line:
    """The line in a row of the table."""
    return Line(*tuple(row))


def now_utc() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


class Pen:
    """Writes entries in one transaction; get it from `Casebook.writing`."""

    def __init__(self, connection: Connection, by: str, clock: Clock) -> None:
        self.connection = connection
        self.by = by
        self._clock = clock
        self._head: tuple[int, str] | None = None

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last line; (0, zeros) in an empty casebook."""
        if self._head is None:
            self._head = head_of(self.connection)
        return self._head

    def fresh_id(self, prefix: str, *parts: str) -> str:
        """An id for something that a person does, which may be done again in the same words."""
        return content_id(prefix, *parts, self.by, self.head[1])

    def add(
        self, table: Table, row: Mapping[str, Any], *, action: str, object_id: str,
        exact: str = "instant",
    ) -> Line:  # fmt: skip
        """Write one entry and its line.

        Args:
            table: of `entry_table`.
            row: its columns without `seq`.
            action: what is done, a word.
            object_id: what it is about.
            exact: how exactly the trail says when: `instant`, `day` or `week`.

        Raises:
            RequestError: a text that the databases cannot keep.
            CasebookError: a value that is neither text, a whole number nor bytes.
        """
        kept = checked(row)
        seq, previous = self.head
        line = checked({
            "seq": seq + 1, "at": moment(self._clock(), exact), "said_by": self.by,
            "action": action, "kind": table.info["kind"], "object_id": object_id,
            "content": entry_hash(table, kept), "previous": previous,
        })  # fmt: skip
        line["hash"] = line_hash(line)
        self.connection.execute(insert(trail), line)
        self.connection.execute(insert(table), kept | {"seq": seq + 1})
        self._head = (seq + 1, line["hash"])
        return Line(*line.values())


def head_of(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last line; (0, zeros) in an empty casebook."""
    found = connection.execute(
        select(trail.c.seq, trail.c.hash).order_by(trail.c.seq.desc()).limit(1)
    ).one_or_none()
    return (found.seq, found.hash) if found else (0, FIRST)


def lines(
    connection: Connection, *, since: date | None = None, about: str | None = None,
    by: str | None = None,
) -> tuple[Line, ...]:  # fmt: skip
    """The lines of the trail in order.

    Args:
        connection: that reads.
        since: first day (UTC). A line with a week only counts with its last day.
        about: id of an object; lines about entries that name it are not found by this.
        by: who wrote it.
    """
    asked = select(trail).order_by(trail.c.seq)
    if about is not None:
        asked = asked.where(trail.c.object_id == about)
    if by is not None:
        asked = asked.where(trail.c.said_by == by)
    found = (line_of(row) for row in connection.execute(asked))
    return tuple(line for line in found if since is None or last_day(line.at) >= since)


def last_day(at: str) -> date:
    """The last day that a line's `at` may mean."""
    if "W" in at:
        year, _, week = at.partition("-W")
        return date.fromisocalendar(int(year), int(week), 7)
    return date.fromisoformat(at[:10])
