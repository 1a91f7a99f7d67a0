"""The pages in Chromium: what is found, without network, scripts or names in addresses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.world import service_of, serving

from entrepot.parties.match import calibration
from entrepot.web import page

pytestmark = pytest.mark.browser

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
  document.querySelectorAll("p,li,td,th,dd,dt,a,h1,h2,h3,code,label,span,button,input,summary")
    .forEach(n => {
      const two = [light(parts(getComputedStyle(n).color)), light(ground(n))];
      two.sort((a, b) => b - a);
      if ((two[0] + 0.05) / (two[1] + 0.05) < 4.5) { weak.push(n.outerHTML.slice(0, 80)); }
    });
  return weak;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("lists")
    with serving(service_of(folder)) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Any]:
    made: list[Any] = []

    def show(path: str = "/", **options: Any) -> Any:
        one = browser.new_page(**options)
        one.said, one.asked = [], []
        one.on("console", lambda message: one.said.append(message.text))
        one.on("request", lambda request: one.asked.append(request.url))
        one.goto(address + path)
        made.append(one)
        return one

    yield show
    for one in made:
        one.close()


def search(shown: Any, **fields: str) -> None:
    for name, value in fields.items():
        field = shown.locator(f"[name={name}]")
        if name == "kind":
            field.select_option(value)
        else:
            field.fill(value)
    shown.click("button")
    shown.wait_for_load_state()


@pytest.mark.parametrize("script", [True, False])
def test_search_shows_reasons_and_keeps_the_name_out_of_the_address(opened, address, script):
    shown = opened(java_script_enabled=script)
    search(shown, name="Zorblat Quixley Vandermut", born="1961-02-03")
    assert shown.inner_text("h2 >> nth=0") == "1 possible match"
    card = shown.inner_text("ol.rows > li")
    assert "Zorblat Quixley Vandermoot" in card
    assert "entry A-100 (INVENTED-7), since 2022-03-15" in card
    assert "'zorblat' in both" in card
    assert shown.url == f"{address}/"
    assert shown.said == []
    assert set(shown.asked) == {f"{address}/", f"{address}/page.css"}


def test_what_contradicts_stands_apart(opened):
    shown = opened()
    search(shown, name="Zorblat Quixley Vandermoot", born="1990-12-31", threshold="0.3")
    assert "birth" in shown.inner_text("li.against").casefold()


def test_number_alone(opened):
    shown = opened()
    search(shown, number="9074729", kind="Vessel")
    assert "WIMBLEDRIFT STAR" in shown.inner_text("ol.rows > li >> nth=0")


def test_nothing_found_clears_nobody(opened):
    shown = opened()
    search(shown, name="Nobody Inparticular")
    assert shown.inner_text("h2 >> nth=0") == "No listed name reaches 0.70"
    assert "This clears nobody" in shown.inner_text("main")


def test_as_listed_on_a_day(opened):
    shown = opened()
    search(shown, name="Zorblat Quixley Vandermoot", on="2022-03-14")
    assert "on 2022-03-14" in shown.inner_text("h2 >> nth=0")
    assert shown.locator("ol.rows").count() == 0


def test_nothing_asked(opened):
    shown = opened()
    search(shown, name=" ")
    assert "Give a name or a number" in shown.inner_text("[role=alert]")


def test_lists_with_counts_and_ages(opened):
    rows = opened().locator("table.lists-table tbody tr").all_inner_texts()
    assert len(rows) == 2
    assert "2024-01-10" in rows[0]
    assert rows[0].endswith("days")


@pytest.mark.parametrize("path", ["/", "/docs", "/reconcile/default/preview?id=lst-1"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone_and_can_be_read(opened, path, scheme):
    shown = opened(path, viewport={"width": 390, "height": 800}, color_scheme=scheme)
    if path == "/":
        search(shown, name="Zorblat Quixley Vandermoot", born="1990-12-31", threshold="0.3")
        shown.click("summary")
    assert shown.evaluate("document.documentElement.scrollWidth") == 390
    assert shown.evaluate(CONTRAST) == []
    assert shown.said == []


def test_docs_name_every_address(opened):
    text = opened("/docs").inner_text("main")
    for path in ("/match/{dataset}", "/match/{dataset}/stream", "/reconcile/{dataset}"):
        assert path in text


def test_false_alarms_are_shown_as_measured():
    rate = calibration.wilson(alarms=12, size=3000)
    assert page._rate(rate) == "0.4 % (12 of 3,000; 95 %: 0.23 to 0.7 %)"
    assert page._rate(None) == ""
