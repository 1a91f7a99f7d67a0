"""`entrepot flights`: flights from ADS-B records, routes before and after a day, and coverage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import click

from entrepot.checks.movements.air import Listed, Operated
from entrepot.checks.movements.airframes import (
    Airframes,
    identified,
    of_traces,
    read_airframes,
    read_operators,
)
from entrepot.checks.movements.airports import airport, airports, airports_near
from entrepot.checks.movements.baseline import read_baseline
from entrepot.checks.movements.coverage import coverage, timeline, window_of
from entrepot.checks.movements.listening import heard_of, listened, presence_in
from entrepot.checks.movements.reading import Records, read_records
from entrepot.checks.movements.routes import presence_of, routes
from entrepot.checks.movements.spans import days_of
from entrepot.checks.places.find import site_of
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.cli.common import (
    emit,
    escape,
    format_option,
    out_option,
    refuse_inputs,
    words,
    workspace_option,
)
from entrepot.cli.days import parse_day
from entrepot.cli.flightrows import (
    COVERAGE,
    FLIGHTS,
    ROUTES,
    coverage_rows,
    coverage_shown,
    flight_rows,
    flights_shown,
    hours_said,
    route_rows,
    routes_shown,
)
from entrepot.engine import Engine, open_engine
from entrepot.errors import RequestError
from entrepot.sources.flightlist import Flight
from entrepot.workspace.tails import tail_screener

HEARD: Final = (
    "Flights are those that volunteers' receivers heard; transponders can be off. A flight that is "
    "not here may have taken place, and what was on board is not known."
)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked at: the place and its airports, and the days."""

    site: Site | None
    codes: frozenset[str]
    first: date | None
    last: date | None

    def keeps(self, one: Flight) -> bool:
        """Whether a flight is at the place, in the days."""
        at_place = not self.site or one.origin in self.codes or one.destination in self.codes
        after = self.first is None or one.last_at.date() >= self.first
        return at_place and after and (self.last is None or one.first_at.date() <= self.last)


@click.command(
    "flights",
    epilog="Examples: entrepot flights states.csv.gz --airport UMMS --format csv --out heard.csv · "
    "entrepot flights traces/ --aircraft aircraft_2026-04-06.csv.gz --lists sdn.csv · "
    "entrepot flights heard.csv --routes --since 2022-03-01 · "
    "entrepot flights states.parquet --near 53.10,26.05 --coverage",
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--near", default="", metavar="PLACE",
              help="Only flights of airports within 15 km of a place or of LAT,LON.")  # fmt: skip
@click.option("--airport", "icao", default="", metavar="ICAO", help="Only flights of this airport.")
@click.option("--from", "first", callback=parse_day, metavar="DATE", help="First day, UTC.")
@click.option("--to", "last", callback=parse_day, metavar="DATE", help="Last day, UTC.")
@click.option("--aircraft", type=_file, metavar="FILE",
              help="Table of aircraft by address: icao24, registration, type.")  # fmt: skip
@click.option("--operators", type=_file, metavar="FILE",
              help="Table of call signs: prefix, operator.")  # fmt: skip
@click.option("--lists", "lists", multiple=True, type=click.Path(path_type=Path),
              metavar="DIR|FILE", help="Sanctions lists. Without: the workspace's.")  # fmt: skip
@click.option("--routes", "is_routes", is_flag=True,
              help="Routes and their rates before and after a day.")  # fmt: skip
@click.option("--since", callback=parse_day, metavar="DATE",
              help="With --routes: the first day of what is after.")  # fmt: skip
@click.option("--baseline", type=_file, metavar="FILE",
              help="With --routes: OpenFlights' routes.dat of 2014.")  # fmt: skip
@click.option("--coverage", "is_coverage", is_flag=True,
              help="When somebody listened near the place, and when that is unknown.")  # fmt: skip
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb",
              show_default=True, help="What runs the tables.")  # fmt: skip
@workspace_option("Folder of the lists.")
@out_option
@format_option
def flights_command(
    files: Sequence[Path], near: str, icao: str, first: date | None, last: date | None,
    engine: str, output_format: str, out: Path | None, **options: Any,
) -> None:  # fmt: skip
    """Flights from ADS-B records: who flew, from where to where, and when nobody listened.

    FILE is a flight list of the OpenSky Network, its state vectors (CSV, CSV.gz, Parquet), a trace
    file of readsb or adsb.lol, or a folder of those. Written as CSV, the flights can be read again
    here and by assess, standing and plan. An empty airport means "not heard near one".
    """
    _check(near, icao, options)
    asked = _asked(near, icao, first, last)
    inputs = _inputs(files, options)
    if out is not None:
        refuse_inputs(out, inputs)
    with (
        TemporaryDirectory(prefix="entrepot-flights-") as folder,
        open_engine(engine) as opened,
        words.status("reading") as bar,
    ):

        def say(text: str) -> None:
            bar.update(escape(text))

        held = read_records(files, opened, Path(folder), told=say)
        for note in held.notes:
            words.print(f"[dim]note:[/] {escape(note)}")
        emitted = _work(opened, held, asked, options, say)
    emit(emitted.rows, output_format, out, columns=emitted.columns, table=emitted.shown,
         inputs=inputs)  # fmt: skip
    words.print(escape(emitted.said))


@dataclass(frozen=True, slots=True)
class _Emitted:
    rows: list[dict[str, Any]]
    shown: list[dict[str, Any]]
    columns: Sequence[str]
    said: str


def _inputs(files: Sequence[Path], options: dict[str, Any]) -> list[Path]:
    """Every file that is read, also those of a folder."""
    tables = [one for name in ("aircraft", "operators", "baseline") if (one := options[name])]
    within = [one for path in files for one in (path.rglob("*") if path.is_dir() else [path])]
    return [*within, *tables, *options["lists"]]


def _check(near: str, icao: str, options: dict[str, Any]) -> None:
    if near and icao:
        raise RequestError("got --near and --airport, expected one of them")
    if options["is_routes"] and options["is_coverage"]:
        raise RequestError("got --routes and --coverage, expected one of them")
    if options["is_routes"] and options["since"] is None:
        raise RequestError("got --routes without a day, expected the first day of what is after",
                           hint="Such as --since 2022-03-01.")  # fmt: skip
    if not options["is_routes"] and (options["since"] or options["baseline"]):
        raise RequestError("got --since or --baseline without --routes",
                           hint="Add --routes; days are chosen with --from and --to.")  # fmt: skip
    if options["is_coverage"] and not (near or icao):
        raise RequestError("got --coverage without a place", hint="Add --near or --airport.")


def _asked(near: str, icao: str, first: date | None, last: date | None) -> _Asked:
    if first and last:
        Window.of_days(first, last)
    if icao:
        found = airport(icao)
        return _Asked(found.site, frozenset({found.icao}), first, last)
    if not near:
        return _Asked(None, frozenset(), first, last)
    site = site_of(near)
    codes = frozenset(one.icao for one, _ in airports_near(site))
    said = ", ".join(sorted(codes)) or "none is known, so no flight can be given to it"
    words.print(f"[dim]note:[/] airports within 15 km of {escape(site.name)}: {said}")
    return _Asked(site, codes, first, last)


def _work(
    engine: Engine, held: Records, asked: _Asked, options: dict[str, Any],
    say: Callable[[str], None],
) -> _Emitted:  # fmt: skip
    kept = [one for one in held.flights if asked.keeps(one)]
    if options["is_coverage"]:
        return _coverage(engine, held, asked, say)
    tables = _tables(held, options["aircraft"])
    operated = read_operators(options["operators"]) if options["operators"] else None
    if options["is_routes"]:
        return _routes(engine, held, kept, asked, tables, operated, options, say)
    listed = _listed(options["workspace_dir"], options["lists"], operated, say)
    rows = list(flight_rows(kept, tables, operated, listed))
    said = f"{len(kept):,} of {len(held.flights):,} flights on record. {HEARD}"
    return _Emitted(rows, list(flights_shown(rows)), FLIGHTS, said)


def _tables(held: Records, path: Path | None) -> list[Airframes]:
    tables = [of_traces(held.tags)] if held.tags else []
    if path is not None:
        wanted = {one.icao24.lower() for one in held.flights}
        tables.append(read_airframes(path, wanted))
        words.print(f"[dim]note:[/] tails by the {escape(tables[-1].said_by)}; "
                    "registrations change")  # fmt: skip
    return tables


def _listed(
    workspace: Path, given: Sequence[Path], operated: Operated | None, say: Callable[[str], None]
) -> Listed | None:
    """What the lists say; null, and a note: none are given and the workspace has none."""
    say("reading the lists")
    found = tail_screener(workspace, given, operated, told=_note)
    if found is None:
        _note("no lists are loaded, so no aircraft is screened: --lists FILE")
    return found


def _note(text: str) -> None:
    words.print(f"[dim]note:[/] {escape(text)}")


def _routes(
    engine: Engine, held: Records, kept: Sequence[Flight], asked: _Asked,
    tables: Sequence[Airframes], operated: Operated | None, options: dict[str, Any],
    say: Callable[[str], None],
) -> _Emitted:  # fmt: skip
    presence = presence_of(held.flights)
    if held.positions is not None:
        say("who was heard near which airport")
        ends = {code for one in kept for code in (one.origin, one.destination) if code}
        places = [
            Site(code, one.latitude_deg, one.longitude_deg)
            for code in sorted(ends)
            if (one := airports().get(code)) is not None
        ]
        for place, days in presence_in(listened(engine, held.positions, places)).items():
            for day, names in days.items():
                presence.setdefault(place, {}).setdefault(day, set()).update(names)
    window = _window(asked, window_of(held.flights))
    base = read_baseline(options["baseline"]) if options["baseline"] else None
    known = [identified(one, tables)[0] for one in kept]
    found = routes(known, options["since"], days_of(window), presence, operated=operated,
                   baseline=base)  # fmt: skip
    said = (
        f"{len(found):,} routes, {window.from_at:%Y-%m-%d} to {window.last_day}. A day is covered "
        "where another aircraft was heard near both airports; rates are flights a covered day with "
        "their 95 % interval. A new route has innocent causes too: docs/flights.md."
    )
    return _Emitted(list(route_rows(found)), list(routes_shown(found)), ROUTES, said)


def _coverage(engine: Engine, held: Records, asked: _Asked, say: Callable[[str], None]) -> _Emitted:
    site = asked.site
    if site is None:
        raise RequestError("got --coverage without a place", hint="Add --near or --airport.")
    rows = heard = None
    if held.positions is not None:
        say("who was heard near the place")
        rows = listened(engine, held.positions, [site])
        heard = heard_of(rows, [site])
    window = _window(asked, window_of(held.flights, rows))
    gaps = coverage(site, window, flights=held.flights, heard=heard)
    found = timeline(site, window, gaps, rows=rows, flights=held.flights)
    said = hours_said(found, site, window, by_hours=rows is not None)
    return _Emitted(list(coverage_rows(found)), list(coverage_shown(found)), COVERAGE, said)


def _window(asked: _Asked, held: Window | None) -> Window:
    first = asked.first or (held.from_at.date() if held else None)
    last = asked.last or (held.last_day if held else None)
    if first is None or last is None:
        raise RequestError("got records without a flight, so the days are not known",
                           hint="Give them with --from and --to.")  # fmt: skip
    return Window.of_days(first, last)


commands = [flights_command]
