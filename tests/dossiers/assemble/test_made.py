"""A dossier from made-up material: what rests on what, who is named, what stays in the house."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from tests.dossiers.assemble.world import (
    FIGURES,
    FIRM,
    MEASURE,
    PARTY,
    REPORT,
    case,
    claim,
    claim_in,
    lead_in,
    material,
)

from entrepot.casebook.results import Look, Result
from entrepot.cli import VERBS as COMMANDS
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.made import made_of
from entrepot.dossiers.assemble.partypart import kind_of
from entrepot.dossiers.assemble.rounded import significant
from entrepot.dossiers.assemble.wording import VERBS, for_reader, need, single
from entrepot.dossiers.dossier.canonical import dossier_bytes, read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.review.gate import faults
from entrepot.errors import DossierError
from entrepot.evidence.assessing.assessment import Ground
from entrepot.parties.match.query import Hit
from entrepot.parties.party import Party


def of_kind(made: Dossier, key: str, kind: str) -> list[str]:
    (section,) = [one for one in made.sections if one.key == key]
    return [one.text for one in section.sentences if one.kind == kind]


def test_all_eight_sections_stand_in_order_and_every_part_is_cited() -> None:
    made = made_of(material(leads=(lead_in(),), claims=(claim_in(),), parties=(PARTY,)))
    assert [one.key for one in made.sections] == [
        "figures", "law", "said", "checks", "innocent", "stakes", "unknown", "method"
    ]  # fmt: skip
    rules = {one.rule for one in faults(made)}
    assert rules <= {"replies", "reviews", "state"}, faults(made)
    assert read_dossier(dossier_bytes(made)) == made


def test_an_empty_case_says_what_is_not_there_and_invents_nothing() -> None:
    made = made_of(material(figures=None, case=replace(material().case, hub="", target="")))
    assert all(one.sentences for one in made.sections)
    assert {one.kind for one in made.sentences()} == {"unknown", "method"}
    assert made.findings == made.parties == ()


def test_the_same_material_gives_the_same_bytes_in_one_process() -> None:
    """Altair numbers its charts as they are made; no such number may come into a dossier."""
    given = material(leads=(lead_in(),), claims=(claim_in(),), parties=(PARTY,))
    assert dossier_bytes(made_of(given)) == dossier_bytes(made_of(given))


def test_the_last_digits_of_a_fit_do_not_change_a_byte() -> None:
    """A fit ends otherwise in another process: 3125.903068 there, 3125.904347 here."""
    band, grown = (15_012.3456, 9_000.1234, 30_000.4321), 1 + 4e-7
    one = lead_in(expected_panel=3125.903068, band=band)
    two = lead_in(expected_panel=3125.904347, band=tuple(value * grown for value in band))
    first, second = (dossier_bytes(made_of(material(leads=(lead,)))) for lead in (one, two))
    assert first == second
    assert significant(-3125.9) == -3130
    assert significant(0.0) == 0


def test_a_sum_leads_back_to_rows_of_a_file_and_adds_up_to_them() -> None:
    one = lead_in()
    made = made_of(material(leads=(one,)))
    (rows,) = [c for c in made.citations if c.kind == "figures" and "published rows" in c.what]
    assert rows.file_id == FIGURES.file_id
    assert sum(row["value_eur"] for row in rows.rows) == one.lead.actual
    assert "GROUP BY" not in rows.query
    assert "partner = 'KGZ'" in rows.query
    (series,) = [c for c in made.citations if c.rows and "to_hub" in c.rows[0]]
    assert [row["to_hub"] for row in series.rows] == list(one.lead.values)
    assert series.rows[0]["hub_to_target"] is None


def test_what_was_not_measured_is_null_in_the_table_and_never_zero() -> None:
    made = made_of(material(leads=(lead_in(),)))
    table = made.sections[0].tables[0]
    (onward,) = [row for row in table.rows if "Kyrgyzstan to Russia" in str(row[0])]
    assert onward[1:] == (None, None, None)


def test_a_file_that_is_not_archived_stops_the_dossier() -> None:
    given = material(files=(material().files[1],), leads=(lead_in(),))
    with pytest.raises(DossierError, match="ffffffffffff, which is not in the archive"):
        made_of(given)


@pytest.mark.parametrize(
    ("roots", "verdict", "is_named"),
    [(2, "supported", True), (2, "partly", True), (1, "supported", False),
     (2, "contradicted", False), (3, "not_testable", False)],
)  # fmt: skip
def test_a_party_is_named_only_with_two_roots_and_a_record(
    roots: int, verdict: str, *, is_named: bool
) -> None:
    one = claim_in(roots=roots, verdict=verdict)
    made = made_of(material(claims=(one,), parties=(PARTY,)))
    assert (FIRM in dossier_bytes(made).decode()) is is_named
    assert bool(made.parties) is is_named
    assert not [one for one in faults(made) if one.rule == "roots"]
    if not is_named:
        assert made.findings[0].text.startswith("[a company] sold chips")
        assert any("told without the name" in text for text in of_kind(made, "unknown", "unknown"))


def test_title_question_checks_and_membership_do_not_name_who_is_not_backed() -> None:
    one = claim_in(roots=1)
    check = {"check_id": "chk_1", "kind": "pass", "what": f"{FIRM} from above", "site": "Works 1"}
    made = made_of(material(
        case=case(title=f"Did {FIRM} sell?", question=f"Did {FIRM.upper()}?"), claims=(one,),
        checks=(check,), parties=(replace(PARTY, is_member=True),),
    ))  # fmt: skip
    text = dossier_bytes(made).decode()
    assert FIRM.casefold() not in text.casefold()
    assert "Works 1" not in text
    assert made.title == "Did [a company] sell?"
    assert any(
        "1 party was put into the case" in one for one in of_kind(made, "unknown", "unknown")
    )


def test_a_look_into_records_is_not_said_to_have_seen_anything() -> None:
    rows = ({"check_id": "chk_1", "kind": "pass", "what": "a pass"},
            {"check_id": "chk_2", "kind": "figures", "what": "figures of both"})  # fmt: skip
    made = made_of(material(checks=rows))
    first, second = of_kind(made, "checks", "record")
    assert first.startswith("1 check could have seen")
    assert second.startswith("1 check of records or on the spot")


def test_rows_without_which_a_claim_is_no_record_do_not_name_either() -> None:
    one = claim_in(because=(Ground("A plain remark."),))
    assert FIRM not in dossier_bytes(made_of(material(claims=(one,), parties=(PARTY,)))).decode()


def test_a_name_that_is_only_like_a_listed_one_is_not_printed() -> None:
    row = {"kind": "list", "list_id": "ofac-sdn", "party_id": "p", "record_id": "7",
           "caption": "Somebody Else Ltd", "score": 0.8, "listed_on": None, "edition_id": None,
           "edition_days": [], "locator": None}  # fmt: skip
    said = Ground(f"'{FIRM}' is like 'Somebody Else Ltd' (score 0.80) on ofac-sdn.", (row,))
    made = made_of(material(claims=(claim_in(because=(said,)),), parties=(PARTY,)))
    assert "Somebody Else" not in dossier_bytes(made).decode()


def test_other_names_and_numbers_of_a_list_do_not_tell_who_is_not_named() -> None:
    """A caption that holds a part of the name, an alias, and a rule on the party by name."""
    listed = Party("ofac-7", "Company", {"name": ("JSC \u201cMade Up\u201d Chip Works",),
                                        "alias": ("MUCHIP",)}, ())  # fmt: skip
    rule = {"party": "Made Up Works | Сделано", "regime": "EU"}
    party = replace(PARTY, hits=(Hit(listed, 0.99, (), ()),), measures=(rule,))
    row = {"kind": "list", "list_id": "ofac-sdn", "party_id": "ofac-7", "record_id": "7",
           "caption": listed.caption, "score": 0.99, "listed_on": None, "edition_id": None,
           "edition_days": [], "locator": "entry 7"}  # fmt: skip
    grounds = (
        Ground(f"'{FIRM}' is the same as '{listed.caption}' (score 0.99) on ofac-sdn.", (row,)),
        Ground("EU: asset freeze on Made Up Works from 2022-03-01.", (MEASURE,)),
        Ground("Also called MUCHIP."),
    )
    one = claim_in(roots=1, because=grounds)
    made = made_of(material(claims=(one,), parties=(party,)))
    text = dossier_bytes(made).decode()
    for told in (FIRM, "Chip Works", "MUCHIP", "Made Up Works", "ofac-7", "entry 7", "msr_"):
        assert told not in text, told
    assert "of a party that is not named here is left out" in text


def test_a_rule_on_a_party_that_does_not_bind_yet_does_not_tell_who_it_is() -> None:
    """The case's party has no measures on its day; the test of the claim found one of a later."""
    (rule, *_) = material().rulebook.on_parties
    row = {**MEASURE, "measure_id": rule["measure_id"]}
    said = Ground("US: asset freeze on Some Other Spelling from 2023-08-09.", (row,))
    made = made_of(material(claims=(claim_in(roots=1, because=(said,)),), parties=(PARTY,)))
    text = dossier_bytes(made).decode()
    assert "Some Other Spelling" not in text
    assert rule["measure_id"] not in text


def test_short_aliases_and_parts_of_words_change_no_sum_and_no_word() -> None:
    listed = Party("ofac-7", "Person", {"name": ("ARI",), "alias": ("40",)}, ())
    party = replace(PARTY, name="Works", hits=(Hit(listed, 0.99, (), ()),))
    one = claim_in(claim("Works sold 2407 kg at a Tariff of EUR 1,407,400; Worksheets say so.",
                         actors=("Works",)), roots=1)  # fmt: skip
    made = made_of(material(claims=(one,), parties=(party,)))
    assert made.findings[0].text == (
        "[a company] sold 2407 kg at a Tariff of EUR 1,407,400; Worksheets say so."
    )


def test_who_looked_is_not_named_by_a_look_either() -> None:
    one = claim_in(roots=1)
    look = Look("yard", "for", FIRM, f"https://example.org/{FIRM}", note="11 lorries",
                file_name=f"{FIRM}.jpg", file_sha256="a" * 64)  # fmt: skip
    made = made_of(material(claims=(one,), parties=(PARTY,), results=(
        Result("res_1", one.claim_id, look, None, "kk", "2022-12-01T00:00:00"),)))  # fmt: skip
    assert FIRM not in dossier_bytes(made).decode()


def test_what_people_wrote_of_an_entrepot_stays() -> None:
    one = claim_in()
    look = Look("entrepot in Khorgos, 11 sheds", "for", "A desk", "item 1",
                note="11 lorries left the entrepot of the zone --then none")  # fmt: skip
    made = made_of(material(claims=(one,), results=(
        Result("res_1", one.claim_id, look, None, "kk", "2022-12-01T00:00:00"),)))  # fmt: skip
    assert of_kind(made, "checks", "record") == [
        "A desk saw what the claim says (entrepot in Khorgos, 11 sheds): 11 lorries left the "
        "entrepot of the zone --then none."
    ]


def test_commands_are_told_from_the_word_of_the_trade() -> None:
    assert set(VERBS.split("|")) == set(COMMANDS)
    assert (
        for_reader("Goods left the entrepot of the zone.") == "Goods left the entrepot of the zone."
    )
    assert for_reader("It is old: entrepot lists fetch renews it.") == "It is old."


def test_examples_of_listed_parties_under_another_claim_are_left_out() -> None:
    said = Ground("EU rules: whatever the goods, nothing may go to parties such as Belavia from "
                  "2021-12-02.", (MEASURE,))  # fmt: skip
    (rule, *_) = material().rulebook.on_parties
    said = replace(said, rows=({**MEASURE, "measure_id": rule["measure_id"]},))
    text = dossier_bytes(made_of(material(claims=(claim_in(because=(said,), roots=1),)))).decode()
    assert "Belavia" not in text
    assert "parties that these rules name" in text


def test_nothing_of_a_tip_leaves_but_the_words_of_the_claim() -> None:
    report = replace(REPORT, name="https://drop.example/secret-17", publisher="tip 7",
                     text=f"{REPORT.text} I stood at gate four.")  # fmt: skip
    one = claim_in(claim(report_id=report.report_id), report=report, guarded=True)
    text = dossier_bytes(
        made_of(material(claims=(one,), tips=("A plant sends parts on.",)))
    ).decode()
    for secret in ("drop.example", "tip 7", "gate four", report.report_id, "2022-11-02",
                   "2022-11-01"):  # fmt: skip
        assert secret not in text
    raw = json.loads(text)
    guarded = [file for file in raw["files"] if file["name"] == "a protected source"]
    assert {(one["origin"], one["publisher"], one["retrieved_at"]) for one in guarded} == {
        ("", "", "")
    }
    assert "A protected source says: “A plant sends parts on”." in text


def test_notes_and_names_of_who_works_on_it_stay_in_the_house() -> None:
    look = Look("an image", "against", "an analyst of the desk", "S2B_20220820")
    result = Result("res_1", claim().claim_id, look, "evi_1", "keeper-of-it", "2022-11-05")
    made = made_of(material(claims=(claim_in(),), results=(result,), parties=(PARTY,)))
    assert "keeper-of-it" not in dossier_bytes(made).decode()
    assert any(
        "did not see what the claim says" in one for one in of_kind(made, "checks", "record")
    )


def test_a_denial_is_turned_round_and_what_is_to_come_has_no_probability() -> None:
    denial = claim("We sold no chips.", kind="denial", is_negated=True, actors=())
    threat = claim("They will sell chips.", kind="forecast", actors=())
    made = made_of(material(claims=(claim_in(denial, verdict="supported"), claim_in(threat))))
    first, second = made.findings
    plain = made_of(material(claims=(claim_in(claim(actors=())),))).findings[0]
    assert first.probability == round(1 - (plain.probability or 0), 3)
    assert first.standing == "contested"
    assert first.roots == 0
    assert (second.probability, second.band) == (None, "")


def test_the_summary_has_six_sentences_at_most_and_ends_with_what_is_not_known() -> None:
    claims = tuple(claim_in(claim(f"Claim {n} of chips.", span=(n, n + 9), actors=()))
                   for n in range(9))  # fmt: skip
    leads = tuple(lead_in(lead_id=f"lea_{n:012d}") for n in range(4))
    made = made_of(material(leads=leads, claims=claims))
    assert len(made.summary) <= 6
    assert made.summary[0].text.startswith("8542 (")
    assert made.summary[-1].kind == "unknown"


def test_a_command_of_the_house_is_no_need_of_a_reader() -> None:
    one = claim_in(verdict="not_testable")
    made = made_of(material(claims=(one,)))
    assert "entrepot import" not in " ".join(text.text for text in made.sentences())
    assert need("figures: entrepot import FILE") == "figures"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("RUS", None), ("EU", None), ("Ministry of Defence", None), ("specialists", None),
     ("Minsk", None), ("MiG-29", None), ("companies", None), ("Belavia", ("Company", "BLR")),
     ("Made Up Trading LLC", ("Company", "")), ("Quorbex", ("LegalEntity", ""))],
)  # fmt: skip
def test_who_counts_as_a_named_party(name: str, kind: tuple[str, str] | None) -> None:
    assert kind_of(name) == kind


def test_sentences_are_told_one_by_one_and_articles_stay_whole() -> None:
    text = "It rose by EUR 1.6 m. Its size is uncertain. See Art. 3k and Reg. Two of it."
    assert single(text) == [
        "It rose by EUR 1.6 m.", "Its size is uncertain.", "See Art. 3k and Reg. Two of it."
    ]  # fmt: skip


def test_equal_citations_are_one_and_values_become_plain() -> None:
    cited = Cited()
    first = cited.add("method", "one  way", rows=({"day": date(2022, 8, 26), "all": ("a",)},))
    assert cited.add("method", "one way", rows=({"day": "2022-08-26", "all": ["a"]},)) == first
    (kept,) = cited.citations([first])
    assert asdict(kept)["rows"] == ({"day": "2022-08-26", "all": ["a"]},)
