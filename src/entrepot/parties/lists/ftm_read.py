"""FollowTheMoney entities from JSON lines, such as exports of OpenSanctions and Aleph.

The file is read twice: once for the `Sanction` entities, which give each entity its listings, once
for the parties. Ids and properties stay as they are. Where the file marks targets (by `Sanction`
entities, topics or the flag `target`), entities that are none are passed over, for a relative or an
owner beside a listed party is not listed. A file that marks nothing is a list of one's own: all its
parties count.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from entrepot.errors import SourceError
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.ftm_values import (
    PARTIES,
    PROOF,
    Entity,
    entity_of,
    is_target,
    listing_of,
    says_targets,
)
from entrepot.parties.lists.rawfile import AGAIN, text_lines
from entrepot.parties.party import Lineage, Listing, Party


@dataclass(slots=True)
class Beside:
    """What stands beside the parties of a file."""

    listings: dict[str, list[Listing]] = field(default_factory=dict)
    passports: dict[str, list[str]] = field(default_factory=dict)
    marked: bool = False
    datasets: Counter[str] = field(default_factory=Counter)
    left_out: int = 0

    def note(self, entity: Entity) -> None:
        """Keep what a `Sanction` or a `Passport` says of another entity."""
        properties = entity.properties
        self.marked = self.marked or entity.schema == "Sanction" or says_targets(entity)
        if entity.schema in PARTIES:
            self.datasets.update(entity.datasets)
        elif entity.schema == "Sanction":
            listing = listing_of(properties, entity.datasets, "")
            for key in properties.get("entity", ()):
                self.listings.setdefault(key, []).append(listing)
        elif entity.schema == "Passport":
            for key in properties.get("holder", ()):
                numbers = (*properties.get("passportNumber", ()), *properties.get("number", ()))
                self.passports.setdefault(key, []).extend(numbers)


def read_ftm_json(source: Source, reading: Reading) -> Iterator[Entry]:
    """The parties of a file of entities.

    Raises:
        SourceError: the last line is broken: the file was cut short.
    """
    beside = Beside()
    for _, found in _entities(source):
        if isinstance(found, Entity):
            beside.note(found)
    reading.list_id = reading.list_id or only_list(beside.datasets)
    taken: set[str] = set()
    for line, found in _entities(source):
        if isinstance(found, str):
            yield RefusedEntry(f"line {line}", found)
        elif found.schema in PARTIES:
            entry = party_of(found, beside, taken, source.file_id, f"line {line}", reading.list_id)
            if entry is not None:
                yield entry
    say_left_out(beside, reading)


def only_list(datasets: Counter[str]) -> str:
    """The list's id: the dataset that most entities name."""
    return datasets.most_common(1)[0][0] if datasets else "ftm"


def say_left_out(beside: Beside, reading: Reading) -> None:
    """Say how many entities were passed over."""
    if beside.left_out:
        reading.notes.append(
            "Passed over, as the file does not mark them as listed: "
            f"{beside.left_out:,} of its parties."
        )


def party_of(
    entity: Entity, beside: Beside, taken: set[str], file_id: str, locator: str, list_id: str
) -> Entry | None:
    """The party an entity is; null: it stands beside a listed one and is none itself."""
    listings = beside.listings.get(entity.entity_id, [])
    if beside.marked and not listings and not is_target(entity):
        beside.left_out += 1
        return None
    if entity.entity_id in taken:
        return RefusedEntry(locator, f"id {entity.entity_id!r} stands here for the second time")
    taken.add(entity.entity_id)
    properties = {name: values for name, values in entity.properties.items() if name != "sanctions"}
    proofs = tuple(one for one in properties.pop("proof", ()) if not one.startswith(PROOF))
    properties |= {"proof": proofs} if proofs else {}
    if numbers := beside.passports.get(entity.entity_id):
        held = (*properties.get("passportNumber", ()), *numbers)
        properties["passportNumber"] = tuple(dict.fromkeys(held))
    if not any(name in properties for name in ("name", "alias", "previousName", "weakAlias")):
        return RefusedEntry(locator, "got no name, expected one", entity.entity_id)
    if not listings:
        datasets = entity.datasets or (list_id,)
        listings = [Listing(name, entity.entity_id) for name in datasets]
    kept = (Listing(one.list_id or list_id, one.record_id or entity.entity_id, one.listed_on,
                    one.ended_on, one.programs) for one in listings)  # fmt: skip
    return Party(
        entity.entity_id, entity.schema, properties, tuple(kept), Lineage(file_id, locator)
    )


def _entities(source: Source) -> Iterator[tuple[int, Entity | str]]:
    broken: tuple[int, str] | None = None
    for line, text in enumerate(text_lines(source.path), start=1):
        if not text.strip():
            continue
        if broken:
            yield broken
            broken = None
        try:
            yield line, entity_of(json.loads(text))
        except (json.JSONDecodeError, RecursionError) as error:
            broken = (line, f"got broken JSON ({error}), expected an entity")
    if broken:
        raise SourceError(broken[1], locator=f"{source.path.name}, line {broken[0]}", hint=AGAIN)
