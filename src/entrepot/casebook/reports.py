"""Reports in the casebook: a text is kept once, and each place where it appeared."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from entrepot.casebook.content import as_json
from entrepot.casebook.tables import appearances, reports, trail
from entrepot.casebook.trail import Pen
from entrepot.errors import RequestError
from entrepot.evidence.report import Report
from entrepot.records.ids import content_id


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it was kept.

    Attributes:
        appearance_id: `app_` and a hash of text, publisher, title, day, file and name.
        report: with its text. The same text of another publisher is another one with the same
            `report_id`.
        by: who kept it.
        at: when, UTC, in ISO form.
    """

    appearance_id: str
    report: Report
    by: str
    at: str


def add(pen: Pen, report: Report) -> bool:
    """Keep a report; False: text and appearance are there already.

    Raises:
        RequestError: it has no text.
    """
    if not report.text.strip():
        raise RequestError("got a report without text, expected something to read")
    report_id = report.report_id
    row = {
        "report_id": report_id, "name": report.name, "publisher": report.publisher,
        "title": report.title, "file_id": report.file_id, "notes": as_json(list(report.notes)),
        "reported_on": report.reported_on.isoformat() if report.reported_on else None,
    }  # fmt: skip
    named = (row[key] or "" for key in ("publisher", "title", "reported_on", "file_id", "name"))
    row["appearance_id"] = content_id("app", report_id, *named)
    if not _has(pen.connection, report_id):
        text = {"report_id": report_id, "text": report.text}
        pen.add(reports, text, action="add", object_id=report_id)
    found = select(appearances.c.seq).where(appearances.c.appearance_id == row["appearance_id"])
    if pen.connection.execute(found).first() is not None:
        return False
    pen.add(appearances, row, action="add", object_id=report_id)
    return True


def listed(connection: Connection, report_id: str | None = None) -> tuple[Kept, ...]:
    """All appearances in the order in which they were kept, or those of one text."""
    asked = (
        select(appearances, reports.c.text, trail.c.said_by, trail.c.at)
        .join(reports, reports.c.report_id == appearances.c.report_id)
        .join(trail, trail.c.seq == appearances.c.seq)
        .order_by(appearances.c.seq)
    )
    if report_id is not None:
        asked = asked.where(appearances.c.report_id == report_id)
    return tuple(_kept(row) for row in connection.execute(asked))


def one(connection: Connection, report_id: str) -> Report:
    """A report as it was first kept.

    Raises:
        RequestError: there is none with that id.
    """
    found = listed(connection, report_id)
    if not found:
        raise unknown([report_id])
    return found[0].report


def check_known(connection: Connection, report_ids: Sequence[str]) -> None:
    """Say so if a report is not in the casebook.

    Raises:
        RequestError: one is not.
    """
    missing = [one for one in dict.fromkeys(report_ids) if not _has(connection, one)]
    if missing:
        raise unknown(missing)


def unknown(report_ids: Sequence[str]) -> RequestError:
    """The error for reports that are not there."""
    return RequestError(
        f"got report {', '.join(report_ids)}, which is not in the casebook",
        hint="Keep the report first.",
    )


def _has(connection: Connection, report_id: str) -> bool:
    asked = select(reports.c.seq).where(reports.c.report_id == report_id)
    return connection.execute(asked).first() is not None


def _kept(row: Row[Any]) -> Kept:
    report = Report(
        text=row.text, name=row.name, publisher=row.publisher, title=row.title,
        reported_on=date.fromisoformat(row.reported_on) if row.reported_on else None,
        file_id=row.file_id, notes=tuple(json.loads(row.notes)),
    )  # fmt: skip
    return Kept(row.appearance_id, report, row.said_by, row.at)
