"""The site as a whole: what stands where, the same bytes again, all or nothing, nothing lost."""

import json
import shutil
import zipfile
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.dossiers.site.site_world import (
    AIR,
    BASE,
    CHIP,
    TOOL,
    after,
    dossiers,
    held,
    published,
    sealed,
    tree,
    write,
)

from entrepot.dossiers.site import picture
from entrepot.dossiers.site import tree as trees
from entrepot.dossiers.site import write as writing
from entrepot.dossiers.site.onepublisher import one_publisher
from entrepot.dossiers.site.published import Published
from entrepot.errors import DossierError, RequestError


class Links(HTMLParser):
    """Addresses that a page links to or loads, and its ids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(given["id"])
        self.found += [given[key] for key in ("href", "src", "action") if given.get(key)]
        is_loaded = tag in ("script", "img", "iframe") or given.get("rel") in ("stylesheet", "icon")
        self.loaded += [given[key] for key in ("src", "href") if is_loaded and given.get(key)]


def links(page: Path) -> Links:
    made = Links()
    made.feed(page.read_text(encoding="utf-8"))
    return made


def test_every_link_leads_to_a_file_of_the_site_and_nothing_is_loaded_from_elsewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 25
    for page in pages:
        if page.name == "404.html":
            continue
        found = links(page)
        assert all(not urlsplit(one).netloc for one in found.loaded), page
        for one in found.found:
            parts = urlsplit(one)
            if parts.scheme or not parts.path or "example.org" in parts.netloc:
                assert not one.startswith("javascript:")
                continue
            assert (page.parent / parts.path).is_file(), (page, one)
            assert not parts.path.endswith("/")


def test_not_found_has_full_addresses_as_it_is_shown_anywhere(site):
    found = links(site / "404.html")
    local = [one for one in found.found if not one.startswith(("mailto:", "#"))]
    assert local
    assert all(one.startswith(BASE) for one in local)


def test_the_files_of_a_version_are_those_that_were_sealed(site):
    for name in ("dossier.json", "dossier.md", "dossier.pdf"):
        first, second, last = (
            (site / "case" / AIR / folder / name).read_bytes() for folder in ("v1", "v2", ".")
        )
        assert second == last
        assert (first == second) == (name != "dossier.json")
    with zipfile.ZipFile(site / "case" / AIR / "v1" / "dossier.zip") as opened:
        inside = {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}
    assert inside == published()[0].files


def test_an_earlier_version_says_which_one_replaces_it(site):
    old = (site / "case" / AIR / "v1" / "index.html").read_text(encoding="utf-8")
    assert f'Superseded by <a href="../../../case/{AIR}/index.html">version 2 of 5 November' in old
    assert '<meta name="robots" content="noindex">' in old
    gone = (site / "case" / TOOL / "v1" / "index.html").read_text(encoding="utf-8")
    assert "This case was withdrawn on 9 January 2023." in gone
    new = (site / "case" / AIR / "index.html").read_text(encoding="utf-8")
    assert "Superseded" not in new
    assert f'<link rel="canonical" href="{BASE}case/{AIR}/">' in new
    assert f"case/{AIR}/v1/index.html" in new
    assert "noindex" not in new


def test_corrections_say_what_changed_and_link_both_ways(site):
    page = (site / "corrections" / "index.html").read_text(encoding="utf-8")
    assert "The figure of May 2022 was in USD." in page.replace('<span class="nw">', "").replace(
        "</span>", ""
    )
    assert "The machines stayed in Türkiye." in page
    for case_id in (AIR, TOOL):
        for number in (1, 2):
            assert f"../case/{case_id}/v{number}/index.html" in page
    assert page.index("Machine tools") < page.index("Aircraft parts")
    assert CHIP not in page


def test_lists_are_by_date_and_say_nothing_of_what_was_withdrawn(site):
    front = (site / "index.html").read_text(encoding="utf-8")
    places = [front.index(f"case/{one}/index.html") for one in (TOOL, CHIP, AIR)]
    assert places == sorted(places)
    turkey = (site / "hub" / "TUR" / "index.html").read_text(encoding="utf-8")
    for page in (front, turkey, (site / "search" / "cases" / "0.js").read_text("ascii")):
        assert "Withdrawn: The machines stayed in T" in page
    assert "withdrawn" in turkey
    assert "EUR exports" not in turkey
    assert "unlikely (20 to 45" not in turkey


def test_a_heading_collects_its_finer_codes(site):
    heading = (site / "code" / "8542" / "index.html").read_text(encoding="utf-8")
    assert f"case/{CHIP}/index.html" in heading
    assert "code/854231/index.html" in heading
    assert AIR not in heading


def test_same_dossiers_same_bytes_in_any_order_and_time_zone(site, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    write(tmp_path / "elsewhere" / "other", published()[::-1])
    assert tree(tmp_path / "elsewhere" / "other") == tree(site)


def test_site_json_lists_every_other_file_with_its_hash(site):
    files = tree(site)
    said = json.loads(files.pop("site.json"))
    assert said["files"] == {name: sha256(held).hexdigest() for name, held in files.items()}
    assert said["versions"][f"{AIR}/v2"].startswith("dos_")


def test_what_did_not_change_is_linked_and_pictures_are_not_drawn_again(tmp_path, monkeypatch):
    out = tmp_path / "public"
    first = write(out)
    assert first.unchanged == 0
    kept = (out / "case" / AIR / "card.png").stat().st_ino
    drawn = []
    real = picture.png
    monkeypatch.setattr(picture, "png", lambda svg: drawn.append(svg) or real(svg))
    more = held("cas_new", title="One more", published_on="2023-02-01", hubs=("ARM",))
    second = write(out, [*published(), sealed(more)])
    assert len(drawn) == 1
    assert (out / "case" / AIR / "card.png").stat().st_ino == kept
    assert 0 < second.unchanged < second.files
    fresh = tmp_path / "fresh"
    write(fresh, [*published(), sealed(more)])
    assert tree(fresh) == tree(out)


def test_a_file_that_was_tampered_with_is_written_anew(tmp_path):
    out = tmp_path / "public"
    write(out)
    before = tree(out)
    for name in (f"case/{AIR}/card.png", f"case/{AIR}/dossier.json", "index.html"):
        held_bytes = bytearray(before[name])
        held_bytes[len(held_bytes) // 2] ^= 1
        (out / name).write_bytes(bytes(held_bytes))
    write(out)
    assert tree(out) == before


@pytest.mark.parametrize("name", ["put_picture", "search_files", "close", "sitemaps"])
def test_a_failure_leaves_the_old_site_whole(tmp_path, monkeypatch, name):
    out = tmp_path / "public"
    write(out)
    before = tree(out)

    def broken(*args, **given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, name, broken)
    more = held("cas_new", published_on="2023-02-01")
    with pytest.raises(RequestError, match="No space left"):
        write(out, [*published(), sealed(more)])
    assert tree(out) == before
    assert {one.name for one in tmp_path.iterdir()} == {"public"}


def test_a_failed_first_site_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "search_files", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "public")
    assert not list(tmp_path.iterdir())


def test_the_swap_in_two_steps_puts_the_old_site_back(tmp_path, monkeypatch):
    out = tmp_path / "public"
    write(out)
    before = tree(out)
    monkeypatch.setattr(trees, "_at_once", lambda new, out: False)
    real = Path.rename

    def rename(self, target):
        if self.name == ".public.new":
            raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(RequestError, match="Input/output"):
        write(out)
    assert tree(out) == before
    monkeypatch.setattr(Path, "rename", real)
    write(out, [*published(), sealed(held("cas_new", published_on="2023-02-01"))])
    assert (out / "case" / "cas_new" / "index.html").is_file()
    assert {one.name for one in tmp_path.iterdir()} == {"public"}


def test_what_a_killed_publisher_left_is_put_right(tmp_path):
    out = tmp_path / "public"
    write(out)
    before = tree(out)
    out.rename(tmp_path / ".public.old")
    (tmp_path / ".public.new").mkdir()
    (tmp_path / ".public.new" / "half").write_text("half")
    assert write(out).unchanged == len(before)
    assert tree(out) == before
    assert {one.name for one in tmp_path.iterdir()} == {"public"}


def test_a_second_publisher_is_refused(tmp_path):
    """The lock is of the open file, so that one process can stand for two."""
    out = tmp_path / "public"
    write(out)
    before = tree(out)
    with one_publisher(out), pytest.raises(RequestError, match="another publisher"):
        write(out)
    assert tree(out) == before
    write(out)


def test_a_folder_that_is_no_site_is_not_touched(tmp_path):
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.txt").write_text("years of work")
    with pytest.raises(RequestError, match="no site"):
        write(out)
    assert tree(out) == {"chapter.txt": b"years of work"}


def test_files_that_are_not_the_sites_are_not_lost(tmp_path):
    out = tmp_path / "public"
    write(out, extra={"CNAME": b"example.org\n"})
    assert (out / "CNAME").read_bytes() == b"example.org\n"
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").write_text("ref")
    with pytest.raises(RequestError, match=r"1 file .*\.git/HEAD"):
        write(out)
    assert (out / ".git" / "HEAD").is_file()


def test_a_version_that_stands_is_not_dropped_or_changed(tmp_path):
    out = tmp_path / "public"
    write(out)
    less = [one for one in published() if one.dossier.case_id != CHIP]
    with pytest.raises(RequestError, match=f"no {CHIP}/v1"):
        write(out, less)
    other = [*less, sealed(replace(dossiers()[2], title="Another text"))]
    with pytest.raises(RequestError, match=f"another text of {CHIP}/v1"):
        write(out, other)
    write(out, less, may_drop=True)
    assert not (out / "case" / CHIP).exists()


@pytest.mark.parametrize("path", ["../x", "/tmp/x", "a\\..\\x", "a//x", "", "index.html"])
def test_a_file_of_the_host_stays_in_the_site_and_replaces_no_page(tmp_path, path):
    with pytest.raises(DossierError, match="got"):
        write(tmp_path / "public", [], extra={path: b""})
    assert not list(tmp_path.iterdir())


def test_an_empty_site_says_so(tmp_path):
    write(tmp_path / "public", [])
    assert "Nothing is published yet" in (tmp_path / "public" / "index.html").read_text()


def test_a_folder_of_a_sealed_dossier_is_read(tmp_path):
    one = published()[2]
    folder = tmp_path / "dossier"
    for name, content in {**one.files, "charts/one.svg": b"<svg/>"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    write(tmp_path / "public", [replace(one, files=folder)])
    assert (tmp_path / "public" / "case" / CHIP / "v1" / "charts" / "one.svg").is_file()
    shutil.rmtree(folder / "charts")
    (folder / "charts").symlink_to(folder / "dossier.md")
    with pytest.raises(DossierError, match="link"):
        write(tmp_path / "public", [replace(one, files=folder)])


REFUSED = {
    "a draft": (lambda: [sealed(held("cas_a", state="draft"))], "state 'draft'"),
    "an id": (lambda: [sealed(held("../../etc"))], "case id"),
    "no day": (lambda: [sealed(held("cas_a", published_on="soon"))], "published on 'soon'"),
    "a country": (lambda: [sealed(held("cas_a", hubs=("../x",)))], "country"),
    "goods": (lambda: [sealed(held("cas_a", codes=("85/42",)))], "goods"),
    "twice": (lambda: [published()[2], published()[2]], "twice"),
    "a gap": (lambda: [published()[1]], "all of them from 1"),
    "days": (
        lambda: [sealed(held("cas_a")), sealed(after(held("cas_a"), "2022-01-01", "corrected"))],
        "backwards",
    ),
    "above": (lambda: [sealed(held("cas_a"), **{"../x": b""})], r"'\.\./x'"),
    "taken": (lambda: [sealed(held("cas_a"), **{"v1/x": b""})], "'v1/x'"),
    "same": (lambda: [sealed(held("cas_a"), **{"Dossier.MD": b""})], "Dossier.MD"),
    "page": (lambda: [Published(held("cas_a"), "dos_1", {})], "no index.html"),
    "no head": (lambda: [sealed(held("cas_a"), **{"index.html": b"<p>"})], "head and a body"),
    "latin": (lambda: [sealed(held("cas_a"), **{"index.html": b"\xff"})], "UTF-8"),
    "data": (lambda: [sealed(held("cas_a"), **{"dossier.json": b"{}"})], "not the dossier"),
    "manifest": (
        lambda: [replace(sealed(held("cas_a"), **{"manifest.json": b"{}"}), manifest_sha256="0")],
        "SHA-256",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_fit_is_refused_and_nothing_is_written(tmp_path, what):
    made, why = REFUSED[what]
    with pytest.raises(DossierError, match=why):
        write(tmp_path / "public", made())
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize(
    "base",
    ["example.org", "ftp://example.org/", "https://a b/", "https://u:p@example.org/",
     "https://example.org/?q", "https://example.org/#a", "javascript:alert(1)", "https://[", ""],
)  # fmt: skip
def test_a_base_address_that_is_none_is_refused(tmp_path, base):
    with pytest.raises(RequestError, match="base address"):
        write(tmp_path / "public", [], base_url=base)


def test_a_title_is_needed(tmp_path):
    with pytest.raises(RequestError, match="title"):
        write(tmp_path / "public", [], title=" \n")


def test_no_template_is_filled_by_texts_of_a_case(site):
    front = (site / "index.html").read_text(encoding="utf-8")
    assert "{{7*7}}" in front
    assert "<img src=x" not in front
    assert "<script>alert" not in front
    assert "\u202e" not in front
    about = tree(site)["about/index.html"].decode()
    assert "javascript:" not in about
