"""Customs-union blindness."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.test_innocent_measure import KYRGYZ

from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.innocent.customs_union import JOINED, check, shared_since


@pytest.mark.parametrize(
    ("hub", "target", "since"),
    [
        ("KAZ", "RUS", date(2010, 1, 1)),
        ("ARM", "RUS", date(2015, 1, 2)),
        ("KGZ", "ARM", date(2015, 8, 12)),
        ("GEO", "RUS", None),
        ("KGZ", "IRN", None),
    ],
)
def test_two_members_share_it_from_the_later_accession(
    hub: str, target: str, since: date | None
) -> None:
    assert shared_since(hub, target) == since


@given(st.sampled_from([*JOINED, "GEO", "TUR"]), st.sampled_from([*JOINED, "UZB"]))
def test_it_does_not_matter_who_is_the_hub(one: str, other: str) -> None:
    assert shared_since(one, other) == shared_since(other, one)


def test_an_onward_figure_inside_the_union_carries_no_weight() -> None:
    found = check(date(2015, 8, 12), replace(KYRGYZ, has_onward=True))
    assert found.outcome == FAILED
    assert "low reliability" in found.detail


def test_without_an_onward_figure_the_note_remains() -> None:
    found = check(date(2015, 8, 12), KYRGYZ)
    assert (found.outcome, "low reliability" in found.detail) == (NOT_TESTABLE, True)


def test_outside_the_union_it_passes_where_there_is_a_figure() -> None:
    georgia = replace(KYRGYZ, hub="GEO")
    assert check(None, replace(georgia, has_onward=True)).outcome == PASSED
    assert check(None, georgia).outcome == NOT_TESTABLE
