"""One spelling of a dossier in bytes."""

from dataclasses import replace

import pytest
from tests.dossiers.dossier_world import large, small

from entrepot.dossiers.dossier.canonical import (
    canonical,
    dossier_bytes,
    dossier_id,
    read_dossier,
    reviewed_id,
)
from entrepot.errors import DossierError


def test_what_was_written_is_read_back_whole():
    for made in (small(), small(is_reviewed=True), large(3, 2)):
        content = dossier_bytes(made)
        assert read_dossier(content) == made
        assert dossier_bytes(read_dossier(content)) == content


def test_reviews_and_days_do_not_change_what_was_reviewed():
    made = small(is_reviewed=True)
    later = replace(made, published_on="2022-10-01", state="published")
    assert reviewed_id(later) == reviewed_id(small()) == made.reviews[0].content_id
    assert dossier_id(later) != dossier_id(made)


def test_any_word_changes_what_was_reviewed():
    made = small()
    assert reviewed_id(replace(made, contact="x")) != reviewed_id(made)
    assert reviewed_id(replace(made, summary=made.summary[:1])) != reviewed_id(made)


def test_null_stays_null_and_is_not_zero():
    assert b"null" in dossier_bytes(small())
    row = read_dossier(dossier_bytes(small())).sections[0].tables[0].rows[2]
    assert row == ("2022-06", None)


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(DossierError, match="not finite"):
        canonical({"value": float("nan")})


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"<html>", b'{"title": 1}', b"\xff"])
def test_bytes_that_are_no_dossier_are_refused(content):
    with pytest.raises(DossierError, match="no dossier"):
        read_dossier(content)
