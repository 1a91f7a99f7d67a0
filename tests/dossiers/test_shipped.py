"""The page of the figures that ship: the story equals the published figures."""

import pytest

from entrepot.dossiers.report import render_report
from entrepot.dossiers.story import story
from entrepot.engine import open_engine
from entrepot.measures import base
from entrepot.signals.detect import Findings, detect
from entrepot.signals.question import Question
from entrepot.sources import pocket

PUBLISHED = {
    "KGZ": ("0.06", "0.15", "1.33"),
    "GEO": ("0.70", "1.40", "3.67"),
    "ARM": ("0.26", "0.04", "0.39"),
    "KAZ": ("13.44", "18.07", "8.82"),
    "UZB": ("2.59", "12.29", "3.10"),
    "BLR": ("1.73", "1.89", "0.17"),
    "RUS": ("287.23", "233.88", "1.97"),
}
"""EUR million, March to November of 2020, 2021 and 2022, counted from Eurostat's own table."""


@pytest.fixture(scope="module")
def findings() -> Findings:
    if not pocket.path().exists():
        pytest.skip("the pocket edition is not in this checkout")
    with open_engine("duckdb") as engine:
        return detect(engine.table(pocket.flows()), base.load(), Question.ask(), engine)


def test_story_equals_the_published_figures(findings):
    told = story(findings, base.load())
    assert told is not None
    found = {row.partner: tuple(f"{v / 1e6:.2f}" for v in row.totals) for row in told.partners}
    assert told.years == ("2020", "2021", "2022")
    assert found == PUBLISHED


def test_story_says_what_the_figures_say(findings):
    told = story(findings, base.load())
    assert told is not None
    assert told.sentences[0].startswith("Exports to Belarus fell by 91 %")
    assert "below the threshold" in told.sentences[2]
    assert len(told.legal) == 7
    assert "2023-08-05" in told.answer


def test_page_is_whole(findings):
    text = render_report(
        findings, about=pocket.about(), measures=base.load(), command="entrepot demo"
    )
    assert len(text.encode()) < 3_000_000
    assert text.count('<tr data-hub="') == len(findings.listed())
    assert "own measure list" not in text
