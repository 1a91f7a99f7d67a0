"""Which parties of the lists a request wants."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from entrepot.parties.party import Party
from entrepot.web.holdings import Holdings, lists_of
from entrepot.web.schemata import is_a, known_property, names_of_type

Test = Callable[[Party], bool]


@dataclass(frozen=True)
class Selection:
    """What a request asks for beside the name.

    `filters` are pairs of field and value: several values of one field are alternatives, unless
    `all_values`. A party is kept where its list says nothing of topics, for all that are listed
    carry a restriction; every other field that is unknown does not fit.
    """

    lists: frozenset[str]
    schema: str = "Thing"
    exclude_schema: frozenset[str] = frozenset()
    exclude_lists: frozenset[str] = frozenset()
    exclude_ids: frozenset[str] = frozenset()
    changed_since: date | None = None
    filters: tuple[tuple[str, str], ...] = ()
    all_values: bool = False
    _wanted: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        wanted: dict[str, tuple[str, ...]] = {}
        for name, value in self.filters:
            wanted[name] = (*wanted.get(name, ()), value.casefold())
        object.__setattr__(self, "_wanted", wanted)

    def keep(self, held: Holdings) -> Test:
        """Whether a party is wanted, as the matcher asks it."""

        def wanted(party: Party) -> bool:
            now = held.parties.get(party.party_id)
            return now is not None and self._fits(held, now)

        return wanted

    def _fits(self, held: Holdings, party: Party) -> bool:
        lists = set(lists_of(party)) - self.exclude_lists
        if not lists & self.lists or party.schema in self.exclude_schema:
            return False
        if self.schema != "Thing" and not is_a(party.schema, self.schema):
            return False
        if self.exclude_ids and self._excluded(party):
            return False
        days = held.history.get(party.party_id)
        if self.changed_since and days and days.changed < self.changed_since:
            return False
        return all(self._has(party, name, values) for name, values in self._wanted.items())

    def _excluded(self, party: Party) -> bool:
        ids = {party.party_id, *(one.record_id for one in party.listings)}
        return bool(ids & self.exclude_ids)

    def _has(self, party: Party, name: str, wanted: tuple[str, ...]) -> bool:
        values = [value.casefold() for value in values_of(party, name)]
        if name == "topics" and not values:
            return True
        found = (any(_same(value, one) for value in values) for one in wanted)
        return all(found) if self.all_values else any(found)


def _same(value: str, wanted: str) -> bool:
    """Equal, or a day within the year or month wanted."""
    return value == wanted or (wanted[:4].isdigit() and value.startswith(f"{wanted}-"))


def known_field(name: str) -> bool:
    """Whether `values_of` knows a field."""
    return name in FIELDS or name in GROUPS or known_property(name)


def values_of(party: Party, name: str) -> Iterable[str]:
    """The values of a field: of the entity, of a group of properties, or of one property."""
    if name in FIELDS:
        return FIELDS[name](party)
    if name in GROUPS:
        kinds = names_of_type(GROUPS[name])
        held = party.properties.items()
        return tuple(dict.fromkeys(text for key, texts in held if key in kinds for text in texts))
    return party.properties.get(name, ())


FIELDS: Mapping[str, Callable[[Party], tuple[str, ...]]] = {
    "id": lambda party: (party.party_id,),
    "schema": lambda party: (party.schema,),
    "datasets": lists_of,
    "target": lambda _: ("true",),
    "programs": lambda party: tuple(
        dict.fromkeys(program for one in party.listings for program in one.programs)
    ),
}
"""Fields of the entity itself."""

GROUPS: Mapping[str, str] = {
    "countries": "country",
    "topics": "topic",
    "identifiers": "identifier",
    "genders": "gender",
    "names": "name",
    "dates": "date",
    "addresses": "address",
}
"""Groups of properties, by the type that FollowTheMoney gives them."""
