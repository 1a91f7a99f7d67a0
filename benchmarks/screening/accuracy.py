"""Shares found and false alarms, from the answers of one system."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from entrepot.parties.match.calibration import wilson
from screening.sets import Asked, Pair
from screening.systems import Answer

Answers = Sequence[tuple[Asked, list[tuple[str, float]]]]
POSITIVE = {"OFAC": "pos_ofac", "EU": "pos_eu"}
NEGATIVE = {"company": "neg_sec", "global": "neg_person_global", "US": "neg_person_us"}
COMPANIES, PERSONS = ("neg_sec",), ("neg_person_global", "neg_person_us")
THRESHOLDS = tuple(round(0.5 + 0.025 * step, 3) for step in range(20))


@dataclass(frozen=True)
class Share:
    """`hits` of `size`, with its 95 % interval after Wilson."""

    hits: int
    size: int

    def __str__(self) -> str:
        if not self.size:
            return "-"
        rate = wilson(self.hits, self.size)
        return f"{rate.share:.4f} [{rate.low:.4f}, {rate.high:.4f}] of {self.size}"


def collect(queries: Iterable[Asked], answer: Answer) -> Answers:
    return [(query, answer(query.name, query.schema)) for query in queries]


def found(answers: Answers, threshold: float, only: Callable[[Asked], bool]) -> Share:
    """Share of the listed names whose own party is among the hits."""
    chosen = [(query, rows) for query, rows in answers if query.truth and only(query)]
    hits = sum(
        any(key == query.truth and score >= threshold for key, score in rows)
        for query, rows in chosen
    )
    return Share(hits, len(chosen))


def alarms(answers: Answers, threshold: float, only: Callable[[Asked], bool]) -> Share:
    """Share of the unlisted names with any hit."""
    chosen = [rows for query, rows in answers if query.truth is None and only(query)]
    return Share(sum(any(score >= threshold for _, score in rows) for rows in chosen), len(chosen))


def summary(answers: Answers, threshold: float) -> dict[str, Share]:
    """The table's cells: found by list, alarms by kind of unlisted name."""
    cells = {
        f"found {title}": found(answers, threshold, _of_kind(kind))
        for title, kind in POSITIVE.items()
    }
    for title, kind in NEGATIVE.items():
        cells[f"alarms {title}"] = alarms(answers, threshold, _of_kind(kind))
    return cells


def _of_kind(*kinds: str) -> Callable[[Asked], bool]:
    return lambda one: one.kind in kinds


def curve(answers: Answers) -> list[dict[str, object]]:
    """Rows of the shipped table: alarms at each threshold, for companies and for persons."""
    rows: list[dict[str, object]] = []
    for threshold in THRESHOLDS:
        for title, kinds in (("company", COMPANIES), ("person", PERSONS)):
            share = alarms(answers, threshold, _of_kind(*kinds))
            row = {"threshold": threshold, "kind": title, "alarms": share.hits, "size": share.size}
            rows.append(row)
    return rows


def by_group(
    pairs: Sequence[Pair], answer: Answer, ids: Mapping[str, str], threshold: float
) -> dict[str, Share]:
    """Share of pairs found, by script and kind of party; `ids`: listed name -> party id."""
    counts: dict[str, list[int]] = {}
    for pair in pairs:
        kind = "persons" if pair.schema == "Person" else "organisations"
        count = counts.setdefault(f"{pair.group}, {kind}", [0, 0])
        rows = answer(pair.asked, pair.schema)
        count[0] += any(key == ids[pair.listed] and score >= threshold for key, score in rows)
        count[1] += 1
    return {group: Share(*count) for group, count in sorted(counts.items())}
