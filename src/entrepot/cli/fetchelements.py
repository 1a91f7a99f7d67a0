"""`entrepot fetch elements`: current orbits of satellites, kept in the workspace."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from entrepot.checks.passes.fetching import (
    MOST_NUMBERS,
    Fetched,
    fetch_elements,
    group_address,
    number_address,
)
from entrepot.checks.passes.sensors import sensor_of
from entrepot.cli.common import emit, escape, format_option, out_option, words, workspace_option
from entrepot.cli.importbar import bar
from entrepot.errors import RequestError

GROUP: Final = "resource"
COLUMNS: Final = (
    "file", "sets", "imaging", "refused", "from", "to", "retrieved_at", "file_id", "address",
    "licence",
)  # fmt: skip
SHOWN: Final = ("file", "sets", "imaging", "refused", "from", "to", "retrieved_at")
MOST_REFUSALS: Final = 5


@click.command(
    "elements",
    epilog="Examples: entrepot fetch elements · entrepot fetch elements --group planet · "
    "entrepot fetch elements --norad 42063 --norad 39084",
)  # fmt: skip
@click.option("--group", "groups", multiple=True, metavar="NAME",
              help="Group of CelesTrak; may be repeated. Default: resource.")  # fmt: skip
@click.option("--norad", "numbers", multiple=True, metavar="ID",
              type=click.IntRange(1, 999_999_999),
              help="One satellite by its catalogue number; may be repeated.")  # fmt: skip
@click.option("--from", "addresses", multiple=True, metavar="ADDRESS",
              help="Another address of element sets; may be repeated.")  # fmt: skip
@workspace_option("Folder in which the element sets are kept.")
@out_option
@format_option
def command(
    groups: tuple[str, ...], numbers: tuple[int, ...], addresses: tuple[str, ...],
    workspace_dir: Path, out: Path | None, output_format: str,
) -> None:  # fmt: skip
    """Download orbital elements and keep them for `entrepot plan`."""
    wanted = _wanted(groups, numbers, addresses)
    now = datetime.now(UTC)
    done = []
    for address in wanted:
        with bar("elements") as told:
            found = fetch_elements(workspace_dir, address, now=now, told=partial(told, "read"))
        _say(found)
        done.append(_row(found))
    emit(done, output_format, out, columns=COLUMNS,
         table=[{name: row[name] for name in SHOWN} for row in done])  # fmt: skip


def _wanted(
    groups: tuple[str, ...], numbers: tuple[int, ...], addresses: tuple[str, ...]
) -> list[str]:
    if len(numbers) > MOST_NUMBERS:
        raise RequestError(
            f"got {len(numbers)} satellites, expected at most {MOST_NUMBERS}",
            hint="Each is a download of its own: fetch a group instead, with --group.",
        )
    if not (groups or numbers or addresses):
        groups = (GROUP,)
    found = [*map(group_address, groups), *map(number_address, numbers), *addresses]
    return list(dict.fromkeys(found))


def _say(found: Fetched) -> None:
    if found.note:
        words.print(f"{escape(found.address)}: {escape(found.note)}")
    refusals = found.sets.refusals if found.sets else ()
    for one in refusals[:MOST_REFUSALS]:
        words.print(f"[yellow]{escape(one)}[/]")
    if len(refusals) > MOST_REFUSALS:
        words.print(f"[yellow]and {len(refusals) - MOST_REFUSALS} more are refused[/]")


def _row(found: Fetched) -> dict[str, Any]:
    elements = found.sets.elements if found.sets else ()
    epochs = sorted(one.epoch_at.date().isoformat() for one in elements)
    origin = found.origin
    return {
        "file": origin.name if origin else None,
        "sets": len(elements) if found.sets else None,
        "imaging": sum(sensor_of(one) is not None for one in elements) if found.sets else None,
        "refused": len(found.sets.refusals) if found.sets else None,
        "from": epochs[0] if epochs else None,
        "to": epochs[-1] if epochs else None,
        "retrieved_at": origin.retrieved_at if origin else None,
        "file_id": origin.file_id if origin else None,
        "address": found.address,
        "licence": origin.licence if origin else None,
    }
