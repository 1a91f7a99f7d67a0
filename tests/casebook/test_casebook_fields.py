"""What may stand in an edited column."""

from typing import Any

import pytest
from tests.casebook.world import BOUGHT, REPORT

from entrepot.casebook.fields import checked_fields
from entrepot.errors import RequestError


def edited(**fields: Any) -> dict[str, Any]:
    return checked_fields(BOUGHT, fields, REPORT.text)


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("origin", "germany", "DEU"),
        ("origin", "BY", "BLR"),
        ("destination", "Tarnów", "Tarnów"),  # a place that is no country stays as printed
        ("origin", "null", None),
        ("origin", " ", None),
        ("actors", "Armenia; a trading firm in Dubai ;", ["ARM", "a trading firm in Dubai"]),
        ("actors", "", []),
        ("goods", "lorries; trailers", ["lorries", "trailers"]),
        ("goods_codes", "8704;8716", ["8704", "8716"]),
        ("date_from", "2023-04-01", "2023-04-01"),
        ("date_to", "null", None),
        ("quantity", "1.5e3", 1500.0),
        ("quantity", 7, 7.0),
        ("is_negated", "yes", True),
        ("is_negated", "False", False),
        ("kind", "denial", "denial"),
        ("hedge", " probably ", "probably"),
        ("bound", "about", "about"),
        ("language", "uk", "uk"),
    ],
)
def test_values_are_kept_in_the_form_of_a_claim(name: str, given: Any, kept: Any) -> None:
    assert edited(**{name: given}) == {name: kept}


def test_the_words_of_a_new_span_are_taken_from_the_report() -> None:
    assert edited(span="0-7") == {"span": [0, 7], "text": "Armenia"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "x"}, "got column 'text'"),
        ({"reported_on": "2023-01-01"}, "got column 'reported_on'"),
        ({"date_from": "May"}, "expected a day such as"),
        ({"date_from": "2023-02-29"}, "expected a day such as"),
        ({"date_to": "2023-05-01"}, "expected a day after date_from"),
        ({"quantity": "many"}, "expected a number"),
        ({"quantity": "nan"}, "expected a number"),
        ({"quantity": "inf"}, "expected a number"),
        ({"quantity": "null"}, "expected both or none"),
        ({"quantity_to": "1400"}, "expected at least the quantity"),
        ({"quantity": "null", "bound": "null", "quantity_to": "3"}, r"at least .*\(none\)"),
        ({"bound": "roughly"}, "expected one of exactly"),
        ({"type": "gossip"}, "expected one of restriction"),
        ({"type": "price"}, "got predicate 'buys' of type price, expected discount"),
        ({"predicate": "listed"}, "of type trade, expected buys"),
        ({"is_negated": "maybe"}, "expected true or false"),
        ({"goods_codes": "87O4"}, "expected 2 to 10 digits"),
        ({"goods_codes": "8"}, "expected 2 to 10 digits"),
        ({"goods_codes": "८७"}, "expected 2 to 10 digits"),
        ({"span": "7-7"}, "START before END"),
        ({"span": "a-b"}, "expected START-END"),
        ({"span": "3"}, "expected START-END"),
        ({"span": "0-9999"}, "inside the report's 71 characters"),
        ({"language": "fr"}, "expected one of en, ru, uk"),
    ],
)
def test_values_that_do_not_fit_are_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        edited(**fields)


def test_type_and_predicate_are_changed_together() -> None:
    assert edited(type="price", predicate="discount")["predicate"] == "discount"
