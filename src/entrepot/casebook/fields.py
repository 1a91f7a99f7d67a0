"""The columns of a claim that a person may edit, and what may stand in them."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from entrepot.codes.country import parse
from entrepot.errors import CodeError, RequestError
from entrepot.evidence.claim import Claim
from entrepot.records.evidence import KINDS, PREDICATES, TYPES

BOUNDS: Final = ("exactly", "about", "at_least", "at_most", "more_than", "less_than")
LANGUAGES: Final = ("en", "ru", "uk")

_LISTS: Final = ("actors", "counterparts", "goods", "goods_codes")
_PLACES: Final = ("origin", "destination")
_CODED: Final = ("actors", "counterparts", *_PLACES)
_DAYS: Final = ("date_from", "date_to")
_NUMBERS: Final = ("quantity", "quantity_to")
_WORDS: Final = ("unit", "attributed_to", "hedge")
_NULL: Final = ("", "null")


def checked_fields(claim: Claim, fields: Mapping[str, Any], report: str) -> dict[str, Any]:
    """Edited columns in the form of `Claim.row()`.

    Args:
        claim: the wording that is edited.
        fields: column -> value, as text of a person (`""` and `null`: not said; a list with `;`
            between its items) or as in `Claim.row()`.
        report: text of the report, from which the words of a new span are taken.

    Raises:
        RequestError: a column that cannot be edited, a value that does not fit it, or columns that
            do not fit one another.
    """
    made: dict[str, Any] = {}
    for name, value in fields.items():
        reader = _READERS.get(name)
        if reader is None:
            raise RequestError(
                f"got column {name!r}, expected one of {', '.join(_READERS)}",
                hint="The report, its day and the id of a claim are not edited.",
            )
        made[name] = reader(name, value)
    if "span" in made:
        start, end = made["span"]
        if end > len(report):
            raise RequestError(
                f"got span {start}-{end}, expected one inside the report's {len(report)} characters"
            )
        made["text"] = report[start:end]
    _check_together(claim.row() | made)
    return made


def _check_together(row: Mapping[str, Any]) -> None:
    if row["predicate"] not in PREDICATES[row["type"]]:
        fitting = ", ".join(PREDICATES[row["type"]])
        raise RequestError(
            f"got predicate {row['predicate']!r} of type {row['type']}, expected {fitting}",
            hint="Set type and predicate together.",
        )
    if row["date_from"] and row["date_to"] and row["date_to"] <= row["date_from"]:
        raise RequestError(
            f"got date_to {row['date_to']}, expected a day after date_from {row['date_from']}",
            hint="date_to is the day after the last one meant.",
        )
    low, high = row["quantity"], row["quantity_to"]
    if high is not None and (low is None or high < low):
        least = "none" if low is None else f"{low:g}"
        raise RequestError(f"got quantity_to {high:g}, expected at least the quantity ({least})")
    if (row["quantity"] is None) != (row["bound"] is None):
        raise RequestError(
            "got a quantity without a bound or a bound without a quantity, expected both or none",
            hint=f"A bound is one of {', '.join(BOUNDS)}; null takes it away.",
        )


def _one_of(*choices: str) -> Callable[[str, Any], Any]:
    def read(name: str, value: Any) -> Any:
        if value not in choices:
            raise RequestError(f"got {value!r} for {name}, expected one of {', '.join(choices)}")
        return value

    return read


def _bound(name: str, value: Any) -> Any:
    return None if _is_null(value) else _one_of(*BOUNDS)(name, value)


def _is_null(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _NULL)


def _flag(name: str, value: Any) -> bool:
    found = {"true": True, "yes": True, "false": False, "no": False}.get(str(value).lower())
    if found is None:
        raise RequestError(f"got {value!r} for {name}, expected true or false")
    return found


def _day(name: str, value: Any) -> str | None:
    if _is_null(value):
        return None
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError as error:
        raise RequestError(
            f"got {value!r} for {name}, expected a day such as 2022-08-26, or null"
        ) from error


def _number(name: str, value: Any) -> float | None:
    if _is_null(value):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise RequestError(
            f"got {value!r} for {name}, expected a number such as 1500 or 0.5, or null"
        )
    return found


def _word(_: str, value: Any) -> str | None:
    return None if _is_null(value) else str(value).strip()


def _place(_: str, value: Any) -> str | None:
    return None if _is_null(value) else _coded(str(value).strip())


def _list(name: str, value: Any) -> list[str]:
    if _is_null(value):
        return []
    parts = value.split(";") if isinstance(value, str) else list(value)
    found = [str(part).strip() for part in parts if str(part).strip()]
    if name == "goods_codes":
        for code in found:
            if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 10):
                raise RequestError(
                    f"got {code!r} for {name}, expected 2 to 10 digits of an HS code"
                )
        return found
    return [_coded(one) for one in found] if name in _CODED else found


def _coded(printed: str) -> str:
    """ISO alpha-3 where it is a country, else the name as it is."""
    try:
        return parse(printed)
    except CodeError:
        return printed


def _span(name: str, value: Any) -> list[int]:
    parts = value.split("-") if isinstance(value, str) else list(value)
    try:
        start, end = (int(part) for part in parts)
    except (TypeError, ValueError) as error:
        raise RequestError(f"got {value!r} for {name}, expected START-END in characters") from error
    if not 0 <= start < end:
        raise RequestError(f"got {value!r} for {name}, expected START-END with START before END")
    return [start, end]


_READERS: Final[dict[str, Callable[[str, Any], Any]]] = {
    "span": _span,
    "type": _one_of(*TYPES),
    "kind": _one_of(*KINDS),
    "predicate": _one_of(*(one for listed in PREDICATES.values() for one in listed)),
    "is_negated": _flag,
    **dict.fromkeys(_LISTS, _list),
    **dict.fromkeys(_PLACES, _place),
    **dict.fromkeys(_DAYS, _day),
    **dict.fromkeys(_NUMBERS, _number),
    "bound": _bound,
    **dict.fromkeys(_WORDS, _word),
    "language": _one_of(*LANGUAGES),
}
