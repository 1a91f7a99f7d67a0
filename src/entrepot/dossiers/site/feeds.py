"""Atom (RFC 4287) and JSON Feed 1.1 of what was published: one entry for each version.

A version keeps its id wherever it is read: a UUID made from the dossier's id. The days are those
of the dossiers at 00:00 UTC, so that a site built twice has the same feeds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from entrepot.dossiers.site.about import About
from entrepot.dossiers.site.entry import Entry

LENGTH: Final = 100
"""Entries of a feed, newest first; earlier ones stand on the site."""

ATOM: Final = "http://www.w3.org/2005/Atom"
JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
EPOCH: Final = "1970-01-01"
"""When a feed without entries was changed: Atom wants a day."""

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its title, the folder of its page, with `/` at the end, and its entries."""

    title: str
    base: str
    entries: Sequence[Entry]

    @property
    def newest(self) -> list[Entry]:
        """What stands in it; of one day the later version first."""
        ordered = sorted(self.entries, key=lambda one: (one.case_id, -one.number))
        return sorted(ordered, key=lambda one: one.day, reverse=True)[:LENGTH]


def uid(text: str) -> str:
    """An id that does not change: a name-based UUID (RFC 9562, version 5) as a URN."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'urn:entrepot:' + text)}"


def headline(one: Entry) -> str:
    """Title of an entry; a correction or a withdrawal is said first."""
    if one.state == "withdrawn":
        return f"Withdrawn: {one.title}"
    if one.is_over:
        return f"Withdrawn since: {one.title}"
    return f"Corrected: {one.title}" if one.number > 1 else one.title


def words(one: Entry) -> list[str]:
    """What an entry says, in paragraphs."""
    said = []
    if one.state == "withdrawn":
        said.append("This case was withdrawn. It no longer stands.")
    elif not one.is_latest:
        after = "the case was withdrawn" if one.is_over else f"version {one.count} replaces it"
        said.append(f"This is version {one.number}; {after}.")
    if one.changes:
        said.append("What changed: " + " ".join(one.changes))
    return [*said, one.summary] if one.summary else said or [one.title]


def atom(feed: Feed, about: About) -> bytes:
    """The feed as Atom."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set(f"{_XML}base", about.base_url)
    root.set(f"{_XML}lang", "en")
    found = feed.newest
    _add(root, "id", uid(f"feed {about.base_url}{feed.base}"))
    _add(root, "title", feed.title)
    _add(root, "updated", instant(max([one.day for one in found], default=EPOCH)))
    _add(_add(root, "author"), "name", about.title)
    _link(root, "self", about.url(feed.base + "feed.xml"), "application/atom+xml")
    _link(root, "alternate", about.url(feed.base), "text/html")
    _add(root, "generator", "Entrepot")
    for one in found:
        _atom_entry(root, one, about)
    etree.indent(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made + b"\n"


def _atom_entry(root: Any, one: Entry, about: About) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", uid(one.dossier_id))
    _add(entry, "title", headline(one))
    _add(entry, "updated", instant(one.day))
    _add(entry, "published", instant(one.day))
    _link(entry, "alternate", about.url(one.page), "text/html")
    # Relations of versions: RFC 5829
    _link(entry, "latest-version", about.url(one.front), "text/html")
    if one.number > 1:
        _link(entry, "predecessor-version", about.url(_version(one, -1)), "text/html")
    if not one.is_latest:
        _link(entry, "successor-version", about.url(_version(one, 1)), "text/html")
    for kind, some in (("hub", one.hubs), ("code", one.goods)):
        for key, name in some:
            scheme = about.url(f"{kind}/")
            _add(entry, "category", term=key, label=name, scheme=scheme)
    _add(entry, "summary", "\n\n".join(words(one)), type="text")


def _version(one: Entry, step: int) -> str:
    return f"case/{one.case_id}/v{one.number + step}/"


def _add(parent: Any, tag: str, text: str = "", **given: str) -> Any:
    made = etree.SubElement(parent, f"{{{ATOM}}}{tag}", **given)
    if text:
        made.text = text
    return made


def _link(parent: Any, rel: str, href: str, kind: str) -> None:
    _add(parent, "link", rel=rel, href=href, type=kind)


def json_feed(feed: Feed, about: About) -> bytes:
    """The feed as JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""
    made = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": about.url(feed.base),
        "feed_url": about.url(feed.base + "feed.json"),
        "language": "en",
        "authors": [{"name": about.title, "url": about.base_url}],
        "items": [_item(one, about) for one in feed.newest],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _item(one: Entry, about: About) -> dict[str, Any]:
    return {
        "id": uid(one.dossier_id),
        "url": about.url(one.page),
        "title": headline(one),
        "content_text": "\n\n".join(words(one)),
        "date_published": instant(one.day),
        "date_modified": instant(one.day),
        "tags": [name for _, name in (*one.hubs, *one.goods)],
    }


def instant(day: str) -> str:
    """A day as an instant of RFC 3339: its first second in UTC."""
    return f"{day}T00:00:00Z"
