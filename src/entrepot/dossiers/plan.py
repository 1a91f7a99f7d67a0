"""The page of a plan: what could see a place, what did, and what to do first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from markupsafe import Markup, escape

from entrepot.checks.movements.movement import Movement
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.sensors import IN_SERVICE
from entrepot.checks.passes.times import clock, day, give, rounded, span
from entrepot.checks.planning.advice import Advice
from entrepot.checks.planning.advised import Advised
from entrepot.checks.planning.plan import Plan
from entrepot.checks.site import coordinates
from entrepot.codes.country import name
from entrepot.dossiers import theme
from entrepot.dossiers.paper import environment, listed
from entrepot.dossiers.planchart import NARROW, WIDE, timeline
from entrepot.dossiers.planfiles.plaintext import CHANCE, plain, satellite_name
from entrepot.dossiers.planlanes import blanks
from entrepot.dossiers.planmap import plan_map, towns
from entrepot.dossiers.planrows import agile_lines, image_line, looks, pass_line
from entrepot.dossiers.planzone import offset, zone
from entrepot.errors import CodeError

FIRST: Final = 2
"""Advised checks that stand open; the others are folded."""
OPTICAL, RADAR = "optical", "radar"
COMMAND: Final = "entrepot "
WORKING: Final = "known to be in service"
LISTED_ONLY: Final = "that are only listed"
NOT_KNOWN: Final = "It is not known that those worked then."
KINDS: Final = {
    "pass": "Passes of satellites", "image": "Archive images", "mission": "Diplomatic missions",
    "flight": "Flights", "movement": "Trains, trucks and people",
}  # fmt: skip


def plan_page(plan: Plan, *, made_at: datetime | None = None) -> str:
    """The plan as one HTML page without network or script; equal input gives equal bytes.

    What is not known is called so: a gap is never an empty row. A pass is called a chance.

    Args:
        plan: what could be checked.
        made_at: printed where given, and tells passes to come from those past; the page itself
            reads no clock.
    """
    clocks = zone(plan.site)
    working, listed_only = parted(plan.swath_passes())
    agile = [one for one in plan.passes if one.mode != "swath"]
    return environment(text=plain, land=land, typed=typed).get_template("plan.html.j2").render(
        plan=plan, theme=theme, where=coordinates(plan.site), when=span(plan.window),
        made=f"{_instant(made_at)} UTC" if made_at else "",
        answer=_answer(plan, (working, listed_only), agile),
        advice=[_advised(one) for one in plan.advised()],
        first=FIRST, wide=timeline(plan, WIDE), narrow=timeline(plan, NARROW),
        map=plan_map(plan), towns=towns(plan), chance=CHANCE,
        swath=[pass_line(one, plan, clocks, made_at) for one in working],
        listed_only=[pass_line(one, plan, clocks, made_at) for one in listed_only],
        agile=agile_lines(agile), each=[pass_line(one, plan, clocks, made_at) for one in agile],
        clocks=f"{clocks.key}, {offset(clocks, plan.window.from_at)}" if clocks else "",
        images=[image_line(one, copies) for one, copies in looks(plan.images)],
        unknown=_unknown(plan), kinds=KINDS,
        moves=[_moved(one) for one in plan.movements], ages=_ages(plan.passes),
    )  # fmt: skip


def typed(text: str) -> Markup:
    """What to do: a command as such, other words as words."""
    told = plain(text)
    return Markup("<code>{}</code>").format(told) if told.startswith(COMMAND) else escape(told)


def land(code: str) -> str:
    """A country by its code; what is no code, such as the name of a union, stays."""
    try:
        return name(code)
    except CodeError:
        return plain(code)


def parted(swath: Sequence[Pass]) -> tuple[list[Pass], list[Pass]]:
    """Passes of satellites in service, and those of satellites only known to be listed."""
    working = [one for one in swath if one.service.startswith(IN_SERVICE)]
    return working, [one for one in swath if not one.service.startswith(IN_SERVICE)]


def _answer(
    plan: Plan, swath: tuple[Sequence[Pass], Sequence[Pass]], agile: Sequence[Pass]
) -> Markup:
    """What stands on the page, in a few sentences."""
    parts = [_seen(*swath), _turned(agile), _images(plan), _missions(plan), _flights(plan)]
    return Markup(" ").join(part for part in parts if part)


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


def _seen(working: Sequence[Pass], listed_only: Sequence[Pass]) -> Markup | str:
    swath = working or listed_only
    if not swath:
        return "No pass is known that had the place inside a swath."
    more = ""
    if working and listed_only:
        count = _many(len(listed_only), "more pass", "more passes")
        more = f" {count} of {_satellites(listed_only)} {LISTED_ONLY} had it too. {NOT_KNOWN}"
    elif listed_only:
        more = f" {NOT_KNOWN}"
    first = swath[0]
    return Markup(
        "{} of {} {} had the place inside the strip that is recorded as a rule, first "
        '<strong>{} on <span class="nw">{}</span> at <span class="nw">{} UTC</span></strong> '
        '(<span class="nw">{}</span>).{}'
    ).format(
        _many(len(swath), "pass", "passes"), _satellites(swath),
        WORKING if working else LISTED_ONLY, satellite_name(first),
        day(rounded(first.at, first.tolerance_s)), clock(first.at, first.tolerance_s),
        give(first.tolerance_s), more,
    )  # fmt: skip


def _satellites(passes: Sequence[Pass]) -> str:
    return _many(len({one.norad_id for one in passes}), "satellite")


def _turned(agile: Sequence[Pass]) -> str:
    """Counted as passes inside a swath are: those known to be in service, then those listed."""
    working, listed_only = parted(agile)
    told = [f"{_kinds(working)} {WORKING} could have been turned to it."] if working else []
    if listed_only:
        could = f"could have been turned to it{' too' * bool(working)}"
        told.append(f"{_kinds(listed_only)} {LISTED_ONLY} {could}. {NOT_KNOWN}")
    return " ".join(told)


def _kinds(agile: Sequence[Pass]) -> str:
    """Satellites and their chances, cameras before radar."""
    kinds = ((OPTICAL, "camera satellite"), (RADAR, "radar satellite"))
    found = [(what, [one for one in agile if one.spectrum == kind]) for kind, what in kinds]
    return listed([
        f"{_many(len({one.norad_id for one in some}), what)} ({_many(len(some), 'chance')})"
        for what, some in found
        if some
    ])  # fmt: skip


def _images(plan: Plan) -> str:
    if plan.images:
        return f"{_many(len(looks(plan.images)), 'image')} found in archives."
    return "" if blanks(plan, "image") else "No image in the archives that were asked."


def _missions(plan: Plan) -> str:
    if not plan.posts:
        return "" if blanks(plan, "mission") else "No diplomatic mission near it."
    near = towns(plan)[0]
    where = f"{'in or near' if near.is_around else 'in'} {plain(near.city)}"
    return f"The nearest mission is {where}, {near.distance_km:.0f} km away."


def _flights(plan: Plan) -> str:
    """Recorded movements, then all kinds of which nothing or not everything is known."""
    told = f"{_many(len(plan.movements), 'movement')} on record." if plan.movements else ""
    names = [KINDS[one].lower() for one in KINDS if blanks(plan, one)]
    unknown = f"Unknown, in whole or in part: {listed(names)}." if names else ""
    return f"{told} {unknown}".strip()


def _advised(made: Advised) -> dict[str, Any]:
    """An advised check with its change in words."""
    one: Advice = made.advice
    title, change = plain(one.what), ""
    if one.expected_change == 0:
        change = "It would move no claim."
    elif one.expected_change is not None:
        change = f"It would move the claim by {_points(one.expected_change)} on average"
        if one.if_seen is not None:
            change += f": to {_percent(one.if_seen)} if it speaks for the claim"
        if one.if_not_seen is not None:
            change += f", to {_percent(one.if_not_seen)} if against it"
        elif one.if_seen is not None:
            change += "; an absence would prove nothing"
        change += "."
    return {"of": one, "what": title[:1].upper() + title[1:], "change": change,
            "check_id": made.check_id}  # fmt: skip


def _points(share: float) -> str:
    return _many(round(share * 100), "point") if share >= 0.005 else "less than a point"


def _percent(probability: float) -> str:
    return f"{probability * 100:.0f} %"


def _unknown(plan: Plan) -> dict[str, list[dict[str, str]]]:
    """Gaps by kind in words; a kind without rows and without a gap is told elsewhere."""
    found: dict[str, list[dict[str, str]]] = {kind: [] for kind in KINDS}
    for one in plan.gaps:
        begin = f"from {_instant(one.from_at)}" if one.from_at else ""
        end = f"to {_instant(one.to_at)}" if one.to_at else ""
        when = " ".join(part for part in (begin, end) if part) or "the whole window"
        row = {"when": when, "why": plain(one.why), "needed": plain(one.needed)}
        found[one.kind].append(row)
    return found


def _instant(at: datetime) -> str:
    return f"{day(at.astimezone(UTC))} {at.astimezone(UTC):%H:%M}"


def _moved(one: Movement) -> dict[str, str]:
    return {
        "kind": "by air" if one.kind == "flight" else "on the ground", "what": plain(one.what),
        "from": _instant(one.from_at), "to": _instant(one.to_at),
        "operator": plain(one.operator) or "not known",
        "registration": plain(one.registration) or "not known",
        "listing": plain(one.listing) or "no hit", "source": plain(one.source),
    }  # fmt: skip


def _ages(passes: Sequence[Pass]) -> str:
    """How old the elements are, and how wrong the times may be, over all passes."""
    if not passes:
        return ""
    ages = [abs(one.age_days) for one in passes]  # elements may also be younger than a pass
    gives = [one.tolerance_s for one in passes]
    epochs = sorted(one.epoch_at.astimezone(UTC).date() for one in passes)
    dated = day(epochs[0]) if epochs[0] == epochs[-1] else f"{day(epochs[0])} to {day(epochs[-1])}"
    return (
        f"Orbital elements of {dated}: {min(ages):.1f} to {max(ages):.1f} days away from the "
        f"passes. Nine of ten times are right within {give(min(gives))} to {give(max(gives))}; "
        "each row gives its own."
    )
