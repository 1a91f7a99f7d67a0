"""Tables of items, and decisions of a casebook."""

import json
from datetime import date
from types import SimpleNamespace

import pytest

from entrepot.errors import DocumentError
from entrepot.evidence.independence.linked import corrections_of
from entrepot.evidence.independence.tables import read_table


def test_csv_and_json_lines_give_the_same(tmp_path):
    (tmp_path / "a.csv").write_text(
        'item_id,publisher,published_on,text,url,cites\na,Paper,2022-08-26,"One, two",u,b|c\n'
        ",,,Three,,\n", encoding="utf-8-sig",
    )  # fmt: skip
    rows = [{"item_id": "a", "publisher": "Paper", "published_on": "2022-08-26", "text": "One, two",
             "url": "u", "cites": ["b", "c"]}, {"text": "Three"}]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n\n".join(map(json.dumps, rows)))
    csv, lines = read_table(tmp_path / "a.csv"), read_table(tmp_path / "a.jsonl")
    assert csv[0] == lines[0]
    assert csv[0].published_on == date(2022, 8, 26)
    assert csv[0].cites == ("b", "c")
    assert csv[1].item_id == "a.csv row 3"
    assert csv[1].published_on is None


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"id,words\n1,x\n", "expected text"),
        ("a.csv", b"", "expected text"),
        ("a.csv", b"text,published_on\nx,yesterday\n", "row 2: got the day 'yesterday'"),
        ("a.csv", b"text\n \n", "has no text"),
        ("a.csv", b"text\n\xff\n", "not UTF-8"),
        ("a.jsonl", b"{", "line 1 is no JSON"),
        ("a.jsonl", b"[1]", "no JSON object"),
        ("a.jsonl", b'{"text": 5}', "has no text"),
        ("a.jsonl", b"[" * 100_000, "line 1 is no JSON"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=says):
        read_table(tmp_path / name)


def test_decisions_become_corrections():
    def link(a, b, relation, state="stands"):
        return SimpleNamespace(report_a=a, report_b=b, relation=relation, because="why", by="kk",
                               at="2022-09-01T10:00:00+00:00", state=state)  # fmt: skip

    links = [link("r1", "r2", "translates"), link("r1", "r3", "independent"),
             link("r1", "r2", "copies", "withdrawn"), link("r2", "r3", "cites", "disputed"),
             link("r1", "r9", "copies")]  # fmt: skip
    made, passed = corrections_of(links, {"r1": "a", "r2": "b", "r3": "c"})
    assert [(one.action, one.derived, one.origin) for one in made] == [
        ("from", "a", "b"), ("not", "a", "c"),
    ]  # fmt: skip
    assert made[0].words == "decided by kk on 2022-09-01: why"
    assert len(passed) == 1
