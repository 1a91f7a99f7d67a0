"""The command that shows every measure on a code: `rules timeline`."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, words, write_text
from entrepot.cli.days import parse_day
from entrepot.cli.rulecommon import (
    STATE,
    html_option,
    last_held,
    law_of,
    refuse_same,
    regimes_of,
    say_state,
)
from entrepot.codes import country
from entrepot.codes.commodity import label, normalise
from entrepot.dossiers.rulepages import timeline_page
from entrepot.measures.ask import shipped
from entrepot.measures.book import Touch
from entrepot.measures.cite import cite
from entrepot.measures.rows import whole_heading
from entrepot.measures.timeline import timeline


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
        write_text(page_file, page, option="--html")
        words.print(f"page: {page_file}")


def _step(one: Touch) -> dict[str, Any]:
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
