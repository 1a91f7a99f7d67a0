"""Addresses and topics: one spelling each, and clear refusals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.letters.letterworld import corrected, item

from entrepot.dossiers.letters.address import normal, same, shown
from entrepot.dossiers.letters.topics import said, topics, wants
from entrepot.errors import CodeError, EntrepotError, RequestError


def test_a_domain_is_kept_in_ascii_and_shown_as_written() -> None:
    # xn--bcher-kva is the worked example of https://www.rfc-editor.org/rfc/rfc3492 in common use
    assert normal(" Desk@BÜCHER.example ") == "Desk@xn--bcher-kva.example"
    assert shown("Desk@xn--bcher-kva.example") == "Desk@bücher.example"


def test_two_spellings_are_one_mailbox() -> None:
    assert same(normal("A@Example.ORG")) == same(normal("a@example.org"))


@pytest.mark.parametrize(
    "text",
    ["", "desk", "@example.org", "desk@", "a b@example.org", "a@b@example.org", "a@localhost",
     "a@127.0.0.1", ".a@example.org", "a..b@example.org", "ä@example.org", "a@exa mple.org",
     "a@example.org\r\nBcc: b@example.org", "a\n@example.org", "a@-x.org", "<a@example.org>",
     "x" * 65 + "@example.org", "a@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 63 + "." + "e" * 63],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(RequestError) as found:
        normal(text)
    assert "\n" not in str(found.value)
    assert "\r" not in str(found.value)


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_whatever_is_given_an_address_has_no_sign_that_ends_a_line_or_a_path(text: str) -> None:
    try:
        found = normal(text)
    except EntrepotError:
        return
    assert found.isascii()
    assert not set(found) & set("\r\n <>\x00")
    assert normal(found) == found


def test_topics_have_one_spelling() -> None:
    assert topics(["hub: United Arab Emirates; code:88.07", "HUB:AE"]) == ("code:8807", "hub:ARE")
    assert topics([]) == topics(["hub:AE;all"]) == ("all",)
    assert (
        said(topics(["hub:AE;code:8807"])) == "goods under 8807 and cases on United Arab Emirates"
    )


@pytest.mark.parametrize("text", ["everything", "hub:", "code:", "land:ARE", "all:1"])
def test_a_topic_of_no_kind_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="expected one of four"):
        topics([text])
    with pytest.raises(CodeError):
        topics(["code:77"])


@pytest.mark.parametrize(
    ("topic", "is_wanted"),
    [("all", True), ("hub:GEO", True), ("hub:RUS", False), ("code:88", True),
     ("code:88073000", True), ("code:8806", False), ("corrections", False)],
)  # fmt: skip
def test_an_item_is_of_a_topic(topic: str, is_wanted: bool) -> None:
    assert wants([topic], item()) is is_wanted
    assert wants(["corrections"], corrected(hubs=(), codes=()))
