"""Commands as people type them: what they find in the figures that ship is found once."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def _found_once(found_once: None) -> None:
    """In all tests of this folder."""
