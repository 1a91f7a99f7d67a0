"""Claims about trade: the digest against the figures that ship, and worlds worked by hand."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests.evidence.assessing.world import (
    claim,
    exports,
    imports,
    judged,
    loaded,
    rows,
    sentences,
)
from tests.signals.conftest import Cell, months

from entrepot.engine import Engine, open_engine
from entrepot.evidence.assessing.records import Loaded
from entrepot.evidence.claim import Claim
from entrepot.workspace import shipped_figures

PARTS = {"goods": ("aircraft parts",), "goods_codes": ("8807", "88")}


@pytest.fixture(scope="module")
def eurostat() -> Iterator[Loaded]:
    """The figures that ship: EU exports to seven countries, January 2020 to November 2022."""
    with open_engine("duckdb") as found:
        held = shipped_figures(found)
        about = held.about
        assert about is not None
        yield Loaded(held.flows, found, held.title, {about.sha256: "pocket"}, about.lacks)


@pytest.fixture(scope="module")
def opened() -> Iterator[Engine]:
    """One engine for the worlds by hand; what must agree on both takes the fixture `engine`."""
    with open_engine("duckdb") as found:
        yield found


class _Worlds(dict[float, Loaded]):
    """The world of each value, made when it is first asked for."""

    def __init__(self, opened: Engine) -> None:
        super().__init__()
        self.opened = opened

    def __missing__(self, now: float) -> Loaded:
        self[now] = loaded(self.opened, exports(world(now)))
        return self[now]


@pytest.fixture(scope="module")
def held(opened: Engine) -> dict[float, Loaded]:
    return _Worlds(opened)


def go(text: str = "EU aircraft parts go to Belarus", **parts: object) -> Claim:
    given = {"predicate": "sells", "origin": "EU", "destination": "BLR", **PARTS, **parts}
    return claim(text, "trade", str(given.pop("predicate")), **given)


def test_the_digest_aircraft_parts_go_to_belarus(eurostat: Loaded) -> None:
    # 1.89 and 0.17 million: headings 8803 and 8807 of the source table, never with their children.
    made = judged(go(), figures=eurostat)
    assert made.verdict == "partly"
    assert made.part == (
        "some trade goes on (EUR 171 k in March to November 2022); it is 91 % less than in March "
        "to November 2021 (EUR 1.89 m)"
    )
    now, base = rows(made, "flows")
    assert (now["value"], base["value"]) == (170901.0, 1890165.0)
    assert now["periods"][0] == "2022-03"
    assert base["periods"][-1] == "2021-11"
    assert {"8803", "8807"} <= set(now["commodity_codes"])
    assert now["rows"] > 0
    assert now["locators"][0].partition(": ")[2].startswith("row ")
    assert any("NLD 2022-11" in one for one in made.cautions)


@pytest.mark.parametrize(
    ("percent", "verdict"),
    [(91.0, "supported"), (90.6, "partly"), (90.0, "partly"), (0.5, "partly")],
)
def test_fell_by_a_percentage_within_its_rounding(
    eurostat: Loaded, percent: float, verdict: str
) -> None:
    # 170,901 of 1,890,165 is a fall of 90.96 %
    fell = go(predicate="falls", quantity=percent, unit="%", bound="exactly")
    made = judged(fell, figures=eurostat)
    assert made.verdict == verdict
    assert ("91.0 %" in made.part) == (verdict == "partly")


def test_what_ships_cannot_say_who_is_russias_largest_partner(eurostat: Loaded) -> None:
    largest = claim("China is Russia's largest trading partner", "trade", "rank",
                    actors=("CHN",), counterparts=("RUS",), quantity=1.0, unit="rank")  # fmt: skip
    made = judged(largest, figures=eurostat, partners=_never)
    assert made.verdict == "not_testable"
    assert "Figures of Russia itself, or of China" in made.needed[0]
    assert "entrepot partners RUS --on 2022-08-26" in made.needed[0]
    assert "hold none that Russia or China publish" in sentences(made)


def _never(country: str, on: date | None) -> None:
    raise AssertionError("no table of partners is worked out where neither side publishes")


def test_belarus_buys_more_is_not_refuted_by_one_group_of_sellers(eurostat: Loaded) -> None:
    more = claim("Belarus buys more parts", "trade", "rises", actors=("BLR",), **PARTS)
    made = judged(more, figures=eurostat)
    assert made.verdict == "not_testable"
    assert "down 91 %" in sentences(made)
    assert "Imports of Belarus from all partners" in made.needed[0]


def test_all_goods_need_a_total_and_the_goods_held_are_background(eurostat: Loaded) -> None:
    half = go("half of the EU's exports to Russia halted", predicate="stops", destination="RUS",
              goods=(), goods_codes=(), quantity=0.5, unit="share")  # fmt: skip
    made = judged(half, figures=eurostat)
    assert made.verdict == "not_testable"
    assert "code TOTAL" in made.needed[0]
    assert "goods held, not all goods" in sentences(made)


# Worlds by hand. EU exports of chips (8542 with its child 854231) to Kyrgyzstan: DEU 10 a month in
# 2021 and 30 in 2022; the child is a part of its heading, so nothing is counted twice.
CHIPS = {"goods": ("chips",), "goods_codes": ("8542",), "destination": "KGZ"}


def world(now: float = 30.0, base: float = 10.0) -> list[Cell]:
    cells: list[Cell] = []
    for month in months(2021, 2022):
        value = base if month < "2022" else now
        if value:
            cells += [("DEU", "KGZ", "8542", month, value), ("DEU", "KGZ", "854231", month, value)]
        cells += [("DEU", "RUS", "8501", month, 1000.0)]
    return cells


def chips(predicate: str, **parts: object) -> Claim:
    given = {"origin": "DEU", "date_from": date(2022, 1, 1), "date_to": date(2023, 1, 1), **CHIPS}
    return claim("German chips to Kyrgyzstan", "trade", predicate, **{**given, **parts})


@pytest.mark.parametrize(
    ("now", "predicate", "parts", "verdict"),
    [
        (30.0, "rises", {}, "supported"),
        (30.0, "falls", {}, "contradicted"),
        (30.0, "rises", {"quantity": 200.0, "unit": "%"}, "supported"),
        (30.0, "rises", {"quantity": 3.0, "unit": "times"}, "supported"),
        (30.0, "rises", {"quantity": 5.0, "unit": "times"}, "partly"),
        (30.0, "rises", {"quantity": 240.0, "unit": "EUR"}, "supported"),  # 12 x 20
        (30.0, "value", {"quantity": 360.0, "unit": "EUR"}, "supported"),
        (30.0, "value", {"quantity": 300.0, "unit": "EUR"}, "partly"),  # within a fifth
        (30.0, "value", {"quantity": 720.0, "unit": "EUR"}, "contradicted"),
        (30.0, "value", {"quantity": 300.0, "unit": "EUR", "bound": "more_than"}, "supported"),
        (30.0, "value", {"quantity": 300.0, "unit": "EUR", "bound": "less_than"}, "partly"),
        (30.0, "value", {"quantity": 200.0, "unit": "EUR", "bound": "less_than"}, "contradicted"),
        (30.0, "sells", {}, "supported"),
        (30.0, "none", {}, "contradicted"),
        (30.0, "sells", {"is_negated": True}, "contradicted"),
        (30.0, "rises", {"is_negated": True}, "contradicted"),
        (30.0, "stops", {}, "contradicted"),
        (10.2, "rises", {}, "partly"),  # 2 %: hardly changed
        (4.0, "sells", {}, "partly"),  # goes on at two fifths
        (6.0, "sells", {}, "supported"),  # goes on at more than half
        (5.0, "stops", {"quantity": 0.5, "unit": "share"}, "supported"),
        (9.0, "stops", {"quantity": 0.5, "unit": "share"}, "partly"),
        (5.0, "falls", {"quantity": 0.5, "unit": "times"}, "supported"),  # halved
        (8.0, "falls", {"quantity": 0.5, "unit": "times"}, "partly"),
        (30.0, "rises", {"quantity": 5.0, "unit": "RUB"}, "partly"),  # no rate: size untested
        (30.0, "rises", {"quantity": 5.0, "unit": "t"}, "partly"),
        (0.5, "stops", {}, "partly"),  # a twentieth is left
        (0.0, "stops", {}, "supported"),
        (0.0, "none", {}, "supported"),
        (0.05, "none", {}, "contradicted"),  # little is not none
        (0.0, "sells", {}, "contradicted"),
        (0.0, "falls", {"quantity": 100.0, "unit": "%"}, "supported"),
    ],
)  # fmt: skip
def test_sums_against_the_same_months_before(
    held: dict[float, Loaded], now: float, predicate: str, parts: dict[str, object], verdict: str
) -> None:
    made = judged(chips(predicate, **parts), figures=held[now])
    assert made.verdict == verdict, sentences(made)


def test_a_heading_and_its_child_are_one_and_both_engines_agree(engine: Engine) -> None:
    made = judged(chips("rises"), figures=loaded(engine, exports(world())))
    now, base = rows(made, "flows")
    assert (now["value"], base["value"]) == (360.0, 120.0)
    assert now["rows"] == 24  # heading and child, both published
    assert now["locators"][0].startswith("ffffffffffff: line ")


def test_old_and_new_codes_are_one_series(engine: Engine) -> None:
    cells = [("DEU", "BLR", "8803" if m < "2022" else "8807", m, 10.0) for m in months(2021, 2022)]
    flat = chips("rises", destination="BLR", **PARTS)
    made = judged(flat, figures=loaded(engine, exports(cells)))
    assert made.part == "it hardly changed (less than 5 % either way)"
    for code in ("8803", "8807"):
        same = judged(chips("rises", destination="BLR", goods=("parts",), goods_codes=(code,)),
                      figures=loaded(engine, exports(cells)))  # fmt: skip
        assert same.verdict == "partly"


def test_a_silent_reporter_is_unknown_and_never_zero(opened: Engine) -> None:
    cells = [one for one in world() if one[3] < "2022-07"]  # nothing at all after June 2022
    late = chips("none", date_from=date(2022, 8, 1), date_to=date(2022, 9, 1))
    made = judged(late, figures=loaded(opened, exports(cells)))
    assert made.verdict == "not_testable"
    assert "held for January 2021 to June 2022 only" in sentences(made)


def test_a_month_in_which_a_large_reporter_is_missing_does_not_count(opened: Engine) -> None:
    cells = [("FRA", "KGZ", "8542", m, 99.0) for m in months(2021, 2022) if m != "2022-06"]
    held = loaded(opened, exports([*world(10.0), *cells]))
    made = judged(chips("value", origin="EU", quantity=1.0, unit="EUR"), figures=held)
    assert "2022-06" not in rows(made, "flows")[0]["periods"]
    assert len(rows(made, "flows")[0]["periods"]) == 11


def test_a_group_of_which_some_do_not_report_is_seen_in_part(opened: Engine) -> None:
    cells: list[Cell] = [("EST", "KGZ", "8542", m, 10.0 if m < "2022" else 30.0)
                         for m in months(2021, 2022)]  # fmt: skip
    held = loaded(opened, exports(cells))
    made = judged(chips("rises", origin="Baltics", destination="KGZ"), figures=held)
    assert made.verdict == "partly"
    assert "figures of Lithuania, Latvia" in made.part
    amount = chips("value", origin="Baltics", destination="KGZ", quantity=360.0, unit="EUR")
    assert judged(amount, figures=held).verdict == "not_testable"


def test_trade_within_a_group_is_not_its_exports(opened: Engine) -> None:
    # France is a member and does not report: what Germany sold it never left the EU
    cells: list[Cell] = [("DEU", "FRA", "8542", m, 500.0) for m in months(2021, 2022)]
    made = judged(chips("rises", origin="EU", destination=None),
                  figures=loaded(opened, exports([*world(), *cells])))  # fmt: skip
    assert rows(made, "flows")[0]["value"] == 360.0


def test_one_month_does_not_make_a_rise(opened: Engine) -> None:
    cells: list[Cell] = [("DEU", "KGZ", "8542", m, 10.0) for m in months(2021, 2021)]
    cells += [("DEU", "KGZ", "8542", m, 5.0) for m in months(2022, 2022)]
    cells += [("DEU", "KGZ", "8542", "2022-05", 900.0)]
    made = judged(chips("rises"), figures=loaded(opened, exports(cells)))
    assert made.verdict == "partly"
    assert "one of them makes it" in made.part


def test_both_sides_are_never_added_and_differences_are_said(opened: Engine) -> None:
    mirror = [("KGZ", "DEU", "8542", m, 10.0 if m < "2022" else 2.0) for m in months(2021, 2022)]
    held = loaded(opened, exports(world()), imports(mirror))
    made = judged(chips("rises"), figures=held)
    agreed = judged(chips("sells", quantity=None), figures=held)
    assert made.verdict == "partly"
    assert "the records of both sides differ" in made.part
    assert [row["flow"] for row in rows(made, "flows")] == ["X", "X", "M", "M"]
    assert rows(made, "flows")[0]["value"] == 360.0
    assert agreed.verdict == "partly"  # the buyer's own figures show a fifth of it


def test_dollars_are_taken_at_the_reference_rate(opened: Engine) -> None:
    # ECB, mean of 2022: USD 1.0530 for EUR 1 (Eurostat ert_bil_eur_a), so EUR 360 are USD 379
    usd = chips("value", quantity=379.0, unit="USD")
    rouble = chips("value", quantity=379.0, unit="RUB")
    held = loaded(opened, exports(world()))
    made, unknown = judged(usd, figures=held), judged(rouble, figures=held)
    assert made.verdict == "supported"
    assert any("USD 1 was taken as EUR 0.95" in one for one in made.cautions)
    assert unknown.verdict == "not_testable"  # no rouble rate since March 2022


def test_a_share_takes_figures_of_the_whole_world(opened: Engine) -> None:
    share = chips("share", quantity=25.0, unit="%")
    world_cells = [("DEU", "KGZ", "8542", m, 25.0) for m in months(2022, 2022)]
    world_cells += [("DEU", "USA", "8542", m, 75.0) for m in months(2022, 2022)]
    many = _many_partners()
    small = judged(share, figures=loaded(opened, exports(world_cells)))
    made = judged(share, figures=loaded(opened, exports([*world_cells, *many])))
    near = judged(chips("share", quantity=30.0, unit="%"),
                  figures=loaded(opened, exports([*world_cells, *many])))  # fmt: skip
    far = judged(chips("share", quantity=60.0, unit="%"),
                 figures=loaded(opened, exports([*world_cells, *many])))  # fmt: skip
    assert small.verdict == "not_testable"
    assert "with all their partners" in small.needed[0]
    assert (made.verdict, near.verdict, far.verdict) == ("supported", "partly", "contradicted")
    assert "EUR 300 of EUR 1.20 k exported by Germany" in sentences(made)


def _many_partners() -> list[Cell]:
    import pycountry

    names = sorted(one.alpha_3 for one in pycountry.countries)[:150]
    return [("DEU", one, "0101", "2022-01", 1.0) for one in names if one not in ("DEU", "KGZ")]


def test_a_place_that_is_no_country_is_not_guessed(opened: Engine) -> None:
    made = judged(chips("sells", destination="the Far East"),
                  figures=loaded(opened, exports(world())))  # fmt: skip
    assert made.verdict == "not_testable"
    assert "the Far East" in made.needed[0]


def test_without_figures_it_says_how_to_get_them() -> None:
    made = judged(chips("sells"))
    assert made.verdict == "not_testable"
    assert "entrepot import FILE" in made.needed[0]
