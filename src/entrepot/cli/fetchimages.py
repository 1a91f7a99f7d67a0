"""`entrepot fetch images`: ask archives what images they hold of a place, and keep the answers."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from entrepot.checks.images.archives import Holding, wanted
from entrepot.checks.images.asked import Stored
from entrepot.checks.images.asking import MOST_ITEMS, Outcome, Question, ask, body_of, question
from entrepot.checks.images.outline import BOX_KM
from entrepot.checks.images.stored import stored_images
from entrepot.checks.site import Site
from entrepot.checks.window import Window, moment
from entrepot.cli.common import (
    Row,
    emit,
    escape,
    format_option,
    out_option,
    words,
    workspace_option,
)
from entrepot.cli.siteoptions import parse_at, window_options
from entrepot.errors import RequestError
from entrepot.records.checks import CHECK

REQUEST_COLUMNS = ("archive", "collection", "method", "address", "body")
SHOWN = ("at", "satellite", "archive", "collection", "cloud %", "covers %", "status")


@click.command(
    "images",
    epilog="Examples: entrepot fetch images --at 53.10,26.05 --from 2022-08-26 --to 2022-09-08 · "
    "entrepot fetch images --at 53.10,26.05 --from 2022-08-26 --to 2022-08-26 "
    "--archive element84 --collection sentinel-2-l2a --dry-run",
)
@click.option(
    "--at", "site", callback=parse_at, required=True, metavar="LAT,LON|PLACE",
    help="Coordinates or a name, as entrepot places reads them.",
)  # fmt: skip
@window_options
@click.option(
    "--archive", "archives", multiple=True, metavar="NAME|URL",
    help="element84, planetary, copernicus, or the address of another STAC API. Default: all "
    "three. May be given several times.",
)  # fmt: skip
@click.option(
    "--collection", "collections", multiple=True, metavar="NAME",
    help="Such as sentinel-2-l2a. Default: all that are known of each archive.",
)  # fmt: skip
@click.option(
    "--box", "side_km", type=float, default=BOX_KM, show_default=True, metavar="KM",
    help="Side of the square around the place.",
)  # fmt: skip
@click.option(
    "--max-items", type=click.IntRange(1, 10_000), default=MOST_ITEMS, show_default=True,
    help="Most items of one collection; a longer answer is cut, and said to be cut.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Print the requests; send nothing.")
@format_option
@out_option
@workspace_option("Folder where the answers are kept, in images/.")
def command(
    site: Site, first: date, last: date, archives: tuple[str, ...], collections: tuple[str, ...],
    side_km: float, max_items: int, dry_run: bool, output_format: str, out: Path | None,
    workspace_dir: Path,
) -> None:  # fmt: skip
    """Ask archives which satellite images of a place exist.

    The answers are kept unchanged in the workspace, where `entrepot plan` reads them offline.
    """
    holdings, window = wanted(archives, collections), Window.of_days(first, last)
    asked = question(site, window, side_km=side_km, most_items=max_items)
    if dry_run:
        emit(_requests(holdings, asked, output_format), output_format, out, columns=REQUEST_COLUMNS,
             shown=("archive", "collection", "address"))  # fmt: skip
        return
    outcomes = ask(workspace_dir, holdings, asked, told=_tell)
    _say(outcomes)
    if all(one.asked is None for one in outcomes):
        raise RequestError(
            f"none of the {len(outcomes)} collections answered, so nothing was kept",
            hint=next((one.hint for one in outcomes if one.hint), "Ask again later."),
        )
    stored = stored_images(workspace_dir, site, window, side_km=side_km)
    _emit_images(stored, output_format, out)


def _requests(holdings: Sequence[Holding], asked: Question, output_format: str) -> list[Row]:
    bodies = [body_of(one, asked) for one in holdings]
    is_text = output_format in ("csv", "table")
    return [
        {
            "archive": one.archive, "collection": one.collection, "method": "POST",
            "address": f"{one.address}/search", "body": json.dumps(body) if is_text else body,
        }
        for one, body in zip(holdings, bodies, strict=True)
    ]  # fmt: skip


def _tell(line: str) -> None:
    words.print(f"[dim]{escape(line)}[/]")


def _say(outcomes: Sequence[Outcome]) -> None:
    for one in outcomes:
        name = f"{one.holding.archive} {one.holding.collection}"
        if one.asked is None:
            words.print(f"[bold red]no answer:[/] {escape(f'{name}: {one.fault}')}")
        else:
            cut = "" if one.asked.is_complete else ", cut: there are more"
            terms = one.asked.licence or "not stated by the archive"
            words.print(escape(f"{name}: {one.asked.items} items{cut}; licence {terms}"))


def _emit_images(stored: Stored, output_format: str, out: Path | None) -> None:
    for note in stored.notes:
        words.print(f"[yellow]{escape(note)}[/]")
    looks = sum(not one.same_as for one in stored.images)
    words.print(f"{len(stored.images)} images of the place are at hand, of {looks} looks at it.")
    table = [
        {
            "at": moment(one.at), "satellite": one.satellite or "not said", "archive": one.archive,
            "collection": one.collection, "cloud %": one.cloud_pct, "covers %": one.coverage_pct,
            "status": "same look" if one.same_as else "counted",
        }
        for one in stored.images
    ]  # fmt: skip
    emit([one.row() for one in stored.images], output_format, out, columns=tuple(CHECK),
         shown=SHOWN, table=table)  # fmt: skip
