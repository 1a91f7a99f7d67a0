"""Which figures a command works on: files given, the workspace, or those that ship."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import click

from entrepot.cli.common import escape, words
from entrepot.cli.hints import NO_ROWS, hinted
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.signals.recency import counted
from entrepot.sources.store import import_file
from entrepot.sources.summary import ImportSummary
from entrepot.workspace import Figures, Workspace, shipped_figures

files_argument = click.argument(
    "flow_files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
"""Flow files that a command only looks at."""

NAMED: Final = "named"
"""Folder in the workspace of files that a command only looked at: nothing else reads them."""

SHORT_ID: Final = 12
"""Signs of the sha256 of a file that are shown."""


def load_figures(
    workspace: Workspace,
    flow_files: tuple[Path, ...],
    engine: Engine,
    as_of: date | None = None,
) -> Figures:
    """Figures of the files given, read through the workspace; of the workspace; or shipped.

    With a day only what was out by then; standard error says which period is the last, and why.
    """
    if not flow_files:
        return said(workspace.figures(engine, as_of=as_of), engine)
    now = datetime.now(UTC)
    file_ids = []
    for path in flow_files:
        with words.status(f"reading {path.name}"), hinted(NO_ROWS):
            summary = import_file(path, workspace.root, retrieved_at=now)
        file_ids.append(summary.file_id)
        if workspace.root.name != NAMED:
            _say_read(workspace, summary)
        if summary.rows_refused:
            _say_refused(path, summary)
    return said(workspace.figures(engine, file_ids, as_of=as_of), engine)


def recalled_figures(
    workspace: Workspace,
    inputs: tuple[str, ...] | None,
    engine: Engine,
    as_of: date | None = None,
) -> Figures:
    """Figures of an earlier run; null inputs: those that ship."""
    if inputs is None:
        return said(shipped_figures(engine, as_of), engine)
    return said(workspace.figures(engine, inputs, as_of=as_of), engine)


def said(figures: Figures, engine: Engine) -> Figures:
    """The same figures, once standard error says what they are as of the day asked for.

    Raises:
        RequestError: none of them was out by that day.
    """
    vintage = figures.vintage
    if vintage is not None and not engine.fetch(figures.flows.limit(1)).num_rows:
        why = [one for one in vintage.sentences[1:] if not one.startswith("Approximate")]
        raise RequestError(
            f"none of these figures was out by {vintage.as_of}: {figures.title}",
            hint=" ".join(["Give a later --as-of.", *why]),
        )
    for sentence in figures.vintage.sentences if figures.vintage else ():
        colour = "yellow" if sentence.startswith("Approximate") else "dim"
        words.print(f"[{colour}]{escape(sentence)}[/]")
    return figures


def _say_read(workspace: Workspace, summary: ImportSummary) -> None:
    """Say that a file named on the command line now lies in the workspace, and how to undo it."""
    short, place = summary.file_id[:SHORT_ID], escape(str(workspace.root))
    name = escape(summary.name)
    if not summary.is_new:
        words.print(f"[dim]{name}: read before, as file {short} in {place}; nothing changed[/]")
        return
    words.print(
        f"{name}: imported into {place} as file {short}, {counted(summary.kept, 'row')} kept. "
        "Commands without a file use it from now on; to take it out: entrepot sources --forget "
        f"{short}"
    )


def _say_refused(path: Path, summary: ImportSummary) -> None:
    first = summary.refused[0]
    words.print(
        f"[yellow]{escape(path.name)}: {summary.rows_refused} of {summary.rows_read} rows refused"
        f"[/], first at {first.locator}: {first.reason}, got {escape(repr(first.got))}, "
        f"expected {first.expected}. All of them: entrepot import {escape(str(path))}"
    )


def named(workspace_dir: Path, flow_files: Sequence[Path]) -> Workspace:
    """Where figures lie: files that are only looked at are kept apart from what was imported."""
    return Workspace(workspace_dir / NAMED if flow_files else workspace_dir)
