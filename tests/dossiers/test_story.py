"""The aircraft-parts story: numbers and words follow from measures and figures."""

from dataclasses import replace
from datetime import date

import pytest
from tests.dossiers.world import PARTS, lead, measure, world_findings, world_measures

from entrepot.dossiers.story import story
from entrepot.signals.question import Question


def told():
    found = story(world_findings(), world_measures())
    assert found is not None
    return found


def test_totals_are_of_the_same_months_in_each_year():
    rows = {row.partner: row for row in told().partners}
    assert told().years == ("2021", "2022")
    assert told().months == ("March", "November")
    assert rows["BLR"].totals == (9 * 200_000, 9 * 20_000)
    assert rows["KGZ"].totals == (9 * 5_000, 9 * 20_000)
    assert rows["GEO"].totals == (0, 9 * 1_000)
    assert rows["GEO"].change_share is None
    assert rows["BLR"].change_share == pytest.approx(-0.9)


def test_status_comes_from_the_leads():
    rows = {row.partner: row.status for row in told().partners}
    assert rows["KGZ"] == "below_threshold"
    assert rows["BLR"] == "fall"
    assert rows["RUS"] == "target"
    assert rows["GEO"] == "not judged"


def test_sentences():
    lines = told().sentences
    assert lines[0] == "Exports to Belarus fell by 90 %: EUR 1.80 m to EUR 180 k."
    assert "Kyrgyzstan (EUR 45.0 k to EUR 180 k)" in lines[1]
    assert "below the threshold" in lines[2]


def test_a_rise_that_is_a_lead_is_called_one():
    findings = world_findings()
    strong = lead("KGZ", PARTS, "lead")
    found = story(replace(findings, leads=(strong,)), world_measures())
    assert found is not None
    assert "The rise for Kyrgyzstan is in the list of leads." in found.sentences


def test_legal_rows_are_dated_and_cited():
    rows = told().legal
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    by_words = {(row.route, row.what.split(":")[0].split(",")[0]): row for row in rows}
    assert by_words["EU to Russia", "aircraft and their parts"].on == date(2022, 2, 26)
    assert by_words["EU to Belarus", "aircraft and their parts"].on == date(2023, 8, 5)
    avionics = by_words["EU to Belarus", "avionics and most aero gas turbine engines"]
    assert "Annex Va Part A, X.A.IV.008.a, X.A.VII.002.c; OJ L 1" in avionics.source
    assert all(row.source for row in rows)


def test_answer_follows_the_law():
    assert told().answer == (
        "Partly true in law for the EU's chapter 88 ban, which bound only from 2023-08-05; false "
        "for US-origin goods; not supported by EU figures, not refuted either."
    )
    early = world_measures(valid_from=date(2022, 2, 26))
    found = story(world_findings(), early)
    assert found is not None
    assert found.answer.startswith("Not true in law")


def test_no_story_without_its_countries_or_headings():
    findings = world_findings()
    other = replace(findings, question=Question(target="BLR"))
    assert story(other, world_measures()) is None
    panel = replace(findings.panel, partners=("ARM", "GEO", "KGZ", "RUS"))
    assert story(replace(findings, panel=panel), world_measures()) is None
    fewer = replace(findings.panel, baskets=findings.panel.baskets[:1])
    assert story(replace(findings, panel=fewer), world_measures()) is None


def test_measures_without_the_ban_tell_no_story():
    empty = world_measures().slice(0, 1)
    assert story(world_findings(), empty) is None
    assert measure("a", "RUS", "88", date(2022, 1, 1))["effect"] == "export_ban"
