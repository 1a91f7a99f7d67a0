"""Narratives: the key term, the blanks, the length, the goods fields."""

import csv
import io
import json
import re

import pytest
from tests.dossiers.dossier_world import large
from tests.dossiers.handover.handover_world import published, with_rows
from tests.dossiers.handover.test_questions import FROM_EU, LEAD

from entrepot.dossiers.dossier.section import Section, Sentence
from entrepot.dossiers.handover.narrative import (
    COLUMNS,
    PLACEHOLDERS,
    goods_fields,
    key_term,
    narrative_csv,
    narrative_json,
    narrative_txt,
)
from entrepot.errors import DossierError


@pytest.mark.parametrize(
    ("targets", "term", "announced"),
    [
        # https://www.fincen.gov/sites/default/files/2022-06/FinCEN%20and%20Bis%20Joint%20Alert%20FINAL.pdf
        (("RUS",), "FIN-2022-RUSSIABIS", "2022-06-28"),
        (("BLR",), "FIN-2022-RUSSIABIS", "2022-06-28"),
        (("IRN", "RUS"), "FIN-2022-RUSSIABIS", "2022-06-28"),
        # the joint notice of 6 November 2023
        (("IRN",), "FIN-2023-GLOBALEXPORT", "2023-11-06"),
    ],
)
def test_the_key_term_follows_the_target(
    targets: tuple[str, ...], term: str, announced: str
) -> None:
    made = published(targets=targets)
    assert key_term(made)["key_term"] == term
    text = narrative_txt(made).content.decode()
    assert f"KEY TERM: {term} (" in text
    assert f"announced {announced}" in text


def test_without_a_target_no_term_is_right() -> None:
    with pytest.raises(DossierError, match="no target country"):
        narrative_txt(published(targets=()))


def test_what_only_the_bank_knows_is_a_blank() -> None:
    text = narrative_txt(published()).content.decode()
    assert set(re.findall(r"\[[^\d\]]+\]", text)) == set(PLACEHOLDERS)
    for heading in ("WHO", "WHAT", "WHEN", "WHERE", "WHY", "HOW"):
        assert f"\n{heading}: " in text


def test_no_amount_stands_in_it_but_those_of_the_dossier() -> None:
    found = set(re.findall(r"EUR ([\d,]+)", narrative_txt(published()).content.decode()))
    assert found == {"410,000", "39,000"}


def test_a_long_case_keeps_the_limit_and_says_what_it_left_out() -> None:
    """20,000 characters: as the manual named in data/limits.tsv says."""
    text = narrative_txt(large(400, 0)).content.decode()
    assert 18_000 < len(text) <= 20_000
    left = [int(one) for one in re.findall(r"\((\d+) more in the dossier\.\)", text)]
    assert left
    assert "KEY TERM: " in text
    assert set(PLACEHOLDERS) <= set(re.findall(r"\[[^\d\]]+\]", text))


def test_what_cannot_be_made_short_enough_is_refused() -> None:
    giant = Sentence("x" * 30_000, "record", ("cit_figures00001",))
    with pytest.raises(DossierError, match="one sentence under each heading, expected 20,000"):
        narrative_txt(published(summary=(giant,), sections=(Section("a", "A"),)))


def test_goods_fields_hold_what_the_row_says_and_null_where_it_does_not() -> None:
    (made,) = goods_fields(with_rows(FROM_EU))
    assert (made["hs_code"], made["hs_code_from"]) == ("880730", "row")
    assert made["description"].startswith("Aircraft")
    assert (made["value"], made["currency"], made["quantity"], made["quantity_unit"]) == (
        5000.0, "EUR", 12.5, "kg",
    )  # fmt: skip
    assert (made["hub"], made["destination"], made["origin"]) == ("BLR", "RUS", None)
    assert set(made) == set(COLUMNS)


def test_interval_and_currency_of_a_lead_reach_the_text() -> None:
    text = narrative_txt(with_rows(LEAD)).content.decode()
    assert "EUR 300 (between 250 and 350)" in text


def test_codes_without_figures_are_goods_without_amounts() -> None:
    made = goods_fields(with_rows())
    assert [(one["hs_code"], one["value"], one["currency"]) for one in made] == [
        ("8807", None, None)
    ]
    assert made[0]["description"].startswith("Aircraft")


def test_without_goods_there_is_no_narrative() -> None:
    bare = with_rows()
    for make in (narrative_txt, narrative_json, narrative_csv):
        with pytest.raises(DossierError, match="neither codes nor figures of goods"):
            make(published(codes=(), citations=bare.citations))


def test_json_and_csv_hold_the_same_lines() -> None:
    made = json.loads(narrative_json(published()).content)
    rows = list(csv.DictReader(io.StringIO(narrative_csv(published()).content.decode())))
    assert [one["value"] for one in made["goods"]] == [410000.0, 39000.0, None]
    assert [one["value"] for one in rows] == ["410000", "39000", ""]
    assert made["key_term"] == "FIN-2022-RUSSIABIS"
    assert made["to_be_filled_by_the_bank"] == list(PLACEHOLDERS)


def test_an_attachment_that_is_too_large_is_refused() -> None:
    with pytest.raises(DossierError, match="expected at most 1,000,000"):
        narrative_csv(with_rows(*[FROM_EU] * 4_000))
