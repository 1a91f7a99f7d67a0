"""The map of a plan: the site in the middle, missions around it, rings of distance, outlines."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Any, Final

import numpy as np
import shapely
from markupsafe import Markup, escape

from entrepot.checks.planning.plan import Plan
from entrepot.checks.posts.post import Post
from entrepot.checks.site import Site, coordinates
from entrepot.codes.country import name
from entrepot.dossiers.planfiles.plaintext import plain
from entrepot.dossiers.planground import countries, ground_km
from entrepot.dossiers.planlabels import Board, Label

WIDTH: Final = 420
HEIGHT: Final = 350
LEAST_KM: Final = 250
MOST_KM: Final = 800
"""Ground from the middle to the upper edge; what lies farther is named in words."""
RINGS_KM: Final = (50, 100, 200, 300, 500, 750)
SUBURB_KM: Final = 15
"""Lists of missions name districts and suburbs of a capital as places of their own."""
TOWNS: Final = 6
"""So many of the nearest towns with missions decide how much ground is shown."""


@dataclass(frozen=True, slots=True)
class Town:
    """The missions of one town and its suburbs.

    Attributes:
        city: as the list of missions writes it, of the place with most of them.
        host: ISO alpha-3 of its country.
        posts: nearest first.
        x_km: east of the site.
        y_km: north of the site.
    """

    city: str
    host: str
    posts: tuple[Post, ...]
    x_km: float
    y_km: float

    @property
    def distance_km(self) -> float:
        """Of the nearest of them."""
        return min(one.distance_km for one in self.posts)

    @property
    def is_around(self) -> bool:
        """Whether some of them stand in suburbs or districts with names of their own."""
        return any(one.city != self.city for one in self.posts)

    @property
    def is_shut(self) -> bool:
        """Whether each of them is known to have been closed on the day."""
        return all(one.is_closed for one in self.posts)


def towns(plan: Plan) -> list[Town]:
    """The missions by town, nearest first; suburbs count with the largest town beside them."""
    named: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for one in plan.posts:
        named[one.host, one.city].append(one)
    made: list[Town] = []
    for (host, city), posts in sorted(named.items(), key=lambda one: (-len(one[1]), one[0])):
        town = _town(plan.site, host, city, posts)
        beside = (i for i, one in enumerate(made) if one.host == host and _is_beside(one, town))
        place = next(beside, None)
        if place is None:
            made.append(town)
        else:
            larger = made[place]
            joined = tuple(sorted((*larger.posts, *town.posts), key=lambda post: post.distance_km))
            made[place] = replace(larger, posts=joined)
    return sorted(made, key=lambda one: (one.distance_km, one.city))


def _town(site: Site, host: str, city: str, posts: Sequence[Post]) -> Town:
    near = tuple(sorted(posts, key=lambda one: one.distance_km))
    east, north = np.array([near[0].longitude_deg]), np.array([near[0].latitude_deg])
    x_km, y_km = ground_km(site, east, north)[0]
    return Town(city, host, near, float(x_km), float(y_km))


def _is_beside(one: Town, other: Town) -> bool:
    return hypot(one.x_km - other.x_km, one.y_km - other.y_km) <= SUBURB_KM


def plan_map(plan: Plan) -> Markup:
    """The map as part of a page, without a request; colours come from the page's style sheet."""
    found = towns(plan)
    reach = _reach_km(found)
    scale = HEIGHT / 2 / reach
    shown = [one for one in found if _is_inside(one, reach)]
    board = Board(WIDTH, HEIGHT)
    board.block(WIDTH / 2, HEIGHT / 2, 9)
    for town in shown:
        board.block(*_place(town.x_km, town.y_km, scale), 5)
    words = [*_ring_words(reach, scale, board), *_site_words(plan.site, board)]
    words += _town_words(shown, scale, board)
    ground = countries(plan.site, reach * WIDTH / HEIGHT + 10, reach + 10)
    land = [_outline(code, shape, scale) for code, shape in ground.items()]
    words += _country_words(ground, scale, board)
    parts = [*land, *_rings(reach, scale), *_marks(shown, scale), _site_mark(), *words]
    return Markup(
        f'<svg class="chart ground" role="img" aria-label="{escape(_said(plan, found, shown))}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect class="sea" width="{WIDTH}" height="{HEIGHT}"/>'
        f"{Markup('').join(parts)}</svg>"
    )


def _reach_km(found: Sequence[Town]) -> float:
    near = [one.distance_km for one in found[:TOWNS] if one.distance_km <= MOST_KM / 1.15]
    return min(MOST_KM, max([LEAST_KM, *(1.15 * one for one in near)]))


def _is_inside(town: Town, reach: float) -> bool:
    return abs(town.y_km) < reach * 0.97 and abs(town.x_km) < reach * WIDTH / HEIGHT * 0.97


def _place(x_km: float, y_km: float, scale: float) -> tuple[float, float]:
    return WIDTH / 2 + x_km * scale, HEIGHT / 2 - y_km * scale


def _outline(code: str, shape: Any, scale: float) -> Markup:
    lines = "".join(_path(ring, scale) for part in _polygons(shape) for ring in _rings_of(part))
    return Markup(f'<path class="land" data-code="{escape(code)}" d="{lines}"/>')


def _polygons(shape: Any) -> list[Any]:
    return [one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"]


def _rings_of(polygon: Any) -> list[Any]:
    return [polygon.exterior, *polygon.interiors]


def _path(ring: Any, scale: float) -> str:
    places = (_place(x, y, scale) for x, y in ring.simplify(0.4 / scale).coords[:-1])
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) + "Z"


def _rings(reach: float, scale: float) -> Iterator[Markup]:
    for km in _shown_rings(reach):
        yield Markup(
            f'<circle class="ring" cx="{WIDTH / 2:g}" cy="{HEIGHT / 2:g}" r="{km * scale:.1f}"/>'
        )


def _shown_rings(reach: float) -> list[int]:
    """Three rings at most, the widest that fit."""
    return [km for km in RINGS_KM if km < reach * 0.98][-3:]


def _ring_words(reach: float, scale: float, board: Board) -> Iterator[Markup]:
    for km in _shown_rings(reach):
        label = Label(f"{km} km", WIDTH / 2, HEIGHT / 2 + km * scale, 0, "distance", size=10.5)
        yield from board.put(label, ("middle",))


def _site_words(site: Site, board: Board) -> Iterator[Markup]:
    label = Label(_short(site.name, 34), WIDTH / 2, HEIGHT / 2, 11, "named", size=13.5)
    yield from board.put(label, ("above", "below", "right", "left"), always=True)


def _town_words(shown: Sequence[Town], scale: float, board: Board) -> Iterator[Markup]:
    for town in shown:
        x, y = _place(town.x_km, town.y_km, scale)
        many = f" ({len(town.posts)})" if len(town.posts) > 1 else ""
        label = Label(f"{_short(town.city, 22)}{many}", x, y, 7, "town", size=11.5)
        yield from board.put(label, ("right", "left", "above", "below"))


def _country_words(ground: dict[str, Any], scale: float, board: Board) -> Iterator[Markup]:
    for code, shape in sorted(ground.items(), key=lambda one: -one[1].area):
        for x_km, y_km in _middles(shape):
            label = Label(name(code).upper(), *_place(x_km, y_km, scale), 0, "country", size=10.5)
            if put := board.put(label, ("middle", "above", "below")):
                yield from put
                break


def _middles(shape: Any) -> Iterator[tuple[float, float]]:
    """Where the name of a country may stand, best first: in its midst, or else in a corner."""
    largest = max(_polygons(shape), key=lambda one: one.area)
    yield from shapely.maximum_inscribed_circle(largest, 10).coords[:1]
    yield from largest.representative_point().coords
    left, low, right, high = largest.bounds
    for across, up in ((0.2, 0.8), (0.8, 0.8), (0.2, 0.2), (0.8, 0.2)):
        place = (left + across * (right - left), low + up * (high - low))
        if largest.contains(shapely.Point(place)):
            yield place


def _marks(shown: Sequence[Town], scale: float) -> Iterator[Markup]:
    for town in shown:
        x, y = _place(town.x_km, town.y_km, scale)
        kind = "post shut" if town.is_shut else "post"
        yield Markup(
            f'<rect class="{kind}" x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>'
        )


def _site_mark() -> Markup:
    x, y = WIDTH / 2, HEIGHT / 2
    cross = f"M{x - 9:g} {y:g}h18M{x:g} {y - 9:g}v18"
    return Markup(
        f'<circle class="spot" cx="{x:g}" cy="{y:g}" r="5.5"/><path class="cross" d="{cross}"/>'
    )


def _short(text: str, most: int) -> str:
    told = plain(text)
    return told if len(told) <= most else told[: most - 1].rstrip() + "…"


def _said(plan: Plan, found: Sequence[Town], shown: Sequence[Town]) -> str:
    """The map in words, for those who do not see it."""
    told = f"Map: {plain(plan.site.name)} at {coordinates(plan.site)} in the middle, north is up."
    if not found:
        return f"{told} No diplomatic mission is drawn."
    listed = "; ".join(
        f"{plain(one.city)} {_bearing(one)}, {one.distance_km:.0f} km, missions: {len(one.posts)}"
        for one in shown[:8]
    )
    return f"{told} Missions, nearest first: {listed or 'none inside the map'}."


def _bearing(town: Town) -> str:
    """Direction as one of eight winds."""
    if hypot(town.x_km, town.y_km) < 1:
        return "at the place"
    winds = ("north", "north-east", "east", "south-east",
             "south", "south-west", "west", "north-west")  # fmt: skip
    turned = np.degrees(np.arctan2(town.x_km, town.y_km)) % 360
    return winds[int(turned / 45 + 0.5) % 8]
