"""One checkable sentence of a report, with its parts and where each was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from entrepot.records.ids import content_id

Span = tuple[int, int]
"""Characters [start, end) of a report's text."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as `records.evidence.CLAIM` says, one attribute a column; the id is made from it."""

    text: str
    span: Span
    type: str
    kind: str
    predicate: str
    report_id: str
    is_negated: bool = False
    actors: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    goods_codes: tuple[str, ...] = ()
    origin: str | None = None
    destination: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    quantity: float | None = None
    quantity_to: float | None = None
    bound: str | None = None
    unit: str | None = None
    attributed_to: str | None = None
    hedge: str | None = None
    parts: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    language: str = "en"
    reported_on: date | None = None

    @property
    def claim_id(self) -> str:
        """`clm_` and a hash of report, span, type and predicate."""
        start, end = self.span
        return content_id("clm", self.report_id, f"{start}-{end}", self.type, self.predicate)

    def row(self) -> dict[str, Any]:
        """The claim as a row of `CLAIM`, ready for JSON: days as ISO text, tuples as lists."""
        found = {name: getattr(self, name) for name in _FIELDS}
        for name in ("actors", "counterparts", "goods", "goods_codes", "span"):
            found[name] = list(found[name])
        for name in ("date_from", "date_to", "reported_on"):
            found[name] = found[name].isoformat() if found[name] else None
        found["parts"] = {name: [list(span) for span in spans] for name, spans in
                          sorted(self.parts.items())}  # fmt: skip
        return found


_FIELDS = (
    "claim_id", "text", "span", "type", "kind", "predicate", "is_negated", "actors",
    "counterparts", "goods", "goods_codes", "origin", "destination", "date_from", "date_to",
    "quantity", "quantity_to", "bound", "unit", "attributed_to", "hedge", "parts", "language",
    "report_id", "reported_on",
)  # fmt: skip


def claim_of(row: Mapping[str, Any]) -> Claim:
    """The claim in a row of `CLAIM`, as `Claim.row` made it."""
    kept = {name: row[name] for name in _FIELDS if name not in ("claim_id", "parts")}
    for name in ("actors", "counterparts", "goods", "goods_codes", "span"):
        kept[name] = tuple(kept[name])
    for name in ("date_from", "date_to", "reported_on"):
        kept[name] = date.fromisoformat(kept[name]) if kept[name] else None
    parts = {name: tuple((start, end) for start, end in spans)
             for name, spans in row["parts"].items()}  # fmt: skip
    return Claim(**kept, parts=parts)
