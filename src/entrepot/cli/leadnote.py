"""One lead as an analyst's note: what the figures show, the numbers, the tests, the rows behind."""

from collections.abc import Sequence
from math import ceil

import pyarrow as pa
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from entrepot.cli.common import escape
from entrepot.cli.leaddata import Behind
from entrepot.cli.notes import BARS
from entrepot.codes.country import name
from entrepot.dossiers.law import Law, index, laws
from entrepot.dossiers.ledger import NOT_MEASURED, ledger
from entrepot.signals.amounts import money, percent
from entrepot.signals.check import PASSED, Check
from entrepot.signals.checkgroups import groups, untested
from entrepot.signals.detect import Findings
from entrepot.signals.gaps import LevelGap
from entrepot.signals.lead import Lead
from entrepot.signals.recency import counted
from entrepot.signals.route import Series

IDLE = ("it did not rise", "not judged")
"""Reasons that name no missing figure: the question does not arise."""

ROWS_SHOWN = 12
CODES_SHOWN = 6
NO_FIGURE = "·"
"""Stands in a series where the source is silent."""


def explain_lead(
    console: Console,
    lead: Lead,
    found: Findings,
    measures: pa.Table,
    behind: Behind,
    *,
    source: str = "",
) -> None:
    """Print one lead as an analyst's note; `source` says whose figures it is from."""
    rank = f", rank {lead.rank} of {counted(len(found.listed()), 'lead')}"
    rank = rank if lead.status == "lead" else ""
    console.print(
        f"[bold]{name(lead.hub)} x {lead.commodity_code} {escape(lead.commodity)}[/] "
        f"(target {name(lead.target)}, {lead.status}{rank})  {lead.lead_id}"
    )
    if source:
        console.print(f"[dim]{escape(source)}[/]")
    _list(console, lead.explanations)
    tests = behind.checks(lead, found.question.fdr)
    _numbers(console, lead)
    _gaps(console, lead, behind.gaps)
    _groups(console, tests)
    _untested(console, tests)
    _series(console, lead, behind.onward)
    _measures(console, lead, measures)
    _reporters(console, lead)
    _rows(console, behind.rows)


def _table(title: str, *, header: bool = True) -> Table:
    """A table without a frame, so that a narrow screen and a copied text keep its words whole."""
    return Table(
        title=f"[bold]{title}[/]", title_justify="left", title_style="", show_header=header,
        box=box.SIMPLE_HEAD if header else None, header_style="dim", padding=(0, 2, 0, 0),
        pad_edge=False, show_edge=False,
    )  # fmt: skip


def _show(console: Console, table: Table) -> None:
    console.print()
    console.print(table)


def _list(console: Console, lines: Sequence[str]) -> None:
    """Lines with a dash; what does not fit stands below the words and not below the dash."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column()
    for line in lines:
        grid.add_row("-", escape(line))
    console.print(Padding(grid, (0, 0, 0, 2)))


def _numbers(console: Console, lead: Lead) -> None:
    table = _table("In figures")
    table.add_column("", ratio=1)
    for column in ("value", "low", "high"):
        table.add_column(column, justify="right", no_wrap=True)
    lines = ledger(lead)
    for line in lines:
        if line.is_measured:
            table.add_row(line.what, line.value, line.low, line.high)
    _show(console, table)
    missing = [line.what for line in lines if not line.is_measured]
    if missing:
        console.print(f"[dim]Not measured: {'; '.join(missing)}.[/]")


def _gaps(console: Console, lead: Lead, gaps: Sequence[LevelGap]) -> None:
    """Both ends at 6, 4 and 2 digits; nothing where the hub's imports are not held."""
    if not gaps:
        return
    hub = name(lead.hub)
    table = _table(f"Sold to {hub}, and bought by its own figures")
    for column in ("digits", "sold (FOB)", "bought (CIF)", "unrecorded", "ln X - ln M",
                   "rise missing"):  # fmt: skip
        table.add_column(column, justify="right", no_wrap=True)
    for one in gaps:
        table.add_row(str(one.digits), *_gap_cells(one, lead.currency))
    _show(console, table)


def _gap_cells(one: LevelGap, currency: str) -> list[str]:
    """Amounts, the mirror discrepancy and the missing share of the rise; nan: not measured."""
    amounts = (one.exported, one.imported, float(one.ends.orphaned))
    cells = [NOT_MEASURED if value != value else money(value, currency) for value in amounts]
    low, high = float(one.split.share_low), float(one.split.share_high)
    is_null = one.log_low != one.log_low
    cells.append(NOT_MEASURED if is_null else f"{one.log_low:+.2f} to {one.log_high:+.2f}")
    cells.append(NOT_MEASURED if low != low else f"{percent(low)} to {percent(high)}")
    return cells


def _groups(console: Console, tests: Sequence[Check]) -> None:
    for group in groups(tests):
        table = _table(group.heading, header=False)
        table.add_column("outcome", no_wrap=True)
        table.add_column("question", ratio=5)
        table.add_column("number", ratio=6, style="dim")
        for check in group.checks:
            colour = "green" if check.outcome == PASSED else "red"
            outcome = f"[{colour}]{check.outcome}[/]"
            table.add_row(outcome, escape(check.question), escape(check.detail))
        _show(console, table)


def _untested(console: Console, tests: Sequence[Check]) -> None:
    """The tests that could not be made: those that need the same figures share a line."""
    found = untested(tests)
    if not found:
        return
    console.print(f"\n[bold]Could not be tested with these figures[/] ({len(found)})")
    told = [one for one in found if one.reason not in IDLE]
    lines = [f"{one.question} ({one.reason})" for one in told if not one.needed]
    for needed in dict.fromkeys(one.needed for one in told if one.needed):
        asked = " ".join(one.question for one in told if one.needed == needed)
        lines.append(f"{asked} Needed: {needed}.")
    if len(told) < len(found):
        reason = next(one.reason for one in found if one.reason in IDLE)
        lines.append(f"{counted(len(found) - len(told), 'test')} of a rise: {reason}.")
    _list(console, lines)


def _series(console: Console, lead: Lead, onward: Series | None) -> None:
    if not lead.values:
        return
    first, last = lead.periods[0], lead.periods[-1]
    console.print(f"\n[bold]Series[/] {first} to {last}, restricted from {lead.banned_from}")
    shown = [("to the hub", lead.values), ("onward", onward), ("direct", lead.direct)]
    for what, values in shown:
        if values:
            top = max((one for one in values if one is not None), default=0.0)
            highest = money(top, lead.currency)
            console.print(f"  {what:<11}{_bars(values, top)}  highest {highest}")


def _bars(values: Series, top: float) -> str:
    """A bar a period: empty only where nothing was traded."""
    return "".join(
        NO_FIGURE if one is None else BARS[max(0, min(8, ceil(8 * one / (top or 1.0))))]
        for one in values
    )


def _measures(console: Console, lead: Lead, measures: pa.Table) -> None:
    """What restricts direct sale, the measures of one article and annex together."""
    known = index(measures)
    found = laws(known[one] for one in lead.valid_measures if one in known)
    size = counted(len(lead.valid_measures), "measure")
    console.print(f"\n[bold]Restricted by[/] ({size})")
    _list(console, [_law(law) for law in found])


def _law(law: Law) -> str:
    codes = ", ".join(law.codes[:CODES_SHOWN])
    more = f" and {len(law.codes) - CODES_SHOWN} more" if len(law.codes) > CODES_SHOWN else ""
    part = " in part" if law.is_partial else ""
    sure = f"; {law.certainty}" if law.certainty else ""
    start = f" from {law.valid_from}" if law.valid_from else ""
    return f"{law.full}: {law.effect}{part}{start}, codes {codes}{more}{sure}"


def _reporters(console: Console, lead: Lead) -> None:
    if not lead.reporters:
        return
    table = _table(f"Who sold, {lead.currency} a period")
    table.add_column("reporter")
    table.add_column("same months before", justify="right")
    table.add_column("after", justify="right")
    shown, rest = lead.reporters[:ROWS_SHOWN], lead.reporters[ROWS_SHOWN:]
    for who, before, after in shown:
        table.add_row(name(who), f"{before:,.0f}", f"{after:,.0f}")
    if rest:
        before, after = sum(row[1] for row in rest), sum(row[2] for row in rest)
        table.add_row(
            "1 other" if len(rest) == 1 else f"{len(rest)} others",
            f"{before:,.0f}",
            f"{after:,.0f}",
        )
    _show(console, table)


def _rows(console: Console, rows: pa.Table) -> None:
    shown = min(ROWS_SHOWN, rows.num_rows)
    table = _table(f"Published rows behind it (largest {shown} of {rows.num_rows})")
    for column in ("reporter", "code", "period", "value", "file", "where"):
        table.add_column(column, justify="right" if column == "value" else "left")
    for row in rows.slice(0, ROWS_SHOWN).to_pylist():
        table.add_row(
            row["reporter"], row["commodity_code"], row["period"], f"{row['value']:,.2f}",
            row["file_id"][:12], escape(row["locator"]),
        )  # fmt: skip
    _show(console, table)
