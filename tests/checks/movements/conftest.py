"""Both engines."""

import shutil
from collections.abc import Iterator

import pytest

from entrepot.engine import Engine, open_engine

SPARK = pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.xdist_group("spark")])


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    pytest.importorskip("pyspark", reason="pyspark is not installed (it is where Java is found)")
    if shutil.which("java") is None:
        pytest.skip("the Spark engine needs a Java runtime")
    with open_engine("spark") as engine:
        yield engine


@pytest.fixture(params=["duckdb", SPARK])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "spark":
        yield request.getfixturevalue("spark")
        return
    with open_engine("duckdb") as opened:
        yield opened
