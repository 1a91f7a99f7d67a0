"""The page: whole, safe, modest, and the same for the same inputs."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.dossiers.world import CHIPS, HOSTILE, world_findings, world_measures

from entrepot.dossiers.report import facts, render_report
from entrepot.signals.amounts import money
from entrepot.sources.pocket import About

VOID = {"meta", "br", "input", "img", "link", "hr", "path", "line", "rect"}
ABOUT = About(
    title="Invented figures", source="Eurostat, table X", licence="reuse with credit",
    extracted_on="2023-01-21", period_from="2021-01", period_to="2022-11", rows=1234,
    sha256="ab" * 32, made_from_sha256="cd" * 32, command="make pocket", lacks=("other partners",),
)  # fmt: skip


def page(**changed: object) -> str:
    return render_report(
        world_findings(**changed),  # type: ignore[arg-type]
        about=ABOUT,
        measures=world_measures(),
        command="entrepot demo",
        top=2,
    )


class Structure(HTMLParser):
    """Collects what stands open, ids, and addresses that a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.scripts += tag == "script"
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "a":
            self.links.append(found.get("href") or "")
        elif address := found.get("src") or found.get("href") or found.get("xlink:href"):
            self.fetched.append(address)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def parsed(text: str) -> Structure:
    found = Structure()
    found.feed(text)
    found.close()
    return found


def test_is_well_formed_with_unique_ids_and_whole_links():
    found = parsed(page(many=50))
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    inner = {link[1:] for link in found.links if link.startswith("#")}
    assert inner <= set(found.ids)


def test_loads_nothing():
    text = page()
    found = parsed(text)
    assert [link for link in found.fetched if not link.startswith("#")] == []
    assert "@import" not in text
    assert re.findall(r"url\((?!#)", text) == []
    assert all(link.startswith("#") for link in found.links)


def test_cited_addresses_become_plain_links():
    measures = world_measures(citation="https://eur-lex.europa.eu/x")
    text = render_report(world_findings(), about=None, measures=measures, command="entrepot demo")
    assert "https://eur-lex.europa.eu/x" in parsed(text).links


def test_hostile_text_is_escaped():
    text = page(commodity=HOSTILE, tell=lambda _: (HOSTILE,))
    assert "<script>alert" not in text
    assert parsed(text).scripts == 1
    measures = world_measures(citation=HOSTILE, article=HOSTILE)
    text = render_report(world_findings(), about=None, measures=measures, command=HOSTILE)
    assert "<script>alert" not in text


def test_every_lead_shows_its_excess():
    findings = world_findings(many=50)
    text = render_report(findings, about=None, measures=world_measures(), command="c")
    for lead in findings.listed():
        assert lead.excess is not None
        assert f'<span class="big">{money(lead.excess, "").strip()}</span>' in text


def test_null_is_not_measured_and_never_zero():
    text = page(direct_loss=None, vanished_share=None, excess_low=None, excess_high=None,
                q_value=None, band=None, direct=())  # fmt: skip
    row = re.search(r'<tr data-hub="Kyrgyzstan">.*?</tr>', text, re.DOTALL)
    assert row is not None
    assert row[0].count("not measured") == 4


def test_opening_sentence_is_computed():
    found = facts(world_findings())
    assert (found["leads"], found["pairs"]) == (1, 3)
    assert found["excess"] == 900_000 - 135_000
    text = page()
    assert "1 of 3</strong> pairs of hub and goods" in text
    assert "EUR 765 k</strong> above expectation" in text
    assert "at most 10 %" in text
    assert "rose more steadily than ordinary change does" in text
    assert "It stands" in text


def test_an_interval_that_reaches_below_zero_is_said_in_the_opening():
    assert "reaches zero or below" not in page()
    text = page(excess_low=-1.0)
    assert facts(world_findings(excess_low=-1.0))["unsure"] == 1
    assert "How much is not sure for 1 of them: the interval of the size reaches zero" in text


def test_an_interval_whose_ends_print_alike_is_no_range():
    text = page(excess_low=765_100.0, excess_high=765_200.0)
    assert "both ends round to EUR 765 k" in text
    assert "EUR 765 k to EUR 765 k" not in text


def test_says_when_there_are_no_leads():
    text = page(status="note")
    assert "None of <strong>3</strong> pairs" in text
    assert "No leads at this false share." in text
    assert "The first 0 in detail" not in text


@pytest.mark.parametrize("word", ["divert", "evade", "evasion", "smuggl", "launder", "guilty"])
def test_gives_no_verdict(word):
    assert word not in page().lower()


def test_same_input_same_bytes():
    assert page(many=3) == page(many=3)


def test_says_how_old_the_figures_are_and_what_they_lack():
    text = page()
    for part in (
        "as of 2023-01-21",
        "other partners",
        "Netherlands 2022-11",
        "ab" * 32,
        "Eurostat",
    ):
        assert part in text
    assert "Rows of the user" not in text


def test_works_without_citations():
    measures = world_measures().slice(0, 0)
    text = render_report(world_findings(), about=None, measures=measures, command="c")
    assert "own measure list" in text
    assert CHIPS.code in text


def test_yearly_figures_in_dollars():
    findings = world_findings()
    years = ("2019", "2020", "2021", "2022")
    changed = {"periods": years, "values": (1e3, 2e3, 1e3, 9e5), "direct": (1e6, 1e6, 1e6, 0.0),
               "before": (0, 1, 2), "after": (3,), "currency": "USD",
               "season": ((0, 1 / 3), (1, 1 / 3), (2, 1 / 3))}  # fmt: skip
    panel = replace(
        findings.panel, periods=years, values=findings.panel.values[..., :4], currency="USD"
    )
    first = replace(findings.leads[0], **changed)  # type: ignore[arg-type]
    findings = replace(findings, leads=(first,), panel=panel)
    text = render_report(findings, about=None, measures=world_measures(), command="c")
    assert "Who sold, USD a year" in text
    assert "EUR" not in text
    assert "aircraft" not in text


def test_is_small():
    assert len(page(many=135).encode()) < 3_000_000


SOLD_ON = {"lea_kgz8542": tuple(None if i == 0 else 1_000.0 * i for i in range(23))}
ALL_LEGS = {
    "onward_excess": 200_000.0, "onward_low": 150_000.0, "onward_high": 250_000.0,
    "onward_source": "exports as reported by Kyrgyzstan", "rerouted_low": 150_000.0,
    "rerouted_high": 250_000.0, "substitution_low": 0.003, "substitution_high": 0.006,
    "arrived": 400_000.0, "undecidable": 100_000.0, "missing": 265_000.0,
    "phantom_share_low": 0.35, "phantom_share_high": 0.48,
}  # fmt: skip


def first_card(text: str) -> str:
    found = re.search(r'<article class="card".*?</article>', text, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>", " ", found[0])


def test_a_card_shows_both_expectations_and_what_is_not_measured():
    card = " ".join(first_card(page()).split())
    assert "Expected by its own past and growth (used) EUR 135 k EUR 67.5 k to EUR 270 k" in card
    assert "Expected by the panel model EUR 270 k" in card
    assert "steadiness 0.90" in card
    assert "Kyrgyzstan to Russia, above expectation not measured" in card
    assert "What arrived, by the hub's own figures Not measured" in card.replace("&#39;", "'")


def test_a_card_shows_all_legs_where_they_are_measured():
    card = " ".join(first_card(page(**ALL_LEGS)).split())
    for part in (
        "by exports as reported by Kyrgyzstan EUR 200 k EUR 150 k to EUR 250 k",
        "Room for rerouting on all three legs EUR 150 k to EUR 250 k",
        "That room over the direct loss 0.3 % to 0.6 %",
        "Of the rise, arrived in Kyrgyzstan EUR 400 k",
        "Of the rise, undecidable for its freight EUR 100 k",
        "Of the rise, missing in Kyrgyzstan EUR 265 k",
        "missing share 35 % to 48 %",
    ):
        assert part in card
    assert "not measured" not in card
    assert "The onward leg. What the hubs sold on" not in page(**ALL_LEGS)


def test_tests_stand_under_their_headings():
    card = first_card(page())
    for heading in ("Size and chance", "Shape and breadth", "The other legs",
                    "Innocent explanations", "Could not be tested"):  # fmt: skip
        assert heading in card


def bars(text: str) -> int:
    """Bars of the first chart."""
    found = re.search(r'<svg class="chart".*?</svg>', text, re.DOTALL)
    assert found is not None
    return found[0].count('aria-roledescription="bar"') or found[0].count("<path")


def test_the_chart_gets_a_third_leg_and_a_silent_month_no_bar():
    findings = world_findings(**ALL_LEGS)
    two, three = (
        render_report(findings, about=None, measures=world_measures(), command="c", onward=onward)
        for onward in (None, SOLD_ON)
    )
    title = ">Kyrgyzstan to Russia<"
    assert title not in two
    assert title in three
    assert ">exports as reported by Kyrgyzstan<" in three
    whole = {"lea_kgz8542": tuple(1_000.0 * i for i in range(23))}
    more = render_report(findings, about=None, measures=world_measures(), command="c", onward=whole)
    assert bars(more) == bars(three) + 1


def test_a_range_with_a_null_end_is_not_told():
    findings = world_findings(many=1)
    (first, second, *rest) = findings.leads
    with_null = replace(second, excess_low=None)
    found = facts(replace(findings, leads=(first, with_null, *rest)))
    assert found["excess"] is not None
    assert found["low"] is None
    text = page(excess_low=None, excess_high=None)
    assert "above expectation." in text
