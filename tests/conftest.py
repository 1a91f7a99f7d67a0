"""Fixtures that several floors share."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.shippedonce import Once

    from entrepot.engine import Engine

REPOSITORY = Path(__file__).resolve().parent.parent

SPARK = "spark"


def pytest_configure(config: pytest.Config) -> None:
    """The mark of xdist is known without it; no law fails because the machine is busy."""
    settings.register_profile(
        "entrepot", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.register_profile("thorough", deadline=None, max_examples=2000)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "entrepot"))
    config.addinivalue_line("markers", "xdist_group(name): tests of one group go to one worker")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several workers a file stays with one of them, so that what it shares is made once.

    Tests on Spark all go to one, as a session takes long to start, and go first, as they take
    longest; xdist reads the groups in the next hook.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: item.get_closest_marker(SPARK) is None)


@pytest.fixture(scope="session")
def once() -> "Iterator[Once]":
    """What was found in the figures that ship: tests/shippedonce.py."""
    from tests.shippedonce import Once

    from entrepot.engine import open_engine

    with open_engine("duckdb") as engine:
        yield Once(engine)


@pytest.fixture(scope="session")
def spark() -> "Iterator[Engine]":
    """One Spark session for all tests of a worker, set for small tables (tests/spark)."""
    pytest.importorskip("pyspark", reason="pyspark is not installed (it is where Java is found)")
    if shutil.which("java") is None:
        pytest.skip("the Spark engine needs a Java runtime")
    from entrepot.engine import open_engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(REPOSITORY / "tests" / "spark"))
        with open_engine("spark") as engine:
            yield engine


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


@pytest.fixture(scope="module")
def found_once(once: "Once") -> Iterator[None]:
    """Commands and the Python API look there first."""
    from tests.shippedonce import used

    with used(once):
        yield
