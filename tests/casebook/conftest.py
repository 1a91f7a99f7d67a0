"""Both engines of the casebook: a file, and a PostgreSQL server on loopback of the test's own."""

import os
import pwd
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebook.postgres import Server
from tests.casebook.world import BOUGHT, PASSED, REPORT, ticking

from entrepot.casebook.casebook import Casebook


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (installed[-1] if installed else None)
    if found is None:
        pytest.skip("needs a PostgreSQL server (apt-get install postgresql), and none is installed")
    user = None
    if os.getuid() == 0:  # initdb refuses to run as root
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = next((name for name in ("postgres", "nobody") if name in names), None)
        if user is None:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres or nobody")
    made = Server(Path(found).parent, user)
    yield made
    made.remove()


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook without entries, to copy: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("made") / "casebook.sqlite"
    Casebook.upgrade(path, ticking())
    return path


def _copied(made_file: Path, folder: Path) -> str:
    return f"sqlite:///{shutil.copy(made_file, folder)}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, made_file: Path, tmp_path: Path) -> str:
    """Address of a casebook without entries, on each engine."""
    if request.param == "sqlite":
        return _copied(made_file, tmp_path)
    return str(request.getfixturevalue("server").cleared())


@pytest.fixture(params=["sqlite", "postgresql"])
def own_url(request: pytest.FixtureRequest, made_file: Path, tmp_path: Path) -> str:
    """The same for a test that takes away guards or changes tables."""
    if request.param == "sqlite":
        return _copied(made_file, tmp_path)
    return str(request.getfixturevalue("server").made())


@pytest.fixture
def book(url: str) -> Iterator[Casebook]:
    with Casebook.open(url, ticking()) as opened:
        yield opened


@pytest.fixture
def filled(book: Casebook) -> Casebook:
    """With one report and its two claims."""
    book.keep(REPORT, [BOUGHT, PASSED], by="reader")
    return book
