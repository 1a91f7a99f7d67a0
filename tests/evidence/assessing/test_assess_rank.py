"""Claims about the largest partner, on tables of partners made by hand."""

from datetime import date

import pycountry
import pytest
from tests.evidence.assessing.world import claim, judged, rows

from entrepot.evidence.claim import Claim
from entrepot.signals.partners.table import First, Partner, Partners, Trade

MANY = sorted({one.alpha_3 for one in pycountry.countries} - {"RUS", "CHN", "DEU", "JPN"})[:100]
"""A hundred small partners, so that the table stands for the world."""


def table(
    named: dict[str, float], *, flow: str = "both", source: str = "own", small: bool = True
) -> Partners:
    """Partners of Russia in 2022, the largest first."""
    values = {**named, **(dict.fromkeys(MANY, 1.0) if small else {})}
    total = sum(values.values())
    found = tuple(
        Partner(Trade(who, value, None, source, "CIF", "total"), "country", place, value / total,
                None, None)
        for place, (who, value) in enumerate(sorted(values.items(), key=lambda x: -x[1]), start=1)
    )  # fmt: skip
    return Partners(
        "RUS", flow, date(2023, 1, 1), "USD", ("2022",), (), ("2022",), (), found, total, None,
        First(found[0].trade.partner, 1.0, 0.5), None, None, None, None, 0.0,
    )  # fmt: skip


def largest(who: str = "CHN", place: float = 1.0, **parts: object) -> Claim:
    text = str(parts.pop("text", "the largest trading partner of Russia"))
    given = {"actors": (who,), "counterparts": ("RUS",), "quantity": place, "unit": "rank", **parts}
    return claim(text, "trade", "rank", reported_on=date(2023, 1, 26), **given)


TRADE = {"CHN": 190.0, "DEU": 40.0}


@pytest.mark.parametrize(
    ("claimed", "partners", "verdict"),
    [
        (largest(), table(TRADE), "supported"),
        (largest("DEU"), table(TRADE), "contradicted"),
        (largest("DEU", 2.0), table(TRADE), "supported"),
        (largest("CHN", 2.0), table(TRADE), "contradicted"),
        (largest(is_negated=True), table(TRADE), "contradicted"),
        (largest(), table(TRADE, small=False), "partly"),  # two partners are not the world
        (largest("DEU"), table(TRADE, small=False), "contradicted"),  # one is larger
        (largest("CHN", 2.0), table(TRADE, small=False), "not_testable"),  # one may be missing
        (largest(), table(TRADE, source="mirror"), "partly"),  # others may be silent
        (largest(), table(TRADE, flow="exports"), "partly"),
        (largest("DEU"), table(TRADE, flow="exports"), "not_testable"),  # imports may outweigh
        (largest(text="the largest buyer of Russian exports"), table(TRADE, flow="exports"),
         "supported"),
        (largest("JPN"), table(TRADE), "not_testable"),  # not in the table: unknown
        (largest(goods=("oil",), goods_codes=("2709",)), table(TRADE), "not_testable"),
    ],
)  # fmt: skip
def test_places(claimed: Claim, partners: Partners, verdict: str) -> None:
    made = judged(claimed, partners=lambda country, on: partners)
    assert made.verdict == verdict, (made.part, made.needed)


def test_a_place_leads_back_to_the_command_that_shows_it() -> None:
    made = judged(largest(), partners=lambda country, on: table(TRADE))
    first = rows(made, "partners")[0]
    assert first["command"] == "entrepot partners RUS --on 2023-01-01"
    assert (first["partner"], first["value"], first["source"]) == ("CHN", 190.0, "own")
