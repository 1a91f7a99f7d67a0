"""What the working side may see of a tip: headings, countries, a month, and none of the words."""

import re
from datetime import date

from entrepot.evidence.tips.outline import MOST, outline

TODAY = date(2022, 8, 25)


def test_an_outline_is_made_of_headings_countries_and_months() -> None:
    words = (
        "Worker 417 saw parts of CN code 8807 30 00 go from Belarus to Russia on 20 August 2022, "
        "past the canteen in Baranovichi."
    )
    told = " ".join(outline(words, TODAY))
    assert re.findall(r"\d{4,}", told) == ["8807", "2022"]
    assert "Russia" in told
    for kept_back in ("30 00", "3000", "417", "canteen", "Baranovichi", "-20", "20 August"):
        assert kept_back not in told


def test_nothing_understood_is_no_outline_and_a_long_tip_does_not_tell_its_length() -> None:
    assert outline("The canteen was closed again.", TODAY) == ()
    goods = ("bearings", "engines", "tyres", "lamps", "pumps", "cars", "trucks", "drones", "wine",
             "steel", "timber", "fertilisers", "cheese", "batteries")  # fmt: skip
    lines = " ".join(f"Belarus passed {one} on to Russia." for one in goods)
    assert len(outline(lines, TODAY)) == MOST
