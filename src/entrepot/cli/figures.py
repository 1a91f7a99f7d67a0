"""Which figures a command works on: files given, the workspace, or those that ship."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from entrepot.cli.common import escape, words
from entrepot.engine import Engine
from entrepot.sources.store import import_file
from entrepot.sources.summary import ImportSummary
from entrepot.workspace import Figures, Workspace, shipped_figures

files_argument = click.argument(
    "flow_files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
"""Flow files that a command only looks at."""


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
        return said(workspace.figures(engine, as_of=as_of))
    now = datetime.now(UTC)
    file_ids = []
    for path in flow_files:
        with words.status(f"reading {path.name}"):
            summary = import_file(path, workspace.root, retrieved_at=now)
        file_ids.append(summary.file_id)
        if summary.rows_refused:
            _say_refused(path, summary)
    return said(workspace.figures(engine, file_ids, as_of=as_of))


def recalled_figures(
    workspace: Workspace,
    inputs: tuple[str, ...] | None,
    engine: Engine,
    as_of: date | None = None,
) -> Figures:
    """Figures of an earlier run; null inputs: those that ship."""
    if inputs is None:
        return said(shipped_figures(engine, as_of))
    return said(workspace.figures(engine, inputs, as_of=as_of))


def said(figures: Figures) -> Figures:
    """The same figures, once standard error says what they are as of the day asked for."""
    for sentence in figures.vintage.sentences if figures.vintage else ():
        colour = "yellow" if sentence.startswith("Approximate") else "dim"
        words.print(f"[{colour}]{escape(sentence)}[/]")
    return figures


def _say_refused(path: Path, summary: ImportSummary) -> None:
    first = summary.refused[0]
    words.print(
        f"[yellow]{escape(path.name)}: {summary.rows_refused} of {summary.rows_read} rows refused"
        f"[/], first at {first.locator}: {first.reason}, got {escape(repr(first.got))}, "
        f"expected {first.expected}. All of them: entrepot import {escape(str(path))}"
    )


def named(workspace_dir: Path, flow_files: Sequence[Path]) -> Workspace:
    """Where figures lie: files that are only looked at are kept apart from what was imported."""
    return Workspace(workspace_dir / "named" if flow_files else workspace_dir)
