"""Questions worked by hand from the acts, with their answers; see the column `source`."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from entrepot.measures.ask import ask
from entrepot.measures.decide import Answer
from entrepot.measures.inquiry import inquire

FILE = Path(__file__).with_name("worked_questions.csv")
QUESTIONS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


def asked(row: dict[str, str]) -> Answer:
    return ask(
        inquire(
            row["regime"],
            row["destination"],
            row["code"],
            date.fromisoformat(row["on"]),
            party=row["party"],
            origin=row["origin"],
            for_use_in=row["for_use_in"],
            contract=date.fromisoformat(row["contract"]) if row["contract"] else None,
        )
    )


def parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


@pytest.mark.parametrize("row", QUESTIONS, ids=[row["id"] for row in QUESTIONS])
def test_the_law_says_so(row: dict[str, Any]) -> None:
    found = asked(row)
    reasons = [f"{r.row['article']}, {r.row['annex']}" for r in found.because]
    told = "\n".join(found.notes)
    assert found.answer == row["answer"], (row["source"], reasons, told)
    wanted = parts(row["because"])
    assert not wanted or any(all(part in reason for part in wanted) for reason in reasons), reasons
    for part in parts(row["notes"]):
        assert part in told


def test_every_question_has_its_source() -> None:
    assert len({row["id"] for row in QUESTIONS}) == len(QUESTIONS) >= 60
    assert all(row["source"] for row in QUESTIONS)
