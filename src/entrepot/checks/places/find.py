"""A site by its name, where two sources agree, or by its coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from entrepot.checks.places.agree import NEAR_KM, Place, places_of
from entrepot.checks.places.gather import Heard, heard
from entrepot.checks.places.known import Known, known
from entrepot.checks.places.locode import codes_called
from entrepot.checks.places.point import HINT as POINT_HINT
from entrepot.checks.places.point import point_of
from entrepot.checks.places.said import AIRFIELDS, Said, fold
from entrepot.checks.places.towns import nearest_town
from entrepot.checks.site import Site, coordinates, distance_km
from entrepot.codes import country as countries
from entrepot.errors import CodeError, RequestError

DECIMALS: Final = 2
"""Of a degree: about a kilometre. No check of this product needs a finer point."""

LISTED: Final = 6
"""Places of one name that an error lists."""


DWARFED: Final = 50
"""A place with so many times the people of all others of its name is the one that is meant (Berlin,
Moscow); the note names others. A choice."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for a name, whether or not it can be used.

    Attributes:
        name: as given, without the country.
        known: the row of the table of sites; null: it has none.
        places: what the other sources say; empty where the table has the name.
    """

    name: str
    known: Known | None
    places: tuple[Place, ...]


def site_of(
    text: str, *, unlocode: Path | None = None, country: str = "", one_source: bool = False
) -> Site:
    """The site that a user names or gives coordinates of.

    Raises:
        RequestError: see `site_named` and `site_at`.
        CodeError: `country` is none.
        SourceError: the UN/LOCODE list cannot be read.
    """
    if point_of(text) is not None:
        return site_at(text)
    return site_named(text, unlocode=unlocode, country=country, one_source=one_source)


def site_at(text: str) -> Site:
    """A site by its coordinates, with the nearest town in its note, so that a swap is seen.

    The country stays empty: the nearest town may lie beyond a border.

    Raises:
        RequestError: no coordinates, unclear ones, or ones outside the globe.
    """
    point = point_of(text)
    if point is None:
        raise RequestError(
            f"got coordinates {text.strip()!r}, expected a latitude and a longitude",
            hint=POINT_HINT,
        )
    bare = Site("", *point)
    near = nearest_town(bare)
    return Site(
        coordinates(bare), *point, sources=("coordinates as given",),
        note=f"Nearest town of 15,000 people: {near.name} {near.country}, "
        f"{near.distance_km:.0f} km.",
    )  # fmt: skip


def site_named(
    name: str, *, unlocode: Path | None = None, country: str = "", one_source: bool = False
) -> Site:
    """A site by its name, on the word of two sources within `NEAR_KM`, or of the table of sites.

    Args:
        name: of a town or airfield, or an ICAO, IATA or UN/LOCODE code in capitals; the country
            may follow after a comma: `Brest, BLR`.
        unlocode: a UN/LOCODE list in CSV, plain or .bz2; null: GeoNames and airportsdata alone.
        country: any code or English name; empty: any.
        one_source: take the word of one source where no other has the place.

    Returns:
        The site, its point to `DECIMALS`; sources name all rows, also one that is not used.

    Raises:
        RequestError: no source has the name, one alone has it, the sources do not agree, or
            several places are called so.
        CodeError: `country` is none.
        SourceError: the UN/LOCODE list cannot be read.
    """
    looked = look_up(name, unlocode=unlocode, country=country)
    if looked.known is not None:
        return _beside(looked.known, unlocode)
    return _chosen(looked.name, looked.places, one_source)


def look_up(name: str, *, unlocode: Path | None = None, country: str = "") -> Looked:
    """What all sources say of a name; the table of sites goes first, and alone.

    Raises:
        RequestError: there is no letter or digit in the name.
        CodeError: `country` is none.
        SourceError: the UN/LOCODE list cannot be read.
    """
    plain, code = _split(name, country)
    if not any(sign.isalnum() for sign in plain):
        # an empty name is the other name of many rows: the search would gather thousands of towns
        raise RequestError(
            f"got {name!r}, expected a place: a name, a code or coordinates",
            hint="Such as Baranovichi, UMMA or 53.10,26.05.",
        )
    row = known(plain)
    if row is not None and code in ("", row.site.country):
        return Looked(plain, row, ())
    found: Heard = heard(plain, unlocode=unlocode, country=code)
    return Looked(plain, None, tuple(places_of(found.named, found.said)))


def _split(name: str, country: str) -> tuple[str, str]:
    """The name by itself, and the country as alpha-3; empty where none is named."""
    if country:
        return name.strip(), countries.parse(country)
    head, comma, tail = name.rpartition(",")
    if comma and head.strip():
        try:
            return head.strip(), countries.parse(tail)
        except CodeError:
            pass
    return name.strip(), ""


def _beside(row: Known, unlocode: Path | None) -> Site:
    """A site of the table, with what the UN/LOCODE list says of its name, for or against."""
    site = row.site
    others = [
        (one, distance_km(site, one.place()))
        for one in codes_called(unlocode, row.names, site.country)
    ]
    if not others:
        return site
    one, apart = min(others, key=lambda pair: pair[1])
    said = "" if apart <= NEAR_KM else f" {one.label} puts it {apart:.0f} km off and is not used."
    return Site(
        site.name, site.latitude_deg, site.longitude_deg, site.height_m, site.country,
        (*site.sources, one.line + (": not used" if said else "")), site.note + said,
    )  # fmt: skip


def _chosen(name: str, places: Sequence[Place], one_source: bool) -> Site:
    if not places:
        raise RequestError(
            f"got {name!r}, which is no place of the table of sites, GeoNames or airportsdata",
            hint="Check the spelling, or give coordinates: 53.10,26.05. A UN/LOCODE needs its "
            "list: --unlocode FILE.",
        )
    agreed = [place for place in places if place.is_agreed]
    if len(agreed) == 1 and _is_largest(agreed[0], places):
        return _site(name, agreed[0], places)
    if len(agreed) > 1 and (best := _by_own_name(name, agreed, places)) is not None:
        return _site(name, best, places)
    if len(places) > 1:
        raise _several(name, places)
    if one_source:
        return _site(name, places[0], places)
    raise _not_agreed(name, places[0])


def _is_largest(one: Place, places: Sequence[Place]) -> bool:
    return all(place.used.people <= one.used.people for place in places)


def _by_own_name(name: str, agreed: Sequence[Place], places: Sequence[Place]) -> Place | None:
    """The one whose own name it is, where all others are smaller and also called so, or dwarfed."""
    own = [place for place in agreed if fold(place.used.name) == fold(name)]
    if not own or not _is_largest(own[0], places):
        return None
    people = own[0].used.people
    return own[0] if all(one.used.people * DWARFED <= people for one in own[1:]) else None


def _site(name: str, place: Place, places: Sequence[Place]) -> Site:
    used = place.used
    against = [f"{row.line}: not used" for row, _ in place.dissenting if _counts(row)]
    return Site(
        used.name, round(used.latitude_deg, DECIMALS), round(used.longitude_deg, DECIMALS),
        country=used.country,
        sources=(used.line, *(row.line for row, _ in place.agreeing), *against),
        note=" ".join(_notes(name, place, places)),
    )  # fmt: skip


def _notes(name: str, place: Place, places: Sequence[Place]) -> list[str]:
    notes = [
        f"{place.used.label} and {row.label} ({row.name}) agree within {max(1, round(apart))} km."
        for row, apart in place.agreeing
    ] or [f"Only {place.used.label} has it: no second source."]
    notes += [
        f"{row.label} puts it {apart:.0f} km off and is not used."
        for row, apart in place.dissenting
        if _counts(row)
    ]
    others = [one.used for one in places if one is not place]
    if others:
        listed = ", ".join(f"{one.name} {one.country}" for one in others[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        notes.append(f"Also called {name}: {listed}{more}.")
    return notes


def _counts(row: Said) -> bool:
    """An airfield may well lie far from the town it serves: that is no contradiction."""
    return row.source != AIRFIELDS


def _several(name: str, places: Sequence[Place]) -> RequestError:
    listed = "; ".join(
        f"{place.used.name} {place.used.country} {coordinates(place.used.place())}"
        f" ({'two sources agree' if place.is_agreed else 'one source'})"
        for place in places[:LISTED]
    )
    more = f"; and {len(places) - LISTED} more" if len(places) > LISTED else ""
    codes = list(dict.fromkeys(place.used.country for place in places))
    how = f"Name the country: {name}, {codes[0]}; or" if len(codes) > 1 else "Here only"
    return RequestError(
        f"got {name!r}, which is {len(places)} places, expected one: {listed}{more}",
        hint=f"{how} coordinates tell them apart: "
        f"{places[0].used.latitude_deg:.2f},{places[0].used.longitude_deg:.2f}.",
    )


def _not_agreed(name: str, place: Place) -> RequestError:
    used = place.used
    if not place.dissenting:
        return RequestError(
            f"got {name!r}, which only {used.label} has, at {coordinates(used.place())}; "
            "expected two sources that agree",
            hint="Give a UN/LOCODE list with --unlocode FILE, accept it with --one-source, or give "
            "coordinates.",
        )
    other, apart = min(place.dissenting, key=lambda pair: pair[1])
    return RequestError(
        f"got {name!r}: {used.label} puts it {apart:.0f} km from {other.label} ({other.name}); "
        f"expected two sources that agree within {NEAR_KM:.0f} km",
        hint="Look at what each says with `entrepot places`, and give coordinates.",
    )
