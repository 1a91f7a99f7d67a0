"""The site's own pages: lists of cases, corrections, methods, about, search, and not found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import jinja2

from entrepot.dossiers import theme
from entrepot.dossiers.paper import environment
from entrepot.dossiers.site.about import About, up
from entrepot.dossiers.site.entry import HEADING, STATES, Entry, day
from entrepot.dossiers.site.groups import Group, leaves
from entrepot.dossiers.site.published import CARD
from entrepot.evidence.wording import BANDS, LOWEST

COMMONEST: Final = 12
"""Countries and headings that the front page names; the full lists have pages of their own."""

LOST: Final = "404.html"

SOURCE: Final = "'self' file:"
"""What a page may load: the site's own files. Browsers that open a folder ask for `file:` too;
a page from the web can load nothing by it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is written.

    Attributes:
        path: of the file.
        html: of the page.
        day: ISO day on which it last changed, for the site map; empty: not known.
        is_indexed: whether the site map has it.
    """

    path: str
    html: str
    day: str = ""
    is_indexed: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """All that pages are made from.

    Attributes:
        about: who publishes.
        entries: versions that count, newest first.
        versions: all versions, newest first.
        hubs: cases by country.
        codes: cases by goods.
    """

    about: About
    entries: tuple[Entry, ...]
    versions: tuple[Entry, ...]
    hubs: tuple[Group, ...]
    codes: tuple[Group, ...]

    @property
    def headings(self) -> tuple[Group, ...]:
        """Goods by HS heading, or by what is coarser."""
        return tuple(one for one in self.codes if len(one.key) <= HEADING)


def site_pages(site: Site) -> list[Page]:
    """Every page but those of cases.

    Raises:
        DossierError: a template fails.
    """
    made = [*_front(site), _search(site), _all_hubs(site), _all_codes(site), _corrections(site)]
    for group in (*site.hubs, *site.codes):
        made += _group(site, group)
    lines = {"bands": _bands(), "states": STATES}
    made.append(
        _page(
            site,
            "methods/index.html",
            "site.methods.html.j2",
            "Methods",
            "How a case is made, what its words mean, and how it can be checked.",
            lines,
        )
    )
    made.append(
        _page(
            site,
            "about/index.html",
            "site.about.html.j2",
            "About and contact",
            "Who publishes, and where to send a reply or a correction.",
            {},
        )
    )
    made.append(_lost(site))
    return made  # fmt: skip


def style() -> str:
    """The one style sheet of the site's pages."""
    light, dark = theme.style_variables(theme.LIGHT), theme.style_variables(theme.DARK)
    source = _environment().get_template("site.css").render()
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{source}\n"
    )


def scripts() -> dict[str, str]:
    """Scripts by path: of the search, and of the form that leads to it."""
    return {
        f"search/{name}.js": _environment().get_template(f"site.{name}.js").render() + "\n"
        for name in ("search", "ask")
    }


def icon() -> str:
    """The sign in the tab of a browser: a box with a way through it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="6" fill="{theme.LIGHT["rise"]}"/>'
        '<path d="M5 16h18m-7-7 8 7-8 7" fill="none" stroke="#fff" stroke-width="3.4"/></svg>\n'
    )


def _front(site: Site) -> list[Page]:
    words = "Findings on restricted goods and their routes, each with the records it rests on."
    made = []
    for leaf in leaves("", site.entries):
        title = "Cases" if leaf.number == 1 else f"Cases, page {leaf.number}"
        given = {
            "leaf": leaf, "first": leaf.number == 1, "hubs": _commonest(site.hubs),
            "headings": _commonest(site.headings),
        }  # fmt: skip
        made.append(
            _page(
                site, leaf.path, "site.front.html.j2", title, words, given,
                changed=_newest(site.versions), is_scripted=leaf.number == 1,
            )
        )  # fmt: skip
    return made


def _commonest(groups: Sequence[Group]) -> list[Group]:
    ordered = sorted(groups, key=lambda one: (-len(one.cases), one.name, one.key))
    return ordered[:COMMONEST]


def _group(site: Site, group: Group) -> list[Page]:
    where = f"{group.name} ({group.key})" if group.kind == "hub" else f"{group.key} {group.name}"
    words = (
        f"Cases on goods that {'went through' if group.kind == 'hub' else 'fall under'} {where}."
    )
    finer = [one for one in site.codes if one.key.startswith(group.key) and one.key != group.key]
    made = []
    for leaf in leaves(group.base, group.cases):
        title = where if leaf.number == 1 else f"{where}, page {leaf.number}"
        given = {"leaf": leaf, "group": group, "finer": finer if group.kind == "code" else []}
        made.append(_page(site, leaf.path, "site.group.html.j2", title, words, given,
                          feed=group.base, changed=_newest(group.entries)))  # fmt: skip
    return made


def _all_hubs(site: Site) -> Page:
    given = {"groups": site.hubs, "kind": "hub"}
    return _page(site, "hub/index.html", "site.groups.html.j2", "By country",
                 "Cases by the country through which goods seem to go.", given)  # fmt: skip


def _all_codes(site: Site) -> Page:
    given = {"groups": site.codes, "kind": "code"}
    return _page(site, "code/index.html", "site.groups.html.j2", "By goods",
                 "Cases by the code of the goods in the Harmonized System.", given)  # fmt: skip


def _corrections(site: Site) -> Page:
    given = {
        "changed": [one for one in site.versions if one.number > 1 or one.state != "published"]
    }
    return _page(site, "corrections/index.html", "site.corrections.html.j2", "Corrections",
                 "What was corrected or withdrawn, and what changed.", given,
                 changed=_newest(given["changed"]))  # fmt: skip


def _search(site: Site) -> Page:
    return _page(site, "search/index.html", "site.search.html.j2", "Search",
                 "Search in all cases, and filter them by country, goods and state.",
                 {"states": sorted({one.state for one in site.entries})},
                 is_scripted=True)  # fmt: skip


def _lost(site: Site) -> Page:
    """Not found: shown at any address, so that its links are full ones."""
    return _page(site, LOST, "site.lost.html.j2", "Page not found", "There is no such page.", {},
                 top=site.about.base_url, is_indexed=False)  # fmt: skip


def _bands() -> list[tuple[str, str]]:
    """Terms of ICD 203 with their limits in percent."""
    lows = [LOWEST, *(top for top, _, _ in BANDS[:-1])]
    return [
        (term, f"{low * 100:.0f} to {top * 100:.0f} %")
        for low, (top, term, _) in zip(lows, BANDS, strict=True)
    ]


def _newest(entries: Sequence[Entry]) -> str:
    return max([one.day for one in entries], default="")


def _page(
    site: Site, path: str, template: str, title: str, words: str, given: Mapping[str, Any], *,
    feed: str = "", changed: str = "", top: str | None = None, is_scripted: bool = False,
    is_indexed: bool = True,
) -> Page:  # fmt: skip
    about = site.about
    whole = f"{title} · {about.title}" if path != "index.html" else about.title
    html = _environment().get_template(template).render(
        site=site, about=about, path=path, up=up(path) if top is None else top, title=title,
        whole=whole, words=words, feed=feed, canonical=about.url(path), og_type="website",
        picture=about.url(CARD), alt=f"{about.title}: {words}", is_scripted=is_scripted,
        is_indexed=is_indexed, source=SOURCE, **given,
    )  # fmt: skip
    return Page(path, html + "\n", changed, is_indexed)


@cache
def _environment() -> jinja2.Environment:
    return environment(day=day)
