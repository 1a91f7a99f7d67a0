"""The commands that list rules: `rules gap`, `rules changes`, `rules timeline`."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, escape, parse_day, words, write_text
from entrepot.codes import country
from entrepot.codes.commodity import label, normalise
from entrepot.codes.country import name
from entrepot.dossiers.rulepages import gap_page, timeline_page
from entrepot.errors import RequestError
from entrepot.measures.ask import shipped
from entrepot.measures.base import STATE_TO
from entrepot.measures.book import Row
from entrepot.measures.changes import Change, changes
from entrepot.measures.cite import cite, place
from entrepot.measures.context import refuse_unreached
from entrepot.measures.context import regimes as known_regimes
from entrepot.measures.gap import Gap, gap
from entrepot.measures.rows import whole_heading
from entrepot.measures.spells import listed_codes
from entrepot.measures.timeline import Step, timeline

STATE = date.fromisoformat(STATE_TO)
_TABLE = re.compile(r" \(\d+\)$")
"""The table of an annex at the end of a citation."""

regime_option = click.option(
    "--regime", "regime_names", default="EU", show_default=True,
    help="Whose measures: EU, US, UK, CH; several by comma.",
)  # fmt: skip
html_option = click.option(
    "--html",
    "page_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a page with a date slider, one file that works offline.",
)


def regimes_of(text: str) -> tuple[str, ...]:
    """The regimes named, each known to the base.

    Raises:
        RequestError: one is not.
    """
    asked = tuple(part.strip().upper() for part in text.split(",") if part.strip())
    unknown = [one for one in asked if one not in known_regimes()]
    if unknown or not asked:
        raise RequestError(
            f"got regime {', '.join(unknown) or text!r}, valid are {', '.join(known_regimes())}"
        )
    return asked


def last_held(regimes: Sequence[str] | None) -> date:
    """The last day for which the acts of all these regimes were read; null: of the EU."""
    known = known_regimes()
    return min(known[one].state_to for one in regimes) if regimes else STATE


def refuse_same(page_file: Path | None, out: Path | None) -> None:
    """Refuse to write the page over the data.

    Raises:
        RequestError: both name one file.
    """
    if page_file and out and page_file.resolve() == out.resolve():
        raise RequestError(f"got {out} for --out and --html, expected two files")


def say_state(on: date, regimes: Sequence[str]) -> None:
    """Say what a list of the base is, and where it ends."""
    for regime in regimes:
        one = known_regimes()[regime]
        if on > one.state_to:
            words.print(f"[yellow]{one.name} acts are held up to {one.state_to}. {one.limit}[/]")
    words.print(
        "[dim]By tariff code only: goods that acts name in words have no code. Part: only some "
        "goods of the code. Not legal advice.[/]"
    )


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
        raise RequestError(f"got {name(goal)} twice, expected a hub and another target")
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
        write_text(page_file, page)
        words.print(f"page: {page_file}")


def check_target(regimes: Sequence[str], target: str, on: date) -> None:
    """Say where a target's list may lack some goods; refuse where the base holds none of it.

    Raises:
        RequestError: the base holds no measure of a regime for the target.
    """
    for regime in regimes:
        if listed_codes(shipped(), target, (regime,)):
            say_unreached((regime,), target, on)
        else:
            refuse_unreached((regime,), target, on)


def say_unreached(regimes: Sequence[str], destination: str, on: date) -> None:
    """Say where the lists of a day are not all held, so that absence means nothing."""
    try:
        refuse_unreached(regimes, destination, on)
    except RequestError as error:
        words.print(f"[yellow]{escape(str(error))}.[/]")


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


def law_of(row: Row) -> dict[str, Any]:
    """A measure as data, as short as a citation allows."""
    names = ("measure_id", "regime", "instrument", "article", "annex", "effect", "commodity_code",
             "is_partial", "certainty", "citation")  # fmt: skip
    days = ("valid_from", "valid_to", "wind_down_to")
    return {
        **{one: row[one] for one in names},
        **{one: None if row[one] is None else str(row[one]) for one in days},
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
        raise RequestError(f"got --from {first} and --to {last}, expected a later day in --to")
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


@click.command("timeline", epilog="Example: entrepot rules timeline 88073000 --html timeline.html")
@click.argument("code")
@click.option("--destination", "places", default="RUS,BLR", show_default=True)
@click.option("--regime", "regime_names", default="", help="Whose measures; default: all held.")
@click.option("--on", callback=parse_day, metavar="DATE", help="Day on which the page opens.")
@html_option
@common_options
def timeline_command(
    code: str,
    places: str,
    regime_names: str,
    on: date | None,
    page_file: Path | None,
    output_format: str,
    out: Path | None,
    as_of: date | None,
    **_: Any,
) -> None:
    """Every measure that ever touched goods of CODE, in the order of the days."""
    plain = whole_heading(normalise(code))
    where = tuple(country.parse(one) for one in places.split(","))
    regimes = regimes_of(regime_names) if regime_names else None
    refuse_same(page_file, out)
    found = timeline(shipped(), plain, where, regimes)
    rows = [{"coverage": one.coverage, "destination": one.row["destination"], **law_of(one.row)}
            for one in found]  # fmt: skip
    columns = tuple(rows[0]) if rows else ("coverage",)
    emit(rows, output_format, out, columns=columns, table=[_step(one) for one in found])
    words.print(f"{len(found)} measures on {plain} {label(plain)}.")
    say_state(STATE, regimes or ())
    if page_file:
        held = last_held(regimes)
        day = on or as_of or held
        command = f"entrepot rules timeline {plain} --destination {','.join(where)} --on {day}"
        command += f" --regime {','.join(regimes)}" if regimes else ""
        page = timeline_page(
            shipped(), plain, where, on=day, regimes=regimes, state_to=held, command=command
        )
        write_text(page_file, page)
        words.print(f"page: {page_file}")


def _step(one: Step) -> dict[str, Any]:
    row = one.row
    return {
        "to": row["destination"],
        "from": str(row["valid_from"]),
        "until before": str(row["valid_to"]) if row["valid_to"] else None,
        "effect": row["effect"].replace("_", " "),
        "code": row["commodity_code"],
        "cover": one.coverage,
        "where": cite(row),
        "certainty": row["certainty"].replace("_", " "),
    }
