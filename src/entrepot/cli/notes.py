"""Words around the data: what the figures are, what a run found, one lead in full."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.table import Table

from entrepot.cli.common import escape, words
from entrepot.codes.country import name
from entrepot.codes.period import end
from entrepot.measures.base import STATE_TO
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.checks import checks
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.rise import MIN_FREE_GOODS
from entrepot.signals.words import money, percent
from entrepot.workspace import Figures

BARS = " ▁▂▃▄▅▆▇█"
ROWS_SHOWN = 12


def say_figures(figures: Figures) -> None:
    """Say on standard error what the figures are, how old, and what they lack."""
    about = figures.about
    if about is None:
        words.print(f"[dim]figures: {escape(figures.title)}[/]")
        if figures.overlaps:
            words.print(
                "[dim]Cells may stand in several of these files: the file named last counts, or "
                "the one retrieved last where none was named.[/]"
            )
        return
    words.print(
        f"[dim]figures: {about.title}, {about.period_from} to {about.period_to}, extracted "
        f"{about.extracted_on}. {about.source}.[/]"
    )
    words.print(f"[dim]They lack: {'; '.join(about.lacks)}.[/]")


def say_findings(found: Findings) -> None:
    """Say on standard error how many rows were judged, and with what expected error."""
    counted = Counter(lead.status for lead in found.leads)
    judged = [lead for lead in found.leads if lead.expected is not None]
    listed = counted.pop("lead", 0)
    error = f"; at most {percent(found.question.fdr)} of them are expected to be ordinary change"
    words.print(
        f"{listed} leads among {len(judged)} hub x goods pairs{error if listed else ''}. "
        "A lead is a reason to look, not a finding."
    )
    untestable = {status: counted.pop(status) for status in UNTESTABLE if status in counted}
    for what, counts in (("Not leads", counted), ("Not judged", untestable)):
        if counts:
            rest = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
            words.print(f"[dim]{what}: {rest}. See them with --all.[/]")
    for sentence in (*_limits(judged, listed, found.question.fdr), *_gaps(found)):
        words.print(sentence)


UNTESTABLE = ("new_code", "too_recent")


def _limits(judged: Sequence[Lead], listed: int, fdr: float) -> list[str]:
    """What these figures do not allow to be said."""
    said = []
    known = [lead.q_value for lead in judged if lead.q_value is not None]
    if judged and all(lead.excess_low is None for lead in judged):
        said.append(
            "[yellow]No interval could be given, so no lead: that takes two years before the ban, "
            "and at least 100 hub x goods pairs with trade in them.[/]"
        )
    elif known and not listed and min(known) > fdr:
        cells = max(lead.placebo_cells for lead in judged)
        said.append(
            f"[yellow]The smallest q here is {min(known):.3f}, above {fdr:g}. With only {cells} "
            "placebo cells even a clear rise may not get below it: see --all, or raise --fdr.[/]"
        )
    unmeasured = {lead.hub for lead in judged if (lead.free_goods or 0) < MIN_FREE_GOODS}
    if unmeasured:
        hubs = ", ".join(name(hub) for hub in sorted(unmeasured)[:6])
        more = f" and {len(unmeasured) - 6} more" if len(unmeasured) > 6 else ""
        said.append(
            f"[yellow]The hub's own growth is not allowed for, as fewer than {MIN_FREE_GOODS} "
            f"unrestricted goods are in the figures: {hubs}{more}. A hub that grew as a whole "
            "looks like a lead.[/]"
        )
    if judged and all(lead.direct_loss is None for lead in judged):
        said.append(
            f"[yellow]No direct exports to {name(judged[0].target)} are in these figures: whether "
            "they vanished at the same time is not known.[/]"
        )
    return said


def _gaps(found: Findings) -> list[str]:
    """What is missing from the figures."""
    silence = found.panel.silence
    said = [f"[dim]Not yet reported: {late}; its sales are missing there.[/]"
            for late in silence.lagging]  # fmt: skip
    if silence.dropped:
        unused = ", ".join(sorted(silence.dropped))
        said.append(f"[dim]Periods not used, as reporters are missing: {unused}.[/]")
    if found.other_currency:
        said.append(
            f"[yellow]{found.other_currency:,} figures without a value in {found.panel.currency} "
            "are left out.[/]"
        )
    if found.absent:
        said.append(f"[yellow]No exports of {', '.join(found.absent)} are in these figures.[/]")
    return said


def say_rules(found: Findings) -> None:
    """Say on standard error where the figures go on after the built-in rules end."""
    periods = found.panel.periods
    if periods and end(periods[-1]) > date.fromisoformat(STATE_TO):
        words.print(
            f"[yellow]The built-in rules end on {STATE_TO}; what was restricted or freed later is "
            "not known to them.[/]"
        )
    if "US" in found.question.regimes():
        words.print(
            "[yellow]US rules: the first days of most codes are the latest possible ones, so a "
            "rise may have begun before. Your own days: --measures FILE.[/]"
        )


def explain_lead(
    console: Console, lead: Lead, found: Findings, measures: pa.Table, rows: pa.Table
) -> None:
    """Print one lead as an analyst's note; `rows` are the published rows behind it."""
    rank = f", rank {lead.rank} of {len(found.listed())} leads" if lead.status == "lead" else ""
    console.print(
        f"[bold]{name(lead.hub)} x {lead.commodity_code} {lead.commodity}[/] "
        f"(target {name(lead.target)}, {lead.status}{rank})  {lead.lead_id}"
    )
    for sentence in lead.explanations:
        console.print(f"  - {sentence}")
    console.print(_numbers(lead))
    console.print(_checks(lead, found.question.fdr))
    _series(console, lead)
    console.print(_measures(lead, measures))
    _reporters(console, lead)
    _rows(console, rows)


def _numbers(lead: Lead) -> Table:
    table = Table(title="In figures", title_justify="left", show_header=False)
    table.add_column("what")
    table.add_column("value", justify="right")
    unit = lead.currency
    rows: list[tuple[str, float | None]] = [
        ("actual", lead.actual), ("expected without rerouting", lead.expected),
        ("excess", lead.excess), ("excess, low", lead.excess_low),
        ("excess, high", lead.excess_high),
        (f"direct exports to {name(lead.target)}, same months before", lead.direct_before),
        ("of which vanished", lead.direct_loss), ("onward excess", lead.onward_excess),
    ]  # fmt: skip
    for what, value in rows:
        table.add_row(what, "not measured" if value is None else money(value, unit))
    q = "not measured" if lead.q_value is None else f"{lead.q_value:.3f}"
    table.add_row("q (expected false share down to here)", q)
    table.add_row("score (0 to 1: how well rerouting explains it)", f"{lead.score:.2f}")
    return table


def _checks(lead: Lead, fdr: float) -> Table:
    table = Table(title="Tests", title_justify="left")
    colours = {PASSED: "green", FAILED: "red", NOT_TESTABLE: "dim"}
    for column in ("question", "outcome", "number"):
        table.add_column(column)
    for check in checks(lead, fdr):
        colour = colours[check.outcome]
        table.add_row(check.question, f"[{colour}]{check.outcome}[/]", check.detail)
    return table


def _series(console: Console, lead: Lead) -> None:
    if not lead.values:
        return
    console.print(f"{lead.periods[0]} to {lead.periods[-1]}, restricted from {lead.banned_from}:")
    console.print(
        f"  hub     {_bars(lead.values)}  highest {money(max(lead.values), lead.currency)}"
    )
    if lead.direct:
        console.print(
            f"  direct  {_bars(lead.direct)}  highest {money(max(lead.direct), lead.currency)}"
        )


def _bars(values: tuple[float, ...]) -> str:
    top = max(values) or 1.0
    return "".join(BARS[min(8, int(8 * value / top + 0.999))] for value in values)


def _measures(lead: Lead, measures: pa.Table) -> Table:
    table = Table(title="Restricted by", title_justify="left")
    for column in ("code", "from", "to", "part", "act", "article", "annex", "certainty"):
        table.add_column(column, overflow="fold")
    wanted = set(lead.valid_measures)
    for row in sorted(
        measures.to_pylist(), key=lambda row: (str(row["valid_from"]), row["commodity_code"])
    ):
        if row["measure_id"] in wanted:
            table.add_row(*_measure_cells(row))
    return table


def _measure_cells(row: dict[str, Any]) -> list[str]:
    return [
        row["commodity_code"], str(row["valid_from"]), str(row["valid_to"] or "open"),
        "part" if row["is_partial"] else "whole", row["instrument"], row["article"],
        row["annex"], row["certainty"],
    ]  # fmt: skip


def _reporters(console: Console, lead: Lead) -> None:
    if not lead.reporters:
        return
    table = Table(title=f"Who sold, {lead.currency} a period", title_justify="left")
    table.add_column("reporter")
    table.add_column("same months before", justify="right")
    table.add_column("after", justify="right")
    for who, before, after in lead.reporters[:ROWS_SHOWN]:
        table.add_row(name(who), f"{before:,.0f}", f"{after:,.0f}")
    console.print(table)


def _rows(console: Console, rows: pa.Table) -> None:
    shown = min(ROWS_SHOWN, rows.num_rows)
    table = Table(
        title=f"Published rows behind it (largest {shown} of {rows.num_rows})",
        title_justify="left",
    )
    for column in ("reporter", "code", "period", "value", "file", "where"):
        table.add_column(column, justify="right" if column == "value" else "left")
    for row in rows.slice(0, ROWS_SHOWN).to_pylist():
        table.add_row(
            row["reporter"], row["commodity_code"], row["period"], f"{row['value']:,.2f}",
            row["file_id"][:12], row["locator"],
        )  # fmt: skip
    console.print(table)
