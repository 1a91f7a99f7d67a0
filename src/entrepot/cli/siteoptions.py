"""Options that say where and when: `--at`, `--from` and `--to`."""

import click

from entrepot.checks.site import Site, coordinates
from entrepot.cli.common import Command
from entrepot.cli.days import parse_day
from entrepot.errors import RequestError


def parse_at(_: click.Context, __: click.Parameter, text: str | None) -> Site | None:
    """Coordinates as a site that is named by them; null where they were not given."""
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError as error:
        raise click.BadParameter(
            f"got {text!r}, expected latitude and longitude such as 53.10,26.05"
        ) from error
    try:
        site = Site("", latitude, longitude)
    except RequestError as error:
        raise click.BadParameter(str(error)) from error
    return Site(coordinates(site), latitude, longitude, sources=("coordinates as given",))


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
