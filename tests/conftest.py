"""Fixtures that several floors share."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real files that are not part of the repository; skips where it is absent."""
    named = os.environ.get("ENTREPOT_SHARED")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the real files, and {folder} does not exist (set ENTREPOT_SHARED)")
    return folder


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
