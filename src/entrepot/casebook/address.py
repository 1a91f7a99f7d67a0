"""Where a casebook lies: a file, or a PostgreSQL database. A password is never shown."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from entrepot.errors import RequestError

_POSTGRES: Final = ("postgresql", "postgresql+psycopg", "postgres")
_EXPECTED: Final = "expected a file or postgresql://USER@HOST/DATABASE"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a casebook lies.

    Attributes:
        path: of the file; null: on PostgreSQL.
        url: of the database with its password; null: a file. Never print it: `shown` is for that.
        shown: as it may stand in messages and logs.
    """

    path: Path | None
    url: URL | None
    shown: str

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"


def address_of(where: str | Path) -> Address:
    """Read a path or URL.

    Raises:
        RequestError: it is neither a file nor a PostgreSQL address; what was given is not
            repeated in the message, as it may hold a password.
    """
    if isinstance(where, Path) or "://" not in where:
        if not str(where).strip():
            raise RequestError(f"got an empty casebook address, {_EXPECTED}")
        return Address(Path(where), None, str(where))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise RequestError(f"got a casebook address that cannot be read, {_EXPECTED}") from error
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        return _file(url)
    if url.drivername not in _POSTGRES:
        raise RequestError(f"got a casebook on {url.drivername.split('+')[0]}, {_EXPECTED}")
    if not url.database or "@" in f"{url.host or ''}{url.database}":
        raise RequestError(
            f"got a casebook address without a database or with an @ too many, {_EXPECTED}",
            hint="An @, / or : in a password is written %40, %2F or %3A.",
        )
    return Address(None, url.set(drivername="postgresql+psycopg"), _shown(url))


def _file(url: URL) -> Address:
    if not url.database or url.database == ":memory:":
        raise RequestError("got a casebook in memory, which keeps nothing; expected a file")
    return Address(Path(url.database), None, url.database)


def _shown(url: URL) -> str:
    """Without password and without the query, which may hold one too."""
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{user}{url.host or ''}{port}/{url.database}"
