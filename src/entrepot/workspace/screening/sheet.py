"""A sheet for reviewers: hits with an empty column `judgement`, filled in by people, read back.

Cells that a spreadsheet would take for a formula carry an apostrophe in front, which is taken off
when the sheet is read.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from entrepot.errors import SourceError
from entrepot.parties.judged import facts_of, facts_text
from entrepot.parties.judgements import PAIRS, Entry
from entrepot.parties.party import Party
from entrepot.parties.watched import seen_of
from entrepot.workspace.screening.lists import saved_parties
from entrepot.workspace.screening.output import FORMULA, safe, shown_names
from entrepot.workspace.screening.queries import facts_of_row
from entrepot.workspace.screening.verdicts import Terms
from entrepot.workspace.screening.work import PARTIES, Run, find

COLUMNS: Final = (
    "name", "facts", "rows", "party_id", "caption", "schema", "score", "list", "listed_on",
    "explanation", "judgement", "because", "by", "judged_before", "run",
)  # fmt: skip
NEEDED: Final = ("name", "party_id", "judgement")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line of a sheet that was not taken, and why."""

    line: int
    reason: str


def sheet_lines(run: Run, terms: Terms, *, is_open: bool = True) -> Iterator[str]:
    """The sheet of a run, line by line, the header first.

    Args:
        run: a finished run.
        terms: judgements and limits.
        is_open: leave out what was judged and has not changed since.
    """
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n", extrasaction="ignore")
    buffer.write("\ufeff")  # so that spreadsheets read it as UTF-8
    writer.writeheader()
    for row, found in shown_names(run, terms):
        facts = facts_text(facts_of(facts_of_row(row)))
        for hit in found.hits:
            is_judged = "judgement" in hit and "judged_before" not in hit
            if is_open and (is_judged or found.rests):
                continue
            body = {
                **hit, "name": row["name"], "facts": facts, "rows": row["rows"],
                "party_id": hit["id"], "judgement": hit.get("judgement", "") if is_judged else "",
                "by": "", "because": "", "run": run.run_id,
            }  # fmt: skip
            writer.writerow({key: safe(body.get(key)) for key in COLUMNS})
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def read_sheet(
    path: Path, workspace: Path, *, by: str, current: Mapping[str, Party], now: datetime
) -> tuple[list[Entry], list[BadRow]]:
    """Judgements of a filled sheet; lines without one are passed over.

    Args:
        path: CSV with columns `name`, `party_id`, `judgement`, and `facts`, `because`, `by`, `run`
            where they are known. The separator may be a comma, a semicolon or a tab.
        workspace: where the runs lie.
        by: who judged, where a line does not say.
        current: listed parties by id, for lines without a run.
        now: the moment of the judgements.

    Raises:
        SourceError: not CSV in UTF-8, or a column is missing.
    """
    rows = _read(path)
    parties: dict[str, Mapping[str, Party]] = {}
    good: list[Entry] = []
    bad: list[BadRow] = []
    for line, row in rows:
        if not row.get("judgement", "").strip():
            continue
        try:
            known = _parties(row.get("run", ""), workspace, parties, current)
            good.append(_entry(row, known, by, now))
        except ValueError as error:
            bad.append(BadRow(line, str(error)))
    return good, bad


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=str(path)) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            "got text that is not UTF-8, expected the sheet saved as CSV UTF-8", locator=path.name
        ) from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise SourceError(
            f"got columns {', '.join(reader.fieldnames or ()) or 'none'}; missing "
            f"{', '.join(missing)}",
            locator=path.name,
        )
    return [
        (reader.line_num, {key: _plain(text) for key, text in row.items() if isinstance(text, str)})
        for row in reader
    ]


def _entry(row: Mapping[str, str], known: Mapping[str, Party], by: str, now: datetime) -> Entry:
    kind = row["judgement"].strip().lower()
    if kind not in PAIRS:
        raise ValueError(f"got judgement {row['judgement']!r}, expected {', '.join(PAIRS)}")
    name, party_id = row["name"].strip(), row["party_id"].strip()
    if not name or not party_id:
        raise ValueError("got no name or no party_id, expected both")
    party = known.get(party_id)
    if party is None:
        raise ValueError(f"got party_id {party_id!r}, which is on no list held")
    who = row.get("by", "").strip() or by
    if not who:
        raise ValueError("got nobody who says so, expected the column `by` or --by")
    return Entry(
        "", kind, name, facts_of(_facts(row.get("facts", ""))), party_id, who,
        now.astimezone(UTC), row.get("because", "").strip(), seen=seen_of(party),
    )  # fmt: skip


def _facts(text: str) -> dict[str, str]:
    if not text.strip():
        return {}
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ValueError(f"got facts {text!r}, expected them as they were exported") from error
    if not isinstance(found, dict):
        raise ValueError(f"got facts {text!r}, expected them as they were exported")
    return {str(key): str(value) for key, value in found.items()}


def _parties(
    run: str, workspace: Path, known: dict[str, Mapping[str, Party]], current: Mapping[str, Party]
) -> Mapping[str, Party]:
    """The parties as the reviewer saw them: those of the run, else as the lists stand."""
    if not run.strip():
        return current
    if run not in known:
        try:
            known[run] = saved_parties(find(workspace, run).folder / PARTIES)
        except Exception as error:
            raise ValueError(f"got run {run!r}, which is not in this workspace") from error
    return known[run]


def _plain(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
