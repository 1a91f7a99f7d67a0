"""The dossier as Markdown, read back with a CommonMark reader that is not ours (markdown-it)."""

import re
import time
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.dossiers.dossier_world import CITATIONS, FIGURES, large, small
from tests.dossiers.render.render_world import SCRIPT, corrected, drawn, hostile, stone, withdrawn

from entrepot.dossiers.dossier.canonical import dossier_bytes, read_dossier
from entrepot.dossiers.render.markdown import dossier_markdown
from entrepot.dossiers.render.marksigns import code, heading, inner, line, quote
from entrepot.dossiers.render.page import dossier_page
from entrepot.dossiers.render.text import clean, kept

READER = MarkdownIt("commonmark").enable("table")


def read(text: str) -> BeautifulSoup:
    return BeautifulSoup(READER.render(text), "html.parser")


def words(node: object) -> str:
    return " ".join(node.get_text(" ").split())  # type: ignore[attr-defined]


def test_reads_as_plain_text():
    text = dossier_markdown(small())
    assert text.startswith("# Aircraft parts to Belarus (made up)\n\n> **Draft, not published.**")
    assert "in May 2022. [1]\n" in text
    assert "\\" not in text


def test_a_number_leads_to_an_item_with_rows_and_hash():
    made = read(dossier_markdown(small()))
    items = made.find("h2", string="Sources").find_next("ol").find_all("li", recursive=False)
    assert len(items) == len(CITATIONS)
    told = words(items[0])
    assert FIGURES in told
    assert "SELECT period, value_eur FROM flows" in told
    rows = [[words(cell) for cell in row.find_all("td")] for row in items[0].find_all("tr")[1:]]
    assert rows == [["12", "2022-01", "410000"], ["13", "2022-05", "39000"], ["14", "2022-06", "–"]]


def test_an_item_with_three_digits_still_holds_its_rows():
    many = tuple(replace(CITATIONS[0], citation_id=f"cit_{n:012d}") for n in range(97))
    held = replace(small(), citations=(*CITATIONS, *many))
    made = read(dossier_markdown(held))
    items = made.find("h2", string="Sources").find_next("ol").find_all("li", recursive=False)
    assert len(items) == 101
    assert all(item.find("table") for item in items[4:])


def test_page_and_markdown_tell_the_same_facts():
    for held in (small(is_reviewed=True), corrected(), withdrawn()):
        page = BeautifulSoup(dossier_page(held, drawn()), "lxml")
        for one in page.select("script, style, nav, .screen, .water, .back, .cites, .no, .to"):
            one.decompose()
        told = words(read(dossier_markdown(held)))
        facts = page.select(
            ".summary > p, .lines, q, .outcome bdi, .chip, .how b, blockquote, table td, "
            ".behind dd code, .versions li li, .ids code, .alt, caption bdi, .banner strong"
        )
        bare = re.sub(r"(?: \[\d+\])+", "", told)
        lost = [words(one) for one in facts if _spaced(words(one)) not in _spaced(bare)]
        short = {FIGURES[:12], "b" * 12, "c" * 12}
        assert set(lost) - short - {""} == set()


def test_a_withdrawn_one_is_told_in_markdown_by_reason_and_versions_alone():
    told = dossier_markdown(stone())
    assert re.findall(r"^#+ .*", told, re.M) == [
        f"# {stone().title}", "## Versions and corrections", "## How to verify this"
    ]  # fmt: skip
    assert "The report was taken back by who wrote it." in told
    assert "reviewed" not in told
    assert "verdict" not in told


def _spaced(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_a_dossier_read_back_is_the_same_bytes():
    for held in (small(is_reviewed=True), hostile()):
        assert dossier_markdown(read_dossier(dossier_bytes(held))) == dossier_markdown(held)


def test_hostile_words_stay_words():
    text = dossier_markdown(hostile())
    made = read(text)
    assert not made.find_all(["script", "del"])
    assert [one["src"] for one in made.find_all("img")] == ["charts/cha_exports.svg"]
    assert {one["href"].partition(":")[0] for one in made.find_all("a")} == {"https"}
    assert words(made.h1) == " ".join(SCRIPT.split())
    assert len(made.find_all("h1")) == 1
    assert len(made.find_all("h3")) == 2 + 2 + 1
    assert all(len(row.find_all(["td", "th"])) in {1, 2, 3, 5} for row in made.find_all("tr"))


def test_no_reply_is_said():
    silent = replace(small().parties[0], reply="", asked_on="")
    assert "Was not asked. **No reply, and no reason" in dossier_markdown(
        replace(small(), parties=(silent,))
    )


SIGNS = st.text(alphabet="ab1 \\`*_[]<>|#+-=.)(!~&;:\n\"'", max_size=30)


@given(SIGNS)
def test_a_line_says_what_it_said(text):
    assert words(read(line(text))) == clean(text)
    assert not {one.name for one in read(line(text)).find_all()} - {"p"}


@given(SIGNS)
def test_parts_of_a_line_say_what_they_said(text):
    assert words(read("x " + inner(text))) == clean("x " + text)
    assert words(read("# x " + heading(text)).h1) == clean("x " + text)


@given(SIGNS)
def test_a_cell_stays_a_cell(text):
    made = read(f"| a | b |\n| --- | --- |\n| {inner(text) or ' '} | y |")
    assert [words(one) for one in made.find_all("td")] == [clean(text), "y"]


@given(SIGNS)
def test_a_quote_is_to_the_letter(text):
    told = read(quote(text)).get_text()
    assert told.split() == kept(text).split()


@given(SIGNS.filter(clean))
def test_fixed_width_says_what_it_said(text):
    assert words(read("x " + code(text)).code) == clean(text)


def test_two_hundred_findings_are_quick():
    begin = time.process_time()
    assert dossier_markdown(large(200, 20)).count("### Finding ") == 200
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("text", ["made_figures.parquet", "EUR 410,000 - 5", "a & b", "3 < 4"])
def test_no_more_is_escaped_than_must_be(text):
    assert inner(text).count("\\") == text.count("<")
