"""The lanes of a plan's time line: what lies on each, and where nothing is known."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from entrepot.checks.images.image import Image
from entrepot.checks.movements.movement import Movement
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.sensors import IN_SERVICE
from entrepot.checks.passes.times import clock
from entrepot.checks.planning.plan import Plan
from entrepot.dossiers.planfiles.plaintext import plain, satellite_name

MOST_SATELLITES: Final = 10
"""Satellites with a lane of their own; passes of the others share one."""


LEAST_SHARE: Final = 80
"""A gap is drawn as at least this part of the window, though it is one moment."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a moment, or over a stretch of time; `is_full`: an image of it was found."""

    at: datetime
    to_at: datetime | None
    text: str
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A stretch of which nothing is known."""

    from_at: datetime
    to_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the drawing.

    Attributes:
        title: what it shows.
        shape: `pass`, `count`, `image` or `bar`.
        marks: in order of time.
        counts: by UTC day, of the lane of counts.
        blanks: where nothing is known.
        empty: said where it has neither marks nor blanks.
    """

    title: str
    shape: str
    marks: tuple[Mark, ...] = ()
    counts: tuple[tuple[date, int], ...] = ()
    blanks: tuple[Blank, ...] = ()
    empty: str = "none among the records at hand"


def lanes(plan: Plan) -> list[Lane]:
    """All lanes, from above to below."""
    swath = plan.swath_passes()
    agile = [one for one in plan.passes if one.mode != "swath"]
    seen = {(one.norad_id, one.pass_at) for one in plan.images if one.pass_at}
    unknown = blanks(plan, "pass")
    made = _swath(swath, seen, unknown)
    made.append(Lane("Only if turned, a day", "count", (), _daily(agile), unknown))
    made.append(
        Lane(
            "Archive images",
            "image",
            _taken([one for one in plan.images if not one.same_as]),
            (),
            blanks(plan, "image"),
        )
    )
    made += [
        Lane(title, "bar", _moved(plan.movements, kind), (), blanks(plan, kind))
        for title, kind in (("Flights", "flight"), ("On the ground", "movement"))
    ]
    return made


def blanks(plan: Plan, kind: str) -> tuple[Blank, ...]:
    """The gaps of one kind of check, cut to the window, and never too short to be seen."""
    window = plan.window
    least = (window.to_at - window.from_at) / LEAST_SHARE
    found = []
    for one in plan.gaps:
        begin = max(one.from_at or window.from_at, window.from_at)
        end = min(one.to_at or window.to_at, window.to_at)
        if one.kind == kind and begin <= end and begin < window.to_at:
            end = max(end, min(begin + least, window.to_at))
            found.append(Blank(begin, end, plain(one.why)))
    return tuple(found)


def _swath(
    passes: Sequence[Pass], seen: Iterable[tuple[int | None, datetime]], unknown: tuple[Blank, ...]
) -> list[Lane]:
    """A lane for each satellite, the first pass first; those beyond the tenth share a lane."""
    found: dict[str, list[Mark]] = defaultdict(list)
    held = set(seen)
    working = [one for one in passes if one.service.startswith(IN_SERVICE)] or passes
    names = list(dict.fromkeys(satellite_name(one) for one in working))
    others = len({satellite_name(one) for one in passes}) - len(names)
    own = set(names if len(names) <= MOST_SATELLITES else names[: MOST_SATELLITES - 1])
    shared = f"{len(names) - len(own) + others} other satellites"
    for one in passes:
        satellite = satellite_name(one)
        mark = Mark(one.at, None, clock(one.at, one.tolerance_s), (one.norad_id, one.at) in held)
        found[satellite if satellite in own else shared].append(mark)
    if not found:
        return [Lane("In a swath", "pass", blanks=unknown, empty="no pass in this window")]
    return [Lane(name, "pass", tuple(marks), (), unknown) for name, marks in found.items()]


def _daily(passes: Sequence[Pass]) -> tuple[tuple[date, int], ...]:
    return tuple(sorted(Counter(one.at.astimezone(UTC).date() for one in passes).items()))


def _taken(images: Sequence[Image]) -> tuple[Mark, ...]:
    return tuple(
        Mark(one.at, None, "cloud ?" if one.cloud_pct is None else f"{one.cloud_pct:.0f} % cloud",
             one.cloud_pct is not None)
        for one in images
    )  # fmt: skip


def _moved(movements: Sequence[Movement], kind: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(one.from_at, one.to_at, plain(one.what)) for one in movements if one.kind == kind
    )
