"""Options that all commands on the casebook share, and the opening of it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from entrepot.casebook.filename import FILE
from entrepot.cli.common import workspace_option

if TYPE_CHECKING:
    from entrepot.casebook.casebook import Casebook

Command = TypeVar("Command", bound=Callable[..., Any])


def casebook_options(command: Command) -> Command:
    """Add `--casebook` and `--workspace` to a command, as `casebook` and `workspace_dir`."""
    held = workspace_option(f"Folder whose {FILE} is used where no --casebook is named.")
    return held(_casebook(command))


_casebook = click.option(
    "--casebook", envvar="ENTREPOT_CASEBOOK", default="", metavar="PLACE",
    help="A file, or postgresql://USER@HOST/DATABASE for a team. Or set ENTREPOT_CASEBOOK.",
)  # fmt: skip


def place_of(casebook: str, workspace_dir: Path) -> str | Path:
    """Where the casebook lies that the options name."""
    return casebook or workspace_dir / FILE


def casebook_file(casebook: str, workspace_dir: Path) -> list[Path]:
    """The file of the casebook, which no output may replace; none where it lies in a database."""
    place = str(place_of(casebook, workspace_dir))
    return [] if "://" in place else [Path(place)]


def open_casebook(casebook: str, workspace_dir: Path, *, create: bool = False) -> "Casebook":
    """The casebook that the options name; what opens databases is loaded here.

    Args:
        casebook: value of `--casebook`; empty: none was given.
        workspace_dir: value of `--workspace`.
        create: make the file where there is none.

    Raises:
        RequestError: the address cannot be read.
        CasebookError: there is none, it has another layout, or it cannot be read.
    """
    held: type[Casebook] = import_module("entrepot.casebook.casebook").Casebook
    return held.open(place_of(casebook, workspace_dir), create=create)
