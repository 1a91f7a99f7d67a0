"""What is asked and what is answered: a query, its hits, and why."""

from dataclasses import dataclass

from entrepot.errors import RequestError
from entrepot.parties.party import NAMES, Party, Properties


@dataclass(frozen=True)
class Query:
    """A party to look for. `schema` is a FollowTheMoney schema; null: not known what it is.

    `properties` hold at least one name or identifier. A query of unknown type is matched as a legal
    entity (person or organisation) and also against vessels and aircraft.

    A number of which nobody knows what it is belongs under `idNumber`, whatever the schema: it may
    agree with an equal identifier of any kind, and never contradicts one.
    """

    schema: str | None
    properties: Properties

    @property
    def names(self) -> tuple[str, ...]:
        """All names asked for, strongest kinds first, each once."""
        return tuple(name for _, name in named(self.properties))

    @classmethod
    def of(cls, name: str, schema: str | None = None, **properties: str) -> "Query":
        """A query by one name and single values of other properties."""
        return cls(schema, {"name": (name,), **{key: (text,) for key, text in properties.items()}})

    def checked(self) -> "Query":
        """Itself.

        Raises:
            RequestError: There is nothing to compare: no property with a value.
        """
        if not any(value.strip() for values in self.properties.values() for value in values):
            raise RequestError(
                "got a query without a name or an identifier, expected at least one",
                hint='Give for example {"name": ["..."]} or {"imoNumber": ["..."]}.',
            )
        return self


@dataclass(frozen=True)
class Feature:
    """One thing that speaks for or against a hit.

    `score` is 0 to 1 for what agrees, below 0 for what contradicts. `detail` is a sentence. `query`
    and `candidate` are the values compared, null where there are none.
    """

    name: str
    score: float
    detail: str
    query: str | None = None
    candidate: str | None = None


@dataclass(frozen=True)
class Hit:
    """A listed party that the query resembles: a possible match to be checked, not a finding.

    `score` is 0 to 1, rounded to 4 digits; it ranks, it is not a probability (see `calibration`).
    `words` say in short sentences which words matched which, what contradicts, what is left over.
    """

    party: Party
    score: float
    features: tuple[Feature, ...]
    words: tuple[str, ...]


_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")


def named(properties: Properties) -> list[tuple[str, str]]:
    """Names with their kind, strongest kinds first, each once.

    Where only parts are given (first name, last name) they are put together as an alias.
    """
    found = {name: kind for kind in reversed(NAMES) for name in properties.get(kind, ())}
    if not found and "lastName" in properties:
        parts = (properties[part][0] for part in _PARTS if part in properties)
        found[" ".join(parts)] = "alias"
    return sorted(
        ((kind, name) for name, kind in found.items()), key=lambda row: NAMES.index(row[0])
    )
