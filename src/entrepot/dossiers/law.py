"""Which measures bind the goods of a lead, in words short enough for a row and exact in a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Law:
    """Measures of one article and annex taken together.

    `valid_from` is the earliest day, `codes` what is listed, `is_partial` whether all of it is
    covered in part only.
    """

    regime: str
    instrument: str
    article: str
    annex: str
    effect: str
    valid_from: date | None
    codes: tuple[str, ...]
    is_partial: bool
    certainty: str
    citation: str

    @property
    def short(self) -> str:
        """Article and annex without the act: `Art. 3k, Annex XXIII`."""
        parts = [part for part in (self.article, self.annex) if part]
        return ", ".join(parts) or self.instrument or self.regime or "measure"

    @property
    def full(self) -> str:
        """Act, article and annex."""
        return " ".join(part for part in (self.instrument, self.short) if part)


def index(measures: pa.Table) -> dict[str, Row]:
    """Measures by id."""
    return {row["measure_id"]: row for row in measures.to_pylist()}


def laws(rows: Iterable[Row]) -> tuple[Law, ...]:
    """Group measures by act, article, annex, effect and regime, the earliest first."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(_text(row, name) for name in ("regime", "instrument", "article", "annex"))
        groups.setdefault((*key, _text(row, "effect")), []).append(row)
    made = [_law(key, found) for key, found in groups.items()]
    return tuple(sorted(made, key=lambda law: (law.valid_from or date.max, law.full)))


def _law(key: tuple[str, ...], rows: list[Row]) -> Law:
    regime, instrument, article, annex, effect = key
    first = min(rows, key=lambda row: (row.get("valid_from") or date.max, str(row["measure_id"])))
    return Law(
        regime=regime,
        instrument=instrument,
        article=_worded(article, "Art. "),
        annex=_worded(annex, "Annex "),
        effect=effect.replace("_", " "),
        valid_from=first.get("valid_from"),
        codes=tuple(sorted({_text(row, "commodity_code") for row in rows})),
        is_partial=all(bool(row.get("is_partial")) for row in rows),
        certainty=_text(first, "certainty").replace("_", " "),
        citation=_text(first, "citation"),
    )


def _text(row: Row, name: str) -> str:
    return str(row.get(name) or "")


def _worded(text: str, word: str) -> str:
    """Put the word before what is a number of an article or annex, and before nothing else."""
    is_number = text[:1].isdigit() or text[:1] in "IVXL"
    return word + text if text and is_number else text
