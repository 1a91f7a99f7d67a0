"""The scorer of the gold reports: pure, and it knows nothing of how claims are read.

Figures: **recall**, gold claims of the six testable types and `other` that a proposal of the same
type fits (see `gold_fit`), one to one; **span precision**, proposals that fit a gold claim of any
type, one to one; then, on pairs, each part (see `gold_parts`). Rows marked `optional` may be
proposed or not: they count for precision, never for recall and parts. Intervals are Wilson's, 90 %.
"""

import csv
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import gold_fit
import gold_parts
from gold_fit import Span
from gold_parts import PARTS, Row

FOLDER = Path(__file__).resolve().parent / "reports"
NORMAL_90 = 1.6448536269514722
"""Two-sided 90 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One report with its gold rows, each with the `span` of its text."""

    name: str
    kind: str
    language: str
    publisher: str
    half: str
    text: str
    reported_on: date | None
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Score:
    """Counts that add up over reports: measure -> [hits, of how many]; misses and extras beside."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[tuple[str, Row]] = field(default_factory=list)
    extra: list[tuple[str, Row]] = field(default_factory=list)
    wrong: list[tuple[str, str, Row, Row]] = field(default_factory=list)

    def add(self, measure: str, hit: bool) -> None:
        self.counts[measure, "of"] += 1
        self.counts[measure, "hits"] += int(hit)

    def hits(self, measure: str) -> int:
        return self.counts[measure, "hits"]

    def of(self, measure: str) -> int:
        return self.counts[measure, "of"]

    def share(self, measure: str) -> float | None:
        """Null where nothing was asked."""
        return self.hits(measure) / self.of(measure) if self.of(measure) else None

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.counts + other.counts,
            self.missed + other.missed,
            self.extra + other.extra,
            self.wrong + other.wrong,
        )


def wilson(hits: int, of: int, z: float = NORMAL_90) -> tuple[float, float]:
    """Wilson's interval of a share; (0, 1) where nothing was asked."""
    if not of:
        return 0.0, 1.0
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def read_reports(folder: Path = FOLDER) -> list[GoldReport]:
    """All reports of the index, in its order."""
    with (folder / "index.tsv").open(encoding="utf-8", newline="") as lines:
        return [read_report(folder, entry) for entry in csv.DictReader(lines, delimiter="\t")]


def read_report(folder: Path, entry: Mapping[str, str]) -> GoldReport:
    name = entry["name"]
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    lines = (folder / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    on = entry["reported_on"]
    return GoldReport(
        name,
        entry["kind"],
        entry["language"],
        entry["publisher"],
        entry["set"],
        text,
        date.fromisoformat(on) if on else None,
        tuple(placed(text, json.loads(line)) for line in lines if line.strip()),
    )


def placed(text: str, row: Mapping[str, Any]) -> Row:
    """The row with the `span` of its words; `nth` (from 1) where they occur more than once."""
    words, start = row["text"], -1
    for _ in range(row.get("nth", 1)):
        start = text.find(words, start + 1)
        if start < 0:
            raise ValueError(f"gold words are not in the report: {words!r}")
    return {**row, "span": (start, start + len(words))}


def score(name: str, text: str, rows: Sequence[Row], proposals: Sequence[Row]) -> Score:
    """Score of the proposals (rows as `Claim.row` makes them) for one report."""
    table = Fit(text, rows, proposals)
    found = Score()
    asked = [index for index, row in enumerate(rows) if not row.get("optional")]
    same = table.pairs(asked, same_type=True)
    for index in asked:
        hit = index in same
        found.add("recall", hit)
        found.add(f"recall of {rows[index]['type'].split('|')[0]}", hit)
        if not hit:
            found.missed.append((name, rows[index]))
    any_type = table.pairs(range(len(rows)), same_type=False)
    for index in asked:
        found.add("recall, any type", index in any_type)
    fitting = set(any_type.values())
    for number, proposal in enumerate(proposals):
        found.add("span precision", number in fitting)
        if number not in fitting:
            found.extra.append((name, proposal))
    for index, number in any_type.items():
        if not rows[index].get("optional"):
            found.add("type", gold_parts.right("type", rows[index], proposals[number]))
    for index, number in same.items():
        compare(found, name, rows[index], proposals[number])
    return found


def compare(found: Score, name: str, gold: Row, proposal: Row) -> None:
    """Add the parts of one pair of the same type."""
    for part in PARTS:
        if part == "type" or not gold_parts.judged(part, gold):
            continue
        hit = gold_parts.right(part, gold, proposal)
        found.add(part, hit)
        if gold_parts.said(part, gold):
            found.add(f"{part}, where said", hit)
        if not hit:
            found.wrong.append((part, name, gold, proposal))


class Fit:
    """Which proposals fit which gold rows of one report."""

    def __init__(self, text: str, rows: Sequence[Row], proposals: Sequence[Row]) -> None:
        bounds = gold_fit.sentence_bounds(text)
        spans: list[Span] = [row["span"] for row in rows]
        self.rows, self.proposals, self.spans = rows, proposals, spans
        asked = [span for row, span in zip(rows, spans, strict=True) if not row.get("optional")]
        self.rooms = [gold_fit.room(bounds, span, asked) for span in spans]

    def pairs(self, asked: Iterable[int], *, same_type: bool) -> dict[int, int]:
        """Gold index -> proposal index."""
        order = list(asked)
        found = gold_fit.pair(
            len(order),
            len(self.proposals),
            lambda row, column: self.worth(order[row], column, same_type=same_type),
        )
        return {order[row]: column for row, column in found}

    def worth(self, index: int, number: int, *, same_type: bool) -> float | None:
        """None where the two do not fit, else how well, 0 to 4: type, overlap, parts, in turn."""
        row, proposal = self.rows[index], self.proposals[number]
        span = (int(proposal["span"][0]), int(proposal["span"][1]))
        if not gold_fit.fits(span, self.spans[index], self.rooms[index]):
            return None
        alike = gold_parts.right("type", row, proposal)
        if same_type and not alike:
            return None
        agreed = [gold_parts.right(part, row, proposal) for part in PARTS
                  if gold_parts.judged(part, row)]  # fmt: skip
        return 2 * alike + gold_fit.union_share(span, self.spans[index]) + sum(agreed) / len(agreed)
