"""The child: its limits hold, and it is never left behind."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from entrepot.errors import DocumentError
from entrepot.evidence.documents.confined import Limits, confined

HERE = "tests.evidence.documents.jobs"
needs_limits = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no such limits")


def children() -> set[str]:
    """Process ids below this process (Linux)."""
    held = Path(f"/proc/self/task/{os.getpid()}/children")
    return set(held.read_text().split()) if held.exists() else set()


@pytest.fixture(autouse=True)
def nothing_left(monkeypatch: pytest.MonkeyPatch) -> object:
    root = str(Path(__file__).resolve().parents[3])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]))
    before = children()
    yield
    assert children() <= before


def test_bytes_and_values_come_back_whole_whatever_a_library_prints() -> None:
    content = bytes(range(256)) * 1000
    answer = confined((HERE, "echo"), content, "a")
    assert answer.told == {"name": "a", "half": "\ud800"}
    assert answer.contents == (content, b"", content[:1])


def test_a_refusal_comes_back_as_it_was_raised() -> None:
    with pytest.raises(DocumentError) as caught:
        confined((HERE, "refuse"), b"", "a")
    assert str(caught.value) == "a, page 3: got this, expected that"
    assert (caught.value.locator, caught.value.hint) == ("a, page 3", "Do so.")


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("crash", "the reader broke down"),
        ("fail", r"damaged \(KeyError\)"),
        ("recurse", "nested too deep"),
    ],
)
def test_a_reader_that_breaks_down(job: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        confined((HERE, job), b"x" * 1_000_000, "a")
    assert "another format" in caught.value.hint


@needs_limits
def test_memory_is_limited() -> None:
    with pytest.raises(DocumentError, match="more than 1,024 MB of memory"):
        confined((HERE, "swell"), b"", "a")


@needs_limits
def test_computing_time_is_limited() -> None:
    with pytest.raises(DocumentError, match="takes more than 1 s"):
        confined((HERE, "spin"), b"", "a", Limits(cpu_seconds=1))


def test_waiting_is_limited_and_the_child_is_gone() -> None:
    with pytest.raises(DocumentError, match="takes more than"):
        confined((HERE, "sleep"), b"x" * 1_000_000, "a", Limits(wall_seconds=0.5))


def test_the_answer_is_limited() -> None:
    with pytest.raises(DocumentError, match="unfolds to more than 1 MB"):
        confined((HERE, "pour"), b"", "a", Limits(answer_bytes=2**20))


@needs_limits
def test_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="OSError"):
        confined((HERE, "write"), b"secret", str(tmp_path / "left"))
    assert (tmp_path / "left").stat().st_size == 0


@needs_limits
def test_a_child_dies_with_its_parent() -> None:
    code = (
        "from entrepot.evidence.documents.confined import confined\n"
        f"confined(({HERE!r}, 'sleep'), b'', 'a')"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        below = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        child = _awaited(lambda: below.read_text().split())[0]
        limits = Path(f"/proc/{child}/limits")  # set after it asked to die with its parent
        _awaited(lambda: re.search(r"Max file size +0 ", limits.read_text()))
        parent.kill()
    _awaited(lambda: not _lives(child))


def _lives(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


def _awaited(asked):  # type: ignore[no-untyped-def]
    for _ in range(200):
        found = asked()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("waited for ten seconds")
