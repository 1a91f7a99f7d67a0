"""Places, goods and bodies in worked sentences (`gazetteers.tsv`), their lists, and their laws."""

import csv
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.codes import aliases, country
from entrepot.codes.commodity import is_labelled
from entrepot.codes.editions import links
from entrepot.evidence.language.bodies import bodies
from entrepot.evidence.language.goods import POINTERS, goods
from entrepot.evidence.language.mention import Body, Goods, Place
from entrepot.evidence.language.phrases import Lexicon, spelled
from entrepot.evidence.language.places import places
from entrepot.evidence.language.wordlists import rows

WHATS_OF_PLACES = {"country", "group", "site", "city", "people"}
WHATS_OF_BODIES = {
    "company", "agency", "force", "court", "media", "person", "aircraft", "vessel", "vehicle",
    "role",
}  # fmt: skip
FINDERS: dict[str, Callable[[str], list[Place] | list[Goods] | list[Body]]] = {
    "places": places,
    "goods": goods,
    "bodies": bodies,
}


def _sentences() -> list[tuple[str, str, str]]:
    lines = Path(__file__).with_name("gazetteers.tsv").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("#")]
    return [(row["finder"], row["text"], row["expected"])
            for row in csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)]  # fmt: skip


def _value(one: Place | Goods | Body) -> str:
    if isinstance(one, Goods):
        return one.codes[0] if one.codes else ""
    return one.code if isinstance(one, Place) else f"{one.what}/{one.code}"


@pytest.mark.parametrize(("finder", "text", "expected"), _sentences())
def test_worked_sentence(finder: str, text: str, expected: str) -> None:
    found = [f"{text[one.start : one.end]}={_value(one)}" for one in FINDERS[finder](text)]
    assert "; ".join(found) == (expected if expected != "none" else "")


def test_there_are_enough_worked_sentences_of_each_language() -> None:
    texts = [text for _, text, _ in _sentences()]
    cyrillic = [text for text in texts if any("\u0400" <= sign <= "\u04ff" for sign in text)]
    assert len(texts) >= 150
    assert len(cyrillic) >= 40


# The lists


def _codes(name: str) -> list[tuple[str, str]]:
    return [(row["lemma"], code) for row in rows(name) for code in row["codes"].split()]


def test_every_code_of_goods_is_in_the_hs() -> None:
    listed = _codes("goods_en") + _codes("goods_parts")
    assert len(listed) > 500
    assert [pair for pair in listed if not is_labelled(pair[1])] == []


def test_no_code_of_goods_ended_with_hs_2017() -> None:
    # Ended codes belong into goods_2017.tsv: heading 8803 and the like.
    ended = {"8803", "851712", "851770", "852580", "854140", "854150", "854890", "870120"}
    assert [pair for pair in _codes("goods_en") + _codes("goods_parts") if pair[1] in ended] == []


def test_codes_of_2017_agree_with_the_correlation_table() -> None:
    # World Customs Organization, correlation tables HS 2022 to HS 2017, as held by codes.editions.
    known: dict[str, set[str]] = {}
    for link in links():
        if link.year == 2022 and link.old and link.old != link.new:
            known.setdefault(link.new, set()).add(link.old)
    listed = {row["hs2022"]: set(row["hs2017"].split()) for row in rows("goods_2017")}
    compared = {code for code in listed if code in known}
    assert {"8807", "851713", "870121", "852589"} <= compared
    assert {code: listed[code] for code in compared if not listed[code] & known[code]} == {}


def test_goods_said_before_2022_have_their_former_codes() -> None:
    (parts,) = goods("aircraft parts")
    assert (parts.codes, parts.codes_2017) == (("8807", "88"), ("8803", "88"))
    (phones,) = goods("smartphones")
    assert (phones.codes, phones.codes_2017) == (("851713",), ("851712",))
    (coal,) = goods("coal")
    assert coal.codes_2017 == ()  # the same in both editions


def test_many_phrases_are_listed_in_each_language() -> None:
    def count(name: str) -> int:
        return sum(len(spelled(form)) for row in rows(name) for form in row["phrases"].split(";"))

    assert count("goods_en") >= 300
    assert count("goods_ru") >= 80
    assert count("goods_uk") >= 80


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_lemmas_of_other_languages_are_listed_in_english(language: str) -> None:
    english = {row["lemma"] for row in rows("goods_en")}
    assert {row["lemma"] for row in rows(f"goods_{language}")} <= english


def test_pointers_have_no_codes() -> None:
    assert {row["lemma"]: row["codes"] for row in rows("goods_en") if row["lemma"] in POINTERS} == (
        dict.fromkeys(POINTERS, "")
    )


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_places_of_the_lists_are_well_formed(language: str) -> None:
    for row in rows(f"places_{language}"):
        assert row["what"] in WHATS_OF_PLACES | {"-"}, row
        assert row["guard"] in ("", "person", "state", "bird", "us", "the"), row
        if row["what"] in ("country", "people", "city", "site") and row["code"].isupper():
            assert len(row["code"]) == 3 or row["code"] in ("EU",), row
        if row["what"] in ("country", "city"):
            assert country.name(row["code"]), row


def test_bodies_of_the_lists_are_well_formed() -> None:
    groups = {"", "EU", "UN", "EAEU", "NATO"}
    for row in rows("bodies_named"):
        assert row["what"] in WHATS_OF_BODIES | {"-"}, row
        assert row["code"] in groups or country.name(row["code"]), row
    for row in rows("bodies_words"):
        assert row["letter"] in "AECHRJFIDKX", row
        assert row["what"] in WHATS_OF_BODIES | {"-"}, row


def test_every_country_is_found_under_its_short_name() -> None:
    codes = {*aliases.EU27, "RUS", "BLR", "KAZ", "KGZ", "ARM", "GEO", "TUR", "ARE", "CHN", "USA"}
    for code in sorted(codes):
        found = places(f"Goods went to {country.name(code)} in 2022.")
        assert [one.code for one in found] == [code]


# The laws

PIECES = """
    the of and for Belarus Belarusian Russia EU US Georgia bloc parts spare aircraft military Boeing
    737 HS code 8807 30 00 customs officials LLC Ltd OOO Kvazar President Lukashenko Il-76 , . ; ( )
    « » " ' - запчасти для самолётов Беларуси митниця України 558-й завод IMO 9329760
"""
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=30).map(" ".join)


def _obeys(text: str, found: list[Place] | list[Goods] | list[Body]) -> None:
    last = 0
    for one in found:
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        last = one.end
        if isinstance(one, Body):
            assert one.what in WHATS_OF_BODIES
            assert one.name == text[one.start : one.end]
        elif isinstance(one, Goods):
            assert all(code.isdigit() and len(code) in (2, 4, 6) for code in one.codes)
        else:
            assert one.what in WHATS_OF_PLACES


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=300), WORDS))
def test_mentions_lie_inside_in_order_and_apart(text: str) -> None:
    for finder in FINDERS.values():
        found = finder(text)
        _obeys(text, found)
        assert finder(text) == found


@settings(max_examples=25, deadline=None)
@given(WORDS, WORDS)
def test_a_paragraph_changes_nothing_in_the_next(first: str, second: str) -> None:
    # "the bloc" looks back on purpose; no other mention may depend on a paragraph before it.
    first, second = first.replace("bloc", ""), second.replace("bloc", "")
    second = second.replace("Georgia", "")
    gap = ".\n\n\n"
    alone = [(one.start, one.end) for one in goods(second)]
    cut = len(first) + len(gap)
    both = [(one.start - cut, one.end - cut) for one in goods(first + gap + second)]
    assert [span for span in both if span[0] >= 0] == alone


def _seconds(finder: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    finder(text)
    return time.process_time() - began


HOSTILE = {
    "prose": "Two customs officials said parts for Boeing jets left Belarus for Dubai, HS 8807. ",
    "capitals": "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi ",
    "modifiers": "new used military civil large state-owned senior Boeing Airbus and or the ",
    "one letter": "a",
    "quotes": '"«“',
    "codes": "HS 8807, 8807, 8807, 8542, ",
    "tails": "EW-465TQ IMO IMO (IMO 9329760 ",
    "ships": "ship Aa Aa Aa 1 1 vessel ",
}


@pytest.mark.parametrize("finder", FINDERS)
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(finder: str, piece: str) -> None:
    find = FINDERS[finder]
    find("warm up: Belarus, aircraft parts, Belavia")
    short, long = piece * (4_000 // len(piece)), piece * (64_000 // len(piece))
    small = min(_seconds(find, f"{short}{number}") for number in range(3))
    large = min(_seconds(find, f"{long}{number}") for number in range(2))
    # Sixteen times the text: 256 times the time would be its square.
    assert large < 64 * max(small, 0.003)


# The spelling of the lists


def _found(phrases: list[str], text: str) -> list[str]:
    lexicon = Lexicon((phrase, phrase) for phrase in phrases)
    return [text[hit.start : hit.end] for hit in lexicon.find(text)]


def test_the_longest_phrase_wins() -> None:
    assert _found(["hong", "hong kong", "kong"], "Hong Kong kong") == ["Hong Kong", "kong"]


def test_case_of_the_list_binds() -> None:
    assert _found(["US"], "us Us US U.S.") == ["US", "U.S."]
    assert _found(["Turkey"], "turkey Turkey TURKEY") == ["Turkey", "TURKEY"]
    assert _found(["oil"], "oil Oil OIL") == ["oil", "Oil", "OIL"]


def test_a_stem_takes_endings_and_no_other_words() -> None:
    assert _found(["газ~"], "газ газа газом газета газетой") == ["газ", "газа", "газом"]
    assert _found(["part~"], "part parts party") == ["part", "parts"]


def test_brackets_stand_for_several_phrases() -> None:
    assert sorted(spelled("(a|b) [c] d")) == ["a  d", "a c d", "b  d", "b c d"]


def test_words_join_over_blank_hyphen_and_line_end_only() -> None:
    phrase = ["dual use goods"]
    for joined in ("dual use goods", "dual-use goods", "dual-use\ngoods", "dual‑use  goods"):
        assert _found(phrase, joined) == [joined]
    for apart in ("dual. use goods", "dual-use\n\ngoods", "dual, use goods", "dual (use) goods"):
        assert _found(phrase, apart) == []


def test_accents_and_composed_letters_do_not_matter() -> None:
    assert _found(["Türkiye"], "Turkiye T\u00fcrkiye Tu\u0308rkiye") == [
        "Turkiye", "T\u00fcrkiye", "Tu\u0308rkiye",
    ]  # fmt: skip
    assert [one.code for one in places("Кита\u0438\u0306 и Кита\u0439")] == ["CHN", "CHN"]


def test_finders_are_deterministic_across_order_of_calls() -> None:
    texts = [text for _, text, _ in _sentences()]
    first = [bodies(text) for text in texts]
    random.Random(1).shuffle(texts)
    for text in texts:
        bodies(text)
    assert [bodies(text) for _, text, _ in _sentences()] == first
