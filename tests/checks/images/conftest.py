from collections.abc import Iterator

import pytest
from imageserver import FakeArchive, five, serving


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeArchive]:
    """A STAC API on the loopback with five made-up items, two on a page."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(FakeArchive(five())) as running:
        yield running
