"""The page of an assessment in Chromium: rows open without scripts, a phone, paper, contrast."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.dossiers.assessment_world import assessed
from tests.dossiers.test_browser import CONTRAST

from entrepot.dossiers.assessment import assessment_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page") / "assessed.html"
    made.write_text(assessment_page(assessed()), encoding="utf-8")
    return made


@pytest.fixture
def open_page(browser: Any, file: Path) -> Iterator[Any]:
    opened = []

    def show(hash_: str = "", **options: Any) -> Any:
        page = browser.new_page(reduced_motion="reduce", **options)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri() + hash_)
        opened.append(page)
        return page

    yield show
    for page in opened:
        assert page.said == []
        assert len(page.asked) == 1
        page.close()


def test_a_row_opens_by_keyboard_and_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    behind = page.locator("#c1 .behind")
    assert not behind.is_visible()
    page.locator("#c1 .opened summary").first.focus()
    page.keyboard.press("Enter")
    assert behind.is_visible()
    assert not page.locator("#c2 .behind").is_visible()
    assert "msr_0123456789ab" in behind.inner_text()


def test_all_rows_open_at_once_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    page.locator("label.more").click()
    for number in (1, 2, 3, 4):
        assert page.locator(f"#c{number} .behind").is_visible()
        assert page.locator(f"#c{number} .behind").bounding_box()["height"] > 100


def test_paper_has_the_table_and_what_was_opened(open_page):
    page = open_page(viewport={"width": 794, "height": 1100})
    page.emulate_media(media="print")
    heights = "[...document.querySelectorAll('.behind')].map(one => one.checkVisibility())"
    assert page.evaluate(heights) == [False] * 4
    page.evaluate("document.getElementById('all').checked = true")
    assert (
        page.evaluate("document.querySelector('#c3 .behind').getBoundingClientRect().height") > 50
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 794


def test_words_lead_to_their_row_and_back(open_page):
    page = open_page(viewport={"width": 1280, "height": 700})
    page.locator('.text a[href="#c3"]').click()
    assert page.evaluate("document.querySelector(':target').id") == "c3"
    page.locator("#c3 a.no").click()
    assert page.evaluate("document.querySelector(':target').innerText").startswith("and so did gas")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_fits_and_has_contrast(open_page, scheme, width):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CONTRAST) == []
    cut = """[...document.querySelectorAll('.claims tbody :is(td, th), .tally > div')]
        .filter(one => one.offsetParent && one.scrollWidth > one.clientWidth + 1).length"""
    assert page.evaluate(cut) == 0
