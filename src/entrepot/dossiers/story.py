"""The aircraft-parts story of August 2022, checked against the measures and the figures.

The claim: Belarus may lawfully buy aircraft parts and pass them on to Russia. What the law said is
read from the measures; what was traded from the panel. What no list of codes of the EU can hold
(a freeze, the US rule, goods in words) is read from the rule base that ships.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pyarrow as pa

from entrepot.codes.country import name
from entrepot.codes.period import MONTH_NAMES, is_month
from entrepot.dossiers.law import Law, laws
from entrepot.measures.base import load
from entrepot.measures.book import binds
from entrepot.measures.cite import cite
from entrepot.signals.amounts import money, percent
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.panel import Panel

AIRCRAFT_PARTS: Final = frozenset({"8803", "8807"})
"""Heading 8803 became 8807 with HS 2022."""

SUBJECT: Final = "BLR"
TARGET: Final = "RUS"
SHOWN: Final = ("KGZ", "GEO", "ARM", "KAZ", "UZB", SUBJECT, TARGET)
CLAIMED_ON: Final = date(2022, 8, 26)


@dataclass(frozen=True)
class LegalRow:
    """What became restricted, for whom, from which day, and where it is written."""

    on: date
    route: str
    what: str
    source: str
    how_sure: str


@dataclass(frozen=True)
class PartnerRow:
    """Exports of aircraft parts to one partner: totals of the same months in each year.

    `change_share` is the last year against the one before (-1 to any); null without a base.
    """

    partner: str
    label: str
    totals: tuple[float, ...]
    series: tuple[float, ...]
    change_share: float | None
    status: str


@dataclass(frozen=True)
class Story:
    """Everything the page says about the claim."""

    legal: tuple[LegalRow, ...]
    years: tuple[str, ...]
    months: tuple[str, str]
    partners: tuple[PartnerRow, ...]
    sentences: tuple[str, ...]
    answer: str
    banned_from: date


CERTAINTY: Final = {
    "text": "legal text read",
    "official_summary": "official abstract read",
    "secondary": "secondary source read",
    "derived": "code or day derived",
    "recalled": "recalled, not verified",
}

BEYOND_CODES: Final = (
    (
        "EU to Belavia",
        "anything of value: the airline's assets are frozen",
        {"regime": "EU", "effect": "asset_freeze", "destination": SUBJECT},
    ),
    (
        "US to Belarus",
        "US-origin aircraft parts (export control number 9A991): licence needed, policy of denial; "
        "the rule follows the item through third countries",
        {"regime": "US", "effect": "licence", "destination": SUBJECT, "commodity_code": "880730"},
    ),
    (
        "EU to Belarus",
        "dual-use goods, listed by description and not by tariff code",
        {"regime": "EU", "effect": "export_ban", "destination": SUBJECT, "article": "1e(1)"},
    ),
)
"""Law that the EU's code lists cannot hold, and where the rule base has it."""


def story(findings: Findings, measures: pa.Table) -> Story | None:
    """The story, or null where the figures do not hold monthly headings for its countries."""
    panel = findings.panel
    if not panel.periods or not is_month(panel.periods[0]) or findings.question.target != TARGET:
        return None
    places = [i for i, b in enumerate(panel.baskets) if AIRCRAFT_PARTS & {b.code, *b.codes}]
    banned = _first_day(measures, TARGET, "88")
    columns = _same_months(panel.periods, findings.question.since)
    if not places or len(columns) < 2 or SUBJECT not in panel.partners or banned is None:
        return None
    rows = [
        _partner(partner, panel, places, columns, findings.leads)
        for partner in SHOWN
        if partner in panel.partners
    ]
    first, last = (columns[-1][1][0], columns[-1][1][-1])
    return Story(
        legal=_legal(measures),
        years=tuple(year for year, _ in columns),
        months=tuple(MONTH_NAMES[int(panel.periods[i][5:]) - 1] for i in (first, last)),  # type: ignore[arg-type]
        partners=tuple(rows),
        sentences=_sentences(rows, panel.currency),
        answer=_answer(rows, measures),
        banned_from=banned,
    )


def _same_months(periods: Sequence[str], since: str) -> list[tuple[str, list[int]]]:
    """The months after `since` in its year, and the same ones of every other whole year."""
    months = {p[5:] for p in periods if p[:4] == since[:4] and p >= since}
    years: dict[str, list[int]] = {}
    for i, period in enumerate(periods):
        if period[5:] in months:
            years.setdefault(period[:4], []).append(i)
    whole = [(year, found) for year, found in sorted(years.items()) if len(found) == len(months)]
    return [(year, found) for year, found in whole if year <= since[:4]]


def _partner(
    partner: str,
    panel: Panel,
    places: Sequence[int],
    columns: Sequence[tuple[str, list[int]]],
    leads: Sequence[Lead],
) -> PartnerRow:
    series = panel.values[panel.partners.index(partner), list(places)].sum(axis=0)
    totals = tuple(float(series[found].sum()) for _, found in columns)
    ids = {panel.baskets[i].basket_id for i in places}
    found = [lead for lead in leads if lead.hub == partner and lead.basket.basket_id in ids]
    change = totals[-1] / totals[-2] - 1 if totals[-2] else None
    return PartnerRow(
        partner=partner,
        label=name(partner),
        totals=totals,
        series=tuple(float(value) for value in series),
        change_share=change,
        status=found[0].status if found else "target" if partner == TARGET else "not judged",
    )


def _sentences(rows: Sequence[PartnerRow], currency: str) -> tuple[str, ...]:
    made = [_subject(row, currency) for row in rows if row.partner == SUBJECT]
    rose = [row for row in rows if row.partner not in (SUBJECT, TARGET) and _rose(row)]
    if rose:
        parts = [f"{row.label} ({_change(row, currency)})" for row in rose]
        made.append(f"Exports rose to {_listed(parts)}.")
        weak = [row.label for row in rose if row.status != "lead"]
        strong = [row.label for row in rose if row.status == "lead"]
        if weak:
            made.append(
                f"The rise for {_listed(weak)} is below the threshold: not safely told from "
                "ordinary change."
            )
        if strong:
            made.append(f"The rise for {_listed(strong)} is in the list of leads.")
    made.extend(_subject(row, currency) for row in rows if row.partner == TARGET)
    return tuple(made)


def _subject(row: PartnerRow, currency: str) -> str:
    """How exports to one partner changed, in a sentence."""
    if row.change_share is None:
        return f"Exports to {row.label} cannot be compared: the year before holds none."
    verb = "fell" if row.change_share < 0 else "rose"
    return (
        f"Exports to {row.label} {verb} by {percent(abs(row.change_share))}: "
        f"{_change(row, currency)}."
    )


def _change(row: PartnerRow, currency: str) -> str:
    return f"{money(row.totals[-2], currency)} to {money(row.totals[-1], currency)}"


def _rose(row: PartnerRow) -> bool:
    return row.totals[-1] > row.totals[-2]


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _answer(rows: Sequence[PartnerRow], measures: pa.Table) -> str:
    day = _first_day(measures, SUBJECT, "88")
    if day is None:
        law = "no ban of chapter 88 for Belarus stands in the measures used, so the law is open"
    elif day > CLAIMED_ON:
        law = f"partly true in law for the EU's chapter 88 ban, which bound only from {day}"
    else:
        law = f"not true in law: the EU's chapter 88 ban bound from {day}"
    figures = next(row for row in rows if row.partner == SUBJECT)
    seen = (
        "they show a rise, which has other reasons too"
        if _rose(figures)
        else "not supported by EU figures, not refuted either"
    )
    return f"{law[0].upper()}{law[1:]}; false for US-origin goods; {seen}."


def _legal(measures: pa.Table) -> tuple[LegalRow, ...]:
    bans = [row for row in measures.to_pylist() if row["effect"] == "export_ban"]
    made = [_beyond(*one) for one in BEYOND_CODES]
    wanted = (
        (TARGET, ("88",), "", "aircraft and their parts: chapter 88 as a whole"),
        (SUBJECT, ("88",), "", "aircraft and their parts: chapter 88 as a whole"),
        (SUBJECT, ("8407", "8409"), "", "piston engines and their parts, also for aircraft"),
        (
            SUBJECT,
            ("8411", "8526", "9014"),
            "Va Part A",
            "avionics and most aero gas turbine engines, by description (civil engines in use for "
            "more than eight years excepted)",
        ),
    )
    for destination, codes, annex, what in wanted:
        found = [
            row
            for row in bans
            if row["destination"] == destination
            and annex in (row["annex"] or "")
            and (row["commodity_code"] in codes or (annex and row["commodity_code"][:4] in codes))
        ]
        if found:
            made.append(_legal_row(laws(found), name(destination), what))
    return tuple(sorted(made, key=lambda row: (row.on, row.route)))


def _beyond(route: str, what: str, where: Mapping[str, str]) -> LegalRow:
    """The measure of the base that binds on the day of the claim."""
    row = next(
        row
        for row in load().to_pylist()
        if all(row[name] == value for name, value in where.items()) and binds(row, CLAIMED_ON)
    )
    source = f"{cite(row)}; {row['citation']}"
    return LegalRow(row["valid_from"], route, what, source, CERTAINTY[row["certainty"]])


def _legal_row(found: Sequence[Law], destination: str, what: str) -> LegalRow:
    law = found[0]
    first = law.valid_from or date.max
    same = [one.annex for one in found if one.valid_from == law.valid_from]
    law = replace(law, annex=_joined(same))
    return LegalRow(
        first,
        f"{law.regime} to {destination}",
        what,
        f"{law.full}; {law.citation}" if law.citation else law.full,
        CERTAINTY.get(law.certainty.replace(" ", "_"), law.certainty),
    )


def _joined(annexes: Sequence[str]) -> str:
    """Entries of one annex said once: `Annex Va Part A, X.A.IV.008.a, X.A.V.001`."""
    first, *rest = annexes
    head = first.split(", ")[0]
    return ", ".join([first, *(one.removeprefix(f"{head}, ") for one in rest)])


def _first_day(measures: pa.Table, destination: str, code: str) -> date | None:
    """First day on which a whole code was banned for a destination."""
    rows: list[dict[str, Any]] = measures.to_pylist()
    days = [
        row["valid_from"]
        for row in rows
        if row["destination"] == destination
        and row["effect"] == "export_ban"
        and row["commodity_code"] == code
    ]
    return min(days, default=None)
