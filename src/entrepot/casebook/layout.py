"""The layout of a casebook: which migrations it has seen, and those that it lacks.

Migrations are Alembic's, shipped in `migrations/versions` and run without an ini file. A revision
is a number of four digits, which is also the start of the file's name.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, inspect

from entrepot.errors import CasebookError

TABLE: Final = "casebook_layout"
"""Where Alembic notes the revision."""

_FOLDER: Final = Path(__file__).parent / "migrations"


@cache
def newest() -> str:
    """The layout of this version of Entrepot."""
    return max(path.name[:4] for path in (_FOLDER / "versions").glob("[0-9]*.py"))


def layout_of(connection: Connection, shown: str) -> str | None:
    """The layout of a casebook; null: the database is empty.

    Raises:
        CasebookError: the database holds other tables and no casebook.
    """
    names = set(inspect(connection).get_table_names())
    if TABLE in names:
        found = connection.exec_driver_sql(f"SELECT version_num FROM {TABLE}").scalar()  # noqa: S608
        return str(found) if found else None
    if names:
        raise CasebookError(
            f"{shown} is a database with other tables, and no casebook",
            hint="Name another file or database with --casebook.",
        )
    return None


def checked_layout(found: str | None, shown: str) -> None:
    """Say so if a layout is not the one of this version.

    Raises:
        CasebookError: there is none, or it is older or newer.
    """
    if found is None:
        raise CasebookError(
            f"{shown} holds no casebook yet", hint="entrepot casebook upgrade makes one."
        )
    if found > newest():
        raise CasebookError(
            f"the casebook {shown} was written by a newer Entrepot "
            f"(layout {found}, expected {newest()})",
            hint="Use that version, or a newer one.",
        )
    if found < newest():
        raise CasebookError(
            f"the casebook {shown} has an older layout ({found}, expected {newest()})",
            hint="entrepot casebook upgrade brings it up to date; of a file it keeps a copy.",
        )


def migrate(connection: Connection, to: str | None = None) -> None:
    """Run the migrations that are missing, in the transaction of `connection`.

    Args:
        connection: that writes.
        to: the revision wanted; null: the newest.
    """
    # Alembic takes a while to load and is needed once in the life of a casebook
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    wanted = to or newest()

    def steps(revision: Any, _: Any) -> Any:
        return script._upgrade_revs(wanted, revision)

    with EnvironmentContext(config, script, fn=steps, destination_rev=wanted) as environment:
        environment.configure(connection=connection, version_table=TABLE)
        environment.run_migrations()
