"""Worked pairs in every script that the layers were built for."""

import pytest

from entrepot.parties.match.arabic import consonants, native_consonants, split_servant
from entrepot.parties.match.cyrillic import from_cyrillic
from entrepot.parties.match.eastern import eastern_form, person_variants
from entrepot.parties.match.names import readings
from entrepot.parties.match.slavic import slavic_form


@pytest.mark.parametrize(
    "spellings",
    [
        "lukashenka lukashenko lukasenka",
        "aliaksandr aleksandr alexander oleksandr",
        "siarhei sergei sergey serhii sergej",
        "mikalaevich nikolaevich",
        "uladzimiravich vladimirovich",
        "shuliakouski shuliakovski",
        "yauhen evgeny yevgeniy jauhien yevhen",
        "henadz gennadi gennady",
        "dzmitry dmitri dmitriy",
        "kavaliou kovalev kovalyov",
        "tatsiana tatiana tatyana",
        "katsiaryna ekaterina kateryna",
        "ryhor grigory hryhorii",
    ],
)
def test_spellings_of_one_slavic_name_share_a_form(spellings: str) -> None:
    assert len({slavic_form(word) for word in spellings.split()}) == 1


def test_cyrillic_and_its_latin_spelling_share_a_form() -> None:
    assert slavic_form(from_cyrillic("Лукашэнка")) == slavic_form("lukashenko")
    assert slavic_form(from_cyrillic("Навумаў")) == slavic_form("navumau")


def test_different_slavic_names_keep_apart() -> None:
    assert slavic_form("ivanov") != slavic_form("petrov")
    assert slavic_form("marina") != slavic_form("moreno")


@pytest.mark.parametrize(
    ("native", "latin"),
    [("محمد", "mohamed"), ("تنتوش", "tantoush"), ("خالد", "khalid"), ("ابراهيم", "ibrahim")],
)
def test_arabic_script_and_latin_share_their_consonants(native: str, latin: str) -> None:
    assert native_consonants(native) == consonants(latin)


def test_a_joined_servant_name_is_read_as_two() -> None:
    assert split_servant("abdulrahman") == ("abd", "rahman")
    assert split_servant("karim") == ("karim",)


def test_korean_spellings_of_one_name_share_a_form() -> None:
    for family in ("lee ri yi rhee", "park pak bak", "choe choi"):
        assert len({eastern_form(word) for word in family.split()}) == 1


def test_a_chinese_name_is_read_as_family_and_given_name_and_by_syllables() -> None:
    assert person_variants("李晓翠") == (("li", "xiaocui"), ("li", "xiao", "cui"))
    assert person_variants("欧阳明")[0] == ("ouyang", "ming")


def test_words_of_an_organisation_in_chinese_are_read_by_meaning() -> None:
    words = readings("巨航航空科技（深圳）有限公司", False)[0].words
    assert [word.concept for word in words if word.concept] == ["aviation", "technology", "llc"]


def test_a_legal_form_of_many_words_is_one() -> None:
    name = "Obshchestvo s ogranichennoi otvetstvennostyu Veladzor"
    assert [word.ascii for word in readings(name, False)[0].words] == ["llc", "veladzor"]


def test_trade_shorthand_is_read_by_meaning() -> None:
    words = readings("TECH & SRVCES INTL MFG CO., LTD.", False)[0].words
    meant = ["technology", "service", "international", "manufacturing", "llc"]
    assert [word.concept for word in words] == meant


def test_a_patronymic_is_marked_only_inside_a_name_of_three_words() -> None:
    kinds = [word.kind for word in readings("Roman Arkadyevich ABRAMOVICH", True)[0].words]
    assert kinds == ["plain", "patronymic", "plain"]
    assert {word.kind for word in readings("Roman Abramovich", True)[0].words} == {"plain"}
