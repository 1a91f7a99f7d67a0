"""Opening, making and upgrading a casebook."""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from entrepot import __version__
from entrepot.casebook.address import Address
from entrepot.casebook.door import Door
from entrepot.casebook.layout import checked_layout, layout_of, migrate, newest
from entrepot.casebook.tables import layouts
from entrepot.casebook.trail import Clock, Pen
from entrepot.errors import CasebookError

PROGRAM: Final = "entrepot"
"""Who wrote what no person did: that the casebook was made."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did.

    Attributes:
        before: layout found; null: there was no casebook.
        after: layout now.
        copy: the file as it was before; null: nothing was to be done, or PostgreSQL.
    """

    before: str | None
    after: str
    copy: Path | None


def opened(address: Address, clock: Clock, *, create: bool) -> Door:
    """A door to a casebook of this version's layout.

    Args:
        address: where it lies.
        clock: gives the UTC instant for the first entry.
        create: make the file where there is none. A database of PostgreSQL is only filled by
            `upgraded`.

    Raises:
        CasebookError: there is none, it has another layout, or it cannot be read.
    """
    if address.path is not None:
        _check_place(address.path, create=create)
    door = Door(address)
    try:
        with door.reading() as connection:
            _check_encoding(connection, address)
            found = layout_of(connection, address.shown)
        if found is None and create and address.path is not None:
            _fill(door, PROGRAM, clock)
            found = newest()
        checked_layout(found, address.shown)
    except BaseException:
        door.close()
        raise
    return door


def upgraded(address: Address, clock: Clock, by: str = PROGRAM) -> Upgraded:
    """Make a casebook, or bring it to this version's layout; all of it or nothing.

    Raises:
        CasebookError: it cannot be written, is no casebook, or is newer.
    """
    if address.path is not None:
        _check_place(address.path, create=True)
    with closing(Door(address)) as door:
        with door.reading() as connection:
            _check_encoding(connection, address)
            if layout_of(connection, address.shown) == newest():
                return Upgraded(newest(), newest(), None)
        return _fill(door, by, clock)


def _fill(door: Door, by: str, clock: Clock) -> Upgraded:
    with door.writing(seconds=0) as connection:
        before = layout_of(connection, door.address.shown)
        if before is not None and before >= newest():
            checked_layout(before, door.address.shown)  # another one was faster
            return Upgraded(before, before, None)
        copy = _copy(door.address.path, before) if door.address.path and before else None
        migrate(connection)
        Pen(connection, by, clock).add(
            layouts, {"layout": newest(), "software": __version__},
            action="upgrade" if before else "create", object_id=f"layout {newest()}",
        )  # fmt: skip
    return Upgraded(before, newest(), copy)


def _check_place(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise CasebookError(f"{path} is a folder, expected the file of a casebook")
    if path.exists():
        return
    if not create:
        raise CasebookError(
            f"there is no casebook at {path}",
            hint="The first report or tip that is kept makes one; so does entrepot casebook "
            "upgrade. Another place is named with --casebook or --workspace.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # another process may make it at the same moment; it then serves both
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise CasebookError(
            f"cannot make the casebook {path}: {error.strerror}",
            hint="Name another place with --casebook.",
        ) from error


def _check_encoding(connection: Connection, address: Address) -> None:
    if address.path is not None:
        return
    found = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if found != "UTF8":
        raise CasebookError(
            f"the database {address.shown} is encoded in {found}, expected UTF8",
            hint="CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0",
        )


def _copy(path: Path, layout: str) -> Path:
    """A whole copy of a file that is locked for writing, beside it and as private."""
    number = 1
    while True:
        end = "" if number == 1 else f".{number}"
        target = path.with_name(f"{path.name}.layout-{layout}{end}")
        try:
            os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            break
        except FileExistsError:
            number += 1
        except OSError as error:
            raise CasebookError(
                f"cannot write a copy of the casebook to {target}: {error.strerror}"
            ) from error
    try:
        with closing(sqlite3.connect(path)) as held, closing(sqlite3.connect(target)) as made:
            held.backup(made)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise CasebookError(
            f"cannot write a copy of the casebook to {target} ({error})",
            hint="The casebook is as it was.",
        ) from error
    return target
