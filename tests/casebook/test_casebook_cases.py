"""Cases and results of checks; on both engines."""

from dataclasses import replace
from datetime import date
from itertools import product
from threading import Thread
from typing import Any

import pytest
from tests.casebook.world import BOUGHT, PASSED, REPORT

from entrepot.casebook import case_members, cases, publications, results
from entrepot.casebook.case_states import MOVES, OUT, STATES
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.publications import Edition
from entrepot.casebook.results import Look
from entrepot.casebook.trail import Pen
from entrepot.errors import CodeError, RequestError

LOOK = Look("an image of 10 m", "for", "an analyst of the desk", "S2B_20220826", "chk_0123456789ab",
            note="three aircraft", file_name="a.png", file_sha256="0" * 64)  # fmt: skip
PLANNED = ("chk_0123456789ab",)
CHECK = {"check_id": "chk_0123456789ab", "kind": "pass", "site": "x", "what": "Sentinel-2B"}


def begun(book: Casebook, **given: str) -> str:
    with book.writing("kk") as pen:
        return cases.new(pen, " Aircraft parts ", **given).case_id


def held(book: Casebook, case_id: str) -> cases.Case:
    with book.reading() as connection:
        return cases.one(connection, case_id)


def test_a_case_comes_back_with_all_that_was_added(filled: Casebook) -> None:
    case_id = begun(filled, question="Did they?", hub="BY", target="Russia")
    things = [REPORT.report_id, BOUGHT.claim_id, "lea_0123456789ab", "chk_0123456789ab", "pty_Q7"]
    with filled.writing("ab") as pen:
        added = cases.add(pen, case_id, things, "why", [CHECK])
        cases.note(pen, case_id, "asked them")
    case = held(filled, case_id)
    assert (case.title, case.hub, case.target, case.state) == (
        "Aircraft parts",
        "BLR",
        "RUS",
        "draft",
    )
    assert case.members[:5] == added
    assert [(one.kind, one.thing_id, one.by) for one in case.members] == [
        ("report", REPORT.report_id, "ab"), ("claim", BOUGHT.claim_id, "ab"),
        ("lead", "lea_0123456789ab", "ab"), ("check", "chk_0123456789ab", "ab"),
        ("party", "Q7", "ab"), ("note", "", "ab"),
    ]  # fmt: skip
    assert [one.row for one in case.members] == [None, None, None, CHECK, None, None]
    assert filled.check().is_whole
    assert {"case", "member", "case state"} <= {row["kind"] for row in filled.export()}


@pytest.mark.parametrize(
    "thing",
    ["foo", "", "clm_ffffffffffff", "rep_ffffffffffff", "res_ffffffffffff", "tip_7", "clm_0123",
     "lea_0123456789AB", "cas_0123456789ab"],
)  # fmt: skip
def test_an_unknown_thing_is_refused_and_nothing_is_half_added(
    filled: Casebook, thing: str
) -> None:
    case_id = begun(filled)
    with pytest.raises(RequestError, match="got"), filled.writing("kk") as pen:
        cases.add(pen, case_id, [BOUGHT.claim_id, thing])
    assert held(filled, case_id).members == ()


def test_the_same_thing_twice_adds_nothing_and_another_note_does(filled: Casebook) -> None:
    case_id = begun(filled)
    for note in ("why", "", "why", "another reason"):
        with filled.writing("kk") as pen:
            cases.add(pen, case_id, [BOUGHT.claim_id], note)
    assert [one.note for one in held(filled, case_id).members] == ["why", "another reason"]
    assert held(filled, case_id).things("claim") == (BOUGHT.claim_id,)


def test_a_thing_is_dropped_and_taken_up_again(filled: Casebook) -> None:
    case_id = begun(filled)
    with filled.writing("kk") as pen:
        cases.add(pen, case_id, [BOUGHT.claim_id])
    with pytest.raises(RequestError, match="expected a reason"), filled.writing("ab") as pen:
        cases.drop(pen, case_id, BOUGHT.claim_id, "")
    with filled.writing("ab") as pen:
        (gone,) = cases.drop(pen, case_id, BOUGHT.claim_id, "of another matter")
    dropped = held(filled, case_id)
    assert dropped.things("claim") == ()
    assert dropped.members[0].withdrawal == gone
    with pytest.raises(RequestError, match="is not in"), filled.writing("ab") as pen:
        cases.drop(pen, case_id, BOUGHT.claim_id, "again")
    filled.withdraw(gone.withdrawal_id, by="ab")
    assert held(filled, case_id).things("claim") == (BOUGHT.claim_id,)


def test_a_thing_with_two_notes_is_dropped_whole(filled: Casebook) -> None:
    case_id = begun(filled)
    for note in ("why", "another reason"):
        with filled.writing("kk") as pen:
            cases.add(pen, case_id, [BOUGHT.claim_id], note)
            cases.note(pen, case_id, note)
    with filled.writing("kk") as pen:
        assert len(cases.drop(pen, case_id, BOUGHT.claim_id, "")) == 2
    assert held(filled, case_id).things("claim") == ()
    with pytest.raises(RequestError, match="is not in"), filled.writing("kk") as pen:
        cases.drop(pen, case_id, "pty_", "an empty id is not that of the notes")
    first = held(filled, case_id).members[1]
    with filled.writing("kk") as pen:
        cases.drop(pen, case_id, first.member_id, "")
    assert [one.note for one in held(filled, case_id).members if one.withdrawal is None] == [
        "another reason"]  # fmt: skip


def test_the_row_of_a_check_may_come_later_and_is_kept(book: Casebook) -> None:
    case_id = begun(book)
    for rows in ([], [CHECK], [CHECK], [dict(reversed(CHECK.items()))]):
        with book.writing("kk") as pen:
            cases.add(pen, case_id, ["chk_0123456789ab"], rows=rows)
    assert [one.row for one in held(book, case_id).members] == [None, CHECK]


def out(pen: Pen, case_id: str) -> None:
    """As a version that left the house, the next one."""
    had = publications.last(pen.connection, case_id)
    version, changes = (had.version + 1, ("a word",)) if had else (1, ())
    edition = Edition(f"dos_{version:012d}", version, "0" * 64, date(2026, 4, 1), changes)
    publications.add(pen, case_id, edition)


def test_only_the_moves_of_the_table_are_made_and_each_says_why(book: Casebook) -> None:
    paths = {"draft": (), "review": ("review",), "answered": ("review", "answered"),
             "published": ("review", "published"), "withdrawn": ("withdrawn",),
             "corrected": ("review", "published", "corrected")}  # fmt: skip
    for state, to in product(STATES, STATES):
        case_id = begun(book)
        with book.writing("kk") as pen:
            for step in paths[state]:
                if step in OUT:
                    out(pen, case_id)
                else:
                    cases.move(pen, case_id, step, "because")
        legal = to in MOVES[state]
        if legal and to in OUT:
            with pytest.raises(RequestError, match="no word makes"), book.writing("kk") as pen:
                cases.move(pen, case_id, to, "because")
            with book.writing("ab") as pen:
                out(pen, case_id)
        elif legal:
            with pytest.raises(RequestError, match="no reason"), book.writing("kk") as pen:
                cases.move(pen, case_id, to, " ")
            with book.writing("ab") as pen:
                cases.move(pen, case_id, to, "because")
        else:
            with pytest.raises(RequestError, match=f"which is {state}"), book.writing("kk") as pen:
                cases.move(pen, case_id, to, "because")
        assert held(book, case_id).state == (to if legal else state)


def test_of_two_writers_the_second_sees_the_state_that_the_first_left(book: Casebook) -> None:
    case_id = begun(book)
    told: list[str] = []

    def second() -> None:
        try:
            with book.writing("ab") as pen:
                cases.move(pen, case_id, "review", "because")
        except RequestError as error:
            told.append(str(error))

    other = Thread(target=second)
    with book.writing("kk") as pen:
        other.start()
        cases.move(pen, case_id, "review", "because")
    other.join(timeout=30)
    assert [f"{case_id}, which is review" in one for one in told] == [True]
    assert [one.state for one in held(book, case_id).moves] == ["draft", "review"]


def test_what_was_published_is_never_a_draft_again() -> None:
    seen, todo = set(), ["published"]
    while todo:
        state = todo.pop()
        seen.add(state)
        todo += [one for one in MOVES[state] if one not in seen]
    assert seen == {"published", "corrected", "withdrawn"}


def test_refusals_of_cases(book: Casebook) -> None:
    with pytest.raises(RequestError, match="without a title"), book.writing("kk") as pen:
        cases.new(pen, " ")
    with pytest.raises(CodeError), book.writing("kk") as pen:
        cases.new(pen, "a", hub="Atlantis")
    case_id = begun(book)
    with pytest.raises(RequestError, match="expected one of"), book.writing("kk") as pen:
        cases.move(pen, case_id, "done", "because")
    with pytest.raises(RequestError, match="empty note"), book.writing("kk") as pen:
        cases.note(pen, case_id, " ")
    with pytest.raises(RequestError, match="cas_0"), book.reading() as connection:
        cases.one(connection, "cas_000000000000")
    with book.writing("kk") as pen:
        cases.move(pen, case_id, "withdrawn", "of no use")
    with pytest.raises(RequestError, match="is withdrawn"), book.writing("kk") as pen:
        cases.add(pen, case_id, ["lea_0123456789ab"])


@pytest.mark.parametrize(
    ("given", "expected"),
    [("tip 7", ("tip", "tip_7")), ("tip_7", ("tip", "tip_7")), (" pty_NK-1", ("party", "NK-1")),
     ("chk_0123456789ab", ("check", "chk_0123456789ab"))],
)  # fmt: skip
def test_a_thing_is_known_by_how_its_id_begins(given: str, expected: tuple[str, str]) -> None:
    assert case_members.thing_of(given) == expected


def test_a_telling_result_is_evidence_in_the_same_breath(filled: Casebook) -> None:
    with filled.writing("kk") as pen:
        kept = results.add(pen, BOUGHT.claim_id, LOOK, given=PLANNED)
    (item,) = filled.evidence(BOUGHT.claim_id)
    assert (item.evidence_id, item.relation, item.observer) == (
        kept.evidence_id, "for", "an analyst of the desk")  # fmt: skip
    assert "0" * 64 in item.note
    with filled.reading() as connection:
        assert results.listed(connection, BOUGHT.claim_id) == (kept,)
        assert results.listed(connection, PASSED.claim_id) == ()


@pytest.mark.parametrize("saw", ["nothing", "could-not-see"])
def test_nothing_and_could_not_see_are_kept_and_no_evidence(filled: Casebook, saw: str) -> None:
    with filled.writing("kk") as pen:
        kept = results.add(pen, BOUGHT.claim_id, replace(LOOK, saw=saw), given=PLANNED)
    assert kept.evidence_id is None
    assert filled.evidence() == ()
    filled.withdraw(kept.result_id, by="kk")
    with filled.reading() as connection:
        assert [one.withdrawal is None for one in results.listed(connection)] == [False]


@pytest.mark.parametrize("by_evidence", [False, True])
def test_a_result_and_its_evidence_are_taken_back_together(
    filled: Casebook, by_evidence: bool
) -> None:
    with filled.writing("kk") as pen:
        kept = results.add(pen, BOUGHT.claim_id, LOOK, given=PLANNED)
    named = kept.evidence_id if by_evidence else kept.result_id
    gone = filled.withdraw(str(named), by="ab", because="another place")
    with filled.reading() as connection:
        assert results.listed(connection)[0].withdrawal == gone
    assert filled.evidence()[0].withdrawal == gone
    with pytest.raises(RequestError, match="already"):
        filled.withdraw(kept.result_id, by="ab", because="again")
    filled.withdraw(gone.withdrawal_id, by="ab")
    with filled.reading() as connection:
        assert results.listed(connection)[0].withdrawal is None
    assert filled.evidence()[0].withdrawal is None


def test_the_same_result_twice_is_one_and_after_undoing_another(filled: Casebook) -> None:
    with filled.writing("kk") as pen:
        first = results.add(pen, BOUGHT.claim_id, LOOK, given=PLANNED)
        assert results.add(pen, BOUGHT.claim_id, LOOK, given=PLANNED) == first
    filled.withdraw(first.result_id, by="kk")
    with filled.writing("kk") as pen:
        assert results.add(pen, BOUGHT.claim_id, LOOK, given=PLANNED).result_id != first.result_id
    assert filled.check().is_whole


@pytest.mark.parametrize(
    ("change", "said"),
    [({"saw": "yes"}, "expected one of for, against"), ({"what": " "}, "what was looked at"),
     ({"observer": ""}, "who looked"), ({"reference": ""}, "where it can be looked at again")],
)  # fmt: skip
def test_a_result_says_what_who_and_where(
    filled: Casebook, change: dict[str, Any], said: str
) -> None:
    before = filled.head()
    with pytest.raises(RequestError, match=said), filled.writing("kk") as pen:
        results.add(pen, BOUGHT.claim_id, replace(LOOK, **change), given=PLANNED)
    with pytest.raises(RequestError, match="clm_0"), filled.writing("kk") as pen:
        results.add(pen, "clm_000000000000", LOOK, given=PLANNED)
    assert filled.head() == before
