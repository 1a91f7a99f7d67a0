from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.dossiers.site.site_world import write

from entrepot.dossiers.site import picture


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> Iterator[None]:
    """The same drawing is the same picture: tests draw each once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture, "png", cache(picture.png))
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up site, written once; not to be changed."""
    out = tmp_path_factory.mktemp("site") / "public"
    write(out)
    return out
