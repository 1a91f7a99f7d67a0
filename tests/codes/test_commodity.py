import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.codes import commodity
from entrepot.errors import CodeError

CODES = (
    st.sampled_from(commodity.LENGTHS)
    .flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size))
    .filter(lambda code: code[:2] not in commodity.NO_CHAPTER)
)


@pytest.mark.parametrize("text", ["00", "000000", "77", "7701.10"])
def test_chapters_that_do_not_exist(text: str) -> None:
    with pytest.raises(CodeError, match="expected chapter 01 to 99 without 77"):
        commodity.normalise(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("8529 90 97", "85299097"), ("8807.30", "880730"), (" 88 ", "88"), ("01", "01")],
)
def test_normalise(text: str, expected: str) -> None:
    assert commodity.normalise(text) == expected


@pytest.mark.parametrize("text", ["TOTAL", "Total", "", "88-07", "88O7", "٨٨"])
def test_only_digits(text: str) -> None:
    with pytest.raises(CodeError, match="expected digits only"):
        commodity.normalise(text)


@pytest.mark.parametrize(
    ("text", "size"), [("10121", 5), ("8", 1), ("880", 3), ("8807300000000", 13)]
)
def test_wrong_length_names_the_leading_zero(text: str, size: int) -> None:
    with pytest.raises(CodeError, match=f"got {size} digits") as caught:
        commodity.normalise(text)
    assert "leading zero" in caught.value.hint


@given(CODES)
def test_parents_are_prefixes(code: str) -> None:
    assert commodity.level(code) == len(code)
    for level in commodity.LENGTHS:
        if level <= len(code):
            assert code.startswith(commodity.parent(code, level))
        else:
            with pytest.raises(CodeError):
                commodity.parent(code, level)


@pytest.mark.parametrize(
    ("period", "edition"),
    [
        ("1990", "1992"),
        ("1995-12", "1992"),
        ("1996", "1996"),
        ("2021-12", "2017"),
        ("2022-01", "2022"),
        ("2026", "2022"),
    ],
)
def test_edition(period: str, edition: str) -> None:
    assert commodity.edition_on(period) == edition


def test_no_edition_before_the_hs() -> None:
    with pytest.raises(CodeError, match="the HS began"):
        commodity.edition_on("1987")


def test_labels() -> None:
    assert commodity.label("8542").startswith("Electronic integrated circuits")
    assert "aeroplanes, helicopters" in commodity.label("88073000")
    assert commodity.label("880330").startswith("Aircraft parts")
    assert commodity.label("851712").startswith("Telephones for cellular")
    assert commodity.label("9898") == "code 9898"
    assert commodity.label("88").startswith("Aircraft")


def test_short_labels() -> None:
    shown = [commodity.short_label(code) for code in ("8542", "8807", "8703", "8517", "8708")]
    assert shown == [
        "integrated circuits",
        "aircraft parts",
        "cars",
        "telephones and network equipment",
        "vehicle parts",
    ]
    assert commodity.short_label("9898") == "code 9898"


def test_every_short_label_fits() -> None:
    from entrepot.codes.commodity import _labels

    for code in _labels():
        shown = commodity.short_label(code)
        assert 0 < len(shown) <= commodity.SHORT_LENGTH, code
        assert shown[-1] not in " ,;:-(", code
        assert shown.count("(") <= shown.count(")"), code


@given(CODES)
def test_any_code_has_a_label(code: str) -> None:
    assert commodity.label(code)
    assert commodity.short_label(code)
