"""The pages of the rule base in Chromium: the slider, the filter, a phone, no scripts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.dossiers.test_browser import CONTRAST

from entrepot.dossiers.rulepages import gap_page, timeline_page
from entrepot.measures.base import STATE_TO, load
from entrepot.measures.book import Rulebook

pytestmark = pytest.mark.browser
STATE = date.fromisoformat(STATE_TO)
ASKED = date(2022, 8, 26)
AFTER = date(2023, 8, 5)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    book, folder = Rulebook(load()), tmp_path_factory.mktemp("rules")
    told: dict[str, Any] = {"regimes": ["EU"], "state_to": STATE, "command": "entrepot"}
    pages = {
        "gap": gap_page(book, "BLR", "RUS", ASKED, **told),
        "after": gap_page(book, "BLR", "RUS", AFTER, **told),
        "life": timeline_page(book, "88", ["RUS", "BLR"], on=ASKED, **told),
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture
def open_page(browser: Any, files: dict[str, Path]) -> Iterator[Any]:
    opened = []

    def show(name: str, hash_: str = "", **options: Any) -> Any:
        page = browser.new_page(reduced_motion="reduce", **options)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(files[name].as_uri() + hash_)
        opened.append(page)
        return page

    yield show
    for page in opened:
        assert page.said == []
        assert len(page.asked) == 1
        page.close()


def chapter(page: Any, code: str = "88") -> list[str]:
    """Cells of a code in the goods table."""
    page.fill("#filter", code)
    cells: list[str] = page.eval_on_selector_all(
        "details.sec[open] tbody tr",
        "(rows, code) => rows.filter(r => r.cells[0].textContent === code)"
        ".flatMap(r => [...r.cells].map(c => c.innerText))",
        code,
    )
    return cells


@pytest.mark.parametrize("name", ["gap", "life"])
def test_opens_on_the_asked_day(open_page, name):
    page = open_page(name)
    assert page.inner_text("#day-words") == "26 August 2022"
    assert page.inner_text("#day-iso") == "2022-08-26"
    assert page.locator("#day").get_attribute("aria-valuetext") == "26 August 2022"


def test_aircraft_are_open_at_the_hub_and_then_not(open_page):
    page = open_page("gap", "#2022-08-26")
    _, _, target, hub, note = chapter(page)
    assert target.startswith("in full since 2022-02-26")
    assert hub == "not listed"
    assert note.startswith("open since 2022-02-26, closes 2023-08-05 by Art. 1sa(1)")
    page.evaluate("location.hash = '#2023-08-05'")
    page.wait_for_function("document.getElementById('day-iso').textContent === '2023-08-05'")
    _, _, target, hub, note = chapter(page)
    assert target.startswith("in full since 2022-02-26")
    assert hub.startswith("in full since 2023-08-05")
    assert note == ""


def test_slider_moves_date_numbers_and_hash_by_keyboard(open_page):
    page = open_page("gap", "#2023-08-04")
    before = page.inner_text("#answer")
    page.focus("#day")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#day-words") == "5 August 2023"
    assert page.inner_text("#answer") != before
    assert page.evaluate("location.hash") == "#2023-08-05"
    page.keyboard.press("End")
    assert page.inner_text("#day-iso") == STATE_TO
    page.keyboard.press("Home")
    assert page.locator("#previous").is_disabled()


def test_buttons_go_to_the_next_and_previous_change(open_page):
    page = open_page("gap", "#2023-07-01")
    page.click("#next")
    assert page.inner_text("#day-iso") == "2023-08-05"
    page.click("#previous")
    assert page.inner_text("#day-iso") == "2023-06-24"
    page.locator(".steps .go", has_text="2024-07-01").click()
    assert page.inner_text("#day-iso") == "2024-07-01"
    assert page.locator(".steps > li.now").get_attribute("data-day") == "2024-07-01"


def test_a_click_on_the_chart_sets_the_day(open_page):
    page = open_page("gap")
    box = page.locator(".gap-chart").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 1, box["y"] + 20)
    assert page.inner_text("#day-iso") > "2025-10"


def test_filters_by_goods_and_gap(open_page):
    page = open_page("gap")
    total = page.inner_text("#filter-count").split(" of ")[1]
    page.fill("#filter", "no such goods")
    assert page.inner_text("#filter-count") == f"0 of {total}"
    assert page.locator("details.sec:visible").count() == 0
    page.fill("#filter", "8807.30")  # not printed on that day, but its chapter is
    assert page.locator("details.sec[open] tbody td:first-child").all_inner_texts() == ["88"]
    page.fill("#filter", "")
    assert page.locator("details.sec[open]").count() == 0
    page.check("#only-gap")
    told = page.inner_text("#gap-now")
    assert page.inner_text("#filter-count") == f"{told.split()[0]} of {total}"


TABLES = """() => [...document.querySelectorAll("details.sec")].filter(d => !d.hidden).map(d => {
  d.open = true;
  return d.querySelector("summary").textContent + "\\n" + [...d.querySelectorAll("tbody tr")]
    .map(r => r.className + [...r.cells].map(c => c.textContent).join("|")).join("\\n");
})"""


@pytest.mark.parametrize(("name", "day"), [("gap", ASKED), ("after", AFTER)])
def test_scripts_show_what_the_page_without_them_shows(open_page, name, day):
    plain = open_page(name, java_script_enabled=False)
    assert not plain.locator("#bar").is_visible()
    other = open_page("after" if name == "gap" else "gap", f"#{day}")
    other.evaluate(TABLES)  # open all, which fills them
    other.wait_for_timeout(100)
    mine, theirs = plain.evaluate(TABLES), other.evaluate(TABLES)
    assert len(mine) > 15
    assert mine == theirs
    assert plain.inner_text("#answer") == other.inner_text("#answer")


def test_life_of_a_code_follows_the_day(open_page):
    page = open_page("life")
    words = page.locator(".cover-now").all_inner_texts()
    assert words == ["in full", "not listed"]
    page.evaluate("location.hash = '#2023-08-05'")
    page.wait_for_function("document.getElementById('day-iso').textContent === '2023-08-05'")
    assert page.locator(".cover-now").all_inner_texts() == ["in full", "in full"]
    assert int(page.inner_text("#force")) == page.locator("table.measures tr.now").count()
    here = page.locator(".lane .cursor").first.evaluate("node => parseFloat(node.style.left)")
    page.click("#next")
    assert page.locator(".lane .cursor").first.evaluate("n => parseFloat(n.style.left)") > here


def test_life_of_a_code_is_complete_without_scripts(open_page):
    page = open_page("life", java_script_enabled=False)
    assert not page.locator("#bar").is_visible()
    assert page.locator("table.measures tbody tr:visible").count() > 4
    assert page.locator(".cover-now").all_inner_texts() == ["in full", "not listed"]


@pytest.mark.parametrize("name", ["gap", "life"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_fits_and_has_contrast(open_page, name, scheme, width):
    page = open_page(name, viewport={"width": width, "height": 800}, color_scheme=scheme)
    if name == "gap":
        page.evaluate("document.querySelectorAll('details.sec')[15].open = true")
        page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CONTRAST) == []
