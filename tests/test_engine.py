"""What an engine keeps under a name is what was asked, on both engines."""

import gc

import pyarrow as pa
from tests.signals.conftest import engine

from entrepot.engine import Engine

__all__ = ["engine"]

ROWS = pa.table({"code": ["8807", "8542", "8542"], "value": [1.0, 2.0, 5.0]})


def summed(engine: Engine, *, kept: bool) -> list[dict[str, object]]:
    rows = engine.table(ROWS)
    few = rows.filter(rows.value > 1.5)
    held = engine.keep(few) if kept else engine.view(few)
    del rows, few
    gc.collect()  # a table in memory that nobody else holds must stay
    found: list[dict[str, object]] = engine.fetch(
        held.group_by("code").agg(value=held.value.sum())
    ).to_pylist()
    return found


def test_kept_rows_are_those_asked_for(engine: Engine) -> None:
    assert summed(engine, kept=True) == [{"code": "8542", "value": 7.0}]


def test_a_view_outlives_the_expression_it_was_made_of(engine: Engine) -> None:
    assert summed(engine, kept=False) == [{"code": "8542", "value": 7.0}]


def test_names_do_not_meet(engine: Engine) -> None:
    one, other = (engine.view(engine.table(ROWS.slice(n, 1))) for n in (0, 1))
    assert engine.fetch(one.select("code")).to_pylist() == [{"code": "8807"}]
    assert engine.fetch(other.select("code")).to_pylist() == [{"code": "8542"}]
