"""Fixtures that several floors share."""

import os
from pathlib import Path

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
