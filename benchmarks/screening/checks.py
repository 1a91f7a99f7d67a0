"""The name and entity checks of nomenklatura: precision, recall and F1 at a threshold."""

import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from entrepot.parties.match.matcher import Matcher, Query
from entrepot.parties.party import Party

Judge = Callable[[str, dict[str, Any], str, dict[str, Any]], float]


def ours(algorithm: str) -> Judge:
    """Our score of one pair: a list of one party."""

    def judge(schema: str, one: dict[str, Any], listed_schema: str, other: dict[str, Any]) -> float:
        party = Party("one", listed_schema, _many(other), ())
        hits = Matcher.build([party], algorithm=algorithm).match(
            Query(schema, _many(one)), threshold=0
        )
        return hits[0].score if hits else 0.0

    return judge


def _many(values: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(map(str, value)) if isinstance(value, list) else (str(value),)
        for name, value in values.items()
    }


def names(folder: Path, judge: Judge, threshold: float) -> dict[str, float]:
    with (folder / "dev_name_bench_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    verdicts = [
        (
            judge(row["schema"], {"name": row["name1"]}, row["schema"], {"name": row["name2"]})
            >= threshold,
            row["is_match"] == "true",
        )
        for row in rows
    ]
    return f1(verdicts)


def entities(folder: Path, judge: Judge, threshold: float) -> dict[str, float]:
    verdicts = []
    for check in _checks((folder / "dev_entity_checks.yml").read_text(encoding="utf-8")):
        schema = str(check["schema"])
        score = judge(
            str(check.get("query_schema", schema)), check["query"],
            str(check.get("candidate_schema", schema)), check["candidate"],
        )  # fmt: skip
        verdicts.append((score >= threshold, check["match"]))
    return f1(verdicts)


def _checks(text: str) -> list[dict[str, Any]]:
    import yaml  # type: ignore[import-untyped]

    found: list[dict[str, Any]] = yaml.safe_load(re.sub(r"\t", " ", text))["checks"]
    return found


def f1(verdicts: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    right = sum(said and true for said, true in verdicts)
    said, true = sum(one for one, _ in verdicts), sum(one for _, one in verdicts)
    precision, recall = right / max(said, 1), right / max(true, 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(both, 3)}
