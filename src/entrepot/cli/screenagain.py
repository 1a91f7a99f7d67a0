"""`entrepot screen --again`: only what changed since an earlier run."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from entrepot.cli.common import emit, words
from entrepot.cli.listoptions import output
from entrepot.cli.screenbar import screen_bar
from entrepot.cli.screenwords import say_lists, say_rates
from entrepot.errors import RequestError, SourceError
from entrepot.parties.judged import Judged
from entrepot.parties.judgements import JudgementStore
from entrepot.parties.lists.records import body_of
from entrepot.parties.party import Party
from entrepot.sources.archive import sha256_of
from entrepot.workspace.screening import work
from entrepot.workspace.screening.again import Again, again, bases, changes_of
from entrepot.workspace.screening.lists import Lists, load_lists, saved_parties, stood
from entrepot.workspace.screening.output import names_of, safe_row
from entrepot.workspace.screening.queries import facts_of_row
from entrepot.workspace.screening.scoring import cores
from entrepot.workspace.screening.verdicts import Terms, shown

COLUMNS: Final = (
    "change", "file", "name", "first_row", "rows", "id", "caption", "schema", "score",
    "score_before", "list", "listed_on", "why", "explanation", "judgement", "judged_by",
    "judged_before", "run",
)  # fmt: skip
SHOWN: Final = ("change", "name", "rows", "caption", "score", "score_before", "list", "why")
FIXED: Final = ("threshold", "limit", "on", "name_column", "date_column", "anew", "resume")


def again_command(file: Path | None, since: str, options: dict[str, Any]) -> None:
    """Screen earlier runs again and write what changed.

    Raises:
        RequestError: no earlier run, or options that an earlier run has fixed.
    """
    given = [name for name in FIXED if options[name]]
    if given:
        raise RequestError(
            f"got --{given[0].replace('_', '-')} with --again, where the earlier run decides it",
            hint="Leave it away, or screen the file anew.",
        )
    workspace = options["workspace_dir"]
    day, run = _since(since, workspace)
    with words.status("reading the lists"):
        lists = load_lists(workspace, options["lists"])
    file_id = _file_id(file) if file else None
    chosen = [run] if run else bases(workspace, file_id, lists.given)
    if not chosen:
        against = " against these lists" if lists.given else ""
        raise RequestError(
            f"got --again, and no finished run of {file or 'any file'}{against} is in {workspace}",
            hint="Begin with: entrepot screen FILE --name-column C",
        )
    with words.status("reading the lists"):
        old = _as_of(workspace, options["lists"], day) if day else None
    found = []
    for base in chosen:
        with screen_bar() as told:
            workers = options["workers"] or cores()
            found.append(again(base, lists, told, workers=workers, old=old))
    _write(found, lists, options)
    say_lists(lists.used, datetime.now(UTC).date())


def _write(found: list[Again], lists: Lists, options: dict[str, Any]) -> None:
    log = JudgementStore(options["workspace_dir"]).log()
    parties = {party.party_id: party for party in lists.parties}
    today = datetime.now(UTC).date()
    rows: list[dict[str, Any]] = []
    for one in found:
        limit = int(one.base.asked["key"]["limit"])
        terms = Terms(Judged(log), parties, today, limit, options["show_all"])
        kept = list(_rows(one, terms))
        _say(one, kept)
        rows += kept
    out, chosen = options["out"], options["output_format"]
    is_csv = out is not None and out.suffix.lower() == ".csv"
    kind = chosen or ("csv" if is_csv else "jsonl")
    if kind == "jsonl":
        with output(out) as stream:
            for row in rows:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        cells = [safe_row(row) for row in rows] if kind == "csv" else rows
        emit(cells, kind, out, columns=COLUMNS, shown=SHOWN if kind == "table" else None)


def _rows(one: Again, terms: Terms) -> Iterator[dict[str, Any]]:
    """Changes as they are shown: what was judged different stays hidden."""
    changes = list(changes_of(one.run)) if one.run is not one.base else []
    names = names_of(one.run.folder, {row["key"] for row in changes})
    was = saved_parties(one.base.folder / work.PARTIES) if changes else {}
    for row in changes:
        key = row.pop("key")
        facts = facts_of_row(names[key])
        marks = _marks(row, facts, terms, was)
        if marks is None:
            continue
        yield {**row, **marks, "file": one.base.asked["file"], "run": one.run.run_id}


def _marks(
    row: Mapping[str, Any], facts: Mapping[str, str], terms: Terms, was: Mapping[str, Party]
) -> dict[str, Any] | None:
    """What was judged of a changed hit; null: it is hidden."""
    parties = {**was, **terms.parties}
    asked = Terms(terms.judged, parties, terms.day, 1, terms.show_all)
    found = shown(row["name"], facts, [{**row, "also_on": None}], asked)
    if not found.hits:
        return None
    kept = ("judgement", "judged_by", "judged_on", "judged_before", "judgement_id")
    return {key: found.hits[0][key] for key in kept if key in found.hits[0]}


def _say(one: Again, rows: list[dict[str, Any]]) -> None:
    parts = ", ".join(f"{count:,} {kind}" for kind, count in one.parties.items())
    words.print(f"since run {one.base.run_id} of {one.base.asked['file']}: parties {parts}")
    for note in one.notes:
        words.print(f"[dim]note:[/] {note}")
    counts = {kind: sum(row["change"] == kind for row in rows) for kind in KINDS}
    said = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    words.print(f"possible matches: {said}" if rows else "no possible match changed")
    key = one.base.asked["key"]
    say_rates(key["algorithm"], key["threshold"])


KINDS: Final = ("new", "changed", "vanished")


def _since(text: str, workspace: Path) -> tuple[date | None, work.Run | None]:
    if not text:
        return None, None
    if text.strip().lower().startswith("scr_"):
        return None, work.find(workspace, text)
    try:
        return date.fromisoformat(text), None
    except ValueError as error:
        raise RequestError(
            f"got --since {text!r}, expected a run (scr_...) or a day such as 2022-02-23"
        ) from error


def _as_of(workspace: Path, given: tuple[Path, ...], day: date) -> dict[str, str]:
    return {party.party_id: body_of(party) for party in stood(workspace, given, day)}


def _file_id(file: Path) -> str:
    try:
        return sha256_of(file)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=str(file)) from error
