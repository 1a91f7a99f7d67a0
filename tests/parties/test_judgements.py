"""The log of judgements: added to and never changed, safe for two writers, undoable."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.errors import RequestError, WorkspaceError
from entrepot.parties.judged import Judged, Verdict
from entrepot.parties.judgements import FILE, PAIRS, Entry, JudgementStore, voided
from entrepot.parties.party import Party

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
ZORBLAT = Party(
    "lst-1", "Person", {"name": ("Zorblat Vandermoot",), "innCode": ("7707083893",)}, ()
)
MORE = Party("lst-1", "Person", {**ZORBLAT.properties, "alias": ("Z. Quixley",)}, ())
LESS = Party("lst-1", "Person", {"name": ("Zorblat Vandermoot",)}, ())


def clock() -> Callable[[], datetime]:
    """Moments a second apart."""
    moments = (START + timedelta(seconds=place) for place in range(1_000_000))
    return lambda: next(moments)


@pytest.fixture
def store(tmp_path: Path) -> JudgementStore:
    return JudgementStore(tmp_path / "work", clock())


def verdict(
    store: JudgementStore, name: str, party: Party = ZORBLAT, **facts: str
) -> Verdict | None:
    return Judged(store.log()).verdict(name, facts, party.party_id, party)


def test_an_entry_keeps_who_when_why_and_what_was_seen(store: JudgementStore) -> None:
    made = store.judge("different", " Zorblat ", ZORBLAT, by="kk", because="born 1990")
    (read,) = JudgementStore(store.path.parent).log()
    assert read == made
    assert (read.name, read.by, read.at, read.because) == ("Zorblat", "kk", START, "born 1990")
    assert read.seen == (("innCode", "7707083893"), ("name", "Zorblat Vandermoot"))
    assert read.entry_id.startswith("jud_")


def test_the_last_word_counts_and_an_undo_brings_back_the_one_before(store: JudgementStore) -> None:
    store.judge("unsure", "Zorblat", ZORBLAT, by="kk")
    second = store.judge("same", "Zorblat", ZORBLAT, by="mm")
    found = verdict(store, "zorblat")
    assert found
    assert found.entry.kind == "same"
    undone = store.undo(second.entry_id, by="kk", because="wrong row")
    found = verdict(store, "zorblat")
    assert found
    assert found.entry.kind == "unsure"
    store.undo(undone.entry_id, by="kk")
    found = verdict(store, "zorblat")
    assert found
    assert found.entry.kind == "same"
    assert len(store.log()) == 4


def test_a_judgement_hides_only_while_the_list_says_no_more(store: JudgementStore) -> None:
    store.judge("different", "Zorblat", ZORBLAT, by="kk")
    same, less, more = (verdict(store, "Zorblat", one) for one in (ZORBLAT, LESS, MORE))
    assert same
    assert less
    assert more
    assert (same.hides, same.is_stale) == (True, False)
    assert less.hides  # an identifier that went away is no reason to look again
    assert (more.hides, more.added) == (False, (("alias", "Z. Quixley"),))


def test_without_the_entry_at_hand_a_later_change_is_not_claimed(store: JudgementStore) -> None:
    store.judge("different", "Zorblat", "lst-1", by="kk")
    found = verdict(store, "Zorblat", MORE)
    assert found
    assert (found.hides, found.added) == (True, ())


def test_names_are_equal_without_case_width_and_spacing(store: JudgementStore) -> None:
    store.judge("same", "ＺＯＲＢＬＡＴ  ltd", ZORBLAT, by="kk")
    assert verdict(store, "Zorblat LTD ")
    assert not verdict(store, "Zorblat")


def test_facts_narrow_a_judgement(store: JudgementStore) -> None:
    store.judge("different", "Zorblat", ZORBLAT, by="kk", facts={"birthDate": "1990"})
    assert not verdict(store, "Zorblat")
    assert verdict(store, "Zorblat", birthDate="1990", country="kz")
    store.judge("unsure", "Zorblat", ZORBLAT, by="kk")
    narrow, wide = verdict(store, "Zorblat", birthDate="1990"), verdict(store, "Zorblat")
    assert narrow
    assert wide
    assert (narrow.entry.kind, wide.entry.kind) == ("different", "unsure")


def test_a_name_rests_until_the_day_and_not_after(store: JudgementStore) -> None:
    store.allow("Zorblat", date(2026, 6, 30), by="kk", because="known client")
    judged = Judged(store.log())
    assert judged.allowed("ZORBLAT", {}, date(2026, 6, 30))
    assert not judged.allowed("ZORBLAT", {}, date(2026, 7, 1))
    assert not judged.allowed("Other", {}, date(2026, 6, 30))


def test_what_cannot_be_said_is_refused(store: JudgementStore) -> None:
    with pytest.raises(RequestError, match="expected same, different, unsure"):
        store.judge("maybe", "Zorblat", ZORBLAT, by="kk")
    with pytest.raises(RequestError, match="nobody who says so"):
        store.judge("same", "Zorblat", ZORBLAT, by=" ")
    with pytest.raises(RequestError, match="an empty name"):
        store.judge("same", " ", ZORBLAT, by="kk")
    with pytest.raises(RequestError, match="without a party"):
        store.judge("same", "Zorblat", " ", by="kk")
    with pytest.raises(RequestError, match="no reason"):
        store.allow("Zorblat", date(2026, 6, 30), by="kk", because=" ")
    with pytest.raises(RequestError, match="which is over"):
        store.allow("Zorblat", date(2025, 6, 30), by="kk", because="known")
    with pytest.raises(RequestError, match="no entry of the log"):
        store.undo("jud_000000000000", by="kk")
    entry = store.judge("same", "Zorblat", ZORBLAT, by="kk")
    store.undo(entry.entry_id, by="kk")
    with pytest.raises(RequestError, match="undone already"):
        store.undo(entry.entry_id, by="kk")
    assert len(store.log()) == 2


def test_the_log_cannot_be_changed_from_outside(store: JudgementStore) -> None:
    store.judge("same", "Zorblat", ZORBLAT, by="kk")
    connection = sqlite3.connect(store.path)
    try:
        for statement in ("UPDATE log SET kind = 'different'", "DELETE FROM log"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)
    finally:
        connection.close()


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    def write(number: int) -> str:
        store = JudgementStore(tmp_path)
        return store.judge("same", f"Zorblat {number}", ZORBLAT, by="kk").entry_id

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(write, range(40)))
    assert {entry.entry_id for entry in JudgementStore(tmp_path).log()} == set(ids)
    assert len(set(ids)) == 40


def test_all_or_nothing(store: JudgementStore) -> None:
    good = Entry("", "same", "a", (), "lst-1", "kk", START)
    bad = Entry("", "same", "b", (), "lst-1", None, START)  # type: ignore[arg-type]
    with pytest.raises(WorkspaceError, match="cannot be read or written"):
        store.add([good, bad])
    assert store.log() == ()
    assert store.add([good]) == store.add([good])
    assert len(store.log()) == 1


def test_a_damaged_or_newer_file_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database, and it is longer than a header" * 9)
    with pytest.raises(WorkspaceError, match="cannot be read"):
        JudgementStore(tmp_path).log()
    (tmp_path / FILE).unlink()
    JudgementStore(tmp_path).judge("same", "Zorblat", ZORBLAT, by="kk")
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(WorkspaceError, match="newer Entrepot"):
        JudgementStore(tmp_path).log()


def test_a_workspace_without_judgements_has_none_and_gets_no_file(tmp_path: Path) -> None:
    assert JudgementStore(tmp_path).log() == ()
    assert not (tmp_path / FILE).exists()


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Judgements of three names, and undoings of any earlier entry."""
    log: list[Entry] = []
    for place in range(draw(st.integers(0, 12))):
        at = START + timedelta(seconds=place)
        if log and draw(st.booleans()):
            undoes = draw(st.sampled_from(log)).entry_id
            log.append(Entry(f"e{place}", "undo", "a", (), None, "kk", at, undoes=undoes))
        else:
            kind, name = draw(st.sampled_from(PAIRS)), draw(st.sampled_from("abc"))
            log.append(Entry(f"e{place}", kind, name, (), "lst-1", "kk", at))
    return log


@given(logs())
def test_undoing_is_as_if_it_had_never_been_said(log: list[Entry]) -> None:
    gone = voided(log)
    left = [one for one in log if one.entry_id not in gone and one.kind != "undo"]
    for name in "abc":
        found = Judged(log).verdict(name, {}, "lst-1", None)
        those = [one for one in left if one.name == name]
        assert (found.entry if found else None) == (those[-1] if those else None)


@given(logs())
def test_undoing_all_that_stands_leaves_nothing(log: list[Entry]) -> None:
    gone = voided(log)
    stands = [one for one in log if one.entry_id not in gone]
    more = [
        Entry(f"u{place}", "undo", "a", (), None, "kk", START, undoes=one.entry_id)
        for place, one in enumerate(reversed(stands))
    ]
    still = voided([*log, *more])
    assert {one.entry_id for one in stands} <= still


@pytest.mark.parametrize("facts", [{"innCode": "7707 083893"}, {"birthDate": "09.03.1970"}])
def test_different_never_hides_what_was_not_judged_and_agrees(
    store: JudgementStore, facts: dict[str, str]
) -> None:
    born = Party("lst-1", "Person", {**ZORBLAT.properties, "birthDate": ("1970-03-09",)}, ())
    store.judge("different", "Zorblat", born, by="kk")
    found = verdict(store, "Zorblat", born, **facts)
    assert found
    assert (found.hides, found.agrees) == (False, tuple(facts.items()))
    other = verdict(store, "Zorblat", born, innCode="5047028984", birthDate="1970")
    assert other
    assert other.hides
    store.judge("different", "Zorblat", born, by="kk", facts=facts)
    known = verdict(store, "Zorblat", born, **facts)
    assert known
    assert known.hides
