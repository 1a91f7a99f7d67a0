"""Counts beside search results, as yente gives them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from entrepot.codes import country
from entrepot.errors import CodeError
from entrepot.parties.party import Party
from entrepot.web.models import SearchFacet, SearchFacetItem
from entrepot.web.schemata import schemata
from entrepot.web.selection import values_of


class Facet(StrEnum):
    """What can be counted."""

    DATASETS = "datasets"
    SCHEMA = "schema"
    COUNTRIES = "countries"
    IDENTIFIERS = "identifiers"
    TOPICS = "topics"
    GENDERS = "genders"


DEFAULT = (Facet.COUNTRIES, Facet.TOPICS, Facet.DATASETS)

LABELS = {
    Facet.DATASETS: "Data sources",
    Facet.SCHEMA: "Entity types",
    Facet.COUNTRIES: "Countries",
    Facet.IDENTIFIERS: "Identifiers",
    Facet.TOPICS: "Topics",
    Facet.GENDERS: "Genders",
}

MOST_VALUES = 50
"""Values of one facet, the most frequent ones."""


def facets_of(
    parties: Iterable[Party], wanted: Sequence[Facet], titles: dict[str, str]
) -> dict[str, SearchFacet]:
    """Counts of parties by value; `titles` names the lists."""
    held = list(parties)
    found: dict[str, SearchFacet] = {}
    for facet in dict.fromkeys(wanted):
        counts = Counter(value for party in held for value in values_of(party, facet.value))
        values = [
            SearchFacetItem(name=value, label=label(facet, value, titles), count=count)
            for value, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
        ]
        found[facet.value] = SearchFacet(label=LABELS[facet], values=values[:MOST_VALUES])
    return found


def label(facet: Facet, value: str, titles: dict[str, str]) -> str:
    """A value as people read it; itself where there is no other word."""
    if facet is Facet.COUNTRIES:
        try:
            return country.name(country.parse(value.upper()))
        except CodeError:
            return value
    if facet is Facet.SCHEMA and value in schemata():
        return schemata()[value].plural
    return titles.get(value, value) if facet is Facet.DATASETS else value
