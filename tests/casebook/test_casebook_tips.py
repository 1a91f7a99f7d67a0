"""Tips on both databases: sealed before they are written, and a lost key is said at once."""

import json
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519
from tests.casebook.world import ticking

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.tip_keys import LOST, add_key, end_key, keys, prove
from entrepot.casebook.tips import (
    OUTLINE,
    REVIEWER,
    add_claim,
    add_tip,
    hanging_on,
    listed,
    open_parts,
    out_of_reach,
    reseal,
)
from entrepot.casebook.tips_tables import reviewer_keys, tip_parts
from entrepot.errors import RequestError, SealError
from entrepot.evidence.tips.keys import own_public
from entrepot.evidence.tips.seal import MESSAGE, ORIGINAL, Part, seal

SECRET = "the crates with the yellow stencil"
PARTS = (Part(MESSAGE, "", SECRET.encode()), Part(ORIGINAL, "night shift.jpg", b"\xff\xd8yellow"))


@pytest.fixture
def first() -> x25519.Identity:
    return x25519.Identity.generate()


@pytest.fixture
def kept(book: Casebook, first: x25519.Identity) -> Casebook:
    """With one proven key."""
    with book.writing("kk") as pen:
        add_key(pen, own_public(first), "kk")
        prove(pen, first)
    return book


def take(book: Casebook) -> int:
    with book.writing("kk") as pen:
        return add_tip(pen, PARTS, "file", ["A tip speaks of trade from Belarus."])


def test_what_was_sealed_is_opened_by_its_key(kept: Casebook, first: x25519.Identity) -> None:
    assert take(kept) == 1
    with kept.reading() as connection:
        assert open_parts(connection, 1, first) == PARTS


def test_numbers_count_up_and_the_list_tells_week_and_outline(kept: Casebook) -> None:
    assert [take(kept), take(kept)] == [1, 2]
    with kept.reading() as connection:
        tips = listed(connection)
    assert [one.number for one in tips] == [1, 2]
    assert tips[0].week.startswith("20")
    assert "-W" in tips[0].week
    assert [one.made_by for one in tips[0].claims] == [OUTLINE]


def test_nothing_is_taken_in_without_a_proven_key(book: Casebook, first: x25519.Identity) -> None:
    with pytest.raises(SealError, match="no reviewer has proved"):
        take(book)
    with book.writing("kk") as pen:
        add_key(pen, own_public(first), "kk")
    with pytest.raises(SealError, match="no reviewer has proved"):
        take(book)
    with book.reading() as connection:
        assert listed(connection) == ()


def test_no_word_or_name_of_a_tip_stands_in_the_file(
    made_file: Path, tmp_path: Path, first: x25519.Identity
) -> None:
    path = tmp_path / "book.sqlite"
    path.write_bytes(made_file.read_bytes())
    with Casebook.open(path, ticking()) as book:
        with book.writing("kk") as pen:
            add_key(pen, own_public(first), "kk")
            prove(pen, first)
        take(book)
    held = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    for word in (b"yellow", b"stencil", b"night shift", b"\xff\xd8yellow"):
        assert word not in held


def test_the_trail_tells_the_week_of_a_tip_and_no_more(kept: Casebook) -> None:
    take(kept)
    lines = [line for line in kept.trail() if line.object_id == "tip 1"]
    assert len(lines) == 4
    assert all("-W" in line.at and ":" not in line.at for line in lines)


def test_another_key_opens_nothing_and_says_so(kept: Casebook) -> None:
    take(kept)
    other = x25519.Identity.generate()
    with kept.reading() as connection, pytest.raises(SealError, match="not sealed to the key"):
        open_parts(connection, 1, other)


def test_a_key_that_opens_a_tip_in_part_only_opens_none_of_it(
    kept: Casebook, first: x25519.Identity
) -> None:
    """Half a tip would be read as the whole."""
    take(kept)
    other = own_public(x25519.Identity.generate())
    row = {"part_id": "f" * 64, "number": 1, "place": 2, "recipients": json.dumps([other]),
           "sealed": seal(PARTS[0], [other])}  # fmt: skip
    with kept.writing("kk") as pen:
        pen.add(tip_parts, row, action="add", object_id="tip 1", exact="week")
    with kept.reading() as connection:
        with pytest.raises(SealError, match="not sealed to the key"):
            open_parts(connection, 1, first)
        assert listed(connection)[0].recipients == ()
        assert out_of_reach(connection) == (1,)


def test_a_challenge_that_somebody_else_made_proves_nothing(
    book: Casebook, first: x25519.Identity
) -> None:
    """It opens, but the word in it is another."""
    key = own_public(first)
    word = pyrage.encrypt(b"another word", [first.to_public()])
    row = {"recipient": key, "holder": "kk", "challenge": bytes(word), "answer": "0" * 64}
    with book.writing("kk") as pen:
        pen.add(reviewer_keys, row, action="add", object_id=key)
    with pytest.raises(SealError, match="was changed"), book.writing("kk") as pen:
        prove(pen, first)
    with book.reading() as connection:
        assert not keys(connection)[0].in_use


def test_a_lost_key_is_told_with_what_hangs_on_it(kept: Casebook, first: x25519.Identity) -> None:
    take(kept)
    with kept.reading() as connection:
        (key,) = keys(connection)
        assert hanging_on(connection, key) == (1,)
        assert out_of_reach(connection) == ()
    with kept.writing("kk") as pen:
        end_key(pen, own_public(first)[:20], LOST, "left in a train")
    with kept.reading() as connection:
        assert out_of_reach(connection) == (1,)
    with pytest.raises(SealError, match="no reviewer has proved"):
        take(kept)


def test_a_second_reviewer_opens_old_tips_after_they_are_sealed_anew(
    kept: Casebook, first: x25519.Identity
) -> None:
    take(kept)
    second = x25519.Identity.generate()
    with kept.writing("kk") as pen:
        add_key(pen, own_public(second), "mm")
        prove(pen, second)
    with kept.reading() as connection, pytest.raises(SealError):
        open_parts(connection, 1, second)
    with kept.writing("kk") as pen:
        assert reseal(pen, first) == (1,)
        assert reseal(pen, first) == ()
    with kept.reading() as connection:
        assert open_parts(connection, 1, second) == PARTS
        assert open_parts(connection, 1, first) == PARTS
        assert [hanging_on(connection, one) for one in keys(connection)] == [(), ()]


def test_a_proof_grows_old_and_an_unproven_key_is_not_in_use(
    kept: Casebook, first: x25519.Identity
) -> None:
    with kept.writing("kk") as pen:
        add_key(pen, own_public(x25519.Identity.generate()), "mm")
    with kept.reading() as connection:
        proven, unproven = keys(connection)
    today = proven.proven_on
    assert today is not None
    assert not proven.is_stale(today + timedelta(days=90))
    assert proven.is_stale(today + timedelta(days=91))
    assert not unproven.in_use


def test_a_key_is_kept_once_and_a_secret_one_never(kept: Casebook, first: x25519.Identity) -> None:
    with pytest.raises(RequestError, match="kept already"), kept.writing("kk") as pen:
        add_key(pen, own_public(first), "kk")
    with pytest.raises(SealError, match="a secret key"), kept.writing("kk") as pen:
        add_key(pen, str(first), "kk")
    assert str(first)[:30] not in repr(kept.trail())


def test_a_reviewer_writes_what_the_working_side_sees(kept: Casebook) -> None:
    take(kept)
    with kept.writing("mm") as pen:
        add_claim(pen, 1, REVIEWER, "Parts went on to Russia.")
    with kept.reading() as connection:
        (tip,) = listed(connection)
    assert [(one.made_by, one.by) for one in tip.claims] == [(OUTLINE, "kk"), (REVIEWER, "mm")]
    with pytest.raises(RequestError, match="there is no tip 7"), kept.writing("mm") as pen:
        add_claim(pen, 7, REVIEWER, "x")


def test_the_check_covers_tips_and_they_are_only_added_to(kept: Casebook) -> None:
    take(kept)
    assert kept.check().is_whole
