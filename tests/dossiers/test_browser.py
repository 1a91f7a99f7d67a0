"""The page in Chromium: opens without network, sorts, filters, fits a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.dossiers.world import world_findings, world_measures

from entrepot.dossiers.report import render_report

pytestmark = pytest.mark.browser
MANY = 60


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = render_report(
        world_findings(many=MANY), about=None, measures=world_measures(), command="entrepot demo"
    )
    made = tmp_path_factory.mktemp("page") / "report.html"
    made.write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def open_page(browser: Any, file: Path) -> Iterator[Any]:
    opened = []

    def show(**options: Any) -> Any:
        page = browser.new_page(**options)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri())
        opened.append(page)
        return page

    yield show
    for page in opened:
        page.close()


def shown(page: Any) -> list[str]:
    rows: list[str] = page.eval_on_selector_all(
        "#leads-table tbody tr",
        "rows => rows.filter(r => r.offsetParent !== null).map(r => r.cells[0].dataset.value)",
    )
    return rows


def test_opens_without_errors_or_requests(open_page, file):
    page = open_page()
    assert page.said == []
    assert page.asked == [file.as_uri()]


def test_first_rows_show_and_the_rest_on_demand(open_page):
    page = open_page()
    assert shown(page) == [str(i + 1) for i in range(40)]
    page.click("label.more")
    assert len(shown(page)) == MANY + 1


def test_is_complete_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    visible = page.locator("#leads-table tbody tr:visible")
    assert visible.count() == 40
    page.click("label.more")
    assert visible.count() == MANY + 1
    assert not page.locator("#filter-text").is_visible()


def test_sorts_by_excess_both_ways(open_page):
    page = open_page()
    head = page.locator("#leads-table thead th", has_text="Excess")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert shown(page)[:2] == ["1", "2"]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert shown(page)[0] == str(MANY + 1)
    assert len(shown(page)) == 40


def test_filters_by_hub_and_text(open_page):
    page = open_page()
    page.select_option("#filter-hub", "Georgia")
    assert len(shown(page)) == MANY // 2
    assert page.inner_text("#filter-count") == f"{MANY // 2} of {MANY + 1} leads"
    page.fill("#filter-text", "COPY 59")
    assert shown(page) == [str(MANY + 1)]
    page.fill("#filter-text", "no such goods")
    assert shown(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone(open_page, scheme):
    page = open_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


CONTRAST = """() => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const light = rgb => rgb.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const found = parts(getComputedStyle(node).backgroundColor);
      if (found.length < 4 || found[3] > 0) { return found; }
    }
    return [255, 255, 255];
  };
  const weak = [];
  document.querySelectorAll("p,li,td,th,dd,dt,a,h1,h2,h3,h4,caption,code,label,span").forEach(n => {
    if (!n.textContent.trim() || n.offsetParent === null) { return; }
    const two = [light(parts(getComputedStyle(n).color)), light(ground(n))].sort((a, b) => b - a);
    if ((two[0] + 0.05) / (two[1] + 0.05) < 4.5) { weak.push(n.className + n.textContent); }
  });
  return weak;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(open_page, scheme):
    assert open_page(color_scheme=scheme).evaluate(CONTRAST) == []
