"""Judgements as nomenklatura's resolver writes them, there and back."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from entrepot.parties.judgements import JudgementStore
from entrepot.parties.resolver import entities, from_lines, name_id, names_in, to_lines

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> JudgementStore:
    made = JudgementStore(tmp_path, lambda: NOW)
    made.judge("same", "Zorblat", "NK-abc", by="kk")
    made.judge("unsure", "Gralloch", "lst-2", by="mm", facts={"schema": "Company", "country": "kz"})
    gone = made.judge("different", "Zorblat", "lst-9", by="kk")
    made.undo(gone.entry_id, by="kk")
    return made


def test_lines_hold_what_stands_with_the_greater_id_first(store: JudgementStore) -> None:
    rows = [json.loads(line) for line in to_lines(store.log())]
    zorblat, gralloch = (
        name_id("Zorblat", ()),
        name_id("Gralloch", (("country", "kz"), ("schema", "Company"))),
    )
    moment = "2026-01-31T12:00:00"
    assert rows == [
        ["NK-abc", zorblat, "positive", None, "kk", moment],
        [gralloch, "lst-2", "unsure", None, "mm", moment],
    ]


def test_there_and_back_says_the_same(store: JudgementStore) -> None:
    known = names_in(entities(store.log()), [])
    good, bad = from_lines(to_lines(store.log()), known, by="", now=NOW)
    assert not bad
    assert [(one.kind, one.name, one.facts, one.party_id, one.by, one.at) for one in good] == [
        ("same", "Zorblat", (), "NK-abc", "kk", NOW),
        ("unsure", "Gralloch", (("country", "kz"), ("schema", "Company")), "lst-2", "mm", NOW),
    ]


def test_lines_that_say_nothing_to_us_are_told() -> None:
    known = names_in(['{"id": "mine", "properties": {"name": ["Zorblat"]}}', "no json"], [])
    lines = [
        "no json", '["a", "b"]', '["lst-1", "other", "positive", null, "kk", null]',
        '["lst-1", "mine", "positive", null, null, null]',
        '["lst-1", "mine", "positive", null, "kk", "soon"]',
        '["lst-1", "mine", "negative", null, "kk", null]', "",
    ]  # fmt: skip
    good, bad = from_lines(lines, known, by="", now=NOW)
    assert [(one.kind, one.name, one.party_id) for one in good] == [
        ("different", "Zorblat", "lst-1")
    ]
    assert [one.line for one in bad] == [1, 2, 3, 4, 5]
    assert "expected the id of one screened name" in bad[2].reason


def test_nomenklatura_reads_the_lines(store: JudgementStore) -> None:
    edges = pytest.importorskip("nomenklatura.resolver.edge", reason="needs the extra `parties`")
    for line in to_lines(store.log()):
        assert edges.Edge.from_line(line).to_line() == line
