"""The systems compared: each answers one name with party ids and scores, best first."""

from collections.abc import Callable, Sequence
from itertools import count

import numpy as np
from rapidfuzz import fuzz, process

from entrepot.parties.match.index import NameIndex
from entrepot.parties.match.kinds import kind_of
from entrepot.parties.match.latin import ascii_word, romaniser
from entrepot.parties.match.matcher import Matcher, Query
from entrepot.parties.match.names import readings
from entrepot.parties.party import NAMES, Party

Answer = Callable[[str, str], list[tuple[str, float]]]
LOOSEST = 0.5
"""Lowest score that an answer holds: the table of false alarms begins here."""
LIMIT = 5


def entrepot(parties: Sequence[Party], algorithm: str) -> tuple[Answer, Matcher]:
    matcher = Matcher.build(parties, algorithm=algorithm)

    def answer(name: str, schema: str) -> list[tuple[str, float]]:
        hits = matcher.match(Query.of(name, schema), threshold=LOOSEST, limit=LIMIT)
        return [(hit.party.party_id, hit.score) for hit in hits]

    return answer, matcher


def logic_v2(parties: Sequence[Party], candidates: int = 50) -> Answer:
    """nomenklatura's logic-v2 over the nearest parties by n-grams of the ASCII form."""
    from followthemoney import EntityProxy, model
    from followthemoney.exc import InvalidData
    from nomenklatura.matching.logic_v2.model import LogicV2

    config = LogicV2.default_config()
    index = NameIndex(parties, known=False)
    numbers = count()
    entities: dict[int, EntityProxy] = {}

    def entity(key: str, schema: str, names: dict[str, list[str]]) -> EntityProxy:
        return model.get_proxy({"id": key, "schema": schema, "properties": names}, cleaned=True)

    def listed(number: int) -> EntityProxy:
        if number not in entities:
            party = parties[number]
            names = {
                kind: list(party.properties[kind]) for kind in NAMES if kind in party.properties
            }
            entities[number] = entity(f"listed-{number}", party.schema, names)
        return entities[number]

    def answer(name: str, schema: str) -> list[tuple[str, float]]:
        query = entity(f"query-{next(numbers)}", schema, {"name": [name]})
        near = _nearest(index, name, schema, candidates)
        found = []
        for number in near:
            try:
                score = LogicV2.compare(query, listed(number), config).score
            except InvalidData:
                continue
            found.append((parties[number].party_id, float(score)))
        return sorted(found, key=lambda row: (-row[1], row[0]))[:LIMIT]

    return answer


def _nearest(index: NameIndex, name: str, schema: str, candidates: int) -> list[int]:
    """Numbers of the parties nearest by n-grams, at most `candidates`."""
    kinds = kind_of(schema)
    for reading in readings(name, schema == "Person", known=False)[:1]:
        spelled = " ".join(word.slavic or word.ascii for word in reading.words)
        names, weights = index.grams.near_scored(spelled, 4 * candidates, index.fits(kinds))
        order = names[np.argsort(-weights)]
        owners = dict.fromkeys(index.names[number].party for number in order.tolist())
        return list(owners)[:candidates]
    return []


def token_sort(parties: Sequence[Party]) -> Answer:
    """rapidfuzz's token-sort ratio over every transliterated name, as a script would do it."""
    owners = []
    texts = []
    for party in parties:
        for name in party.names():
            owners.append((party.party_id, kind_of(party.schema)))
            texts.append(_plain(name))
    bits = np.array([bit for _, bit in owners])

    def answer(name: str, schema: str) -> list[tuple[str, float]]:
        scores = process.cdist([_plain(name)], texts, scorer=fuzz.ratio, workers=1)[0] / 100
        scores = np.where((bits & kind_of(schema)) > 0, scores, 0)
        best = np.argpartition(-scores, 40)[:40]
        found: dict[str, float] = {}
        for place in best.tolist():
            party_id = owners[place][0]
            found[party_id] = max(found.get(party_id, 0.0), float(scores[place]))
        return sorted(found.items(), key=lambda row: (-row[1], row[0]))[:LIMIT]

    return answer


def _plain(name: str) -> str:
    """Sorted ASCII words: token-sort ratio is the plain ratio of these."""
    return " ".join(sorted(filter(None, map(ascii_word, romaniser()(name).split()))))
