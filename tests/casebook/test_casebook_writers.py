"""Several writers at once, and a writer that is killed: nothing is lost, forked or half written."""

import itertools
import os
from pathlib import Path

import pytest
from tests.casebook.world import BOUGHT, REPORT, ticking
from tests.casebook.writers import (
    ended,
    processes,
    started,
    write_many,
    write_one_report,
    write_without_end,
)

from entrepot.casebook.casebook import Casebook

WRITERS, ENTRIES = 8, 50


def test_eight_writers_lose_nothing_and_never_fork_the_chain(url: str) -> None:
    with Casebook.open(url, ticking()) as book:
        book.keep(REPORT, [BOUGHT], by="reader")
        before = book.head()[0]
        reading = book.claim(BOUGHT.claim_id).readings[0].reading_id
    context = processes()
    barrier = context.Barrier(WRITERS)
    people = [f"w{number}" for number in range(WRITERS)]
    running = [
        started(context, write_many, barrier, url, who, ENTRIES, BOUGHT.claim_id, reading)
        for who in people
    ]
    assert ended(running) == [0] * WRITERS
    with Casebook.open(url) as book:
        kept = {(one.by, one.subject_id) for one in book.grades()}
        assert kept == {(who, f"{who} {number}") for who in people for number in range(ENTRIES)}
        assert book.head()[0] == before + WRITERS * (ENTRIES + ENTRIES // 10)
        held = book.claim(BOUGHT.claim_id)
        assert held.state == "disputed"
        assert len(held.versions) == WRITERS
        assert book.check().is_whole
        order = [line.by for line in book.trail()[before:]]
    turns = [1 for one, two in itertools.pairwise(order) if one != two]
    assert len(turns) > WRITERS  # they did write at the same time


def test_a_writer_that_is_killed_leaves_a_whole_casebook(url: str) -> None:
    with Casebook.open(url, ticking()) as book:
        book.keep(REPORT, [BOUGHT], by="reader")
        before = book.head()
    context = processes()
    writing = context.Event()
    running = started(context, write_without_end, url, writing)
    assert writing.wait(60)
    running.kill()
    running.join()
    assert running.exitcode == -9
    running.close()
    with Casebook.open(url, ticking()) as book:
        assert book.head() == before
        assert book.check().is_whole
        book.decide(BOUGHT.claim_id, "confirm", by="kk")  # the next one can write at once
        assert book.check().entries == before[0] + 1


def test_a_file_whose_making_was_cut_off_is_made_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "casebook.sqlite"
    path.touch()
    with Casebook.open(path) as book:
        assert book.check().is_whole


def test_those_who_make_the_same_file_at_once_all_get_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "casebook.sqlite"
    context = processes()
    barrier = context.Barrier(4)
    running = [
        started(context, write_one_report, barrier, str(path), f"text {number}")
        for number in range(4)
    ]
    assert ended(running) == [0] * 4
    with Casebook.open(path) as book:
        assert len(book.reports()) == 4
        assert book.check().is_whole
        assert [line.action for line in book.trail()].count("create") == 1


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX")
def test_a_file_is_private_whatever_the_mask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = tmp_path / "casebook.sqlite"
        Casebook.open(path).close()
        assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(old)
