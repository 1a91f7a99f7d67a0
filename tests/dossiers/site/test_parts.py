"""Small parts: words of the search, the index, pictures, pages of lists, the map of the site."""

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from tests.dossiers.site.site_world import BAD, BASE, CHIP, TOOL, published
from tests.dossiers.site.test_feeds import ENTRY

from entrepot.dossiers.site import sitemap
from entrepot.dossiers.site.about import About, read_base
from entrepot.dossiers.site.entry import entries, told
from entrepot.dossiers.site.groups import by_code, by_hub, leaves
from entrepot.dossiers.site.pages import Page, scripts
from entrepot.dossiers.site.picture import (
    HEIGHT,
    MARGIN,
    WIDTH,
    Picture,
    clipped,
    drawable,
    of_case,
    png,
    svg,
    width,
    wrapped,
)
from entrepot.dossiers.site.published import gather
from entrepot.dossiers.site.searchindex import search_files
from entrepot.dossiers.site.searchwords import LONGEST, STOPPED, shard, words


def test_words_are_folded_and_spelled_in_latin_letters_too():
    assert words("The Türkiye–Kırgızistan route, EUR 1,234.5 of 8542.31") == [
        "turkiye", "kırgızistan", "kirgizistan", "route", "eur", "12345", "854231",
    ]  # fmt: skip
    assert words("Бишкек") == ["бишкек", "bishkek"]
    assert words("漢字表")[:2] == ["漢字", "字表"]
    assert words("to be or not") == []


def test_page_and_index_stop_the_same_words():
    quoted = re.findall(
        r'"([^"]*)"', scripts()["search/search.js"].partition("STOPPED = ")[2].partition(");")[0]
    )
    assert set("".join(quoted[:-1]).split()) == set(STOPPED)


def test_shards_have_names_that_any_host_can_store():
    assert shard("aircraft") == "ai"
    assert shard("8542") == "85"
    assert shard("бишкек") == "-431-438"
    assert shard("x") == "x"


@given(st.text())
def test_every_word_has_a_shard_of_plain_signs(text):
    for word in words(text):
        assert len(word) <= LONGEST
        assert shard(word).replace("-", "").isalnum()
        assert shard(word).isascii()


def read_index(cases):
    latest = [entries(one)[-1] for one in cases]
    files = search_files(cases, latest)
    return {
        name: json.loads("[" + text.removeprefix("entrepot(").removesuffix(");\n") + "]")[2]
        for name, text in files.items()
    }


def test_the_index_finds_cases_from_the_newest_with_weights():
    cases = gather(published())
    assert [one.case_id for one in cases][:2] == [TOOL, CHIP]
    made = read_index(cases)
    assert made["search/index.js"]["count"] == 4
    assert made["search/index.js"]["facets"]["hub:KGZ"] == [1]
    assert made["search/index.js"]["facets"]["code:8542"] == [1]
    assert made["search/index.js"]["facets"]["state:withdrawn"] == [0]
    assert made["search/words/ky.js"]["kyrgyzstan"] == [1, 13]  # title 8 and hub 5
    assert [row[0] for row in made["search/cases/0.js"]] == [one.case_id for one in cases]
    # Of a withdrawn case neither summary nor names are found.
    assert 0 not in made["search/words/du.js"]["dubai"][::2]
    assert made["search/words/ma.js"]["machine"][:2] == [0, 8]


def test_all_shards_are_listed_and_sorted():
    made = read_index(gather(published()))
    named = [name.split("/")[-1][:-3] for name in made if name.startswith("search/words/")]
    assert sorted(named) == made["search/index.js"]["shards"]


def test_index_files_are_ascii_so_that_no_script_breaks():
    cases = gather(published())
    for text in search_files(cases, [entries(one)[-1] for one in cases]).values():
        assert text.isascii()


@pytest.mark.parametrize("title", ["Short", "Much longer " * 9, "W" * 90, "漢字" * 30, "ЖЩ Ю" * 20])
def test_a_picture_has_its_size_and_its_words_fit(title):
    picture = of_case(replace(ENTRY, title=title), "Site " * 30)
    drawing = svg(picture)
    made = Image.open(BytesIO(png(drawing)))
    assert made.size == (WIDTH, HEIGHT)
    right = made.convert("RGB").crop((WIDTH - MARGIN + 10, 130, WIDTH, HEIGHT))
    assert len(right.getcolors()) == 1  # nothing is drawn in the margin


def test_a_picture_is_the_same_again_and_differs_by_state():
    one = of_case(ENTRY, "Site")
    assert png(svg(one)) == png(svg(one))
    assert png(svg(one)) != png(svg(replace(one, state="withdrawn")))


def test_a_picture_escapes_what_it_draws():
    made = svg(Picture("<a>", '</text><script>"&', foot=("]]>",)))
    texts = etree.fromstring(made.encode()).itertext()
    assert '</text><script>"&' in [one.strip() for one in texts]


@given(st.text())
def test_drawn_signs_are_those_of_the_font(text):
    assert all(ord(one) < 0x500 or 0x2013 <= ord(one) <= 0x20AC for one in drawable(text))


@given(st.text(max_size=80), st.floats(100, 900))
def test_a_clipped_line_fits(text, room):
    assert width(clipped(text, 30, room), 30) <= max(room, width("…", 30))


def test_lines_are_broken_between_words():
    assert wrapped("one two three", 10, width("one two ", 10), 2) == ["one two", "three"]
    assert wrapped("one two three", 10, width("three", 10), 2) is None


def test_a_summary_is_cut_between_sentences_then_at_a_word():
    assert told(["One is.", "Two are.", "Three."], 16) == "One is. Two are."
    assert told(["A very long sentence indeed."], 16) == "A very long…"
    assert told(["\x00", " Two\nlines. "], 50) == "Two lines."


@given(st.integers(0, 260))
def test_pages_of_a_list_hold_every_case_once(count):
    made = leaves("hub/KGZ/", [replace(ENTRY, case_id=str(n)) for n in range(count)])
    assert [one.case_id for leaf in made for one in leaf.entries] == [str(n) for n in range(count)]
    assert len({leaf.path for leaf in made}) == len(made) == max(1, -(-count // 50))
    assert made[0].path == "hub/KGZ/index.html"
    assert all({1, leaf.count, leaf.number} <= set(leaf.shown) for leaf in made)


def test_groups_of_an_earlier_version_alone_have_no_page():
    """A case that was first on 8542 and is now on 8471 stands under 8471 only."""
    first = replace(ENTRY, count=2)
    second = replace(ENTRY, number=2, count=2, goods=(("8471", "computers"),), hubs=())
    assert [one.key for one in by_code([second, first])] == ["8471"]
    assert by_hub([second, first]) == ()


def test_an_entry_of_a_hostile_case_is_plain():
    case = next(one for one in gather(published()) if one.case_id == BAD)
    one = entries(case)[0]
    assert not set("\x00\x0b\u202e\u2028\ufffe") & set(one.title + one.summary)
    assert "漢字" in one.title


def test_base_addresses_get_one_slash():
    assert read_base("https://example.org") == "https://example.org/"
    assert read_base(" https://example.org:8080/a/b// ") == "https://example.org:8080/a/b/"


def test_the_map_has_pages_that_count(site):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = etree.parse(str(site / "sitemap.xml")).getroot()
    found = root.xpath("//s:loc/text()", namespaces=space)
    assert f"{BASE}case/{CHIP}/" in found
    assert not [one for one in found if TOOL in one or "/v1" in one or "404" in one]
    assert len(set(found)) == len(found)
    for one in found:
        assert (site / one.removeprefix(BASE) / "index.html").is_file()
    assert (site / "robots.txt").read_text().endswith(f"Sitemap: {BASE}sitemap.xml\n")


def test_a_map_that_is_too_long_becomes_several(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 2)
    made = sitemap.sitemaps([Page(f"{n}/index.html", "") for n in range(5)], About("A", BASE))
    assert sorted(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert made["sitemap.xml"].count(b"<sitemap>") == 3
