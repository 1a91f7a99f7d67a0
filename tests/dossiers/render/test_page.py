"""The page of a dossier: nothing is lost, nothing runs, and equal dossiers are equal bytes."""

import base64
import hashlib
import json
import re
import time
from dataclasses import asdict, replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from tests.dossiers.dossier_world import FIGURES, FIRM, large, small
from tests.dossiers.render.render_world import CYRILLIC, corrected, drawn, hostile, stone, withdrawn

from entrepot.dossiers.dossier.canonical import dossier_bytes, dossier_id, read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.dossier.section import Sentence
from entrepot.dossiers.render.page import dossier_page
from entrepot.errors import DossierError


def page(dossier: Dossier, **given: object) -> BeautifulSoup:
    return BeautifulSoup(dossier_page(dossier, drawn(), **given), "lxml")  # type: ignore[arg-type]


def words(node: object) -> str:
    return " ".join(node.get_text(" ").split())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def small_page() -> BeautifulSoup:
    return page(small(is_reviewed=True))


def test_a_mark_leads_to_its_rows_and_the_hash_of_their_file(small_page):
    mark = small_page.select_one(".summary a.mark")
    assert words(mark) == "1"
    behind = small_page.find(id=mark["href"][1:])
    told = words(behind)
    for one in (
        "SELECT period, value_eur FROM flows",
        "made_figures.parquet",
        "Eurostat (made up)",
        "13 January 2023, 10:00 UTC",
        "CC BY 4.0",
        FIGURES,
    ):
        assert one in told
    rows = [[words(cell) for cell in row.select("td")] for row in behind.select("tbody tr")]
    assert rows == [["12", "2022-01", "410000"], ["13", "2022-05", "39000"], ["14", "2022-06", "–"]]
    assert behind.select_one(".back a")["href"] == f"#{mark['id']}"


def test_every_sentence_row_finding_party_and_chart_has_a_mark(small_page):
    places = ".summary > p, .lines, .outcome, .party h3, figcaption, [id=tab_exports] tbody tr"
    found = small_page.select(places)
    assert len(found) == 2 + 5 + 2 + 1 + 1 + 3
    assert all(one.select("a.mark") for one in found)
    assert not small_page.select(".nocite")


def test_what_rests_on_nothing_says_so():
    bare = replace(small(), summary=(Sentence("It rained.", "record", ()),))
    assert words(page(bare).select_one(".summary .nocite")) == "no source"


def test_all_links_inside_lead_somewhere_and_ids_are_given_once(small_page):
    for made in (small_page, page(hostile())):
        ids = [one["id"] for one in made.select("[id]")]
        assert len(ids) == len(set(ids))
        targets = {one["href"][1:] for one in made.select('a[href^="#"]')}
        assert targets <= set(ids)


def test_a_finding_shows_claim_verdict_roots_and_band(small_page):
    card = small_page.find(id="clm_000000000001")
    told = words(card)
    assert words(card.q) == "The firm sold parts for MiG-29 aircraft."
    for one in (
        "Reported by a made-up weekly, 26 August 2022",
        "partly",
        "corroborated",
        "2 independent roots",
        "unlikely (20 to 45 %)",
        FIRM,
    ):
        assert one in told
    assert card.select_one(".scale i")["style"] == "left:20%;width:25%"
    assert "0.38" not in told


def test_without_a_probability_no_scale_is_drawn():
    card = page(hostile()).select_one(".finding")
    assert "Probability on it none is given" in words(card)
    assert not card.select(".scale")
    assert "not tested" in words(card)


def test_the_reply_is_to_the_letter_and_its_lack_is_said():
    party = small().parties[0]
    said = page(small()).select_one(".reply")
    assert words(said) == "Asked for a reply on 1 September 2022. We sold no such parts."
    reason = replace(party, reply="", no_reply_because="No address was found.", asked_on="")
    told = words(page(replace(small(), parties=(reason,))).select_one(".reply"))
    assert told == "Was not asked. No reply. No address was found."
    silent = replace(party, reply="")
    told = words(page(replace(small(), parties=(silent,))).select_one(".reply"))
    assert "no reason why there is none" in told
    assert FIRM in words(page(replace(small(), parties=())).find(id="parties").parent)


def test_unknowns_stand_in_a_box_of_their_own(small_page):
    assert [words(one) for one in small_page.select(".k-unknown .lines")] == [
        "June 2022 is not reported, so nothing is known of it. 1"
    ]
    cell = small_page.select("[id=tab_exports] tbody tr")[2].select("td")[1]
    assert words(cell) == "–"
    assert cell.span["title"] == "not measured"


def test_states_are_told_first():
    draft = page(small())
    assert words(draft.select_one(".banner")).startswith("Draft, not published.")
    assert words(draft.select_one(".water")) == "Draft"
    assert draft.select_one("meta[name=robots]")["content"] == "noindex"
    mended = page(corrected(), earlier={1: "../1/index.html"})
    told = words(mended.select_one(".banner"))
    assert "Version 1 of 1 October 2022" in told
    assert "EUR 39,000, not EUR 93,000" in told
    assert mended.select_one(".banner a")["href"] == "../1/index.html"
    assert not mended.select(".water, meta[name=robots]")
    gone = page(withdrawn())
    assert words(gone.select_one(".banner")) == (
        "Withdrawn on 2 November 2022 . It no longer stands. Do not rely on it. "
        "The report was taken back by who wrote it."
    )
    published = page(replace(small(), state="published", published_on="2022-10-01"))
    assert not published.select(".banner, .water")


def test_a_withdrawn_one_says_that_it_is_why_and_its_versions_and_no_more():
    gone = page(stone())
    told = words(gone.body)
    for one in (
        "No summary",
        "No claim",
        "Nobody has reviewed",
        "No party",
        "nobody",
        "verdict",
        "Nothing is cited",
        "Content that was reviewed",
        "As of",
        "Belarus; destination",
    ):
        assert one not in told
    assert [words(one) for one in gone.select("h2")] == [
        "Versions and corrections", "How to verify this"
    ]  # fmt: skip
    assert "The report was taken back by who wrote it." in words(gone.select_one(".banner"))
    assert "dos_0123456789ab" in told
    assert words(gone.h1) == stone().title


def test_the_data_of_a_chart_are_named_after_it(small_page):
    (told,) = small_page.select("figure summary")
    assert words(told).startswith("The data of the chart “ EU exports of aircraft parts (8807)")


def test_reviews_tell_whether_they_are_of_this_content(small_page):
    assert [words(one) for one in small_page.select(".reviews li")] == [
        "kk , 20 September 2022, 09:00 UTC : approved exactly this content",
        "mw , 21 September 2022, 09:00 UTC : approved exactly this content",
    ]
    changed = replace(small(is_reviewed=True), title="Another title")
    assert "approved an earlier text" in words(page(changed).select_one(".reviews"))


def test_how_to_verify_has_the_hash_of_the_data(small_page):
    held = small(is_reviewed=True)
    told = words(small_page.select_one(".check"))
    assert hashlib.sha256(dossier_bytes(held)).hexdigest() in told
    assert dossier_id(held) in told
    assert "entrepot verify ." in told


def test_a_dossier_read_back_from_its_data_is_the_same_page():
    # Keys of rows and specifications are sorted in the data and were not before.
    for held in (small(is_reviewed=True), hostile()):
        again = read_dossier(dossier_bytes(held))
        assert dossier_page(again, drawn()) == dossier_page(held, drawn())


def test_every_text_of_a_dossier_stands_on_the_page():
    held = corrected()
    told = "".join(words(page(held)).split())
    lost = [one for one in texts(asdict(held)) if "".join(one.split()) not in told]
    spelled = {"2022-10-01", "2022-10-09", "2022-09-30", "2022-08-26", "2022-09-01", "Company"}
    kinds = {"BLR", "RUS", "ARE", "approve", "corrected", "cha_exports"}
    instants = {one for one in lost if re.match(r"\d{4}-\d\d-\d\dT", one)}
    assert set(lost) - spelled - kinds - instants == set()


def texts(node: object) -> list[str]:
    """Every text that a reader is owed; kinds and keys are words of the program."""
    if isinstance(node, str):
        return [node] if node else []
    if isinstance(node, dict):
        skip = {"spec", "kind", "key", "verdict", "table_id", "content_id", "said_where"}
        return [one for key, part in node.items() if key not in skip for one in texts(part)]
    return [one for part in node for one in texts(part)] if isinstance(node, list | tuple) else []


def test_nothing_hostile_runs_or_links():
    text = dossier_page(hostile(), drawn())
    made = BeautifulSoup(text, "html.parser")
    assert len(made.select("script")) == 1
    assert not made.select("img, iframe, object, link, [onerror]")
    assert not [a for a in made.select("a[href]") if a["href"].lower().startswith("javascript")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    assert "<!--" not in text
    assert made.select_one(".by a")["href"] == "https://example.org/ab%22c?x=%5B1%5D&y=%25"


def test_a_very_long_cell_is_folded():
    made = page(hostile())
    fold = made.select_one("main td details.fold")
    assert words(fold.summary) == "all 9,999 characters"
    assert len(words(fold.find_parent("td").bdi)) < 300


def test_words_of_another_script_are_marked_as_such():
    assert page(hostile()).find("q", string=CYRILLIC)["lang"] == "und-Cyrl"


def test_the_one_script_is_allowed_by_its_hash_and_nothing_else(small_page):
    policy = small_page.select_one("[http-equiv=Content-Security-Policy]")["content"]
    script = small_page.select_one("body script").string
    made = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{made}';" in policy
    assert policy.startswith("default-src 'none';")


def test_json_for_machines_cannot_end_its_element():
    given = json.dumps({"claimReviewed": "</script><script>alert(1)</script><!--"})
    made = BeautifulSoup(dossier_page(small(), drawn(), jsonld=given), "html.parser")
    held = made.select_one('script[type="application/ld+json"]').string
    assert "<" not in held
    assert json.loads(held) == json.loads(given)
    with pytest.raises(DossierError, match="no JSON"):
        dossier_page(small(), drawn(), jsonld="{")


def test_headings_are_in_order(small_page):
    levels = [int(one.name[1]) for one in small_page.select("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"citations": ()}, "reference to source 'cit_figures00001'"),
        ({"files": ()}, "citation cit_figures00001 of file aaaaaaaaaaaa"),
        ({"findings": (replace(small().findings[0], probability=1.5),)}, "probability of 1.5"),
    ],
)
def test_what_does_not_hold_together_is_refused(change, said):
    with pytest.raises(DossierError, match=said):
        dossier_page(replace(small(), **change), drawn())


def test_a_ragged_table_and_a_missing_drawing_are_refused():
    figures = small().sections[0]
    table = figures.tables[0]
    for bad, said in (
        (replace(table, rows=(("2022-01",),) * 3), "1 cells in row 1 of table tab_exports"),
        (replace(table, citations=()), "sources for 0 rows of table tab_exports, expected 3"),
    ):
        held = replace(small(), sections=(replace(figures, tables=(bad,)),))
        with pytest.raises(DossierError, match=said):
            dossier_page(held, drawn())
    with pytest.raises(DossierError, match="no drawing of chart cha_exports"):
        dossier_page(small(), {})


def test_two_hundred_findings_and_twenty_charts_take_less_than_two_seconds():
    held, one = large(200, 20), drawn()["cha_exports"]
    charts = {chart.chart_id: one for part in held.sections for chart in part.charts}
    begin = time.process_time()
    made = dossier_page(held, charts)
    assert time.process_time() - begin < 2
    assert made.count('class="finding ') == 200
    assert made.count("<figure") == 21
