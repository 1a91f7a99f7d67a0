"""Images and predicted passes put together: what could have been seen, and what was.

An image belongs to the pass of its satellite whose time fits the recorded one. Recorded times have
habits (see `archives.tsv`): the start of a datatake lies up to two minutes before the tile. The
reverse says of each pass inside a swath whether an image of it was found, and never takes silence
for an answer: an archive that was not asked, or too early, or not to the end, has not said no.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from entrepot.checks.check import Gap
from entrepot.checks.images.archives import holding_of
from entrepot.checks.images.asked import Asked
from entrepot.checks.images.image import Image
from entrepot.checks.passes.chance import Pass
from entrepot.checks.site import Site
from entrepot.checks.window import Window

IMAGE: Final = "image"
NONE: Final = "no image in the archives asked"
NOT_ASKED: Final = "not asked"

HALF_PCT: Final = 50.0
"""A straight edge that leaves out the middle of a square leaves out more than half of it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One pass inside a swath, and whether an image of it was found.

    Attributes:
        chance: the pass.
        state: `IMAGE`, `NONE` or `NOT_ASKED`.
        images: of it, the one that is counted first.
        asked: the questions that could have brought one.
        why: one sentence where the state needs one; or empty.
    """

    chance: Pass
    state: str
    images: tuple[Image, ...]
    asked: tuple[Asked, ...]
    why: str = ""


def join(images: Iterable[Image], passes: Sequence[Pass]) -> tuple[Image, ...]:
    """Each image with `pass_at`, the closest approach of the pass that it belongs to.

    An image fits a pass of the same satellite if the pass less the recorded time lies within the
    habit of the archive, widened by half the length of a scene and by the tolerance of the pass.
    Of several, the nearest is taken. A satellite that is turned may look at any time of its pass.

    Args:
        images: of one site.
        passes: of the same site, of any satellites and modes.

    Returns:
        The images in the same order; null `pass_at`: satellite not known, or no pass fits.
    """
    by_satellite: dict[int, list[Pass]] = {}
    for one in passes:
        by_satellite.setdefault(one.norad_id, []).append(one)
    return tuple(
        replace(image, pass_at=_nearest(image, by_satellite.get(image.norad_id or 0, ())))
        for image in images
    )


def _nearest(image: Image, passes: Iterable[Pass]) -> datetime | None:
    fitting = [(distance, one.at) for one in passes if (distance := _beyond(image, one)) <= 0]
    return min(fitting)[1] if fitting else None


def _beyond(image: Image, chance: Pass) -> float:
    """Seconds by which a pass misses the span in which it fits; below 0 inside it."""
    habit = holding_of(image.archive, image.collection)
    slack = habit.half_scene_s + chance.tolerance_s
    agile = chance.mode != "swath"
    first, last = (chance.from_at, chance.to_at) if agile else (chance.at, chance.at)
    early = habit.from_s - slack - (last - image.at).total_seconds()
    late = (first - image.at).total_seconds() - habit.to_s - slack
    return max(early, late)


def seen(
    passes: Iterable[Pass], images: Iterable[Image], asked: Sequence[Asked]
) -> tuple[Sight, ...]:
    """What became of each pass inside a swath.

    `NONE` says only that the archives that were asked hold no image. It is no word on what stood at
    the place, nor proof that none was taken: planning, faults and late processing leave gaps too.

    Args:
        passes: of one site; those of other modes are left out.
        images: of the same site, with `pass_at` from `join`.
        asked: questions for the same site, from `stored_images`.
    """
    joined: dict[tuple[int | None, datetime | None], list[Image]] = {}
    for image in images:
        joined.setdefault((image.norad_id, image.pass_at), []).append(image)
    return tuple(
        _sight(one, joined.get((one.norad_id, one.at), []), asked)
        for one in passes
        if one.mode == "swath"
    )


def _sight(chance: Pass, images: Sequence[Image], asked: Sequence[Asked]) -> Sight:
    able = [one for one in asked if chance.norad_id in one.norad_ids and _spans(one, chance)]
    if images:
        ordered = tuple(sorted(images, key=lambda one: bool(one.same_as)))
        return Sight(chance, IMAGE, ordered, tuple(able), _beside(images))
    if not able:
        return Sight(
            chance, NOT_ASKED, (), (),
            f"No archive that holds images of {chance.satellite} was asked for this time.",
        )  # fmt: skip
    settled = [one for one in able if one.is_complete and _is_settled(one, chance)]
    if settled:
        return Sight(chance, NONE, (), tuple(settled))
    return Sight(chance, NOT_ASKED, (), tuple(able), _unsettled(chance, able))


def _spans(asked: Asked, chance: Pass) -> bool:
    """Whether the time that was asked for holds the pass wherever its tolerance may put it."""
    give = timedelta(seconds=chance.tolerance_s)
    return asked.window.holds(chance.at - give) and asked.window.holds(chance.at + give)


def _beside(images: Sequence[Image]) -> str:
    """What to say of images whose outlines all miss most of the place; or empty."""
    most = max(100.0 if one.coverage_pct is None else one.coverage_pct for one in images)
    if most >= HALF_PCT:
        return ""
    return (
        f"Its outlines hold at most {most:g} % of the surroundings: the place itself may lie "
        "outside."
    )


def _is_settled(asked: Asked, chance: Pass) -> bool:
    return asked.asked_at >= chance.at + timedelta(days=asked.settled_days)


def _unsettled(chance: Pass, asked: Sequence[Asked]) -> str:
    whole = [one for one in asked if one.is_complete]
    if not whole:
        return "The answers were cut by a limit on items before this pass was settled."
    days = min(one.settled_days for one in whole)
    return (
        f"The archive was last asked on {max(one.asked_at for one in whole).date()}; an image may "
        f"come up to {days} days after the pass: ask again."
    )


def gaps(
    site: Site, window: Window, asked: Sequence[Asked], sights: Sequence[Sight] = ()
) -> tuple[Gap, ...]:
    """Where no archive has answered: at all, or for some passes inside a swath."""
    needed = (
        f"entrepot fetch images --at {site.latitude_deg:g},{site.longitude_deg:g} "
        f"--from {window.from_at.date()} --to {window.last_day}"
    )
    if not asked:
        why = "No archive was asked for images of the place in this window."
        return (Gap("image", site.name, None, None, why, needed),)
    open_ones = [one for one in sights if one.state == NOT_ASKED]
    if not open_ones:
        return ()
    times = [one.chance.at for one in open_ones]
    names = ", ".join(sorted({one.chance.satellite for one in open_ones}))
    why = f"Of {len(open_ones)} passes inside a swath ({names}) no archive has settled an image."
    return (Gap("image", site.name, min(times), max(times), why, needed),)
