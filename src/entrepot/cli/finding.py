"""The commands that find and explain: `leads`, `explain`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, escape, wide_console, words
from entrepot.cli.notes import explain_lead, say_figures, say_findings, say_rules
from entrepot.engine import Engine, open_engine
from entrepot.records.leads import LEAD
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from entrepot.signals.words import money
from entrepot.sources.store import import_file
from entrepot.sources.summary import ImportSummary
from entrepot.workspace import Figures, Workspace, one_lead, rules, shipped_figures

GOODS_WIDTH = 30
"""Characters of the name of goods in a table."""

question_options = [
    click.option("--target", default="RUS", show_default=True, help="The sanctioned destination."),
    click.option(
        "--hub", "hubs", multiple=True, help="Third country; repeat or separate by comma."
    ),
    click.option("--coalition", default="EU", show_default=True, help="Whose exports are studied."),
    click.option(
        "--measures",
        "measure_file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Your own measure file instead of the built-in rules.",
    ),
    click.option(
        "--level",
        type=click.Choice(["2", "4", "6", "8"]),
        default="4",
        show_default=True,
        help="Digits of the goods codes.",
    ),
    click.option(
        "--fdr",
        type=click.FloatRange(0, 1, min_open=True),
        default=0.1,
        show_default=True,
        help="Largest expected share of false leads in the list.",
    ),
    click.option("--since", default="2022-03", show_default=True, help="First period that counts."),
    click.option(
        "--currency",
        type=click.Choice(["EUR", "USD"]),
        help="Needed only where figures mix currencies.",
    ),
]


def with_question(command: Any) -> Any:
    """Add the options that make up a question."""
    for option in reversed(question_options):
        command = option(command)
    return command


def ask(options: dict[str, Any]) -> Question:
    """The question in the options of a command; takes them out of `options`."""
    return Question.ask(
        target=options.pop("target"),
        coalition=options.pop("coalition"),
        hubs=options.pop("hubs"),
        since=options.pop("since"),
        level=int(options.pop("level")),
        fdr=options.pop("fdr"),
        as_of=options.pop("as_of"),
        currency=options.pop("currency") or "",
    )


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
        figures = load_figures(workspace, flow_files, opened)
        say_figures(figures)
        found = _run(workspace, question, figures, measure_file, opened)
    rows = found.leads if show_all else found.listed()
    emit_leads(rows[:limit], output_format, out)
    say_findings(found)
    if measure_file is None:
        say_rules(found)


def emit_leads(found: Sequence[Lead], output_format: str, out: Path | None) -> None:
    """Write leads: the contract's columns as data, a short form as a table."""
    table = [
        {
            "rank": lead.rank,
            "hub": lead.hub,
            "code": lead.commodity_code,
            "goods": _cut(lead.commodity),
            "above expectation": _range(lead),
            "direct loss": _money(lead.direct_loss, lead.currency),
            "q": None if lead.q_value is None else f"{lead.q_value:.3f}",
            "lead_id": lead.lead_id,
        }
        for lead in found
    ]
    if any(lead.status != "lead" for lead in found):
        table = [{**row, "status": lead.status} for row, lead in zip(table, found, strict=True)]
    emit([lead.row() for lead in found], output_format, out, columns=tuple(LEAD), table=table)


def _cut(text: str) -> str:
    return text if len(text) <= GOODS_WIDTH else text[: GOODS_WIDTH - 1].rstrip(" ,;(") + "…"


def _money(value: float | None, currency: str) -> str | None:
    return None if value is None else money(value, currency)


def _range(lead: Lead) -> str | None:
    if lead.excess is None:
        return None
    middle = money(lead.excess, lead.currency)
    if lead.excess_low is None or lead.excess_high is None:
        return middle
    low, high = (money(v, "").strip() for v in (lead.excess_low, lead.excess_high))
    return f"{middle} ({low}–{high})"


def load_figures(workspace: Workspace, flow_files: tuple[Path, ...], engine: Engine) -> Figures:
    """Figures of the files given, read through the workspace; of the workspace; or shipped."""
    if not flow_files:
        return workspace.figures(engine)
    now = datetime.now(UTC)
    file_ids = []
    for path in flow_files:
        with words.status(f"reading {path.name}"):
            summary = import_file(path, workspace.root, retrieved_at=now)
        file_ids.append(summary.file_id)
        if summary.rows_refused:
            _say_refused(path, summary)
    return workspace.figures(engine, file_ids)


def _say_refused(path: Path, summary: ImportSummary) -> None:
    first = summary.refused[0]
    words.print(
        f"[yellow]{escape(path.name)}: {summary.rows_refused} of {summary.rows_read} rows refused"
        f"[/], first at {first.locator}: {first.reason}, got {escape(repr(first.got))}, "
        f"expected {first.expected}. All of them: entrepot import {escape(str(path))}"
    )


def _run(
    workspace: Workspace,
    question: Question,
    figures: Figures,
    measure_file: Path | None,
    engine: Engine,
) -> Findings:
    measures = rules(question, measure_file)
    with words.status("comparing with the past and with unrestricted goods"):
        return workspace.run(question, figures, measures, engine, measure_file)


@click.command(epilog="Example: entrepot explain lea_0123456789ab")
@click.argument("lead_id")
@click.argument(
    "flow_files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@with_question
@common_options
@click.pass_context
def explain(
    context: click.Context,
    /,
    lead_id: str,
    flow_files: tuple[Path, ...],
    measure_file: Path | None,
    output_format: str,
    out: Path | None,
    engine: str,
    workspace_dir: Path,
    **options: Any,
) -> None:
    """One lead: expected and actual, direct loss, rules, reporters, and the rows behind it.

    The run that gave the lead is found in the run log; otherwise give the same files and options.
    """
    workspace = Workspace(workspace_dir)
    question = ask(options)
    known = None if flow_files or _is_asked(context) else workspace.recall(lead_id)
    if known is not None:
        question, measure_file = known.question, known.measure_file
    with open_engine(engine) as opened:
        if known is None:
            figures = load_figures(workspace, flow_files, opened)
        elif known.inputs is None:
            figures = shipped_figures(opened)
        else:
            figures = workspace.figures(opened, known.inputs)
        found = _run(workspace, question, figures, measure_file, opened)
        lead = one_lead(found, lead_id)
        if output_format == "table" and out is None:
            measures = rules(question, measure_file)
            explain_lead(wide_console(), lead, found, figures, measures, opened)
            return
    emit([lead.row()], output_format, out, columns=tuple(LEAD))


def _is_asked(context: click.Context) -> bool:
    """Whether the command line holds an option of the question, so that no old run is meant."""
    names = ("target", "coalition", "hubs", "since", "level", "fdr", "as_of", "currency",
             "measure_file")  # fmt: skip
    given = click.core.ParameterSource.COMMANDLINE
    return any(context.get_parameter_source(name) == given for name in names)


commands = [leads, explain]
