"""The scorer of gold reports, worked by hand."""

from itertools import pairwise
from typing import Any

import gold
import gold_fit
import gold_parts
import pytest

TEXT = "China bought 200 tyres in May, and Belarus denies it. Nothing else was said."
BOUGHT, DENIES = "China bought 200 tyres in May", "Belarus denies it"


def claim(words: str, **parts: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    row: dict[str, Any] = {
        "span": (start, start + len(words)), "type": "trade", "kind": "fact", "predicate": "buys",
        "is_negated": False, "actors": ["CHN"], "goods": ["tyres"], "goods_codes": ["4011"],
        "origin": None, "destination": None, "date_from": "2022-05-01", "date_to": "2022-06-01",
        "quantity": 200.0, "quantity_to": None, "unit": "tyres", "attributed_to": None,
        "hedge": None,
    }  # fmt: skip
    return {**row, **parts}


def test_everything_right_counts_once_in_every_measure() -> None:
    found = gold.score("r", TEXT, [claim(BOUGHT)], [claim(BOUGHT)])
    assert found.share("recall") == found.share("span precision") == found.share("type") == 1.0
    assert all(found.share(part) == 1.0 for part in gold_parts.PARTS)
    assert found.of("recall") == 1
    assert not found.missed
    assert not found.extra
    assert not found.wrong


def test_no_proposals_and_no_gold() -> None:
    silent = gold.score("r", TEXT, [claim(BOUGHT), claim(DENIES)], [])
    assert (silent.share("recall"), silent.of("recall")) == (0.0, 2)
    assert silent.share("span precision") is None
    chatter = gold.score("r", TEXT, [], [claim(BOUGHT)])
    assert chatter.share("recall") is None
    assert (chatter.share("span precision"), len(chatter.extra)) == (0.0, 1)


def test_one_proposal_serves_one_gold_claim_only() -> None:
    """A stretch over the whole sentence cannot stand for both of its claims."""
    both = claim(f"{BOUGHT}, and {DENIES}")
    found = gold.score("r", TEXT, [claim(BOUGHT), claim(DENIES)], [both])
    assert found.hits("recall") == 1  # 29 of 51 characters: over half of the union with the first
    twice = gold.score("r", TEXT, [claim(BOUGHT)], [claim(BOUGHT), claim(BOUGHT)])
    assert (twice.hits("recall"), twice.share("span precision")) == (1, 0.5)


def test_as_many_pairs_as_can_be_made() -> None:
    """Greedy by overlap would give the first proposal away and leave one gold claim without."""
    rows = [claim("China bought 200 tyres"), claim("bought 200 tyres in May")]
    proposals = [claim("China bought 200 tyres in"), claim("China bought 200 tyre")]
    assert gold.score("r", TEXT, rows, proposals).share("recall") == 1.0


def test_a_few_words_inside_a_clause_never_fit() -> None:
    found = gold.score("r", TEXT, [claim(BOUGHT)], [claim("200 tyres")])
    assert found.hits("recall") == found.hits("span precision") == 0
    assert found.missed[0][0] == "r"


def test_a_whole_sentence_may_stand_for_its_only_claim_but_two_sentences_not() -> None:
    assert gold.score("r", TEXT, [claim("bought 200 tyres")], [claim(TEXT[:52])]).hits("recall")
    assert not gold.score("r", TEXT, [claim("bought 200 tyres")], [claim(TEXT)]).hits("recall")


def test_a_neighbour_in_the_sentence_sets_a_border() -> None:
    whole = claim(TEXT[:52])
    short = claim("denies it")
    assert gold.score("r", TEXT, [short], [whole]).hits("recall") == 1
    assert gold.score("r", TEXT, [claim("China bought"), short], [whole]).hits("recall") == 0
    spare = claim("China bought", optional=True)  # it may be left out, so it sets no border
    assert gold.score("r", TEXT, [spare, short], [whole]).hits("recall") == 1


def test_wrong_type_counts_for_spans_and_against_recall_and_type() -> None:
    found = gold.score("r", TEXT, [claim(BOUGHT)], [claim(BOUGHT, type="transfer")])
    assert (found.share("recall"), found.share("span precision"), found.share("type")) == (0, 1, 0)
    assert found.of("dates") == 0


def test_optional_rows_save_a_proposal_and_are_never_missed() -> None:
    row = claim(BOUGHT, optional=True)
    assert gold.score("r", TEXT, [row], []).of("recall") == 0
    found = gold.score("r", TEXT, [row], [claim(BOUGHT, type="other")])
    assert (found.share("span precision"), found.of("type"), found.of("recall")) == (1.0, 0, 0)


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("kind", {"kind": "denial"}),
        ("predicate", {"predicate": "sells"}),
        ("negation", {"is_negated": True}),
        ("dates", {"date_to": "2022-05-31"}),
        ("dates", {"date_from": None}),
        ("number", {"quantity": 200.001}),
        ("number", {"quantity": None}),
        ("number", {"unit": "car tyres"}),
        ("number", {"quantity_to": 300.0}),
        ("actors", {"actors": ["CHN", "BLR"]}),
        ("actors", {"actors": []}),
        ("goods", {"goods": ["engines"]}),
        ("goods_codes", {"goods_codes": ["40"]}),
        ("goods_codes", {"goods_codes": []}),
        ("origin", {"origin": "CHN"}),
        ("attributed_to", {"attributed_to": "a ministry"}),
        ("hedge", {"hedge": "probably"}),
    ],
)
def test_each_wrong_part_is_seen_and_no_other_with_it(part: str, wrong: dict[str, Any]) -> None:
    found = gold.score("r", TEXT, [claim(BOUGHT)], [claim(BOUGHT, **wrong)])
    assert [one[0] for one in found.wrong] == [part]


def test_a_key_left_out_is_not_judged() -> None:
    row = {key: value for key, value in claim(BOUGHT).items() if key not in ("date_to", "hedge")}
    found = gold.score("r", TEXT, [row], [claim(BOUGHT, date_from=None, hedge="maybe")])
    assert found.of("dates") == found.of("hedge") == 0
    assert not found.wrong


def test_may_is_not_may_not() -> None:
    assert not gold_parts.right("predicate", {"predicate": "may"}, {"predicate": "may_not"})
    assert gold_parts.right("predicate", {"predicate": "may|lifts"}, {"predicate": "lifts"})


@pytest.mark.parametrize(
    ("gold_said", "read", "hit"),
    [
        ((25, "%"), (0.25, "share"), True),
        ((0.25, "share"), (25, "%"), True),
        ((25, "%"), (25, "share"), False),
        ((0.25, "share"), (0.25, "%"), False),
        ((25, "%"), (25, "USD"), False),
        ((2, "times"), (2, "times"), True),
    ],
)
def test_by_a_quarter_is_25_percent_or_a_share_of_025(
    gold_said: tuple[float, str], read: tuple[float, str], hit: bool
) -> None:
    one = {"quantity": gold_said[0], "quantity_to": None, "unit": gold_said[1]}
    other = {"quantity": read[0], "quantity_to": None, "unit": read[1]}
    assert gold_parts.number(one, other) is hit


def test_both_ends_of_a_range_are_told_as_shares_or_in_percent() -> None:
    one = {"quantity": 30, "quantity_to": 50, "unit": "%"}
    other = {"quantity": 0.3, "quantity_to": 0.5, "unit": "share"}
    assert gold_parts.number(one, other)
    assert not gold_parts.number(one, {**other, "quantity_to": 0.6})


def test_other_readings_and_choices() -> None:
    row = claim(BOUGHT, **{"or": [{"quantity": 2.5e6, "unit": "USD"}]})
    assert gold_parts.right("number", row, claim(BOUGHT, quantity=2.5e6, unit="USD"))
    assert not gold_parts.right("number", row, claim(BOUGHT, quantity=2.5e6, unit="tyres"))
    assert gold_parts.one_name("RUS|", None)
    assert not gold_parts.one_name("RUS", None)
    assert not gold_parts.one_name(None, "RUS")


def test_names_are_alike_when_the_shorter_stands_in_the_longer() -> None:
    assert gold_parts.one_name("military intelligence", "Ukrainian military intelligence")
    assert gold_parts.one_name("the ministry", "ministry")
    assert not gold_parts.one_name("military intelligence", "foreign intelligence")
    assert not gold_parts.one_name("the", "ministry")  # idle words alone name nobody


def test_every_proposed_code_lies_under_an_acceptable_one() -> None:
    assert gold_parts.codes(["88", "8411"], ["8807", "841191"])
    assert not gold_parts.codes(["88"], ["8807", "8708"])
    assert not gold_parts.codes(["8807"], ["88"])
    assert gold_parts.codes([], [])


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = 'On 3 Sept. 2023 it fell 1.5 p.m. "Yes." He left.\n\n2. The E. No end'
    bounds = gold_fit.sentence_bounds(text)
    assert [text[a:b].strip() for a, b in pairwise(bounds)] == [
        'On 3 Sept. 2023 it fell 1.5 p.m.', '"Yes."', "He left.", "2. The E. No end",
    ]  # fmt: skip


def test_wilson_against_values_worked_by_hand() -> None:
    """z = 1.645: (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n), with p = 8/10."""
    low, high = gold.wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.5408, 0.9314)
    assert gold.wilson(0, 0) == (0.0, 1.0)
    assert gold.wilson(10, 10)[1] == 1.0
    assert gold.wilson(0, 10)[0] == 0.0


def test_scores_add_up() -> None:
    one = gold.score("r", TEXT, [claim(BOUGHT)], [claim(BOUGHT)])
    other = gold.score("s", TEXT, [claim(DENIES)], [])
    both = one + other
    assert (both.hits("recall"), both.of("recall"), both.missed[0][0]) == (1, 2, "s")
    assert both.of("recall of trade") == 2


def test_gold_words_that_are_not_there_are_refused() -> None:
    assert gold.placed("a b a", {"text": "a", "nth": 2})["span"] == (4, 5)
    with pytest.raises(ValueError, match="not in the report"):
        gold.placed("a b a", {"text": "a", "nth": 3})


def test_where_a_fit_begins() -> None:
    """Half of the union is enough; without it, six tenths inside the room and not a hair less."""
    nowhere = (0, 0)
    assert gold_fit.fits((0, 10), (0, 20), nowhere)
    assert not gold_fit.fits((0, 9), (0, 20), nowhere)
    # 12 of the gold span's 20 characters, 12 of 35 in common: by the second rule only
    assert gold_fit.fits((5, 32), (20, 40), (0, 50))
    assert not gold_fit.fits((5, 31), (20, 40), (0, 50))
    assert not gold_fit.fits((5, 32), (20, 40), (6, 50))
    assert not gold_fit.fits((5, 32), (20, 40), (0, 31))
    assert not gold_fit.fits((3, 3), (3, 3), (0, 9))


def test_of_two_that_fit_the_one_with_the_right_parts_is_paired() -> None:
    """Two claims of one stretch ("from China and Turkey") go by their parts."""
    rows = [claim(BOUGHT, origin="CHN"), claim(BOUGHT, origin="TUR")]
    proposals = [claim(BOUGHT, origin="TUR"), claim(BOUGHT, origin="CHN")]
    assert not gold.score("r", TEXT, rows, proposals).wrong


def test_two_poor_pairs_beat_one_good_one() -> None:
    wrong = {"type": "other", "kind": "denial", "predicate": "says", "actors": [], "unit": None,
             "date_from": None, "quantity": None, "goods": [], "goods_codes": []}  # fmt: skip
    rows = [claim("bought 200 tyres in May"), claim("China bought 200 tyres in", **wrong)]
    proposals = [claim("bought 200 tyres in May"), claim("200 tyres in May, and", **wrong)]
    assert gold.score("r", TEXT, rows, proposals).share("span precision") == 1.0
