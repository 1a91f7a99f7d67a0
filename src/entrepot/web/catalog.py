"""The datasets in service, and the algorithm, as yente describes them."""

from functools import cache

from entrepot.parties.lists import Held, ListStore
from entrepot.parties.lists.catalogue import catalogue
from entrepot.web.holdings import COLLECTIONS, Holdings
from entrepot.web.models import (
    Algorithm,
    AlgorithmDocs,
    AlgorithmResponse,
    DataCatalogModel,
    DatasetModel,
    FeatureDoc,
)

METHOD = "https://github.com/opensanctions/nomenklatura"
"""Where the second judge of names, logic-v2, is from."""

FEATURES = {
    "name": "How far the names are alike, word by word: spellings, scripts, trade words, initials.",
    "identifier": "The same number (IMO, tax number, registration, tail), or a contradicting one.",
    "facts": "Days of birth, countries and other facts that agree or contradict.",
}
"""What the features of an answer speak of; the names in answers are finer."""

DESCRIPTIONS = {
    "entrepot-v1": "Own comparison of words, spellings and identifiers, with nomenklatura's "
    "logic-v2 as second judge where that leaves a pair open.",
    "fallback": "The plain comparison of words, spellings and identifiers, without the extra "
    "`parties`.",
}


@cache
def titles() -> dict[str, str]:
    """Names of lists and collections for people."""
    found: dict[str, str] = {}
    for one in catalogue():
        found.setdefault(one.list_id, f"{one.publisher}: {one.title.partition(' (main')[0]}")
    return {**found, **COLLECTIONS}


def data_catalog(held: Holdings, store: ListStore) -> DataCatalogModel:
    """All datasets: those in service, and whether newer editions are held than those."""
    newest: dict[str, Held] = {}
    for one in store.editions():
        if one.list_id not in newest or newest[one.list_id].order <= one.order:
            newest[one.list_id] = one
    serving = {one.list_id: one for one in held.editions}
    models = [_of_list(name, serving.get(name), newest.get(name), held) for name in _lists(held)]
    outdated = [one.name for one in models if not one.index_current]
    models += [_of_collection(name, held) for name in COLLECTIONS if name in held.datasets]
    return DataCatalogModel(
        datasets=models,
        current=[one.name for one in models if one.index_current],
        outdated=outdated,
        index_stale=bool(outdated),
    )


def _lists(held: Holdings) -> list[str]:
    return [name for name in held.datasets if name not in COLLECTIONS]


def version_of(edition: Held | None) -> str:
    """A version that sorts by time: the day of the edition and the beginning of its hash."""
    if edition is None:
        return "unknown"
    return f"{edition.order[0].strftime('%Y%m%d')}-{edition.edition_id[:8]}"


def _of_list(name: str, serving: Held | None, newest: Held | None, held: Holdings) -> DatasetModel:
    count = sum(
        any(one.list_id == name for one in party.listings) for party in held.parties.values()
    )
    last = serving.days[-1].isoformat() if serving and serving.days else None
    return DatasetModel(
        name=name,
        title=titles().get(name, name),
        summary=" ".join(serving.notes) or None if serving else None,
        url=serving.origin or None if serving else None,
        license=next((one.licence for one in catalogue() if one.list_id == name), None),
        updated_at=serving.added_at.isoformat(timespec="seconds") if serving else None,
        last_change=f"{last}T00:00:00" if last else None,
        entity_count=count,
        thing_count=count,
        version=version_of(newest or serving),
        load=True,
        index_version=version_of(serving),
        index_current=version_of(newest or serving) == version_of(serving),
    )


def _of_collection(name: str, held: Holdings) -> DatasetModel:
    lists = held.datasets[name]
    newest = max((one for one in held.editions if one.list_id in lists), key=lambda one: one.order,
                 default=None)  # fmt: skip
    count = sum(
        any(one.list_id in lists for one in party.listings) for party in held.parties.values()
    )
    return DatasetModel(
        name=name, title=titles()[name], children=sorted(lists), entity_count=count,
        thing_count=count, version=version_of(newest), load=False,
        index_version=version_of(newest), index_current=True,
    )  # fmt: skip


def algorithms(held: Holdings) -> AlgorithmResponse:
    """The one algorithm in service."""
    name = held.matcher.algorithm
    docs = {
        key: FeatureDoc(description=text, coefficient=1.0, url=METHOD)
        for key, text in FEATURES.items()
    }
    one = Algorithm(
        name=name,
        description=DESCRIPTIONS.get(name),
        features=docs,
        docs=AlgorithmDocs(name=name, description=DESCRIPTIONS.get(name), config={}, features=docs),
    )
    return AlgorithmResponse(algorithms=[one], default=name, best=name)
