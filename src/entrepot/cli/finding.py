"""The commands that find and explain: `leads`, `explain`."""

import io
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from entrepot.cli.common import (
    PIPE_WIDTH,
    common_options,
    emit,
    escape,
    wide_console,
    words,
    write_text,
)
from entrepot.cli.figures import load_figures, recalled_figures
from entrepot.cli.leaddata import in_full, read_behind
from entrepot.cli.leadnote import explain_lead
from entrepot.cli.notes import say_figures, say_findings, say_rules
from entrepot.dossiers.law import Row, index, laws
from entrepot.engine import Engine, open_engine
from entrepot.errors import WorkspaceError
from entrepot.records.leads import LEAD
from entrepot.signals.amounts import money
from entrepot.signals.detect import Findings, detect
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from entrepot.units import DEFAULT_FALSE_SHARE
from entrepot.workspace import Figures, Workspace, one_lead, rules

NARROWEST_GOODS, WIDEST_GOODS = 12, 30
"""Characters of the name of goods in a table."""

TABLE_WIDTH = 70
"""Characters of the columns rank, hub, code, above expectation and lead_id."""

LOSS_WIDTH = 20
"""Characters of the columns direct loss and q."""

target_option = click.option(
    "--target", default="RUS", show_default=True, help="The sanctioned destination."
)
hub_option = click.option(
    "--hub", "hubs", multiple=True, help="Third country; repeat or separate by comma."
)
coalition_option = click.option(
    "--coalition", default="EU", show_default=True, help="Whose exports are studied."
)
measures_option = click.option(
    "--measures",
    "measure_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own measure file instead of the built-in rules.",
)
since_option = click.option(
    "--since", default="2022-03", show_default=True, help="First period that counts."
)
currency_option = click.option(
    "--currency",
    type=click.Choice(["EUR", "USD"]),
    help="Needed only where figures mix currencies.",
)


def level_option(*levels: str) -> Callable[[Any], Any]:
    """`--level`, of these digits."""
    return click.option(
        "--level",
        type=click.Choice(levels),
        default="4",
        show_default=True,
        help="Digits of the goods codes.",
    )


question_options = [
    target_option,
    hub_option,
    coalition_option,
    measures_option,
    level_option("2", "4", "6", "8"),
    click.option(
        "--fdr",
        type=click.FloatRange(0, 1, min_open=True),
        default=DEFAULT_FALSE_SHARE,
        show_default=True,
        help="Largest expected share of false leads in the list.",
    ),
    since_option,
    currency_option,
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
        fdr=options.pop("fdr", DEFAULT_FALSE_SHARE),
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
        figures = load_figures(workspace, flow_files, opened, question.as_of)
        say_figures(figures)
        measures = rules(question, measure_file)
        found = judge(workspace, question, figures, measures, measure_file, opened)
    rows = found.leads if show_all else found.listed()
    emit_leads(rows[:limit], measures, output_format, out, _inputs(flow_files, measure_file))
    say_findings(found)
    if measure_file is None:
        say_rules(found)


def _inputs(flow_files: tuple[Path, ...], measure_file: Path | None) -> list[Path]:
    """The files of the user that a command reads, and so must never write to."""
    return [*flow_files, *([measure_file] if measure_file else [])]


def emit_leads(
    found: Sequence[Lead],
    measures: pa.Table,
    output_format: str,
    out: Path | None,
    inputs: Sequence[Path] = (),
) -> None:
    """Write leads: the contract's columns as data, a short form that fits the screen as a table.

    The data formats but CSV add `because`: each act, article and annex with its first day.
    """
    width = wide_console().width if out is None else PIPE_WIDTH
    with_status = any(lead.status != "lead" for lead in found)
    table = [_short(lead, width, with_status=with_status) for lead in found]
    known = index(measures)
    rows = [{**lead.row(), "because": _because(lead, known)} for lead in found]
    emit(rows, output_format, out, columns=tuple(LEAD), table=table, inputs=inputs)


def _because(lead: Lead, known: Mapping[str, Row]) -> list[dict[str, Any]]:
    """The measures that make the goods of a lead restricted, those of one article together."""
    found = laws(known[one] for one in lead.valid_measures if one in known)
    return [{**asdict(law), "valid_from": str(law.valid_from)} for law in found]


def _short(lead: Lead, width: int, *, with_status: bool) -> dict[str, Any]:
    """A lead as people read it; a narrow screen leaves out what `explain` tells."""
    q = None if lead.q_value is None else f"{lead.q_value:.3f}"
    room = width - TABLE_WIDTH - (17 if with_status else 0)
    row: dict[str, Any] = {"rank": lead.rank, "hub": lead.hub, "code": lead.commodity_code}
    wide = room - LOSS_WIDTH >= NARROWEST_GOODS
    if room >= NARROWEST_GOODS:
        goods = min(WIDEST_GOODS, room - LOSS_WIDTH if wide else room)
        row["goods"] = _cut(lead.commodity, goods)
    tight = width < TABLE_WIDTH
    row["above expectation"] = _money(lead.excess, lead.currency) if tight else _range(lead)
    if wide:
        row |= {"direct loss": _money(lead.direct_loss, lead.currency), "q": q}
    row["lead_id"] = lead.lead_id
    return {**row, "status": lead.status} if with_status else row


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip(" ,;(") + "…"


def _money(value: float | None, currency: str) -> str | None:
    return None if value is None else money(value, currency)


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
    with words.status("comparing with the past and with unrestricted goods"):
        found = detect(figures.flows, measures, question, engine)
    note_run(workspace, question, figures, measure_file, found, time.monotonic() - began)
    return found


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
            figures = load_figures(workspace, flow_files, opened, question.as_of)
        else:
            figures = recalled_figures(workspace, known.inputs, opened, question.as_of)
        measures = rules(question, measure_file)
        found = judge(workspace, question, figures, measures, measure_file, opened)
        lead = one_lead(found, lead_id)
        behind = read_behind(lead, found, figures, opened)
    inputs = _inputs(flow_files, measure_file)
    if output_format != "table":
        because = _because(lead, index(measures))
        data = [{**in_full(lead, found, behind), "because": because}]
        emit(data, output_format, out, columns=tuple(LEAD), inputs=inputs)
        return
    buffer = io.StringIO()
    console = wide_console() if out is None else wide_console(buffer)
    explain_lead(console, lead, found, measures, behind)
    if out is not None:
        write_text(out, buffer.getvalue(), inputs=inputs)
        words.print(f"wrote {out}")


def _is_asked(context: click.Context) -> bool:
    """Whether the command line holds an option of the question, so that no old run is meant."""
    names = ("target", "coalition", "hubs", "since", "level", "fdr", "as_of", "currency",
             "measure_file")  # fmt: skip
    given = click.core.ParameterSource.COMMANDLINE
    return any(context.get_parameter_source(name) == given for name in names)


commands = [leads, explain]
