"""Worked sentences: what a careful reader takes from each, in `sentences.tsv`.

A line that begins with "+" is one more claim of the sentence before it; type "none": no claim.
Empty is null. The report's own day is 15 June 2025.
"""

import csv
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from entrepot.evidence.reading.read import read_claims
from entrepot.evidence.report import Report

TABLE = Path(__file__).with_name("sentences.tsv")
DAY = date(2025, 6, 15)


def _cases():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    number = 0
    numbered = []
    for row in rows:
        number += row["sentence"] != "+"
        numbered.append((number, row))
    return [[row for _, row in group] for _, group in groupby(numbered, key=lambda one: one[0])]


CASES = _cases()


def _cell(value):
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


@pytest.mark.parametrize("rows", CASES, ids=lambda rows: rows[0]["sentence"][:50])
def test_a_sentence_is_read_as_worked_by_hand(rows):
    claims = read_claims(Report(rows[0]["sentence"], reported_on=DAY))
    wanted = [
        {key: said for key, said in row.items() if key != "sentence"}
        for row in rows
        if row["type"] != "none"
    ]
    got = [{key: _cell(getattr(claim, key)) for key in wanted[0]} for claim in claims] if wanted \
        else claims  # fmt: skip
    assert got == wanted


def test_the_table_is_large_and_speaks_three_languages():
    sentences = [rows[0]["sentence"] for rows in CASES]
    assert sum(len(rows) for rows in CASES) >= 150
    assert sum("і" in one for one in sentences) >= 10
    assert sum("ы" in one or "о" in one for one in sentences) >= 10
