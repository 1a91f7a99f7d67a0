"""What FollowTheMoney's schemata mean here, without its library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrepot.parties.lists.days import whole_day
from entrepot.parties.party import Listing, Properties

PARTIES: Final = frozenset(
    ["LegalEntity", "Person", "Organization", "Company", "PublicBody", "Vessel", "Airplane",
     "Vehicle", "CryptoWallet", "Security"]
)  # fmt: skip
"""Schemata whose entities are parties: those of FollowTheMoney that can be matched by name or
number and can stand on a list. Addresses, documents and links are none."""

TARGETS: Final = ("sanction", "export.control", "debarment", "wanted", "export.risk")
"""Topics of OpenSanctions that mark an entity as the one a list names. `sanction.linked` and roles
such as `role.pep` do not: such entities stand beside the listed ones."""

NOT_TARGETS: Final = ("sanction.linked",)
PROOF: Final = "entrepot-file-"
"""How ids of documents begin that this product wrote as proof."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity as it stands in a file."""

    entity_id: str
    schema: str
    properties: Properties
    datasets: tuple[str, ...]
    target: bool | None = None


def entity_of(data: Any) -> Entity | str:
    """An entity from its JSON object, or what is wrong with it."""
    if not isinstance(data, dict):
        return "got no JSON object, expected an entity"
    key, schema, found = data.get("id"), data.get("schema"), data.get("properties")
    if not isinstance(key, str) or not key or not isinstance(schema, str) or not schema:
        return "got an object without id or schema, expected an entity"
    if not isinstance(found, dict):
        return "got an entity without properties, expected them"
    properties: dict[str, tuple[str, ...]] = {}
    for name, values in found.items():
        texts = _texts(values)
        if texts:
            properties[name] = texts
    datasets = tuple(one for one in data.get("datasets") or () if isinstance(one, str))
    target = data.get("target")
    return Entity(key, schema, properties, datasets, target if isinstance(target, bool) else None)


def _texts(values: Any) -> tuple[str, ...]:
    """Values as texts; an entity that stands in full in place of its id gives the id."""
    many = values if isinstance(values, list) else [values]
    texts = (one.get("id") if isinstance(one, dict) else one for one in many)
    return tuple(dict.fromkeys(str(one) for one in texts if one not in (None, "")))


def is_target(entity: Entity) -> bool:
    """Whether the file says that a list names this entity."""
    topics = entity.properties.get("topics", ())
    named = (topic for topic in topics if topic not in NOT_TARGETS)
    return entity.target is True or any(topic.startswith(TARGETS) for topic in named)


def says_targets(entity: Entity) -> bool:
    """Whether the file says of this entity that it is a target, or that it is none."""
    return entity.target is not None or "topics" in entity.properties


def listing_of(properties: Properties, datasets: Sequence[str], fallback: str) -> Listing:
    """The stay on a list that a `Sanction` entity stands for.

    The list is its dataset. Days count where they are whole: the earliest of `listingDate` and
    `startDate`, the latest `endDate`. A part of a day leaves the day unknown.
    """
    first = _days(properties, "listingDate") or _days(properties, "startDate")
    last = _days(properties, "endDate")
    names = ("recordId", "authorityId", "unscId")
    record = next((properties[name][0] for name in names if name in properties), "")
    return Listing(
        datasets[0] if datasets else fallback, record, min(first) if first else None,
        max(last) if last else None, tuple(properties.get("program", ())),
    )  # fmt: skip


def _days(properties: Mapping[str, tuple[str, ...]], name: str) -> list[Any]:
    return [day for text in properties.get(name, ()) if (day := whole_day(text))]
