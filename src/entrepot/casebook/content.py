"""What an entry and a line of the trail hash to: an encoding that two contents never share."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Table

from entrepot.errors import CasebookError, RequestError

FIRST: Final = "0" * 64
"""Previous hash of the first line."""

WHENS: Final = ("instant", "day", "week")
"""How exactly the trail says when: the instant at which a tip came in may lead to its source."""


def digest(parts: Iterable[bytes]) -> str:
    """Sha256 of parts, each preceded by its length, so that no two lists run together."""
    made = hashlib.sha256()
    for part in parts:
        made.update(f"{len(part)}:".encode())
        made.update(part)
    return made.hexdigest()


def entry_hash(table: Table, row: Mapping[str, Any]) -> str:
    """Sha256 of an entry: its kind, and name, type and value of every column that is not null.

    `seq` is left out, since the trail binds it. Null columns are left out too, so a later layout
    may add a column without changing what older entries hash to.

    Raises:
        CasebookError: a value is neither text, a whole number nor bytes.
    """
    parts = [b"entrepot entry 1", str(table.info["kind"]).encode()]
    for name in sorted(column.name for column in table.columns):
        if name != "seq" and row.get(name) is not None:
            parts += [name.encode(), *_typed(name, row[name])]
    return digest(parts)


def _typed(name: str, value: object) -> tuple[bytes, bytes]:
    if isinstance(value, str):
        return b"text", value.encode()
    if isinstance(value, int) and not isinstance(value, bool):
        return b"number", str(value).encode()
    if isinstance(value, bytes | memoryview | bytearray):
        return b"bytes", bytes(value)
    raise CasebookError(
        f"column {name} holds a {type(value).__name__}, expected text, a whole number or bytes"
    )


def line_hash(line: Mapping[str, Any]) -> str:
    """Sha256 of a line of the trail: number, when, who, what, of which content, after which."""
    names = ("seq", "at", "said_by", "action", "kind", "object_id", "content", "previous")
    return digest([b"entrepot trail 1", *(str(line[name]).encode() for name in names)])


def moment(now: datetime, exact: str) -> str:
    """A UTC instant, its day, or its ISO week as text.

    Raises:
        CasebookError: the clock gives no time zone, or `exact` is not one of `WHENS`.
    """
    if now.tzinfo is None:
        raise CasebookError("got a clock without a time zone, expected UTC")
    if exact not in WHENS:
        raise CasebookError(f"got {exact!r}, expected {', '.join(WHENS)}")
    utc = now.astimezone(UTC)
    year, week, _ = utc.isocalendar()
    return {
        "instant": utc.isoformat(timespec="microseconds"),
        "day": utc.date().isoformat(),
        "week": f"{year:04}-W{week:02}",
    }[exact]


def as_json(value: object) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text.

    Raises:
        RequestError: the value has no JSON form, or holds a number that is not finite.
    """
    try:
        return json.dumps(
            value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
    except (TypeError, ValueError) as error:
        raise RequestError(f"got a value that cannot be kept as JSON ({error})") from error


def checked(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose texts both databases can keep.

    Raises:
        RequestError: a text holds a zero character or half of a surrogate pair.
    """
    for name, value in row.items():
        if isinstance(value, str):
            if "\0" in value:
                raise RequestError(f"got a zero character in {name}, expected text without one")
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise RequestError(
                    f"got half a surrogate pair in {name} at character {error.start}, "
                    "expected valid Unicode"
                ) from error
    return dict(row)
