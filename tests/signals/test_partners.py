"""Partners of a country: small worlds worked by hand, on both engines, and laws of a ranking."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.small import book, rule
from tests.signals.conftest import Cell, flow_table, months

from entrepot.engine import Engine, open_engine
from entrepot.errors import RequestError
from entrepot.signals.partners.months import Cell as Told
from entrepot.signals.partners.months import Line, common
from entrepot.signals.partners.ranking import as_group, ranking, turnover
from entrepot.signals.partners.table import SILENT, UNEVEN, Partner, Partners, Trade, Under
from entrepot.signals.partners.words import change_sentence, limits, span, verdicts
from entrepot.workspace import Figures
from entrepot.workspace.dealinghistory import history
from entrepot.workspace.dealings import Asked, Dealings, partners_of

RULES = book(rule("8703"), rule("8407", is_partial="true"))
"""The EU bars cars (8703) and a part of engines (8407) to Russia since 1 March 2022."""

NEW_YEAR = date(2023, 1, 1)


@pytest.fixture(scope="module")
def duck() -> Iterator[Engine]:
    """One engine for rules of the ranking, which do not depend on it; `engine` is each in turn."""
    with open_engine("duckdb") as opened:
        yield opened


def monthly(who: str, code: str, periods: Iterable[str], value: float) -> list[Cell]:
    return [(who, "RUS", code, period, value) for period in periods]


def world(french: float = 8.0) -> list[Cell]:
    """Sales to Russia a month. Germany 5 + 5 in 2021, 4 of meat in 2022; China 5, then 9; France
    sells engines in 2021 and reports nothing after."""
    cells = monthly("DEU", "870323", months(2021, 2021), 5)
    cells += monthly("DEU", "0201", months(2021, 2021), 5)
    cells += monthly("DEU", "0201", months(2022, 2022), 4)
    cells += monthly("CHN", "870323", months(2021, 2021), 5)
    cells += monthly("CHN", "870323", months(2022, 2022), 9)
    return cells + monthly("FRA", "840710", months(2021, 2021), french)


def ask(*tables: pa.Table, engine: Engine, on: date = NEW_YEAR, **more: Any) -> Dealings:
    flows = engine.table(pa.concat_tables(tables))
    return partners_of(
        Figures(flows, (), None, "small"), RULES, Asked("RUS", on, **more), engine=engine
    )


def row(found: Partners, partner: str) -> Partner:
    return next(one for one in found.rows if one.trade.partner == partner)


def test_a_new_first_partner_and_a_silent_one(duck: Engine) -> None:
    """2022: Germany 12 x 4 = 48, China 12 x 9 = 108. 2021: 120, 60 and France 96 of 276."""
    found = ask(flow_table(world()), engine=duck).partners
    assert (found.now, found.base) == (tuple(months(2022, 2022)), tuple(months(2021, 2021)))
    assert (found.total, found.base_total) == (156.0, 276.0)
    china, germany, france = (row(found, who) for who in ("CHN", "DEU", "FRA"))
    assert (china.rank, china.base_rank, china.change, china.change_share) == (1, 3, 48.0, 0.8)
    assert (germany.rank, germany.share) == (2, 48 / 156)
    assert germany.change_share == pytest.approx(-0.6)
    assert (france.rank, france.trade.now, france.base_rank) == (None, None, 2)
    assert france.trade.notes == (SILENT,)
    assert verdicts(found)[0] == (
        "New first partner. Largest partner in these figures in 2022: China (69 %); it was Germany "
        "in 2021 (43 %)."
    )
    assert "Nothing is known now of France (35 % of the base)" in " ".join(limits(found))


def test_what_of_the_earlier_trade_is_under_a_measure(engine: Engine) -> None:
    """Of Germany's 120 the cars (60) are barred as a whole, of France's 96 engines a part."""
    found = ask(flow_table(world()), engine=engine).partners
    assert row(found, "DEU").trade.under == Under(120.0, 60.0, 60.0, 0.0)
    assert row(found, "FRA").trade.under == Under(96.0, 0.0, 96.0, 0.0)
    assert row(found, "CHN").trade.under is None
    assert found.share_under_measure == Under(216.0, 60.0, 156.0, 0.0)
    assert found.unknown_rules == 60.0
    assert (
        "Of EUR 216 sold in 2021, goods worth EUR 60 to 156 (28 to 72 %) are under an export "
        "ban or licence on 2023-01-01."
    ) in verdicts(found)
    assert found.why_base.endswith("2022-03-01")


def test_where_the_base_does_not_reach_nothing_is_said_to_be_free(duck: Engine) -> None:
    """On 31 December 2021 the EU list for Russia is not held whole: meat may be on it."""
    cells = monthly("DEU", "0201", months(2020, 2021), 5)
    found = ask(flow_table(cells), engine=duck, on=date(2021, 12, 31)).partners
    assert row(found, "DEU").trade.under is None
    assert "not known" in " ".join(verdicts(found))


def test_a_silent_rival_takes_the_first_place_into_doubt(duck: Engine) -> None:
    """France sold 12 x 10 = 120 in 2021, more than China's 108 now."""
    found = ask(flow_table(world(french=10)), engine=duck).partners
    assert found.largest_partner is not None
    assert found.largest_partner.rivals == ("FRA",)
    assert "who is first now cannot be told" in verdicts(found)[0]


def test_the_eu_as_one_partner_is_not_known_where_a_large_member_is_silent(duck: Engine) -> None:
    found = ask(flow_table(world()), engine=duck, group="EU", split=True).partners
    assert [(one.trade.partner, one.kind) for one in found.rows] == [
        ("CHN", "country"), ("EU27", "group"), ("DEU", "member"), ("FRA", "member"),
    ]  # fmt: skip
    union = row(found, "EU27")
    assert (union.trade.now, union.trade.base, union.base_rank) == (None, 216.0, 1)
    assert union.trade.under == Under(216.0, 60.0, 156.0, 0.0)
    assert "cannot be told" in verdicts(found)[0]
    assert row(found, "DEU").rank is None


def test_own_and_mirror_figures_are_never_added(engine: Engine) -> None:
    """Russia's own imports from China, 6 a month in both years, stand in place of China's."""
    own = [("RUS", "CHN", "870323", period, 6.0) for period in months(2021, 2022)]
    found = ask(flow_table(world()), flow_table(own, flow="M"), engine=engine).partners
    china = row(found, "CHN").trade
    assert (china.now, china.base, china.source, china.valuation) == (72.0, 72.0, "own", "CIF")
    assert row(found, "DEU").trade.source == "mirror"
    assert "close places may be due to it" in " ".join(limits(found))


def test_own_figures_that_stop_give_way_to_the_mirror(duck: Engine) -> None:
    own = [("RUS", "CHN", "870323", period, 6.0) for period in months(2021, 2021)]
    found = ask(flow_table(world()), flow_table(own, flow="M"), engine=duck).partners
    assert (row(found, "CHN").trade.source, row(found, "CHN").trade.base) == ("mirror", 60.0)


def test_a_late_report_cuts_both_times_to_common_months(duck: Engine) -> None:
    """The Netherlands lack November and December 2022: January to October of both years."""
    late = monthly("NLD", "0201", [one for one in months(2021, 2022) if one < "2022-11"], 7)
    found = ask(flow_table(world() + late), engine=duck).partners
    assert (found.now, found.base) == (
        tuple(months(2022, 2022)[:10]),
        tuple(months(2021, 2021)[:10]),
    )
    assert found.missing == ("NLD 2022-11", "NLD 2022-12")
    assert row(found, "NLD").change == 0.0
    assert row(found, "DEU").trade.now == 40.0
    assert "Only 10 of the 12 months before 2023-01-01 can be used" in " ".join(limits(found))


def test_a_heading_is_not_added_to_its_lines(engine: Engine) -> None:
    """8703 of 10 holds 870323 of 6: 10 a month, not 16."""
    cells = monthly("DEU", "8703", months(2021, 2022), 10)
    cells += monthly("DEU", "870323", months(2021, 2022), 6)
    found = ask(flow_table(cells), engine=engine).partners
    assert (found.total, found.base_total) == (120.0, 120.0)


def test_the_published_total_counts_where_it_is_held(engine: Engine) -> None:
    """Germany's total is 20 a month: 240 in 2021, of which the goods do not tell 120."""
    total = flow_table(monthly("DEU", "TOTAL", months(2021, 2022), 20))
    found = ask(flow_table(world()), total, engine=engine).partners
    germany = row(found, "DEU").trade
    assert (germany.now, germany.base, germany.basis) == (240.0, 240.0, "total")
    assert germany.under == Under(240.0, 60.0, 60.0, 120.0)
    assert row(found, "CHN").trade.basis == "goods"


def test_total_here_and_goods_there_are_not_compared(duck: Engine) -> None:
    cells = monthly("DEU", "TOTAL", months(2021, 2021), 20)
    cells += monthly("DEU", "0201", months(2022, 2022), 4)
    found = ask(flow_table([*cells, *monthly("CHN", "0201", months(2021, 2022), 3)]), engine=duck)
    germany = row(found.partners, "DEU").trade
    assert (germany.now, germany.base, germany.notes) == (None, None, (UNEVEN,))


def test_turnover_is_known_only_where_both_directions_are(engine: Engine) -> None:
    """Germany buys 3 a month in both years: 48 + 36 = 84 now. China's purchases are not held."""
    buys = flow_table(monthly("DEU", "2709", months(2021, 2022), 3), flow="M")
    found = ask(flow_table(world()), buys, engine=engine).partners
    assert found.flow == "both"
    assert (row(found, "DEU").trade.now, row(found, "DEU").trade.base) == (84.0, 156.0)
    assert row(found, "CHN").trade.now is None
    assert found.share_under_measure is None
    imports = ask(flow_table(world()), buys, engine=engine, flow="imports").partners
    assert imports.total == 156.0


def test_a_partner_that_reports_and_shows_no_trade_has_none(duck: Engine) -> None:
    """Germany sells to Kazakhstan in 2022, and nothing to Russia: zero, not unknown."""
    cells = [one for one in world() if one[0] != "DEU" or one[3] < "2022"]
    cells += [("DEU", "KAZ", "0201", period, 1.0) for period in months(2022, 2022)]
    germany = row(ask(flow_table(cells), engine=duck).partners, "DEU")
    assert (germany.trade.now, germany.change_share, germany.rank) == (0.0, -1.0, None)


def test_yearly_figures(duck: Engine) -> None:
    cells = [("DEU", "RUS", "870323", str(year), value) for year, value in
             ((2019, 80.0), (2020, 90.0), (2021, 100.0), (2022, 25.0))]  # fmt: skip
    found = ask(flow_table(cells), engine=duck)
    assert (found.partners.now, found.partners.base) == (("2022",), ("2021",))
    assert row(found.partners, "DEU").change_share == -0.75
    assert change_sentence(found.partners.rows[0], found.partners) == (
        "Germany: EUR 25 in 2022, 75 % less than in 2021 (EUR 100)."
    )
    assert [(one.period, one.value) for one in history(found, "year", duck)] == [
        ("2019", 80.0), ("2020", 90.0), ("2021", 100.0), ("2022", 25.0),
    ]  # fmt: skip
    with pytest.raises(RequestError, match="quarter"):
        history(found, "quarter", duck)


def test_history_gives_share_and_rank_a_year_and_null_for_the_silent(engine: Engine) -> None:
    dealings = ask(flow_table(world()), engine=engine)
    found = {(one.partner, one.period): one for one in history(dealings, "year", engine)}
    assert found["DEU", "2021"].share == 120 / 276
    assert (found["CHN", "2021"].rank, found["CHN", "2022"].rank) == (3, 1)
    assert (found["FRA", "2022"].value, found["FRA", "2022"].rank) == (None, None)
    assert (found["EU27", "2021"].value, found["EU27", "2022"].value) == (216.0, None)
    assert found["CHN", "2022"].months == found["CHN", "2022"].months_whole == 12
    quarters = {(one.partner, one.period): one for one in history(dealings, "quarter", engine)}
    assert quarters["CHN", "2022-Q3"].value == 27.0


def test_as_of_leaves_out_what_had_not_ended(duck: Engine) -> None:
    found = ask(flow_table(world()), engine=duck, on=None, as_of=date(2022, 7, 15), base="2021")
    assert found.partners.now[-1] == "2022-06"
    assert found.partners.on == date(2022, 7, 15)


def test_an_unrelated_country_changes_nothing(duck: Engine) -> None:
    alone = ask(flow_table(world()), engine=duck).partners
    other = flow_table([("POL", "KAZ", "0201", one, 999.0) for one in months(2021, 2022)])
    assert ask(flow_table(world()), other, engine=duck).partners == alone


REFUSED = [
    ({"base": "1999"}, "a year within these figures: 2021 to 2022"),
    ({"base": "2022"}, "began before 2022-01"),
    ({"on": date(2020, 1, 1)}, "they hold nothing of the twelve months before"),
    ({"on": date(2031, 1, 1)}, "they hold nothing of the twelve months before"),
    ({"flow": "exports"}, "the figures hold no exports"),
    ({"currency": "USD"}, "none of these figures has a value in USD"),
    ({"as_of": date(2019, 1, 1)}, "had ended by 2019-01-01"),
]


@pytest.mark.parametrize(("asked", "message"), REFUSED)
def test_what_cannot_be_answered_is_refused(
    duck: Engine, asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        ask(flow_table(world()), engine=duck, **asked)


def test_a_country_without_figures_is_refused(duck: Engine) -> None:
    figures = Figures(duck.table(flow_table(world())), (), None, "small")
    with pytest.raises(RequestError, match="no trade of Japan"):
        partners_of(figures, RULES, Asked("JPN", NEW_YEAR), engine=duck)


def test_two_currencies_need_a_choice(engine: Engine) -> None:
    dollars = flow_table(monthly("USA", "0201", months(2021, 2022), 1), usd=True)
    with pytest.raises(RequestError, match="expected one currency"):
        ask(flow_table(world()), dollars, engine=engine)
    assert ask(flow_table(world()), dollars, engine=engine, currency="USD").partners.total == 12.0


def test_spans_in_words() -> None:
    assert span(()) == "no period"
    assert span(("2021",)) == "2021"
    assert span(tuple(months(2021, 2021))) == "2021"
    assert span(("2021-12", "2022-01", "2022-02")) == "2021-12 to 2022-02"
    assert span(("2021-12", "2022-02")) == "2021-12 to 2022-02 (without 2022-01)"
    assert span(tuple(one for one in months(2021, 2021) if one != "2021-11")) == (
        "2021 (without 2021-11)"
    )


def test_a_small_trader_that_reports_now_and_then_costs_no_month() -> None:
    """A line of a thousandth of the trade that skips months is not missed."""
    every = months(2021, 2021)
    large = _line("DEU", every, 1000.0)
    small = _line("MLT", every[::3], 1.0)
    assert common([large, small], every).used == tuple(every)
    steady = _line("NLD", every[:10], 500.0)
    assert common([large, steady], every).used == tuple(every[:10])


def _line(who: str, reported: list[str], value: float) -> Line:
    cells = {period: Told(None, True, value) for period in reported}
    return Line("imports", "mirror", who, cells, frozenset(reported))


def _trade(partner: str, now: float | None, base: float | None) -> Trade:
    return Trade(partner, now, base, "mirror", "FOB", "goods")


VALUES = st.one_of(st.none(), st.floats(0, 1e12).map(lambda one: round(one, 2)))
TRADES = st.dictionaries(
    st.sampled_from(["DEU", "FRA", "CHN", "TUR", "USA", "KAZ"]), st.tuples(VALUES, VALUES)
).map(lambda found: [_trade(who, *values) for who, values in found.items()])


@given(TRADES)
def test_laws_of_a_ranking(trades: list[Trade]) -> None:
    """Shares add up to 1; a larger trade never ranks behind; null has no rank; order is nothing."""
    found = ranking(trades)
    shares = [one.share for one in found.rows if one.share is not None]
    if shares:
        assert sum(shares) == pytest.approx(1)
    values = [one.trade.now for one in found.rows if one.trade.now]
    assert values == sorted(values, reverse=True)
    assert all((one.rank is None) == (not one.trade.now) for one in found.rows)
    assert ranking(trades[::-1]) == found


@given(TRADES, st.sampled_from([0.5, 2.0, 1024.0]))
def test_a_ranking_does_not_depend_on_the_unit(trades: list[Trade], factor: float) -> None:
    scaled = [
        _trade(t.partner, *(None if v is None else v * factor for v in (t.now, t.base)))
        for t in trades
    ]
    before, after = ranking(trades), ranking(scaled)
    assert [one.rank for one in before.rows] == [one.rank for one in after.rows]
    assert [one.share for one in before.rows] == pytest.approx(
        [one.share for one in after.rows], nan_ok=True
    )


def test_a_group_may_lack_a_member_that_hardly_traded() -> None:
    trades = [_trade("DEU", 50, 100), _trade("FRA", 40, 90), _trade("MLT", None, 1)]
    (union,) = as_group(trades, {"DEU", "FRA", "MLT"}, "EU27")
    assert (union.now, union.base) == (90, 191)
    assert union.notes == ("without MLT, of whom nothing is known now",)
    large = [_trade("DEU", 50, 100), _trade("FRA", None, 90)]
    (union,) = as_group(large, {"DEU", "FRA"}, "EU27")
    assert (union.now, union.base) == (None, 190)


def test_turnover_keeps_what_both_say() -> None:
    one = turnover(_trade("DEU", 1, 2), Trade("DEU", 3, None, "own", "FOB", "goods"))
    assert (one.now, one.base, one.source, one.valuation) == (4, None, "mixed", "FOB")
