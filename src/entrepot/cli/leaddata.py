"""One lead with all that stands behind it: read while the engine is open, and told as data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import pyarrow as pa

from entrepot.engine import Engine
from entrepot.signals.check import NOT_TESTABLE, Check
from entrepot.signals.checkgroups import kinds
from entrepot.signals.checks import checks
from entrepot.signals.detect import Findings
from entrepot.signals.gaps import LevelGap, lead_gaps, levels_check
from entrepot.signals.lead import Lead
from entrepot.signals.pitfalls_rows import Opened, open_rows
from entrepot.signals.route import Route, Series, onward_series, route
from entrepot.signals.trace import rows_behind
from entrepot.workspace import Figures

MEASURED: Final = (
    "expected_past", "expected_panel", "past_miss", "panel_miss", "steadiness", "growth",
    "goods_growth", "top_share", "direct_before", "vanished_share", "onward_low", "onward_high",
    "onward_source", "substitution_low", "substitution_high", "arrived", "undecidable", "missing",
    "new_line_share", "score", "p_value", "placebo_cells",
)  # fmt: skip
"""Fields of a lead beyond the contract's columns."""


@dataclass(frozen=True)
class Behind:
    """What is read for one lead while the engine is open.

    `rows`: the published rows; `gaps`: both ends at 6, 4 and 2 digits, empty where the figures do
    not hold the hub's imports; `way`: the chain of two hubs; `onward`: what the hub sold to the
    target a period, null where no figures of it are held; `opened`: what single rows tell.
    """

    rows: pa.Table
    gaps: tuple[LevelGap, ...]
    way: Route
    onward: Series | None
    opened: Opened

    def checks(self, lead: Lead, fdr: float) -> tuple[Check, ...]:
        """All named tests, with those that take the hub's own figures."""
        return (*checks(lead, fdr, self.opened), levels_check(self.gaps), self.way.check)


def read_behind(
    lead: Lead, found: Findings, figures: Figures, measures: pa.Table, engine: Engine
) -> Behind:
    """Read what stands behind a lead of a run."""
    return Behind(
        rows_behind(figures.flows, lead, found.question, engine),
        lead_gaps(lead, found.legs),
        route(lead, found),
        onward_series([lead], found).get(lead.lead_id),
        open_rows(figures.flows, lead, found, measures, engine),
    )


def in_full(lead: Lead, found: Findings, behind: Behind) -> dict[str, Any]:
    """A lead as data: the contract's columns, then everything measured beside them.

    `level_gaps` and `second_hub` are null where the figures that they need are not held.
    """
    return {
        **lead.row(),
        **{field: getattr(lead, field) for field in MEASURED},
        "expected_by": None if lead.expected is None else "panel" if lead.is_panel else "past",
        "level_gaps": [_level(one) for one in behind.gaps] or None,
        "second_hub": _second(behind.way),
        "checks": _checks(behind.checks(lead, found.question.fdr)),
        "expected_by_period": [
            {"period": lead.periods[i], "expected": round(value, 2), "actual": lead.values[i]}
            for i, value in zip(lead.after, lead.expected_by_period, strict=False)
        ],
        "reporters": [
            {"reporter": who, "before_a_period": before, "after_a_period": after}
            for who, before, after in lead.reporters
        ],
        "onward": None if behind.onward is None else _series(lead, behind.onward),
        "rows": [{**row, "value": float(row["value"])} for row in behind.rows.to_pylist()],
    }


def _checks(found: tuple[Check, ...]) -> list[dict[str, Any]]:
    return [
        {
            **asdict(check),
            "group": heading,
            "needed": needed if needed and check.outcome == NOT_TESTABLE else None,
        }
        for check, heading, needed in kinds(found)
    ]


def _series(lead: Lead, values: Series) -> list[dict[str, Any]]:
    return [
        {"period": period, "value": value}
        for period, value in zip(lead.periods, values, strict=True)
    ]


def _level(one: LevelGap) -> dict[str, Any]:
    """Both ends at one level; money over the window, in the lead's currency."""
    numbers = {
        "exported": one.exported,
        "imported": one.imported,
        **asdict(one.ends),
        "log_low": one.log_low,
        "log_high": one.log_high,
        "arrived": one.split.arrived,
        "undecidable": one.split.undecidable,
        "missing": one.split.missing,
        "missing_share_low": one.split.share_low,
        "missing_share_high": one.split.share_high,
    }
    return {"digits": one.digits, "codes": list(one.codes), "sign": one.sign, **_plain(numbers)}


def _plain(numbers: Mapping[str, Any]) -> dict[str, float | None]:
    """Numbers of NumPy as plain ones; nan becomes null."""
    return {key: None if value != value else float(value) for key, value in numbers.items()}


def _second(way: Route) -> dict[str, Any] | None:
    if way.value is None:
        return None
    return {"hub": way.hub, "value": way.value, "low": way.low, "high": way.high}
