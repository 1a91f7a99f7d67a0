"""Each rule of the gate, broken once: the dossier of `dossier_world` passes as it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.dossier_world import CHART, FIRM, REPORT, small

from entrepot.dossiers.dossier.canonical import reviewed_id
from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.dossiers.dossier.dossier import Dossier, Review
from entrepot.dossiers.dossier.section import Section, Sentence
from entrepot.dossiers.review.approvals import approvals
from entrepot.dossiers.review.fault import Fault
from entrepot.dossiers.review.gate import check, faults
from entrepot.errors import DossierError

FIGURES = ("cit_figures00001",)
Change = Callable[[Dossier], Dossier]


def approved(made: Dossier) -> Dossier:
    """With two reviewers of what it now says."""
    content = reviewed_id(made)
    words = [Review(who, f"2022-09-2{number}T09:00:00+00:00", "approve", "", content)
             for number, who in enumerate(("kk", "mw"))]  # fmt: skip
    return replace(made, reviews=tuple(words))


def found(change: Change) -> list[Fault]:
    return list(faults(approved(change(small()))))


def first(made: Dossier, **given: object) -> Dossier:
    """The first sentence of the summary changed."""
    return replace(made, summary=(replace(made.summary[0], **given), *made.summary[1:]))  # type: ignore[arg-type]


def claim(made: Dossier, **given: object) -> Dossier:
    """The finding that names the firm changed."""
    return replace(made, findings=(replace(made.findings[0], **given), *made.findings[1:]))  # type: ignore[arg-type]


def party(made: Dossier, **given: object) -> Dossier:
    return replace(made, parties=(replace(made.parties[0], **given),))  # type: ignore[arg-type]


def more(made: Dossier, *said: Sentence) -> Dossier:
    return replace(made, sections=(*made.sections, Section("more", "More", said)))


def table(made: Dossier, **given: object) -> Dossier:
    head = made.sections[0]
    changed = replace(head, tables=(replace(head.tables[0], **given),))  # type: ignore[arg-type]
    return replace(made, sections=(changed, *made.sections[1:]))


def chart(made: Dossier, **given: object) -> Dossier:
    changed = replace(made.sections[0], charts=(replace(CHART, **given),))  # type: ignore[arg-type]
    return replace(made, sections=(changed, *made.sections[1:]))


def cited(made: Dossier, **given: object) -> Dossier:
    return replace(made, citations=(replace(made.citations[0], **given), *made.citations[1:]))  # type: ignore[arg-type]


def known(made: Dossier) -> Dossier:
    """Without the one sentence on what is not known."""
    head = made.sections[0]
    return replace(made, sections=(replace(head, sentences=head.sentences[:1]),
                                   *made.sections[1:]))  # fmt: skip


def test_the_dossier_of_the_world_passes() -> None:
    assert faults(small(is_reviewed=True)) == ()
    check(small(is_reviewed=True))


BROKEN: list[tuple[str, str, str, Change]] = [
    # rule, where, what, change
    ("form", "title", "is empty", lambda d: replace(d, title=" ")),
    ("form", "summary", "0 sentences", lambda d: replace(d, summary=())),
    ("form", "summary", "7 sentences", lambda d: replace(d, summary=d.summary[:1] * 7)),
    ("form", "summary, sentence 1", "of kind 'fact'", lambda d: first(d, kind="fact")),
    ("form", "summary, sentence 1", "is empty", lambda d: first(d, text=" ")),
    ("form", "finding clm_000000000001", "verdict", lambda d: claim(d, verdict="true")),
    ("form", "finding clm_000000000001", "standing", lambda d: claim(d, standing="")),
    ("form", "table tab_exports, row 1", "has 2 cells", lambda d: table(d, columns=("month",))),
    ("form", "chart cha_exports", "no words", lambda d: chart(d, alt="")),
    ("form", "chart cha_exports", "no data", lambda d: chart(d, spec={"data": {"values": []}})),
    ("form", "chart cha_exports", "from an address", lambda d: chart(
        d, spec={"layer": [CHART.spec, {"data": {"url": "https://example.org/a.csv"}}]})),
    ("form", "section figures", "2 times", lambda d: replace(d, sections=d.sections * 2)),
    ("citations", "summary, sentence 1", "on no citation", lambda d: first(d, citations=())),
    ("citations", "summary, sentence 1", "cit_none", lambda d: first(d, citations=("cit_none",))),
    ("citations", "table tab_exports, row 3", "on no citation",
     lambda d: table(d, citations=(FIGURES, FIGURES, ()))),
    ("citations", "table tab_exports, row 3", "on no citation",
     lambda d: table(d, citations=(FIGURES,) * 2)),
    ("citations", "chart cha_exports", "on no citation", lambda d: chart(d, citations=())),
    ("citations", "finding clm_000000000001", "cit_none",
     lambda d: claim(d, citations=("cit_none", *FIGURES))),
    ("citations", "party", "on no citation", lambda d: party(d, citations=(), listed="EU list")),
    ("citations", "citation cit_figures00001", "one of figures", lambda d: cited(d, kind="hunch")),
    ("citations", "citation cit_figures00001", "of no file", lambda d: cited(d, file_id="")),
    ("citations", "citation cit_figures00001", "not in the list of files",
     lambda d: cited(d, file_id="d" * 64)),
    ("citations", "citation cit_unused", "used by nothing", lambda d: replace(
        d, citations=(*d.citations, Citation("cit_unused", "method", "a", "", "", "", ())))),
    ("citations", "citation cit_figures00001", "stands 2 times",
     lambda d: replace(d, citations=(d.citations[0], *d.citations))),
    ("citations", "file dddddddddddd", "cited by nothing", lambda d: replace(
        d, files=(*d.files, SourceFile("d" * 64, "a", "b", "", "", "")))),
    ("roots", "finding clm_000000000001", "on 1 independent", lambda d: claim(d, roots=1)),
    ("roots", "finding clm_000000000001", "'contradicted'",
     lambda d: claim(d, verdict="contradicted")),
    ("roots", "finding clm_000000000001", "'none'", lambda d: claim(d, verdict="")),
    ("roots", "finding clm_000000000001", "cites no record",
     lambda d: claim(d, citations=("cit_report000001", "cit_method000001"))),
    # the name stands in the words, though the finding does not declare it
    ("roots", "finding clm_000000000001", "on 1 independent",
     lambda d: claim(d, roots=1, names=(), text=f"It was {FIRM.upper()}.")),
    ("roots", "section more, sentence 1", "of no finding",
     lambda d: more(d, Sentence(f"It was {FIRM}.", "claim", ("cit_report000001",)))),
    ("roots", "section more, sentence 1", "of no finding", lambda d: more(
        d, Sentence(f"It was {FIRM}.", "assessment", FIGURES, (), "clm_000000000002"))),
    ("roots", "section more, sentence 1", "as a matter of record",
     lambda d: more(d, Sentence(f"It was {FIRM}.", "record", ("cit_report000001",)))),
    ("replies", f"party {FIRM}", "does not stand among", lambda d: replace(d, parties=())),
    ("replies", "party another", "does not stand among", lambda d: first(d, names=("another",))),
    ("replies", f"party {FIRM}", "was not asked", lambda d: party(d, asked_on="", reply="")),
    ("replies", f"party {FIRM}", "neither a reply nor", lambda d: party(d, reply=" ")),
    ("replies", f"party {FIRM}", "no day", lambda d: party(d, asked_on="")),
    ("replies", f"party {FIRM}", "reason why there is none",
     lambda d: party(d, no_reply_because="none came")),
    ("replies", f"party {FIRM}", "expected a day", lambda d: party(d, asked_on="May 2022")),
    ("replies", f"party {FIRM}", "before 2022-09-01",
     lambda d: replace(d, published_on="2022-09-01")),
    ("words", "summary, sentence 1", "'evaded'", lambda d: first(d, text="The ban was evaded.")),
    ("words", "title", "'smuggling'", lambda d: replace(d, title="Parts smuggling")),
    ("words", "finding clm_000000000001, summary", "'proves'",
     lambda d: claim(d, summary="It proves all.")),
    ("words", "summary, sentence 1", "likelihood and confidence",
     lambda d: first(d, text="It is likely, with high confidence.")),
    ("words", "summary, sentence 1", "without its period", lambda d: first(d, text="EUR 4 a day.")),
    ("bands", "finding clm_000000000001", "expected 'unlikely (20 to 45 %)'",
     lambda d: claim(d, band="likely (55 to 80 %)")),
    ("bands", "finding clm_000000000001", "without a probability",
     lambda d: claim(d, probability=None)),
    ("bands", "finding clm_000000000001", "0 to 1", lambda d: claim(d, probability=1.2)),
    ("bands", "summary, sentence 1", "expected 'likely (55 to 80 %)'",
     lambda d: first(d, text="It is likely (60 to 90 %).")),
    # the finding changed, the sentence did not
    ("bands", "summary, sentence 2", "says 'unlikely' of clm_000000000001",
     lambda d: claim(d, probability=0.6, band="likely (55 to 80 %)")),
    ("unknown", "", "what is not known", known),
    ("source", "summary, sentence 1", "telephone",
     lambda d: first(d, text="Call +375 29 123-45-67 in 2022.")),
    ("source", "party", "mail address", lambda d: party(d, reply="Write to worker@example.org.")),
    ("source", "citation cit_report000001", "time of day", lambda d: replace(d, citations=(
        *d.citations[:2], replace(d.citations[2], rows=({"text": "It left at 14:37."},)),
        d.citations[3]))),
    ("source", "file bbbbbbbbbbbb", "user name", lambda d: replace(d, files=(
        d.files[0], replace(d.files[1], name="C:\\Users\\worker\\plan.txt"), d.files[2]))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "where", "what", "change"), BROKEN)
def test_a_broken_rule_is_found_where_it_is_broken(
    rule: str, where: str, what: str, change: Change
) -> None:
    assert any(
        one.rule == rule and one.where.startswith(where) and what in one.what
        for one in found(change)
    ), found(change)


def test_what_may_stand() -> None:
    fine: list[Change] = [
        lambda d: party(d, asked_on="", reply="", no_reply_because="dissolved in 2021"),
        lambda d: party(d, reply="", no_reply_because="no answer in three weeks"),
        lambda d: replace(known(d), sections=(*known(d).sections, Section(
            "open", "What is not known", (Sentence("June 2022 is open.", "record", FIGURES),)))),
        lambda d: first(d, text="The figures are consistent with diversion in 2022."),
        lambda d: first(d, text="The paper wrote “they smuggled it” in 2022."),
        lambda d: first(d, kind="claim", text="The paper says that they smuggled it."),
        lambda d: claim(d, text="The firm evaded the ban."),
        # a satellite passed: its hour is a record, and nobody who saw it is betrayed
        lambda d: first(d, text="Sentinel-2 passed at 09:12 UTC on 20 August 2022."),
        lambda d: first(d, text="Under the rules of 2022 USD 300 is the limit.",
                        citations=("cit_rule00000001",)),
    ]  # fmt: skip
    for change in fine:
        assert found(change) == []


def test_a_sentence_may_not_name_whom_its_finding_does_not() -> None:
    told = found(lambda d: claim(d, roots=1, names=(), text="A firm sold parts."))
    assert [(one.rule, one.where) for one in told] == [
        ("roots", "summary, sentence 2"), ("roots", "section said, sentence 1"),
        ("roots", f"party {FIRM}"),
    ]  # fmt: skip


def test_the_hour_of_a_report_is_found_though_that_of_a_record_may_stand() -> None:
    text = "A train left at 09:12 UTC on 20 August 2022."
    assert found(lambda d: first(d, text=text)) == []
    of_report = found(lambda d: first(d, text=text, citations=(*FIGURES, "cit_report000001")))
    assert [one.rule for one in of_report] == ["source"]


def test_words_that_people_allowed_may_stand_and_others_not() -> None:
    made = approved(first(small(), text="Ivan Petrov spoke in 2022."))
    (one,) = faults(made)
    assert "“Ivan Petrov”" in one.what
    assert "--allow" in one.hint
    assert faults(made, allowed=["Ivan Petrov"]) == ()
    assert faults(made, allowed=["Ivan"]) != ()


def test_whose_word_a_public_report_prints_may_stand_and_that_of_a_tip_not() -> None:
    made = approved(claim(small(), said_by="Ivan Petrov"))
    assert faults(made) == ()
    hidden = approved(claim(small(), said_by="Ivan Petrov", said_where=""))
    assert [one.rule for one in faults(hidden)] == ["source"]


def test_wording_of_a_tip_is_found_where_it_is_given() -> None:
    text = "Crates with green lids waited beside hangar doors in 2022."
    made = approved(first(small(), text=text))
    assert faults(made) == ()
    tip = "I saw crates with green lids waiting beside the hangar doors, nobody guarded them."
    assert {one.rule for one in faults(made, tips=[tip])} == {"source"}


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        ([("kk", "approve"), ("mw", "approve")], True),
        ([("kk", "approve")], False),
        ([("kk", "approve"), ("KK ", "approve")], False),
        ([("k k", "approve"), ("kk", "approve"), ("Ｋk", "approve")], False),
        ([("kk", "approve"), (" ", "approve")], False),
        ([("kk", "approve"), ("mw", "approve"), ("kk", "return")], False),
        ([("kk", "return"), ("mw", "approve"), ("kk", "approve")], True),
        ([("kk", "approve"), ("mw", "approve"), ("ab", "return")], False),
        ([("kk", "approve"), ("mw", "old")], False),
        ([("kk", "approve"), ("mw", "approve"), ("mw", "old"), ("ab", "old return")], True),
    ],
)
def test_two_people_approve_exactly_this_content(said: list[tuple[str, str]], passes: bool) -> None:
    made = small()
    content = reviewed_id(made)
    words = []
    for number, (by, word) in enumerate(said):
        read = "doc_000000000000" if word.startswith("old") else content
        decision = {"old": "approve", "old return": "return"}.get(word, word)
        words.append(Review(by, f"2022-09-20T09:0{number}:00+00:00", decision, "", read))
    whole = faults(replace(made, reviews=tuple(words)))
    assert (whole == ()) == passes
    assert {one.rule for one in whole} <= {"reviews"}
    # the order in the file is not the order of time
    assert faults(replace(made, reviews=tuple(reversed(words)))) == whole


def test_an_approval_is_of_nothing_but_the_content_that_was_read() -> None:
    made = small(is_reviewed=True)
    moved = replace(made, state="published", published_on="2022-10-01")
    assert faults(moved) == ()
    edited = replace(made, summary=made.summary[:1])
    assert [one.rule for one in faults(edited)] == ["reviews"]


def test_who_names_nobody_needs_one_reviewer() -> None:
    kept = {"cit_figures00001", "cit_rule00000001", "cit_method000001"}
    bare = small()
    made = replace(
        bare, summary=bare.summary[:1], parties=(), findings=bare.findings[1:],
        sections=tuple(one for one in bare.sections if one.key != "said"),
        citations=tuple(one for one in bare.citations if one.citation_id in kept),
        files=tuple(one for one in bare.files if one.file_id != REPORT),
    )  # fmt: skip
    assert made.named == ()
    assert [one.rule for one in faults(made)] == ["reviews"]
    word = Review("kk", "2022-09-20T09:00:00+00:00", "approve", "", reviewed_id(made))
    assert faults(replace(made, reviews=(word,))) == ()


def test_a_refusal_is_one_sentence_with_what_to_do() -> None:
    with pytest.raises(DossierError, match="summary, sentence 1: rests on no citation") as caught:
        check(first(small(), citations=()))
    assert "1 more fault" in str(caught.value)
    assert "entrepot review cas_000000000001" in caught.value.hint


WORDS = st.tuples(
    st.sampled_from(["kk", "KK ", "mw", "ab", " "]), st.sampled_from(["approve", "return"]),
    st.booleans(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=6))
def test_only_two_people_whose_last_word_is_yes_open_the_gate(
    said: list[tuple[str, str, bool]],
) -> None:
    """Against a count by hand: a dictionary of last words, and nothing of the product."""
    made = small()
    content = reviewed_id(made)
    words = tuple(
        Review(by, f"2022-09-20T09:0{number}:00+00:00", decision, "",
               content if is_of_this else "doc_000000000000")
        for number, (by, decision, is_of_this) in enumerate(said)
    )  # fmt: skip
    last = {by.strip().lower(): decision for by, decision, is_of_this in said
            if is_of_this and by.strip()}  # fmt: skip
    opens = len(last) >= 2 and set(last.values()) == {"approve"}
    assert (list(approvals(replace(made, reviews=words))) == []) == opens


def test_faults_come_by_rule_each_once() -> None:
    made = claim(first(known(small()), citations=(), text="Call +375 29 123-45-67."), roots=0,
                 band="")  # fmt: skip
    told = [one.rule for one in faults(party(table(made, columns=()), reply=""))]
    assert list(dict.fromkeys(told)) == [
        "form", "citations", "roots", "replies", "bands", "unknown", "source", "reviews"
    ]  # fmt: skip
    assert told == sorted(told, key=list(dict.fromkeys(told)).index)


def test_a_party_that_no_finding_names_keeps_it_in_the_house() -> None:
    def alone(made: Dossier) -> Dossier:
        return replace(made, parties=(*made.parties, replace(made.parties[0], name="Firm X")))

    assert [(one.rule, one.where) for one in found(alone)] == [("roots", "party Firm X")]


@pytest.mark.parametrize(
    ("as_of", "published_on", "today", "last"),
    [
        ("2022-10-02", "2022-10-01", None, "2022-10-01, on which it is published"),
        ("2022-10-02", "", date(2022, 10, 1), "2022-10-01, which is today"),
        ("2040-01-01", "2040-01-02", date(2022, 10, 1), "2022-10-01, which is today"),
        ("2022-10-01", "2022-10-01", date(2022, 10, 1), ""),
        ("2040-01-01", "", None, ""),
    ],
)
def test_nothing_is_of_a_day_that_has_not_come(
    as_of: str, published_on: str, today: date | None, last: str
) -> None:
    made = approved(replace(small(), as_of=as_of, published_on=published_on))
    told = [one.what for one in faults(made, today=today)]
    assert told == ([f"is {as_of}, expected a day not after {last}"] if last else [])


def test_a_case_of_nothing_is_nothing_to_publish() -> None:
    bare = tuple(replace(one, tables=(), charts=()) for one in small().sections)
    empty = replace(small(), findings=(), parties=(), sections=bare)
    whats = [one.what for one in faults(empty) if one.rule == "form"]
    assert whats == ["has no finding, no table of a lead and no check: nothing to publish"]
    for some in (replace(empty, sections=small().sections),
                 replace(empty, findings=small().findings)):  # fmt: skip
        assert [one for one in faults(some) if one.rule == "form"] == []
