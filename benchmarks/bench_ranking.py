"""How far the advice on the worked example hangs on the numbers that were chosen.

    python benchmarks/bench_ranking.py ELEMENTS... [--draws 200] [--seed 7]

ELEMENTS are files of orbital elements of about 17 August 2022. The plan is that of docs/plan.md:
the 558th Aircraft Repair Plant, 26 August to 8 September 2022, once as a place alone and once with
two claims. Each chosen number of `checks/planning/data` is halved and doubled by itself: ratios
(never below 1), chances (never above 0.99), weights of costs, and ground sample distances. Of
`worth.tsv` only rows of types that count in the example are changed. Then all of them at once are
multiplied by factors drawn between a half and two, evenly on a logarithmic scale. One JSON line for
each kind of number: how often the first two pieces of advice stay, in their order or in any, how
often another one is first, what is among the two instead, and by which single change.
"""

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from entrepot.checks.places.find import site_of
from entrepot.checks.planning import worth
from entrepot.checks.planning.advice import Question
from entrepot.checks.planning.plan import Plan
from entrepot.checks.planning.rank import advise
from entrepot.checks.window import Window
from entrepot.workspace.planning import Given, plan_of

TODAY = date(2026, 11, 28)
CLAIMS = (
    Question("clm_1", "MiG-29 aircraft are repaired at the 558th Aircraft Repair Plant.",
             "movement", 0.545, "uncorroborated"),
    Question("clm_2", "Belarus passes aircraft parts on to Russia.", "transfer", 0.545,
             "uncorroborated"),
)  # fmt: skip
PLACE_TYPES = ("movement", "transfer", "trade", "other")
"""Types of claims over which the advice on a place alone takes its mean."""

Row = dict[str, str]
Tables = dict[str, tuple[Row, ...]]
Number = tuple[str, int, str]
"""Table, row, and column; `ratio` is that of `for_if_true` to `for_if_false`."""

COLUMNS = {"worth": ("ratio", "tells"), "costs": ("weight",), "assumptions": ("value",),
           "subjects": ("there_m", "kind_m")}  # fmt: skip
FIXED = ("figures_lag_days", "least_sun_deg", "minutes")
"""No chances, and the unit of the weights."""
MOST_CHANCE = 0.99


def numbers(tables: Tables, types: Sequence[str]) -> Iterator[Number]:
    """All that is chosen and may count."""
    for table, rows in tables.items():
        for place, row in enumerate(rows):
            if row.get("type", types[0]) not in types:
                continue
            if row.get("name", row.get("cost")) in FIXED:
                continue
            for column in COLUMNS[table]:
                if column == "ratio" or row[column]:
                    yield table, place, column


def scaled(row: Row, column: str, factor: float) -> Row:
    """A row with one number changed."""
    if column == "ratio":
        true, false = float(row["for_if_true"]), float(row["for_if_false"])
        return row | {"for_if_false": str(min(false / factor, true, MOST_CHANCE))}
    value = float(row[column]) * factor
    if column in ("tells", "value"):
        value = min(value, MOST_CHANCE)
    return row | {column: str(value)}


def changed(tables: Tables, factors: dict[Number, float]) -> Tables:
    """The tables with some numbers changed."""
    made = {name: list(rows) for name, rows in tables.items()}
    for (table, place, column), factor in factors.items():
        made[table][place] = scaled(made[table][place], column, factor)
    return {name: tuple(rows) for name, rows in made.items()}


def first_two(plan: Plan, claims: Sequence[Question], tables: Tables) -> tuple[str, str]:
    """The first two pieces of advice, by what they are."""
    worth._rows = tables.__getitem__  # type: ignore[assignment]
    for cached in (worth._worths, worth._subjects, worth.assumed, worth.weight):
        cached.cache_clear()
    found = advise(plan, claims, today=TODAY)
    return found[0].what, found[1].what


def told(kind: str, was: tuple[str, str], found: Sequence[tuple[str, tuple[str, str]]]) -> None:
    """Print one line."""
    instead = Counter(what for _, now in found for what in now if what not in was)
    print(json.dumps({
        "numbers": kind, "runs": len(found), "same_two": sum(now == was for _, now in found),
        "same_two_any_order": sum(set(now) == set(was) for _, now in found),
        "another_first": sum(now[0] != was[0] for _, now in found),
        "instead": dict(instead.most_common()),
        "by": [name for name, now in found if name and now != was],
    }, ensure_ascii=False), flush=True)  # fmt: skip


def named(tables: Tables, number: Number, factor: float) -> str:
    """A change in words."""
    table, place, column = number
    row = tables[table][place]
    keys = [row[key] for key in ("type", "check", "level", "name", "cost", "subject")
            if row.get(key)]  # fmt: skip
    return f"{' '.join(keys)} {column} x{factor:g}"


def vary(
    plan: Plan, claims: Sequence[Question], tables: Tables, draws: int, draw: random.Random
) -> None:
    """One number at a time, then all at once."""
    was = first_two(plan, claims, tables)
    print(json.dumps({"claims": len(claims), "first": was[0], "second": was[1]}))
    types = [one.type for one in claims] or list(PLACE_TYPES)
    every = list(numbers(tables, types))

    def asked(factors: dict[Number, float]) -> tuple[str, str]:
        return first_two(plan, claims, changed(tables, factors))

    for table, columns in COLUMNS.items():
        for column in columns:
            kept = [one for one in every if (one[0], one[2]) == (table, column)]
            told(f"{table} {column}", was, [
                (named(tables, one, factor), asked({one: factor}))
                for one in kept for factor in (0.5, 2.0)
            ])  # fmt: skip
    told("all at once", was, [
        ("", asked({one: math.exp(draw.uniform(-math.log(2), math.log(2)))
                             for one in every}))
        for _ in range(draws)
    ])  # fmt: skip


def main() -> None:
    """The place alone, then with two claims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("elements", type=Path, nargs="+")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    site = site_of("558th Aircraft Repair Plant")
    window = Window.of_days(date(2022, 8, 26), date(2022, 9, 8))
    with TemporaryDirectory() as folder:
        plan = plan_of(
            Path(folder), site, window, Given(elements=tuple(asked.elements)), today=TODAY
        )
    tables = {name: worth._rows(name) for name in COLUMNS}
    for claims in ((), CLAIMS):
        vary(plan, claims, tables, asked.draws, random.Random(asked.seed))


if __name__ == "__main__":
    main()
