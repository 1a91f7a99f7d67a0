"""The connection to a casebook: one way to read, one way to write, on both databases.

A reader sees one state of the whole. Writers queue: on SQLite by `BEGIN IMMEDIATE`, on PostgreSQL
by an advisory lock that ends with the transaction, so the trail never forks.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from entrepot.casebook.address import Address
from entrepot.casebook.faults import WAIT_SECONDS, explained
from entrepot.errors import CasebookError

LOCK: Final = 0x656E7472  # "entr"
"""Number of the advisory lock that writers of one database queue for."""

_CONNECT_SECONDS: Final = 10
_WRITES: Final = "entrepot_writes"


class Door:
    """Opens connections to the casebook at an address."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.engine = _sqlite(address.path) if address.path else _postgres(address)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state until it ends and cannot write."""
        with explained(self.address), self.engine.connect() as connection:
            if self.address.path is None:
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                self._limit(connection, WAIT_SECONDS)
                yield connection

    @contextmanager
    def writing(self, seconds: int = WAIT_SECONDS) -> Iterator[Connection]:
        """A connection that alone may write until it ends; an error takes back all of it.

        Args:
            seconds: longest time for one statement on PostgreSQL; 0: no limit.
        """
        with explained(self.address), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            if self.address.path is None:
                # the snapshot must be newer than the lock, whatever the server's default
                connection = connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                self._limit(connection, seconds)
                if self.address.path is None:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
                yield connection

    def close(self) -> None:
        """Close what is open."""
        self.engine.dispose()

    def _limit(self, connection: Connection, seconds: int) -> None:
        if self.address.path is not None:
            return
        milliseconds = seconds * 1000
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {milliseconds}")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {WAIT_SECONDS * 1000}")
        connection.exec_driver_sql(
            f"SET LOCAL idle_in_transaction_session_timeout = {10 * WAIT_SECONDS * 1000}"
        )


def _sqlite(path: Path) -> Engine:
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
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    # EXTRA: a commit outlives a power cut that follows at once. One file and no write-ahead log,
    # so that a copy of the file at rest is whole
    connection.execute("PRAGMA synchronous = EXTRA")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(address: Address) -> Engine:
    assert address.url is not None
    arguments: dict[str, Any] = {"application_name": "entrepot"}
    if "connect_timeout" not in address.url.query:
        arguments["connect_timeout"] = _CONNECT_SECONDS
    try:
        return create_engine(
            address.url, connect_args=arguments, pool_pre_ping=True, pool_size=2, max_overflow=8,
            pool_timeout=WAIT_SECONDS, hide_parameters=True,
        )  # fmt: skip
    except ImportError as error:
        raise CasebookError(
            f"the casebook {address.shown} needs psycopg, which is not installed",
            hint='Install it with: pip install "entrepot[postgres]"',
        ) from error
