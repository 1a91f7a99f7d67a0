"""A plan as a calendar (ICS, RFC 5545): passes as appointments, advised checks as tasks."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from icalendar import Calendar, Event, Todo

from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.times import around
from entrepot.checks.planning.advice import Advice
from entrepot.checks.planning.plan import Plan
from entrepot.dossiers.planfiles.plaintext import (
    CHANCE,
    pass_title,
    pass_words,
    plain,
    satellite_name,
)
from entrepot.records.ids import content_id

PRODUCT: Final = "-//Entrepot//plan of checks//EN"
LEAST_PRIORITY: Final = 9
"""RFC 5545, 3.8.1.9: 1 is done first, 9 last."""


def calendar(plan: Plan, *, stamped_at: datetime | None = None, each_agile: bool = False) -> bytes:
    """The plan as a calendar file; equal input gives equal bytes.

    A swath pass is an appointment from the first to the last minute in which nine of ten such
    passes have their middle; its UID is its `check_id`. Agile chances are counted by UTC day.
    Advised checks are tasks in their order.

    Args:
        plan: what could be checked.
        stamped_at: when it was made; null: the first moment of the window stands for it.
        each_agile: every agile chance as an appointment of its own, in place of the counts.
    """
    stamp = (stamped_at or plan.window.from_at).astimezone(UTC).replace(microsecond=0)
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", plain(f"What could see {plan.site.name}"))
    agile = [one for one in plan.passes if one.mode != "swath"]
    for one in plan.passes:
        if one.mode == "swath" or each_agile:
            made.add_component(_appointment(one, plan, stamp))
    for event in [] if each_agile else _days(agile, plan, stamp):
        made.add_component(event)
    for advised in plan.advice:
        made.add_component(_task(advised, plan, stamp))
    return bytes(made.to_ical())


def _appointment(one: Pass, plan: Plan, stamp: datetime) -> Any:
    begin, end = around(one)
    row = one.row()
    event = _begun(Event(), str(row["check_id"]), stamp, pass_title(one))
    event.add("dtstart", begin)
    event.add("dtend", end)
    event.add("description", "\n".join([*_advised(str(row["check_id"]), plan), *pass_words(one)]))
    event.add("categories", ["pass", one.mode])
    _placed(event, plan)
    return event


def _advised(check_id: str, plan: Plan) -> Iterator[str]:
    for advice in plan.advice:
        if check_id in advice.check_ids:
            yield plain(f"Advised as number {advice.rank}: {advice.what}.")


def _days(agile: Sequence[Pass], plan: Plan, stamp: datetime) -> Iterator[Any]:
    """Agile chances counted by UTC day."""
    found: dict[date, list[Pass]] = defaultdict(list)
    for one in agile:
        found[one.at.astimezone(UTC).date()].append(one)
    for on, chances in sorted(found.items()):
        names = sorted({satellite_name(one) for one in chances})
        many = f"{len(chances)} chance{'s' * (len(chances) != 1)}"
        summary = f"{many} for {plain(plan.site.name)}, only if a satellite is turned to it"
        uid = content_id("day", *_where(plan), on.isoformat())
        event = _begun(Event(), uid, stamp, summary)
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
        event.add("description", f"{len(names)} satellites: {', '.join(names)}.\n{CHANCE}")
        event.add("categories", ["pass", "agile"])
        _placed(event, plan)
        yield event


def _task(advice: Advice, plan: Plan, stamp: datetime) -> Any:
    uid = content_id("adv", *_where(plan), advice.kind, advice.claim_id, advice.what)
    task = _begun(Todo(), uid, stamp, f"{advice.rank}. {plain(advice.what)}")
    lines = (
        advice.why, f"When: {advice.when}", f"Cost: {advice.cost}", f"How: {advice.how}",
        f"Limits: {advice.limits}",
    )  # fmt: skip
    task.add("description", "\n".join(plain(line) for line in lines))
    task.add("priority", min(advice.rank, LEAST_PRIORITY))
    task.add("categories", [plain(advice.kind)])
    _placed(task, plan)
    return task


def _begun(component: Any, uid: str, stamp: datetime, summary: str) -> Any:
    component.add("uid", uid)
    component.add("dtstamp", stamp)
    component.add("summary", summary)
    if isinstance(component, Event):
        component.add("transp", "TRANSPARENT")
    return component


def _placed(component: Any, plan: Plan) -> None:
    component.add("location", plain(plan.site.name))
    component.add("geo", (plan.site.latitude_deg, plan.site.longitude_deg))


def _where(plan: Plan) -> tuple[str, str, str]:
    site = plan.site
    return site.name, f"{site.latitude_deg:.4f}", f"{site.longitude_deg:.4f}"
