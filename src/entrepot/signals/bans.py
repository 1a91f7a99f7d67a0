"""What binds each published code on its way to a destination, and from when."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from entrepot.codes.commodity import parent
from entrepot.codes.period import end, start
from entrepot.measures.scope import codes_restricted
from entrepot.signals.baskets import Restriction, Span
from entrepot.signals.question import Question


def last_day(spans: Mapping[str, Span], question: Question) -> date:
    """The last day of the figures, or the day asked for where that is earlier."""
    last = max(end(span[1]) for span in spans.values()) - timedelta(days=1)
    return min(last, question.as_of) if question.as_of else last


def restrictions(
    measures: pa.Table,
    spans: Mapping[str, Span],
    question: Question,
    destination: str,
    day: date,
) -> dict[str, Restriction]:
    """What binds each published code and each code of the level asked for.

    Args:
        measures: rows of `MEASURE`.
        spans: the published codes.
        question: level and since; measures that had ended before the first period that counts do
            not count.
        destination: ISO alpha-3, the target or a hub.
        day: measures that began by it count.
    """
    digits = [code for code in spans if code.isdigit()]
    asked = set(digits) | {parent(c, question.level) for c in digits if len(c) >= question.level}
    rows = codes_restricted(
        measures, sorted(asked), destination=destination, regimes=None, as_of=day
    ).to_pylist()
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["valid_to"] is None or row["valid_to"] > start(question.since):
            grouped.setdefault(row["commodity_code"], []).append(row)
    return {code: _restriction(found) for code, found in grouped.items()}


def _restriction(rows: Sequence[Mapping[str, Any]]) -> Restriction:
    """What binds a code, from the day direct sale ended.

    A licence duty that came before a ban did not end the trade (oil equipment to Russia needed one
    since 2014), so the ban counts where there is one.
    """
    bans = [row for row in rows if row["effect"] == "export_ban"]
    rows = bans or rows
    full = [row["valid_from"] for row in rows if row["coverage"] == "full"]
    ends = [row["valid_to"] for row in rows]
    return Restriction(
        valid_from=min(row["valid_from"] for row in rows),
        full_from=min(full, default=None),
        measure_ids=tuple(sorted({row["measure_id"] for row in rows})),
        valid_to=None if None in ends else max(ends),
    )
