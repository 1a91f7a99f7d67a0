"""Whose figures a lead is from.

A lead id names hub, goods, target, window, level and coalition, not the figures: two files of one
time give the same id with other numbers. So a lead is never told without its figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from entrepot.cli.figures import SHORT_ID
from entrepot.signals.detect import Findings
from entrepot.sources import pocket
from entrepot.sources.store import imports
from entrepot.sources.summary import ImportSummary
from entrepot.workspace import Figures, Workspace

SHOWN_FILES: Final = 4
"""Files that are named in a sentence; the data formats hold all."""


@dataclass(frozen=True)
class Source:
    """The figures of a lead.

    `files` hold `file_id`, `name`, `publisher`, `published_on`, `period_from` and `period_to`, null
    where not known. `period_from` and `period_to` are the first and last period that were used.
    `as_of`: the day asked for; null: none. `is_approximate`: later figures, cut to what was due by
    that day; null with `as_of`.
    """

    files: tuple[Mapping[str, Any], ...]
    is_shipped: bool
    period_from: str
    period_to: str
    as_of: str | None
    is_approximate: bool | None

    def sentence(self) -> str:
        """Files and edition, periods used, and the day asked for."""
        told = "; ".join(_told(one, self.is_shipped) for one in self.files[:SHOWN_FILES])
        rest = len(self.files) - SHOWN_FILES
        more = f"; and {rest} more (--format json)" if rest > 0 else ""
        said = f"Figures: {told}{more}. Periods used: {self.period_from} to {self.period_to}"
        if self.as_of is None:
            return f"{said}."
        sure = ", approximate, as later revisions are in them" if self.is_approximate else ""
        return f"{said}, as of {self.as_of}{sure}."

    def as_data(self) -> dict[str, Any]:
        """The same as data."""
        data = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**data, "files": [dict(one) for one in self.files]}


def source_of(workspace: Workspace, figures: Figures, found: Findings) -> Source:
    """The figures of a run.

    Args:
        workspace: where they lie.
        figures: what the run read.
        found: what it found.
    """
    vintage, periods = figures.vintage, found.panel.periods
    known = {one.file_id: one for one in imports(workspace.root)}
    return Source(
        (_shipped(),) if figures.about else tuple(_file(i, known.get(i)) for i in figures.inputs),
        figures.about is not None,
        periods[0],
        periods[-1],
        None if vintage is None else str(vintage.as_of),
        None if vintage is None else vintage.is_approximate,
    )


def _shipped() -> dict[str, Any]:
    about = pocket.about()
    return {
        "file_id": about.sha256,
        "name": about.title,
        "publisher": about.source,
        "published_on": str(pocket.PUBLISHED_ON),
        "period_from": about.period_from,
        "period_to": about.period_to,
    }


def _file(file_id: str, one: ImportSummary | None) -> dict[str, Any]:
    """One imported file; all but its id are null where it was forgotten."""
    names = ("name", "publisher", "published_on", "period_from", "period_to")
    return {"file_id": file_id, **{name: getattr(one, name, None) for name in names}}


def _told(one: Mapping[str, Any], is_shipped: bool) -> str:
    where = "ships with Entrepot" if is_shipped else f"file {one['file_id'][:SHORT_ID]}"
    parts = [where, one["publisher"], one["published_on"] and f"published {one['published_on']}"]
    return ", ".join(part for part in (one["name"], *parts) if part)
