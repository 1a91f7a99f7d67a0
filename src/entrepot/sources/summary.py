"""What an import did, as stored beside the figures and shown to people."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from entrepot.engine import Engine
from entrepot.errors import WorkspaceError
from entrepot.records.trade import TOTAL_CODE
from entrepot.sources.meanings import CONFIDENTIAL
from entrepot.sources.publishers import publisher_of

NAMED: Final = (("reporters", "reporter"), ("partners", "partner"), ("flows", "flow"))
"""Fields of a summary that list what a column holds."""


@dataclass(frozen=True)
class RefusedReason:
    """All rows refused for one reason: how many, and the first of them."""

    reason: str
    count: int
    locator: str
    got: str
    expected: str


@dataclass(frozen=True)
class ImportSummary:
    """One imported file.

    Attributes:
        file_id: sha256 of the bytes.
        name: file name as given.
        format, title: the layout that was found.
        rows_read: rows and cells in the file; equal to kept + rows refused + not_available.
        kept: rows stored as trade flows.
        refused: reasons with count and first example, most frequent first.
        not_available: cells for which the publisher prints that it has no figure.
        totals: kept rows for all goods together (code TOTAL), never added to their parts.
        confidential_by_chapter: rows refused because their code is secret or residual.
        rounded: rows without fault whose value had more than two decimals.
        period_from, period_to: first and last period; null when nothing was kept.
        reporters, partners: alpha-3 codes.
        reader_version: changes when the same bytes may give other rows.
        options: what the user said about the file.
        retrieved_at, origin, licence: as in the archive.
        notice: one sentence when the name says something else than the content.
        seconds: how long the import took.
        flows: X, M, RX, RM that are in it; empty in summaries of before this was noted: any.
        publisher: who published the figures; null: not known, neither said nor clear from the
            layout.
        published_on: day on which these figures were out in this form (ISO 8601); null: not known.
        published_said: who says so, "the user" or "the file"; null with `published_on`.
        is_new: false when the file was there already and nothing changed.
    """

    file_id: str
    name: str
    format: str
    title: str
    rows_read: int
    kept: int
    refused: tuple[RefusedReason, ...]
    not_available: int
    totals: int
    confidential_by_chapter: dict[str, int]
    rounded: int
    period_from: str | None
    period_to: str | None
    reporters: tuple[str, ...]
    partners: tuple[str, ...]
    reader_version: int
    options: dict[str, str]
    retrieved_at: str
    origin: str
    licence: str | None
    notice: str | None
    seconds: float
    flows: tuple[str, ...] = ()
    publisher: str | None = None
    published_on: str | None = None
    published_said: str | None = None
    is_new: bool = field(default=True, compare=False)

    @property
    def rows_refused(self) -> int:
        """Rows refused for any reason."""
        return sum(reason.count for reason in self.refused)

    def to_json(self) -> str:
        """The stored form; `is_new` is not stored."""
        stored = {key: value for key, value in asdict(self).items() if key != "is_new"}
        return json.dumps(stored, indent=2, ensure_ascii=False) + "\n"


def read_summary(path: Path) -> ImportSummary:
    """The summary in a stored file, with `is_new` false.

    Raises:
        WorkspaceError: the file is not a summary of an import.
    """
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        stored["refused"] = tuple(RefusedReason(**reason) for reason in stored["refused"])
        stored["reporters"] = tuple(stored["reporters"])
        stored["partners"] = tuple(stored["partners"])
        stored["flows"] = tuple(stored.get("flows", ()))
        stored.setdefault("publisher", publisher_of(stored["format"]))
        return ImportSummary(**stored, is_new=False)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WorkspaceError(
            f"{path} is not a summary of an import", hint="Delete it and import the file again."
        ) from error


def describe_flows(engine: Engine, flows: Path) -> dict[str, Any]:
    """Totals, periods and the lists of `NAMED` of a file of kept rows, as in ImportSummary."""
    table = engine.read_parquet([flows])
    whole: dict[str, Any] = engine.fetch(
        table.aggregate(
            totals=(table.commodity_code == TOTAL_CODE).sum(),
            period_from=table.period.min(),
            period_to=table.period.max(),
        )
    ).to_pylist()[0]
    whole["totals"] = int(whole["totals"] or 0)
    for name, column in NAMED:
        found = engine.fetch(table.select(column).distinct())[column].to_pylist()
        whole[name] = tuple(sorted(found))
    return whole


def describe_refused(engine: Engine, refused: Path) -> dict[str, Any]:
    """Reasons with count and first example, and confidential rows by chapter."""
    table = engine.read_parquet([refused])
    if engine.fetch(table.limit(1)).num_rows == 0:
        return {"refused": (), "confidential_by_chapter": {}}
    counted = engine.fetch(table.group_by("reason").aggregate(count=table.count())).to_pylist()
    counted.sort(key=lambda row: (-row["count"], row["reason"]))
    reasons = []
    for row in counted:
        first = engine.fetch(table.filter(table.reason == row["reason"]).limit(1)).to_pylist()[0]
        reasons.append(
            RefusedReason(
                row["reason"], row["count"], first["locator"], first["got"], first["expected"]
            )
        )
    secret = table.filter(table.reason == CONFIDENTIAL)
    secret = secret.mutate(chapter=secret.got.substr(0, 2))
    chapters = engine.fetch(secret.group_by("chapter").aggregate(n=secret.count())).to_pylist()
    return {
        "refused": tuple(reasons),
        "confidential_by_chapter": dict(sorted((row["chapter"], row["n"]) for row in chapters)),
    }
