"""Whom a text names, and whether its publisher saw for itself."""

import pytest

from entrepot.evidence.independence.citing import citations, is_first_hand
from entrepot.evidence.independence.sources import publisher_of, source_of


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Officers left, according to Reuters.", "reuters"),
        ("It closed, Reuters reported on Monday.", "reuters"),
        ("It closed (source: Ukrinform).", "ukrinform"),
        ("See https://www.reuters.com/world/x for more.", "reuters"),
        ("Об этом сообщает Рейтер.", "reuters"),
        ("Со ссылкой на БелТА пишет портал.", "belta"),
        ("По данным военной разведки Украины, да.", "gur"),
        ("ГУР сообщило о поезде.", "gur"),
        ("За даними Головного управління розвідки, так.", "gur"),
        ("Посилаючись на Reuters, пише видання.", "reuters"),
        ("The Polish customs service said it seized three.", "customs"),
        ("Court papers unsealed on Thursday show a list.", "court"),
    ],
)
def test_names_the_source(text, base):
    assert base in {one.source.base for one in citations(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Residents said they saw trucks.",
        "A driver told us that it was cold.",
        "The weather was fine. Nobody said a word.",
        "Passengers reported a delay.",
        "Об этом рассказали жители.",
    ],
)
def test_witnesses_and_words_are_no_source(text):
    assert citations(text) == []


def test_words_stand_in_the_text():
    text = "Officers left, according to Ukrainian military intelligence."
    (one,) = citations(text)
    assert text[one.start : one.end] == "Ukrainian military intelligence"
    assert one.source.country == "UKR"
    assert one.source.words == "military intelligence (Ukraine)"


def test_countries_keep_sources_apart():
    polish, latvian, bare = map(source_of, ("Polish customs", "Latvian customs", "customs"))
    assert not polish.may_be(latvian)
    assert polish.may_be(bare)


def test_a_union_of_firefighters_is_not_the_fire_service():
    assert source_of("firefighters").base == "emergency"
    assert publisher_of("Firefighters' Union").base.startswith("x:")
    assert publisher_of("Reuters").base == "reuters"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Our correspondent counted nine.", True),
        ("«Нам рассказали в порту».", True),
        ("Наші спостерігачі бачили потяг.", True),
        ("The four correspondents left.", False),
    ],
)
def test_first_hand(text, told):
    assert is_first_hand(text) is told


def test_ministries_of_two_kinds_are_two_sources() -> None:
    trade, economy = source_of("the trade ministry"), source_of("the economy ministry")
    assert trade is not None
    assert economy is not None
    assert not trade.may_be(economy)
