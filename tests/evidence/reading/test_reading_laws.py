"""What holds for any text: spans to the letter, no crash, the same answer twice, known words."""

from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.evidence.claim import claim_of
from entrepot.evidence.reading.read import read_claims
from entrepot.evidence.report import Report
from entrepot.records.evidence import CLAIM, KINDS, PREDICATES

PIECES = (
    "Belarus", "the EU", "Turkey", "exports", "imports of chips", "fell by 91 %",
    "banned",
    "may not buy", "passes them on", "to Russia", "from China", "through Kyrgyzstan",
    "200 soldiers",
    "arrived", "on 20 August", "according to", "military intelligence", "probably", "denied that",
    "$14.4 million", "at a discount", "was added to the SDN list", "and", ", which", ";", ".", "\n",
    "\n\n", "- ", "If", "?", "“", "экспорт", "вырос на 5 %", "Росія", "заборонила", "İ", "\u0000",
    "é", "\U0001f600", "1.", "it", "they", ":",
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
)


@settings(max_examples=120, deadline=None)
@given(texts, st.sampled_from([None, date(2024, 2, 29)]))
def test_any_text_gives_claims_whose_words_stand_in_it(text, day):
    report = Report(text, reported_on=day)
    claims = read_claims(report)
    assert claims == read_claims(report)
    for claim in claims:
        start, end = claim.span
        assert 0 <= start < end <= len(text)
        assert claim.text == text[start:end]
        assert claim.text == claim.text.strip()
        assert claim.predicate in PREDICATES[claim.type]
        assert claim.kind in KINDS
        assert (claim.quantity is None) == (claim.bound is None)
        for spans in claim.parts.values():
            assert all(0 <= first < last <= len(text) for first, last in spans)
        assert set(claim.parts) <= set(CLAIM)
        assert claim_of(claim.row()) == claim


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_claims_stand_in_order_and_are_apart_or_one_inside_another(text):
    spans = [claim.span for claim in read_claims(Report(text))]
    assert all(one[0] <= other[0] for one, other in pairwise(spans))
    for one, other in combinations(spans, 2):
        assert one[1] <= other[0] or other[1] <= one[1]  # a relative clause in its sentence


def test_the_claims_of_gold_reports_have_an_id_each():
    for path in sorted((Path(__file__).parents[1] / "reports").glob("*.txt")):
        claims = read_claims(Report(path.read_text(encoding="utf-8")))
        assert len({claim.claim_id for claim in claims}) == len(claims)
