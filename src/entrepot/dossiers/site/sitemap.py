"""What search engines are told: robots.txt and the map of the site."""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from entrepot.dossiers.site.about import About
from entrepot.dossiers.site.pages import Page

MOST: Final = 50_000
"""Addresses that one map may hold: https://www.sitemaps.org/protocol.html"""

_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def robots(about: About) -> str:
    """Everything may be read."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {about.base_url}sitemap.xml\n"


def sitemaps(pages: Sequence[Page], about: About) -> dict[str, bytes]:
    """The map by path; with more pages than one may hold, several and a list of them."""
    listed = sorted((one.path, one.day) for one in pages if one.is_indexed)
    parts = [listed[at : at + MOST] for at in range(0, len(listed), MOST)]
    if len(parts) <= 1:
        return {"sitemap.xml": _map("urlset", "url", listed, about)}
    made = {
        f"sitemap-{number}.xml": _map("urlset", "url", part, about)
        for number, part in enumerate(parts, 1)
    }
    names = [(name, "") for name in made]
    return {"sitemap.xml": _map("sitemapindex", "sitemap", names, about), **made}


def _map(root_tag: str, tag: str, rows: Sequence[tuple[str, str]], about: About) -> bytes:
    root = etree.Element(f"{{{_SPACE}}}{root_tag}", nsmap={None: _SPACE})
    for path, day in rows:
        row = etree.SubElement(root, f"{{{_SPACE}}}{tag}")
        etree.SubElement(row, f"{{{_SPACE}}}loc").text = about.url(path)
        if day:
            etree.SubElement(row, f"{{{_SPACE}}}lastmod").text = day
    etree.indent(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made + b"\n"
