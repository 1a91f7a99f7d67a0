"""May this be sold there on that day: small books whose answers are worked by hand."""

import json
from typing import Any

import pytest
from tests.measures.small import RUSSIA_ACT, answers, book, day, found, rule, told

from entrepot.errors import CodeError, RequestError
from entrepot.measures.ask import as_data
from entrepot.measures.decide import Answer
from entrepot.measures.inquiry import inquire
from entrepot.records.rules import MEASURE

AFTER = "2022-06-01"


def gives(answer: Answer) -> list[tuple[str, str, str]]:
    return [(r.row["commodity_code"], r.gives, r.route) for r in answer.because]


def test_a_ban_binds_from_its_first_day_and_no_longer_on_its_end() -> None:
    rules = book(rule("88", valid_to="2022-06-01"))
    days = ["2022-02-28", "2022-03-01", "2022-05-31", "2022-06-01"]
    assert answers(rules, "8807", days) == ["not_listed", "prohibited", "prohibited", "not_listed"]
    assert answers(book(rule("88")), "88", ["2025-10-24"]) == ["prohibited"]


def test_other_destinations_and_regimes_do_not_bind() -> None:
    rules = book(rule("88", "BLR"), rule("87", "*"), rule("86", regime="UK"))
    assert found(rules, "88", AFTER).answer == "not_listed"
    assert found(rules, "88", AFTER, to="BLR").answer == "prohibited"
    assert found(rules, "87", AFTER, to="ARM").answer == "prohibited"
    assert found(rules, "86", AFTER).answer == "not_listed"


WIND_DOWN = rule(
    "88", begins="2022-03-03", contracts_before="2022-03-02", wind_down_to="2022-06-05"
)


@pytest.mark.parametrize(
    ("on", "contract", "answer"),
    [
        ("2022-03-03", "2022-03-01", "possible"),
        ("2022-03-03", "2022-03-02", "prohibited"),  # concluded on the cut-off day
        ("2022-03-03", None, "prohibited"),
        ("2022-06-04", "2022-03-01", "possible"),  # last day
        ("2022-06-05", "2022-03-01", "prohibited"),
        ("2022-03-02", "2022-03-01", "not_listed"),
    ],
)
def test_edges_of_a_wind_down(on: str, contract: str | None, answer: str) -> None:
    more = {"contract": contract} if contract else {}
    assert found(book(WIND_DOWN), "8807", on, **more).answer == answer


def test_without_a_cut_off_day_contracts_before_the_first_day_are_spared() -> None:
    rules = book(rule("88", wind_down_to="2022-06-05"))
    assert found(rules, "88", "2022-04-01", contract="2022-02-28").answer == "possible"
    assert found(rules, "88", "2022-04-01", contract="2022-03-01").answer == "prohibited"


def spared(*rows: dict[str, Any], **more: Any) -> str:
    return found(book(*rows), "880730", "2022-04-01", contract="2022-02-01", **more).answer


def test_a_wind_down_belongs_to_its_own_ban_only() -> None:
    own = rule("88", wind_down_to="2022-06-05")
    assert spared(own) == "possible"
    assert spared(own, rule("8807", begins="2022-03-02")) == "prohibited"
    assert spared(own, rule("8807", instrument="Reg. (EC) 1/1")) == "prohibited"
    assert spared(rule("8807"), rule("8703", wind_down_to="2022-06-05")) == "prohibited"


def test_a_wind_down_of_another_article_of_the_same_act_and_day_spares_nothing() -> None:
    """As 2829 90 to Belarus on 1.7.2024: Art. 1bb had a wind-down, Art. 1f for Annex Va none."""
    own = rule("88", article="3k(1)", annex="XXIII", wind_down_to="2022-06-05")
    assert spared(own, rule("8807", article="2a(1)", annex="VII")) == "prohibited"


def test_a_wind_down_list_spares_the_ban_of_its_act_and_day() -> None:
    listed = {"effect": "wind_down", "wind_down_to": "2022-06-05", "article": "9x(2)"}
    assert spared(rule("88"), rule("8807", **listed)) == "possible"
    assert spared(rule("88"), rule("8802", **listed)) == "prohibited"  # other goods
    assert spared(rule("88"), rule("8807", begins="2022-03-02", **listed)) == "prohibited"
    assert spared(rule("88"), rule("8807", "*", **listed)) == "possible"
    assert spared(rule("88"), rule("8807", "BLR", instrument=RUSSIA_ACT, **listed)) == "prohibited"
    assert spared(rule("88"), rule("8807", regime="UK", **listed)) == "prohibited"


def test_a_list_that_names_a_part_of_the_code_spares_that_part() -> None:
    rules = book(rule("88"), rule("880730", effect="wind_down", wind_down_to="2022-06-05"))
    days = {"contract": "2022-02-01"}
    assert found(rules, "88073000", "2022-04-01", **days).answer == "possible"
    assert found(rules, "8807", "2022-04-01", **days).answer == "possible"
    assert found(rules, "880720", "2022-04-01", **days).answer == "prohibited"


def test_a_spared_contract_for_use_elsewhere() -> None:
    rules = book(rule("88", wind_down_to="2022-06-05"))
    asked = {"to": "ARM", "for_use_in": "RUS"}
    assert found(rules, "88", "2022-04-01", **asked).answer == "prohibited"
    assert found(rules, "88", "2022-04-01", contract="2022-02-01", **asked).answer == "possible"


def test_part_and_full() -> None:
    rules = book(rule("8807", is_partial="true"), rule("854231"))
    assert found(rules, "8807", AFTER).answer == "possible"
    assert found(rules, "880730", AFTER).answer == "possible"
    assert found(rules, "8542", AFTER).answer == "possible"
    assert found(rules, "85423111", AFTER).answer == "prohibited"
    assert found(rules, "854232", AFTER).answer == "not_listed"


def test_the_strongest_measure_decides_and_stands_first() -> None:
    clause = rule("8807", "*", effect="clause", begins="2022-01-01")
    part = rule("8807", is_partial="true")
    licence = rule("880730", effect="licence")
    ban = rule("88", begins="2022-05-01")
    steps = [
        ((clause,), "clause"),
        ((clause, part), "possible"),
        ((clause, part, licence), "licence"),
        ((clause, part, licence, ban), "prohibited"),
    ]
    for rows, answer in steps:
        one = found(book(*rows), "88073000", AFTER, to="RUS" if len(rows) > 1 else "ARM")
        assert (one.answer, one.because[0].gives) == (answer, answer)
        assert ("clause" in [r.gives for r in one.because]) == (answer == "clause")


def test_of_equal_answers_the_full_one_and_then_the_oldest_stands_first() -> None:
    rows = (rule("8807", begins="2022-05-01"), rule("88", begins="2022-04-01"))
    assert [r.row["commodity_code"] for r in found(book(*rows), "880730", AFTER).because] == [
        "88",
        "8807",
    ]


@pytest.mark.parametrize(
    ("to", "on", "answer"),
    [
        ("ARM", "2024-03-19", "not_listed"),
        ("ARM", "2024-03-20", "clause"),
        ("JPN", "2024-03-20", "not_listed"),  # in Annex VIII
        ("ISL", "2024-06-24", "clause"),
        ("ISL", "2024-06-25", "not_listed"),  # a partner from this day on
        ("RUS", "2024-03-20", "not_listed"),  # the country that the act is about
        ("BLR", "2024-03-20", "clause"),
    ],
)
def test_the_clause_of_the_act_on_russia(to: str, on: str, answer: str) -> None:
    rules = book(rule("8807", "*", "2024-03-20", effect="clause"))
    assert found(rules, "880730", on, to=to).answer == answer


def test_a_clause_for_one_destination_meets_no_other() -> None:
    rules = book(rule("8807", "ARM", effect="clause"))
    assert found(rules, "8807", AFTER, to="ARM").answer == "clause"
    assert found(rules, "8807", AFTER, to="GEO").answer == "not_listed"


def test_for_use_in_another_country() -> None:
    rules = book(rule("88"), rule("87", "BLR", effect="licence"))
    assert found(rules, "88", AFTER, to="ARM").answer == "not_listed"
    there = found(rules, "88", AFTER, to="ARM", for_use_in="Russia")
    assert (there.answer, gives(there)) == (
        "prohibited",
        [("88", "prohibited", "for use in RUS")],
    )
    assert found(rules, "87", AFTER, to="ARM", for_use_in="BLR").answer == "licence"
    assert found(rules, "88", AFTER, for_use_in="ARM").because[0].route == "direct"


PARTY = rule("*", "BLR", "2022-04-01", valid_to="2022-08-01", effect="asset_freeze",
             party="Open Joint Stock Company “Alpha Air” | Alpha")  # fmt: skip


@pytest.mark.parametrize(
    ("party", "on", "answer"),
    [
        ("Alpha Air", "2022-03-31", "not_listed"),
        ("ALPHA AIR OJSC", "2022-04-01", "prohibited"),
        ("alpha", "2022-07-31", "prohibited"),
        ("Alpha", "2022-08-01", "not_listed"),
        ("Alpha Airlines", "2022-05-01", "unknown"),  # another name: nothing is known of it
        ("", "2022-05-01", "not_listed"),
    ],
)
def test_a_party_before_during_and_after_its_listing(party: str, on: str, answer: str) -> None:
    assert found(book(PARTY), "0101", on, to="BLR", party=party).answer == answer


def test_a_party_is_bound_wherever_the_goods_go() -> None:
    one = found(book(PARTY), "0101", "2022-05-01", to="ARM", party="Alpha")
    assert (one.answer, one.because[0].route) == ("prohibited", "party")


def test_a_party_of_another_regime_is_not_known_and_not_bound_here() -> None:
    rules = book(rule("*", "BLR", effect="asset_freeze", party="Alpha", regime="UK"))
    assert found(rules, "0101", AFTER, to="BLR", party="Alpha").answer == "unknown"


def test_a_party_on_a_list_that_is_no_ban_is_known_and_free() -> None:
    rules = book(rule("*", "BLR", effect="due_diligence", party="Alpha"))
    assert found(rules, "0101", AFTER, to="BLR", party="Alpha").answer == "not_listed"


def test_an_unknown_party_leaves_a_ban_and_takes_away_certainty() -> None:
    rules = book(rule("88"), rule("87", "*", effect="clause"), rule("8601", is_partial="true"))
    assert found(rules, "88", AFTER, party="Nobody").answer == "prohibited"
    assert found(rules, "8601", AFTER, party="Nobody").answer == "possible"
    assert found(rules, "87", AFTER, to="ARM", party="Nobody").answer == "unknown"
    assert found(rules, "0101", AFTER, party="Nobody").answer == "unknown"


US = {"regime": "US", "instrument": "15 CFR 746", "effect": "licence"}


def test_goods_of_another_origin_under_a_regime_that_follows_goods() -> None:
    rules = book(rule("88", **US), rule("*", **US | {"effect": "export_ban"}, party="Alpha"))
    asked = {"regime": "US"}
    assert found(rules, "88", AFTER, **asked).answer == "licence"
    assert found(rules, "88", AFTER, origin="USA", **asked).answer == "licence"
    assert found(rules, "88", AFTER, origin="DEU", **asked).answer == "unknown"
    assert found(rules, "88", AFTER, origin="DEU", party="Alpha", **asked).answer == "unknown"
    assert found(book(rule("88")), "88", AFTER, origin="CHN").answer == "prohibited"


@pytest.mark.parametrize(
    ("to", "on", "answer"),
    [
        ("BLR", "2021-06-24", "unknown"),
        ("BLR", "2021-06-25", "not_listed"),
        ("BLR", "2025-10-24", "not_listed"),
        ("BLR", "2025-10-25", "unknown"),
        ("RUS", "2021-12-31", "unknown"),
        ("CHN", "2022-06-01", "unknown"),  # not in the base at all
    ],
)
def test_where_the_base_does_not_reach_nothing_found_is_no_answer(
    to: str, on: str, answer: str
) -> None:
    assert found(book(rule("88", "ARM")), "0101", on, to=to).answer == answer


def test_a_ban_stands_where_the_base_does_not_reach() -> None:
    assert found(book(rule("88")), "88", "2026-01-01").answer == "prohibited"
    assert found(book(rule("88", "*")), "88", AFTER, to="CHN").answer == "prohibited"


def test_reach_must_hold_for_the_place_of_use_too() -> None:
    assert found(book(), "0101", AFTER, to="ARM", for_use_in="CHN").answer == "unknown"
    assert found(book(), "0101", AFTER, to="CHN", for_use_in="ARM").answer == "unknown"


def test_reach_may_end_earlier_for_some_goods() -> None:
    """UK acts to Russia: all goods until 28.10.2022, later only chapter 88."""
    asked = {"regime": "UK"}
    assert found(book(), "0101", "2022-10-28", **asked).answer == "not_listed"
    assert found(book(), "0101", "2022-10-29", **asked).answer == "unknown"
    assert found(book(), "8807", "2022-10-29", **asked).answer == "not_listed"
    assert found(book(), "0101", "2022-02-28", **asked).answer == "unknown"


def test_refusals() -> None:
    on = day(AFTER)
    with pytest.raises(RequestError, match="got a contract of 2022-06-02, expected one of 2022-06"):
        inquire("EU", "RUS", "88", on, contract=day("2022-06-02"))
    assert inquire("EU", "RUS", "88", on, contract=on).contract == on
    with pytest.raises(RequestError, match=r"got 'Brazil', expected a regime .*EU, US, UK") as told:
        inquire("Brazil", "RUS", "88", on)
    assert told.value.hint
    for wrong in ({"regime": "Utopia"}, {"code": "88073"}, {"code": "air"}, {"to": "EU27_2020"},
                  {"origin": "Utopia"}, {"for_use_in": "W00"}):  # fmt: skip
        more = {"regime": "EU", "to": "RUS", "code": "88", **wrong}
        regime, to, code = more.pop("regime"), more.pop("to"), more.pop("code")
        with pytest.raises(CodeError):
            inquire(regime, to, code, on, **more)


@pytest.mark.parametrize(
    ("text", "regime"),
    [("eu", "EU"), ("EU27", "EU"), ("Germany", "EU"), ("FR", "EU"), ("United States", "US"),
     ("GB", "UK"), ("uk", "UK"), ("Switzerland", "CH"), ("un", "UN")],
)  # fmt: skip
def test_a_country_stands_for_its_regime(text: str, regime: str) -> None:
    assert inquire(text, "by", "8807.30", day(AFTER)).regime == regime


def test_an_answer_as_data_is_json() -> None:
    rules = book(WIND_DOWN, PARTY)
    data = as_data(told(rules, "8807", "2022-04-01", contract="2022-03-01", for_use_in="BLR"))
    assert json.loads(json.dumps(data)) == data
    assert (data["answer"], data["regime"], data["on"]) == ("possible", "EU", "2022-04-01")
    assert (data["contract"], data["party"], data["for_use_in"]) == ("2022-03-01", None, "BLR")
    (reason,) = data["because"]
    assert set(reason) == {*MEASURE, "coverage", "gives", "route"}
    assert (reason["valid_from"], reason["valid_to"]) == ("2022-03-03", None)
    assert data["notes"]
