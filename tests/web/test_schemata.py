"""The tables of FollowTheMoney's model say what the library says."""

import pytest

from entrepot.web import schemata


def test_fifteen_schemata_can_be_matched():
    assert len(schemata.matchable()) == 15


def test_kinds_and_lineage():
    assert schemata.is_a("Company", "LegalEntity")
    assert schemata.is_a("Company", "Asset")
    assert not schemata.is_a("Person", "Company")
    assert schemata.lineage("Person") == ("Person", "LegalEntity", "Thing")
    assert schemata.lineage("Banana") == ()


def test_nearest_definition_counts():
    assert schemata.properties("Person")["birthDate"].qname == "Person:birthDate"
    assert schemata.properties("Person")["country"].qname == "Thing:country"


def test_tables_equal_the_library():
    followthemoney = pytest.importorskip("followthemoney", reason="the extra is not installed")
    model = followthemoney.model
    assert {one.name for one in model} == set(schemata.schemata())
    for one in schemata.schemata().values():
        theirs = model.get(one.name)
        assert one.matchable == theirs.matchable
        assert (one.label, one.plural) == (theirs.label, theirs.plural)
        assert set(one.parents) == {parent.name for parent in theirs.extends}
    for one in schemata.matchable():
        theirs = model.get(one.name)
        ours = schemata.properties(one.name)
        assert set(ours) == set(theirs.properties)
        assert {p.name: (p.type, p.label, p.hidden) for p in ours.values()} == {
            p.name: (p.type.name, p.label, bool(p.hidden)) for p in theirs.properties.values()
        }
        assert one.featured == tuple(theirs.featured)
