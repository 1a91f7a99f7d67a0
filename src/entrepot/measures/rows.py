"""One line of a measure file: read, checked, made into a row of `records.rules.MEASURE`."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pyarrow as pa

from entrepot.codes import commodity, country
from entrepot.errors import CodeError, RuleError
from entrepot.records.ids import content_id
from entrepot.records.rules import ANY, CERTAINTIES, EFFECTS, MEASURE

REQUIRED: Final = ("commodity_code", "destination", "valid_from")
NO_REGIME: Final = "user"
"""Regime of a measure whose writer names none."""

DEFAULTS: Final[dict[str, str]] = {
    "regime": NO_REGIME,
    "effect": "export_ban",
    "is_partial": "false",
    "code_system": "HS",
    "certainty": "recalled",  # nothing is known of how the writer knows
}
_ARROW: Final = {"string": pa.string(), "boolean": pa.bool_(), "date": pa.date32()}
SCHEMA: Final = pa.schema([(name, _ARROW[kind]) for name, kind in MEASURE.items()])
"""The columns of `MEASURE` as an Arrow schema."""

_TRUE: Final = frozenset(("true", "yes", "1", "ex"))
_FALSE: Final = frozenset(("false", "no", "0"))
_IDENTITY: Final = (
    *("regime", "instrument", "article", "annex", "destination", "effect", "code_system"),
    *("commodity_code", "is_partial", "valid_from", "valid_to"),
)
_ADDED: Final = ("party", "goods")


def measure(cells: Mapping[str, str], place: str) -> dict[str, Any]:
    """A measure from the text cells of one line; empty cells take the default.

    Args:
        cells: column name to text; columns that `MEASURE` does not know are left aside.
        place: `file:line`, for messages.

    Raises:
        RuleError: a code, country, date, effect, certainty or flag is not well formed, or the
            end is not after the start.
    """
    text = {name: (cells.get(name) or "").strip() or DEFAULTS.get(name, "") for name in MEASURE}
    row: dict[str, Any] = dict(text)
    row["commodity_code"] = _code(text["commodity_code"], place)
    row["destination"] = _destination(text["destination"], place)
    row["effect"] = _word(text["effect"], EFFECTS, "effect", place)
    row["certainty"] = _word(text["certainty"], CERTAINTIES, "certainty", place)
    row["is_partial"] = _flag(text["is_partial"], place)
    row["valid_from"] = _date(text["valid_from"], "valid_from", place)
    for name in ("valid_to", "wind_down_to", "contracts_before"):
        row[name] = _date(text[name], name, place) if text[name] else None
    if row["valid_to"] is not None and row["valid_to"] <= row["valid_from"]:
        raise RuleError(
            f"{place}: got valid_to {row['valid_to']}, expected a day after valid_from "
            f"{row['valid_from']}",
            hint="A measure no longer binds on valid_to; leave it empty if no end is known.",
        )
    _refuse_any_code(row, place)
    row["measure_id"] = content_id("msr", *_identity(row))
    return row


def _identity(row: Mapping[str, Any]) -> list[str]:
    """What makes a measure this one; columns that came later count where they say something."""
    said = [str(row[name] or "") for name in _IDENTITY]
    return said + [str(row[name]) for name in _ADDED if row[name]]


def _refuse_any_code(row: Mapping[str, Any], place: str) -> None:
    """A ban of everything would be a misprint: only a party or words may stand without a code."""
    if row["commodity_code"] == ANY and not (row["party"] or row["goods"]):
        raise RuleError(
            f"{place}: got code * without a party or goods in words, expected one of them",
            hint="Write digits in commodity_code, or fill the column party or goods.",
        )


def whole_heading(code: str) -> str:
    """Cut trailing pairs of zeros beyond four digits: 4202 00 00 is heading 4202.

    The Official Journal prints headings that way in some annexes, and CN ends undivided codes
    so: 8807 30 00 holds all of 8807 30.
    """
    while len(code) > 4 and code.endswith("00"):
        code = code[:-2]
    return code


def _code(text: str, place: str) -> str:
    if text == ANY:
        return text
    try:
        return whole_heading(commodity.normalise(text))
    except CodeError as error:
        raise RuleError(f"{place}: {error}", hint=error.hint) from error


def _destination(text: str, place: str) -> str:
    if text == ANY:
        return text
    try:
        return country.parse(text)
    except CodeError as error:
        raise RuleError(f"{place}: {error}", hint=f"{error.hint} Or * for any.") from error


def _word(text: str, allowed: tuple[str, ...], name: str, place: str) -> str:
    word = text.casefold().replace(" ", "_").replace("-", "_")
    if word not in allowed:
        raise RuleError(
            f"{place}: got {name} {text!r}, expected one of {', '.join(allowed)}",
            hint="The words are explained in docs/rules.md.",
        )
    return word


def _flag(text: str, place: str) -> bool:
    word = text.casefold()
    if word not in _TRUE | _FALSE:
        raise RuleError(
            f"{place}: got is_partial {text!r}, expected true or false",
            hint="Write true where only a part of the code is meant ('ex' codes).",
        )
    return word in _TRUE


def _date(text: str, name: str, place: str) -> date:
    try:
        if len(text) != len("2022-02-26"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise RuleError(
            f"{place}: got {name} {text!r}, expected a day such as 2022-02-26",
            hint="Days are written year-month-day.",
        ) from error
