"""Due-diligence files: what was checked, when and with what, and what was not."""

import csv
import io
from dataclasses import replace

from tests.dossiers.dossier_world import CITATIONS, FINDINGS, OFFICIAL, PARTY
from tests.dossiers.handover.handover_world import hostile, published

from entrepot.dossiers.dossier.citation import Citation
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.diligence import NO, OWN, YES, YOURS, diligence_csv, diligence_md

LIST = Citation("cit_list00000001", "list", "EU list (made up), edition of 1 September 2022",
                OFFICIAL, "entry 7", "", ())  # fmt: skip
CLAUSE = Citation("cit_rule00000002", "rule", "Contracts", OFFICIAL, "Article 12g(1), Annex XL",
                  "", ())  # fmt: skip


def rows(dossier: Dossier) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(diligence_csv(dossier).content.decode())))


def test_a_rule_stands_with_article_day_hash_and_outcome() -> None:
    (rule,) = [one for one in rows(published()) if one["area"] == "rules"]
    assert (rule["checked"], rule["on"], rule["locator"]) == (
        YES, "2022-09-30", "Article 1sa(1), Annex XVII",
    )  # fmt: skip
    assert rule["file_sha256"] == OFFICIAL
    assert rule["retrieved"].startswith("2022-08-27")
    assert rule["query"].startswith("entrepot rules ask EU BLR")
    assert rule["result"].startswith("Aircraft parts were not barred")


def test_a_reason_is_not_taken_for_the_outcome_of_a_method() -> None:
    (method,) = [one for one in rows(published()) if one["area"] == "method"]
    assert method["result"] == ""


def test_what_was_not_checked_is_a_line_and_not_a_gap() -> None:
    missing = [one["item"] for one in rows(published()) if one["checked"] == NO]
    assert missing == [
        PARTY.name, "lists of parties: nothing in this dossier",
        "own checks: nothing in this dossier",
    ]  # fmt: skip
    untested = replace(FINDINGS[0], verdict="not_testable")
    made = rows(published(findings=(untested,)))
    assert [one["result"] for one in made if one["area"] == "claims"] == [
        "Not testable on the records at hand"
    ]


def test_no_hit_is_said_only_where_a_list_was_asked() -> None:
    made = rows(published(citations=(*CITATIONS, LIST)))
    (party,) = [one for one in made if one["item"] == PARTY.name]
    assert (party["checked"], party["result"]) == (YES, "no hit on the lists named here")
    assert any(one["item"] == LIST.what for one in made)


def test_the_exporter_has_blanks_of_its_own() -> None:
    assert [one["item"] for one in rows(published()) if one["checked"] == YOURS] == list(OWN)


def test_the_clause_on_re_export_is_a_citation_only() -> None:
    text = diligence_md(published()).content.decode()
    assert "Regulation (EU) No 833/2014, Article 12g" in text
    assert "applies since 2024-03-20 (not cited in this dossier)" in text
    text = diligence_md(published(citations=(*CITATIONS, CLAUSE))).content.decode()
    assert "applies since 2024-03-20 [" in text


def test_it_calls_itself_neither_clearance_nor_finding() -> None:
    text = diligence_md(published()).content.decode()
    assert "It is no clearance and no finding" in text
    assert "DRAFT" not in text
    assert "DRAFT" in diligence_md(replace(published(), state="review")).content.decode()


def test_text_of_others_keeps_the_table_whole() -> None:
    text = diligence_md(hostile()).content.decode()
    table = [one for one in text.splitlines() if one.startswith("| ")]
    assert {one.replace("\\|", "").count("|") for one in table} == {7}
