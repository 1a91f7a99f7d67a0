"""The command that ranks the partners of a country: `partners`."""

from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, escape, words
from entrepot.cli.days import parse_day
from entrepot.cli.figures import files_argument, load_figures, named
from entrepot.cli.hints import hinted
from entrepot.cli.notes import say_figures
from entrepot.cli.partnerrows import (
    COLUMNS,
    HISTORY_COLUMNS,
    history_rows,
    history_table,
    partner_rows,
    partner_table,
)
from entrepot.cli.rulecommon import say_state
from entrepot.codes import country
from entrepot.codes.country import name
from entrepot.engine import open_engine
from entrepot.errors import RequestError
from entrepot.measures.ask import shipped
from entrepot.signals.partners.table import Partners
from entrepot.signals.partners.words import SEEN, limits, verdicts
from entrepot.workspace.dealinghistory import Moment, history
from entrepot.workspace.dealings import Asked, partners_of

TABLE_ROWS = 20
"""Partners printed in a table; the data formats hold all."""


@click.command(
    "partners",
    epilog="Examples: entrepot partners RUS --on 2022-12-01 · "
    "entrepot partners BLR flows.csv --on 2022-12-01 --base 2019 --group EU --members",
)
@click.argument("where", metavar="COUNTRY")
@files_argument
@click.option(
    "--on", callback=parse_day, metavar="DATE",
    help="The twelve months (or the year) before this day are ranked. Default: the last held.",
)  # fmt: skip
@click.option(
    "--base", default="", metavar="YEAR",
    help="Compare with this year. Default: the year before the first measure.",
)  # fmt: skip
@click.option(
    "--flow", type=click.Choice(["imports", "exports", "both"]), default=None,
    help="Seen from COUNTRY; both: imports and exports together. Default: what is held.",
)  # fmt: skip
@click.option(
    "--group", type=click.Choice(["EU"], case_sensitive=False), default=None,
    help="Rank the EU as one partner in place of its members.",
)  # fmt: skip
@click.option("--members", is_flag=True, help="With --group: list the members under it.")
@click.option("--history", "over_time", is_flag=True, help="One row a partner and year.")
@click.option(
    "--by", "per", type=click.Choice(["year", "quarter"]), default=None,
    help="With --history: years (default) or quarters.",
)  # fmt: skip
@click.option(
    "--currency", type=click.Choice(["EUR", "USD"]), default=None,
    help="Needed only where figures mix currencies.",
)  # fmt: skip
@common_options
def partners_command(
    where: str,
    flow_files: tuple[Path, ...],
    over_time: bool,
    per: str | None,
    output_format: str,
    out: Path | None,
    engine: str,
    workspace_dir: Path,
    **options: Any,
) -> None:
    """Rank the trading partners of COUNTRY: now, in a base year, and what is under a measure.

    The country's own figures count where they are held for both times, else what its partners
    report. Without FLOW_FILES: what was imported, or the figures that ship with Entrepot.
    """
    asked = _asked(where, options)
    if per and not over_time:
        raise RequestError(
            "got --by without --history, expected both", hint="Add --history, or leave --by out."
        )
    workspace = named(workspace_dir, flow_files)
    with open_engine(engine) as opened, words.status("adding up the figures"):
        figures = load_figures(workspace, flow_files, opened, asked.as_of)
        with hinted("Choose one with --base, or leave it out." if asked.base else ""):
            dealings = partners_of(figures, shipped(), asked, engine=opened)
        moments = history(dealings, per or "year", opened) if over_time else None
    say_figures(figures)
    _emit(dealings.partners, moments, output_format, out, flow_files)
    _say(dealings.partners, dealings.holdings.other_kind)


def _asked(where: str, options: dict[str, Any]) -> Asked:
    """The question, from what a person types.

    Raises:
        CodeError: no such country.
        RequestError: a group of countries, or options that do not fit together.
    """
    if country.is_group(where):
        raise RequestError(
            f"got {where!r}, which is a group of countries, expected one country",
            hint="Ask for the country whose partners you want; --group EU takes the EU as one of "
            "its partners.",
        )
    split = options.pop("members")
    if split and not options["group"]:
        raise RequestError(
            "got --members without --group EU, expected both",
            hint="Without --group the members are ranked as countries anyway.",
        )
    on, as_of = options["on"], options["as_of"]
    if on and as_of and on > as_of:
        raise RequestError(
            f"got --on {on} and --as-of {as_of}, expected a day that had come by then",
            hint="Give an earlier --on, or a later --as-of.",
        )
    return Asked(
        country=country.parse(where),
        on=on,
        base=options["base"].strip(),
        flow=options["flow"] or "",
        group=(options["group"] or "").upper(),
        split=split,
        currency=options["currency"] or "",
        as_of=as_of,
    )


def _emit(
    found: Partners,
    moments: tuple[Moment, ...] | None,
    output_format: str,
    out: Path | None,
    inputs: tuple[Path, ...],
) -> None:
    if moments is not None:
        emit(
            history_rows(moments, found), output_format, out, columns=HISTORY_COLUMNS,
            table=history_table(moments), title=f"{SEEN[found.flow]} {name(found.country)}: share",
            inputs=inputs,
        )  # fmt: skip
        return
    rows = partner_rows(found)
    if output_format == "json":
        rows = [{**_head(found), "partners": rows}]
    emit(
        rows, output_format, out, columns=COLUMNS, table=partner_table(found, TABLE_ROWS),
        title=f"{SEEN[found.flow]} {name(found.country)}, {found.currency}", inputs=inputs,
        one=True,
    )  # fmt: skip


def _head(found: Partners) -> dict[str, Any]:
    """What is said of all partners together."""
    under = found.share_under_measure
    return {
        "country": found.country,
        "flow": found.flow,
        "on": str(found.on),
        "currency": found.currency,
        "periods": list(found.now),
        "base_periods": list(found.base),
        "missing_reports": list(found.missing),
        "value": found.total,
        "base_value": found.base_total,
        "largest_partner": _first(found.largest_partner),
        "base_largest_partner": _first(found.base_largest_partner),
        "judged_value": under and under.value,
        "under_low": under and under.low,
        "under_high": under and under.high,
        "under_share_low": under and under.share_low,
        "under_share_high": under and under.share_high,
        "unjudged": under and under.unjudged,
        "rules_not_known": found.unknown_rules,
        "sentences": [*verdicts(found), *limits(found)],
    }


def _first(one: Any) -> dict[str, Any] | None:
    if one is None:
        return None
    rivals = list(one.rivals)
    return {"partner": one.partner, "value": one.value, "share": one.share, "or_silent": rivals}


def _say(found: Partners, left_out: tuple[str, ...]) -> None:
    for sentence in verdicts(found):
        words.print(escape(sentence))
    for sentence in limits(found):
        words.print(f"[dim]{escape(sentence)}[/]")
    if left_out:
        words.print(
            f"[yellow]Left out, as their figures are by year where the others are by month (or the "
            f"reverse): {', '.join(map(name, left_out))}.[/]"
        )
    if found.flow == "imports":
        regimes = {row.trade.regime for row in found.rows if row.trade.under is not None}
        say_state(found.on, sorted(regimes - {"mixed"}))


commands = [partners_command]
