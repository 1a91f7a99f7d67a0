"""A dossier is what its nouns say: kinds of sentences, tables of one width, charts with data."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.dossier.section import KINDS, Chart, Table
from entrepot.dossiers.review.fault import Fault
from entrepot.dossiers.review.places import sentences
from entrepot.records.evidence import STANDINGS, VERDICTS

SUMMARY: Final = 6
"""Most sentences of a summary, as `Dossier.summary` says."""


def form(dossier: Dossier) -> Iterator[Fault]:
    """Faults of form."""
    if not dossier.title.strip():
        yield Fault("form", "title", "is empty", "entrepot case new TITLE")
    if not 1 <= len(dossier.summary) <= SUMMARY:
        yield Fault("form", "summary", f"has {len(dossier.summary)} sentences, expected 1 to "
                    f"{SUMMARY}", "Say the most important in a few sentences.")  # fmt: skip
    yield from _sentences(dossier)
    yield from _findings(dossier)
    for section in dossier.sections:
        for table in section.tables:
            yield from _table(table)
        for chart in section.charts:
            yield from _chart(chart)
    yield from _twice(dossier)


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
            yield Fault("form", f"{where}, row {number}", f"has {len(row)} cells, expected "
                        f"{len(table.columns)}", "Assemble the dossier anew.")  # fmt: skip
    if len(table.citations) != len(table.rows):
        yield Fault("form", where, f"has citations for {len(table.citations)} rows, expected "
                    f"{len(table.rows)}", "Assemble the dossier anew.")  # fmt: skip


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
