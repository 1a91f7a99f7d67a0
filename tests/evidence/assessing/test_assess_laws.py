"""What holds of every assessment, whatever the claim."""

import json
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.assessing.world import claim, exports, loaded
from tests.signals.conftest import months

from entrepot.engine import open_engine
from entrepot.evidence.assessing import bans, listedrows, numbers, sums, views
from entrepot.evidence.assessing.assess import assess
from entrepot.evidence.assessing.assessment import Assessment, Finding, turned
from entrepot.evidence.assessing.numbers import amount, points, rounding
from entrepot.evidence.assessing.records import SINCE, Records
from entrepot.evidence.claim import Claim
from entrepot.measures.ask import shipped
from entrepot.records.evidence import KINDS, PREDICATES, TYPES, VERDICTS

NAMES = st.one_of(
    st.sampled_from(["EU", "BLR", "RUS", "KGZ", "DEU", "CHN", "UN", "Belavia", "Europe", "", " "]),
    st.text(string.printable, max_size=8),
)
CODES = st.one_of(
    st.sampled_from(["88", "8807", "854231", "271121", "99999999"]),
    st.text(string.digits + "x*", max_size=9),
)
DAYS = st.one_of(st.none(), st.dates(), st.dates(date(2021, 1, 1), date(2024, 1, 1)))
NUMBERS = st.one_of(
    st.none(), st.floats(), st.floats(0, 1e12), st.sampled_from([0.0, 0.5, 91.0, -3.0])
)
UNITS = st.sampled_from(
    [None, "%", "share", "EUR", "USD", "XXX", "times", "rank", "kg", "soldiers"]
)
BOUNDS = st.sampled_from(
    [None, "exactly", "about", "at_least", "at_most", "more_than", "less_than", "odd"]
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    type_ = draw(st.sampled_from((*TYPES, "unheard of")))
    predicates = (*PREDICATES.get(type_, ()), "odd")
    names = st.lists(NAMES, max_size=3).map(tuple)
    return claim(
        draw(st.text(max_size=30)), type_, draw(st.sampled_from(predicates)),
        draw(st.sampled_from((*KINDS, "odd"))), is_negated=draw(st.booleans()),
        actors=draw(names), counterparts=draw(names), goods=draw(names),
        goods_codes=draw(st.lists(CODES, max_size=3).map(tuple)),
        origin=draw(st.one_of(st.none(), NAMES)), destination=draw(st.one_of(st.none(), NAMES)),
        date_from=draw(DAYS), date_to=draw(DAYS), reported_on=draw(DAYS),
        quantity=draw(NUMBERS), quantity_to=draw(NUMBERS), unit=draw(UNITS), bound=draw(BOUNDS),
    )  # fmt: skip


@pytest.fixture(scope="module")
def records() -> Iterator[Records]:
    cells = [("DEU", "KGZ", "8542", month, 10.0) for month in months(2021, 2022)]
    cells += [("DEU", "BLR", "8807", month, 10.0) for month in months(2022, 2022)]
    with open_engine("duckdb") as opened:
        yield Records(shipped(), loaded(opened, exports(cells)), observations=(), flights=())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=claims())
def test_no_claim_is_too_odd(records: Records, one: Claim) -> None:
    made = assess(one, records)
    assert made.claim_id == one.claim_id
    assert made.verdict in VERDICTS
    assert bool(made.needed) == (made.verdict == "not_testable")
    assert bool(made.part) == (made.verdict == "partly")
    assert made.tested.endswith(".")
    assert all(made.needed)
    if made.verdict != "not_testable":
        assert any(ground.rows for ground in made.because) or one.predicate in ("imposes", "lifts")
    assert json.loads(json.dumps(made.row())) == made.row()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=claims())
def test_without_any_records_only_the_rules_speak(one: Claim) -> None:
    made = assess(one, Records(shipped()))
    if one.type not in ("restriction", "listing"):
        assert made.verdict == "not_testable"


def test_an_assessment_says_what_its_verdict_needs() -> None:
    with pytest.raises(ValueError, match="needed"):
        Assessment("clm_0", "not_testable", (), "x")
    with pytest.raises(ValueError, match="part"):
        Finding("partly").of("clm_0", "x")
    with pytest.raises(ValueError, match="verdict"):
        Finding("true").of("clm_0", "x")
    assert [turned(one) for one in VERDICTS] == [
        "contradicted", "supported", "partly", "not_testable",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "half"),
    [(0.0, 0.0), (7.0, 0.35), (14.4e6, 50_000.0), (1.89e6, 5_000.0), (1e6, 50_000.0), (91.0, 0.5)],
)
def test_rounding_is_half_of_the_last_digit_but_at_most_a_twentieth(
    value: float, half: float
) -> None:
    assert rounding(value) == pytest.approx(half)


@pytest.mark.parametrize(
    ("parts", "inside", "outside"),
    [
        ({"quantity": 91.0, "unit": "%"}, (90.5, 91.4), (90.4, 91.6)),
        ({"quantity": 0.5, "unit": "share"}, (45.0, 55.0), (44.0, 56.0)),
        ({"quantity": 80.0, "unit": "%", "bound": "about"}, (75.0, 85.0), (74.0, 86.0)),
        ({"quantity": 80.0, "unit": "%", "bound": "more_than"}, (80.0, 99.0), (79.0,)),
        ({"quantity": 10.0, "quantity_to": 20.0, "unit": "%"}, (9.6, 20.4), (9.0, 21.0)),
    ],
)
def test_percentages_within_what_was_printed(
    parts: dict[str, object], inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    said = points(claim("x", "trade", "falls", **parts))
    assert said is not None
    assert all(said.holds(one) for one in inside)
    assert not any(said.holds(one) for one in outside)


def test_no_number_is_no_range() -> None:
    nothing = claim("x", "trade", "value", quantity=None)
    odd = claim("x", "trade", "value", quantity=float("nan"))
    assert amount(nothing) is amount(odd) is points(nothing) is None


PAGE = (Path(__file__).resolve().parents[3] / "docs" / "assess.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "value"),
    [
        ("ROUNDED_SHARE", f"{numbers.ROUNDED_SHARE:.0%}"),
        ("ABOUT_SHARE", f"{numbers.ABOUT_SHARE:.0%}"),
        ("NEAR_SHARE", f"{numbers.NEAR_SHARE:.0%}"),
        ("PERCENT_POINTS`, `WORD_POINTS", f"{numbers.PERCENT_POINTS}, {numbers.WORD_POINTS:.0f}"),
        ("FLAT_SHARE", f"{sums.FLAT_SHARE:.0%}"),
        ("EXISTS_SHARE", f"{sums.EXISTS_SHARE:.0%}"),
        ("STOPPED_SHARE", f"{sums.STOPPED_SHARE:.0%}"),
        ("NEAR_DAYS", f"{bans.NEAR_DAYS} days"),
        ("MANY_PARTNERS", f"{views.MANY_PARTNERS}"),
        ("MOST_LINES_SHARE", f"{views.MOST_LINES_SHARE:.0%}"),
        ("STRONG_SCORE", f"{listedrows.STRONG_SCORE}"),
        ("SINCE", SINCE),
    ],
)
def test_the_page_has_the_thresholds_of_the_code(names: str, value: str) -> None:
    (line,) = [one for one in PAGE.splitlines() if one.startswith(f"| `{names}` |")]
    assert line.split("|")[2].replace(" %", "%").strip().startswith(value)
