"""What the figures show: each lead of the case in sentences, a table and a chart, with its rows."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from entrepot.codes.country import name
from entrepot.codes.flow import Flow
from entrepot.dossiers.assemble.charttable import chart_table
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.material import Figures, LeadIn, Material
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.rounded import rounded, rounded_spec
from entrepot.dossiers.assemble.wording import sentence, single
from entrepot.dossiers.charts import lead_spec, lead_words
from entrepot.dossiers.dossier.section import Chart, Section, Sentence, Table
from entrepot.dossiers.ledger import Line, ledger
from entrepot.measures.cite import listed
from entrepot.signals.amounts import money
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question

MOST_ROWS: Final = 400
"""Published rows that a citation holds, the largest first; its query gives all of them."""


_UNKNOWN: Final = ("Not measured",)
_INNOCENT: Final = ("Innocent reasons", "The named tests")


def lead_section(material: Material, cited: Cited) -> Section:
    """All leads of the case, the strongest first; without any, why there is nothing."""
    if not material.leads:
        why = (
            "No trade figures were used, so this dossier shows none."
            if material.figures is None
            else "The case holds no lead, so nothing is said of trade above expectation."
        )
        none = sentence(why, "unknown", (method(cited, "rise"),))
        return Section("figures", "What the figures show", (none,))
    said: list[Sentence] = []
    tables, charts = [], []
    for one in material.leads:
        said += lead_sentences(one, material, cited)
        tables.append(_table(one, material, cited))
        charts.append(_chart(one, material, cited))
    return Section("figures", "What the figures show", tuple(said), tuple(tables), tuple(charts))


def goods(lead: Lead) -> str:
    """Code and name: `8542 (Electronic integrated circuits)`."""
    return f"{lead.commodity_code} ({lead.commodity})"


def lead_sentences(one: LeadIn, material: Material, cited: Cited) -> list[Sentence]:
    """The sentences of one lead; the first says what it is about."""
    lead = one.lead
    ids = lead_ids(one, material, cited)
    span = f", {lead.period_from} to {lead.period_to}" if lead.period_from else ""
    about = (
        f"Looked at: {one.question.coalition} exports of {goods(lead)} to {name(lead.hub)}{span}, "
        f"beside direct exports to {name(lead.target)}; a lead is a reason to look, not a finding."
    )
    said = [sentence(about, "method", ids)]
    for number, text in enumerate(lead.explanations):
        said += [
            sentence(_dated(part, lead), _kind(lead, number, part), ids) for part in single(text)
        ]
    return said


def _dated(text: str, lead: Lead) -> str:
    """A sum stands with its period in every sentence, so that it can be read alone."""
    is_sum = re.search(rf"\b{lead.currency} -?\d", text) is not None
    if not is_sum or re.search(r"\b(?:19|20)\d\d\b", text) or lead.period_from is None:
        return text
    return f"{text.rstrip('.')} ({lead.period_from} to {lead.period_to})."


def _kind(lead: Lead, number: int, text: str) -> str:
    if text.startswith(_UNKNOWN):
        return "unknown"
    if text.startswith(_INNOCENT):
        return "explanation"
    return "assessment" if number == 0 and lead.status == "lead" else "record"


def lead_ids(one: LeadIn, material: Material, cited: Cited) -> tuple[str, ...]:
    """Citations of a lead: its numbers, the published rows by file, the method."""
    return (numbers_id(one, material, cited), *row_ids(one, cited), method(cited, "rise"))


def numbers_id(one: LeadIn, material: Material, cited: Cited) -> str:
    """The citation of the numbers of a lead, with the command that works them out again."""
    row = rounded({**one.lead.row(), **_measured(one.lead)})
    row |= {"flow": Flow.X.value, "coalition": one.question.coalition}
    row.pop("explanations")  # they are the sentences
    return cited.add(
        "figures", f"Numbers of lead {one.lead.lead_id}, worked out from the rows",
        file_id=_main_file(one, material.figures), locator="all rows that the command reads",
        query=_command(one.lead, one.question), rows=(row,),
    )  # fmt: skip


def _measured(lead: Lead) -> dict[str, Any]:
    names = ("expected_past", "expected_panel", "direct_before", "vanished_share", "steadiness",
             "score")  # fmt: skip
    return {key: None if (value := getattr(lead, key)) is None else round(value, 6)
            for key in names}  # fmt: skip


def _command(lead: Lead, asked: Question) -> str:
    parts = [f"entrepot explain {lead.lead_id}", f"--target {asked.target}",
             f"--coalition {asked.coalition}", f"--level {asked.level}", f"--since {asked.since}",
             f"--fdr {asked.fdr:g}"]  # fmt: skip
    parts += [f"--as-of {asked.as_of}"] if asked.as_of else []
    parts += [f"--hub {one}" for one in asked.hubs]
    parts += [f"--currency {asked.currency}"] if asked.currency else []
    return " ".join(parts)


def _main_file(one: LeadIn, figures: Figures | None) -> str:
    """The file that most rows are of; without rows the first of the figures."""
    if one.rows:
        held = [str(row["file_id"]) for row in one.rows]
        return min(set(held), key=lambda key: (-held.count(key), key))
    return figures.file_ids[0] if figures and figures.file_ids else ""


def row_ids(one: LeadIn, cited: Cited) -> tuple[str, ...]:
    """One citation for each file that holds published rows behind the sum of a lead."""
    files: dict[str, list[Mapping[str, Any]]] = {}
    for row in one.rows:
        files.setdefault(str(row["file_id"]), []).append(row)
    return tuple(_rows_id(one, key, files[key], cited) for key in sorted(files))


def _rows_id(one: LeadIn, file_id: str, rows: list[Mapping[str, Any]], cited: Cited) -> str:
    lead = one.lead
    whole = sum(float(row["value"]) for row in rows)
    places = [str(row["locator"]) for row in rows]
    first = f"{len(rows):,} rows, among them {listed(places, 3)}" if len(rows) > 1 else places[0]
    kept = rows[:MOST_ROWS]
    cut = f"; the {len(kept)} largest are held here" if len(kept) < len(rows) else ""
    return cited.add(
        "figures",
        f"{one.question.coalition} exports of {goods(lead)} to {name(lead.hub)}, "
        f"{lead.period_from} to {lead.period_to}: {money(whole, lead.currency)} in "
        f"{len(rows):,} published rows{cut}",
        file_id=file_id, locator=first, query=_sql(lead, one.question),
        rows=[{"locator": row["locator"], "reporter": row["reporter"], "partner": lead.hub,
               "flow": Flow.X.value, "commodity_code": row["commodity_code"],
               "period": row["period"], f"value_{lead.currency.lower()}": float(row["value"])}
              for row in kept],
    )  # fmt: skip


def _sql(lead: Lead, asked: Question, *, grouped: bool = False) -> str:
    """The choice of rows as text; a row below another one of the same reporter is left out."""
    value = f"value_{lead.currency.lower()}"
    span = [lead.periods[i] for i in lead.after] or list(lead.periods)
    span = list(lead.periods) if grouped else span
    picked = f"period, SUM({value})" if grouped else f"reporter, commodity_code, period, {value}"
    ends = " GROUP BY period ORDER BY period" if grouped else f" ORDER BY {value} DESC"
    where = (
        f"flow = 'X' AND partner = '{lead.hub}' AND reporter IN ({_quoted(asked.exporters())}) AND "
        f"commodity_code IN ({_quoted(lead.basket.lines)}) AND period BETWEEN '{span[0]}' AND "
        f"'{span[-1]}' AND {value} IS NOT NULL"
    )
    told = f"SELECT {picked} FROM flows WHERE {where}{ends}"  # noqa: S608
    return f"{told} -- a heading without its children"


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{one}'" for one in sorted(values))


def _table(one: LeadIn, material: Material, cited: Cited) -> Table:
    """The ledger, as on the screen: null is what was not measured."""
    lead = one.lead
    lines = ledger(lead)
    ids = (numbers_id(one, material, cited), *row_ids(one, cited))
    span = f", {lead.period_from} to {lead.period_to}" if lead.period_from else ""
    return Table(
        f"tab_{lead.lead_id}",
        f"Exports of {goods(lead)} to {name(lead.hub)}{span}, beside {name(lead.target)}: value "
        f"with its lower and upper end, in {lead.currency} where no other unit is named",
        ("what", "value", "low", "high"),
        tuple((line.what, _cell(line), line.low or None, line.high or None) for line in lines),
        tuple(ids for _ in lines),
    )


def _cell(line: Line) -> str | None:
    return (line.value or None) if line.is_measured else None


def _chart(one: LeadIn, material: Material, cited: Cited) -> Chart:
    lead = one.lead
    series = cited.add(
        "figures",
        f"{one.question.coalition} exports of {goods(lead)} to {name(lead.hub)} and to "
        f"{name(lead.target)} by period",
        file_id=_main_file(one, material.figures),
        locator=f"periods {lead.periods[0]} to {lead.periods[-1]}",
        query=_sql(lead, one.question, grouped=True), rows=_series(one),
    )  # fmt: skip
    span = f"{lead.periods[0]} to {lead.periods[-1]}"
    title = (
        f"{goods(lead)}: exports to {name(lead.hub)} and to {name(lead.target)}, {lead.currency}, "
        f"{span}"
    )
    ids = (series, numbers_id(one, material, cited))
    spec = rounded_spec(lead_spec(lead, one.onward))
    spec["usermeta"] = {"table": chart_table(lead, one.onward)}
    return Chart(f"cha_{lead.lead_id}", title, lead_words(lead), spec, ids)


def _series(one: LeadIn) -> list[dict[str, Any]]:
    """The bars of the chart; null: not reported, or not held."""
    lead, onward = one.lead, one.onward
    return [
        {"period": period, "to_hub": lead.values[i],
         "to_target": lead.direct[i] if lead.direct else None,
         "hub_to_target": onward[i] if onward is not None else None}
        for i, period in enumerate(lead.periods)
    ]  # fmt: skip
