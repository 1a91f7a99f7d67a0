"""The page of a derivation in Chromium: an arrow opens its evidence, a phone, no scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.dossiers.test_browser import CONTRAST
from tests.evidence.independence.planted import by_hand

from entrepot.dossiers.derivation import derivation_page
from entrepot.evidence.independence.derive import derive

pytestmark = pytest.mark.browser
FOUND = derive([one.item for one in by_hand() if one.event == "specialists"])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page") / "graph.html"
    made.write_text(derivation_page(FOUND, command="entrepot roots"), encoding="utf-8")
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


def test_an_arrow_opens_its_evidence(open_page):
    page = open_page(viewport={"width": 1280, "height": 800})
    assert page.locator("details.edge[open]").count() == 0
    number = page.locator("a.arrow").nth(2).get_attribute("data-number")
    page.locator("a.arrow").nth(2).focus()
    page.keyboard.press("Enter")
    assert page.locator("details.edge[open]").get_attribute("id") == f"edge-{number}"
    assert page.locator("a.arrow.on").count() == 1
    assert page.locator("g.item.on").count() == 2


def test_hovering_a_box_lights_its_arrows(open_page):
    page = open_page(viewport={"width": 1280, "height": 800})
    root = FOUND.roots[0]
    page.hover(f'g.item[data-key="{root.root_id}"] .stripe')
    keys = page.eval_on_selector_all("g.item.on", "all => all.map(one => one.dataset.key)")
    assert set(keys) == set(root.items)


def test_a_link_to_evidence_opens_it_with_marked_texts(open_page):
    number = next(place for place, edge in enumerate(FOUND.edges, start=1)
                  if edge.passages and edge.kind == "copies")  # fmt: skip
    page = open_page(f"#edge-{number}")
    one = page.locator(f"#edge-{number}")
    assert one.get_attribute("open") is not None
    assert one.locator(".text").count() == 2
    assert one.locator("mark:visible").count() >= 2


def test_is_complete_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    assert page.locator("table.items tbody tr:visible").count() == len(FOUND.items)
    assert page.locator("g.item").count() == len(FOUND.items) + 1
    page.locator("details.edge summary").first.click()
    assert page.locator("details.edge[open]").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_fits_and_has_contrast(open_page, scheme, width):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CONTRAST) == []
