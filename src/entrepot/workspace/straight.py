"""The straight line: from archived files to leads; configuration; the names of `workspace`.

Steps are pure functions of earlier tables and explicit parameters; this module runs them in the
order of `STEPS` and writes the run log: code version, parameters, input hashes, rows, seconds.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from entrepot import __version__
from entrepot.engine import Engine, open_engine
from entrepot.errors import RequestError, WorkspaceError
from entrepot.measures.base import load, read_measure_file
from entrepot.records.ids import content_id
from entrepot.signals.detect import Findings, detect
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from entrepot.sources import pocket
from entrepot.sources.archive import sha256_of
from entrepot.sources.merge import Choice, choose, is_whole, latest, overlap
from entrepot.sources.store import imports
from entrepot.sources.summary import ImportSummary
from entrepot.workspace.vintage import Vintage, imported_as_of, shipped_as_of

STEPS: Final = ("archive", "read", "screen", "detect", "assemble")
"""The order of the steps built so far; fetch, link, claim, corroborate, check, review and publish
join it with their tasks (docs/architecture.md)."""


@dataclass(frozen=True)
class Figures:
    """Trade flows to work on: rows of `TRADE_FLOW`, and where they come from.

    `inputs` are the sha256 of the files; `about` is set for the figures that ship with the product.
    `overlaps`: whether some periods stand in several files, of which the latest then counts.
    `vintage`: what they are as of an earlier day; null: no day was asked for.
    """

    flows: ir.Table
    inputs: tuple[str, ...]
    about: pocket.About | None
    title: str
    overlaps: bool = False
    vintage: Vintage | None = None


@dataclass(frozen=True)
class Recalled:
    """What a logged run was asked.

    `inputs` null: the figures that ship; `measure_file` null: the built-in rules.
    """

    question: Question
    inputs: tuple[str, ...] | None
    measure_file: Path | None


class Workspace:
    """A folder with the archive, the imported figures and the run log."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def figures(
        self,
        engine: Engine,
        file_ids: Iterable[str] | None = None,
        *,
        as_of: date | None = None,
    ) -> Figures:
        """The imported figures, or those that ship where nothing was imported.

        Args:
            engine: where the rows are read.
            file_ids: only these imported files, of which a later one counts where two hold the
                same cell; null: all of them, in the order in which they were published, or
                retrieved where that is not known.
            as_of: only what was out by this day (docs/vintages.md); null: everything.

        Raises:
            RequestError: a file was not imported into this workspace, or none was out by the day.
        """
        known = {summary.file_id: summary for summary in imports(self.root)}
        if file_ids is None and not known:
            return shipped_figures(engine, as_of)
        if file_ids is None:
            file_ids = [one.file_id for one in sorted(known.values(), key=_age)]
        wanted = list(dict.fromkeys(file_ids))
        missing = [file_id for file_id in wanted if file_id not in known]
        if missing:
            raise RequestError(
                f"file {missing[0][:12]} is not in the workspace {self.root}",
                hint="Import it again: entrepot import FILE",
            )
        kept = [known[file_id] for file_id in wanted if known[file_id].kept]
        if not kept:
            raise RequestError(
                "no row of these files was kept, so there is nothing to look at",
                hint="entrepot import FILE shows why rows were refused.",
            )
        if as_of is None:
            return self._imported(engine, kept)
        return self._as_of(engine, choose(kept, as_of), as_of)

    def _as_of(self, engine: Engine, choice: Choice, as_of: date) -> Figures:
        used = (*choice.of_the_time, *choice.later)
        if not used:
            raise RequestError(
                f"none of the {len(choice.left_out)} files was out by {as_of}",
                hint="A later --as-of, or an older vintage: entrepot import FILE --published DATE.",
            )
        found = self._imported(engine, used)
        flows, vintage = imported_as_of(found.flows, choice, as_of)
        return replace(found, flows=flows, vintage=vintage)

    def _imported(self, engine: Engine, kept: Sequence[ImportSummary]) -> Figures:
        paths = [self.root / "flows" / f"{summary.file_id}.parquet" for summary in kept]
        for path, summary in zip(paths, kept, strict=True):
            if not is_whole(path, summary.kept):
                raise WorkspaceError(
                    f"the figures of {summary.name} in {path.parent} are missing or damaged",
                    hint=f"Delete imports/{summary.file_id}.json there and import the file again.",
                )
        overlaps = overlap(kept)
        flows = engine.read_parquet(paths)
        if overlaps:
            flows = latest(flows, [summary.file_id for summary in kept], engine)
        names = ", ".join(summary.name for summary in kept)
        return Figures(flows, tuple(s.file_id for s in kept), None, names, overlaps)

    def leads(self, question: Question, *, engine_name: str = "duckdb") -> Findings:
        """Leads from what is imported, or from the figures that ship, by the built-in rules."""
        with open_engine(engine_name) as engine:
            figures = self.figures(engine, as_of=question.as_of)
            return detect(figures.flows, rules(question), question, engine)

    def note_run(
        self,
        question: Question,
        figures: Figures,
        measure_file: Path | None,
        found: Findings,
        seconds: float,
    ) -> None:
        """Note a run in the log, so that its leads can be recalled.

        Raises:
            WorkspaceError: the folder cannot be written.
        """
        asked = {
            "version": __version__,
            "question": asdict(question),
            "inputs": figures.inputs,
            "is_shipped": figures.about is not None,
            "measure_file": None if measure_file is None else str(measure_file.resolve()),
            "measure_sha256": None if measure_file is None else sha256_of(measure_file),
        }
        done = {
            "steps": STEPS,
            "leads": len(found.listed()),
            "judged": len(found.leads),
            "seconds": round(seconds, 3),
            "lead_ids": [lead.lead_id for lead in found.leads],
        }
        run_id = content_id("run", json.dumps(asked, default=str))
        text = json.dumps({**asked, **done}, default=str, ensure_ascii=False)
        folder = self.root / "runs"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            temporary = folder / f".{run_id}.{os.getpid()}.tmp"
            temporary.write_text(text + "\n", encoding="utf-8")
            temporary.replace(folder / f"{run_id}.json")
        except OSError as error:
            raise WorkspaceError(f"the run log in {folder} cannot be written: {error}") from error

    def recall(self, lead_id: str) -> Recalled | None:
        """The latest logged run that gave this lead; null: none did.

        Raises:
            RequestError: it used a measure file that is gone or was changed since.
        """
        runs = sorted(
            (self.root / "runs").glob("run_*.json"), key=lambda path: path.stat().st_mtime_ns
        )
        for path in reversed(runs):
            entry = _entry(path)
            if _plain(lead_id) in entry.get("lead_ids", ()):
                inputs = None if entry["is_shipped"] else tuple(entry["inputs"])
                return Recalled(_question(entry["question"]), inputs, _same_measures(entry))
        return None


def shipped_figures(engine: Engine, as_of: date | None = None) -> Figures:
    """The pocket edition; with a day only the months that were out by then."""
    about = pocket.about()
    flows, vintage = engine.table(pocket.flows()), None
    if as_of is not None:
        flows, vintage = shipped_as_of(flows, as_of)
    return Figures(flows, (about.sha256,), about, about.title, vintage=vintage)


def rules(question: Question, path: Path | None = None) -> pa.Table:
    """What binds the coalition's exporters: a file of the user, or the built-in rule base.

    Raises:
        RuleError: the user's file is not well formed.
        RequestError: the built-in base knows no rules of this coalition.
    """
    if path is not None:
        return read_measure_file(path)
    base = load()
    kept = base.filter(pc.is_in(base["regime"], pa.array(question.regimes(), pa.string())))
    if not kept.num_rows:
        raise RequestError(
            f"the built-in rules hold nothing that binds exporters of {question.coalition}",
            hint="Give your own with --measures FILE (docs/rules.md says its columns).",
        )
    return kept


def one_lead(found: Findings, lead_id: str) -> Lead:
    """The lead with this id.

    Raises:
        RequestError: the run has no such lead.
    """
    asked = _plain(lead_id)
    for lead in found.leads:
        if lead.lead_id == asked:
            return lead
    if not re.fullmatch(r"lea_[0-9a-f]{12}", asked):
        raise RequestError(
            f"got lead id {lead_id!r}, expected lea_ and twelve signs of 0-9 and a-f",
            hint="Take it from the last column of `entrepot leads`.",
        )
    raise RequestError(
        f"lead {lead_id!r} is not among the {len(found.leads)} rows of this run",
        hint="Take the id from `entrepot leads --all --format csv`, same files and options.",
    )


def _plain(lead_id: str) -> str:
    """An id as it is stored, from what a person typed."""
    return lead_id.strip().lower()


def _age(summary: ImportSummary) -> tuple[str, str, str]:
    """Order of vintages; a file is no younger than the day on which it was retrieved."""
    day = summary.published_on or summary.retrieved_at[: len("2022-09-16")]
    return (day, summary.retrieved_at, summary.file_id)


def _entry(path: Path) -> dict[str, Any]:
    try:
        entry: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"run log {path.name} cannot be read: {error}", hint="Delete that file."
        ) from error
    return entry


def _same_measures(entry: dict[str, Any]) -> Path | None:
    if entry["measure_file"] is None:
        return None
    path = Path(entry["measure_file"])
    if not path.is_file() or sha256_of(path) != entry["measure_sha256"]:
        raise RequestError(
            f"the run used the measures of {path.name}, which is gone or was changed since",
            hint="Give the file with --measures, and the same figures and options.",
        )
    return path


def _question(fields: dict[str, Any]) -> Question:
    as_of = date.fromisoformat(fields["as_of"]) if fields["as_of"] else None
    return Question(**{**fields, "hubs": tuple(fields["hubs"]), "as_of": as_of})
