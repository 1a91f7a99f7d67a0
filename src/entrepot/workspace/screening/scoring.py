"""Each distinct name scored once, on all cores.

Where processes can fork, the matcher is built once and shared; elsewhere each process builds its
own. A worker ends by itself when the process that started it is gone.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import connection
from typing import Any, Final

from entrepot.errors import EngineError
from entrepot.parties.match.matcher import Hit, Matcher, Query
from entrepot.parties.party import Listing
from entrepot.workspace.screening.days import Presence
from entrepot.workspace.screening.lists import Printed
from entrepot.workspace.screening.queries import query_of

SPARE: Final = 10
"""Hits kept beyond the limit, so that hits judged different make room for the next best."""

MANY: Final = 200
"""Hits looked at of one name where rows have days, before those not listed on the day go away."""

SIEVED: Final = 0.6
"""Share of the threshold that a sieve asks for: words weigh differently among few parties."""

WAITING: Final = 2
"""Stretches handed out for each worker; the rest waits on the disk."""

NO_DAY: Final = "the row's day is not known; it may not have been listed"
"""Said of hits of rows without a day, which are compared with everybody who was ever listed."""

Row = Mapping[str, Any]
HitRow = dict[str, Any]


@dataclass(frozen=True)
class Scorer:
    """A matcher with the terms of a run.

    Attributes:
        matcher: the matcher.
        threshold: least score of a hit.
        limit: most hits a name that are shown.
        on: as the lists stood that day.
        presence: who was listed on the day of each row; null: rows have no days.
        only: ids of the parties that are compared; null: all.
        printed: first days as the lists print them; null: as the parties have them.
        sieve: a matcher of these parties alone; a name that is far from all of them is let go.
    """

    matcher: Matcher
    threshold: float
    limit: int
    on: date | None = None
    presence: Presence | None = None
    only: frozenset[str] | None = None
    sieve: Matcher | None = None
    printed: Printed | None = None

    def stretch(self, rows: Sequence[Row]) -> list[HitRow]:
        """Hits of some distinct names, in the order of the names."""
        kept: list[HitRow] = []
        last: tuple[Query | None, list[Hit]] = (None, [])
        for row in rows:
            query = query_of(row)
            if query != last[0]:
                last = (query, self._found(query) if query else [])
            kept += self._on_its_day(row, last[1])
        return kept

    def _found(self, query: Query) -> list[Hit]:
        only, sieve = self.only, self.sieve
        loose = self.threshold * SIEVED
        if sieve is not None and not sieve.match(query, limit=1, threshold=loose):
            return []
        return self.matcher.match(
            query,
            limit=MANY if self.presence else self.limit + SPARE,
            threshold=self.threshold,
            on=self.on,
            keep=None if only is None else lambda party: party.party_id in only,
        )

    def _on_its_day(self, row: Row, hits: Sequence[Hit]) -> Iterator[HitRow]:
        day = date.fromisoformat(row["day"]) if self.presence and row["day"] else None
        if self.presence and day:
            there = (_as_of(hit, self.presence, day) for hit in hits)
            hits = [hit for hit in there if hit is not None][: self.limit + SPARE]
        elif self.presence:
            hits = [replace(hit, words=(*hit.words, NO_DAY)) for hit in hits]
        for place, hit in enumerate(hits):
            yield _row(row["key"], place, hit, day or self.on, self.printed)


def _as_of(hit: Hit, presence: Presence, day: date) -> Hit | None:
    party = presence.at(hit.party, day)
    if party is None or any(one.holds(day) for one in party.listings):
        return replace(hit, party=party) if party else None
    said = f"whether it was listed on {day.isoformat()} is not known"
    return replace(hit, party=party, words=(*hit.words, said))


def _row(key: int, place: int, hit: Hit, day: date | None, printed: Printed | None) -> HitRow:
    listings = hit.party.listings
    held = [one for one in listings if day is None or one.holds(day)] or list(listings)
    first = held[0] if held else None
    since, said = _since(hit, first, day, printed)
    return {
        "key": key, "place": place, "id": hit.party.party_id, "caption": hit.party.caption,
        "schema": hit.party.schema, "score": hit.score, "list": first.list_id if first else None,
        "listed_on": since,
        "also_on": list(dict.fromkeys(one.list_id for one in held[1:]
                                      if first and one.list_id != first.list_id)),
        "explanation": "; ".join((*hit.words, *said)),
    }  # fmt: skip


def _since(
    hit: Hit, listing: Listing | None, day: date | None, printed: Printed | None
) -> tuple[str | None, tuple[str, ...]]:
    """The first day as the list prints it; where it prints none, the day by which it was there."""
    seen = listing.listed_on if listing else None
    if listing is None or printed is None or day is None:
        return (seen.isoformat() if seen else None), ()
    first = printed.get((hit.party.party_id, listing.list_id, listing.record_id))
    if first is not None and first <= day:
        return first.isoformat(), ()
    return None, ((f"on the list by {seen.isoformat()} at the latest",) if seen else ())


def score_all(
    scorer: Scorer,
    stretches: Iterable[tuple[int, Sequence[Row]]],
    keep: Callable[[int, list[HitRow]], None],
    workers: int,
    told: Callable[[int], None],
) -> None:
    """Score stretches of distinct names and hand each to `keep` as it is done.

    Args:
        scorer: matcher and terms.
        stretches: number and names of each.
        keep: called in this process, in no order.
        workers: processes; 1: this one.
        told: how many more names are done.

    Raises:
        EngineError: a worker was killed; what was kept stays.
    """
    if workers <= 1:
        for number, rows in stretches:
            keep(number, scorer.stretch(rows))
            told(len(rows))
        return
    try:
        with _pool(scorer, workers) as pool:
            _feed(pool, iter(stretches), keep, workers * WAITING, told)
    except BrokenProcessPool as error:
        raise EngineError(
            "a worker was ended by the system, most likely for want of memory",
            hint="Run the same command with fewer --workers; what is done is kept.",
        ) from error


def _feed(
    pool: ProcessPoolExecutor,
    stretches: Iterator[tuple[int, Sequence[Row]]],
    keep: Callable[[int, list[HitRow]], None],
    most: int,
    told: Callable[[int], None],
) -> None:
    waiting: dict[Future[list[HitRow]], tuple[int, int]] = {}
    more = True
    while more or waiting:
        while more and len(waiting) < most:
            following = next(stretches, None)
            more = following is not None
            if following is not None:
                future = pool.submit(_work, following[1])
                waiting[future] = (following[0], len(following[1]))
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            number, count = waiting.pop(future)
            keep(number, future.result())
            told(count)


_SHARED: dict[str, Scorer] = {}
"""The scorer of this process, for workers that were forked from it."""


@contextmanager
def _pool(scorer: Scorer, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Workers that are gone when this ends, also after an error or Ctrl-C."""
    forked = sys.platform.startswith("linux")
    context = multiprocessing.get_context("fork" if forked else "spawn")
    if forked:
        _SHARED["scorer"] = scorer
        gc.collect()
        gc.freeze()  # pages of shared objects are not written to, so they stay shared
    given = None if forked else _terms(scorer)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(given,))
    try:
        with warnings.catch_warnings():
            # The workers only compute: they touch no lock of another thread.
            warnings.simplefilter("ignore", DeprecationWarning)
            yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _SHARED.clear()
        if forked:
            gc.unfreeze()


def _terms(scorer: Scorer) -> tuple[Any, ...]:
    parties = tuple(scorer.matcher.parties.values())
    sieved = tuple(scorer.sieve.parties.values()) if scorer.sieve else None
    bare = replace(scorer, matcher=None, sieve=None)  # type: ignore[arg-type]
    return (parties, sieved, scorer.matcher.algorithm, bare)


def _begin(given: tuple[Any, ...] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that hands out work
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if given is not None:
        parties, sieved, algorithm, terms = given
        matcher = Matcher.build(parties, algorithm=algorithm)
        sieve = Matcher.build(sieved, algorithm=algorithm) if sieved else None
        _SHARED["scorer"] = replace(terms, matcher=matcher, sieve=sieve)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(rows: Sequence[Row]) -> list[HitRow]:
    return _SHARED["scorer"].stretch(rows)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
