"""A few hundred queries of the development set against the whole list: no release falls below."""

import json
from pathlib import Path

import pytest

from entrepot.parties.match.matcher import Matcher, Query
from entrepot.parties.party import Party

STEP = 13
"""Every 13th query: about 460 listed names, 230 companies and 300 persons on no list.

The bounds lie three standard errors of such a sample from the measured shares."""


@pytest.mark.shared
def test_accuracy_on_the_development_set(shared: Path) -> None:
    folder = shared / "screening"
    if not folder.is_dir():
        pytest.skip(f"needs the screening sets, and {folder} does not exist")
    rows = json.loads((folder / "alias_dev_list.json").read_text(encoding="utf-8"))
    queries = json.loads((folder / "alias_dev_queries.json").read_text(encoding="utf-8"))[::STEP]
    listed = [
        Party(
            row["id"],
            row["schema"],
            {key: tuple(one) for key, one in row["props"].items() if one},
            (),
        )
        for row in rows
    ]
    matcher = Matcher.build(listed)
    found: dict[str, list[bool]] = {}
    for query in queries:
        hits = matcher.match(Query.of(query["name"], query["schema"]))
        hit = any(one.party.party_id == query.get("truth", one.party.party_id) for one in hits)
        found.setdefault(query["kind"], []).append(hit)
    share = {kind: sum(hits) / len(hits) for kind, hits in found.items()}
    assert share["pos_ofac"] > 0.575
    assert share["pos_eu"] > 0.675
    assert share["neg_sec"] < 0.02
    assert share["neg_person_global"] < 0.02
    assert share["neg_person_us"] < 0.02
