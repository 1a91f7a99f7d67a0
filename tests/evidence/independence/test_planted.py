"""Roots on the planted corpus; the figures of docs/independence.md come from bench_roots.py."""

import pytest
from tests.evidence.independence.measuring import (
    by_event,
    every_item,
    exact,
    jaccard,
    measure,
    ours,
)
from tests.evidence.independence.planted import by_hand, grown

HAND = by_hand()
EVERY = [*HAND, *grown(7, HAND)]


def test_the_corpus_is_what_the_documentation_says():
    made = [one.made for one in HAND]
    assert sum(one.startswith("rewrite") for one in made) >= 40
    assert made.count("translation") >= 20
    assert len({root for one in HAND for root in one.roots}) >= 12
    assert {one.half for one in HAND} == {"tuning", "held out", "fresh"}


@pytest.mark.parametrize("half", ["tuning", "held out", "fresh"])
@pytest.mark.parametrize("planted", [HAND, EVERY], ids=["hand", "every"])
def test_roots_are_found(half, planted):
    chosen = [one for one in planted if one.half == half]
    found = measure(chosen, by_event(chosen, ours))
    assert found.f1 >= 0.9
    assert found.bcubed >= 0.9
    assert found.root_error <= 0.15 * found.roots


def test_all_events_in_one_set_stay_apart():
    found = ours(HAND)
    assert measure(HAND, found).f1 >= 0.9
    events: dict[str, set[str]] = {}
    for one in HAND:
        for root in found[one.item.item_id]:
            events.setdefault(root, set()).add(one.event)
    assert all(len(told) == 1 for told in events.values())


def test_plain_rules_fall_short():
    for rule in (every_item, exact, jaccard):
        assert measure(HAND, by_event(HAND, rule)).f1 < 0.6


def test_the_measure_knows_right_from_wrong():
    right = {one.item.item_id: one.roots for one in HAND}
    assert measure(HAND, right).f1 == measure(HAND, right).bcubed == 1.0
    assert measure(HAND, right).root_error == 0
    one = {item: frozenset({"one"}) for item in right}
    assert measure(HAND, one).recall == 1.0
    assert measure(HAND, one).precision < 0.5
