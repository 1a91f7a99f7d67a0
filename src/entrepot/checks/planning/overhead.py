"""Groups of passes and archive images: what a mission records, and what could be turned there."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from entrepot.checks.images.image import Image
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.sensors import IN_SERVICE
from entrepot.checks.passes.times import clock, day, rounded
from entrepot.checks.planning.group import Group, Look
from entrepot.checks.planning.plan import Plan
from entrepot.checks.planning.worth import assumed

RADAR, SWATH, AGILE = "radar", "swath", "agile"
FREE: Final = ("Sentinel-1", "Sentinel-2", "Landsat")
"""Missions whose images are free and in the archives that `entrepot fetch images` asks; the names
of their satellites and of their collections begin so. All others sell their images."""

RADAR_MISSION: Final = "Sentinel-1"
"""The one of them that is radar; its images name no cloud."""

_FEW: Final = 4
"""Operators that are named in a line."""


def overhead(plan: Plan, today: date) -> list[Group]:
    """Groups of images and passes.

    Images and passes of one mission are one group: the archive says what was taken. Passes of a
    mission of which images are at hand, but none of that pass, are left out: it was not recorded,
    or not kept. Copies of a look and images beside the place are none. Passes by night are left
    out for cameras.
    """
    useful = [one for one in plan.passes if _is_lit(one)]
    usable = [one for one in plan.images if not one.same_as and one.coverage_pct != 0]
    done = [one for one in useful if one.at.date() < today]
    ahead = [one for one in useful if one.at.date() >= today]
    found = []
    missions = sorted({flown(one) for one in done if one.mode == SWATH}
                      | {taken(one) for one in usable})  # fmt: skip
    for name in missions:
        images = [one for one in usable if taken(one) == name]
        passes = [one for one in done if one.mode == SWATH and flown(one) == name]
        found.append(_archive(plan, name, images, passes, today))
    for name in sorted({flown(one) for one in ahead if one.mode == SWATH}):
        passes = [one for one in ahead if one.mode == SWATH and flown(one) == name]
        found.append(_coming(plan, name, passes))
    for spectrum in ("optical", RADAR):
        for passes, is_past in ((done, True), (ahead, False)):
            turned = [one for one in passes if (one.mode, one.spectrum) == (AGILE, spectrum)]
            found += [_agile(plan, turned, spectrum, today, is_past=is_past)] if turned else []
    return found


def flown(one: Pass) -> str:
    """The mission of a pass: one of `FREE`, else its sensor, whose satellites are sold together."""
    return _free(one.satellite) or one.sensor


def taken(image: Image) -> str:
    """The mission of an image: one of `FREE`, else its satellite or collection."""
    name = image.satellite or image.collection
    return _free(name) or name


def _free(name: str) -> str | None:
    plain = name.strip().casefold()
    return next((one for one in FREE if plain.startswith(one.casefold())), None)


def _is_lit(one: Pass) -> bool:
    return one.spectrum == RADAR or one.sun_elevation_deg >= assumed("least_sun_deg")


def _archive(
    plan: Plan, name: str, images: Sequence[Image], passes: Sequence[Pass], today: date
) -> Group:
    """Images that are in an archive, or passes of which an archive may have some."""
    known = min((one.gsd_m for one in passes if one.gsd_m is not None), default=None)
    is_radar = any(one.spectrum == RADAR for one in passes) or name == RADAR_MISSION
    if images:
        looks = [_look(one, known, is_radar=is_radar) for one in images]
        days = len({one.day for one in looks})
        what = f"{_many(len(looks), 'archive image')} of {name} on {_many(days, 'day')}"
        if dated := [one for one in images if one.cloud_pct is not None]:
            best = min(dated, key=lambda one: (one.cloud_pct or 0.0, one.at))
            what += f", clearest on {best.at.date()} ({best.cloud_pct:.0f} % cloud in the scene)"
        how = _opening(images)
    else:
        looks = [_passed(one, "swath_taken") for one in passes]
        what = f"archive images of {name}: {_many(len(looks), 'pass')}, first {_first(passes)}"
        how = _got(plan, name, passes)
    cost = "minutes" if images or name in FREE else "money"
    return Group(
        "image" if images else "pass", "image", name, what, cost, "now", how, today,
        looks=tuple(looks), is_radar=is_radar,
    )  # fmt: skip


def _opening(images: Sequence[Image]) -> str:
    best = min(images, key=lambda one: (100.0 if one.cloud_pct is None else one.cloud_pct, one.at))
    return f"open {best.link or best.item_id}, then the others by cloud"


def _look(image: Image, known: float | None, *, is_radar: bool) -> Look:
    gsd = known if image.gsd_m is None else image.gsd_m
    clear = assumed("clear") if image.cloud_pct is None else 1 - image.cloud_pct / 100
    inside = 1.0 if image.coverage_pct is None else image.coverage_pct / 100
    return Look(image.row()["check_id"], image.at.date(), gsd, 1.0 if is_radar else clear, inside)


def _passed(one: Pass, taken: str) -> Look:
    clear = 1.0 if one.spectrum == RADAR else assumed("clear")
    return Look(one.row()["check_id"], one.at.date(), one.gsd_m, clear, assumed(taken))


def _coming(plan: Plan, name: str, passes: Sequence[Pass]) -> Group:
    first = passes[0].at.date()
    return Group(
        "pass", "image", f"{name} to come",
        f"{_many(len(passes), 'pass')} of {name} to come, first {_first(passes)}",
        "minutes" if name in FREE else "money",
        f"from {first}, and a day or two until it is in the archive",
        f"{_got(plan, name, passes)}, after each pass", first,
        looks=tuple(_passed(one, "swath_taken") for one in passes),
        is_radar=passes[0].spectrum == RADAR,
    )  # fmt: skip


def _agile(
    plan: Plan, passes: Sequence[Pass], spectrum: str, today: date, *, is_past: bool
) -> Group:
    names = {one.norad_id for one in passes}
    kind = "radar satellite" if spectrum == RADAR else "satellite"
    said = f"{_many(len(names), kind)} that can be turned there, {_many(len(passes), 'chance')}"
    unsure = {one.norad_id for one in passes if not one.service.startswith(IN_SERVICE)}
    if unsure:
        said += f", {len(unsure)} of them only listed and not known to work then"
    whose = _operators(passes)
    first = passes[0].at.date()
    if is_past:
        what, when, starts = f"commercial archives: {said}", "now", today
        clear = "" if spectrum == RADAR else ", see first which days were clear in free images"
        how = (
            f"search the catalogues of {whose} for {plan.site.name}, {_days(plan)}; looking is "
            f"free{clear}; then buy the best"
        )
    else:
        what, when, starts = f"an order for a new image: {said}", f"from {first}, by order", first
        how = f"order an image of {plan.site.name} from {whose}, {_days(plan)}"
    return Group(
        "pass", "image", f"agile {spectrum} {'archive' if is_past else 'order'}", what, "money",
        when, how, starts,
        looks=tuple(_passed(one, "agile_taken" if is_past else "agile_ordered") for one in passes),
        is_radar=spectrum == RADAR,
    )  # fmt: skip


def _operators(passes: Sequence[Pass]) -> str:
    counted: dict[str, int] = {}
    for one in passes:
        counted[one.operator or "its operator"] = counted.get(one.operator or "its operator", 0) + 1
    ordered = sorted(counted, key=lambda name: (-counted[name], name))
    more = " and others" if len(ordered) > _FEW else ""
    return "; ".join(ordered[:_FEW]) + more


def _got(plan: Plan, name: str, passes: Sequence[Pass]) -> str:
    """How the images of a mission are had."""
    if name in FREE:
        return f"entrepot fetch images {_asked(plan)}"
    return f"search the catalogue of {_operators(passes)} for {plan.site.name}, {_days(plan)}"


def _first(passes: Sequence[Pass]) -> str:
    one = passes[0]
    near = rounded(one.at, one.tolerance_s)
    return f"{one.satellite} {day(near)} {clock(one.at, one.tolerance_s)} UTC"


def _asked(plan: Plan) -> str:
    first, last = plan.window.from_at.date(), plan.window.last_day
    at = f"{plan.site.latitude_deg:.4f},{plan.site.longitude_deg:.4f}"
    return f"--at {at} --from {first} --to {last}"


def _days(plan: Plan) -> str:
    return f"{plan.window.from_at.date()} to {plan.window.last_day}"


def _many(count: int, what: str) -> str:
    plural = "es" if what.endswith("s") else "s"
    return f"{count} {what}{plural * (count != 1)}"
