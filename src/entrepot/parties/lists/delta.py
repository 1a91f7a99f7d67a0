"""What changed between two editions of a list: added, removed, changed, and in which property."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One party that was added, removed or changed.

    Attributes:
        party_id: the party.
        kind: `added`, `removed` or `changed`.
        caption: its name in the later edition, else in the earlier one.
        properties: what changed, such as `alias` or `listing`; empty unless changed.
        gained: new values by property.
        lost: values that are gone, by property.
    """

    party_id: str
    kind: str
    caption: str
    properties: tuple[str, ...] = ()
    gained: Mapping[str, tuple[str, ...]] | None = None
    lost: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """Changes from one edition to another, by party id."""

    list_id: str
    from_edition: str
    to_edition: str
    changes: tuple[Change, ...]

    def of(self, kind: str) -> tuple[Change, ...]:
        """Changes of one kind."""
        return tuple(one for one in self.changes if one.kind == kind)


def compare(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    """Changes between two editions, each as party id to body."""
    changes = [Change(key, "added", _caption(new[key], key)) for key in new if key not in old] + [
        Change(key, "removed", _caption(old[key], key)) for key in old if key not in new
    ]
    for key, body in new.items():
        if key in old and old[key] != body:
            changed = _changed(key, json.loads(old[key]), json.loads(body))
            changes += [changed] if changed else []
    return tuple(sorted(changes, key=lambda one: (one.kind, one.party_id)))


def _caption(body: str, key: str) -> str:
    properties = json.loads(body)[1]
    kinds = ("name", "alias", "previousName", "weakAlias")
    return next((properties[kind][0] for kind in kinds if kind in properties), key)


def _changed(key: str, old: list[Any], new: list[Any]) -> Change | None:
    before, after = _facts(old), _facts(new)
    gained: dict[str, tuple[str, ...]] = {}
    lost: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys((*after, *before)):
        had, has = before.get(name, ()), after.get(name, ())
        if more := tuple(one for one in has if one not in had):
            gained[name] = more
        if less := tuple(one for one in had if one not in has):
            lost[name] = less
    names = tuple(dict.fromkeys((*gained, *lost)))
    caption = _caption(json.dumps(new), key)
    return Change(key, "changed", caption, names, gained, lost) if names else None


def _facts(body: list[Any]) -> dict[str, tuple[str, ...]]:
    """Properties of a body, with schema and listings as two more."""
    schema, properties, listings = body
    words = tuple(
        f"{one[0]} {one[1]} from {one[2] or 'unknown'} until {one[3] or 'unknown'} "
        f"({', '.join(one[4])})" for one in listings
    )  # fmt: skip
    facts = {name: tuple(values) for name, values in properties.items()}
    return {"schema": (schema,), **facts, "listing": words}
