"""The numbers behind the chart of a lead as one table, with units and periods as in the figures."""

from typing import Any

from entrepot.codes.country import name
from entrepot.dossiers.assemble.rounded import significant
from entrepot.dossiers.charts import onward_expected
from entrepot.signals.lead import Lead
from entrepot.signals.route import Series

Column = list[float | None]


def chart_table(lead: Lead, onward: Series | None) -> dict[str, Any]:
    """Columns and rows, one for each period; null: not reported, not held, or not expected.

    It stands under `usermeta` of the specification, which Vega-Lite leaves alone. Expectations are
    kept to three digits, as in the chart; published sums are exact.
    """
    hub, target, unit = name(lead.hub), name(lead.target), lead.currency
    columns: dict[str, Column] = {f"exports to {hub}, {unit}": list(lead.values)}
    if lead.band and lead.after:
        words = ("expected a {}, {}", "low end, {1}", "high end, {1}")
        for word, level in zip(words, lead.band, strict=True):
            columns[word.format(_step(lead), unit)] = _level(lead, level)
    if onward is not None and any(one is not None for one in onward):
        source = f" ({lead.onward_source})" if lead.onward_source else ""
        columns[f"{hub} to {target}{source}, {unit}"] = list(onward)
        if (mean := onward_expected(lead)) is not None:
            columns[f"expected of it a {_step(lead)}, {unit}"] = _level(lead, mean)
    if lead.direct:
        columns[f"direct exports to {target}, {unit}"] = list(lead.direct)
    rows = [[period, *(column[place] for column in columns.values())]
            for place, period in enumerate(lead.periods)]  # fmt: skip
    return {"columns": [_step(lead), *columns], "rows": rows}


def _step(lead: Lead) -> str:
    """What one period is."""
    return "year" if len(lead.periods[0]) == len("2022") else "month"


def _level(lead: Lead, value: float) -> Column:
    """A level that holds for each period after the ban, and for none before."""
    after = set(lead.after)
    return [significant(value) if place in after else None for place in range(len(lead.periods))]
