"""Options that say against which records claims are tested, for the commands that test them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from entrepot.cli.days import parse_day
from entrepot.evidence.assessing.records import SINCE
from entrepot.workspace.claims import Sources

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--as-of", callback=parse_day, metavar="DATE",
                 help="Only figures that were out by this day, e.g. 2022-08-26."),
    click.option("--lists", "lists", multiple=True, type=click.Path(path_type=Path),
                 metavar="DIR|FILE", help="Sanctions lists. Without: the workspace's."),
    click.option("--observations", type=click.Path(path_type=Path), metavar="FILE",
                 help="Dated observations: docs/assess.md."),
    click.option("--flights", type=click.Path(path_type=Path), metavar="FILE",
                 help="A flight list as the OpenSky Network writes them."),
)  # fmt: skip


def record_options(command: Command) -> Command:
    """Add `--as-of`, `--lists`, `--observations` and `--flights` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def sources_of(options: dict[str, Any]) -> Sources:
    """What the options name, beside the workspace."""
    return Sources(options["lists"], options["observations"], options["flights"], options["as_of"],
                   options.get("since") or SINCE)  # fmt: skip
