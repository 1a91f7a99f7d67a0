"""A plan as people read it in a terminal: a table of checks, then what to do first."""

from collections.abc import Iterator
from typing import Any, Final

from rich.console import Console

from entrepot.checks.images.image import Image
from entrepot.checks.movements.movement import Movement
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.times import clock, day, give, rounded
from entrepot.checks.planning.plan import Plan
from entrepot.checks.posts.near import by_city
from entrepot.checks.posts.post import Post
from entrepot.cli.common import escape
from entrepot.dossiers.planrows import Agile, agile_lines, metres

Row = dict[str, Any]
MOST: Final = 12
"""Lines of one kind in the table; --full, or any other format, has all of them."""
WORTH_DOING: Final = 2


def checks_table(plan: Plan, *, full: bool) -> list[Row]:
    """The rows of the table: what is recorded as a rule first, what is unknown last."""
    agile = [one for one in plan.passes if one.mode != "swath"]
    swath = [_pass(one) for one in plan.swath_passes()]
    turned = [_pass(one) for one in agile] if full else [_agile(one) for one in agile_lines(agile)]
    parts = [
        swath, [_image(one) for one in plan.images], turned, _posts(plan, full),
        [_movement(one) for one in plan.movements],
    ]  # fmt: skip
    rows = [row for part in parts for row in _cut(part, full)]
    return [*rows, *_unknown(plan)]


def say(plan: Plan, words: Console, *, is_table: bool) -> None:
    """What to do first, what was left out, and what must be known.

    `is_table`: the gaps stand in the table already; of other formats the rows are checks only.
    """
    for gap in () if is_table else plan.gaps:
        words.print(f"unknown ({gap.kind}): {escape(gap.why)}")
    for made in plan.advised()[:WORTH_DOING]:
        one = made.advice
        words.print(f"[bold]{one.rank}. {escape(one.what)}[/] ({made.check_id})")
        words.print(f"   {escape(one.why)}")
        words.print(f"   how: {escape(one.how)} ({escape(one.when)}, {escape(one.cost)})")
    if len(plan.advice) > WORTH_DOING:
        more = len(plan.advice) - WORTH_DOING
        words.print(f"{more} more, in order: the first rows of --format jsonl, or --html")
    for question in plan.questions:
        words.print(f"claim: {escape(question.text)} ({escape(question.word)})")
    for text in (*plan.refused, *plan.notes):
        words.print(f"[dim]note:[/] {escape(text)}")
    words.print("A pass is a chance, not an image; a gap is unknown, never 'nothing was there'.")


def _cut(rows: list[Row], full: bool) -> Iterator[Row]:
    yield from rows if full else rows[:MOST]
    left = 0 if full else len(rows) - MOST
    if left > 0:
        yield _row(rows[0]["kind"], "", f"and {left} more (--full)", "", "")


def _row(kind: str, when: str, what: str, seen: str, known: str) -> Row:
    return {"kind": kind, "when (UTC)": when, "check": what, "seen": seen, "known": known}


def _pass(one: Pass) -> Row:
    near = rounded(one.at, one.tolerance_s)
    when = f"{day(near)} {clock(one.at, one.tolerance_s)} {give(one.tolerance_s)}"
    seen = f"{one.off_nadir_deg:.1f}° {one.look_side}, sun {one.sun_elevation_deg:.0f}°"
    what = f"{one.satellite}, {metres(one.gsd_m)}{'' if one.mode == 'swath' else ', if turned'}"
    return _row("pass", when, what, seen, one.service)


def _agile(one: Agile) -> Row:
    chances = f"{one.chances} chance{'s' if one.chances > 1 else ''}"
    when = one.first if one.chances == 1 else f"{one.first} to {one.last}"
    what, seen = f"{one.satellite}, {one.gsd}", f"{chances}, from {one.off_nadir}"
    return _row("if turned", when, what, seen, one.service)


def _image(one: Image) -> Row:
    cloud = "cloud not said" if one.cloud_pct is None else f"cloud {one.cloud_pct:.0f} %"
    inside = "" if one.coverage_pct is None else f", {one.coverage_pct:.0f} % of the place"
    return _row("image", f"{day(one.at)} {one.at:%H:%M:%S}", f"{one.item_id} in {one.archive}",
                f"{cloud}{inside}", one.licence or "licence not stated")  # fmt: skip


def _post(one: Post) -> Row:
    what = f"{one.kind_of_post} of {one.operator} in {one.city}"
    return _row("mission", "", what, f"{one.distance_km:.0f} km", one.status)


def _posts(plan: Plan, full: bool) -> list[Row]:
    if full:
        return [_post(one) for one in plan.posts]
    return [
        _row("mission", "", f"{one.missions} in {one.name}, {one.host}",
             f"from {one.from_km:.0f} km", "status of each: --full or entrepot posts")
        for one in by_city(plan.posts)
    ]  # fmt: skip


def _movement(one: Movement) -> Row:
    return _row(one.kind, f"{day(one.from_at)} {one.from_at:%H:%M}", one.what, one.registration,
                one.listing)  # fmt: skip


def _unknown(plan: Plan) -> Iterator[Row]:
    for one in plan.gaps:
        when = "the whole window"
        if one.from_at and one.to_at:
            when = f"{one.from_at:%Y-%m-%d %H:%M} to {one.to_at:%Y-%m-%d %H:%M}"
        yield _row(one.kind, when, f"unknown: {one.why}", "", one.needed and f"needs {one.needed}")
