"""FollowTheMoney statements from CSV: one row a value of one property of one entity.

Entities are put together by `canonical_id`, as the format means it; the rows may come in any order,
so all of them are held in memory. Rows marked `external` are suggestions and are passed over.
"""

from collections.abc import Iterator
from typing import Final

from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.ftm_read import Beside, only_list, party_of, say_left_out
from entrepot.parties.lists.ftm_values import PARTIES, Entity
from entrepot.parties.lists.table import named_rows

REQUIRED: Final = ("canonical_id", "prop", "schema", "value", "dataset")
ROOT: Final = "LegalEntity"
DEPTH: Final = {"Thing": 0, "LegalEntity": 1, "Asset": 1, "Organization": 2, "Vehicle": 2,
                "Person": 2, "Company": 3, "PublicBody": 3, "Vessel": 3, "Airplane": 3}  # fmt: skip
"""How special a schema is: the most special that the statements of one entity name is its own."""


def read_statements(source: Source, reading: Reading) -> Iterator[Entry]:
    """The parties of a file of statements."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    schemas: dict[str, str] = {}
    datasets: dict[str, dict[str, None]] = {}
    lines: dict[str, int] = {}
    for line, row in named_rows(source.path, REQUIRED, skip=1):
        if row.get("external", "").casefold() in ("t", "true", "1"):
            continue
        key, prop, schema = row.get("canonical_id", ""), row.get("prop", ""), row.get("schema", "")
        if not key or not prop or not schema:
            yield RefusedEntry(f"line {line}", "got no canonical_id, prop or schema")
            continue
        lines.setdefault(key, line)
        if DEPTH.get(schema, 4) > DEPTH.get(schemas.get(key, ""), -1):
            schemas[key] = schema
        datasets.setdefault(key, {})[row.get("dataset", "")] = None
        if prop != "id" and row.get("value"):
            found.setdefault(key, {}).setdefault(prop, {})[row["value"]] = None
    entities = [
        Entity(key, schemas[key], {prop: tuple(values) for prop, values in props.items()},
               tuple(name for name in datasets[key] if name))
        for key, props in found.items()
    ]  # fmt: skip
    yield from _parties(entities, lines, source, reading)


def _parties(
    entities: list[Entity], lines: dict[str, int], source: Source, reading: Reading
) -> Iterator[Entry]:
    beside, taken = Beside(), set[str]()
    for entity in entities:
        beside.note(entity)
    reading.list_id = reading.list_id or only_list(beside.datasets)
    for entity in entities:
        if entity.schema in PARTIES:
            locator = f"line {lines[entity.entity_id]}"
            entry = party_of(entity, beside, taken, source.file_id, locator, reading.list_id)
            if entry is not None:
                yield entry
    say_left_out(beside, reading)
