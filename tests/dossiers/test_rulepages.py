"""The pages of the rule base: counted by hand, whole, safe, and the same for the same inputs."""

import json
import re
from datetime import date
from typing import Any

import pytest
from tests.dossiers.rules_world import RULES, STATE, book, rule
from tests.dossiers.test_report import parsed
from tests.dossiers.world import HOSTILE

from entrepot.dossiers.rulechart import scale
from entrepot.dossiers.rulegap import board, steps
from entrepot.dossiers.rulepages import gap_page, timeline_page
from entrepot.dossiers.rulerows import numbers
from entrepot.measures.base import STATE_TO, load
from entrepot.measures.book import Rulebook
from entrepot.measures.gap import gap

DAY = date(2022, 8, 26)
LIMIT = 900_000
"""Bytes of the gap page of the base that ships, on any day."""


def page(on: date = DAY, rules: Rulebook | None = None, **more: Any) -> str:
    told = {"regimes": ["EU"], "state_to": STATE, "command": "entrepot gap", **more}
    return gap_page(rules or book(), "BLR", "RUS", on, **told)


def life(code: str = "88", rules: Rulebook | None = None, **more: Any) -> str:
    told = {"on": DAY, "regimes": None, "state_to": STATE, "command": "entrepot timeline", **more}
    return timeline_page(rules or book(), code, ["RUS", "BLR"], **told)


def data(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert found is not None
    return json.loads(found[1])


def counts(rules: Rulebook, on: date) -> tuple[list[int], list[int], int]:
    found = board(rules, "BLR", "RUS", ["EU"], STATE)
    told = numbers(found.lines, found.stage(on))
    return told["target"], told["hub"], told["gap"]


def test_counts_a_day_by_hand():
    """Not listed, in part, in full. 88, 2204, 8542, 8407; then 88, 8542, 8542 31, 8407."""
    assert counts(book(), date(2022, 2, 26)) == ([0, 1, 1], [2, 0, 0], 2)
    assert counts(book(), DAY) == ([1, 1, 2], [3, 0, 1], 3)
    assert counts(book(), date(2023, 8, 4)) == ([1, 1, 2], [3, 0, 1], 3)
    assert counts(book(), date(2023, 8, 5)) == ([1, 1, 2], [2, 0, 2], 2)


def test_opening_sentence_says_the_counts():
    text = re.sub(r"<[^>]+>", "", page())
    assert (
        "On 26 August 2022, 2 codes were barred to Russia in full and 1 in part; 1 code to Belarus "
        "in full and 0 in part. For 3 codes the list for Russia went further" in text
    )


def test_steps_tell_law_from_print():
    found = steps(board(book(), "BLR", "RUS", ["EU"], STATE))
    told = [(str(s.day), s.gap, s.opened, s.closed, s.reprinted) for s in found]
    assert told == [
        ("2022-02-26", 2, 2, 0, 0),
        ("2022-03-03", 2, 0, 0, 0),
        ("2022-03-16", 3, 1, 0, 0),
        ("2023-01-01", 2, 0, 1, 0),
        ("2023-02-26", 3, 0, 0, 1),  # 8542 31 was in part already, by its heading
        ("2023-08-05", 2, 0, 1, 0),
    ]
    law = found[2].changes[0]
    assert (law.destination, law.law, law.full) == ("RUS", "Reg. (EU) 1/1 Art. 3h, Annex XVIII", 1)
    assert found[3].changes[0].free == 1


def test_extremes_name_the_law_that_did_it():
    text = re.sub(r"<[^>]+>", "", page())
    assert "Opened most: 2022-03-16, 1 code (Reg. (EU) 1/1 Art. 3h, Annex XVIII)" in text
    assert "Closed most: 2023-01-01, 1 code (Reg. (EU) 1/1 Art. 3h, Annex XVIII)" in text
    assert "Closed most: 2023-08-05, 1 code (Reg. (EU) 1/1 Art. 1sa(1), Annex XVII)" in text


def test_a_heading_in_place_of_its_subheadings_closes_nothing():
    rules = book(
        rule("RUS", "848110", "2022-04-09", "2023-06-24"),
        rule("RUS", "848120", "2022-04-09", "2023-06-24"),
        rule("RUS", "8481", "2023-06-24"),
    )
    last = steps(board(rules, "BLR", "RUS", ["EU"], STATE))[-1]
    assert (last.gap, last.opened, last.closed, last.reprinted) == (1, 0, 0, -1)
    assert "Printed anew" in page(rules=rules)


def test_a_code_inside_a_shorter_one_counts_once():
    rules = book(*RULES, rule("RUS", "880730", "2022-02-26", article="2a(1)"))
    assert counts(rules, DAY) == counts(book(), DAY)


def test_gap_says_when_it_opened_and_closes_and_by_what():
    text = re.sub(r"<[^>]+>", "", page())
    assert "open since 2022-02-26, closes 2023-08-05 by Art. 1sa(1), Annex XVII" in text
    assert "open since 2022-03-16, closes 2023-01-01" in text
    assert "open since 2022-02-26, no end known" in text
    partly = book(*RULES, rule("BLR", "880730", "2022-03-03"))
    assert "not for 880730" in re.sub(r"<[^>]+>", "", page(rules=partly))


def test_day_outside_the_base_is_moved_and_said():
    text = page(date(2030, 1, 1))
    assert "On 30 June 2024" in text
    assert "Asked for 2030-01-01" in text
    assert "Asked for" not in page()


def test_later_changes_are_left_out():
    later = book(*RULES, rule("BLR", "8542", "2025-01-01"))
    assert "2025-01-01" not in page(rules=later)
    only = book(rule("RUS", "88", "2025-01-01"))
    assert "No measure of the base bars a code" in page(rules=only)


def test_regimes_are_kept_apart():
    assert "15 CFR" not in page()
    assert "15 CFR 746 (licence)" in page(regimes=["US"])
    assert "15 CFR" not in life(regimes=["EU"])


def test_says_what_it_holds_and_lacks():
    text = page()
    for part in (
        "a research tool, not legal advice",
        "acts read to 2024-06-30",
        "counts as a sale to Russia",
        "the base holds 1 such entries",
        "docs/rules.md",
        "entrepot gap",
    ):
        assert part in text


def test_draws_every_measure_on_a_code():
    text = life()
    assert text.count('<div class="lane measure') == 5
    for part in ("EU ban", "US licence", "EU transit ban", "EU contract clause", "Any third"):
        assert part in text
    assert "A Party" not in text
    assert "made-up goods in words" not in text
    assert text.count('class="wind"') == 2  # the legend, and the bar
    assert 'data-place="BLR">not listed</strong>' in text
    assert 'data-place="RUS">in full</strong>' in text


def test_one_lane_for_measures_alike_but_in_code():
    rules = book(*(rule("RUS", f"88{n:02d}", "2022-02-26", article="3c(1)") for n in range(1, 6)))
    text = life(rules=rules)
    assert text.count('<div class="lane measure') == 1
    assert "8801, 8802, 8803 and 2 more (part)" in text
    assert text.count('<tr class="now"') == 5


def test_code_without_measures_has_a_page():
    assert "No measure of the base touches this code." in life("0101")


def test_quiet_years_are_drawn_narrower():
    days = [date(2014, 8, 1), *(date(2022, month, 1) for month in range(1, 13))]
    line = scale(days, date(2023, 12, 31))
    assert (line.first, line.knee) == (days[0], date(2022, 1, 1))
    assert line.place(line.knee) == pytest.approx(14, abs=0.1)
    assert [line.place(day) for day in (line.first, line.last)] == [0, 100]
    assert scale(days[1:], date(2023, 12, 31)).quiet == 0
    assert scale([], STATE).place(STATE) == 0


@pytest.mark.parametrize("make", [page, life])
def test_is_well_formed_and_loads_nothing(make):
    text = make()
    found = parsed(text)
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    assert found.fetched == []
    assert "@import" not in text
    assert "url(" not in text
    assert "default-src 'none'" in text


@pytest.mark.parametrize("make", [page, life])
def test_hostile_text_is_escaped(make):
    more = dict.fromkeys(("article", "annex", "instrument", "note"), HOSTILE + "</style>")
    rules = book(*RULES, rule("RUS", "8803", "2022-02-27", **more, citation=HOSTILE))
    text = make(rules=rules, command=HOSTILE)
    assert "<script>alert" not in text
    assert parsed(text).scripts == 2
    assert text.count("</style>") == 1
    if make is page:
        assert any(HOSTILE in law for law in data(text)["laws"])


@pytest.mark.parametrize("make", [page, life])
def test_same_input_same_bytes(make):
    assert make() == make()


@pytest.mark.parametrize(
    "word", ["divert", "diversion", "circumvent", "evade", "evasion", "guilty"]
)
def test_gives_no_verdict(word):
    assert word not in page().lower()
    assert word not in life().lower()


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return Rulebook(load())


def test_the_shipped_base_agrees_with_the_gap(shipped):
    """The page counts rows of `gap` whose code an act in force prints for the target."""
    found = board(shipped, "BLR", "RUS", ["EU"], date.fromisoformat(STATE_TO))
    for day, shown in zip(found.days, found.gaps(), strict=True):
        rows = gap(shipped, "BLR", "RUS", day, ["EU"])
        printed = [
            one for one in rows if any(r["commodity_code"] == one.commodity_code for r in one.rows)
        ]
        assert shown == len(printed)
        assert numbers(found.lines, found.stage(day))["gap"] == shown


def test_the_shipped_page_is_small(shipped):
    state = date.fromisoformat(STATE_TO)
    found = board(shipped, "BLR", "RUS", ["EU"], state)
    widest = max(
        range(len(found.days)), key=lambda stage: sum(bool(one.marks[stage]) for one in found.lines)
    )
    text = gap_page(
        shipped, "BLR", "RUS", found.days[widest], regimes=["EU"], state_to=state, command="c"
    )
    assert len(text.encode()) < LIMIT
    assert "Art. 1bb(1), Annex XVIII" in text


def test_the_shipped_timeline_of_aircraft(shipped):
    text = timeline_page(
        shipped, "88", ["RUS", "BLR"], on=DAY, regimes=["EU"],
        state_to=date.fromisoformat(STATE_TO), command="c",
    )  # fmt: skip
    assert 'data-place="RUS">in full</strong>' in text
    assert 'data-place="BLR">not listed</strong>' in text
    assert 'data-from="2023-08-05"' in text
