"""What is new, for whom: worked by hand."""

from dataclasses import replace

import pytest
from tests.dossiers.dossier_world import small
from tests.dossiers.letters.letterworld import TODAY, WRITER, corrected, item

from entrepot.dossiers.dossier.canonical import dossier_id
from entrepot.dossiers.dossier.dossier import Version
from entrepot.dossiers.letters.digest import MOST, current, fresh
from entrepot.dossiers.letters.item import items_of
from entrepot.dossiers.letters.letter import addressed, confirmation, digest
from entrepot.errors import DossierError, RequestError

OUT = replace(small(is_reviewed=True), state="published", published_on=TODAY,
              versions=(Version(1, "", TODAY, ()),))  # fmt: skip


def test_an_item_holds_what_the_dossier_says() -> None:
    (one,) = items_of([OUT, OUT], "https://example.org/")
    assert one.item_id == dossier_id(OUT)
    assert one.url == "https://example.org/case/cas_000000000001/"
    assert one.summary.startswith("EU exports of aircraft parts")
    assert "it is unlikely (20 to 45 %)" in one.summary
    assert (one.kind, one.hubs, one.targets, one.codes) == (
        "published", ("BLR",), ("RUS",), ("8807",))  # fmt: skip


def test_a_draft_never_leaves_and_a_wrong_address_of_the_site_is_refused() -> None:
    for state in ("draft", "review", "answered"):
        with pytest.raises(DossierError):
            items_of([replace(OUT, state=state)], "https://example.org")
    with pytest.raises(DossierError):
        items_of([replace(OUT, published_on="")], "https://example.org")
    for url in ("", "example.org", "javascript:alert(1)", "https://a b"):
        with pytest.raises(RequestError):
            items_of([OUT], url)


def test_a_line_end_in_a_title_does_not_survive() -> None:
    (one,) = items_of([replace(OUT, title="Parts\r\nBcc: x@example.org\ue000\u202e")], "https://e.org")  # fmt: skip # noqa: E501
    assert one.title == "Parts Bcc: x@example.org"


def test_a_second_version_is_a_correction_whatever_its_state_says() -> None:
    second = replace(OUT, versions=(Version(1, "dos_x", TODAY, ()), Version(2, "", TODAY, ("A.",))))
    (one,) = items_of([second], "https://example.org")
    assert (one.kind, one.version, one.changes) == ("corrected", 2, ("A.",))


def test_only_the_newest_edition_of_a_case_counts_and_nothing_of_tomorrow() -> None:
    late = item(2, published_on="2026-11-29")
    assert current([corrected(), item(), late], TODAY) == (corrected(),)
    taken_back = item(kind="withdrawn", item_id="dos_w")
    assert current([item(), taken_back], TODAY) == (taken_back,)


def test_a_case_that_is_withdrawn_is_told_as_withdrawn_whatever_the_day() -> None:
    taken_back = item(kind="withdrawn", item_id="dos_w", version=3, published_on="2031-01-31")
    assert current([item(), corrected(), taken_back], TODAY) == (taken_back,)


def test_what_was_told_or_is_older_than_the_subscription_is_not_new() -> None:
    items = (item(1), item(2), item(3, published_on="2026-11-27"))
    told = {items[0].case_id: items[0].rank}
    assert fresh(items, ["all"], TODAY, told) == (items[1],)


def test_a_correction_goes_to_all_who_were_told_whatever_they_ask_for_now() -> None:
    told = {item().case_id: item().rank}
    assert fresh([corrected(published_on="2020-01-01")], ["hub:KGZ"], TODAY, told)
    assert fresh([item(kind="withdrawn", item_id="dos_w")], ["hub:KGZ"], TODAY, told)
    assert not fresh([corrected()], ["hub:KGZ"], TODAY, {})
    assert not fresh([item(item_id="dos_built_anew")], ["all"], TODAY, told)


def test_a_letter_holds_forty_items_and_the_rest_waits() -> None:
    items = [item(number) for number in range(MOST + 5)]
    assert len(fresh(items, ["all"], TODAY, {})) == MOST


def test_the_letter_reads_well_and_calls_nothing_from_elsewhere() -> None:
    both = (item(2, title="Parts & <b>tools</b>"), corrected())
    body = addressed(digest(both, WRITER), WRITER, ["hub:GEO"], "TOKEN")
    assert body.subject == "Case letters: Correction: Case 1 (made up) and 1 more"
    assert (
        body.text.index("CORRECTED")
        < body.text.index("May was EUR 39,000.")
        < body.text.index("NEW")
    )
    for part in (body.text, body.html):
        assert "cases on Georgia" in part
        assert "https://letters.example.org/unsubscribe/TOKEN" in part
        assert "\ue000" not in part
    assert max(len(line) for line in body.text.splitlines()) <= 78
    assert "Parts &amp; &lt;b&gt;tools" in body.html
    assert "Parts & <b>tools" in body.text
    for pulled in ("<img", "<script", "src=", "@import", "url("):
        assert pulled not in body.html


def test_a_withdrawal_says_why_and_repeats_nothing() -> None:
    gone = item(kind="withdrawn", changes=("The row was of another firm.",), summary="Firm X sold.")
    body = digest([gone], WRITER)
    assert body.subject == "Case letters: Withdrawn: Case 1 (made up)"
    for part in (body.text, body.html):
        assert "The row was of another firm." in part
        assert "Firm X" not in part


def test_a_confirmation_names_the_day_and_the_address_of_the_page() -> None:
    body = confirmation(WRITER, ["code:8807"], "TOKEN", "2026-12-05")
    for part in (body.text, body.html):
        assert "https://letters.example.org/confirm/TOKEN" in part
        assert "2026-12-05" in part
