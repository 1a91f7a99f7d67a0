"""Both engines."""

from collections.abc import Iterator

import pytest

from entrepot.engine import Engine, open_engine

SPARK = pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.xdist_group("spark")])


@pytest.fixture(params=["duckdb", SPARK])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "spark":
        yield request.getfixturevalue("spark")
        return
    with open_engine("duckdb") as opened:
        yield opened
