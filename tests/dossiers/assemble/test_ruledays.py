"""Days after the rules were read, later knowledge, words of the desk, and charts as tables."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.dossiers.assemble.world import FIRM, PARTY, claim, claim_in, lead_in, material

from entrepot.dossiers.assemble.made import made_of
from entrepot.dossiers.assemble.ruledays import as_read, tells_later, with_later
from entrepot.dossiers.assemble.wording import for_reader, need
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.render.chartdata import chart_data
from entrepot.measures.ask import shipped

AFTER = date(2026, 3, 1)
"""EU acts were read to 24 October 2025, UK ones to 24 April 2025, the US lists to a later day."""
OPTION = re.compile(r" --[a-z]")


def texts(made: Dossier, key: str) -> list[str]:
    return [one.text for part in made.sections if part.key == key for one in part.sentences]


def test_law_of_a_day_after_the_rules_were_read_says_so_in_each_sentence() -> None:
    law = texts(made_of(material(as_of=AFTER, leads=(lead_in(),))), "law")
    told = [one for one in law if one.startswith("On 2026-03-01, under ")]
    assert {one.split()[3] for one in told} >= {"EU", "US"}
    for one in told:
        stood = re.search(r", as the rule base stood on (\S+); later changes are not known\.", one)
        days = {"EU": "2025-10-24", "UK": "2025-04-24", "US": None}
        assert (stood[1] if stood else None) == days[one.split()[3]]
    assert not [one for one in law if "The base holds " in one]


def test_what_changed_since_the_rules_were_read_is_an_unknown_of_each_regime() -> None:
    made = made_of(material(as_of=AFTER, leads=(lead_in(),)))
    gaps = [one for one in texts(made, "unknown") if one.startswith("The rule base holds")]
    assert [one.split()[4] for one in gaps] == ["EU", "UK"]
    assert "from then to 2026-03-01 is not known" in gaps[0]
    before = made_of(material(leads=(lead_in(),)))
    assert "as the rule base stood" not in " ".join(one.text for one in before.sentences())


def test_the_last_day_on_which_the_rules_were_read_needs_no_such_words() -> None:
    assert as_read("EU", date(2025, 10, 24)) == ""
    assert "2025-10-24" in as_read("EU", date(2025, 10, 25))
    assert as_read("nobody's", AFTER) == ""


def test_a_party_and_a_measure_of_a_later_day_are_told_as_the_base_stood() -> None:
    row = next(one for one in shipped().on_parties if one["regime"] == "EU")
    party = replace(PARTY, measures=(row,))
    made = made_of(material(as_of=AFTER, claims=(claim_in(),), parties=(party,)))
    assert "as the rule base stood on 2025-10-24" in made.parties[0].listed


def test_notes_of_later_days_are_marked_and_earlier_ones_are_not() -> None:
    law = texts(made_of(material(leads=(lead_in(),))), "law")
    (note,) = [one for one in law if "early 2026" in one]
    assert note.endswith("(days after 2022-12-31 are later knowledge, as the rule base has them "
                         "now).")  # fmt: skip
    assert sum("later knowledge" in one for one in law) < len(law)


@pytest.mark.parametrize(
    ("text", "is_later"),
    [("It came in early 2026.", True), ("Until 2023-08-05 it was free.", True),
     ("It came in on 16 May 2024 only.", True), ("Since 31 January 2023.", False),
     ("Since 1 February 2023.", True), ("Reg. (EU) 2023/1594 bars it.", False),
     ("Barred from 2022-03-03.", False), ("In 2023 it was barred.", False),
     ("Codes 8542 and 854232.", False)],
)  # fmt: skip
def test_which_texts_tell_of_later_days(text: str, *, is_later: bool) -> None:
    assert tells_later(text, date(2023, 1, 31)) is is_later
    assert ("later knowledge" in with_later(text, date(2023, 1, 31))) is is_later


def test_what_the_rules_mark_as_later_themselves_is_not_marked_twice() -> None:
    text = "Later: from 2023-08-05 a ban (Reg. (EC) 765/2006)."
    assert with_later(text, date(2023, 1, 31)) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [("They follow the goods. Say --origin for others.", "They follow the goods."),
     ("The answer is possible: give its day with --contract.", "The answer is possible."),
     ("Say --origin for others.", ""),
     ("Entrepots - such as Singapore -- are left out.",
      "Entrepots - such as Singapore -- are left out.")],
)  # fmt: skip
def test_options_are_for_the_desk_and_not_for_readers(text: str, told: str) -> None:
    assert for_reader(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [("The day: give that of the report with --reported-on DATE.", "The day"),
     ("flights: --flights FLIGHTS.csv, as the OpenSky Network publishes them", "Flights"),
     ("What came later: entrepot rules changes --from DATE", "What came later")],
)  # fmt: skip
def test_a_need_is_told_without_how_to_load_it(text: str, told: str) -> None:
    assert need(text) == told


def test_no_sentence_names_an_option_but_a_quoted_claim_stays_to_the_letter() -> None:
    quoted = claim("We use --force on all goods.", actors=(), goods_codes=("8542",),
                   type="restriction", destination="BLR")  # fmt: skip
    made = made_of(material(leads=(lead_in(),), claims=(claim_in(quoted),)))
    told = [one for one in made.sentences() if OPTION.search(one.text)]
    assert told
    assert all("“We use --force on all goods”" in one.text for one in told)


def test_what_no_list_says_is_not_told_as_if_the_rules_said_nothing() -> None:
    row = next(one for one in shipped().on_parties if one["effect"] == "asset_freeze")
    known = replace(PARTY, measures=(row,))
    made = made_of(material(claims=(claim_in(),), parties=(known,)))
    assert "asset freeze from" in made.parties[0].listed
    last = made.summary[-1]
    assert f"the rule base alone names {FIRM}" in last.text
    assert last.names == (FIRM,)
    assert "whether" not in last.text
    plain = made_of(material(claims=(claim_in(),), parties=(PARTY,)))
    assert "whether named parties are listed" in plain.summary[-1].text
    loaded = made_of(material(claims=(claim_in(),), parties=(known,), lists=()))
    assert "list of parties" not in loaded.summary[-1].text


def test_a_chart_has_one_table_with_months_units_and_expectations() -> None:
    one = lead_in(band=(15_012.3456, 9_000.0, 30_000.0))
    (chart,) = made_of(material(leads=(one,))).sections[0].charts
    (data,) = chart_data(chart)
    assert data.columns[:5] == ("month", "exports to Kyrgyzstan, EUR", "expected a month, EUR",
                                "low end, EUR", "high end, EUR")  # fmt: skip
    assert [row[0] for row in data.rows] == list(one.lead.periods)
    first, last = data.rows[0], data.rows[one.lead.after[-1]]
    assert (first[2], last[2]) == ("–", "15,000")
    assert float(last[1].replace(",", "")) == one.lead.values[one.lead.after[-1]]
    assert all(data.numeric[1:])


def test_a_claim_of_a_day_after_the_rules_were_read_is_told_as_the_base_stood() -> None:
    late = claim_in(claim(reported_on=date(2026, 2, 1)))
    made = made_of(material(as_of=AFTER, claims=(late,), parties=(PARTY,)))
    stood = "as the rule base stood on 2025-10-24; later changes are not known."
    (record,) = [one.text for one in made.sentences() if one.text.startswith(f"{FIRM} is in")]
    assert record.endswith(stood)
    assert made.findings[0].summary.endswith(stood)
    assert sum(one.text.endswith(stood) for one in made.summary) == 1
    early = made_of(material(as_of=AFTER, claims=(claim_in(),), parties=(PARTY,)))
    assert "as the rule base stood" not in early.findings[0].summary
