"""The command that tells one lead in full: `explain`."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from entrepot.cli.asking import ask, with_question
from entrepot.cli.common import common_options, emit, escape, wide_console, words, write_text
from entrepot.cli.figures import load_figures, recalled_figures
from entrepot.cli.finding import because_of, inputs_of, judge
from entrepot.cli.leaddata import Behind, in_full, read_behind
from entrepot.cli.leadnote import explain_lead
from entrepot.cli.provenance import Source, source_of
from entrepot.cli.sameid import Run, not_here, other_figures, runs_of
from entrepot.dossiers.law import index
from entrepot.engine import Engine, open_engine
from entrepot.errors import RequestError
from entrepot.records.leads import LEAD
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from entrepot.workspace import Figures, Recalled, Workspace, one_lead, rules

SHOWN_OTHERS = 3
"""Other figures with the same lead id that are named."""


@dataclass(frozen=True)
class _Told:
    """A lead with all that is told of it; `others`: runs of other figures that gave the same id."""

    lead: Lead
    found: Findings
    measures: pa.Table
    behind: Behind
    source: Source
    others: Sequence[Run]


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

    The latest run that gave the lead is found in the run log; otherwise give the same files and
    options. It says whose figures it is from: other figures of that time give the same id.
    """
    workspace, lead_id, question = Workspace(workspace_dir), plain_id(lead_id), ask(options)
    known = None if flow_files or _is_asked(context) else workspace.recall(lead_id)
    asked = known or Recalled(question, None, measure_file)
    with open_engine(engine) as opened:
        if known is None:
            figures = load_figures(workspace, flow_files, opened, question.as_of)
        else:
            figures = recalled_figures(workspace, known.inputs, opened, asked.question.as_of)
        told = _told(workspace, lead_id, asked, figures, opened)
    _write(told, output_format, out, inputs_of(flow_files, asked.measure_file))
    for one in told.others[:SHOWN_OTHERS]:
        words.print(
            f"[dim]The same id stands for {escape(one.told())} too, where numbers may differ: an "
            "id names hub, goods, target and window, not the figures. To see it: "
            f"{escape(one.command)}[/]"
        )


def _told(
    workspace: Workspace, lead_id: str, asked: Recalled, figures: Figures, engine: Engine
) -> _Told:
    """Find the lead, and read what stands behind it.

    Raises:
        RequestError: these figures do not give it; where others did, the hint says how to get it.
    """
    question: Question = asked.question
    as_of = str(question.as_of) if question.as_of else None
    # Before this run is noted, so that it is not among those that gave the lead.
    runs = runs_of(workspace, lead_id)
    measures = rules(question, asked.measure_file)
    found = judge(workspace, question, figures, measures, asked.measure_file, engine)
    if runs and lead_id not in {one.lead_id for one in found.leads}:
        raise not_here(lead_id, figures, runs)
    lead = one_lead(found, lead_id)
    behind = read_behind(lead, found, figures, measures, engine)
    source = source_of(workspace, figures, found)
    return _Told(lead, found, measures, behind, source, other_figures(runs, figures, as_of))


def _write(told: _Told, output_format: str, out: Path | None, inputs: Sequence[Path]) -> None:
    lead, found, measures, behind = told.lead, told.found, told.measures, told.behind
    if output_format != "table":
        beside = {"because": because_of(lead, index(measures)), "source": told.source.as_data()}
        data = [{**in_full(lead, found, behind), **beside}]
        emit(data, output_format, out, columns=tuple(LEAD), inputs=inputs)
        return
    buffer = io.StringIO()
    console = wide_console() if out is None else wide_console(buffer)
    explain_lead(console, lead, found, measures, behind, source=told.source.sentence())
    if out is not None:
        write_text(out, buffer.getvalue(), inputs=inputs)
        words.print(f"wrote {out}")


def plain_id(text: str) -> str:
    """A lead id as it is stored, from what a person typed.

    Raises:
        RequestError: it has another form; told before the figures are read and not after.
    """
    plain = text.strip().lower()
    if not re.fullmatch(r"lea_[0-9a-f]{12}", plain):
        raise RequestError(
            f"got lead id {text!r}, expected lea_ and twelve signs of 0-9 and a-f",
            hint="Take it from the last column of `entrepot leads`.",
        )
    return plain


def _is_asked(context: click.Context) -> bool:
    """Whether the command line holds an option of the question, so that no old run is meant."""
    names = ("target", "coalition", "hubs", "since", "level", "fdr", "as_of", "currency",
             "measure_file")  # fmt: skip
    given = click.core.ParameterSource.COMMANDLINE
    return any(context.get_parameter_source(name) == given for name in names)


commands = [explain]
