"""What a database says when something is wrong, as one sentence and a hint."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from entrepot.casebook.address import Address
from entrepot.errors import CasebookError, RequestError

_BACKUP: Final = "Put back a copy of it; `entrepot casebook check` says whether a copy is whole."

_SQLITE: Final = (
    ("SQLITE_READONLY", "can be read but not written",
     "Check the permissions of the file and of its folder."),
    ("SQLITE_FULL", "cannot be written, as the disk is full",
     "Nothing was written. Make room and do it again."),
    ("SQLITE_BUSY", "is in use by another program and was not free within {wait} seconds",
     "Nothing was written. Do it again when the other program is done."),
    ("SQLITE_LOCKED", "is in use by another program", "Nothing was written. Do it again."),
    ("SQLITE_CORRUPT", "is damaged", _BACKUP),
    ("SQLITE_NOTADB", "is no casebook: the file is not an SQLite database", _BACKUP),
    ("SQLITE_CANTOPEN", "cannot be opened",
     "Check that the folder exists and that you may read and write in it."),
    ("SQLITE_PERM", "cannot be opened", "Check the permissions of the file."),
    ("SQLITE_IOERR", "could not be read or written by the system",
     "Check the disk. What was confirmed before is kept."),
    ("SQLITE_CONSTRAINT", "refused the entry, as it would break what is there",
     "Nothing was written."),
)  # fmt: skip

_POSTGRES: Final = (
    ("57014", "took longer than {wait} seconds for one step, so the step was given up",
     "Nothing was written. Do it again."),
    ("55P03", "is in use by another writer and was not free within {wait} seconds",
     "Nothing was written. Do it again."),
    ("42501", "refuses this to your database user",
     "The owner can grant SELECT and INSERT; docs/casebook.md has the lines."),
    ("25006", "can be read but not written", "It may be a standby server; use the primary."),
    ("53100", "cannot be written, as the server's disk is full", "Nothing was written."),
    ("28", "refuses the user or the password",
     "Check the address; the password may stand in the file that PGPASSFILE names."),
    ("3D000", "does not exist on that server", "The owner of the server can create it."),
    ("42P01", "lacks a table", "entrepot casebook check says what is missing."),
    ("23", "refused the entry, as it would break what is there", "Nothing was written."),
    ("P0001", "refused to change an entry: it is only added to", "Nothing was changed."),
)  # fmt: skip

WAIT_SECONDS: Final = 30
"""How long a writer waits for another one; a write takes milliseconds."""


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turn errors of the database into a `CasebookError`; other errors pass."""
    try:
        yield
    except SQLAlchemyError as error:
        raise fault(error, address) from error
    except UnicodeEncodeError as error:
        raise RequestError(
            f"got half a surrogate pair at character {error.start} of a text, expected valid "
            "Unicode"
        ) from error


def fault(error: SQLAlchemyError, address: Address) -> CasebookError:
    """The sentence for an error of the database."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if address.path is not None:
        code = str(getattr(cause, "sqlite_errorname", "") or "")
        found = _look_up(code, _SQLITE)
    else:
        code = str(getattr(cause, "sqlstate", "") or "")
        found = _look_up(code, _POSTGRES)
    if found is None:
        found = _unlisted(error, code, address)
    said, hint = found
    return CasebookError(
        f"the casebook {address.shown} {said.format(wait=WAIT_SECONDS)}",
        hint=hint,
    )


def _look_up(code: str, listed: tuple[tuple[str, str, str], ...]) -> tuple[str, str] | None:
    return next(((said, hint) for start, said, hint in listed if code.startswith(start)), None) \
        if code else None  # fmt: skip


def _unlisted(error: SQLAlchemyError, code: str, address: Address) -> tuple[str, str]:
    lost = (
        isinstance(error, InterfaceError | PoolTimeout)
        or getattr(error, "connection_invalidated", False)
        or code[:2] in ("08", "57")
        or (isinstance(error, OperationalError) and not code)
    )
    if address.path is None and lost:
        return (
            "cannot be reached, or the connection was lost",
            "Nothing was half written. Check that the server runs and can be reached.",
        )
    name = type(getattr(error, "orig", None) or error).__name__
    told = f"{name} {code}".strip()
    return f"gave an error that is not foreseen ({told})", "Nothing was half written."
