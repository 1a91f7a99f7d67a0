"""Groups of checks that are not overhead: posts, flights, counted traffic, records at the desk."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from entrepot.checks.planning.advice import Question
from entrepot.checks.planning.group import Group
from entrepot.checks.planning.plan import Plan
from entrepot.checks.planning.worth import assumed
from entrepot.checks.posts.post import Post

_FEW: Final = 5

_SUBURBS_KM: Final = 25.0
"""Posts so much farther than the nearest are of the same town, whose suburbs lists name by
themselves. Choice."""

RECORDS: Final = {
    "figures": "figures of both partners, by code and month",
    "rules": "the rules of each exporter on the day",
    "lists": "lists of parties on the day",
}
"""Records at the desk, by their name in `data/worth.tsv`."""

_HOW: Final = {
    "figures": "entrepot import FILE for the months and partners that are missing, then {claim}",
    "rules": "entrepot rules ask EXPORTER DESTINATION CODE --on DATE, then {claim}",
    "lists": "entrepot lists says what is at hand; entrepot screen FILE, then {claim}",
}


def on_ground(plan: Plan, today: date) -> list[Group]:
    """Groups of posts, flights and counted traffic."""
    return [*_posts(plan, today), *_flights(plan, today), *_counts(plan, today)]


def at_desk(plan: Plan, questions: Sequence[Question], today: date) -> list[Group]:
    """Groups of records, for claims only.

    Figures of a month come out weeks after it; where the window or the claims end later, they have
    to be waited for.
    """
    claims = [one.claim_id for one in questions if one.claim_id]
    claim = f"entrepot standing {claims[0] if len(claims) == 1 else 'CLAIM_ID'}"
    out = plan.window.last_day + timedelta(days=assumed("figures_lag_days"))
    found = []
    for check, what in RECORDS.items():
        starts = max(out, today) if check == "figures" else today
        when = "now" if starts <= today else f"from about {starts}, when the figures are out"
        found.append(Group("records", check, check, what, "minutes", when,
                           _HOW[check].format(claim=claim), starts, fixed=1.0))  # fmt: skip
    return found


def _posts(plan: Plan, today: date) -> list[Group]:
    """The posts of the nearest town that has some which are not closed, with its suburbs."""
    usable = [one for one in plan.posts if one.is_closed is not True]
    if not usable:
        return []
    nearest = min(one.distance_km for one in usable)
    near = [one for one in usable if one.distance_km <= nearest + _SUBURBS_KM]
    town = max((one.city for one in near), key=[one.city for one in near].count)
    is_past = plan.window.last_day < today
    starts = max(today, plan.window.from_at.date())
    known = any(one.is_closed is False for one in near)
    return [Group(
        "mission", "visit_past" if is_past else "visit", "visit",
        f"a visit from {town or 'the nearest post'}, {nearest:.0f} km: {_whose(near)}",
        "a journey",
        "now, of what people there still say" if is_past else f"from {starts}, by arrangement",
        "ask the mission of a country that takes part; entrepot posts PLACE --on DATE --sheet FILE "
        "prints the task sheet",
        starts, check_ids=tuple(one.row()["check_id"] for one in near),
        fixed=assumed("visit_open" if known else "visit_unknown"), days=_window(plan),
    )]  # fmt: skip


def _whose(posts: Sequence[Post]) -> str:
    names = sorted({one.operator for one in posts})
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    unknown = "" if any(one.is_closed is False for one in posts) else ", status unknown"
    return ", ".join(names[:_FEW]) + more + unknown


def _flights(plan: Plan, today: date) -> list[Group]:
    held = [one for one in plan.movements if one.kind == "flight"]
    days = _window(plan)
    if held:
        return [Group(
            "flight", "flights", "flights",
            f"the flights on record at the place: {len(held)}, first {held[0].from_at.date()}",
            "minutes", "now", "read them in the plan; entrepot flights FILE lists all of a file",
            today, check_ids=tuple(one.row()["check_id"] for one in held), fixed=1.0, days=days,
        )]  # fmt: skip
    needed = next((one.needed for one in plan.gaps if one.kind == "flight" and one.needed), "")
    starts = max(today, plan.window.from_at.date())
    return [Group(
        "flight", "flights", "flights",
        "flight records of the place and of the other airport, if any",
        "hours", "now" if starts <= today else f"from {starts}",
        needed or "flight lists or traces of the days, then entrepot flights FILE",
        starts, fixed=assumed("flights_there"), days=days,
    )]  # fmt: skip


def _counts(plan: Plan, today: date) -> list[Group]:
    held = [one for one in plan.movements if one.kind == "movement"]
    if held:
        return [Group(
            "movement", "movements", "movements",
            f"the counted traffic at the place: {len(held)} observations", "minutes", "now",
            "read them in the plan", today,
            check_ids=tuple(one.row()["check_id"] for one in held), fixed=1.0, days=_window(plan),
        )]  # fmt: skip
    gap = next((one for one in plan.gaps if one.kind == "movement"), None)
    if gap is None:
        return []
    return [Group(
        "movement", "movements", "movements", "counts of traffic at the place", "days",
        "now", gap.needed or "ask who counts there, and give the file with --observations", today,
        fixed=assumed("counts_there"), days=_window(plan),
    )]  # fmt: skip


def _window(plan: Plan) -> tuple[date, date]:
    return plan.window.from_at.date(), plan.window.last_day
