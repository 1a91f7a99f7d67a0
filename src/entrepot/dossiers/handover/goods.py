"""Goods of a case line by line, read from the rows that its figures rest on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from entrepot.codes import commodity, country
from entrepot.dossiers.dossier.citation import Citation
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.errors import CodeError

CODES: Final = ("commodity_code", "product", "code", "commodity_codes")
REPORTERS: Final = ("reporter", "reporting_country", "reporters", "coalition")
PARTNERS: Final = ("partner", "hub", "partners")
AMOUNTS: Final = (
    ("value_eur", "EUR"), ("value_usd", "USD"), ("value", ""), ("actual", ""), ("excess", ""),
)  # fmt: skip
"""Columns that hold an amount, and its currency; empty: in the column `currency`."""
WORKED_OUT: Final = {
    "actual": "sum of the published rows in the period",
    "excess": "amount above what was expected, worked out from the rows",
}
"""Columns of a lead: no published figures, but worked out of them."""
FLOWS: Final = {"X": "export", "M": "import", "RX": "re-export", "RM": "re-import"}
SUMS: Final = {
    "flows": "sum of published rows", "prices": "worked out from published rows",
    "partners": "worked out from published rows", "lead": "worked out from published rows",
}  # fmt: skip
"""`kind` of a row that a test of a claim read -> what its amount is: no row of a file has it."""
MOST: Final = 12
"""Codes, reporters or partners of one sum that are named; more are counted. A choice."""
ROW, CASE = "row", "case"
"""Where a code stands: in the row itself, or only as the one code of the case."""


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One amount of one row of an archived file.

    Attributes:
        code: HS or a national line of it; empty: neither the row nor the case says one.
        code_from: `ROW`, `CASE` or empty.
        description: of the code, in HS 2022; empty without a code.
        period: as in the row; empty: not there.
        flow, reporter, partner: as in the row, of the reporter's view; empty: not there.
        measured: what the amount is.
        amount: in `currency`; null: not reported, which is not zero.
        low, high: ends of its interval in the same currency; null: a published figure, without.
        currency: ISO 4217; empty: not said.
        quantity: in `unit`; null: not reported.
        unit: of the quantity; empty with a null one.
        origin: country of origin, only where the row has one; a consignor is none.
        row: which one in the file; empty: the row has no number.
        citation_id: of the citation that holds the row.
        publisher, file_id, locator: where the row can be looked up.
        is_published: it stands so in a file; else it is worked out of such rows.
    """

    code: str
    code_from: str
    description: str
    period: str
    flow: str
    reporter: str
    partner: str
    measured: str
    amount: float | None
    low: float | None
    high: float | None
    currency: str
    quantity: float | None
    unit: str
    origin: str
    row: str
    citation_id: str
    publisher: str
    file_id: str
    locator: str
    is_published: bool


def goods(dossier: Dossier) -> tuple[GoodsLine, ...]:
    """Every amount in the rows of citations of figures; a row without one is left out.

    What is worked out of rows comes first, then published rows, each in the order of the dossier.
    """
    publishers = {one.file_id: one.publisher for one in dossier.files}
    found = (
        line
        for citation in dossier.citations
        if citation.kind == "figures"
        for row in citation.rows
        for line in _lines(row, citation, dossier, publishers.get(citation.file_id, ""))
    )
    return tuple(sorted(found, key=lambda line: line.is_published))


def described(code: str) -> str:
    """The description of a code in HS 2022; empty for what is no code."""
    try:
        return commodity.label(code) if code else ""
    except CodeError:
        return ""


def land(code: str) -> str:
    """The name of a country from ISO alpha-3; anything else as it stands."""
    try:
        return country.name(code) if code else ""
    except CodeError:
        return code


def _lines(
    row: Mapping[str, Any], citation: Citation, dossier: Dossier, publisher: str
) -> Iterator[GoodsLine]:
    code, code_from = _code(row, dossier)
    quantity, unit = _quantity(row)
    summed = SUMS.get(_text(row, "kind"), "")
    for column, currency in AMOUNTS:
        is_published = column not in WORKED_OUT and not summed
        if column not in row or (row[column] is None and not is_published):
            continue
        yield GoodsLine(
            code, code_from, described(code), _period(row),
            FLOWS.get(_text(row, "flow"), _text(row, "flow")), _text(row, *REPORTERS),
            _text(row, *PARTNERS), WORKED_OUT.get(column, summed or "value"), _number(row, column),
            _number(row, f"{column}_low", "low"), _number(row, f"{column}_high", "high"),
            currency or _text(row, "currency"), quantity, unit, _text(row, "origin"),
            _text(row, "row", "line", "locator"), citation.citation_id, publisher,
            citation.file_id, citation.locator, is_published,
        )  # fmt: skip


def _code(row: Mapping[str, Any], dossier: Dossier) -> tuple[str, str]:
    if found := _text(row, *CODES):
        return found, ROW
    return (dossier.codes[0], CASE) if len(dossier.codes) == 1 else ("", "")


def _period(row: Mapping[str, Any]) -> str:
    first, last = _text(row, "period_from"), _text(row, "period_to")
    if periods := row.get("periods"):
        first, last = str(periods[0]), str(periods[-1])
    if first and last:
        return first if first == last else f"{first} to {last}"
    return _text(row, "period", "month", "year")


def _quantity(row: Mapping[str, Any]) -> tuple[float | None, str]:
    if (mass := _number(row, "net_mass_kg")) is not None:
        return mass, "kg"
    held = _number(row, "quantity")
    return held, _text(row, "quantity_unit", "unit") if held is not None else ""


def _text(row: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = row.get(name)
        if isinstance(value, list | tuple):
            value = _named([str(one) for one in value])
        if value not in (None, ""):
            return str(value)
    return ""


def _named(values: list[str]) -> str:
    """Several as one text; of codes those that stand below another one are left out."""
    heads = [one for one in values
             if not any(one != other and one.startswith(other) for other in values)]  # fmt: skip
    more = f" and {len(heads) - MOST} more" if len(heads) > MOST else ""
    return ", ".join(heads[:MOST]) + more


def _number(row: Mapping[str, Any], *names: str) -> float | None:
    for name in names:
        value = row.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    return None
