"""The matcher on a small invented list."""

import pickle
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parties.match.world import PARTIES, matcher
from tests.parties.match.world import party as invented

from entrepot.errors import RequestError
from entrepot.parties.match.ahead import LONG
from entrepot.parties.match.index import NameIndex
from entrepot.parties.match.matcher import Matcher, Query

ALGORITHMS = ("best", "fallback")


def ids(name: str, schema: str | None, algorithm: str = "best", **other: str) -> list[str]:
    hits = matcher(algorithm).match(Query.of(name, schema, **other))
    return [hit.party.party_id for hit in hits]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(
    ("asked", "schema", "expected"),
    [
        ("Vladimir Sergeevich Navarovski", "Person", "p-nav"),
        ("Владимир Сергеевич Наваровский", "Person", "p-nav"),
        ("Уладзімір Сяргеевіч Наваўроўскі", "Person", "p-nav"),
        ("عبد الرحمن حمدان الظوهراني", "Person", "p-khal"),
        ("Abdulrahman Hamdan Zawahrani", "Person", "p-khal"),
        ("李晓翠", "Person", "p-li"),
        ("렴광철", "Person", "p-ryom"),
        ("ТОО Веладзор", "Company", "c-vel"),
        ("KURMANGAZ COMM GRP", "Company", "c-com"),
        ("Aero Martinian Airlines", "Company", "c-aero"),
        ("Veladzor", None, "c-vel"),
        ("EPGXM", "Airplane", "a-gom"),
        ("EP-GXM", None, "a-gom"),
        ("M/V Artamella", "Vessel", "v-one"),
    ],
)
def test_other_spellings_are_found(
    asked: str, schema: str | None, expected: str, algorithm: str
) -> None:
    assert ids(asked, schema, algorithm)[:1] == [expected]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(
    ("asked", "schema"),
    [
        ("Global Trading LLC", "Company"),
        ("Communications Group", "Company"),
        ("Trading and Technical Services LLC", "Company"),
        ("Vladimir Ivanov", "Person"),
        ("EP-GXN", "Airplane"),
        ("EP-GXN", None),
        ("RF70002", "Airplane"),
        ("Zavod Uzlovoy Plant 5", "Company"),
        ("Roman Petrovich", "Company"),
    ],
)
def test_other_parties_are_not(asked: str, schema: str | None, algorithm: str) -> None:
    assert ids(asked, schema, algorithm) == []


def test_the_listed_name_itself_scores_highest() -> None:
    for party in PARTIES:
        own = matcher().match(Query.of(party.caption, party.schema))[0]
        assert own.party == party
        worse = matcher().match(Query.of(f"{party.caption} Zyqquvar", party.schema), threshold=0)
        assert all(hit.score <= own.score for hit in worse if hit.party == party)


def test_one_tail_with_and_without_hyphen_also_as_registration() -> None:
    query = Query("Airplane", {"registrationNumber": ("EPGXM",)})
    assert [hit.party.party_id for hit in matcher().match(query)] == ["a-gom"]


def test_another_ship_number_under_the_same_name_is_said_and_no_hit() -> None:
    query = Query.of("ARTAMELLA", "Vessel", imoNumber="9187631")
    assert matcher().match(query) == []
    low = matcher().match(query, threshold=0.3)[0]
    assert "IMO 9187631 and 9187629 differ" in low.words


def test_the_same_ship_number_under_another_name_is_a_hit() -> None:
    hit = matcher().match(Query.of("QUITE ANOTHER", "Vessel", imoNumber="IMO 9187629"))[0]
    assert (hit.party.party_id, hit.score) == ("v-one", 0.95)
    assert "same IMO 9187629" in hit.words


def test_a_company_with_another_tax_number_is_no_plain_hit() -> None:
    assert ids("OOO Veladzor", "Company", innCode="7707083893") == ["c-vel"]
    assert ids("OOO Veladzor", "Company", innCode="7736050003") == []


def test_a_birth_date_decides_between_persons() -> None:
    name = "Uladzimir Navarouski"
    same, other = ("1961-04-05", "1985-01-02")
    plain = matcher().match(Query.of(name, "Person"))[0].score
    agreed = matcher().match(Query.of(name, "Person", birthDate=same))[0]
    assert agreed.score > plain
    against = matcher().match(Query.of(name, "Person", birthDate=other), threshold=0.2)[0]
    assert against.score < plain
    assert any("differ" in word for word in against.words)


def test_words_say_what_matched_and_what_is_left() -> None:
    words = matcher().match(Query.of("Vladimir Navarovski", "Person"))[0].words
    assert "'vladimir' and 'uladzimir': spellings of one name" in words or any(
        "'uladzimir'" in word for word in words
    )
    assert any(word.startswith("only in the listed name") for word in words)


def test_only_parties_listed_on_the_day() -> None:
    name = "Abdulrahman Hamdan Zawahrani"

    def listed(on: date) -> list[str]:
        return [hit.party.party_id for hit in matcher().match(Query.of(name, "Person"), on=on)]

    assert listed(date(2019, 12, 31)) == ["p-khal"]
    assert listed(date(2020, 1, 1)) == []
    undated = matcher().match(Query.of("Ryom Kwang Chol", "Person"), on=date(2000, 1, 1))[0]
    assert "no first day" in undated.words[-1]


def test_keep_leaves_parties_out() -> None:
    query = Query.of("Veladzor", "Company")
    assert matcher().match(query, keep=lambda party: party.party_id != "c-vel") == []


def test_a_query_of_nothing_is_refused() -> None:
    with pytest.raises(RequestError, match="without a name or an identifier"):
        matcher().match(Query("Person", {}))


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(RequestError, match="got algorithm 'other'"):
        Matcher.build(PARTIES, algorithm="other")


def test_the_fallback_says_that_it_is_the_fallback() -> None:
    assert matcher("fallback").algorithm == "fallback"


def test_the_order_of_the_list_does_not_matter() -> None:
    turned = Matcher.build(PARTIES[::-1], algorithm="fallback")
    for party in PARTIES:
        query = Query.of(party.caption, party.schema)
        assert [(hit.party, hit.score) for hit in turned.match(query, threshold=0.3)] == [
            (hit.party, hit.score) for hit in matcher("fallback").match(query, threshold=0.3)
        ]


def test_an_empty_list_answers_nothing() -> None:
    assert Matcher.build((), algorithm="fallback").match(Query.of("Ann Example")) == []


def test_a_pickled_matcher_answers_the_same() -> None:
    copy = pickle.loads(pickle.dumps(matcher("fallback")))
    query = Query.of("Vladimir Navarovski", "Person")
    assert copy.match(query) == matcher("fallback").match(query)


def test_search_is_loose() -> None:
    found = matcher().search("navarovski")
    assert found[0][0].party_id == "p-nav"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "😀🎉",
        "\u202eقلم\u202c",
        "'; DROP TABLE parties; --",
        "((((((",
        "\x00",
        "١٢٣",
        "—",
    ],
)
def test_hostile_text_never_crashes(text: str) -> None:
    for schema in (None, "Person", "Company", "Vessel", "Airplane", "Nonsense"):
        assert matcher("fallback").match(Query.of(text + "a", schema)) is not None


def test_a_long_name_is_cut_and_said() -> None:
    hits = matcher().match(Query.of("Veladzor " + "x" * 10_000, "Company"), threshold=0.0)
    assert any("only the first 300" in word for hit in hits for word in hit.words)


@settings(max_examples=80, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text_gets_scores_between_0_and_1(text: str) -> None:
    if not text.strip():
        return
    for hit in matcher("fallback").match(Query.of(text), threshold=0.0, limit=3):
        assert 0 <= hit.score <= 1
        assert round(hit.score, 4) == hit.score


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PARTIES), st.text("abdefgiklmnoprstuvz", min_size=6, max_size=10))
def test_a_strange_word_more_never_raises_the_score(party, word: str) -> None:  # type: ignore[no-untyped-def]
    def score(name: str) -> float:
        hits = matcher("fallback").match(Query.of(name, party.schema), threshold=0.0, limit=50)
        return max((hit.score for hit in hits if hit.party == party), default=0.0)

    assert score(f"{party.caption} {word}") <= score(party.caption)


def test_known_names_added_later_make_the_same_index() -> None:
    later = NameIndex(PARTIES, known=False)
    later.know()
    at_once = NameIndex(PARTIES)
    assert [word.symbols for word in later.vocabulary.words] == [
        word.symbols for word in at_once.vocabulary.words
    ]


def test_a_long_list_is_indexed_beside_the_loading_tables() -> None:
    many = [
        *PARTIES,
        *(invented(f"f-{number}", "Person", f"Zyq Filler{number}") for number in range(LONG)),
    ]
    hits = Matcher.build(many).match(Query.of("Vladimir Navarovski", "Person"))
    assert [hit.party.party_id for hit in hits] == ["p-nav"]
