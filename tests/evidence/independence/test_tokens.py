"""Keys that mean the same in three languages, worked by hand."""

import pytest

from entrepot.evidence.independence.keys import key
from entrepot.evidence.independence.tokens import sentences


def keys_of(text: str) -> list[str]:
    return [token.key for sentence in sentences(text) for token in sentence.tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty-six", "f:26"), ("двадцать шесть", "f:26"), ("двадцять шість", "f:26"),
        ("1,340", "f:1340"), ("1 340", "f:1340"), ("1340", "f:1340"),
        ("1.2 million", "f:1200000"), ("1,2 млн", "f:1200000"), ("two hundred", "f:200"),
        ("558th", "f:558"), ("558-го", "f:558"),
        ("20 August", "d:08-20"), ("August 20", "d:08-20"), ("20 августа", "d:08-20"),
        ("20 серпня", "d:08-20"), ("2022-08-20", "d:08-20"), ("20.08.2022", "d:08-20"),
        ("in 2022", "y:2022"), ("MiG-29", "m:mig29"), ("МиГ-29", "m:mig29"), ("Ил-76", "m:il76"),
    ],
)  # fmt: skip
def test_numbers_days_and_types(text, expected):
    assert keys_of(f"x {text} x") == [expected]


def test_neighbouring_figures_stay_two():
    assert keys_of("4,200 306,000") == ["f:4200", "f:306000"]


def test_may_in_lower_case_is_no_month():
    assert keys_of("they may 5") == ["f:5"]


@pytest.mark.parametrize(
    "words",
    [
        ("lorries", "trucks", "фуры", "грузовиков", "вантажівок"),
        ("Belarusian", "Belarus", "белорусской", "білоруських"),
        ("Baranovichi", "Барановичах", "Барановичи", "Барановичів"),
        ("Smolensk", "Смоленску", "Смоленска"),
        ("Homel", "Гомеля", "Гомель", "Gomel"),
    ],
)
def test_words_of_one_meaning_have_one_key(words):
    assert len({key(word) for word in words}) == 1


def test_unlike_names_differ():
    assert key("Orsha") != key("Brest")


def test_sentences_keep_their_places():
    text = "Nothing. Trucks came. «Машины ушли»."
    for sentence in sentences(text):
        for token in sentence.tokens:
            assert sentence.start <= token.start < token.end <= sentence.end
    assert len(sentences(text)) == 3
