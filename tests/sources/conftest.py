"""An import into a fresh workspace, and what it kept and refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from making import RETRIEVED, rows_of

from entrepot.sources.store import import_file
from entrepot.sources.summary import ImportSummary

Bring = Callable[..., ImportSummary]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def bring(workspace: Path) -> Bring:
    """Import one file into the workspace."""

    def run(path: Path, **options: Any) -> ImportSummary:
        return import_file(path, workspace, retrieved_at=RETRIEVED, **options)

    return run


@pytest.fixture
def kept(workspace: Path) -> Callable[[ImportSummary], list[dict[str, Any]]]:
    """Rows that an import kept."""
    return lambda summary: rows_of(workspace / "flows" / f"{summary.file_id}.parquet")


@pytest.fixture
def refused(workspace: Path) -> Callable[[ImportSummary], list[dict[str, Any]]]:
    """Rows that an import refused."""
    return lambda summary: rows_of(workspace / "refused" / f"{summary.file_id}.parquet")
