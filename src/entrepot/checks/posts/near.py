"""Which missions lie near a site, as of a day: public facts; nobody is asked to go anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.checks.posts.listed import Posts
from entrepot.checks.posts.post import Post
from entrepot.checks.posts.status import Overlay
from entrepot.checks.site import Site, distance_km

WITHIN_KM: Final = 300.0
"""How far is looked by default: half a day on the road. A choice."""

FAR_DAYS: Final = 183
"""A list farther from the day than half a year is said to be old. A choice."""


def posts_near(
    site: Site,
    day: date,
    *,
    posts: Posts,
    status: Overlay,
    within_km: float = WITHIN_KM,
    most: int | None = None,
    host: str = "",
) -> tuple[Post, ...]:
    """Missions near a site, nearest first; whether each worked on the day, where that is known.

    A straight line over ground is no road, and may cross a border. That a mission is near does not
    say that its staff may travel, would, or should: in many countries they need leave to.

    Args:
        site: the place.
        day: of which the status is said.
        posts: the list; missions without coordinates are left out, see `notes_on`.
        status: dated facts on closures.
        within_km: none farther.
        most: no more than so many; null: all.
        host: ISO alpha-3; only missions in this country; empty: in any.
    """
    near = [
        (apart, one, place)
        for one in (posts.of_host(host) if host else posts.missions)
        if (place := one.place()) is not None
        and (apart := distance_km(site, place)) <= within_km
    ]  # fmt: skip
    near.sort(key=lambda pair: (pair[0], pair[1].wikidata))
    as_of = posts.as_of.isoformat() if posts.as_of else ""
    return tuple(
        Post(
            site.name, one.operator, one.kind_of_post, one.city or "an unnamed place", one.host,
            place.latitude_deg, place.longitude_deg, apart, *status.on(one, day), as_of,
            f"Wikidata {one.wikidata}, list of {as_of or 'no stated day'}",
        )
        for apart, one, place in near[:most]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """Missions of one city, for a reader who does not want all of them.

    Attributes:
        name: of the city.
        host: ISO alpha-3.
        missions: how many.
        from_km: how far the nearest is.
    """

    name: str
    host: str
    missions: int
    from_km: float


def by_city(posts: Sequence[Post]) -> tuple[City, ...]:
    """How many missions stand in each city, and from how far on; nearest first."""
    found: dict[tuple[str, str], list[float]] = {}
    for one in posts:
        found.setdefault((one.city, one.host), []).append(one.distance_km)
    cities = (City(name, host, len(far), min(far)) for (name, host), far in found.items())
    return tuple(sorted(cities, key=lambda one: one.from_km))


def notes_on(posts: Posts, day: date, host: str = "") -> tuple[str, ...]:
    """What a reader must know of a list of missions for a day.

    Args:
        posts: the list.
        day: the day that is asked about.
        host: ISO alpha-3 of the site's country; empty: not known.
    """
    if posts.as_of is None:
        age = f"The list of missions ({posts.source}) states no day."
    else:
        apart = (day - posts.as_of).days
        side = "on" if not apart else f"{abs(apart)} days {'before' if apart > 0 else 'after'}"
        age = f"The list of missions is of {posts.as_of}, {side} the day asked about."
        if abs(apart) > FAR_DAYS:
            age += " Missions open and close: check each before it counts."
    notes = [age, "It does not say whether a mission works; few facts on that are at hand."]
    there = posts.of_host(host) if host else ()
    if there:
        placed = sum(one.latitude_deg is not None for one in there)
        notes.append(f"{host}: {len(there)} missions, {placed} of them with coordinates.")
    return tuple(notes)
