"""Leads of the figures that ship, found once for each question of a test run.

A run over them takes seconds, and most tests of a command ask the same few questions of them. A
question asked anew is run anew, so that an option that gets lost on its way is still noticed.
tests/test_main_job.py always runs for itself.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pytest

from entrepot.engine import Engine
from entrepot.signals.detect import Findings, detect
from entrepot.signals.question import Question
from entrepot.workspace import straight
from entrepot.workspace.straight import Figures, shipped_figures

FINDERS = ("entrepot.workspace.straight", "entrepot.workspace.claims", "entrepot.cli.demo",
           "entrepot.cli.finding")  # fmt: skip
HELD = 4
"""Tables that are known as the figures that ship: each holds 175 MB, a command needs one."""
SHOWERS = ("entrepot.workspace.straight", "entrepot.cli.demo", "entrepot.cli.figures")


class Once:
    """Findings by question; they live in an engine of their own, which stays open."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._shown: deque[tuple[ir.Table, date | None]] = deque(maxlen=HELD)
        self._figures: dict[date | None, Figures] = {}
        self._found: dict[Any, Findings] = {}

    def shipped(self, engine: Engine, as_of: date | None = None) -> Figures:
        """The figures that ship, remembered as such."""
        figures = shipped_figures(engine, as_of)
        if engine.name == self._engine.name:
            self._shown.append((figures.flows, as_of))
        return figures

    def detect(
        self, flows: ir.Table, measures: pa.Table, question: Question, engine: Engine
    ) -> Findings:
        """As `detect`."""
        shown = [as_of for held, as_of in self._shown if held is flows]
        if not shown:
            return detect(flows, measures, question, engine)
        as_of = shown[0]
        key = (question, as_of, tuple(measures["measure_id"].to_pylist()))
        if key not in self._found:
            if as_of not in self._figures:
                self._figures[as_of] = shipped_figures(self._engine, as_of)
            own = self._figures[as_of].flows
            self._found[key] = detect(own, measures, question, self._engine)
        return self._found[key]


@contextmanager
def used(once: Once) -> Iterator[None]:
    """Commands and the Python API find leads of the figures that ship in what was found before."""
    assert straight.shipped_figures is shipped_figures
    with pytest.MonkeyPatch.context() as patch:
        for module in FINDERS:
            patch.setattr(f"{module}.detect", once.detect)
        for module in SHOWERS:
            patch.setattr(f"{module}.shipped_figures", once.shipped)
        yield
