"""Runs that gave one lead id, by the run log: the same id may stand for other figures."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from entrepot.cli.figures import SHORT_ID
from entrepot.errors import RequestError
from entrepot.signals.question import Question
from entrepot.sources.store import imports
from entrepot.workspace import Figures, Workspace

FLAGS: Final = {
    "target": "--target", "coalition": "--coalition", "hubs": "--hub", "level": "--level",
    "since": "--since", "fdr": "--fdr", "as_of": "--as-of", "currency": "--currency",
}  # fmt: skip
"""Options of a question, by its field."""

USUAL_PLACE: Final = ".entrepot"
"""The workspace where none is named."""


@dataclass(frozen=True)
class Run:
    """A logged run that gave the lead.

    `names` are the files, by name or by the first signs of their sha256 where they were forgotten;
    empty: the figures that ship. `command` gives the lead again.
    """

    inputs: tuple[str, ...]
    names: tuple[str, ...]
    as_of: str | None
    command: str

    def told(self) -> str:
        """Which figures it read."""
        which = ", ".join(self.names) or "the figures that ship"
        return f"{which} as of {self.as_of}" if self.as_of else which


def runs_of(workspace: Workspace, lead_id: str) -> list[Run]:
    """The logged runs that gave a lead, one for each set of figures and day; the latest first."""
    logs = sorted((workspace.root / "runs").glob("run_*.json"), key=_written, reverse=True)
    found: dict[tuple[Any, ...], Run] = {}
    for log in logs:
        entry = _entry(log)
        if lead_id in entry.get("lead_ids", ()):
            run = _run(workspace, lead_id, entry)
            found.setdefault((run.inputs, run.as_of), run)
    return list(found.values())


def other_figures(runs: Sequence[Run], figures: Figures, as_of: str | None) -> list[Run]:
    """The runs of other figures, or of another day, than these."""
    return [one for one in runs if (one.inputs, one.as_of) != (figures.inputs, as_of)]


def not_here(lead_id: str, figures: Figures, runs: Sequence[Run]) -> RequestError:
    """The refusal where these figures do not give a lead, and a run did; same figures first."""
    nearest = min(runs, key=lambda one: one.inputs != figures.inputs)
    return RequestError(
        f"lead {lead_id} is not in {figures.title} with these options; it was in a run on "
        f"{nearest.told()}",
        hint=f"For that one: {nearest.command}",
    )


def _run(workspace: Workspace, lead_id: str, entry: Mapping[str, Any]) -> Run:
    inputs, shipped = tuple(entry["inputs"]), bool(entry["is_shipped"])
    known = {one.file_id: one for one in imports(workspace.root)}
    read = [] if shipped else [known.get(one) for one in inputs]
    names = [one.name if one else one_id[:SHORT_ID]
             for one_id, one in zip(inputs, read, strict=False)]  # fmt: skip
    paths = [one.origin if one else f"FILE_{one_id[:SHORT_ID]}"
             for one_id, one in zip(inputs, read, strict=False)]  # fmt: skip
    options = _options(entry["question"])
    if entry["measure_file"]:
        options += ["--measures", entry["measure_file"]]
    place = "NEW_FOLDER" if shipped and known else str(workspace.root)
    if place != USUAL_PLACE:
        options += ["--workspace", place]
    command = shlex.join(["entrepot", "explain", lead_id, *paths, *options])
    return Run(inputs, tuple(names), entry["question"]["as_of"], command)


def _options(question: Mapping[str, Any]) -> list[str]:
    """The options of a question that are not the usual ones."""
    usual = Question()
    said: list[str] = []
    for field, flag in FLAGS.items():
        value = question[field]
        value = tuple(value) if isinstance(value, list) else value
        if value != getattr(usual, field):
            said += [flag, ",".join(value) if isinstance(value, tuple) else str(value)]
    return said


def _written(log: Path) -> int:
    return log.stat().st_mtime_ns


def _entry(log: Path) -> dict[str, Any]:
    """A log as data; empty where it cannot be read, as `Workspace.recall` says that."""
    try:
        entry: dict[str, Any] = json.loads(log.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entry
