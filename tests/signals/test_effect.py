"""The effect of a ban by regression: worked by hand where it can be, else against a known truth."""

import math
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.signals.conftest import flow_table, months

from entrepot.errors import RequestError
from entrepot.signals.baskets import Basket
from entrepot.signals.effect.design import (
    NEVER,
    Cells,
    cells_by_reporter,
    cells_of_panel,
    design,
)
from entrepot.signals.effect.effect import _estimate, effect, effect_by_quarter
from entrepot.signals.panel import Floats, cells
from entrepot.signals.question import Question

MONTHS = tuple(months(2021, 2022))
BAN = date(2022, 3, 16)
QUESTION = Question()
HUBS = ("KAZ", "KGZ")
PLACES = ("RUS", "KAZ", "KGZ", "GEO", "UZB")


def baskets(bound: int, free: int, *bans: date) -> list[Basket]:
    """Restricted goods, their bans in turn, then free ones."""
    bans = bans or (BAN,)
    made = [
        Basket(f"{i:04}:restricted", f"{i:04}", True, banned_from=bans[i % len(bans)])
        for i in range(bound)
    ]
    return made + [Basket(f"{i:04}:free", f"{i:04}", False) for i in range(bound, bound + free)]


def first_after(basket: Basket) -> int:
    """The month after that of the ban (no ban of these tests begins on a first)."""
    if basket.banned_from is None:
        return len(MONTHS)
    return MONTHS.index(f"{basket.banned_from:%Y-%m}") + 1


def exact(
    goods: list[Basket], effects: dict[str, float], places: tuple[str, ...] = PLACES
) -> Cells:
    """Cells that obey the equation without any noise.

    value = 1000 x (place + 1) x (good + 1) x demand of the place in the month x demand of the good
    in the month, x effect of the place from the first whole month after the good's ban on.
    """
    values = np.ones((len(places), len(goods), len(MONTHS)))
    for j, place in enumerate(places):
        for k, good in enumerate(goods):
            for t in range(len(MONTHS)):
                of_place, of_good = 1 + (j * t % 5) / 10, 1 + (k * t % 7) / 10
                bound = effects.get(place, 1.0) if t >= first_after(good) else 1.0
                values[j, k, t] = 1000 * (j + 1) * (k + 1) * of_place * of_good * bound
    return grid(places, goods, values)


def grid(places: tuple[str, ...], goods: Sequence[Basket], values: Floats) -> Cells:
    """One exporter's cells, destination by destination and good by good."""
    size = len(places) * len(goods)
    return Cells(
        ("EU",) * size,
        tuple(place for place in places for _ in goods),
        tuple(goods) * len(places),
        MONTHS,
        values.reshape(size, len(MONTHS)),
    )


def noisy(seed: int, rise: float, fall: float, *, exporters: int = 6, others: int = 10) -> Cells:
    """Whole numbers around the truth with exponential noise; about a third are zero."""
    draw = np.random.default_rng(seed)
    goods = baskets(16, 16, BAN, date(2022, 4, 9), date(2022, 7, 22))
    places = ("RUS", *HUBS, *(f"D{i}" for i in range(others)))
    level = draw.normal(1.0, 1.0, (exporters, len(places), len(goods), 1))
    level = level + draw.normal(0, 0.3, (exporters, len(places), 1, len(MONTHS)))
    level = level + draw.normal(0, 0.3, (exporters, 1, len(goods), len(MONTHS)))
    after = np.arange(len(MONTHS)) >= np.array([first_after(good) for good in goods])[:, None]
    effects = np.array([fall, rise, rise] + [0.0] * others)
    level = level + effects[:, None, None] * after
    values = draw.poisson(np.exp(level) * draw.exponential(1.0, level.shape)).astype(float)
    where = [(i, j, k) for i in range(exporters) for j in range(len(places)) for k in range(32)]
    return Cells(
        tuple(f"E{i}" for i, _, _ in where),
        tuple(places[j] for _, j, _ in where),
        tuple(goods[k] for _, _, k in where),
        MONTHS,
        values.reshape(len(where), len(MONTHS)),
    )


@pytest.mark.parametrize("model", ["ppml", "log_ols"])
def test_without_noise_both_methods_give_the_factor_itself(model):
    found = effect(
        exact(baskets(16, 16), {"RUS": 0.2, "KAZ": 1.3, "KGZ": 1.3}), QUESTION, HUBS, model=model
    )
    assert found.of("target").change == pytest.approx(-0.8, abs=1e-6)
    assert found.of("hubs").b == pytest.approx(math.log(1.3), abs=1e-6)
    assert found.fixed_effects == ("ijk", "ijt", "ikt")
    assert found.controls == ("GEO", "UZB")
    assert (found.restricted_goods, found.control_goods) == (16, 16)
    # 5 places x 32 goods x 24 months, without March 2022 of the 16 restricted goods
    assert found.observations == 5 * 32 * 24 - 5 * 16
    assert (found.clusters, found.left_out) == (5 * 32, 0)


def test_each_good_counts_from_its_own_ban():
    goods = baskets(16, 16, BAN, date(2022, 7, 22))
    found = effect(exact(goods, {"RUS": 0.5, "KAZ": 2.0, "KGZ": 2.0}), QUESTION, HUBS)
    assert found.of("target").change == pytest.approx(-0.5, abs=1e-6)
    assert found.of("hubs").change == pytest.approx(1.0, abs=1e-6)


def test_without_control_destinations_the_goods_alone_are_compared():
    made = exact(baskets(16, 16), {"RUS": 0.2, "KAZ": 1.3, "KGZ": 1.3}, ("RUS", *HUBS))
    found = effect(made, QUESTION, HUBS)
    assert (found.fixed_effects, found.controls) == (("ijk", "ijt"), ())
    assert found.of("target").change is not None


def test_errors_bracket_the_truth_and_logs_miss_it():
    """Truth: +30 % in hubs, a fall to a fifth at the target; two standard errors in four of five
    draws at least (95 of 100 are expected), and least squares on logs short of it in all."""
    hits = 0
    for seed in range(5):
        made = noisy(seed, 0.26, math.log(0.2))
        found = effect(made, QUESTION, HUBS, cluster="ijk").of("target")
        assert found.b is not None
        assert found.standard_error is not None
        hits += abs(found.b - math.log(0.2)) <= 2 * found.standard_error
        logs = effect(made, QUESTION, HUBS, model="log_ols", cluster="ijk").of("target")
        assert logs.b is not None
        assert logs.standard_error is not None
        assert logs.b - math.log(0.2) > 5 * logs.standard_error
    assert hits >= 4


def test_interval_is_exp_of_b_and_its_error():
    one = effect(noisy(1, 0.26, -1.0), QUESTION, HUBS).of("hubs")
    assert one.b is not None
    assert one.standard_error is not None
    assert one.change == pytest.approx(math.exp(one.b) - 1)
    # 1.959964 standard errors hold 95 % of a normal distribution
    assert one.change_low == pytest.approx(math.exp(one.b - 1.959964 * one.standard_error) - 1)
    assert one.change_high == pytest.approx(math.exp(one.b + 1.959964 * one.standard_error) - 1)


def test_too_few_goods_give_null_and_the_count():
    found = effect(exact(baskets(16, 14), {"RUS": 0.2}), QUESTION, HUBS)
    assert found.of("target").b is None
    assert found.of("target").reason == "14 free destination x good cells, 15 are needed"
    # two hubs have 28 free cells
    assert found.of("hubs").b is not None
    few = effect(exact(baskets(7, 16), {"RUS": 0.2}), QUESTION, HUBS)
    assert few.of("hubs").reason == "14 restricted destination x good cells, 15 are needed"


def test_a_total_stop_has_no_finite_effect():
    found = effect(exact(baskets(16, 16), {"RUS": 0.0, "KAZ": 1.3, "KGZ": 1.3}), QUESTION, HUBS)
    assert found.of("target").b is None
    assert "nothing was sold" in found.of("target").reason
    assert found.of("hubs").change == pytest.approx(0.3, abs=1e-6)


def test_what_the_fixed_effects_hold_is_not_an_effect():
    """All destinations are hubs but the target: with good x month effects only their difference is
    known, so one of the two is refused and not invented."""
    made = exact(baskets(16, 16), {"RUS": 0.2, "KAZ": 1.3, "KGZ": 1.3})
    rows = design(made, QUESTION, HUBS, ("GEO", "UZB"), "jk")
    lone = rows.kept(rows.group != 0)
    reasons = [one.reason for one in _estimate(lone, "ppml", by_step=False).estimates]
    assert "it cannot be told apart from the fixed effects" in reasons


def test_empty_cells_and_singletons_are_counted_not_warned_of():
    made = exact(baskets(16, 16), {"RUS": 0.2, "KAZ": 1.3, "KGZ": 1.3})
    made.values[3 * 32 + 20] = 0.0  # Georgia never bought free good 20: 24 zeros
    made.values[4 * 32 + 21] = 0.0
    made.values[4 * 32 + 21, 5] = 7.0  # Uzbekistan bought good 21 once
    found = effect(made, QUESTION, HUBS)
    assert found.left_out == 24
    assert effect(made, QUESTION, HUBS, model="log_ols").left_out == 24 + 23 + 1


def test_steps_follow_each_ban_and_skip_its_month():
    made = design(exact(baskets(1, 1), {}), QUESTION, HUBS, (), "jk")
    # good 0 at one place: January to December 2021 and January, February 2022 are 14 months before
    at_one_place = made.step[:23]
    assert (
        at_one_place.tolist()
        == [-4] * 5 + [-3] * 3 + [-2] * 3 + [-1] * 3 + [0] * 3 + [1] * 3 + [2] * 3
    )
    assert set(made.step[23:47]) == {NEVER}


def test_by_quarter_the_effect_grows_and_nothing_happens_before():
    goods = baskets(16, 16)
    made = exact(goods, {})
    for k in range(16):
        for q, factor in enumerate((1.5, 2.0, 3.0)):
            for place in (1, 2):
                made.values[place * 32 + k, 15 + 3 * q : 18 + 3 * q] *= factor
    found = effect_by_quarter(made, QUESTION, HUBS)
    changes = {one.step: one.change for one in found.estimates if one.group == "hubs"}
    assert sorted(changes) == [-4, -3, -2, 0, 1, 2]
    for step, change in {-4: 0.0, -3: 0.0, -2: 0.0, 0: 0.5, 1: 1.0, 2: 2.0}.items():
        assert changes[step] == pytest.approx(change, abs=1e-6)
    with pytest.raises(RequestError, match="does not hold"):
        found.of("hubs", -1)


def test_goods_bound_all_along_and_ended_measures_do_not_count():
    old = Basket("old", "9301", True, banned_from=date(2014, 8, 1))
    short = Basket("short", "9302", True, banned_from=BAN, banned_to=date(2022, 9, 1))
    torn = Basket("torn", "9303", False, is_comparable=False)
    world = grid(PLACES, [old, short, torn], np.ones((5, 3, len(MONTHS))))
    made = design(world, QUESTION, HUBS, (), "jk")
    # only `short`: 14 months before, April to August 2022 after, at five places
    assert len(made.value) == 5 * (14 + 5)
    assert made.is_after.sum() == 5 * 5


@pytest.mark.parametrize(
    ("hubs", "controls", "words"),
    [
        (("ARM",), (), "got ARM, expected destinations in these figures"),
        (("KAZ",), ("KAZ",), "got KAZ in two groups"),
        (("RUS",), (), "got RUS in two groups"),
    ],
)
def test_countries_that_do_not_fit(hubs, controls, words):
    with pytest.raises(RequestError, match=words):
        effect(exact(baskets(16, 16), {}), QUESTION, hubs, controls=controls)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scale=st.floats(0.01, 1e6), seed=st.integers(0, 100))
def test_currency_and_order_do_not_matter(scale, seed):
    made = noisy(3, 0.26, -1.0, exporters=2, others=3)
    order = np.random.default_rng(seed).permutation(len(made.values))
    moved = Cells(
        tuple(made.exporters[i] for i in order),
        tuple(made.partners[i] for i in order),
        tuple(made.baskets[i] for i in order),
        made.periods,
        made.values[order] * scale,
    )
    for group in ("target", "hubs"):
        one, other = (effect(it, QUESTION, HUBS).of(group) for it in (made, moved))
        assert other.b == pytest.approx(one.b, abs=1e-5)
        assert other.standard_error == pytest.approx(one.standard_error, rel=1e-4)


def test_by_reporter_no_figure_is_zero_unless_the_reporter_is_silent():
    good = Basket("8542:free", "8542", False)
    rows = pa.table(
        {
            "reporter": ["DEU", "DEU", "LTU", "DEU", "LTU"],
            "partner": ["KGZ", "KGZ", "KGZ", "KAZ", "KGZ"],
            "basket_id": ["8542:free", "8542:free", "8542:free", "8542:free", "other"],
            "period": ["2022-01", "2022-03", "2022-01", "2022-02", "2022-01"],
            "value": [5.0, 7.0, 1.0, 2.0, 99.0],
        }
    )
    made = cells_by_reporter(rows, [good])
    assert list(zip(made.exporters, made.partners, strict=True)) == [
        ("DEU", "KAZ"),
        ("DEU", "KGZ"),
        ("LTU", "KGZ"),
    ]
    assert made.periods == ("2022-01", "2022-02", "2022-03")
    # Lithuania published nothing in February and March
    expected = [[0, 2, 0], [5, 0, 7], [1, math.nan, math.nan]]
    np.testing.assert_array_equal(made.values, expected)
    assert cells_by_reporter(rows, [good], dropped=["2022-02"]).periods == ("2022-01", "2022-03")


def test_both_engines_hand_over_the_same_cells(engine):
    goods = [
        Basket("8542:free", "8542", False, lines=("854231",), nodes=(("", "854231", "8542"),)),
        Basket("8703:free", "8703", False, lines=("870323",), nodes=(("", "870323", "8703"),)),
    ]
    flows = [
        (who, where, code, period, 10.0 * (n + 1))
        for n, (who, where) in enumerate((("DEU", "RUS"), ("DEU", "KGZ"), ("POL", "RUS")))
        for code in ("854231", "870323")
        for period in ("2022-01", "2022-02")
    ]
    table = engine.table(flow_table(flows))
    table = table.mutate(value=table.value_eur.cast("float64"))
    made = cells_by_reporter(engine.fetch(cells(table, goods, engine)), goods)
    assert made.exporters == ("DEU",) * 4 + ("POL",) * 2
    np.testing.assert_array_equal(
        made.values, [[20.0] * 2] * 2 + [[10.0] * 2] * 2 + [[30.0] * 2] * 2
    )


def test_a_panel_is_one_exporter():
    """Read by its four parts, whatever else a panel carries."""
    made = exact(baskets(16, 16), {"RUS": 0.2, "KAZ": 1.3, "KGZ": 1.3})
    panel = SimpleNamespace(
        partners=PLACES,
        baskets=made.baskets[:32],
        periods=MONTHS,
        values=made.values.reshape(5, 32, len(MONTHS)),
    )
    assert cells_of_panel(panel).partners == made.partners
    assert cells_of_panel(panel).baskets == made.baskets
    assert effect(panel, QUESTION, HUBS).of("hubs").change == pytest.approx(0.3, abs=1e-6)
