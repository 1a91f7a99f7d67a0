"""A screening from file to hits: stage, score what is missing, keep."""

import math
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from entrepot.errors import RequestError, WorkspaceError
from entrepot.parties.match.matcher import Matcher
from entrepot.workspace.screening import work
from entrepot.workspace.screening.ask import Ask, differences, keyed, resolved
from entrepot.workspace.screening.columns import Columns, choose
from entrepot.workspace.screening.lists import Lists, load_lists, save_parties
from entrepot.workspace.screening.scoring import Row, Scorer, cores, score_all
from entrepot.workspace.screening.staging import DISTINCT, ROWS, count_rows, read_distinct, stage
from entrepot.workspace.screening.tables import Input, open_input
from entrepot.workspace.screening.work import ASKED, DONE, HITS, PARTIES, Chunks, Run

LARGEST_STRETCH: Final = 500
"""Names scored between two writes: about a second of work of one core, and what a crash loses."""

SMALLEST_STRETCH: Final = 20
STRETCHES: Final = 32
"""A short file is cut in at least so many stretches, so that all cores have work."""

Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Plan:
    """A screening that is about to be run."""

    ask: Ask
    source: Input
    columns: Columns
    lists: Lists
    algorithm: str
    run_id: str
    folder: Path
    key: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A finished run.

    Attributes:
        run: where it lies.
        lists: what was screened against.
        scored: names scored now; 0: all were known from before.
        seconds: of scoring now.
        was_there: names that were done before.
    """

    run: Run
    lists: Lists
    scored: int
    seconds: float
    was_there: int


def plan(workspace: Path, ask: Ask) -> Plan:
    """Open the file, choose its columns, load the lists.

    Raises:
        RequestError, SourceError: see `Ask.checked`, `open_input`, `choose`, `load_lists`.
    """
    ask = ask.checked()
    source = open_input(ask.path, encoding=ask.encoding, sheet=ask.sheet)
    names, wanted = source.rows.names, ask.wanted
    if names:
        columns = choose(wanted, names, ask.path.name)
    elif any(asdict(wanted).values()):
        raise RequestError(
            f"{ask.path.name} holds FollowTheMoney entities, which need no columns",
            hint="Leave the options for columns away.",
        )
    else:
        columns = Columns("")
    lists = load_lists(workspace, ask.lists, on=ask.on, by_day=bool(columns.day))
    return _plan(workspace, ask, source, columns, lists, resolved(ask.algorithm))


def _plan(
    workspace: Path, ask: Ask, source: Input, columns: Columns, lists: Lists, algorithm: str
) -> Plan:
    key = keyed(ask, source.file_id, columns, lists, algorithm)
    name = work.run_id(key)
    return Plan(ask, source, columns, lists, algorithm, name, workspace / work.FOLDER / name, key)


def screen(plan: Plan, told: Told, *, resume: bool = False, anew: bool = False) -> Outcome:
    """Run a plan; what was done before with the same key is not done again.

    Args:
        plan: what to run.
        told: told a step, how much is done and of how much.
        resume: refuse to begin anew.
        anew: throw away what was done before.

    Raises:
        RequestError: nothing to resume, or something else was asked then.
        WorkspaceError: the folder cannot be written, or another process works on the run.
    """
    if resume:
        _check_resume(plan)
    with work.held(plan.folder):
        if anew:
            _clear(plan.folder)
        run = Run(plan.run_id, plan.folder, {}, None)
        if (plan.folder / DONE).exists():
            run = work.find(plan.folder.parent.parent, plan.run_id)
            return Outcome(run, plan.lists, 0, 0.0, int((run.done or {})["distinct"]))
        with _disk_errors(plan.folder):
            _begin(plan, told)
            return _score(plan, told)


def _begin(plan: Plan, told: Told) -> None:
    folder = plan.folder
    if (folder / ROWS).exists() and (folder / ASKED).exists():
        return
    stage(plan.source, plan.columns, folder, told)
    save_parties(folder / PARTIES, plan.lists.parties)
    distinct = count_rows(folder / DISTINCT)
    size = min(LARGEST_STRETCH, max(SMALLEST_STRETCH, math.ceil(distinct / STRETCHES)))
    asked = {
        "at": now(), "file": str(plan.ask.path), "key": plan.key, "stretch": size,
        "rows": count_rows(folder / ROWS), "distinct": distinct,
        "lists": [asdict(one) for one in plan.lists.used],
    }  # fmt: skip
    work.write_json(folder / ASKED, asked)


def _score(plan: Plan, told: Told) -> Outcome:
    folder = plan.folder
    asked = work.find(folder.parent.parent, plan.run_id).asked
    distinct, size = int(asked["distinct"]), int(asked["stretch"])
    chunks = Chunks(folder)
    there = chunks.done()
    count = math.ceil(distinct / size)
    before = sum(min(size, distinct - number * size) for number in there)
    seconds = 0.0
    if len(there) < count:
        told("building the index", 0, 0)
        scorer = build(plan)
        began = time.monotonic()
        done = before
        told("screening", done, distinct)

        def more(names: int) -> None:
            nonlocal done
            done += names
            told("screening", done, distinct)

        stretches = _missing(folder, size, there)
        workers = min(plan.ask.workers or cores(), count - len(there))
        score_all(scorer, stretches, chunks.keep, workers, more)
        seconds = time.monotonic() - began
    hits = chunks.join(folder / HITS, count)
    work.write_json(folder / DONE, {"at": now(), "distinct": distinct, "hits_kept": hits})
    chunks.clear()
    run = work.find(folder.parent.parent, plan.run_id)
    return Outcome(run, plan.lists, distinct - before, seconds, before)


def build(plan: Plan) -> Scorer:
    """The matcher of a plan with its terms.

    Raises:
        WorkspaceError: `best` stands for another algorithm than it seemed to.
    """
    matcher = Matcher.build(plan.lists.parties, algorithm=plan.ask.algorithm)
    if matcher.algorithm != plan.algorithm:
        raise WorkspaceError(
            f"got algorithm {matcher.algorithm}, expected {plan.algorithm}: the extra `parties` is "
            "installed in part",
            hint="pip install 'entrepot[parties]', or --algorithm fallback.",
        )
    presence = plan.lists.presence
    ask, printed = plan.ask, plan.lists.printed
    return Scorer(matcher, ask.threshold, ask.limit, ask.on, presence, printed=printed)


def _missing(folder: Path, size: int, there: set[int]) -> Iterator[tuple[int, Sequence[Row]]]:
    for number, rows in enumerate(read_distinct(folder, size)):
        if number not in there:
            yield number, rows


def _check_resume(plan: Plan) -> None:
    if (plan.folder / ASKED).exists():
        return
    file_id = plan.source.file_id
    others = [
        run for run in work.runs(plan.folder.parent.parent)
        if run.asked.get("key", {}).get("file_id") == file_id
    ]  # fmt: skip
    if not others:
        raise RequestError(
            f"got --resume, and {plan.ask.path.name} was not begun in this workspace",
            hint="Leave --resume away, or give the --workspace of the earlier run.",
        )
    said = differences(others[-1].asked["key"], plan.key)
    raise RequestError(
        f"got --resume, and the earlier run {others[-1].run_id} differs in {', '.join(said)}; "
        "hits of two kinds are never mixed",
        hint="Give the same options and lists as then, or leave --resume away to begin anew.",
    )


def _clear(folder: Path) -> None:
    """Empty a run; first goes what says that it is whole, so a kill leaves no false word."""
    for name in (DONE, ASKED):
        (folder / name).unlink(missing_ok=True)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink()


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkspaceError(
            f"the work folder {folder} cannot be written: {error.strerror or error}",
            hint="What is done is kept: make room and run the same command again.",
        ) from error


def now() -> str:
    """This moment in UTC, as ISO text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
