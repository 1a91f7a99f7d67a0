"""What a page says of itself in its head: title, publisher, day of publication."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from bs4 import BeautifulSoup, Tag

from entrepot.evidence.documents.dateline import day_in

_DAYS: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "date", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.issued", "citation_publication_date",
    "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_HOUSES: Final = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "author")
_ITEMS: Final = 2000
"""Most values looked at in the structured data of a page; real ones hold under 300."""


def title_of(page: BeautifulSoup) -> str:
    """The title as printed: for sharing, on the page, or in its head; empty: none."""
    for found in (_meta(page, ("og:title", "dc.title")), _told(page.h1), _told(page.title)):
        if found:
            return found
    return ""


def publisher_of(page: BeautifulSoup) -> str:
    """The outlet, else the author, as the page names them; empty: it names none."""
    found = _meta(page, _HOUSES[:-1])
    if found:
        return found
    for item in _structured(page):
        house = item.get("publisher")
        named = house.get("name") if isinstance(house, dict) else house
        if isinstance(named, str) and named.strip():
            return _line(named)
    return _meta(page, _HOUSES[-1:])


def day_of(page: BeautifulSoup, root: Tag) -> date | None:
    """The day of publication: from `meta`, structured data or a `time` element; null: none.

    A `time` element counts where it is marked as the day of publication or stands first in the
    article; on the rest of a page it may be the day of anything.
    """
    declared = [_meta(page, (name,)) for name in _DAYS]
    declared.extend(str(item.get("datePublished", "")) for item in _structured(page))
    for marked in ('[itemprop="datePublished"]', "time[pubdate]"):
        declared.extend(_moment(one) for one in page.select(marked, limit=3))
    if root.name in ("article", "main"):
        declared.extend(_moment(one) for one in root.find_all("time")[:1])
    return next((day for day in map(day_in, declared) if day), None)


def _moment(node: Tag) -> str:
    for name in ("datetime", "content"):
        held = node.get(name)
        if isinstance(held, str) and held.strip():
            return held
    return node.get_text(" ", strip=True)[:100]


def _meta(page: BeautifulSoup, names: tuple[str, ...]) -> str:
    for wanted in names:
        for node in page.find_all("meta"):
            for attribute in ("property", "name", "itemprop"):
                held, content = node.get(attribute), node.get("content")
                if isinstance(held, str) and held.lower() == wanted and isinstance(content, str):
                    return _line(content)
    return ""


def _structured(page: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """Objects of the page's JSON-LD, outermost first; what is no JSON is passed over."""
    for node in page.find_all("script", type="application/ld+json")[:20]:
        try:
            waiting = [json.loads(node.get_text())]
        except (ValueError, RecursionError):
            continue
        for _ in range(_ITEMS):
            if not waiting:
                break
            item = waiting.pop(0)
            if isinstance(item, dict):
                yield item
                waiting.extend(item.values())
            elif isinstance(item, list):
                waiting.extend(item[:100])


def _told(node: Tag | None) -> str:
    return _line(node.get_text(" ")) if node else ""


def _line(text: str) -> str:
    return " ".join(text.split())[:500]
