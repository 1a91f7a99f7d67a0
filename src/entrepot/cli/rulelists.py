"""The commands that compare lists of rules: `rules gap`, `rules changes`."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, words, write_text
from entrepot.cli.days import parse_day
from entrepot.cli.rulecommon import (
    check_target,
    html_option,
    last_held,
    law_of,
    refuse_same,
    regime_option,
    regimes_of,
    say_state,
    say_unreached,
)
from entrepot.codes import country
from entrepot.codes.country import name
from entrepot.dossiers.rulepages import gap_page
from entrepot.errors import RequestError
from entrepot.measures.ask import shipped
from entrepot.measures.changes import Change, changes
from entrepot.measures.cite import cite, place
from entrepot.measures.context import refuse_unreached
from entrepot.measures.gap import Gap, gap

_TABLE = re.compile(r" \(\d+\)$")
"""The table of an annex at the end of a citation."""


@click.command("gap", epilog="Example: entrepot rules gap BLR RUS --on 2022-08-26 --html gap.html")
@click.argument("hub")
@click.argument("target")
@regime_option
@click.option("--on", callback=parse_day, metavar="DATE", help="The day; default: the last held.")
@html_option
@common_options
def gap_command(
    hub: str,
    target: str,
    regime_names: str,
    on: date | None,
    page_file: Path | None,
    output_format: str,
    out: Path | None,
    as_of: date | None,
    **_: Any,
) -> None:
    """Goods that may not go to TARGET and may go to HUB on a day, and when that opened and closes.

    A sale to the hub that is meant for use in the target counts as a sale to the target: a gap is
    room in the rules, not leave to pass goods on.
    """
    where, goal = country.parse(hub), country.parse(target)
    if where == goal:
        raise RequestError(
            f"got {name(goal)} twice, expected a hub and another target",
            hint="First the hub, then the country under measures: entrepot rules gap BLR RUS.",
        )
    regimes = regimes_of(regime_names)
    day = on or as_of or last_held(regimes)
    refuse_unreached(regimes, where, day)
    check_target(regimes, goal, day)
    refuse_same(page_file, out)
    found = gap(shipped(), where, goal, day, regimes)
    rows = [_gap_row(one) for one in found]
    table = [_gap_short(one) for one in found]
    columns = tuple(rows[0]) if rows else ("commodity_code",)
    emit(rows, output_format, out, columns=columns, table=table)
    covers = Counter(one.target_cover for one in found)
    words.print(
        f"{len(found)} codes on {day}: {covers['full']} barred to {name(goal)} as a whole, "
        f"{covers['part']} in part, and open to {name(where)} at least in part."
    )
    say_state(day, regimes)
    if page_file:
        command = f"entrepot rules gap {where} {goal} --regime {','.join(regimes)} --on {day}"
        page = gap_page(
            shipped(),
            where,
            goal,
            day,
            regimes=regimes,
            state_to=last_held(regimes),
            command=command,
        )
        write_text(page_file, page, option="--html")
        words.print(f"page: {page_file}")


def _gap_row(one: Gap) -> dict[str, Any]:
    return {
        "commodity_code": one.commodity_code,
        "commodity": one.commodity,
        "section": one.section,
        "target_cover": one.target_cover,
        "hub_cover": one.hub_cover,
        "opened_on": str(one.opened_on),
        "closes_on": str(one.closes_on) if one.closes_on else None,
        "except_codes": list(one.except_codes),
        "because": [law_of(row) for row in one.rows],
        "hub_measures": [law_of(row) for row in one.hub_rows],
        "closed_by": [law_of(row) for row in one.closing],
    }


def _gap_short(one: Gap) -> dict[str, Any]:
    return {
        "code": one.commodity_code,
        "commodity": one.commodity,
        "target": one.target_cover,
        "hub": one.hub_cover,
        "open since": str(one.opened_on),
        "closes": _closes(one),
        "by act": place(one.rows[0]),
    }


def _closes(one: Gap) -> str | None:
    """The day, and whether the hub was barred or the target freed."""
    if one.closes_on is None:
        return None
    return str(one.closes_on) if one.closing else f"{one.closes_on} (lifted)"


@click.command(
    "changes", epilog="Example: entrepot rules changes --from 2023-08-01 --to 2023-08-31"
)
@click.option("--from", "first", callback=parse_day, metavar="DATE", required=True)
@click.option("--to", "last", callback=parse_day, metavar="DATE", required=True)
@click.option("--destination", "places", default="RUS,BLR", show_default=True)
@regime_option
@common_options
def changes_command(
    first: date,
    last: date,
    places: str,
    regime_names: str,
    output_format: str,
    out: Path | None,
    **_: Any,
) -> None:
    """What became barred, free, or barred to another extent between two days.

    The table counts codes by day and act; the data formats hold a row for each code.
    """
    if last <= first:
        raise RequestError(
            f"got --from {first} and --to {last}, expected a later day in --to",
            hint="Swap them: --from is the earlier day.",
        )
    where = tuple(country.parse(one) for one in places.split(","))
    regimes = regimes_of(regime_names)
    for destination, day in product(where, (first, last)):
        say_unreached(regimes, destination, day)
    found = changes(shipped(), first, last, destinations=where, regimes=regimes)
    columns = ("changed_on", "destination", "commodity_code", "commodity", "change", "before",
               "after", "because")  # fmt: skip
    emit([_change_row(one) for one in found], output_format, out, columns=columns,
         table=_change_table(found))  # fmt: skip
    words.print(f"{len(found)} codes differ between {first} and {last}.")
    say_state(last, regimes)


def _change_row(one: Change) -> dict[str, Any]:
    return {
        "changed_on": str(one.changed_on),
        "destination": one.destination,
        "commodity_code": one.commodity_code,
        "commodity": one.commodity,
        "change": one.change,
        "before": one.before,
        "after": one.after,
        "because": [law_of(row) for row in one.rows],
    }


def _change_table(found: Sequence[Change]) -> list[dict[str, Any]]:
    """Codes counted by day, destination, change and the first act behind it."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        act = cite(one.rows[0])
        change = f"{one.change} in part" if one.after == "part" else one.change
        key = (str(one.changed_on), one.destination, change, _TABLE.sub("", act))
        groups.setdefault(key, []).append(one.commodity_code)
    return [
        {"day": key[0], "to": key[1], "change": key[2], "codes": len(codes),
         "first codes": " ".join(codes[:5]), "under": key[3]}
        for key, codes in groups.items()
    ]  # fmt: skip
