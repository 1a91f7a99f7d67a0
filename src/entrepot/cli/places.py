"""`entrepot places`: what each source says of a name, and which point is used."""

from pathlib import Path
from typing import Any

import click

from entrepot.checks.places.agree import Place
from entrepot.checks.places.find import Looked, look_up, site_of
from entrepot.checks.places.point import point_of
from entrepot.checks.site import Site, coordinates, distance_km
from entrepot.cli.common import Row, emit, escape, format_option, out_option, words
from entrepot.errors import RequestError

COLUMNS = ("asked", "place", "source", "country", "latitude", "longitude", "apart_km", "use")

country_option = click.option(
    "--country", default="", metavar="CODE", help="Country of the place: any code or English name."
)
unlocode_option = click.option(
    "--unlocode",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A UN/LOCODE list of UNECE in CSV, plain or .bz2: a third source.",
)
one_source_option = click.option(
    "--one-source", is_flag=True, help="Accept a place that only one source has; it is said so."
)


@click.command(
    "places",
    epilog="Examples: entrepot places Baranovichi · entrepot places Brest --country BLR · "
    "entrepot places UMMA 53.10,26.05 --unlocode unlocode-2018-1.csv.bz2",
)
@click.argument("names", nargs=-1, required=True, metavar="NAME|COORDINATES...")
@country_option
@unlocode_option
@one_source_option
@out_option
@format_option
def places_command(
    names: tuple[str, ...], country: str, unlocode: Path | None, one_source: bool,
    out: Path | None, output_format: str,
) -> None:  # fmt: skip
    """Say where a place lies, on whose word, and how far the sources lie apart.

    A name stands when two sources agree within 25 km, or when the table of sites has it. Names that
    several places have need their country: "Brest, BLR".
    """
    rows: list[Row] = []
    refused: list[RequestError] = []
    options: dict[str, Any] = {"unlocode": unlocode, "country": country}
    with words.status("looking in GeoNames and airportsdata"):
        for name in names:
            try:
                site = site_of(name, one_source=one_source, **options)
            except RequestError as error:
                refused.append(error)
                site = None
            rows += _rows(name, site, options)
            if site is not None:
                words.print(f"[dim]{escape(name)}:[/] {escape(site.note)}")
    if rows:
        inputs = [unlocode] if unlocode else []
        emit(
            rows, output_format, out, columns=COLUMNS, table=[_line(row) for row in rows],
            inputs=inputs,
        )  # fmt: skip
    for one in refused[:-1]:
        words.print(f"[bold red]error:[/] {escape(str(one))}")
    if refused:
        raise refused[-1]


def _rows(name: str, site: Site | None, options: dict[str, Any]) -> list[Row]:
    try:
        if point_of(name) is not None:
            return [_row(name, site, "coordinates as given", "used", 0.0)] if site else []
        looked = look_up(name, **options)
    except RequestError:
        return []  # told by the caller, after what the other names gave
    if looked.known is not None and site is not None:
        return _known_rows(name, looked, site)
    return [row for place in looked.places for row in _place_rows(name, place, site)]


def _known_rows(name: str, looked: Looked, site: Site) -> list[Row]:
    said = looked.known.said if looked.known else ()
    beside = [
        (f"{source} ({certainty})", Site(source, north, east))
        for source, north, east, certainty in said
    ]
    return [
        _row(name, site, "table of sites", "used", 0.0),
        *(
            {
                **_row(name, there, source, "agrees", distance_km(site, there)),
                "place": site.name,
                "country": site.country,
            }
            for source, there in beside
        ),
    ]


def _place_rows(name: str, place: Place, site: Site | None) -> list[Row]:
    is_used = site is not None and distance_km(site, place.used.place()) < 1.0
    first = "used" if is_used else "not used"
    found = [_row(name, place.used.place(), place.used.label, first, 0.0)]
    for use, others in (("agrees", place.agreeing), ("differs", place.dissenting)):
        found += [_row(name, one.place(), one.label, use, apart) for one, apart in others]
    return found


def _row(asked: str, site: Site, source: str, use: str, apart_km: float) -> Row:
    return {
        "asked": asked, "place": site.name, "source": source, "country": site.country or None,
        "latitude": round(site.latitude_deg, 2), "longitude": round(site.longitude_deg, 2),
        "apart_km": round(apart_km, 1), "use": use,
    }  # fmt: skip


def _line(row: Row) -> dict[str, Any]:
    where = Site("", row["latitude"], row["longitude"])
    return {
        "asked": row["asked"], "place": row["place"], "country": row["country"],
        "where": coordinates(where), "km apart": round(row["apart_km"]), "use": row["use"],
        "found": row["source"],
    }  # fmt: skip


commands = (places_command,)
