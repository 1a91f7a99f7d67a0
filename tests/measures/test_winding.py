"""Which wind-down belongs to which ban, and when the last of them ends."""

from typing import Any

import pytest
from tests.measures.small import book, day, rule

from entrepot.measures.winding import belongs, carriers, end_of

BAN = rule("3812", article="3k(1)", annex="XXIII")
LIST = {"article": "3k(3aa)", "annex": "XXIIIA", "effect": "wind_down"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, True),
        ({"article": "3k(1)"}, True),
        ({"article": "3k"}, True),
        ({"to": "*"}, True),
        ({"article": "3(1)"}, False),
        ({"article": "3ka(1)"}, False),
        ({"article": ""}, False),
        ({"to": "BLR", "instrument": "Reg. (EU) 833/2014"}, False),
        ({"instrument": "Reg. (EC) 765/2006"}, False),
        ({"begins": "2022-03-02"}, False),
        ({"begins": "2022-02-28"}, False),
    ],
)
def test_act_article_place_and_first_day_must_agree(more: dict[str, str], expected: bool) -> None:
    row: Any = rule("381210", **LIST | {"wind_down_to": "2022-06-05"} | more)
    assert belongs(row, BAN) is expected


def test_a_ban_carries_its_own_and_a_list_may_name_a_part() -> None:
    own = rule("3811", wind_down_to="2022-06-05", is_partial="true")
    listed = rule("381111", wind_down_to="2022-07-05", **LIST)
    clause = rule("3811", effect="clause", wind_down_to="2022-08-05")
    rules = book(own, listed, clause, BAN, rule("3811"))
    assert carriers(rules.touching("381111")) == [own, listed]
    assert carriers(rules.touching("3811")) == [own, listed]
    assert carriers(rules.touching("3812")) == []


def test_the_last_wind_down_of_a_ban_counts() -> None:
    own = BAN | {"wind_down_to": day("2022-06-05")}
    later = rule("381210", wind_down_to="2022-09-05", **LIST)
    other = rule("3812", article="2a(1)", wind_down_to="2022-12-05")
    touches = book(own, later, other).touching("381210")
    assert end_of(own, touches) == day("2022-09-05")
    assert end_of(own, book(own, later, other).touching("3812")) == day("2022-09-05")
    assert end_of(own, book(own, later, other).touching("381290")) == day("2022-06-05")
    assert end_of(BAN, book(BAN, other).touching("381210")) is None
    assert end_of(BAN, ()) is None
