"""Standing, worked by hand: odds 1 times the printed ratios."""

from dataclasses import replace
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.evidence.standing.change import changes
from entrepot.evidence.standing.evidence import AGAINST, FOR, NEUTRAL, Evidence, RecordTest
from entrepot.evidence.standing.likelihood import TESTIMONY_CAP, posterior, word_ratio
from entrepot.evidence.standing.rivals import rivals
from entrepot.evidence.standing.weigh import weigh
from entrepot.evidence.standing.words import in_full, in_short
from entrepot.evidence.wording import wording_faults
from entrepot.records.evidence import PREDICATES, STANDINGS, TYPES


def word(root: str, relation: str = FOR, **fields: Any) -> Evidence:
    number = fields.pop("item", f"item of {root}")
    return Evidence(f"e-{root}-{number}", relation, root, f"the {root}", item=number, **fields)


def test_posterior_is_odds_times_ratio() -> None:
    assert posterior(0.5, 3) == pytest.approx(0.75)
    assert posterior(0.2, 4) == pytest.approx(0.5)
    assert posterior(0.3, 1) == pytest.approx(0.3)


def test_grades_give_the_printed_ratios() -> None:
    assert word_ratio("B", 2)[0] == 5
    assert word_ratio("C", 4)[0] == pytest.approx(3**0.5)
    assert word_ratio("A", 5)[0] == 1
    assert word_ratio("B", None, hedged=True)[0] == pytest.approx(5**0.5)
    assert word_ratio(None, None)[0] == word_ratio("F", 6)[0] == 1.2


def test_one_unknown_root_is_uncorroborated_and_a_roughly_even_chance() -> None:
    found = weigh([word("intelligence service")])
    assert found.word == "uncorroborated"
    assert found.probability == pytest.approx(1.2 / 2.2)
    assert in_short(found) == ("uncorroborated, 1 item, 1 root; roughly even chance (45 to 55 %)")


def test_seven_items_of_two_roots_count_as_two() -> None:
    items = [word("staff", item=f"paper {n}", reliability="C") for n in range(5)]
    items += [word("railway workers", item=f"post {n}", reliability="C") for n in range(2)]
    found = weigh(items)
    assert in_short(found).startswith("corroborated, 7 items, 2 roots; ")
    assert found.probability == pytest.approx(9 / 10)


def test_copies_alone_never_corroborate() -> None:
    copies = [word("staff", item=f"paper {n}", reliability="B") for n in range(50)]
    assert weigh(copies).word == "uncorroborated"
    assert weigh(copies).probability == weigh(copies[:1]).probability


def test_a_denial_by_the_party_named_contests_and_hardly_moves() -> None:
    found = weigh([word("staff", reliability="C"), word("ministry", AGAINST, is_denial=True)])
    assert found.word == "contested"
    assert found.probability == pytest.approx(posterior(0.5, 3 / 1.2))


def test_records_against_an_unknown_root_contest_and_against_nobody_refute() -> None:
    against = RecordTest("contradicted", ("row 1",))
    contested = weigh([word("staff")], against)
    assert contested.word == "contested"
    assert contested.probability == pytest.approx(posterior(0.5, 0.12))
    strong = [word("customs", AGAINST, reliability="C")]
    refuted = weigh(strong, against)
    assert refuted.probability == pytest.approx(posterior(0.5, 1 / 30))
    assert refuted.word == "refuted"


def test_records_for_it_are_one_more_observer() -> None:
    found = weigh([word("staff")], RecordTest("supported"))
    assert found.word == "corroborated"
    assert found.probability == pytest.approx(posterior(0.5, 12))


@pytest.mark.parametrize("verdict", ["partly", "not_testable"])
def test_a_test_that_settles_nothing_moves_nothing(verdict: str) -> None:
    bare = weigh([word("staff")])
    tested = weigh([word("staff")], RecordTest(verdict))
    assert (tested.word, tested.probability) == (bare.word, bare.probability)


def test_a_root_on_both_sides_counts_on_neither_and_contests() -> None:
    found = weigh([word("staff", reliability="A"), word("staff", AGAINST, item="later")])
    assert (found.roots_for, found.roots_against) == ((), ())
    assert found.word == "contested"
    assert found.probability == pytest.approx(0.5)


def test_words_alone_never_go_beyond_their_cap() -> None:
    many = [word(f"root {n}", reliability="A") for n in range(9)]
    assert weigh(many).probability == pytest.approx(posterior(0.5, TESTIMONY_CAP))


def test_no_evidence_leaves_the_prior() -> None:
    found = weigh([])
    assert (found.low, found.probability, found.high) == pytest.approx((0.3, 0.5, 0.7))
    assert found.word == "uncorroborated"


evidences = st.builds(
    word,
    st.sampled_from("abcd"),
    st.sampled_from([FOR, AGAINST, NEUTRAL]),
    item=st.sampled_from("12345"),
    reliability=st.sampled_from([None, *"ABCDEF"]),
    credibility=st.sampled_from([None, 1, 2, 3, 4, 5, 6]),
    is_hedged=st.booleans(),
    is_denial=st.booleans(),
)
records = st.sampled_from(
    [None, *(RecordTest(one) for one in ("supported", "contradicted", "partly"))]
)


@given(st.lists(evidences, max_size=8), records, st.randoms())
def test_order_and_repeats_do_not_matter(
    items: list[Evidence], record: RecordTest | None, random: Any
) -> None:
    named = [replace(one, evidence_id=f"e{place}") for place, one in enumerate(items)]
    shuffled = [*named, *named]
    random.shuffle(shuffled)
    assert weigh(shuffled, record) == weigh(named, record)


@given(st.lists(evidences, max_size=6), records)
def test_a_new_root_for_it_never_lowers_and_one_against_never_raises(
    items: list[Evidence], record: RecordTest | None
) -> None:
    before = weigh(items, record).probability
    more = weigh([*items, word("new", reliability="C")], record).probability
    less = weigh([*items, word("new", AGAINST, reliability="C")], record).probability
    assert less <= before <= more


@given(st.lists(evidences, max_size=6), records, st.sampled_from(TYPES))
def test_every_sentence_keeps_to_the_words_of_the_directive(
    items: list[Evidence], record: RecordTest | None, claim_type: str
) -> None:
    weighed = weigh(items, record)
    said = in_full(weighed, rivals(claim_type), changes(items, record, "figures of China"))
    assert weighed.word in STANDINGS
    assert wording_faults("\n".join(said)) == []
    assert any(one.startswith(("What would change this", "No single piece")) for one in said)


def test_what_would_change_it_names_the_records_that_are_missing() -> None:
    found = changes([word("staff")], RecordTest("not_testable"), "figures of China.")
    first = found[0]
    assert first.what == "records (figures of China), coming out against it"
    assert first.word == "contested"
    assert first.probability == pytest.approx(posterior(0.5, 0.12))
    assert [abs(one.shift) for one in found] == sorted((abs(o.shift) for o in found), reverse=True)


def test_tested_records_are_not_asked_for_again() -> None:
    found = changes([word("staff")], RecordTest("supported"))
    assert not any("records" in one.what for one in found)


@pytest.mark.parametrize("claim_type", TYPES)
def test_every_type_has_a_rival_with_its_test(claim_type: str) -> None:
    found = rivals(claim_type)
    assert found
    for one in found:
        assert all((one.hypothesis, one.test, one.needs, one.if_claim, one.if_rival))
    assert set(PREDICATES) == set(TYPES)


def test_ratios_that_are_printed_multiply_to_the_one_that_is_used() -> None:
    found = weigh([word(f"root {n}", reliability="A") for n in range(3)], RecordTest("supported"))
    assert [round(one.ratio, 4) for one in found.factors] == [0.0977, 10, 8, 8, 8]
    assert found.probability == pytest.approx(posterior(0.5, prod(o.ratio for o in found.factors)))
    assert not any("cap" in one.name for one in weigh([word("a", reliability="A")]).factors)


def test_a_root_whose_word_moves_nothing_corroborates_nothing() -> None:
    unreliable = word("b", reliability="E")
    assert weigh([word("a"), unreliable]).word == "uncorroborated"
    assert weigh([word("a"), word("b", credibility=5)]).word == "uncorroborated"
    assert weigh([word("a"), word("b", reliability="D")]).word == "corroborated"
    assert weigh([word("a"), word("b", AGAINST, reliability="E")]).word == "contested"


def test_who_says_nothing_for_or_against_is_no_item() -> None:
    assert weigh([word("a"), word("b", NEUTRAL)]).items == 1


def test_a_root_on_both_sides_is_named() -> None:
    found = weigh([word("staff"), word("staff", AGAINST, item="later")])
    assert found.roots_both == ("the staff",)
    assert "On both sides, so counted on neither: the staff." in in_full(found, (), ())


def test_records_that_bear_a_part_out_are_asked_for_the_rest() -> None:
    found = changes([word("staff")], RecordTest("partly"))
    assert any(one.what == "records that can test all of it, coming out for it" for one in found)


def test_a_grade_that_is_asked_for_is_one_of_the_roots_for_it() -> None:
    evidence = [word("staff"), word("ministry", AGAINST)]
    graded = next(one for one in changes(evidence, None) if one.what.startswith("a grade B"))
    assert graded.probability == pytest.approx(posterior(0.5, 5 / 1.2))
