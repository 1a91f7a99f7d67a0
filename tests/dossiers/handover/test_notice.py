"""Draft letters: what they say of themselves, and when there is none."""

from dataclasses import replace

import pytest
from tests.dossiers.dossier_world import FINDINGS, PARTY, small
from tests.dossiers.handover.handover_world import hostile, published, unanswered

from entrepot.dossiers.handover.handed import Given
from entrepot.dossiers.handover.notice import LETTERS, WATERMARK, notice_md, notice_txt
from entrepot.errors import DossierError, RequestError


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_says_first_and_last_that_no_authority_wrote_it(letter: str) -> None:
    lines = notice_txt(published(), Given(letter=letter)).content.decode().splitlines()
    assert lines[0] == lines[-1] == WATERMARK
    text = " ".join(lines)
    assert "no finding against you" in text
    assert "without any agency" in text
    assert "8807: Aircraft" in text
    assert "consistent with" in text


def test_letters_differ_in_what_the_reader_may_do() -> None:
    texts = {notice_txt(published(), Given(letter=one)).content for one in LETTERS}
    assert len(texts) == 3


def test_a_party_stands_with_its_reply_or_the_reason() -> None:
    text = notice_txt(published()).content.decode()
    assert f"Its reply, to the letter: “{PARTY.reply}”" in text
    why = replace(PARTY, reply="", no_reply_because="It was dissolved.")
    assert "No reply: It was dissolved." in notice_txt(published(parties=(why,))).content.decode()


def test_a_party_that_was_not_screened_is_not_called_clean() -> None:
    assert "listings: not known, no list is cited" in notice_txt(published()).content.decode()


def test_one_who_was_not_heard_is_not_named_even_in_a_draft() -> None:
    with pytest.raises(DossierError, match="neither a reply nor a reason") as caught:
        notice_txt(unanswered(), Given(is_draft=True))
    assert "entrepot reply" in caught.value.hint


def test_sources_are_numbered_as_they_are_used() -> None:
    text = notice_txt(published()).content.decode()
    said, _, sources = text.partition("SOURCES")
    assert "EUR 39,000 in May 2022. [2]" in said
    assert (
        "[2] EU exports of 8807 to Belarus by month; rows 12 to 14; Eurostat (made up); " in sources
    )
    assert f"https://example.org/figures; retrieved 2023-01-13; sha256 {'a' * 64}" in sources


def test_a_refuted_claim_is_no_ground_to_write() -> None:
    refuted = replace(FINDINGS[0], standing="refuted")
    assert FINDINGS[0].text not in notice_txt(published(findings=(refuted,))).content.decode()
    assert FINDINGS[0].text in notice_txt(published()).content.decode()


def test_the_agencys_own_letter_is_refused_with_the_reason() -> None:
    with pytest.raises(DossierError, match="only the agency can"):
        notice_txt(published(), Given(letter="is-informed"))
    with pytest.raises(RequestError, match="expected one of red-flag, supplier, guardian"):
        notice_txt(published(), Given(letter="love"))


def test_no_letter_without_goods_and_no_supplier_list_without_a_party() -> None:
    with pytest.raises(DossierError, match="names no goods by code"):
        notice_txt(published(codes=()))
    nobody = replace(
        small(), parties=(), findings=FINDINGS[1:], sections=small().sections[:2],
        summary=small().summary[:1],
    )  # fmt: skip
    with pytest.raises(DossierError, match="names no party"):
        notice_txt(nobody, Given(letter="supplier"))
    assert "None is named" in notice_txt(nobody, Given(letter="guardian")).content.decode()


def test_text_of_others_cannot_act_in_a_letter() -> None:
    text = notice_md(hostile()).content.decode()
    assert "<b>x" not in text.replace("\\<", "")
    assert "\n# head" not in text
    assert "\u202e" not in text
