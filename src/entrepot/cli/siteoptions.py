"""Options that say where and when: `--at`, `--from` and `--to`."""

import click

from entrepot.checks.places.find import site_of
from entrepot.checks.site import Site
from entrepot.cli.common import Command
from entrepot.cli.days import parse_day


def parse_at(_: click.Context, __: click.Parameter, text: str | None) -> Site | None:
    """A place as `entrepot places` reads it; null where none was given.

    Raises:
        RequestError: no place of that name, unclear coordinates, or ones outside the globe.
    """
    return None if text is None else site_of(text)


def window_options(command: Command) -> Command:
    """Add `--from` and `--to`, days in UTC that both belong to the window."""
    last = click.option(
        "--to", "last", callback=parse_day, required=True, metavar="DATE",
        help="Last day in UTC; it belongs to the window.",
    )  # fmt: skip
    first = click.option(
        "--from", "first", callback=parse_day, required=True, metavar="DATE",
        help="First day in UTC.",
    )  # fmt: skip
    return first(last(command))
