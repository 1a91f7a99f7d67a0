"""What FollowTheMoney's model says of schemata and properties, as two small tables.

The tables hold names, parents, labels and types of followthemoney 4.11, so that the API knows them
without the library; a test compares them with it where it is installed.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

BASE: Final = "Thing"
"""Schema of everything that has a name; in a query it stands for "type not known"."""


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema: `parents` are the direct ones, `featured` the properties shown first."""

    name: str
    parents: tuple[str, ...]
    label: str
    plural: str
    matchable: bool
    featured: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """One property as `schema` defines it; `type` is FollowTheMoney's, such as `date`."""

    schema: str
    name: str
    label: str
    type: str
    hidden: bool

    @property
    def qname(self) -> str:
        """The name with its schema, such as `Thing:country`."""
        return f"{self.schema}:{self.name}"


@cache
def schemata() -> dict[str, Schema]:
    """All schemata by name; properties are known of those that can be matched, and above."""
    return {
        row["name"]: Schema(
            row["name"], _parts(row["parents"]), row["label"], row["plural"],
            row["matchable"] == "yes", _parts(row["featured"]),
        )
        for row in _rows("schemata.csv")
    }  # fmt: skip


@cache
def matchable() -> tuple[Schema, ...]:
    """The schemata whose entities can be matched, by name."""
    return tuple(one for one in schemata().values() if one.matchable)


@cache
def lineage(name: str) -> tuple[str, ...]:
    """A schema and all above it, nearest first; empty for an unknown name."""
    found: dict[str, None] = {}
    waiting = [name] if name in schemata() else []
    while waiting:
        one = waiting.pop(0)
        found.setdefault(one)
        waiting.extend(schemata()[one].parents)
    return tuple(found)


def is_a(name: str, ancestor: str) -> bool:
    """Whether a schema is another, or one of its kinds."""
    return ancestor in lineage(name)


@cache
def properties(name: str) -> dict[str, Property]:
    """Properties of a schema by name, its own and inherited ones; the nearest definition counts."""
    found: dict[str, Property] = {}
    for one in lineage(name):
        for prop in _defined().get(one, ()):
            found.setdefault(prop.name, prop)
    return found


@cache
def by_qname() -> dict[str, Property]:
    """All properties by `Schema:name`."""
    return {prop.qname: prop for props in _defined().values() for prop in props}


@cache
def names_of_type(kind: str) -> frozenset[str]:
    """Names of all properties of one type, such as `country` or `identifier`."""
    return frozenset(prop.name for prop in by_qname().values() if prop.type == kind)


def known_property(name: str) -> bool:
    """Whether any schema in the table has a property of this name."""
    return any(prop.name == name for prop in by_qname().values())


@cache
def _defined() -> dict[str, tuple[Property, ...]]:
    found: dict[str, list[Property]] = {}
    for row in _rows("properties.csv"):
        prop = Property(
            row["schema"], row["name"], row["label"], row["type"], row["hidden"] == "yes"
        )
        found.setdefault(prop.schema, []).append(prop)
    return {name: tuple(props) for name, props in found.items()}


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = resources.files("entrepot.web").joinpath("data", file).read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()
