"""The tables of a plan's page: could-have against did, satellites that turn, towns, movements."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from entrepot.checks.images.image import Image
from entrepot.checks.images.matching import NONE
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.times import clock, day, give, rounded
from entrepot.checks.planning.plan import Plan
from entrepot.dossiers.planfiles.plaintext import plain, satellite_name

NOT_KNOWN: Final = "not known"
OPEN_SCHEMES: Final = ("https://", "http://")
"""Only such an address of others becomes a link."""


@dataclass(frozen=True, slots=True)
class PassLine:
    """A pass as printed; `local` is empty where the clock of the place is not surely known."""

    day: str
    time: str
    give: str
    local: str
    satellite: str
    sensor: str
    operator: str
    off_nadir: str
    side: str
    sun: str
    gsd: str
    service: str
    age: str
    did: str
    images: tuple["ImageLine", ...]


@dataclass(frozen=True, slots=True)
class ImageLine:
    """An archive image as printed; `link` is empty where the address cannot be opened."""

    time: str
    satellite: str
    title: str
    cloud: str
    coverage: str
    licence: str
    link: str
    source: str
    fits: bool
    copies: int


@dataclass(frozen=True, slots=True)
class Agile:
    """A satellite that must be turned, with all its chances."""

    satellite: str
    operator: str
    chances: int
    off_nadir: str
    gsd: str
    first: str
    last: str
    service: str
    order: tuple[float, float]


def pass_line(one: Pass, plan: Plan, clocks: ZoneInfo | None, made_at: datetime | None) -> PassLine:
    """A row of a table of passes."""
    near = rounded(one.at, one.tolerance_s)
    found = tuple(image for image, _ in looks(plan.images) if _is_of(image, one))
    local = clock(one.at, one.tolerance_s, clocks) if clocks else ""
    age = f"{abs(one.age_days):.1f} d {'old' if one.age_days >= 0 else 'newer than the pass'}"
    return PassLine(
        day(near), clock(one.at, one.tolerance_s), give(one.tolerance_s), local,
        satellite_name(one), plain(one.sensor), plain(one.operator) or NOT_KNOWN,
        f"{one.off_nadir_deg:.1f}°", plain(one.look_side), f"{one.sun_elevation_deg:.0f}°",
        metres(one.gsd_m), plain(one.service) or "status unknown", age,
        _did(one, found, plan, made_at), tuple(image_line(image) for image in found),
    )  # fmt: skip


def _is_of(image: Image, one: Pass) -> bool:
    return image.pass_at == one.at and image.norad_id == one.norad_id


def _did(one: Pass, found: Sequence[Image], plan: Plan, made_at: datetime | None) -> str:
    """One of `found`, `to come`, `not asked`, `none`: what archives say to a pass.

    Without sights a pass between the ends of a gap, both counted, is taken as not asked for.
    """
    if found:
        return "found"
    if made_at is not None and one.at > made_at:
        return "to come"
    states = [sight.state for sight in plan.sights if sight.chance == one]
    if states:
        return "none" if states[0] == NONE else "not asked"
    ends = [(gap.from_at, gap.to_at) for gap in plan.gaps if gap.kind == "image"]
    is_blank = any((not a or a <= one.at) and (not b or one.at <= b) for a, b in ends)
    return "not asked" if is_blank else "none"


def image_line(one: Image, copies: int = 0) -> ImageLine:
    """A row of the table of images; `copies` is how many more items are of the same look."""
    link = one.link if one.link.startswith(OPEN_SCHEMES) else ""
    return ImageLine(
        f"{day(one.at.astimezone(UTC))} {one.at.astimezone(UTC):%H:%M:%S}",
        plain(one.satellite) or NOT_KNOWN, plain(f"{one.item_id} in {one.archive}"),
        "not said" if one.cloud_pct is None else f"{one.cloud_pct:.0f} %",
        "not known" if one.coverage_pct is None else f"{one.coverage_pct:.0f} %",
        plain(one.licence) or "not stated", link, plain(one.source),
        one.pass_at is not None, copies,
    )  # fmt: skip


def looks(images: Sequence[Image]) -> list[tuple[Image, int]]:
    """The images that are counted, with the number of copies, levels and tiles of the same look."""
    same = Counter(one.same_as for one in images if one.same_as)
    return [
        (one, same[f"{one.item_id} in {one.archive}, {one.collection}"])
        for one in images
        if not one.same_as
    ]


def agile_lines(passes: Sequence[Pass]) -> list[Agile]:
    """One row a satellite, the finest picture first; unknown fineness last."""
    found: dict[tuple[int, str], list[Pass]] = defaultdict(list)
    for one in passes:
        found[one.norad_id, satellite_name(one)].append(one)
    made = [_agile(sorted(chances, key=lambda one: one.at)) for chances in found.values()]
    return sorted(made, key=lambda one: (*one.order, one.satellite))


def _agile(chances: Sequence[Pass]) -> Agile:
    gsds = [one.gsd_m for one in chances if one.gsd_m is not None]
    angle = min(one.off_nadir_deg for one in chances)
    best = min(gsds, default=None)
    first, last = chances[0], chances[-1]
    return Agile(
        satellite_name(first), plain(first.operator) or NOT_KNOWN, len(chances), f"{angle:.1f}°",
        metres(best), _brief(first), _brief(last), plain(first.service) or "status unknown",
        (float("inf") if best is None else round(best, 2), angle),
    )  # fmt: skip


def _brief(one: Pass) -> str:
    near = rounded(one.at, one.tolerance_s)
    return f"{near.day} {near:%b} {clock(one.at, one.tolerance_s)}"


def metres(gsd_m: float | None) -> str:
    """A ground sample distance as printed."""
    if gsd_m is None:
        return NOT_KNOWN
    return f"{gsd_m:.2f} m" if gsd_m < 10 else f"{gsd_m:.0f} m"
