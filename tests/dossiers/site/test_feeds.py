"""Feeds by the rules of their formats, and as a reader reads them."""

import json
import re
from dataclasses import replace

import feedparser
import pytest
from lxml import etree
from tests.dossiers.site.site_world import AIR, BASE, CHIP, TITLE, TOOL, tree, write

from entrepot.dossiers.site.about import About
from entrepot.dossiers.site.entry import Entry
from entrepot.dossiers.site.feeds import LENGTH, Feed, atom, json_feed

A = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
ENTRY = Entry(
    "cas_1", 1, 1, "dos_1", "A case", "2023-01-01", "2023-01-01", "published", "Words.", (),
    (("KGZ", "Kyrgyzstan"),), (), (("8542", "integrated circuits"),), False,
)  # fmt: skip


def all_feeds(site, ending):
    return {name: held for name, held in tree(site).items() if name.endswith(f"feed.{ending}")}


def one_text(node, tag):
    found = node.findall(A + tag)
    assert len(found) == 1, tag
    assert found[0].text
    assert found[0].text.strip()
    return found[0].text


def test_atom_keeps_the_rules_of_rfc_4287(site):
    feeds = all_feeds(site, "xml")
    assert {"feed.xml", "hub/KGZ/feed.xml", "code/8542/feed.xml", "code/854231/feed.xml"} <= set(
        feeds
    )
    ids = set()
    for name, held in feeds.items():
        root = etree.fromstring(held)
        assert root.tag == A + "feed"
        assert root.get("{http://www.w3.org/XML/1998/namespace}base") == BASE
        ids.add(one_text(root, "id"))
        one_text(root, "title")
        assert one_text(root.find(A + "author"), "name") == TITLE
        own = [one.get("href") for one in root.findall(A + "link") if one.get("rel") == "self"]
        assert own == [BASE + name]
        entries = root.findall(A + "entry")
        assert entries
        days = [one_text(one, "updated") for one in entries]
        assert days == sorted(days, reverse=True)
        assert one_text(root, "updated") == max(days)
        assert all(INSTANT.fullmatch(one) for one in days)
        within = [one_text(one, "id") for one in entries]
        assert len(set(within)) == len(within)
        assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", one) for one in within)
        for one in entries:
            one_text(one, "title")
            one_text(one, "summary")
            places = [(link.get("rel"), link.get("type")) for link in one.findall(A + "link")]
            assert len(set(places)) == len(places)
            assert ("alternate", "text/html") in places
            for link in one.findall(A + "link"):
                path = link.get("href").removeprefix(BASE)
                assert (site / path / "index.html").is_file()
    assert len(ids) == len(feeds)


def test_a_reader_reads_every_version_with_its_day_and_state(site):
    read = feedparser.parse((site / "feed.xml").read_bytes())
    assert not read.bozo
    assert read.feed.title == TITLE
    titles = [(one.title.split(":")[0], one.updated[:10]) for one in read.entries[:5]]
    assert titles == [
        ("Withdrawn", "2023-01-09"), ("Semiconductors by way of Kyrgyzstan", "2022-12-01"),
        ("Corrected", "2022-11-05"), ("Aircraft parts to Belarus (made up)", "2022-10-01"),
        ("Withdrawn since", "2022-10-01"),
    ]  # fmt: skip
    assert "The machines stayed in Türkiye." in read.entries[0].summary
    assert "version 2 replaces it" in read.entries[3].summary
    assert "unlikely" not in read.entries[4].summary
    rels = {one.rel: one.href for one in read.entries[2].links}
    assert rels["predecessor-version"] == f"{BASE}case/{AIR}/v1/"
    assert [one.term for one in read.entries[1].tags] == ["KGZ", "KAZ", "854231", "8471"]


def test_feeds_of_a_country_and_of_goods_hold_their_own(site):
    def linked(name):
        return [one.link for one in feedparser.parse((site / name).read_bytes()).entries]

    assert linked("hub/KGZ/feed.xml") == [f"{BASE}case/{CHIP}/v1/"]
    assert linked("code/8542/feed.xml") == [f"{BASE}case/{CHIP}/v1/"]
    assert linked("hub/TUR/feed.xml") == [f"{BASE}case/{TOOL}/v{one}/" for one in (2, 1)]


# https://www.jsonfeed.org/version/1.1/
TOP = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "language": str,
       "authors": list, "items": list}  # fmt: skip
ITEM = {"id": str, "url": str, "title": str, "content_text": str, "date_published": str,
        "date_modified": str, "tags": list}  # fmt: skip


def test_json_feeds_keep_their_schema_and_say_the_same_as_atom(site):
    for name, held in all_feeds(site, "json").items():
        made = json.loads(held)
        assert {key: type(value) for key, value in made.items()} == TOP
        assert made["version"] == "https://jsonfeed.org/version/1.1"
        assert made["feed_url"] == BASE + name
        for one in made["items"]:
            assert {key: type(value) for key, value in one.items()} == ITEM
            assert INSTANT.fullmatch(one["date_published"])
            assert all(isinstance(tag, str) for tag in one["tags"])
        root = etree.fromstring((site / name).with_suffix(".xml").read_bytes())
        assert [one["id"] for one in made["items"]] == [
            one.findtext(A + "id") for one in root.findall(A + "entry")
        ]


def test_an_entry_keeps_its_id_when_the_site_moves_or_the_case_is_corrected(site, tmp_path):
    moved = tmp_path / "moved"
    write(moved, base_url="http://other.example/", title="Other")
    ids = [
        {one.id: one.title for one in feedparser.parse((where / "feed.xml").read_bytes()).entries}
        for where in (site, moved)
    ]
    assert set(ids[0]) == set(ids[1])


def test_a_feed_is_as_long_as_said_and_has_the_newest():
    many = [
        replace(ENTRY, case_id=f"cas_{n}", dossier_id=f"dos_{n}",
                day=f"20{n // 12 + 10}-{n % 12 + 1:02d}-01")
        for n in range(LENGTH + 20)
    ]  # fmt: skip
    feed = Feed("A", "", many)
    read = feedparser.parse(atom(feed, About("A", BASE)))
    assert len(read.entries) == LENGTH
    assert read.entries[0].link.endswith(f"cas_{LENGTH + 19}/v1/")


@pytest.mark.parametrize("text", ["a\x00b", "<b>&amp;</b>", "]]>", "\ud83d\ude00 \U0001f600", ""])
def test_texts_of_any_make_a_feed_that_is_read(text):
    from entrepot.dossiers.planfiles.plaintext import plain

    one = replace(ENTRY, title=plain(text) or "x", summary=plain(text))
    feed = Feed("A", "", [one])
    assert not feedparser.parse(atom(feed, About("A", BASE))).bozo
    assert json.loads(json_feed(feed, About("A", BASE)))["items"][0]["title"] == one.title


def test_a_feed_without_entries_is_a_feed():
    read = feedparser.parse(atom(Feed("A", "", []), About("A", BASE)))
    assert not read.bozo
    assert read.entries == []
    assert read.feed.updated == "1970-01-01T00:00:00Z"
