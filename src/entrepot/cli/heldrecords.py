"""The records that claims are tested against, opened for the commands that test claims."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from entrepot.cli.common import escape, words
from entrepot.cli.figures import load_figures, named
from entrepot.cli.notes import say_figures
from entrepot.engine import open_engine
from entrepot.evidence.assessing.records import Records
from entrepot.workspace import Figures
from entrepot.workspace.claims import Sources, records


@dataclass(frozen=True)
class Opened:
    """Records at hand, the figures among them, and a line on standard error to say what goes on."""

    records: Records
    figures: Figures
    say: Callable[[str], None]


@contextmanager
def opened_records(
    workspace_dir: Path,
    sources: Sources,
    *,
    flow_files: tuple[Path, ...] = (),
    engine: str = "duckdb",
    is_told: bool = False,
) -> Iterator[Opened]:
    """The records of a workspace, or those with the figures of the files given instead of its own.

    Args:
        workspace_dir: folder of the workspace, whose lists count in any case.
        sources: files beside it.
        flow_files: figures that are only looked at; none: those of the workspace, or that ship.
        engine: what runs the tables.
        is_told: standard error says what the figures are.

    Raises:
        RequestError: no figures were out by the day asked for, or no list where one was named.
        SourceError: a file that is not as it should be.
    """
    workspace = named(workspace_dir, flow_files)
    root = workspace.root if flow_files else workspace_dir
    with open_engine(engine) as tables:
        figures = load_figures(workspace, flow_files, tables, sources.as_of)
        if is_told:
            say_figures(figures)
        with words.status("putting the records together") as bar:

            def say(text: str) -> None:
                bar.update(escape(text))

            with records(root, figures, tables, sources, lists_in=workspace_dir, told=say) as held:
                yield Opened(held, figures, say)
