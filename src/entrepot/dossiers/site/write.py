"""The public face: a whole static site from dossiers, in place at once or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jinja2

from entrepot.dossiers.site.about import About, read_about
from entrepot.dossiers.site.casepage import bundle, shown
from entrepot.dossiers.site.entry import entries
from entrepot.dossiers.site.feeds import Feed, atom, json_feed
from entrepot.dossiers.site.groups import by_code, by_hub
from entrepot.dossiers.site.pages import Page, Site, icon, scripts, site_pages, style
from entrepot.dossiers.site.picture import Picture, of_case, put_picture
from entrepot.dossiers.site.published import BUNDLE, CARD, PAGE, Case, Published, gather
from entrepot.dossiers.site.searchindex import search_files
from entrepot.dossiers.site.sitemap import robots, sitemaps
from entrepot.dossiers.site.tree import Tree, close, swapped
from entrepot.errors import DossierError, RequestError

STEP: Final = 50
"""Cases between two words on how far it is."""

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        folder: of the site.
        cases: how many cases.
        versions: how many versions of them.
        files: how many files stand there now.
        unchanged: how many of them were as they are now before.
        size: bytes of all files.
    """

    folder: Path
    cases: int
    versions: int
    files: int
    unchanged: int
    size: int


def write_site(
    published: Sequence[Published],
    out: Path,
    *,
    title: str,
    base_url: str,
    about: str = "",
    contact: str = "",
    public_key: str = "",
    newsletter: str = "",
    extra: Mapping[str, bytes] | None = None,
    may_drop: bool = False,
    told: Told = lambda text: None,
) -> Written:
    """Write the whole site: the same dossiers and words make the same bytes.

    The new site is made beside the old one and takes its place in one step; whatever fails before
    leaves the old one as it was. Files that did not change are linked, not written.

    Args:
        published: every version of every case.
        out: folder of the site; new, empty, or a site written before.
        title: name of the site.
        base_url: address of its front page, such as `https://example.org/cases/`.
        about: who publishes and why, in paragraphs.
        contact: where replies and corrections can be sent: mail or web address.
        public_key: key with which the dossiers are signed, as text.
        newsletter: web address where one can subscribe; empty: there is none.
        extra: more files by path that the host needs, such as `CNAME`.
        may_drop: whether a version that stands on the site now may be missing or other.
        told: hears how far it is.

    Raises:
        DossierError: a version is not fit for a site, one is missing, or a template fails.
        RequestError: the folder or the base address does not do, another publisher is at work,
            the disk is full, or a version that was published would vanish.
    """
    held = read_about(
        title, base_url, about=about, contact=contact, public_key=public_key,
        newsletter=newsletter, extra=extra,
    )  # fmt: skip
    cases = gather(published)
    with swapped(out) as tree:
        _keeps(tree.before, cases, may_drop)
        try:
            _fill(tree, cases, held, told)
        except jinja2.TemplateError as error:
            raise DossierError(f"a template of the site fails: {error}") from error
    return Written(
        out, len(cases), sum(len(one.versions) for one in cases), len(tree.sums), tree.linked,
        tree.size,
    )  # fmt: skip


def _keeps(before: dict[str, Any], cases: Sequence[Case], may_drop: bool) -> None:
    """What was published stays: readers have its address, and its number means one text."""
    now = {f"{one.case_id}/v{held.number}": held.dossier_id
           for one in cases for held in one.versions}  # fmt: skip
    for key, dossier_id in sorted(before.get("versions", {}).items()):
        if now.get(key) != dossier_id and not may_drop:
            got = f"another text of {key}" if key in now else f"no {key}"
            raise RequestError(
                f"got {got}, which the site holds as {dossier_id}, expected it unchanged",
                hint="Correct it by a new version, or withdraw the case; both keep what was said.",
            )


def _fill(tree: Tree, cases: Sequence[Case], about: About, told: Told) -> None:
    versions = [one for case in cases for one in entries(case)]
    latest = tuple(one for one in versions if one.is_latest)
    ordered = tuple(sorted(versions, key=lambda one: (one.day, one.number), reverse=True))
    site = Site(about, latest, ordered, by_hub(ordered), by_code(ordered))
    pictures: dict[str, str] = {}
    pages: list[Page] = []
    for number, case in enumerate(cases):
        if number % STEP == 0:
            told(f"case {number + 1} of {len(cases)}")
        pages += _case(tree, case, about)
        picture = of_case(latest[number], about.title)
        put_picture(tree, f"case/{case.case_id}/{CARD}", picture, pictures)
    told("lists, feeds and search")
    put_picture(tree, CARD, Picture(about.title, about.title, foot=_foot(about)), pictures)
    own = site_pages(site)
    for page in own:
        tree.put(page.path, page.html)
    _feeds(tree, site)
    for path, content in _others(site, cases, [*own, *pages]).items():
        tree.put(path, content)
    said = {f"{one.case_id}/v{one.number}": one.dossier_id for one in versions}
    close(tree, {"title": about.title, "base_url": about.base_url, "pictures": pictures,
                 "versions": said})  # fmt: skip


def _others(site: Site, cases: Sequence[Case], pages: Sequence[Page]) -> dict[str, str | bytes]:
    """What is neither page, feed nor picture, by path."""
    about = site.about
    return {
        **search_files(cases, site.entries), **scripts(), "site.css": style(),
        "icon.svg": icon(), "robots.txt": robots(about), **sitemaps(pages, about), **about.extra,
    }  # fmt: skip


def _foot(about: About) -> tuple[str, ...]:
    return ("Findings that others can check", about.base_url.split("://")[1].rstrip("/"))


def _case(tree: Tree, case: Case, about: About) -> list[Page]:
    """Every version of a case at its own address, and the last one at that of the case."""
    for held, entry in zip(case.versions, entries(case), strict=True):
        folders = [f"case/{case.case_id}/v{held.number}/"]
        if entry.is_latest:
            folders.append(f"case/{case.case_id}/")
        for name in held.names():
            content = held.read(name)
            for folder in folders:
                path = folder + name
                is_page = name == PAGE
                tree.put(path, shown(content, case, entry, path, about) if is_page else content)
        tree.put(folders[0] + BUNDLE, bundle(held))
    return [Page(entry.front, "", entry.day, not entry.is_over)]


def _feeds(tree: Tree, site: Site) -> None:
    title = site.about.title
    feeds = [Feed(title, "", site.versions)]
    feeds += [Feed(f"{title}: {one.name}", one.base, one.entries) for one in site.hubs]
    feeds += [Feed(f"{title}: {one.key} {one.name}", one.base, one.entries) for one in site.codes]
    for feed in feeds:
        tree.put(f"{feed.base}feed.xml", atom(feed, site.about))
        tree.put(f"{feed.base}feed.json", json_feed(feed, site.about))
