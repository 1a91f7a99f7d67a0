"""What binds each published code on its way to the target, for the three-leg screen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from entrepot.codes.period import start
from entrepot.measures.scope import codes_restricted
from entrepot.signals.baskets import Restriction, Span
from entrepot.signals.question import Question


def restricted(
    measures: pa.Table, spans: Mapping[str, Span], question: Question, last_day: date
) -> dict[str, Restriction]:
    """Restrictions of every published code and of its parent at the level asked for.

    Measures that began by `last_day` count, unless they had ended before the first period that
    counts. Where a ban binds a code, licence duties that came before it do not set its first day.

    Args:
        measures: rows of `MEASURE`.
        spans: the published codes.
        question: target, level and since.
        last_day: of the figures, or the day asked for where that is earlier.
    """
    asked = set(spans) | {code[: question.level] for code in spans}
    rows = codes_restricted(
        measures, sorted(asked), destination=question.target, as_of=last_day
    ).to_pylist()
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["valid_to"] is None or row["valid_to"] > start(question.since):
            grouped.setdefault(row["commodity_code"], []).append(row)
    return {code: _restriction(found) for code, found in grouped.items()}


def _restriction(rows: Sequence[Mapping[str, Any]]) -> Restriction:
    rows = [row for row in rows if row["effect"] == "export_ban"] or rows
    full = [row["valid_from"] for row in rows if row["coverage"] == "full"]
    ends = [row["valid_to"] for row in rows]
    return Restriction(
        valid_from=min(row["valid_from"] for row in rows),
        full_from=min(full, default=None),
        measure_ids=tuple(sorted({row["measure_id"] for row in rows})),
        valid_to=None if None in ends else max(ends),
    )
