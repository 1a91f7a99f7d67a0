"""The page of an assessment: whole, safe, equal for equal input, and with a word on nobody."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.assessment_world import FLOWS, LIST, MEASURE, TEXT, assessed, report
from tests.dossiers.test_report import parsed
from tests.dossiers.world import HOSTILE

from entrepot.dossiers.assessment import MEANINGS, Assessed, assessment_page
from entrepot.dossiers.assessmentrows import records_used, references
from entrepot.dossiers.claimmarks import pieces
from entrepot.evidence.assessing.records import Loaded, Records
from entrepot.evidence.standing.rivals import rivals
from entrepot.measures.ask import shipped
from entrepot.records.evidence import TYPES, VERDICTS
from entrepot.sources.observations import Observation


def words(text: str) -> str:
    """What a reader sees, tags as spaces but for those that keep a day or an amount whole."""
    body = re.sub(r'<span class="nw">(.*?)</span>', r"\1", text.partition("</style>")[2])
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def row(text: str, number: int) -> str:
    return text.partition(f'<tbody id="c{number}"')[2].partition("</tbody>\n")[0]


def test_says_first_what_was_tested_and_on_what():
    said = words(assessment_page(assessed()))
    assert said.startswith("Entrepot · what a report says, against records digest.txt 4 claims")
    assert ("1 supported, 1 contradicted, 1 partly supported and 1 not testable"
            in said)  # fmt: skip
    top = said.partition("The claims")[0]
    for part in (
        "digest.txt, published by Ministry of Trade, of 2022-08-26",
        "Trade figures hand.csv",
        "they lack: April",
        "a verdict is about them, not on anybody",
    ):
        assert part in top


def test_a_denial_says_that_its_standing_is_of_what_is_denied():
    one = assessed()
    claim, made, stood = one.found[0]
    denied = replace(stood, claims=tuple(replace(said, kind="denial") for said in stood.claims))
    page = assessment_page(replace(one, found=[(claim, made, denied), *one.found[1:]]))
    said = words(f"</style>{row(page, 1)}").lower()
    assert said.count("of what is denied: corroborated") == 2


def test_a_row_says_who_what_why_and_how_it_stands():
    text = assessment_page(assessed())
    first, second, third, last = (words(f"</style>{row(text, one)}") for one in (1, 2, 3, 4))
    assert "stated as a fact supported They were sold until a ban." in first
    assert "Ministry of Trade hedged: “probably”" in first
    assert "the report stated as a fact contradicted" in second
    assert "corroborated 1 item, 1 root, records for it very likely" in first
    assert "contested 1 item, 1 root, records against it" in second
    assert "partly Gas fell in March uncorroborated 1 item, 1 root roughly even chance" in third
    assert "stated as a forecast not testable Needs what was done later" in last
    assert "no probability" in last
    assert "%" not in last
    assert "%" in first


def test_a_row_opens_to_all_that_is_behind_it():
    said = words(assessment_page(assessed()))
    for part in (
        "Taken to say Belarus bought turbines",
        "msr_0123456789ab EU ban, 8411 to BLR, Reg. (EU) 1/1 Art. 2, 2022-03-03 to 2023-08-04: "
        "Reg. 1/2 as enacted (code or day derived)",
        "EUR 171 k, in 2 published rows of hand.csv",
        "ffffffffffff: row 7; ffffffffffff: row 9",
        "eu_fsf, edition eeeeeeeeeeee, of 2022-08-20, entry EU.1.2",
        "What is needed What was done later: entrepot import FILE",
        "Goods in transit are not in the figures.",
        "Prices or the exchange rate moved, not the quantity.",
        "Compare kilograms or units beside values.",
        "records: supported",
        "One independent root against it",
    ):
        assert part in said


def test_what_is_to_come_has_no_ratios_and_no_rivals():
    last = row(assessment_page(assessed()), 4)
    assert "It could also be" not in last
    assert "Ratio" not in last
    assert "no probability is given" in last


def test_a_verdict_is_a_word_and_a_shape_and_a_colour():
    text = assessment_page(assessed())
    for number, verdict in enumerate(("supported", "contradicted", "partly", "not_testable"), 1):
        chip = row(text, number).partition('class="chip')[2].partition("</td>")[0]
        assert f"v-{verdict}" in chip
        assert MEANINGS[verdict][0] in words(f"</style>{chip}")
    shapes = re.findall(r'<svg class="sign s-(\w+)"[^>]*>\s*(.*?)</svg>', text, re.DOTALL)
    assert len({shape for _, shape in shapes}) == len(dict(shapes)) == len(VERDICTS)


def test_text_is_whole_and_leads_to_rows_and_back():
    text = assessment_page(assessed())
    shown = text.partition('<div class="text">')[2].partition("</div>")[0]
    plain = re.sub(r"<a .*?</a>", "", shown, flags=re.DOTALL)
    assert re.sub(r"<[^>]+>", "", plain) == TEXT
    assert re.findall(r'href="#c(\d)"', shown) == ["1", "3", "2", "4"]
    assert '<mark class="v-contradicted" id="w2">Prices of oil fell, </mark>' in shown
    assert 'aria-label="Claim 3: partly"' in shown


def test_without_a_report_the_text_is_left_out():
    text = assessment_page(assessed(report=None))
    assert 'id="text"' not in text
    assert "#w1" not in text
    assert "publisher not known" not in words(text)
    assert "of 2022-08-26" in words(text)
    assert parsed(text).open == []


def test_claims_of_another_text_are_not_marked():
    other = replace(report(), text="Something else entirely, and longer than the report was. " * 9)
    assert "<mark" not in assessment_page(assessed(report=other)).partition('<div class="text">')[2]


def test_no_claims_is_said():
    text = assessment_page(Assessed("empty.txt", [], [], "entrepot assess empty.txt", report()))
    assert words(text).count("No claim was found that records could test.") == 2
    assert TEXT in text
    assert parsed(text).open == []


@pytest.mark.parametrize("made", [assessed(), assessed(report=None)])
def test_is_well_formed_and_asks_for_nothing(made):
    text = assessment_page(made)
    found = parsed(text)
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)
    assert all(link.startswith("#") for link in found.links)
    assert found.fetched == []
    assert found.scripts == 0
    for part in ("url(", "@import", "://"):
        assert part not in text
    assert "default-src 'none'" in text
    assert text == assessment_page(made)


def test_table_has_a_caption_and_headings():
    text = assessment_page(assessed())
    table = text.partition("<table")[2]
    assert table.index("<caption>") < table.index("<thead>")
    assert re.findall(r'<th scope="col">([^<]+)</th>', table.partition("</thead>")[0]) == [
        "Claim", "Said by", "Verdict", "Why", "Standing",
    ]  # fmt: skip
    assert text.count('<th scope="row">') == 4


def test_hostile_text_cannot_act():
    bad = HOSTILE + "</style></mark>"
    whose = report(f"{TEXT}{bad}", name=bad, title=bad, publisher=bad, notes=(bad,))
    made = assessed(whose, name=bad, command=bad, records=[(bad, [bad, bad])])
    first = made.found[0]
    changed = replace(first[0], attributed_to=bad, hedge=bad)
    text = assessment_page(replace(made, found=[(changed, *first[1:]), *made.found[1:]]))
    assert "<script" not in text
    assert text.count("</style>") == 1
    assert parsed(text).open == []


@pytest.mark.parametrize("word", ["divert", "diversion", "circumvent", "evad", "evasion",
                                  "smuggl", "guilty", "crimin", "liar"])  # fmt: skip
def test_says_nothing_about_anybody(word):
    assert word not in assessment_page(assessed()).lower()
    told = [part for one in TYPES for rival in rivals(one)
            for part in (rival.hypothesis, rival.test, rival.needs)]  # fmt: skip
    assert word not in " ".join(told).lower()


def test_every_kind_of_reference_leads_back():
    rows = [
        MEASURE, FLOWS, LIST,
        {"kind": "measure", "measure_id": "msr_1", "citation": "An act"},
        {"kind": "reach", "regime": "UK", "destination": "BLR", "commodity_code": "88",
         "known_from": "2022-07-05", "known_to": "2024-05-16", "certainty": "text",
         "citation": "SI 1"},
        {"kind": "remark", "regime": "EU", "destination": "BLR", "valid_from": "2022-03-03",
         "valid_to": None, "place": "", "certainty": "secondary", "citation": "An act"},
        {"kind": "list", "list_id": "us_sdn", "edition_id": None, "days": []},
        {"kind": "lead", "lead_id": "lead_1", "hub": "KGZ", "commodity_code": "8807",
         "period_from": "2022-03", "period_to": "2022-11", "status": "lead"},
        {"kind": "prices", "command": "entrepot prices 2709", "figures": "hand.csv",
         "against": "BRN", "period_from": "2022-03", "period_to": "2022-11"},
        {"kind": "partners", "command": "entrepot partners RUS", "rank": 1, "partner": "CHN",
         "source": "hand.csv"},
        {"kind": "observation", "locator": "seen.csv: line 2", "observed_from": "2022-08-02",
         "observed_to": "2022-08-03", "what": "soldiers", "count": None, "place": "Gomel",
         "from_place": None, "to_place": None, "observer": "local group", "source": None},
        {"kind": "flight", "locator": "f.csv: line 9", "callsign": None, "icao24": "abc",
         "registration": None, "origin": "UMMS", "destination": None,
         "first_at": "2022-08-02T08:00:00+00:00", "last_at": "2022-08-02T09:00:00+00:00"},
        {"kind": "unheard", "name": "x", "empty": None},
    ]  # fmt: skip
    found = [f"{one.key} {one.text}".strip() for one in references(rows)]
    assert found[3] == "msr_1 An act"
    assert found[4] == "UK lists held whole for codes of 88, 2022-07-05 to 2024-05-15: SI 1"
    assert found[5] == "EU rules, from 2022-03-03: An act (from secondary sources)"
    assert found[6] == "us_sdn, edition not known, day not known"
    assert found[7].startswith("entrepot explain lead_1 KGZ, goods 8807, 2022-03 to 2022-11, lead;")
    assert found[8] == "entrepot prices 2709 hand.csv, 2022-03 to 2022-11 against BRN"
    assert found[9] == "entrepot partners RUS place 1: CHN, hand.csv"
    assert found[10].endswith("soldiers: not counted, Gomel, by local group")
    assert found[11].startswith("f.csv: line 9 abc, UMMS to ?, 2022-08-02T08")
    assert found[12] == "kind unheard, name x"


def test_records_that_are_missing_are_said():
    said = dict(records_used(Records(shipped())))
    assert said["Trade figures"] == said["Observations"] == said["Flights"] == ["none loaded"]
    assert said["Lists of parties"] == ["none loaded, but for parties named in the rule base"]
    assert "EU to 20" in said["Rules"][0]


def test_records_at_hand_are_named_and_an_empty_file_is_not_none():
    loaded = Loaded(None, None, "hand.csv", lacks=("April",), notes=("As of May.",))  # type: ignore[arg-type]
    seen: tuple[Observation, ...] = ()
    said = dict(records_used(Records(shipped(), loaded, observations=seen), "2020 to 2022"))
    assert said["Trade figures"] == ["hand.csv, 2020 to 2022", "As of May.", "they lack: April"]
    assert said["Observations"] == ["0 lines"]


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-2, 33), st.integers(-2, 33)),
                                      max_size=6))  # fmt: skip
def test_pieces_are_the_text_and_every_claim_begins_and_ends_once(text, spans):
    numbered = dict(enumerate(spans, start=1))
    found = pieces(text, numbered)
    assert "".join(one.text for one in found) == text
    kept = {n: (a, b) for n, (a, b) in numbered.items() if 0 <= a < b <= len(text)}
    for number, (start, end) in kept.items():
        assert "".join(one.text for one in found if number in one.inside) == text[start:end]
    assert sorted(n for one in found for n in one.begin) == sorted(kept)
    assert sorted(n for one in found for n in one.end) == sorted(kept)
