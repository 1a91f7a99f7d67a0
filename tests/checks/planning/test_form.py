"""The form to fill in, and the rows that it is made from."""

import json
from pathlib import Path

import pytest
from tests.checks.planning.world import plan, sentinels

from entrepot.checks.planning.form import read_checks, result_form
from entrepot.checks.planning.plan import Plan
from entrepot.errors import SourceError
from entrepot.records.checks import CHECK


def test_one_block_a_check_and_one_for_all_chances_of_a_satellite() -> None:
    text = result_form(plan())
    turned = {(one.norad_id, one.satellite) for one in plan().passes if one.mode == "agile"}
    assert text.count("\n## ") == 6 + len(turned) + 1
    first = sentinels()[0].row()
    assert f"entrepot result CLAIM_ID --check {first['check_id']} --saw" in text
    assert "2022-08-26T09:25:40Z" in text
    assert "no time of its own" in text
    assert "[ ] could not see" in text


def test_each_visit_has_a_block_and_missions_share_the_first() -> None:
    bare = dict.fromkeys(CHECK)
    rows = [
        {**bare, "check_id": f"chk_{number:012}", "kind": kind, "site": "S", "what": "look"}
        for number, kind in enumerate(("visit", "visit", "mission"), start=1)
    ]
    text = result_form(rows)
    assert text.count("\n## ") == 2
    assert text.count("any of the 1 missions") == 1
    assert "chk_000000000001" in text
    assert "chk_000000000002" in text


def test_a_plan_without_checks_says_so() -> None:
    assert "no check to fill in" in result_form(Plan(plan().site, plan().window))


def test_rows_come_back_from_json_lines(tmp_path: Path) -> None:
    rows = [one.row() for one in plan().checks()]
    path = tmp_path / "checks.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "\n", "utf-8")
    assert read_checks(path) == rows
    assert result_form(rows) == result_form(plan())


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"{}\n", "c.jsonl, line 1: got no row of a check"), (b"\n[1]\n", "line 2: got no row"),
     (b"<html>\n", "line 1: got a line that is no JSON"), (b"\xff\n", "no UTF-8 text"),
     (b'{"check_id": "chk_1", "kind": "x", "site": "a", "what": "b"}', "got kind 'x'"),
     (b'{"check_id": "chk_1", "kind": "pass", "site": "a", "what": "b"}', "got check_id 'chk_1'")],
)  # fmt: skip
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        read_checks(path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_checks(tmp_path / "absent")
