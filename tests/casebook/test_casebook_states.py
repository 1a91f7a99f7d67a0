"""Decisions of several people on one claim; the fold by itself, and on both engines."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casebook.world import BOUGHT, PASSED

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.states import Decision, Reading, fold
from entrepot.errors import RequestError
from entrepot.evidence.claim import Claim

ID = BOUGHT.claim_id


def state(book: Casebook) -> str:
    return book.claim(ID).state


def test_one_person_confirms_and_takes_it_back(filled: Casebook) -> None:
    made = filled.decide(ID, "confirm", by="kk")
    assert (state(filled), filled.claim(PASSED.claim_id).state) == ("confirmed", "proposed")
    head = filled.head()
    assert filled.decide(ID, "confirm", by="kk") == made  # twice adds nothing
    assert filled.head() == head
    back = filled.withdraw(made.decision_id, by="kk")
    assert state(filled) == "proposed"
    filled.withdraw(back.withdrawal_id, by="kk")
    assert state(filled) == "confirmed"
    with pytest.raises(RequestError, match="taken back already"):
        filled.withdraw(back.withdrawal_id, by="kk")


def test_a_person_may_change_their_mind_and_go_back(filled: Casebook) -> None:
    filled.decide(ID, "confirm", by="kk")
    rejected = filled.decide(ID, "reject", by="kk", because="a headline")
    assert state(filled) == "rejected"
    filled.withdraw(rejected.decision_id, by="kk")
    assert state(filled) == "confirmed"


def test_two_people_who_differ_leave_it_disputed_whoever_came_last(filled: Casebook) -> None:
    filled.decide(ID, "reject", by="kk", because="a headline")
    later = filled.decide(ID, "confirm", by="mm")
    held = filled.claim(ID)
    assert held.state == "disputed"
    assert [version.claim for version in held.versions] == [None, BOUGHT]
    assert held.claim == BOUGHT
    with pytest.raises(RequestError, match="entry of mm, and kk can take back only their own"):
        filled.withdraw(later.decision_id, by="kk", because="no")
    filled.decide(ID, "confirm", by="kk")
    assert state(filled) == "confirmed"


def test_a_second_person_confirms_the_wording_as_edited(filled: Casebook) -> None:
    edit = filled.decide(ID, "edit", by="kk", fields={"origin": "Latvia", "date_to": "2023-05-20"})
    held = filled.claim(ID)
    assert held.state == "edited"
    assert held.claim == replace(
        BOUGHT, origin="LVA", date_to=held.claim.date_to, parts={"quantity": ((15, 20),)}
    )  # the words that the origin was read from no longer stand for it
    agreed = filled.decide(ID, "confirm", by="mm")
    assert agreed.agrees_with == edit.decision_id
    assert state(filled) == "edited"
    assert [len(version.decisions) for version in filled.claim(ID).versions] == [2]


def test_a_second_person_may_hold_to_the_wording_as_read(filled: Casebook) -> None:
    filled.decide(ID, "edit", by="kk", fields={"origin": "Latvia"})
    reading = filled.claim(ID).readings[0].reading_id
    filled.decide(ID, "confirm", by="mm", version=reading)
    held = filled.claim(ID)
    assert held.state == "disputed"
    assert [version.claim.origin for version in held.versions if version.claim] == ["LVA", "DEU"]
    with pytest.raises(RequestError, match="stands in 2 versions"):
        filled.decide(ID, "confirm", by="zz")
    filled.decide(ID, "confirm", by="zz", version=held.versions[1].decisions[0].decision_id)
    assert [len(version.decisions) for version in filled.claim(ID).versions] == [1, 2]


def test_an_edit_goes_on_from_the_edit_before(filled: Casebook) -> None:
    filled.decide(ID, "edit", by="kk", fields={"origin": "Latvia"})
    second = filled.decide(ID, "edit", by="kk", fields={"unit": "trucks"})
    assert second.fields == {"origin": "LVA", "unit": "trucks"}
    back = filled.decide(ID, "edit", by="kk", fields={"origin": "DEU", "unit": "lorries"})
    assert back.fields == {}
    assert state(filled) == "confirmed"


def test_a_later_reading_does_not_change_what_a_person_decided(filled: Casebook) -> None:
    filled.decide(ID, "confirm", by="kk")
    filled.add_claims([replace(BOUGHT, quantity=9.0)], by="reader")
    assert (state(filled), filled.claim(ID).claim) == ("confirmed", BOUGHT)


@pytest.mark.parametrize(
    ("decision", "fields", "because", "said"),
    [
        ("agree", None, "", "expected confirm, edit, reject"),
        ("edit", None, "", "edit with 0 fields"),
        ("confirm", {"origin": "DEU"}, "", "confirm with 1 fields"),
        ("reject", None, " ", "got no reason"),
        ("edit", {"origin": "Germany"}, "", "changes nothing"),
        ("edit", {"claim_id": "x"}, "", "got column 'claim_id', expected one of span"),
    ],
)
def test_decisions_that_do_not_fit_are_refused(
    filled: Casebook, decision: str, fields: dict[str, str] | None, because: str, said: str
) -> None:
    head = filled.head()
    with pytest.raises(RequestError, match=said):
        filled.decide(ID, decision, by="kk", fields=fields, because=because)
    assert filled.head() == head


def test_what_is_not_there_is_said(filled: Casebook) -> None:
    with pytest.raises(RequestError, match="'clm_x', which is not in the casebook"):
        filled.decide("clm_x", "confirm", by="kk")
    with pytest.raises(RequestError, match="no wording of clm_"):
        filled.decide(ID, "confirm", by="kk", version="dec_000000000000")
    for entry_id in ("dec_000000000000", "rep_000000000000", "", "x"):
        with pytest.raises(RequestError, match="no entry that can be taken back"):
            filled.withdraw(entry_id, by="kk")


def test_several_claims_are_decided_together_or_not_at_all(filled: Casebook) -> None:
    with pytest.raises(RequestError, match="clm_x"):
        filled.decide_all([ID, "clm_x"], "confirm", by="kk")
    assert state(filled) == "proposed"
    filled.decide_all([ID, PASSED.claim_id], "confirm", by="kk")
    assert [one.state for one in filled.claims()] == ["confirmed", "confirmed"]


_READ = Reading("rea_1", BOUGHT, "reader", "")
_CHOICES = st.sampled_from([
    ("confirm", {}), ("reject", {}), ("edit", {"unit": "trucks"}), ("edit", {"unit": "vans"})
])  # fmt: skip
_LOG = st.lists(st.tuples(_CHOICES, st.sampled_from("abc"), st.booleans()), max_size=8)


def _log(drawn: list[tuple[tuple[str, dict[str, str]], str, bool]]) -> list[Decision]:
    return [
        Decision(f"dec_{place}", ID, what, "rea_1", fields, "", by, "", None, gone)
        for place, ((what, fields), by, gone) in enumerate(drawn)
    ]


def _stands(log: list[Decision]) -> set[object]:
    """Of each person what they said last, by a loop that shares nothing with the fold."""
    said: dict[str, object] = {}
    for one in log:
        if not one.is_withdrawn:
            said[one.by] = one.fields.get("unit", one.decision)
    return set(said.values())


@given(_LOG)
def test_the_state_is_that_of_all_who_stand(
    drawn: list[tuple[tuple[str, dict[str, str]], str, bool]],
) -> None:
    log = _log(drawn)
    found = fold(ID, (_READ,), log)
    stands = _stands(log)
    one = {"confirm": "confirmed", "reject": "rejected"}
    if not stands:
        expected = "proposed"
    elif len(stands) > 1:
        expected = "disputed"
    else:
        expected = one.get(str(*stands), "edited")
    assert found.state == expected
    assert len(found.versions) == len(stands)
    people = [decision.by for version in found.versions for decision in version.decisions]
    assert sorted(people) == sorted({entry.by for entry in log if not entry.is_withdrawn})


@given(_LOG, _LOG)
def test_who_came_first_makes_no_difference_between_people(
    first: list[tuple[tuple[str, dict[str, str]], str, bool]],
    second: list[tuple[tuple[str, dict[str, str]], str, bool]],
) -> None:
    ours = [((what), "a", gone) for what, _, gone in first]
    theirs = [((what), "b", gone) for what, _, gone in second]
    one = fold(ID, (_READ,), _log([*ours, *theirs]))
    two = fold(ID, (_READ,), _log([*theirs, *ours]))
    assert (one.state, one.claim) == (two.state, two.claim)
    assert isinstance(one.claim, Claim)
