"""JSON lines with one party a line: FollowTheMoney entities, or plain objects."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa

from entrepot.errors import SourceError
from entrepot.parties.party import NAMES
from entrepot.workspace.screening.rows import BATCH_ROWS, Batch

ENTITY: Final = "entity"
"""Column that holds a whole entity, as JSON with its parts in a fixed order."""

NAME: Final = "name"


class LineRows:
    """A file of JSON lines. A row with a fault: no object, or several values in one field."""

    notes: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as stream:
            first = next((one for _, _, one in _objects(stream) if isinstance(one, dict)), None)
        if first is None:
            raise SourceError("got no JSON object, expected one a line", locator=path.name)
        self.is_entities = isinstance(first.get("properties"), dict) and "schema" in first
        self.names = () if self.is_entities else self._headings()

    def _headings(self) -> tuple[str, ...]:
        """Keys of the first lines, in the order in which they appear."""
        found: dict[str, None] = {}
        with self._path.open("rb") as stream:
            for number, _, one in _objects(stream):
                found.update(dict.fromkeys(one if isinstance(one, dict) else ()))
                if number > BATCH_ROWS:
                    break
        return tuple(found)

    def batches(self, used: Sequence[str]) -> Iterator[Batch]:
        """The rows in order; of entities the columns are `name` and `entity`."""
        names = (NAME, ENTITY) if self.is_entities else tuple(used)
        rows: list[tuple[str, ...]] = []
        faults: dict[int, str] = {}
        with self._path.open("rb") as stream:
            for _, line, found in _objects(stream):
                if isinstance(found, str):
                    faults[len(rows)] = f"line {line}: {found}"
                    rows.append(("",) * len(names))
                elif self.is_entities:
                    rows.append(_entity(found))
                elif many := [n for n in names if isinstance(found.get(n), list | dict)]:
                    faults[len(rows)] = f"line {line}: {many[0]!r} holds more than one value"
                    rows.append(("",) * len(names))
                else:
                    rows.append(tuple(_text(found.get(name)) for name in names))
                if len(rows) >= BATCH_ROWS:
                    yield Batch(_table(rows, names), faults)
                    rows, faults = [], {}
        yield Batch(_table(rows, names), faults)


def _objects(stream: BinaryIO) -> Iterator[tuple[int, int, dict[str, Any] | str]]:
    """Number, line and object of each line that is not blank; a text says what is wrong."""
    number = 0
    for line, raw in enumerate(stream, start=1):
        if not raw.strip():
            continue
        number += 1
        try:
            found = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"))
        except UnicodeDecodeError:
            yield number, line, "got bytes that are not UTF-8"
        except (ValueError, RecursionError):
            yield number, line, "got no JSON, expected an object"
        else:
            is_object = isinstance(found, dict)
            yield number, line, found if is_object else "got no JSON object, expected one"


def _entity(found: dict[str, Any]) -> tuple[str, str]:
    given = found.get("properties")
    properties = {
        str(key): [text for text in map(_text, values if isinstance(values, list) else [values])
                   if text]
        for key, values in (given.items() if isinstance(given, dict) else ())
    }  # fmt: skip
    properties = {key: values for key, values in sorted(properties.items()) if values}
    name = next((properties[kind][0] for kind in NAMES if kind in properties), "")
    body = [_text(found.get("schema")) or None, properties]
    return name.strip(), json.dumps(body, ensure_ascii=False)


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A lone surrogate has no place in UTF-8.
    return str(value).encode("utf-8", "replace").decode().strip()


def _table(rows: Sequence[tuple[str, ...]], names: Sequence[str]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in names]
    arrays = [pa.array(list(column), pa.string()) for column in columns]
    return pa.table(dict(zip(names, arrays, strict=True)))
