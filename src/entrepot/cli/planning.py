"""`entrepot plan`: what could have seen a place, and what to look at next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from entrepot.checks.places.find import site_of
from entrepot.checks.planning.advice import Question
from entrepot.checks.site import Site, coordinates
from entrepot.checks.window import Window
from entrepot.cli.casebookoptions import casebook_file, casebook_options
from entrepot.cli.common import (
    emit,
    escape,
    format_option,
    out_option,
    refuse_inputs,
    words,
    write_text,
)
from entrepot.cli.days import parse_day
from entrepot.cli.planwords import checks_table, say
from entrepot.errors import RequestError
from entrepot.records.checks import CHECK
from entrepot.workspace.planning import Given, plan_of

_FILE = click.Path(path_type=Path)
WRITERS = ("html", "ics", "geojson", "kml")
"""Files that show a plan, by the option that asks for them."""

_GIVEN = (
    click.option("--elements", multiple=True, type=_FILE, metavar="FILE",
                 help="Orbital elements, TLE or OMM. Without: those fetched."),
    click.option("--images", multiple=True, type=_FILE, metavar="FILE",
                 help="Answers of an image archive (STAC). Those fetched count as well."),
    click.option("--posts", type=_FILE, metavar="FILE",
                 help="A newer list of diplomatic missions."),
    click.option("--flights", type=_FILE, metavar="FILE",
                 help="A flight list as the OpenSky Network writes them."),
    click.option("--observations", type=_FILE, metavar="FILE",
                 help="Dated observations of trains and trucks: docs/assess.md."),
    click.option("--operators", type=_FILE, metavar="FILE", help="Who flies: docs/flights.md."),
    click.option("--lists", multiple=True, type=_FILE, metavar="DIR|FILE",
                 help="Sanctions lists for tails. Without: the workspace's."),
    click.option("--called", "names", multiple=True, metavar="NAME",
                 help="Another name of the place in observations."),
    click.option("--within", "within_km", type=click.FloatRange(1, 20_000), default=300.0,
                 show_default=True, metavar="KM", help="Missions farther away are left out."),
)  # fmt: skip


def _given_options(command: Any) -> Any:
    for option in reversed(_GIVEN):
        command = option(command)
    return command


@click.command(
    "plan",
    epilog="Examples: entrepot plan --at 53.10,26.05 --from 2022-08-26 --to 2022-09-08 "
    "--elements resource.txt --html plan.html · entrepot plan cas_0123456789ab · "
    "entrepot plan clm_0123456789ab --at Baranovichi",
)
@click.argument("subjects", nargs=-1, metavar="[CASE|CLAIM_ID...]")
@click.option("--at", "place", metavar="LAT,LON|PLACE", help="Where: coordinates or a name.")
@click.option("--from", "first", callback=parse_day, metavar="DATE", help="First day, UTC.")
@click.option("--to", "last", callback=parse_day, metavar="DATE", help="Last day, counted too.")
@click.option(
    "--country", default="", metavar="COUNTRY", help="Of a name that several places have."
)
@click.option("--unlocode", type=_FILE, metavar="FILE", help="A UN/LOCODE list, as third source.")
@click.option("--one-source", is_flag=True, help="Take a name that only one source has.")
@_given_options
@click.option("--today", callback=parse_day, metavar="DATE", help="Plan as on this day.")
@click.option("--html", type=_FILE, metavar="FILE", help="Write a page: timeline, map, tables.")
@click.option("--ics", type=_FILE, metavar="FILE", help="Write a calendar.")
@click.option("--geojson", type=_FILE, metavar="FILE", help="Write GeoJSON.")
@click.option("--kml", type=_FILE, metavar="FILE", help="Write KML.")
@click.option("--no-records", is_flag=True, help="Do not test the claims against records first.")
@click.option("--full", is_flag=True, help="Every chance of satellites that must be turned, too.")
@casebook_options
@out_option
@format_option
def plan_command(
    subjects: Sequence[str], workspace_dir: Path, output_format: str, out: Path | None, full: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Say what could have seen a place: satellites, archives, missions, flights, and what to do.

    Give a place with --at and days with --from and --to, or a case or claims of the casebook:
    then the checks are ranked by how far each would move the claims.
    """
    now = datetime.now(UTC)
    _check_outputs(out, workspace_dir, options)
    questions, where = _asked(subjects, workspace_dir, options) if subjects else ((), _NOWHERE)
    site, window = _site(where, options), _window(where, options)
    with words.status("making the plan") as bar:
        plan = plan_of(
            workspace_dir, site, window, _given(options), questions=questions,
            today=options["today"] or now.date(), now=now,
            told=lambda text: bar.update(escape(text)),
        )  # fmt: skip
    for name in WRITERS:
        if options[name] is not None:
            written: str = import_module("entrepot.cli.planfiles").WRITERS[name](plan, now)
            write_text(options[name], written, option=f"--{name}")
            words.print(f"wrote {escape(str(options[name]))}")
    rows = [one.row() for one in plan.all_checks()]
    table = checks_table(plan, full=full)
    emit(rows, output_format, out, columns=tuple(CHECK), table=table,
         title=", ".join(dict.fromkeys((site.name, coordinates(site)))))  # fmt: skip
    say(plan, words, is_table=output_format == "table")


def _check_outputs(out: Path | None, workspace_dir: Path, options: dict[str, Any]) -> None:
    """No file that is written may be one that is read, or be written twice; before the work."""
    read = [one for name in ("posts", "flights", "observations", "operators", "unlocode")
            if (one := options[name])]  # fmt: skip
    read += [one for name in ("elements", "images", "lists") for one in options[name]]
    read += casebook_file(options["casebook"], workspace_dir)
    taken: dict[Path, str] = {}
    for name in (*WRITERS, "out"):
        path = out if name == "out" else options[name]
        if path is None:
            continue
        refuse_inputs(path, read, option=f"--{name}")
        if (first := taken.setdefault(path.resolve(), name)) != name:
            raise RequestError(
                f"got {path} for --{first} and for --{name}, expected a file for each",
                hint="The second would replace the first.",
            )


def _given(options: dict[str, Any]) -> Given:
    return Given(**{name: options[name] for name in Given.__dataclass_fields__})


Where = tuple[tuple[str, ...], date | None, date | None]
"""Names of places, first and last day that claims speak of."""

_NOWHERE: Where = ((), None, None)


def _asked(
    subjects: Sequence[str], workspace_dir: Path, options: dict[str, Any]
) -> tuple[tuple[Question, ...], Where]:
    """Claims as questions; the casebook, records and matchers are loaded for them only."""
    found: tuple[tuple[Question, ...], Where] = import_module("entrepot.cli.planclaims").asked(
        subjects, workspace_dir, options
    )
    return found


def _site(where: Where, options: dict[str, Any]) -> Site:
    place = options["place"] or (where[0][0] if where[0] else None)
    if place is None:
        raise RequestError(
            "got no place, expected one",
            hint='Give --at 53.10,26.05 or --at "Baranovichi"; for known places: entrepot places',
        )
    if options["place"] is None:
        others = f"; the case also names {', '.join(where[0][1:4])}" if where[0][1:] else ""
        words.print(f"place from the case: {escape(place)}{escape(others)} (choose with --at)")
    return site_of(
        place, unlocode=options["unlocode"], country=options["country"],
        one_source=options["one_source"],
    )  # fmt: skip


def _window(where: Where, options: dict[str, Any]) -> Window:
    first, last = options["first"] or where[1], options["last"] or where[2]
    if first is None or last is None:
        raise RequestError(
            "got no first and last day, expected both",
            hint="Both days count: --from 2022-08-26 --to 2022-09-08.",
        )
    return Window.of_days(first, last)


commands = (plan_command,)
