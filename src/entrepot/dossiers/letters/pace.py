"""How fast letters leave, and waiting that can be ended."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Wait = Callable[[float], bool]
"""Waits so many seconds at most; true: stop. `Stop.wait` outside of tests."""


class Stop:
    """A wish to end after the letter under way; may be made from a signal handler."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Wish it."""
        self._event.set()

    def wait(self, seconds: float) -> bool:
        """Wait; true as soon as it is wished."""
        return self._event.wait(max(0.0, seconds))


@dataclass(slots=True)
class Pace:
    """At most so many letters a minute, evenly.

    Attributes:
        per_minute: letters; 0: as fast as the server takes them.
        wait: how to wait.
        clock: seconds that never go back.
    """

    per_minute: float = 0
    wait: Wait = field(default_factory=lambda: Stop().wait)
    clock: Callable[[], float] = time.monotonic
    _next: float = 0.0

    def turn(self) -> bool:
        """Wait for the next letter's turn; false: stop instead."""
        now = self.clock()
        if self.wait(self._next - now if self.per_minute else 0.0):
            return False
        if self.per_minute:
            # from now on where it fell behind: what was missed is not made up for in a burst
            self._next = max(now, self._next) + 60 / self.per_minute
        return True
