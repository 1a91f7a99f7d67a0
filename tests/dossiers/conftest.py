"""The browser that the tests of pages share."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs Chromium, and none is on the path")
    with sync_api.sync_playwright() as runner:
        opened = runner.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()
