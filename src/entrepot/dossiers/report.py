"""The report: one page that stands alone, without network, scripts optional."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import jinja2
import pyarrow as pa
from markupsafe import Markup

from entrepot.codes.country import name
from entrepot.codes.period import is_month
from entrepot.dossiers import theme
from entrepot.dossiers.charts import lead_chart, partner_chart
from entrepot.dossiers.heat import heat_rows, step_words
from entrepot.dossiers.law import Law, Row, index, laws
from entrepot.dossiers.ledger import NOT_MEASURED, Line, arrival, expectations, legs
from entrepot.dossiers.paper import environment
from entrepot.dossiers.sparkline import sparkline
from entrepot.dossiers.story import Story, story
from entrepot.signals.amounts import money, percent
from entrepot.signals.check import Check
from entrepot.signals.checkgroups import Group, Untested, groups, untested
from entrepot.signals.checks import checks
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.ranges import interval
from entrepot.signals.route import Series
from entrepot.sources.pocket import About
from entrepot.units import INTERVAL_SHARE, LOW_BASE_PER_MONTH

VISIBLE_ROWS: Final = 40
"""Rows of the ranked table that show before the reader asks for the rest."""


@dataclass(frozen=True)
class Seller:
    """One reporter's exports a period, before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class View:
    """A lead with what its row and card show beside its own fields; `numbers` by heading."""

    lead: Lead
    hub: str
    laws: tuple[Law, ...]
    spark: Markup
    chart: Markup
    sellers: tuple[Seller, ...]
    numbers: tuple[tuple[str, tuple[Line, ...]], ...]
    checks: tuple[Check, ...]
    groups: tuple[Group, ...]
    untested: tuple[Untested, ...]


def render_report(
    findings: Findings,
    *,
    about: About | None,
    measures: pa.Table,
    command: str,
    made_on: date | None = None,
    top: int = 12,
    onward: Mapping[str, Series] | None = None,
    vintage: Sequence[str] = (),
) -> str:
    """The page as HTML. The same inputs give the same bytes.

    Args:
        findings: what `detect` found.
        about: the pocket edition, when the figures are the ones that ship; null for others.
        measures: rows of `MEASURE`, for citations.
        command: what makes this page again.
        made_on: printed when given; the page itself reads no clock.
        top: how many leads get a card.
        onward: by lead, what the hub sold to the target (`signals.route.onward_series`, read while
            the engine is open); null: not held.
        vintage: what `--as-of` left of the figures, in sentences.
    """
    known = index(measures)
    views = [
        _view(lead, known)
        if place >= top
        else _card(_view(lead, known), f"l{place}", findings.question.fdr, onward or {})
        for place, lead in enumerate(findings.listed())
    ]
    template = _environment().get_template("report.html.j2")
    return template.render(
        views=views, cards=views[:top], about=about, command=command, made_on=made_on,
        vintage=vintage, **_context(findings, measures),
    )  # fmt: skip


def _context(findings: Findings, measures: pa.Table) -> dict[str, Any]:
    """What the page shows beside the leads themselves."""
    hubs = sorted({lead.hub for lead in findings.leads}, key=name)
    # The story looks back on all that is known: on an earlier day it would be hindsight.
    told = None if findings.question.as_of else story(findings, measures)
    return {
        "findings": findings,
        "question": findings.question,
        "facts": facts(findings),
        "hubs": hubs,
        "heat": heat_rows(findings.leads, hubs),
        "heat_steps": step_words(),
        "has_onward": any(lead.onward_excess is not None for lead in findings.leads),
        "has_imports": any(lead.phantom_share_low is not None for lead in findings.leads),
        "story": told,
        "story_charts": _charts(told, findings),
        "left_out": _left_out(findings),
        "visible": VISIBLE_ROWS,
        "theme": theme,
        **_names(findings),
    }


def facts(findings: Findings) -> dict[str, Any]:
    """The numbers of the opening sentence; money summed over the listed leads, null without any.

    `low` and `high` add up the ends of the single intervals: wider than an interval of the sum.
    `unsure` counts the leads whose interval reaches zero or below.
    """
    listed = findings.listed()
    whole = [lead for lead in listed if lead.excess is not None]
    cells = [lead.placebo_cells for lead in findings.leads if lead.placebo_cells]
    return {
        "pairs": sum(lead.excess is not None for lead in findings.leads),
        "leads": len(listed),
        "excess": sum(lead.excess or 0.0 for lead in whole) if whole else None,
        "low": _sum(lead.excess_low for lead in whole),
        "high": _sum(lead.excess_high for lead in whole),
        "unsure": sum(lead.excess_low is not None and lead.excess_low <= 0 for lead in listed),
        "statuses": Counter(lead.status for lead in findings.leads),
        "placebo_low": min(cells, default=0),
        "placebo_high": max(cells, default=0),
        "interval": INTERVAL_SHARE,
        "low_base": LOW_BASE_PER_MONTH,
    }


def _sum(values: Iterable[float | None]) -> float | None:
    """The sum; null without any value, or where one of them is null."""
    found = list(values)
    known = [one for one in found if one is not None]
    return sum(known) if known and len(known) == len(found) else None


def _names(findings: Findings) -> dict[str, Any]:
    question, panel = findings.question, findings.panel
    return {
        "coalition": question.coalition,
        "target": name(question.target),
        "partners": [name(code) for code in panel.partners],
        "reporters": [name(code) for code in findings.reporters],
        "lagging": [_lag(text) for text in panel.silence.lagging],
        "dropped": sorted(panel.silence.dropped),
        "currency": panel.currency,
        "step": _step(panel.periods),
    }


def _step(periods: Sequence[str]) -> str:
    return "month" if not periods or is_month(periods[0]) else "year"


def _lag(text: str) -> str:
    who, _, when = text.partition(" ")
    return f"{name(who)} {when}"


def _view(lead: Lead, known: Mapping[str, Row]) -> View:
    """What a row shows."""
    rows = [known[one] for one in lead.valid_measures if one in known]
    return View(lead, name(lead.hub), laws(rows), sparkline(lead), Markup(""), (), (), (), (), ())


def _card(view: View, key: str, fdr: float, onward: Mapping[str, Series]) -> View:
    """The same with what a card shows."""
    lead = view.lead
    tests = checks(lead, fdr)
    return replace(
        view,
        chart=lead_chart(lead, key, onward.get(lead.lead_id)),
        sellers=_sellers(lead),
        numbers=(
            ("Expected", expectations(lead)),
            ("The three legs", legs(lead)),
            ("What arrived, by the hub's own figures", arrival(lead)),
        ),
        checks=tests,
        groups=groups(tests),
        untested=untested(tests),
    )


def _sellers(lead: Lead, most: int = 6) -> tuple[Seller, ...]:
    rows = lead.reporters
    made = [_seller(name(who), before, after) for who, before, after in rows[:most]]
    rest = rows[most:]
    if rest:
        before, after = sum(row[1] for row in rest), sum(row[2] for row in rest)
        made.append(_seller(f"{len(rest)} others", before, after))
    return tuple(made)


def _seller(label: str, before: float, after: float) -> Seller:
    return Seller(label, _amount(before), _amount(after))


def _charts(told: Story | None, findings: Findings) -> tuple[Markup, ...]:
    if told is None:
        return ()
    return tuple(
        partner_chart(findings.panel, row.series, row.label, told.banned_from, f"p{place}")
        for place, row in enumerate(told.partners)
    )


def _left_out(findings: Findings) -> tuple[Lead, ...]:
    told = [lead for lead in findings.leads if lead.status in ("new_code", "too_recent")]
    return tuple(sorted(told, key=lambda lead: (lead.status, lead.commodity_code, lead.hub)))


def _amount(value: float | None, currency: str = "") -> str:
    return NOT_MEASURED if value is None else money(value, currency).strip()


def _share(value: float | None) -> str:
    return NOT_MEASURED if value is None else percent(value)


def _millions(value: float | None) -> str:
    return NOT_MEASURED if value is None else f"{value / 1e6:,.2f}"


def _span(lead: Lead, currency: str = "") -> str:
    if lead.excess_low is None or lead.excess_high is None:
        return NOT_MEASURED
    return _ends((lead.excess_low, lead.excess_high), currency)


def _ends(ends: tuple[float, float], currency: str = "") -> str:
    """The two ends of an interval; that they only round alike is said."""
    return interval(*ends, currency)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _environment() -> jinja2.Environment:
    return environment(
        amount=_amount, share=_share, millions=_millions, span=_span, ends=_ends, capital=_capital
    )
