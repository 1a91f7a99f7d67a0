"""Questions that a country can answer line by line."""

import csv
import io
from dataclasses import replace

import pytest
from tests.dossiers.dossier_world import FINDINGS
from tests.dossiers.handover.handover_world import hostile, published, with_rows

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.handed import Given
from entrepot.dossiers.handover.questions import (
    ANSWERS,
    NO_INTERVAL,
    ORDINARY,
    SHOWN,
    SUMMED,
    UNREPORTED,
    questions,
    questions_csv,
    questions_html,
    questions_md,
)
from entrepot.errors import DossierError

FROM_EU = {"row": 1, "reporter": "DEU", "partner": "BLR", "flow": "X", "commodity_code": "880730",
           "period": "2022-01", "value_eur": 5000.0, "net_mass_kg": 12.5}  # fmt: skip
LEAD = {"lead_id": "lea_000000000001", "hub": "BLR", "target": "RUS", "commodity_code": "8807",
        "period_from": "2022-03", "period_to": "2022-08", "currency": "EUR", "expected": 100.0,
        "actual": 400.0, "excess": 300.0, "excess_low": 250.0, "excess_high": 350.0}  # fmt: skip


def read(dossier: Dossier) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(questions_csv(dossier).content.decode())))


def test_each_line_can_be_looked_up_and_answered() -> None:
    (one, *_) = read(with_rows(FROM_EU))
    assert (one["code"], one["period"], one["reporter"], one["partner"], one["flow"]) == (
        "880730", "2022-01", "DEU", "BLR", "export",
    )  # fmt: skip
    assert (one["amount"], one["currency"], one["quantity"], one["unit"]) == (
        "5000", "EUR", "12.5", "kg",
    )  # fmt: skip
    assert (one["file_sha256"], one["row"], one["country"]) == ("a" * 64, "1", "Belarus")
    assert [one[name] for name in ANSWERS] == ["", "", ""]


def test_not_reported_is_blank_and_not_zero() -> None:
    made = read(published())
    assert [one["amount"] for one in made[:3]] == ["410000", "39000", ""]
    assert made[2]["question"] == UNREPORTED


def test_what_is_worked_out_comes_first_with_its_interval() -> None:
    total, above, row, *_ = questions(with_rows(FROM_EU, LEAD))
    assert (total.amount, total.low, total.high) == (400.0, None, None)
    assert (above.amount, above.low, above.high, above.currency) == (300.0, 250.0, 350.0, "EUR")
    assert (above.period, above.partner, above.question) == (
        "2022-03 to 2022-08", "BLR", ORDINARY,
    )  # fmt: skip
    assert row.amount == 5000.0


SUM = {"kind": "flows", "flow": "X", "reporters": ["DEU", "POL"], "partners": ["BLR"],
       "commodity_codes": ["8807", "880730"], "periods": ["2022-03", "2022-04"], "value": 9000.0,
       "currency": "EUR", "rows": 3, "locators": ["aaaaaaaaaaaa: row 7"]}  # fmt: skip


def test_a_sum_that_a_test_made_is_not_called_published() -> None:
    one, *_ = questions(with_rows(SUM))
    assert (one.code, one.period, one.flow, one.reporter, one.partner) == (
        "8807", "2022-03 to 2022-04", "export", "DEU, POL", "BLR",
    )  # fmt: skip
    assert (one.measured, one.question) == ("sum of published rows", ORDINARY)
    (line,) = [row for row in _form(with_rows(SUM)) if row.startswith("| 1 |")]
    assert NO_INTERVAL not in line
    assert SUMMED in line
    assert any(row.startswith("| 1 |") for row in _form(with_rows(SUM), country="BLR"))


def test_a_row_is_called_one_once_and_what_it_does_not_say_is_no_dash() -> None:
    said = {"locator": "row 819674", "reporter": "POL", "period": "2022-03", "value_eur": 5.0}
    (line,) = [row for row in _form(with_rows(said)) if row.startswith("| 1 |")]
    assert "this line: row 819674," in line
    assert "row row" not in line
    assert "| not said | POL | not said |" in line
    assert "this line: row 1," in "".join(_form(with_rows(FROM_EU)))


def _form(dossier: Dossier, **given: str) -> list[str]:
    return questions_md(dossier, Given(**given)).content.decode().splitlines()


def test_a_lead_without_a_past_has_no_line_for_it() -> None:
    blank = {**LEAD, "excess": None, "excess_low": None, "excess_high": None}
    made = [one for one in questions(with_rows(blank)) if one.about == "figure"]
    assert [one.amount for one in made] == [400.0]


def test_a_code_of_the_case_stands_only_where_it_is_the_only_one() -> None:
    assert read(published())[0]["code"] == "8807"
    assert read(published(codes=("8807", "8542")))[0]["code"] == ""


def test_statements_and_open_points_are_asked_too() -> None:
    about = [one["about"] for one in read(published())]
    assert about == ["figure"] * 3 + ["statement"] * 2 + ["unknown", "explanation"]
    assert FINDINGS[0].text in read(published())[3]["question"]


def test_one_country_is_asked_for_its_own_lines() -> None:
    other = {**FROM_EU, "reporter": "EST", "partner": "LVA"}
    asked = questions(with_rows(FROM_EU, other), Given(country="BLR"))
    assert [one.reporter for one in asked if one.about == "figure"] == ["DEU"]
    with pytest.raises(DossierError, match="got KAZ, expected a country of the case: BLR"):
        questions(published(), Given(country="KAZ"))


def test_without_a_third_country_nobody_is_asked() -> None:
    with pytest.raises(DossierError, match="names no third country"):
        questions(published(hubs=()))


def test_the_words_accuse_nobody() -> None:
    text = questions_md(published()).content.decode().lower()
    for word in ("illegal", "violat", "guilty", "suspic", "sanctions-bust", "accus"):
        assert word not in text


def test_text_of_others_cannot_act() -> None:
    page = questions_html(hostile()).content.decode()
    assert "<b>x" not in page
    assert "</script>" not in page
    assert "\u202e" not in page
    for row in csv.reader(io.StringIO(questions_csv(hostile()).content.decode())):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert "<b>x" not in questions_md(hostile()).content.decode()
    assert "[y](" not in questions_md(hostile()).content.decode().replace("\\[", "(")


def test_a_long_list_says_what_a_form_leaves_out() -> None:
    rows = [{**FROM_EU, "row": number} for number in range(SHOWN + 7)]
    made = with_rows(*rows)
    assert "7 more lines stand in questions.csv" in questions_html(made).content.decode()
    assert "7 more lines stand in questions.csv" in questions_md(made).content.decode()
    assert len([one for one in read(made) if one["about"] == "figure"]) == SHOWN + 7


def test_a_draft_says_so() -> None:
    draft = replace(published(), state="draft")
    assert "DRAFT" in questions_html(draft).content.decode()
    assert "DRAFT" not in questions_html(published()).content.decode()
