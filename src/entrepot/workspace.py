"""The straight line: from archived files to leads; configuration; the Python API.

    from entrepot.workspace import Workspace
    found = Workspace.at(Path(".entrepot")).leads(Question.ask(target="RUS"))

Steps are pure functions of earlier tables and explicit parameters; this module runs them in the
order of `STEPS` and writes the run log: code version, parameters, input hashes, rows, seconds.
"""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import ibis
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
from entrepot.sources.store import imports
from entrepot.sources.summary import ImportSummary

STEPS: Final = ("archive", "read", "screen", "detect", "assemble")
"""The order of the steps built so far; fetch, link, claim, corroborate, check, review and publish
join it with their tasks (docs/architecture.md)."""

KEY: Final = ("reporter", "partner", "flow", "commodity_code", "period")
"""What makes two rows of different files speak of the same cell."""


@dataclass(frozen=True)
class Figures:
    """Trade flows to work on: rows of `TRADE_FLOW`, and where they come from.

    `inputs` are the sha256 of the files; `about` is set for the figures that ship with the product.
    `overlaps`: whether some periods stand in several files, of which the latest then counts.
    """

    flows: ir.Table
    inputs: tuple[str, ...]
    about: pocket.About | None
    title: str
    overlaps: bool = False


class Workspace:
    """A folder with the archive, the imported figures and the run log."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def figures(self, engine: Engine, file_ids: Iterable[str] | None = None) -> Figures:
        """The imported figures, or those that ship where nothing was imported.

        Args:
            engine: where the rows are read.
            file_ids: only these imported files; null: all of them.

        Raises:
            RequestError: a file was not imported into this workspace.
        """
        known = {summary.file_id: summary for summary in imports(self.root)}
        if file_ids is None and not known:
            return shipped_figures(engine)
        wanted = list(dict.fromkeys(file_ids)) if file_ids is not None else list(known)
        missing = [file_id for file_id in wanted if file_id not in known]
        if missing:
            raise RequestError(
                f"file {missing[0][:12]} is not in the workspace {self.root}",
                hint="Import it again: entrepot import FILE",
            )
        return self._imported(engine, sorted((known[i] for i in wanted), key=_age))

    def _imported(self, engine: Engine, summaries: Sequence[ImportSummary]) -> Figures:
        kept = [summary for summary in summaries if summary.kept]
        if not kept:
            raise RequestError(
                "no row of these files was kept, so there is nothing to look at",
                hint="entrepot import FILE shows why rows were refused.",
            )
        paths = [self.root / "flows" / f"{summary.file_id}.parquet" for summary in kept]
        overlaps = _overlap(kept)
        flows = engine.read_parquet(paths)
        if overlaps:
            flows = _latest(flows, [summary.file_id for summary in kept], engine)
        names = ", ".join(summary.name for summary in kept)
        return Figures(flows, tuple(s.file_id for s in kept), None, names, overlaps)

    def run(
        self, question: Question, figures: Figures, measures: pa.Table, engine: Engine
    ) -> Findings:
        """Detect, and note the run in the log when the workspace exists."""
        began = time.monotonic()
        found = detect(figures.flows, measures, question, engine)
        if self.root.is_dir():
            self._log(question, figures, found, time.monotonic() - began)
        return found

    def leads(self, question: Question, *, engine_name: str = "duckdb") -> Findings:
        """Leads from what is imported, or from the figures that ship, by the built-in rules."""
        with open_engine(engine_name) as engine:
            return self.run(question, self.figures(engine), rules(question), engine)

    def _log(self, question: Question, figures: Figures, found: Findings, seconds: float) -> None:
        entry = {
            "version": __version__,
            "steps": STEPS,
            "question": asdict(question),
            "inputs": figures.inputs,
            "is_shipped": figures.about is not None,
            "leads": len(found.listed()),
            "judged": len(found.leads),
            "seconds": round(seconds, 3),
            "lead_ids": [lead.lead_id for lead in found.leads],
        }
        text = json.dumps(entry, default=str, ensure_ascii=False)
        run_id = content_id("run", json.dumps([entry["question"], entry["inputs"]], default=str))
        folder = self.root / "runs"
        folder.mkdir(exist_ok=True)
        temporary = folder / f".{run_id}.tmp"
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(folder / f"{run_id}.json")

    def recall(self, lead_id: str) -> tuple[Question, tuple[str, ...] | None] | None:
        """The question and files of the latest logged run that gave this lead; null: none did."""
        runs = sorted(
            (self.root / "runs").glob("run_*.json"), key=lambda path: path.stat().st_mtime
        )
        for path in reversed(runs):
            entry = _entry(path)
            if lead_id in entry["lead_ids"]:
                inputs = None if entry["is_shipped"] else tuple(entry["inputs"])
                return _question(entry["question"]), inputs
        return None


def shipped_figures(engine: Engine) -> Figures:
    """The pocket edition."""
    about = pocket.about()
    return Figures(engine.table(pocket.flows()), (about.sha256,), about, about.title)


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
    for lead in found.leads:
        if lead.lead_id == lead_id:
            return lead
    raise RequestError(
        f"lead {lead_id!r} is not among the {len(found.leads)} rows of this run",
        hint="Take the id from `entrepot leads --all --format csv`, same files and options.",
    )


def _age(summary: ImportSummary) -> tuple[str, str]:
    return (summary.retrieved_at, summary.file_id)


def _overlap(summaries: Sequence[ImportSummary]) -> bool:
    """Whether two files may hold the same cell: they share periods, reporters and partners."""
    for i, one in enumerate(summaries):
        for other in summaries[i + 1 :]:
            apart = (one.period_to or "") < (other.period_from or "") or (other.period_to or "") < (
                one.period_from or ""
            )
            if apart or not set(one.reporters) & set(other.reporters):
                continue
            if set(one.partners) & set(other.partners):
                return True
    return False


def _latest(flows: ir.Table, file_ids: Sequence[str], engine: Engine) -> ir.Table:
    """Of a cell that stands in several files, the rows of the file retrieved last."""
    ages = engine.table(pa.table({"file_id": list(file_ids), "age": list(range(len(file_ids)))}))
    aged = flows.join(ages, "file_id")
    newest = aged.age.max().over(ibis.window(group_by=list(KEY)))
    marked = aged.mutate(newest=newest)
    return marked.filter(marked.age == marked.newest).drop("age", "newest")


def _entry(path: Path) -> dict[str, Any]:
    try:
        entry: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"run log {path.name} cannot be read: {error}", hint="Delete that file."
        ) from error
    return entry


def _question(fields: dict[str, Any]) -> Question:
    as_of = date.fromisoformat(fields["as_of"]) if fields["as_of"] else None
    return Question(**{**fields, "hubs": tuple(fields["hubs"]), "as_of": as_of})
