"""What people decided about possible matches: a log that is only ever added to.

A judgement says that a name, as it was screened, is the same as a listed party, is a different
one, or that it stays unsure. `allow` lets a name rest until a day. Nothing is changed or removed:
to undo is one more entry. The log lies in one file of the workspace and takes several writers.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from entrepot.errors import RequestError, WorkspaceError
from entrepot.parties.party import Party
from entrepot.parties.watched import Facts, Seen, seen_of
from entrepot.records.ids import content_id

FILE: Final = "judgements.sqlite"
SAME, DIFFERENT, UNSURE, ALLOW, UNDO = "same", "different", "unsure", "allow", "undo"
PAIRS: Final = (SAME, DIFFERENT, UNSURE)
"""What may be said of a name and a listed party."""

WAIT_SECONDS: Final = 30.0
"""How long a writer waits for another one; a write takes milliseconds."""

LAYOUT: Final = 1
"""Version of the table, kept as the database's `user_version`."""

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS log (
  place INTEGER PRIMARY KEY AUTOINCREMENT, entry_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  name TEXT NOT NULL, facts TEXT NOT NULL, party_id TEXT, said_by TEXT NOT NULL,
  said_at TEXT NOT NULL, because TEXT NOT NULL, until TEXT, undoes TEXT, seen TEXT);
CREATE TRIGGER IF NOT EXISTS log_not_changed BEFORE UPDATE ON log
  BEGIN SELECT RAISE(ABORT, 'the log of judgements is only added to'); END;
CREATE TRIGGER IF NOT EXISTS log_not_removed BEFORE DELETE ON log
  BEGIN SELECT RAISE(ABORT, 'the log of judgements is only added to'); END;
"""
_COLUMNS: Final = (
    "entry_id, kind, name, facts, party_id, said_by, said_at, because, until, undoes, seen"
)
_INSERT: Final = (
    f"INSERT INTO log ({_COLUMNS}) VALUES ({', '.join('?' * len(_COLUMNS.split(', ')))}) "  # noqa: S608
    "ON CONFLICT (entry_id) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log.

    Attributes:
        entry_id: `jud_` and twelve signs, made from the content.
        kind: `same`, `different`, `unsure`, `allow` or `undo`.
        name: as it was screened; of an undo the name of the entry undone.
        facts: what else was screened with it (`schema` and FollowTheMoney properties). A judgement
            without facts holds for the name with any facts.
        party_id: the listed party; null: `allow` and `undo`.
        by: who said so.
        at: when, UTC.
        because: the reason; may be empty for a pair.
        until: last day of an `allow`; null otherwise.
        undoes: id of the entry that this one undoes; null otherwise.
        seen: names and identifiers of the party at that time; null: not known.
    """

    entry_id: str
    kind: str
    name: str
    facts: Facts
    party_id: str | None
    by: str
    at: datetime
    because: str = ""
    until: date | None = None
    undoes: str | None = None
    seen: Seen | None = None


class JudgementStore:
    """The log of a workspace."""

    def __init__(
        self, workspace: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.path = workspace / FILE
        self._clock = clock

    def judge(
        self, kind: str, name: str, party: Party | str, *, by: str, because: str = "",
        facts: Mapping[str, str] | None = None,
    ) -> Entry:  # fmt: skip
        """Say what a name is to a listed party.

        Args:
            kind: one of `PAIRS`.
            name: as it was screened.
            party: the listed party as the person saw it, or its id where the entry is not at hand.
            by: who says so.
            because: the reason.
            facts: what else was screened with the name, where the judgement rests on it.

        Raises:
            RequestError: an unknown kind, no name or nobody who says so.
            WorkspaceError: the log cannot be written.
        """
        if kind not in PAIRS:
            raise RequestError(f"got judgement {kind!r}, expected {', '.join(PAIRS)}")
        party_id = party if isinstance(party, str) else party.party_id
        if not party_id.strip():
            raise RequestError("got a judgement without a party, expected the id of a listed party")
        seen = None if isinstance(party, str) else seen_of(party)
        draft = self._draft(kind, name, by, because, facts)
        return self.add([replace(draft, party_id=party_id, seen=seen)])[0]

    def allow(
        self, name: str, until: date, *, by: str, because: str,
        facts: Mapping[str, str] | None = None,
    ) -> Entry:  # fmt: skip
        """Let a name rest until a day, that day included; the reason must be given.

        Raises:
            RequestError: no reason, no name, nobody who says so, or a day that is over.
            WorkspaceError: the log cannot be written.
        """
        if not because.strip():
            raise RequestError(
                "got no reason, expected why this name may rest", hint="Give it with --because."
            )
        if until < self._clock().date():
            raise RequestError(f"got until {until}, which is over, expected a day to come")
        return self.add([replace(self._draft(ALLOW, name, by, because, facts), until=until)])[0]

    def undo(self, entry_id: str, *, by: str, because: str = "") -> Entry:
        """Undo an entry by one more; an undo can be undone as well.

        Raises:
            RequestError: no such entry, or it is undone already.
            WorkspaceError: the log cannot be written.
        """
        wanted = entry_id.strip().lower()

        def drafted(log: Sequence[Entry]) -> list[Entry]:
            found = next((one for one in log if one.entry_id == wanted), None)
            if found is None:
                raise RequestError(
                    f"got {entry_id!r}, which is no entry of the log",
                    hint="entrepot judge list shows the ids.",
                )
            if wanted in voided(log):
                raise RequestError(f"{wanted} is undone already")
            draft = self._draft(UNDO, found.name, by, because, dict(found.facts))
            return [replace(draft, party_id=found.party_id, undoes=wanted)]

        return self._write(drafted)[0]

    def add(self, drafts: Iterable[Entry]) -> list[Entry]:
        """Add entries, all or none; one that is there already stays as it is.

        Entries without an id get theirs.

        Raises:
            WorkspaceError: the log cannot be written.
        """
        listed = list(drafts)
        return self._write(lambda _: listed)

    def log(self) -> tuple[Entry, ...]:
        """All entries, in the order in which they were added.

        Raises:
            WorkspaceError: the log cannot be read.
        """
        if not self.path.exists():
            return ()
        with self._opened() as connection:
            return _read(connection)

    def _draft(
        self, kind: str, name: str, by: str, because: str, facts: Mapping[str, str] | None
    ) -> Entry:
        if not name.strip():
            raise RequestError("got an empty name, expected the name as it was screened")
        if not by.strip():
            raise RequestError(
                "got nobody who says so, expected a name or a sign",
                hint="Give --by NAME, or set ENTREPOT_USER.",
            )
        kept = tuple(sorted((key, text) for key, text in (facts or {}).items() if text))
        return Entry("", kind, name.strip(), kept, None, by.strip(), self._clock(), because.strip())

    def _write(self, drafted: Callable[[Sequence[Entry]], list[Entry]]) -> list[Entry]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(f"cannot write {self.path}: {error.strerror}") from error
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                kept = [one if one.entry_id else _named(one) for one in drafted(_read(connection))]
                connection.executemany(_INSERT, map(_row, kept))
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
        return kept

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        connection = None
        try:
            connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
            _prepare(connection, self.path)
            yield connection
        except sqlite3.Error as error:
            raise WorkspaceError(
                f"the judgements in {self.path} cannot be read or written ({error})",
                hint="If the file is damaged, put back a copy of it; nothing else holds them.",
            ) from error
        finally:
            if connection is not None:
                connection.close()


def voided(log: Sequence[Entry]) -> set[str]:
    """Ids of the entries that are undone."""
    gone: set[str] = set()
    for entry in reversed(log):
        if entry.kind == UNDO and entry.entry_id not in gone and entry.undoes:
            gone.add(entry.undoes)
    return gone


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > LAYOUT:
        raise WorkspaceError(
            f"{path} was written by a newer Entrepot (layout {version}, expected {LAYOUT})",
            hint="Use that version, or a newer one.",
        )
    if version < LAYOUT:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_TABLE} PRAGMA user_version = {LAYOUT}; COMMIT;"
        )


def _read(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM log ORDER BY place")  # noqa: S608
    return tuple(_entry(row) for row in rows)


def _entry(row: Sequence[Any]) -> Entry:
    key, kind, name, facts, party_id, by, at, because, until, undoes, seen = row
    return Entry(
        key, kind, name, tuple((one, text) for one, text in json.loads(facts)), party_id, by,
        datetime.fromisoformat(at), because, date.fromisoformat(until) if until else None, undoes,
        None if seen is None else tuple((one, text) for one, text in json.loads(seen)),
    )  # fmt: skip


def _row(entry: Entry) -> tuple[str | None, ...]:
    seen = None if entry.seen is None else json.dumps(entry.seen, ensure_ascii=False)
    return (
        entry.entry_id, entry.kind, entry.name, json.dumps(entry.facts, ensure_ascii=False),
        entry.party_id, entry.by, entry.at.astimezone(UTC).isoformat(), entry.because,
        entry.until.isoformat() if entry.until else None, entry.undoes, seen,
    )  # fmt: skip


def _named(entry: Entry) -> Entry:
    return replace(entry, entry_id=content_id("jud", *(part or "" for part in _row(entry)[1:])))
