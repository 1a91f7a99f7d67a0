"""The service behind the addresses: what is loaded, how it is replaced, and who works on it.

Comparing names takes the processor, so it runs in a few threads of its own; the server stays free
to answer. A request hands in one query at a time, so that a large batch does not hold up a small
one.
"""

import asyncio
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Final, ParamSpec, TypeVar

from entrepot.errors import EntrepotError
from entrepot.parties.match.matcher import Matcher
from entrepot.web.holdings import Holdings, build
from entrepot.web.source import Source, reason

P = ParamSpec("P")
T = TypeVar("T")

WORKERS: Final = 2
"""Threads that compare. More gain nothing: the comparison holds Python's lock most of the time."""

DAYS_KEPT: Final = 2
"""Past days whose index stays in memory; each takes about as much as the current one."""

log = logging.getLogger("entrepot.web")


class NotReady(Exception):
    """Nothing is loaded yet."""


class Service:
    """Holds the lists in service and replaces them as a whole.

    Args:
        source: where the lists come from.
        algorithm: as `Matcher.build` takes it.
        update_token: what `/updatez` asks for; empty: updates are refused.
        workers: threads that compare.
    """

    def __init__(
        self,
        source: Source,
        *,
        algorithm: str = "best",
        update_token: str = "",
        workers: int = WORKERS,
    ) -> None:
        self.source = source
        self.update_token = update_token
        self.failed: EntrepotError | None = None
        self.update_failed: str | None = None
        self._algorithm = algorithm
        self._held: Holdings | None = None
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="entrepot-match")
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="entrepot-load")
        self._days: OrderedDict[date, Holdings] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether lists are in service."""
        return self._held is not None

    @property
    def held(self) -> Holdings:
        """The lists in service.

        Raises:
            NotReady: they are still being loaded.
        """
        if self._held is None:
            raise NotReady
        return self._held

    def load(self) -> None:
        """Read the lists and put them into service; on an error the old ones stay.

        Raises:
            EntrepotError: a list cannot be read; nothing changed.
        """
        try:
            self._load()
        except Exception as error:
            self.update_failed = reason(error)
            log.error("lists not loaded: %s", self.update_failed)
            raise

    def begin(self) -> None:
        """Load for the first time; what is wrong is left to the caller to say.

        Raises:
            EntrepotError: the lists cannot be loaded, whatever the reason.
        """
        try:
            self._load()
        except EntrepotError:
            raise
        except Exception as error:
            if "interrupt" in str(error).lower():  # Ctrl-C, as the tables report it
                raise
            raise EntrepotError(f"the lists could not be loaded: {reason(error)}") from error

    def _load(self) -> None:
        fresh = build(self.source.refresh(), self._algorithm)
        with self._lock:
            self._held, self.update_failed = fresh, None
            self._days.clear()
        log.info(
            "lists loaded: %d parties, algorithm %s", len(fresh.parties), fresh.matcher.algorithm
        )

    def start(
        self,
        on_failed: Callable[[], None] | None = None,
        on_ready: Callable[[], None] | None = None,
    ) -> None:
        """Load in the background; after an error `failed` says why and `on_failed` is called.

        What `load` has put into service already is not loaded again.
        """
        if self.ready:
            if on_ready:
                on_ready()
            return

        def first() -> None:
            try:
                self.begin()
            except EntrepotError as error:
                self.failed = error
            except Exception as error:
                self.failed = EntrepotError(f"the lists could not be loaded: {reason(error)}")
            then = on_failed if self.failed else on_ready
            if then:
                then()

        self._loader.submit(first)

    def update(self) -> "asyncio.Future[None]":
        """Load anew in the background, after an update that is already running."""
        return asyncio.get_running_loop().run_in_executor(self._loader, self.load)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Work in one of the comparing threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))

    async def at(self, day: date | None) -> Holdings:
        """The lists in service, or those of a day.

        The first request for a day builds its index, which takes as long as the start.

        Raises:
            NotReady: still loading.
        """
        held = self.held
        if day is None:
            return held
        with self._lock:
            if day in self._days:
                self._days.move_to_end(day)
                return self._days[day]
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._loader, self._built, day)

    def _built(self, day: date) -> Holdings:
        """Called in the one loading thread, so that a day is built once."""
        held = self.held
        with self._lock:
            if day in self._days:
                return self._days[day]
        parties = {party.party_id: party for party in self.source.store().on(day)}
        single = len({one.list_id for one in held.every}) == len(held.every)
        if single and parties.keys() <= held.parties.keys():
            matcher = held.matcher  # one edition a list: the entries are the same, only fewer
        else:
            matcher = Matcher.build(tuple(parties.values()), algorithm=held.matcher.algorithm)
        made = replace(held, matcher=matcher, parties=parties, day=day).warm()
        with self._lock:
            if self._held is held:
                self._days[day] = made
                while len(self._days) > DAYS_KEPT:
                    self._days.popitem(last=False)
        return made

    def close(self) -> None:
        """Stop the threads; work not begun is dropped, work begun is waited for."""
        self._pool.shutdown(cancel_futures=True)
        self._loader.shutdown(cancel_futures=True)
        self.source.close()
