"""The command that finds leads: `leads`."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from entrepot.cli.asking import ask, with_question
from entrepot.cli.common import (
    PIPE_WIDTH,
    common_options,
    emit,
    escape,
    wide_console,
    words,
)
from entrepot.cli.figures import load_figures
from entrepot.cli.hints import hinted, narrowed
from entrepot.cli.notes import say_figures, say_findings, say_rules
from entrepot.dossiers.law import Row, index, laws
from entrepot.engine import Engine, open_engine
from entrepot.errors import WorkspaceError
from entrepot.records.leads import LEAD
from entrepot.signals.amounts import money
from entrepot.signals.detect import Findings, detect
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from entrepot.signals.recency import shortness
from entrepot.workspace import Figures, Workspace, rules

NARROWEST_GOODS, WIDEST_GOODS = 12, 30
"""Characters of the name of goods in a table."""

TABLE_WIDTH = 70
"""Characters of the columns rank, hub, code, above expectation and lead_id."""

SHOWN_OTHERS = 3
"""Other figures with the same lead id that are named."""

LOSS_WIDTH = 20
"""Characters of the columns direct loss and q."""


@click.command(epilog="Example: entrepot leads --target RUS --hub KGZ --format jsonl")
@click.argument(
    "flow_files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@with_question
@click.option("--all", "show_all", is_flag=True, help="Every row judged, not only the leads.")
@click.option("--limit", type=click.IntRange(1), help="Only the first rows.")
@common_options
def leads(
    flow_files: tuple[Path, ...],
    measure_file: Path | None,
    show_all: bool,
    limit: int | None,
    output_format: str,
    out: Path | None,
    engine: str,
    workspace_dir: Path,
    **options: Any,
) -> None:
    """Rank restricted goods that a third country buys beyond expectation.

    Without FLOW_FILES: what was imported, or the figures that ship with Entrepot.
    """
    question = ask(options)
    workspace = Workspace(workspace_dir)
    with open_engine(engine) as opened:
        figures = load_figures(workspace, flow_files, opened, question.as_of)
        say_figures(figures)
        measures = rules(question, measure_file)
        found = judge(workspace, question, figures, measures, measure_file, opened)
    rows = found.leads if show_all else found.listed()
    inputs = inputs_of(flow_files, measure_file)
    emit_leads(rows[:limit], measures, output_format, out, inputs, since=question.since)
    say_findings(found)
    if measure_file is None:
        say_rules(found)


def inputs_of(flow_files: tuple[Path, ...], measure_file: Path | None) -> list[Path]:
    """The files of the user that a command reads, and so must never write to."""
    return [*flow_files, *([measure_file] if measure_file else [])]


def emit_leads(
    found: Sequence[Lead],
    measures: pa.Table,
    output_format: str,
    out: Path | None,
    inputs: Sequence[Path] = (),
    *,
    since: str = "",
) -> None:
    """Write leads: the contract's columns as data, a short form that fits the screen as a table.

    The data formats but CSV add `because`: each act, article and annex with its first day. In the
    table a row that could not be judged has the reason in place of a number; `since` is the first
    period that counts, for which its periods are counted.
    """
    width = wide_console().width if out is None else PIPE_WIDTH
    with_status = any(lead.status != "lead" for lead in found)
    table = [_short(lead, width, since, with_status=with_status) for lead in found]
    known = index(measures)
    rows = [{**lead.row(), "because": because_of(lead, known)} for lead in found]
    emit(rows, output_format, out, columns=tuple(LEAD), table=table, inputs=inputs)


def because_of(lead: Lead, known: Mapping[str, Row]) -> list[dict[str, Any]]:
    """The measures that make the goods of a lead restricted, those of one article together."""
    found = laws(known[one] for one in lead.valid_measures if one in known)
    return [{**asdict(law), "valid_from": str(law.valid_from)} for law in found]


def _short(lead: Lead, width: int, since: str, *, with_status: bool) -> dict[str, Any]:
    """A lead as people read it; a narrow screen leaves out what `explain` tells."""
    q = None if lead.q_value is None else f"{lead.q_value:.3f}"
    room = width - TABLE_WIDTH - (17 if with_status else 0)
    row: dict[str, Any] = {"rank": lead.rank, "hub": lead.hub, "code": lead.commodity_code}
    wide = room - LOSS_WIDTH >= NARROWEST_GOODS
    if room >= NARROWEST_GOODS:
        goods = min(WIDEST_GOODS, room - LOSS_WIDTH if wide else room)
        row["goods"] = _cut(lead.commodity, goods)
    tight = width < TABLE_WIDTH
    above = _money(lead.excess, lead.currency) if tight else _range(lead)
    row["above expectation"] = above if tight or above else _unjudged(lead, since)
    if wide:
        row |= {"direct loss": _money(lead.direct_loss, lead.currency), "q": q}
    row["lead_id"] = lead.lead_id
    return {**row, "status": lead.status} if with_status else row


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip(" ,;(") + "…"


def _money(value: float | None, currency: str) -> str | None:
    return None if value is None else money(value, currency)


def _unjudged(lead: Lead, since: str) -> str | None:
    """Why a lead has no numbers, as short as a cell; null: not known."""
    if lead.status == "new_code":
        return "one side of a code change"
    short = shortness(lead, since) if lead.status == "too_recent" else None
    return short.reason() or None if short else None


def _range(lead: Lead) -> str | None:
    if lead.excess is None:
        return None
    middle = money(lead.excess, lead.currency)
    if lead.excess_low is None or lead.excess_high is None:
        return middle
    low, high = (money(v, "") for v in (lead.excess_low, lead.excess_high))
    return f"{middle} ({low}–{high})"


def note_run(
    workspace: Workspace,
    question: Question,
    figures: Figures,
    measure_file: Path | None,
    found: Findings,
    seconds: float,
) -> None:
    """Note the run, so that `explain` finds its leads again; say where that cannot be done."""
    try:
        workspace.note_run(question, figures, measure_file, found, seconds)
    except WorkspaceError as error:
        words.print(f"[yellow]{escape(str(error))}; explain needs the same options.[/]")


def judge(
    workspace: Workspace,
    question: Question,
    figures: Figures,
    measures: pa.Table,
    measure_file: Path | None,
    engine: Engine,
) -> Findings:
    """Find leads with progress on the screen, and note the run; the file is noted, not read."""
    began = time.monotonic()
    known = narrowed(hubs=bool(question.hubs), currency=bool(question.currency))
    with words.status("comparing with the past and with unrestricted goods"), hinted(known):
        found = detect(figures.flows, measures, question, engine)
    note_run(workspace, question, figures, measure_file, found, time.monotonic() - began)
    return found


commands = [leads]
