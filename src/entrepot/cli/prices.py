"""The command that compares unit values: `prices`."""

from collections.abc import Sequence
from datetime import date
from math import exp
from pathlib import Path
from typing import Any

import click

from entrepot.cli.asking import currency_option, since_option
from entrepot.cli.common import common_options, emit, escape, words
from entrepot.cli.figures import files_argument, load_figures, named
from entrepot.cli.hints import hinted, narrowed
from entrepot.cli.notes import say_figures
from entrepot.codes.commodity import short_label
from entrepot.codes.country import name
from entrepot.engine import open_engine
from entrepot.errors import RequestError
from entrepot.signals.amounts import percent
from entrepot.signals.prices.compare import ALL, Price, Prices, prices
from entrepot.signals.prices.question import BUCKETS, PriceQuestion
from entrepot.signals.prices.unitvalues import MIN_CELLS, OUTLIER_FACTOR, Middle
from entrepot.signals.ranges import joined
from entrepot.units import INTERVAL_SHARE

WORD = {"from": "discount", "to": "mark_up"}
"""What a gap is called: what a seller lost, or what a buyer paid more."""

VALUED = {
    "M": "Imports as the buyers report them, with freight and insurance (CIF)",
    "X": "Exports as the sellers report them, without freight and insurance (FOB)",
}


@click.command(
    "prices",
    epilog="Examples: entrepot prices 2709 flows.csv --from RUS · "
    "entrepot prices 8542 flows.csv --to KGZ --coalition EU --base 2021",
)
@click.argument("code")
@files_argument
@click.option("--from", "seller", default="", help="What the buyers of this country's goods paid.")
@click.option("--to", "buyer", default="", help="What the sellers of goods to this country asked.")
@click.option("--by", type=click.Choice(BUCKETS), default="year", show_default=True)
@since_option
@click.option(
    "--base", default="", metavar="PERIOD",
    help="Compare with 2021, or 2021-03:2022-02. Without: all before --since.",
)  # fmt: skip
@click.option(
    "--hub", "hubs", multiple=True,
    help="With --from: only these buyers; repeat or separate by comma.",
)  # fmt: skip
@click.option("--coalition", default="", help="With --to: only these sellers, such as EU.")
@click.option("--flow", default="", help="Whose figures: M the buyers' imports, X the exports.")
@click.option("--per", type=click.Choice(["kg", "unit"]), help="Kilogram or supplementary unit.")
@currency_option
@click.option("--limit", type=click.IntRange(1), help="Only the first rows.")
@common_options
def prices_command(
    flow_files: tuple[Path, ...],
    limit: int | None,
    output_format: str,
    out: Path | None,
    engine: str,
    workspace_dir: Path,
    **options: Any,
) -> None:
    """Unit values of CODE: the discount on a country's goods, or the mark-up on goods sold to it.

    Each buyer (--from) or seller (--to) is compared with its own trade with all other countries in
    the same line and period, and with the other buyers or sellers. The figures must hold a mass or
    a quantity.
    """
    question = ask(options)
    workspace = named(workspace_dir, flow_files)
    with open_engine(engine) as opened:
        figures = load_figures(workspace, flow_files, opened, question.as_of)
        say_figures(figures)
        every = "Without --hub every buyer is listed." if question.hubs else ""
        own = narrowed(currency=bool(question.currency))
        with words.status("comparing unit values"), hinted(every, always=True), hinted(own):
            found = prices(figures.flows, question, opened)
    _refuse_outside(found)
    rows = found.rows[:limit]
    emit(
        [as_data(row, found) for row in rows],
        output_format,
        out,
        columns=_columns(question),
        table=_table(rows, found),
        title=_title(found),
        inputs=flow_files,
    )
    _say(found)


def _refuse_outside(found: Prices) -> None:
    """Refuse a base without unit values, or where there are none since `--since`.

    Raises:
        RequestError: a base was named, or nothing else, and no unit value lies there.
    """
    question = found.question
    held = found.supply.cells.period[found.supply.cells.is_focus]
    span = f"they go from {min(held)} to {max(held)}"
    if question.base and not any(question.is_base(str(one)) for one in held):
        raise RequestError(
            f"got --base {joined(*question.base.split(':'))}, expected a time with unit values of "
            f"{question.code} in these figures: {span}",
            hint="Write 2021 for a year and 2021-03:2022-02 for a span.",
        )
    if not any(question.is_after(str(one)) for one in held):
        raise RequestError(
            f"got --since {question.since}, expected a time with unit values of {question.code} in "
            f"these figures: {span}",
            hint="Give an earlier --since, or later figures.",
        )


def ask(options: dict[str, Any]) -> PriceQuestion:
    """The question in the options of the command."""
    as_of: date | None = options["as_of"]
    return PriceQuestion.ask(
        options["code"],
        seller=options["seller"],
        buyer=options["buyer"],
        by=options["by"],
        since=options["since"],
        base=options["base"],
        hubs=options["hubs"],
        coalition=options["coalition"],
        currency=options["currency"] or "",
        per=options["per"] or "",
        flow=options["flow"],
        as_of=as_of,
    )


def _columns(question: PriceQuestion) -> tuple[str, ...]:
    word = WORD[question.side]
    return (
        "commodity_code", "country", "side", "counterpart", "against", "span", "period_from",
        "period_to", "flow", "currency", "per", "value", "quantity", "unit_value",
        "reference_unit_value", f"{word}_pct", f"{word}_low_pct", f"{word}_high_pct", "cells",
        "cells_are", "change_pct", "change_low_pct", "change_high_pct", "change_cells", "left_out",
        "beyond",
    )  # fmt: skip


def as_data(row: Price, found: Prices) -> dict[str, Any]:
    """A row as data: money and quantity as reported, percent to two decimals; null: not measured.

    `change_pct` is how much the unit value moved against its reference since the base: below 0 it
    got cheaper than the others did.
    """
    question, supply = found.question, found.supply
    change = _percents(row.change, "to")
    known = (
        question.code, question.country, question.side, row.counterpart, row.against, row.span,
        row.period_from, row.period_to, supply.flow, supply.currency, supply.per,
        round(row.value, 2), _six(row.quantity), _six(row.unit_value), _six(row.reference),
        *_percents(row.gap, question.side), row.gap.cells if row.gap else 0,
        row.gap.over if row.gap else None, *change,
        row.change.cells if row.change else None, row.left_out, row.beyond,
    )  # fmt: skip
    return dict(zip(_columns(question), known, strict=True))


def _six(value: float | None) -> float | None:
    """Six digits that count; whole numbers stay whole."""
    if value is None:
        return None
    return value if value == round(value) else float(f"{value:.6g}")


def _percents(middle: Middle | None, side: str) -> tuple[float | None, ...]:
    """Middle, low and high in percent: a discount (from) or a mark-up (to)."""
    if middle is None:
        return None, None, None
    ends = (middle.low, middle.high) if side == "to" else (middle.high, middle.low)
    sign = 1 if side == "to" else -1
    return tuple(
        None if one is None else round(sign * (exp(one) - 1) * 100, 2) + 0.0
        for one in (middle.value, *ends)
    )


def _table(rows: Sequence[Price], found: Prices) -> list[dict[str, Any]]:
    """Rows as people read them; a bucket that is the whole span is not told twice."""
    whole = {(row.counterpart, row.against): row for row in rows if row.span == "whole"}
    return [
        _short(row, found)
        for row in rows
        if row.span in ("whole", "base") or _span(row) != _span(whole[row.counterpart, row.against])
    ]


def _span(row: Price) -> str:
    ends = dict.fromkeys((row.period_from, row.period_to))
    return " to ".join(ends)


def _short(row: Price, found: Prices) -> dict[str, Any]:
    who = {"from": "buyer", "to": "seller"}[found.question.side]
    change = _percents(row.change, "to")
    return {
        who: f"all {who}s" if row.counterpart == ALL else name(row.counterpart),
        "span": _span(row) if row.span == "whole" else row.span,
        "against": row.against.replace("_", " "),
        "unit value": f"{row.unit_value:.4g}",
        "reference": None if row.reference is None else f"{row.reference:.4g}",
        f"{WORD[found.question.side].replace('_', '-')}, % ({INTERVAL_SHARE * 100:.0f} %)": _range(
            *_percents(row.gap, found.question.side)
        ),
        "cells": f"{row.gap.cells} {row.gap.over}" if row.gap else None,
        "since base": None if change[0] is None else f"{change[0]:+.1f} %",
    }


def _range(middle: float | None, low: float | None, high: float | None) -> str | None:
    if middle is None:
        return None
    if low is None or high is None:
        return f"{middle:.1f} (–)"
    return f"{middle:.1f} ({low:.1f} to {high:.1f})"


def _title(found: Prices) -> str:
    question, supply = found.question, found.supply
    what = "bought from" if question.side == "from" else "sold to"
    return (
        f"{question.code} {short_label(question.code)}, {what} {name(question.country)}: "
        f"{supply.currency} per {supply.per}"
    )


def _say(found: Prices) -> None:
    """Say on standard error whose figures these are, what was left out, and what a gap may be."""
    question, supply = found.question, found.supply
    words.print(f"{VALUED[supply.flow]}. Codes: {', '.join(supply.codes)}.{_base(found)}")
    if supply.unpriced:
        words.print(
            f"[yellow]{supply.unpriced:,} of {supply.rows:,} figures are left out, as they have no "
            f"money in {supply.currency} or no quantity in {escape(supply.per)} above 0.[/]"
        )
    if found.beyond:
        words.print(_beyond(found))
    if any(row.gap is None for row in found.rows):
        others = "sellers" if question.side == "from" else "destinations"
        words.print(
            "[yellow]Nothing to compare these unit values with: the figures hold no trade of the "
            f"same reporters with other {others} in the same line and period.[/]"
        )
    if found.absent:
        words.print(f"[yellow]No unit value of {', '.join(map(name, found.absent))}.[/]")
    words.print(_reading(question.side))
    words.print(
        "Innocent reasons not ruled out: another quality or mix of goods under one code, freight "
        "and insurance, contracts priced earlier, quantities in a wrong unit, other sellers under "
        "measures of their own. A gap is a reason to look, not a finding."
    )


def _reading(side: str) -> str:
    """How a gap, its interval and the two columns before it are read."""
    plain = "1 - unit value / reference" if side == "from" else "unit value / reference - 1"
    return (
        "[dim]A gap is the median over the cells (lines of a counterpart, or periods); its "
        f"{INTERVAL_SHARE * 100:.0f} % interval holds their scatter and no fault that all share; "
        f"none with fewer than {MIN_CELLS}. By value it is {plain}.[/]"
    )


def _base(found: Prices) -> str:
    held = [row for row in found.rows if row.span == "base"]
    if not held:
        return " No base: no unit value before could be compared."
    first = min(row.period_from for row in held)
    last = max(row.period_to for row in held)
    return f" Base: {' to '.join(dict.fromkeys((first, last)))}."


def _beyond(found: Prices) -> str:
    said = (
        f"[yellow]{found.beyond:,} cells ({percent(found.beyond_share)}) are more than "
        f"{OUTLIER_FACTOR:.0f} times off the median of their line and left out: look for a wrong "
        "unit."
    )
    if found.odd_periods:
        first, last = found.odd_periods[0], found.odd_periods[-1]
        said += (
            f" In {len(found.odd_periods)} periods from {first} to {last} most cells are: the unit "
            "of the figures may have changed there."
        )
    return f"{said}[/]"


commands = [prices_command]
