"""The page of a plan in Chromium: folds without scripts, a phone, paper, contrast, no request."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.dossiers.plan_world import agile, hostile, looked, swath
from tests.dossiers.test_browser import CONTRAST

from entrepot.dossiers.plan import plan_page

pytestmark = pytest.mark.browser
CHANCES = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page")
    for name, plan in (("looked", looked()), ("hostile", hostile())):
        some = (*swath(), *agile()[:CHANCES]) if name == "looked" else plan.passes
        plan = replace(plan, passes=some)
        (made / f"{name}.html").write_text(plan_page(plan), encoding="utf-8")
    return made


@pytest.fixture
def open_page(browser: Any, folder: Path) -> Iterator[Any]:
    opened = []

    def show(name: str = "looked", **options: Any) -> Any:
        page = browser.new_page(reduced_motion="reduce", **options)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((folder / f"{name}.html").as_uri())
        opened.append(page)
        return page

    yield show
    for page in opened:
        assert page.said == []
        assert len(page.asked) == 1
        page.close()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("looked", 390, "light"), ("looked", 1280, "dark"), ("hostile", 390, "dark")],
)
def test_fits_and_has_contrast(open_page, name, width, scheme):
    page = open_page(name, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CONTRAST) == []


def test_one_time_line_is_shown_for_each_width(open_page):
    page = open_page(viewport={"width": 390, "height": 800})
    shown = "[...document.querySelectorAll('.lines .chart')].map(one => one.checkVisibility())"
    assert page.evaluate(shown) == [False, True]
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate(shown) == [True, False]
    filled = """[...document.querySelectorAll('.lines .wide [fill="url(#hatch)"]')]
        .map(one => [getComputedStyle(one).fill.includes('hatch'), one.getBBox().width > 5])"""
    assert page.evaluate(filled) == [[True, True]] * 3


def test_paper_shows_charts_and_tables_and_hides_closed_folds(open_page):
    page = open_page(viewport={"width": 1040, "height": 720})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") == 1040
    assert page.locator(".lines .wide .chart").is_visible()
    assert not page.locator("details.fold > summary").first.is_visible()
    assert page.locator(".ground").bounding_box()["width"] > 300


def test_chances_unfold_by_keyboard(open_page):
    page = open_page(viewport={"width": 1280, "height": 800})
    fold = page.locator("#agile ~ details")
    assert not fold.locator("table").is_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.locator("table").is_visible()
    assert fold.locator("tbody tr").count() == CHANCES
