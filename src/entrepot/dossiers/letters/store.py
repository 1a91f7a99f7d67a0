"""The store of a newsletter: one SQLite file with its key beside it, both for their owner alone."""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from entrepot.dossiers.letters.keys import Key, Randomness, held_key
from entrepot.dossiers.letters.tables import LAYOUT, metadata, settings
from entrepot.errors import WorkspaceError

Clock = Callable[[], datetime]
"""Gives the present as an instant with a time zone."""

FILE: Final = "newsletter.sqlite"
WAIT_SECONDS: Final = 30
"""Seconds that a writer waits for another."""
_WRITES: Final = "entrepot_writes"


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """The subscribers of one list and what was sent to them.

    Attributes:
        path: of the file.
        key: of the list.
        clock: gives the present.
        random: gives bytes for tokens.
    """

    def __init__(self, path: Path, key: Key, clock: Clock, random: Randomness) -> None:
        self.path = path
        self.key = key
        self.clock = clock
        self.random = random
        self._engine = _engine(path)

    @classmethod
    def open(
        cls, path: Path, *, clock: Clock = _now, random: Randomness = secrets.token_bytes,
        create: bool = False,
    ) -> Self:  # fmt: skip
        """Open the store at `path`.

        Args:
            path: of the file; its key is `NAME.key` beside it.
            clock: gives the present.
            random: gives bytes for the key and for tokens.
            create: make it where there is none.

        Raises:
            WorkspaceError: there is none, it is none, or its key is another one.
        """
        is_new = not path.exists()
        if is_new and not create:
            raise WorkspaceError(
                f"there is no newsletter at {path}",
                hint="The first entrepot newsletter subscribe or import makes one.",
            )
        key = held_key(path.with_suffix(".key"), random, create=is_new and create)
        if is_new:
            _place(path)
        made = cls(path, key, clock, random)
        try:
            made._check()
        except BaseException:
            made.close()
            raise
        return made

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state until it ends."""
        with _explained(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write until it ends; an error takes back all of it."""
        with _explained(self.path), self._engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """A connection for many short transactions, each begun by the caller; all may write."""
        with _explained(self.path), self._engine.connect() as connection:
            yield connection.execution_options(**{_WRITES: True})

    def now(self) -> str:
        """The present, UTC in ISO form to the second."""
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")

    def today(self) -> str:
        """The present day, UTC, in ISO form."""
        return self.now()[:10]

    def forget(self) -> None:
        """Let nothing of what was erased stay in the log beside the file."""
        with _explained(self.path), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close what is open."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check(self) -> None:
        with self.writing() as connection:
            metadata.create_all(connection)
            found = {one.name: one.value for one in connection.execute(select(settings))}
            if not found:
                rows = [{"name": "layout", "value": LAYOUT},
                        {"name": "key", "value": self.key.check}]  # fmt: skip
                connection.execute(insert(settings), rows)
                return
        if found.get("layout") != LAYOUT:
            raise WorkspaceError(f"{self.path} has layout {found.get('layout')}, expected {LAYOUT}")
        if found.get("key") != self.key.check:
            raise WorkspaceError(
                f"{self.path.with_suffix('.key')} is the key of another newsletter",
                hint="Put back the key that was made with this store.",
            )


def _place(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # another process may make it at the same moment; it then serves both
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise WorkspaceError(f"cannot make the newsletter {path}: {error.strerror}") from error


def _engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        place = quote(str(path.absolute()))
        return sqlite3.connect(
            f"file:{place}?mode=rw", uri=True, timeout=WAIT_SECONDS, isolation_level=None,
            check_same_thread=False,
        )  # fmt: skip

    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=NullPool, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    # a write-ahead log: a commit is one write, and who reads never waits for the sender. FULL: it
    # outlives a power cut, as a letter that is forgotten is sent again
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # what is erased is written over and not only unlinked
    connection.execute("PRAGMA secure_delete = ON")


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """A commit meanwhile outlives the process, and a power cut only with the next one."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = str(getattr(error, "orig", None) or error)
        raise WorkspaceError(
            f"cannot use the newsletter {path}: {said}",
            hint="Another command may be writing, the disk be full, or the file be no newsletter.",
        ) from error
