"""A dossier is what its nouns say: kinds of sentences, tables of one width, charts with data."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.dossier.section import KINDS, Chart, Table
from entrepot.dossiers.review.fault import Fault, command
from entrepot.dossiers.review.places import sentences
from entrepot.evidence.documents.found import many
from entrepot.records.evidence import STANDINGS, VERDICTS

SUMMARY: Final = 6
"""Most sentences of a summary, as `Dossier.summary` says."""


def form(dossier: Dossier, today: date | None = None) -> Iterator[Fault]:
    """Faults of form; `today` null: only the day of publication is looked at."""
    if not dossier.title.strip():
        yield Fault("form", "title", "is empty",
                    f"Begin a case with one: {command('case', 'new', 'TITLE', '--by', 'NAME')}"
                    )  # fmt: skip
    if not 1 <= len(dossier.summary) <= SUMMARY:
        yield Fault("form", "summary", f"has {many(len(dossier.summary), 'sentence')}, expected "
                    f"1 to {SUMMARY}", "Say the most important in a few sentences.")  # fmt: skip
    yield from _days(dossier, today)
    yield from _empty(dossier)
    yield from _sentences(dossier)
    yield from _findings(dossier)
    for section in dossier.sections:
        for table in section.tables:
            yield from _table(table)
        for chart in section.charts:
            yield from _chart(chart)
    yield from _twice(dossier)


def _days(dossier: Dossier, today: date | None) -> Iterator[Fault]:
    """Of a day that has not come nothing is known: not what figures, rules and lists then say."""
    last, why = dossier.published_on, "on which it is published"
    if today is not None and (not last or today.isoformat() < last):
        last, why = today.isoformat(), "which is today"
    if last and dossier.as_of > last:
        yield Fault(
            "form", "as of", f"is {dossier.as_of}, expected a day not after {last}, {why}",
            "Assemble it as of an earlier day: "
            + command("dossier", dossier.case_id, "--as-of", "DATE", "--out", "FOLDER"),
        )  # fmt: skip


def _empty(dossier: Dossier) -> Iterator[Fault]:
    """Leads and checks stand in tables; a case of neither claim, lead nor check says nothing."""
    shown = any(one.tables or one.charts for one in dossier.sections)
    if not (dossier.findings or dossier.parties or shown):
        yield Fault(
            "form", "", "has no finding, no table of a lead and no check: nothing to publish",
            "Add what it is about, and assemble it anew: "
            + command("case", "add", dossier.case_id, "ID", "--by", "NAME"),
        )  # fmt: skip


def _sentences(dossier: Dossier) -> Iterator[Fault]:
    for where, one in sentences(dossier):
        if one.kind not in KINDS:
            yield Fault("form", where, f"is of kind {one.kind!r}, expected one of "
                        f"{', '.join(KINDS)}", "")  # fmt: skip
        if not one.text.strip():
            yield Fault("form", where, "is empty", "Take it out.")


def _findings(dossier: Dossier) -> Iterator[Fault]:
    for found in dossier.findings:
        where = f"finding {found.claim_id}"
        if found.verdict and found.verdict not in VERDICTS:
            yield Fault("form", where, f"has verdict {found.verdict!r}, expected one of "
                        f"{', '.join(VERDICTS)}", "")  # fmt: skip
        if found.standing not in STANDINGS:
            yield Fault("form", where, f"has standing {found.standing!r}, expected one of "
                        f"{', '.join(STANDINGS)}", "")  # fmt: skip


def _table(table: Table) -> Iterator[Fault]:
    where = f"table {table.table_id}"
    for number, row in enumerate(table.rows, 1):
        if len(row) != len(table.columns):
            yield Fault("form", f"{where}, row {number}", f"has {many(len(row), 'cell')}, expected "
                        f"{len(table.columns)}", "Assemble the dossier anew.")  # fmt: skip
    if len(table.citations) != len(table.rows):
        had = many(len(table.citations), "row")
        yield Fault("form", where, f"has citations for {had}, expected {len(table.rows)}",
                    "Assemble the dossier anew.")  # fmt: skip


def _chart(chart: Chart) -> Iterator[Fault]:
    where = f"chart {chart.chart_id}"
    if not chart.alt.strip():
        yield Fault("form", where, "has no words for those who do not see it",
                    "Say the numbers that matter.")  # fmt: skip
    if not _data(chart.spec):
        yield Fault("form", where, "has no data in it", "Leave it out: no line is not zero.")
    if _address(chart.spec):
        yield Fault("form", where, "takes data from an address, expected all of them inside",
                    "Put the rows under data.values.")  # fmt: skip


def _data(spec: Any) -> bool:
    """Whether any row of data stands in a specification, at any depth."""
    if isinstance(spec, list):
        return any(_data(one) for one in spec)
    if not isinstance(spec, dict):
        return False
    values = spec.get("data", {}).get("values") if isinstance(spec.get("data"), dict) else None
    sets = spec.get("datasets")
    if values or (isinstance(sets, dict) and any(sets.values())):
        return True
    return any(_data(one) for key, one in spec.items() if key not in ("data", "datasets"))


def _address(spec: Any) -> bool:
    if isinstance(spec, list):
        return any(_address(one) for one in spec)
    if not isinstance(spec, dict):
        return False
    data = spec.get("data")
    if isinstance(data, dict) and "url" in data:
        return True
    return any(_address(one) for key, one in spec.items() if key not in ("data", "datasets"))


def _twice(dossier: Dossier) -> Iterator[Fault]:
    ids = [f"section {one.key}" for one in dossier.sections]
    ids += [f"table {t.table_id}" for one in dossier.sections for t in one.tables]
    ids += [f"chart {c.chart_id}" for one in dossier.sections for c in one.charts]
    ids += [f"finding {one.claim_id}" for one in dossier.findings]
    ids += [f"party {' '.join(one.name.casefold().split())}" for one in dossier.parties]
    for key, count in Counter(ids).items():
        if count > 1:
            yield Fault("form", key, f"stands {count} times", "Keep one.")
