"""Screened rows in the order of the file, as JSON lines or CSV, without holding them in memory."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.engine import open_engine
from entrepot.workspace.screening.queries import facts_of_row
from entrepot.workspace.screening.staging import DISTINCT, MEMORY_MB, ROWS
from entrepot.workspace.screening.verdicts import CONTRACT, Shown, Terms, resting, shown
from entrepot.workspace.screening.work import HITS, Run

SHOWN: Final = pa.schema(
    [("key", pa.int64()), ("hits", pa.string()), ("count", pa.int64()), ("hidden", pa.int64()),
     ("marks", pa.string())]
)  # fmt: skip
READ_ROWS: Final = 20_000
CSV_COLUMNS: Final = (
    "row", "name", "place", *CONTRACT, "also_on", "judgement", "judged_by", "judged_on",
    "judged_before", "judgement_id", "white_listed_until", "hidden", "fault",
)  # fmt: skip
"""A row without hits has one line with `place` 0; one with hits has a line a hit."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First signs that a spreadsheet takes for a formula."""


@dataclass
class Counts:
    """What came out, filled in while it is read."""

    rows: int = 0
    rows_with_hits: int = 0
    empty_names: int = 0
    faults: int = 0
    hits: int = 0
    hidden: int = 0
    resting: int = 0
    marked: dict[str, int] = field(default_factory=dict)
    stale: int = 0


def rows_of(run: Run, terms: Terms, counts: Counts) -> Iterator[dict[str, Any]]:
    """One mapping an input row: `row, name, hits`, and what else there is to say of it."""
    for one, hits in _joined(run, terms, counts):
        body: dict[str, Any] = {"row": one["row"], "name": one["name"], "hits": json.loads(hits)}
        yield {**body, **_more(one)}


def json_lines(run: Run, terms: Terms, counts: Counts) -> Iterator[str]:
    """One JSON line an input row; keys `row`, `name`, `hits`, then others where they apply."""
    for one, hits in _joined(run, terms, counts):
        name = json.dumps(one["name"], ensure_ascii=False)
        more = "".join(
            f", {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
            for key, value in _more(one).items()
        )
        yield f'{{"row": {one["row"]}, "name": {name}, "hits": {hits}{more}}}\n'


def csv_lines(run: Run, terms: Terms, counts: Counts) -> Iterator[str]:
    """The header, then one line a hit, or one line for a row without hits."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, CSV_COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows_of(run, terms, counts):
        writer.writerows(map(safe_row, csv_rows(row)))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def safe(value: Any) -> Any:
    """A cell with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def safe_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of such cells."""
    return {key: safe(value) for key, value in row.items()}


def csv_rows(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row as lines of a table."""
    head = {
        "row": row["row"], "name": row["name"], "fault": row.get("fault", ""),
        "hidden": row.get("hidden", 0),
        "white_listed_until": row.get("white_listed", {}).get("until", ""),
    }  # fmt: skip
    if not row["hits"]:
        return [{**head, "place": 0}]
    return [
        {**head, "place": place, **hit, "also_on": " | ".join(hit.get("also_on", ()))}
        for place, hit in enumerate(row["hits"], start=1)
    ]


def _more(one: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if one["fault"]:
        found["fault"] = one["fault"]
    if one["hidden"]:
        found["hidden"] = one["hidden"]
    if one["marks"]:
        found["white_listed"] = json.loads(one["marks"])
    return found


def _joined(run: Run, terms: Terms, counts: Counts) -> Iterator[tuple[dict[str, Any], str]]:
    """Each row with the text of its hits."""
    with TemporaryDirectory(prefix=".showing-", dir=run.folder) as scratch:
        kept, joined = Path(scratch) / "shown.parquet", Path(scratch) / "joined.parquet"
        _write_shown(run, terms, kept, counts)
        with open_engine(memory_mb=MEMORY_MB, spill_dir=Path(scratch) / "spill") as engine:
            rows = engine.read_parquet([run.folder / ROWS])
            found = rows.left_join(engine.read_parquet([kept]), "key").drop("key_right")
            engine.write_parquet(found.order_by("row"), joined)
        with pq.ParquetFile(joined) as opened:
            for batch in opened.iter_batches(READ_ROWS):
                for one in batch.to_pylist():
                    _count(one, counts)
                    yield one, one["hits"] or "[]"


def _count(one: Mapping[str, Any], counts: Counts) -> None:
    counts.rows += 1
    counts.empty_names += not one["name"] and not one["fault"]
    counts.faults += bool(one["fault"])
    counts.hits += one["count"] or 0
    counts.rows_with_hits += bool(one["count"])
    counts.hidden += one["hidden"] or 0
    counts.resting += bool(one["marks"])


def _write_shown(run: Run, terms: Terms, path: Path, counts: Counts) -> None:
    """The hits of each distinct name as they are shown, as JSON."""
    with pq.ParquetWriter(path, SHOWN, compression="zstd") as writer:
        rows: list[dict[str, Any]] = []
        for key, found in shown_names(run, terms):
            for hit in found.hits:
                kind = hit.get("judgement")
                if kind:
                    counts.marked[kind] = counts.marked.get(kind, 0) + 1
                counts.stale += "judged_before" in hit
            rows.append(_shown_row(key["key"], found))
            if len(rows) >= READ_ROWS:
                writer.write_table(pa.Table.from_pylist(rows, schema=SHOWN))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, schema=SHOWN))


def _shown_row(key: int, found: Shown) -> dict[str, Any]:
    marks = json.dumps(resting(found.rests), ensure_ascii=False) if found.rests else ""
    return {
        "key": key, "hits": json.dumps(found.hits, ensure_ascii=False), "count": len(found.hits),
        "hidden": found.hidden, "marks": marks,
    }  # fmt: skip


def shown_names(run: Run, terms: Terms) -> Iterator[tuple[dict[str, Any], Shown]]:
    """Each distinct name that has hits, with the hits as they are shown."""
    for row, hits in names_with_hits(run):
        yield row, shown(row["name"], facts_of_row(row), hits, terms)


def names_with_hits(run: Run) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each distinct name that has hits, as in distinct.parquet, with them."""
    names = _rows(run.folder / DISTINCT)
    for key, hits in _by_key(_rows(run.folder / HITS)):
        row = next(row for row in names if row["key"] == key)
        yield row, hits


def _by_key(hits: Iterable[dict[str, Any]]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    waiting: list[dict[str, Any]] = []
    for hit in hits:
        if waiting and hit["key"] != waiting[0]["key"]:
            yield waiting[0]["key"], waiting
            waiting = []
        waiting.append(hit)
    if waiting:
        yield waiting[0]["key"], waiting


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(path) as opened:
        for batch in opened.iter_batches(READ_ROWS):
            yield from batch.to_pylist()


def names_of(folder: Path, keys: set[int]) -> dict[int, dict[str, Any]]:
    """Rows of distinct.parquet by key, for these keys."""
    return {row["key"]: row for row in _rows(folder / DISTINCT) if row["key"] in keys}
