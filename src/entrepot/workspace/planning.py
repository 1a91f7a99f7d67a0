"""What could be checked at a place in a window, put together from a workspace and what is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from entrepot.checks.check import Gap
from entrepot.checks.images.matching import gaps as image_gaps
from entrepot.checks.images.matching import join, seen
from entrepot.checks.images.stored import stored_images
from entrepot.checks.movements.air import Listed, Operated
from entrepot.checks.movements.airframes import read_operators
from entrepot.checks.movements.atsite import Moved, movements_of
from entrepot.checks.passes.age import keep_young, tolerance_s
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.elements import read_elements
from entrepot.checks.passes.elementsfleet import Fleet, fleet_for
from entrepot.checks.passes.fetching import stored_elements
from entrepot.checks.passes.find import find_passes
from entrepot.checks.planning.advice import Question
from entrepot.checks.planning.plan import Plan
from entrepot.checks.planning.rank import advise
from entrepot.checks.posts.listed import read_posts, shipped_posts
from entrepot.checks.posts.near import WITHIN_KM, notes_on, posts_near
from entrepot.checks.posts.status import shipped_status
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.errors import RequestError
from entrepot.sources.flightlist import read_flights
from entrepot.sources.observations import read_observations

NO_ELEMENTS: Final = "No orbital elements are loaded, so no pass can be worked out."
NEEDED: Final = "entrepot fetch elements, or --elements FILE (TLE or OMM of about these days)"
MOST_DAYS: Final = 366
"""A longer window is refused: no element set reaches so far, and nobody would read the list."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a plan is made from, beside the workspace; empty or null: the workspace's, or none.

    Attributes:
        elements: files of orbital elements.
        images: answers of image archives in files.
        posts: a list of diplomatic missions; null: the one that ships.
        flights: a flight list.
        observations: dated observations.
        operators: a table of who flies under which call sign.
        lists: sanctions lists; empty: those of the workspace.
        names: other names by which observers may call the place.
        within_km: missions farther away are left out.
    """

    elements: tuple[Path, ...] = ()
    images: tuple[Path, ...] = ()
    posts: Path | None = None
    flights: Path | None = None
    observations: Path | None = None
    operators: Path | None = None
    lists: tuple[Path, ...] = ()
    names: tuple[str, ...] = ()
    within_km: float = WITHIN_KM


Told = Callable[[str], None]


def plan_of(
    workspace_dir: Path, site: Site, window: Window, given: Given, *,
    questions: Sequence[Question] = (), today: date, now: datetime | None = None,
    told: Told = lambda text: None,
) -> Plan:  # fmt: skip
    """All that could be checked, with what nobody covers and what to do first.

    Args:
        workspace_dir: folder with fetched elements, stored answers of archives and lists.
        site: the place.
        window: the time.
        given: files beside the workspace; they count in place of what the workspace holds.
        questions: open claims.
        today: what is before it can only be asked for in archives.
        now: the moment; element sets of a later epoch are refused as falsified. Null: not judged.
        told: hears what is being worked out.

    Raises:
        RequestError: the window is too long, or no elements reach it.
        SourceError: a file that is not as it should be.
    """
    if window.days > MOST_DAYS:
        raise RequestError(
            f"got a window of {window.days:.0f} days, expected {MOST_DAYS} at most",
            hint="Ask for the weeks that the claim speaks of.",
        )
    plan = Plan(site, window, notes=(site.note,) if site.note else ())
    for part in (_with_passes, _with_images, _with_posts, _with_movements):
        plan = part(plan, workspace_dir, given, now, told)
    plan = replace(plan, questions=tuple(questions))
    return replace(plan, advice=advise(plan, questions, today=today))


def _with_passes(
    plan: Plan, workspace_dir: Path, given: Given, now: datetime | None, told: Told
) -> Plan:
    paths = given.elements or tuple(stored_elements(workspace_dir))
    if not paths:
        gap = Gap("pass", plan.site.name, None, None, NO_ELEMENTS, NEEDED)
        return replace(plan, gaps=(*plan.gaps, gap))
    told("reading orbital elements")
    read = read_elements(paths, now=now)
    fleet = fleet_for(read.elements, plan.window, read.refusals)
    passes, left = _passes(plan, fleet, told)
    return replace(
        plan,
        passes=passes,
        refused=(*plan.refused, *read.refusals, *fleet.notes, *left),
        notes=(*plan.notes, *_of_elements(fleet, passes)),
    )


def _passes(plan: Plan, fleet: Fleet, told: Told) -> tuple[tuple[Pass, ...], tuple[str, ...]]:
    found = find_passes(
        fleet.satellites, [plan.site], plan.window, tolerance=tolerance_s,
        told=lambda done, of: told(f"orbits: {done} of {of} satellites"),
    )  # fmt: skip
    young = keep_young(tuple(found.passes()), fleet.satellites)
    return young.passes, (*found.refusals, *young.notes)


def _of_elements(fleet: Fleet, passes: Sequence[Pass]) -> list[str]:
    epochs = sorted(one.elements.epoch_at.date() for one in fleet.satellites)
    if not epochs:
        return []
    span = str(epochs[0]) if epochs[0] == epochs[-1] else f"{epochs[0]} to {epochs[-1]}"
    ages = sorted(one.age_days for one in passes)
    number = len(fleet.satellites)
    what = "satellite" if number == 1 else "satellites"
    aged = f" {_aged(ages[0], ages[-1])}" if ages else ""
    return [f"Orbital elements of {number} {what}, of {span}.{aged}"]


def _aged(least: float, most: float) -> str:
    """How far the elements lie from the passes; a pass may also come before its elements."""
    if least > -0.5:
        span = dict.fromkeys((f"{least:.0f}", f"{most:.0f}"))
        return f"At the passes they are {' to '.join(span)} days old."
    if most < 0.5:
        return f"They are {-most:.0f} to {-least:.0f} days newer than the passes."
    return f"Passes lie up to {-least:.0f} days before them and up to {most:.0f} days after."


def _with_images(
    plan: Plan, workspace_dir: Path, given: Given, now: datetime | None, told: Told
) -> Plan:
    held = stored_images(workspace_dir, plan.site, plan.window, files=given.images)
    images = join(held.images, plan.passes)
    sights = seen(plan.passes, images, held.asked)
    gaps = image_gaps(plan.site, plan.window, held.asked, sights)
    return replace(
        plan, images=images, sights=sights, gaps=(*plan.gaps, *gaps),
        notes=(*plan.notes, *held.notes),
    )  # fmt: skip


def _with_posts(
    plan: Plan, workspace_dir: Path, given: Given, now: datetime | None, told: Told
) -> Plan:
    posts = read_posts(given.posts) if given.posts else shipped_posts()
    day = plan.window.last_day
    near = posts_near(
        plan.site, day, posts=posts, status=shipped_status(), within_km=given.within_km
    )
    said = notes_on(posts, day, plan.site.country)
    return replace(plan, posts=near, notes=(*plan.notes, *said))


def _with_movements(
    plan: Plan, workspace_dir: Path, given: Given, now: datetime | None, told: Told
) -> Plan:
    moved = _moved(plan, workspace_dir, given, told)
    return replace(
        plan,
        movements=moved.movements,
        gaps=(*plan.gaps, *moved.gaps),
        notes=(*plan.notes, *moved.notes),
    )


def _moved(plan: Plan, workspace_dir: Path, given: Given, told: Told) -> Moved:
    flights = read_flights(given.flights) if given.flights else None
    observations = read_observations(given.observations) if given.observations else None
    operated = read_operators(given.operators) if given.operators else None
    listed = _listed(workspace_dir, given, operated, told) if flights else None
    return movements_of(
        plan.site, plan.window, flights=flights, observations=observations, names=given.names,
        operated=operated, listed=listed,
    )  # fmt: skip


def _listed(
    workspace_dir: Path, given: Given, operated: Operated | None, told: Told
) -> Listed | None:
    """What the lists say of flights; the matcher is slow to load and only they need it."""
    tails = import_module("entrepot.workspace.tails")
    found: Listed | None = tails.tail_screener(workspace_dir, given.lists, operated, told=told)
    return found
