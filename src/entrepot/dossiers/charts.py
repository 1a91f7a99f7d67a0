"""Charts: Altair specifications, drawn to SVG without a browser or a network."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import altair as alt
import vl_convert
from markupsafe import Markup

from entrepot.codes.country import name
from entrepot.codes.period import end, start
from entrepot.dossiers.theme import LIGHT, chart_config, inline
from entrepot.signals.amounts import money
from entrepot.signals.lead import Lead
from entrepot.signals.panel import Panel
from entrepot.signals.route import Series

WIDTH: Final = 356
GAP_SHARE: Final = 0.14
"""Share of a bar's place that stays empty, so that bars stand apart."""


def lead_chart(lead: Lead, key: str, onward: Series | None = None) -> Markup:
    """The three legs by period, one time axis below another.

    Exports to the hub against expectation, then what the hub sold to the target where figures of
    that are held (null periods stay empty), then the direct exports to the target.
    """
    return inline(_draw(_legs(lead, onward)), key=key, label=lead_words(lead))


def lead_spec(lead: Lead, onward: Series | None = None) -> dict[str, Any]:
    """The specification of `lead_chart`, with its data in it and the look of the page."""
    return _spec(_legs(lead, onward))


def _legs(lead: Lead, onward: Series | None) -> Any:
    charts = [_upper(lead)]
    if onward is not None and any(value is not None for value in onward):
        charts.append(_onward(lead, onward))
    if lead.direct:
        charts.append(_direct(lead))
    return alt.vconcat(*charts, spacing=14).resolve_scale(x="shared", color="independent")


def partner_chart(
    panel: Panel, values: Sequence[float], title: str, banned: date, key: str
) -> Markup:
    """One small chart of a partner's series, with the ban marked."""
    scale, unit = _unit(values, panel.currency)
    rows = [
        {**_place(period), "value": value / scale, "side": _side(start(period), banned)}
        for period, value in zip(panel.periods, values, strict=True)
    ]
    bars = _bars(rows, _colour("rise"), panel.periods).encode(y=_money_axis(unit, ticks=3))
    ban = _ban(banned, panel.periods, labelled=False)
    whole = alt.layer(bars, *ban).properties(width=230, height=80)
    label = f"{title}: exports by period, {panel.periods[0]} to {panel.periods[-1]}, in {unit}."
    return inline(_draw(whole), key=key, label=label)


def _upper(lead: Lead) -> Any:
    tops = [*lead.values, lead.band[2] if lead.band else 0.0]
    scale, unit = _unit(tops, lead.currency)
    after = set(lead.after)
    rows = [
        {**_place(period), "value": lead.values[i] / scale, "side": "after" if i in after else "-"}
        for i, period in enumerate(lead.periods)
    ]
    layers: list[Any] = []
    if lead.band and lead.after:
        layers.append(_band(lead, scale))
    layers.append(_bars(rows, _colour("rise"), lead.periods).encode(y=_money_axis(unit, ticks=4)))
    if lead.band and lead.after:
        layers.extend(_line(lead, lead.band[0] / scale))
    if lead.banned_from:
        layers.extend(_ban(lead.banned_from, lead.periods, labelled=True))
    title = f"Exports to {name(lead.hub)}"
    return alt.layer(*layers).properties(width=WIDTH, height=140, title=title)


def _onward(lead: Lead, values: Series) -> Any:
    """What the hub sold to the target; the expected mean as a line where it was reckoned."""
    told = [(period, one) for period, one in zip(lead.periods, values, strict=True)
            if one is not None]  # fmt: skip
    mean = onward_expected(lead)
    scale, unit = _unit([*(one for _, one in told), mean or 0.0], lead.currency)
    after = {lead.periods[i] for i in lead.after}
    rows = [
        {**_place(period), "value": one / scale, "side": "after" if period in after else "-"}
        for period, one in told
    ]
    bars = _bars(rows, _colour("direct"), lead.periods).encode(y=_money_axis(unit, ticks=3))
    layers = [bars, *([] if mean is None else _line(lead, mean / scale))]
    if lead.banned_from:
        layers.extend(_ban(lead.banned_from, lead.periods, labelled=False))
    title = alt.TitleParams(
        text=f"{name(lead.hub)} to {name(lead.target)}", subtitle=lead.onward_source or "",
        subtitleColor=LIGHT["muted"], subtitleFontSize=12,
    )  # fmt: skip
    return alt.layer(*layers).properties(width=WIDTH, height=84, title=title)


def onward_expected(lead: Lead) -> float | None:
    """What the hub was expected to sell to the target a period; null: not reckoned."""
    if lead.beside is None or lead.onward_excess is None or not lead.after:
        return None
    return float(lead.beside.onward.expected[lead.place]) / len(lead.after)


def _direct(lead: Lead) -> Any:
    scale, unit = _unit(lead.direct, lead.currency)
    rows = [
        {**_place(period), "value": value / scale, "side": "-"}
        for period, value in zip(lead.periods, lead.direct, strict=True)
    ]
    bars = _bars(rows, alt.value(LIGHT["direct"]), lead.periods)
    layers = [bars.encode(y=_money_axis(unit, ticks=3))]
    if lead.banned_from:
        layers.extend(_ban(lead.banned_from, lead.periods, labelled=False))
    return alt.layer(*layers).properties(
        width=WIDTH, height=84, title=f"Direct exports to {name(lead.target)}"
    )


def _bars(rows: list[dict[str, Any]], colour: Any, periods: Sequence[str]) -> Any:
    base = _data(rows).mark_rect()
    return base.encode(x=_time_axis(periods), x2="to", y2=alt.datum(0), color=colour)


def _time_axis(periods: Sequence[str]) -> alt.X:
    limits = [_milliseconds(start(periods[0])), _milliseconds(end(periods[-1]))]
    axis = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, title=None)
    return alt.X("from:T", scale=alt.Scale(type="utc", domain=limits), axis=axis)


def _milliseconds(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400_000


def _money_axis(unit: str, *, ticks: int) -> alt.Y:
    return alt.Y("value:Q", axis=alt.Axis(tickCount=ticks, title=unit, format=",~r"))


def _colour(after: str) -> alt.Color:
    scale = alt.Scale(domain=["-", "after"], range=[LIGHT["past"], LIGHT[after]])
    return alt.Color("side:N", scale=scale, legend=None)


def _place(period: str) -> dict[str, str]:
    first, last = start(period), end(period)
    gap = timedelta(days=(last - first).days * GAP_SHARE / 2)
    return {"from": (first + gap).isoformat(), "to": (last - gap).isoformat()}


def _side(day: date, banned: date) -> str:
    return "after" if day >= banned else "-"


def _span(lead: Lead) -> dict[str, str]:
    return {
        "from": start(lead.periods[lead.after[0]]).isoformat(),
        "to": end(lead.periods[lead.after[-1]]).isoformat(),
    }


def _band(lead: Lead, scale: float) -> Any:
    assert lead.band is not None
    row = {**_span(lead), "value": lead.band[1] / scale, "high": lead.band[2] / scale}
    chart = _data([row]).mark_rect(color=LIGHT["band"])
    return chart.encode(x=_time_axis(lead.periods), x2="to", y="value:Q", y2="high")


def _line(lead: Lead, value: float) -> list[Any]:
    """A level over the window after the ban."""
    row = {**_span(lead), "value": value}
    base = _data([row]).encode(x=_time_axis(lead.periods), x2="to", y="value:Q")
    # A halo in the colour of the paper keeps the line apart from the bars below it.
    halo = base.mark_rule(color=LIGHT["panel"], strokeWidth=4)
    return [halo, base.mark_rule(color=LIGHT["ink"], strokeWidth=1.8)]


def _ban(banned: date, periods: Sequence[str], *, labelled: bool) -> list[Any]:
    if not start(periods[0]) <= banned <= end(periods[-1]):
        return []
    row = {"from": banned.isoformat(), "text": f"restricted {banned.isoformat()}"}
    base = _data([row]).encode(x=_time_axis(periods))
    rule = base.mark_rule(color=LIGHT["ban"], strokeDash=[4, 3], strokeWidth=1.2)
    if not labelled:
        return [rule]
    text = base.mark_text(
        color=LIGHT["ban"], align="right", baseline="top", dx=-5, fontSize=12
    ).encode(y=alt.value(0), text="text:N")
    return [rule, text]


def _unit(values: Sequence[float], currency: str) -> tuple[float, str]:
    top = max((abs(value) for value in values), default=0.0)
    if top >= 1_000_000:
        return 1e6, f"{currency} m"
    return (1e3, f"{currency} k") if top >= 1_000 else (1.0, currency)


def lead_words(lead: Lead) -> str:
    """What `lead_chart` shows, for those who do not see it."""
    said = f"Exports of {lead.commodity} to {name(lead.hub)} by period"
    if lead.actual is not None and lead.expected is not None:
        said += (
            f": {money(lead.actual, lead.currency)} from {lead.period_from} to {lead.period_to}, "
            f"{money(lead.expected, lead.currency)} expected"
        )
    if lead.onward_excess is not None:
        side = "above" if lead.onward_excess >= 0 else "below"
        said += (
            f"; {name(lead.hub)} sold {money(abs(lead.onward_excess), lead.currency)} {side} "
            f"expectation to {name(lead.target)}"
        )
    if lead.direct_loss is not None:
        said += (
            f"; direct exports to {name(lead.target)} fell by "
            f"{money(lead.direct_loss, lead.currency)}"
        )
    return said + "."


def _data(rows: list[dict[str, Any]]) -> Any:
    # Altair walks all data many times over; as one text it is walked as one word, in half the time.
    return alt.Chart(alt.NamedData(name=json.dumps(rows)))


def _unpack(part: Any) -> Any:
    """The specification with the rows that `_data` packed into names."""
    if isinstance(part, list):
        return [_unpack(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: {"values": json.loads(one["name"])} if key == "data" else _unpack(one)
        for key, one in part.items()
    }


def _spec(chart: Any) -> dict[str, Any]:
    spec: dict[str, Any] = _unpack(chart.to_dict(validate=False))
    spec["config"] = chart_config()
    spec.pop("$schema", None)
    return spec


def _draw(chart: Any) -> str:
    return str(vl_convert.vegalite_to_svg(_spec(chart)))
