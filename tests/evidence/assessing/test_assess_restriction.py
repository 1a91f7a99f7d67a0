"""Claims about rules, against the rule base that ships. Days and acts: docs/rules.md, and the legal
texts named there: Reg. (EU) 2023/1594 of 3 August 2023 (eur-lex.europa.eu/eli/reg/2023/1594/oj), in
force on 5 August; 87 FR 13048 (federalregister.gov/d/2022-04925), effective 2 March 2022.
"""

from datetime import date

import pytest
from tests.evidence.assessing.world import claim, judged, rows, sentences

from entrepot.evidence.claim import Claim

PARTS = {"goods": ("aircraft parts",), "goods_codes": ("8807", "88")}


def may(**parts: object) -> Claim:
    given = {"actors": ("BLR",), **PARTS, **parts}
    return claim("Belarus can still buy aircraft parts", "restriction", "may", **given)


def test_belarus_can_still_buy_is_partly_so() -> None:
    made = judged(may())
    assert made.verdict == "partly"
    eu, us, uk, swiss = (made.part.index(one) for one in ("EU rules", "US rules", "UK", "Swiss"))
    free, barred, unknown = (made.part.index(w) for w in ("free under", "barred in part", "not kn"))
    assert free < eu < uk < barred < us < unknown < swiss
    assert "EU rules (until 2023-08-05: Reg. (EC) 765/2006 Art. 1sa(1), Annex XVII)" in made.part
    assert "US rules (licence duty since 2022-03-02: 15 CFR 746.8(a)(1))" in made.part
    assert "8807, nor on anything else of chapter 88, for Belarus, until 2023-08-05" in sentences(
        made
    )
    assert "UN rules: on 2022-08-26 no ban" in sentences(made)


def test_every_regime_leads_back_to_measures_or_to_the_reach_of_the_base() -> None:
    made = judged(may())
    measures = {row["measure_id"]: row for row in rows(made, "measure")}
    assert {"EU", "US", "UK", "CH"} <= {row["regime"] for row in measures.values()}
    assert all(key.startswith("msr_") and row["citation"] for key, row in measures.items())
    began = {(row["regime"], row["valid_from"]) for row in measures.values()}
    assert {("EU", "2023-08-05"), ("US", "2022-03-02"), ("EU", "2021-12-02")} <= began
    assert {row["regime"] for row in rows(made, "reach")} >= {"EU", "UN"}


def test_what_stays_barred_beside_the_free_codes_is_said() -> None:
    said = sentences(judged(may()))
    assert "piston engines for aircraft (840710)" in said
    assert "avionics (901420)" in said
    assert "Belavia from 2021-12-02" in said


def test_a_named_seller_means_its_own_rules_only() -> None:
    made = judged(may(actors=("DEU",), destination="BLR"))
    assert made.verdict == "supported"
    assert {row["regime"] for row in rows(made, "measure")} == {"EU"}
    barred = judged(may(actors=("EU",), destination="BLR", reported_on=date(2023, 8, 5)))
    assert barred.verdict == "contradicted"
    day_before = judged(may(actors=("EU",), destination="BLR", reported_on=date(2023, 8, 4)))
    assert day_before.verdict == "supported"


def test_a_denial_and_may_not_turn_the_verdict_round() -> None:
    seller = {"actors": ("EU",), "destination": "BLR"}
    assert judged(may(**seller, is_negated=True)).verdict == "contradicted"
    no = claim("The EU may not sell parts", "restriction", "may_not", **seller, **PARTS)
    assert judged(no).verdict == "contradicted"


def test_a_time_in_which_the_rules_changed_is_partly() -> None:
    made = judged(
        may(
            actors=("EU",),
            destination="BLR",
            date_from=date(2023, 7, 1),
            date_to=date(2023, 9, 1),
        )
    )
    assert made.verdict == "partly"
    assert "on 2023-07-01" in sentences(made)
    assert "on 2023-08-05 a ban covers" in sentences(made)


def test_unknown_rules_stay_unknown() -> None:
    made = judged(may(actors=("CHE",), destination="BLR"))
    assert made.verdict == "not_testable"
    assert "CH" in made.needed[0]
    assert "not known" in sentences(made)


def test_military_goods_are_barred_by_description() -> None:
    made = judged(may(goods=("parts for military and civil aircraft",)))
    assert "military goods barred by description, under EU rules" in made.part
    assert "arms and related materiel" in sentences(made)


def test_a_frozen_party_gets_nothing() -> None:
    no = claim("EU firms may not sell to Belavia", "restriction", "may_not", actors=("EU",),
               counterparts=("Belavia",))  # fmt: skip
    made = judged(no)
    assert made.verdict == "supported"
    assert rows(made, "measure")[0]["valid_from"] == "2021-12-02"


def test_without_a_day_or_goods_it_says_what_is_missing() -> None:
    assert "--reported-on" in judged(may(reported_on=None)).needed[0]
    assert "Harmonized System" in judged(may(goods_codes=())).needed[0]
    nobody = judged(may(actors=(), goods_codes=("8807",)))
    assert nobody.verdict == "not_testable"
    assert "country that buys" in nobody.needed[0]


@pytest.mark.parametrize(
    ("first", "after", "verdict"),
    [
        (date(2023, 8, 5), date(2023, 8, 6), "supported"),
        (date(2023, 8, 3), date(2023, 8, 4), "supported"),  # the day of the act
        (date(2023, 7, 22), date(2023, 7, 23), "supported"),  # 14 days before it
        (date(2023, 7, 21), date(2023, 7, 22), "contradicted"),  # 15
        (date(2023, 5, 1), date(2023, 6, 1), "contradicted"),  # before it
        (date(2024, 5, 1), date(2024, 6, 1), "partly"),  # such a ban, and another day
        (date(2023, 8, 10), date(2023, 8, 11), "partly"),  # it had bound for five days
        # Annex Va Part B names 8807 30 on 1 July 2024, which Annex XVII barred already
        (date(2024, 6, 1), date(2024, 7, 1), "partly"),
        (date(2024, 7, 1), date(2024, 8, 1), "partly"),
        # the base does not hold all that the EU barred to Belarus in 2021
        (date(2021, 5, 1), date(2021, 6, 1), "not_testable"),
    ],
)
def test_a_ban_imposed_on_a_day(first: date, after: date, verdict: str) -> None:
    ban = claim("The EU banned aviation goods", "restriction", "imposes", actors=("EU",),
                destination="BLR", date_from=first, date_to=after, **PARTS)  # fmt: skip
    made = judged(ban)
    assert made.verdict == verdict
    assert "2023-08-05" in sentences(made)


def test_a_threat_is_no_record_and_the_rules_are_its_background() -> None:
    threat = claim("sanctions would be extended to Belarus", "restriction", "imposes", "threat",
                   actors=("RUS",), counterparts=("BLR",), goods_codes=("88",))  # fmt: skip
    made = judged(threat)
    assert made.verdict == "not_testable"
    assert "No rule carried the Russia bans over to Belarus" in sentences(made)
    assert "for use in Russia" in sentences(made)
    assert rows(made, "remark")


def test_a_list_that_replaces_another_lifts_nothing() -> None:
    # 8542 of Annex XXIII to 833/2014 was written anew in 2023 and stayed barred throughout
    for month in (6, 12):
        off = claim("The EU lifted its ban", "restriction", "lifts", actors=("EU",),
                    destination="RUS", goods_codes=("8542",), goods=("circuits",),
                    date_from=date(2023, month, 1), date_to=date(2024, 1, 1))  # fmt: skip
        assert judged(off).verdict == "contradicted"


def test_the_law_of_another_seller_is_not_that_of_the_base() -> None:
    for parts in ({"actors": ("JPN",), "destination": "BLR"},
                  {"actors": ("BLR",), "origin": "CHN", "destination": "BLR"}):  # fmt: skip
        made = judged(may(**parts))
        assert made.verdict == "not_testable"
        assert "The law of" in made.needed[0]


def test_every_change_in_a_long_time_is_asked_though_few_are_told() -> None:
    # machinery of chapter 84: dozens of days of change from 2014 on
    made = judged(
        may(actors=("EU",), destination="RUS", goods=("machines",), goods_codes=("84",),
            date_from=date(2021, 1, 1), date_to=date(2025, 10, 1))
    )  # fmt: skip
    told = [one.sentence for one in made.because if one.sentence.startswith("EU rules: on ")]
    assert 2 < len(told) <= 12
    assert "on 2025-0" in told[-1]


def test_one_unknown_regime_keeps_from_support_and_not_from_contradiction() -> None:
    # Swiss rules for Belarus are held from 30 August 2023 on
    both: dict[str, object] = {"actors": ("EU", "CHE"), "destination": "BLR"}
    for day, verdict in ((date(2023, 8, 4), "partly"), (date(2023, 8, 5), "contradicted")):
        made = judged(may(**both, reported_on=day))
        assert made.verdict == verdict
        assert "Not known: Swiss rules." in made.cautions


def test_the_last_day_of_a_time_counts_and_the_day_after_does_not() -> None:
    eu: dict[str, object] = {"actors": ("EU",), "destination": "BLR"}
    for after, verdict in ((date(2023, 8, 5), "supported"), (date(2023, 8, 6), "partly")):
        made = judged(may(**eu, date_from=date(2023, 7, 1), date_to=after))
        assert made.verdict == verdict
