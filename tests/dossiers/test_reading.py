"""The page of a reading: the text whole, claims beside it in words, nothing that can act."""

import re
from dataclasses import replace

import pytest
from tests.dossiers.assessment_world import TEXT, claim, report
from tests.dossiers.test_report import parsed
from tests.dossiers.world import HOSTILE

from entrepot.dossiers.reading import reading_page

REPORT = report()
GAS = claim(REPORT, "and so did gas", "trade", "falls", goods=("gas",), origin="EU",
            destination="BLR", parts={"goods": ((84, 87),)})  # fmt: skip
OIL = claim(REPORT, "Prices of oil fell", "price", "discount", kind="accusation")


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text.partition("</style>")[2]).split())


def test_text_is_whole_and_every_claim_stands_beside_it():
    text = reading_page(REPORT, [GAS, OIL])
    shown = text.partition('class="text">')[2].partition("</div>")[0]
    assert re.sub(r"<[^>]+>", "", re.sub(r"<a .*?</a>", "", shown)) == TEXT
    said = words(text)
    assert "price cheaper than others Prices of oil fell stated as an accusation" in said
    assert "trade falls and so did gas goods gas from European Union to Belarus" in said
    assert parsed(text).open == []
    assert parsed(text).scripts == 0


@pytest.mark.parametrize(
    ("unit", "quantity", "said"),
    [
        ("rank", 1.0, "how many place 1"),
        ("share", 0.5, "how many 50 %"),
        ("%", 91.0, "how many 91 %"),
        ("soldiers", 1200.0, "how many 1,200 soldiers"),
    ],
)
def test_sizes_are_told_as_people_do(unit, quantity, said):
    assert said in words(reading_page(REPORT, [replace(GAS, unit=unit, quantity=quantity)]))


def test_hostile_text_cannot_act():
    whose = report(f"{TEXT}{HOSTILE}</style>", name=HOSTILE, publisher=HOSTILE, notes=(HOSTILE,))
    text = reading_page(whose, [replace(GAS, goods=(HOSTILE,), attributed_to=HOSTILE)])
    assert "<script" not in text
    assert text.count("</style>") == 1
