"""Whose word a claim is, and on which side it stands."""

from datetime import date
from typing import Any

from entrepot.evidence.claim import Claim
from entrepot.evidence.standing.gather import Judged, Whose, gather
from entrepot.evidence.standing.weigh import weigh


def claim(report: str = "rep_1", **fields: Any) -> Claim:
    base: dict[str, Any] = {
        "text": "x", "span": (0, 1), "type": "transfer", "kind": "accusation",
        "predicate": "passes_on", "report_id": report, "actors": ("BLR",), "destination": "RUS",
        "goods": ("aircraft parts",), "goods_codes": ("8807",), "reported_on": date(2022, 8, 26),
    }  # fmt: skip
    return Claim(**(base | fields))


def test_two_digests_that_quote_one_service_are_one_root() -> None:
    group = [
        claim(attributed_to="Ukrainian military intelligence"),
        claim("rep_2", attributed_to="Ukraine's military intelligence"),
    ]
    found = gather(group, {})
    assert len({one.root for one in found}) == 1
    assert weigh(found).word == "uncorroborated"
    assert (weigh(found).items, len(weigh(found).roots_for)) == (2, 1)


def test_without_a_source_the_roots_of_the_report_count() -> None:
    roots = {"rep_1": [Whose("itm_a", "Paper A")], "rep_2": [Whose("itm_a", "Paper A")]}
    same = gather([claim(), claim("rep_2")], roots)
    assert {one.root for one in same} == {"itm_a"}
    apart = gather([claim(), claim("rep_2")], {})
    assert {one.root for one in apart} == {"rep_1", "rep_2"}


def test_unnamed_sources_of_two_reports_are_not_the_same() -> None:
    found = gather(
        [claim(attributed_to="officials"), claim("rep_2", attributed_to="officials")], {}
    )
    assert len({one.root for one in found}) == 2
    assert "unnamed" in found[0].root_label


def test_a_denial_by_the_party_named_stands_against_as_one_that_hardly_counts() -> None:
    group = [claim(), claim("rep_2", kind="denial", attributed_to="Minsk")]
    accused, denied = gather(group, {})
    assert (accused.relation, denied.relation) == ("for", "against")
    assert denied.is_denial
    assert weigh([accused, denied]).word == "contested"


def test_a_denial_by_somebody_else_is_a_word_of_its_own() -> None:
    group = [claim(), claim("rep_2", kind="denial", attributed_to="the Polish customs service")]
    assert not gather(group, {})[1].is_denial


def test_a_denial_alone_stands_against_what_it_denies() -> None:
    (alone,) = gather([claim(kind="denial", attributed_to="Minsk")], {})
    assert alone.relation == "against"


def test_grades_reach_their_root_and_their_statement() -> None:
    one = claim()
    (found,) = gather([one], {}, {"rep_1": Judged("B"), one.claim_id: Judged(None, 2)})
    assert (found.reliability, found.credibility) == ("B", 2)


def test_a_body_without_its_country_is_the_one_another_report_names() -> None:
    group = [claim(attributed_to="Генштаб ВСУ"),
             claim("rep_2", attributed_to="the General Staff of Ukraine")]  # fmt: skip
    found = gather(group, {}, {"general_staff:": Judged("D")})
    assert len({one.root for one in found}) == 1
    assert {one.reliability for one in found} == {"D"}


def test_a_denial_by_the_place_that_goods_reach_is_one_by_the_party_named() -> None:
    denied = claim(kind="denial", actors=("a firm",), attributed_to="Moscow")
    assert gather([denied], {})[0].is_denial


def test_a_denial_by_nobody_named_is_not_the_word_of_the_root_it_denies() -> None:
    roots = {one: [Whose("doc_a", "the ministry")] for one in ("rep_1", "rep_2")}
    told, denied = gather([claim(), claim("rep_2", kind="denial")], roots)
    assert told.root != denied.root
    assert weigh([told, denied]).word == "contested"
    assert weigh([told, denied]).roots_for == ("the ministry",)
