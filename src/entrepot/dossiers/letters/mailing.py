"""Sending many letters one by one: paced, tried again, ended cleanly, each at most once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from entrepot.dossiers.letters.pace import Pace
from entrepot.dossiers.letters.smtp import (
    GONE,
    LATER,
    NO_LETTER,
    NO_MAILBOX,
    SENT,
    UNSURE,
    Answer,
    Line,
    LineBroken,
)
from entrepot.errors import RequestError

BACKOFF: Final = (60.0, 300.0, 900.0)
"""Seconds before each round of those who were to be tried later, a choice: lists that greet
unknown senders with "later" let them in after one to fifteen minutes. After that: the next run."""
RECONNECT: Final = (2.0, 5.0, 15.0, 60.0)
"""Seconds before each new attempt at a line that broke, a choice."""
MOST_LATER: Final = 5_000
"""Letters that are kept for a later round; more wait for the next run, so memory stays small."""
MOST_REFUSED: Final = 25
"""Refusals in a row after which it is the sender that is at fault and not the addresses."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One letter that is to leave.

    Attributes:
        to: address.
        content: makes its bytes, when its turn comes.
        begin: writes down that the text is about to leave; false: it must not.
        done: writes down that the server has it.
        back: writes down that it does not have it.
        refused: writes down that it takes nothing for this address.
    """

    to: str
    content: Callable[[], bytes]
    begin: Callable[[], bool]
    done: Callable[[], None]
    back: Callable[[], None]
    refused: Callable[[str], None]


@dataclass(slots=True)
class Tally:
    """What a run did: letters by their end, and whether it came to its own end.

    Attributes:
        ends: number by `smtp.ENDS`; later: those that wait for the next run.
        is_stopped: somebody wished it to end.
        last: the last refusal, in the server's words.
    """

    ends: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((SENT, LATER, NO_MAILBOX, NO_LETTER, UNSURE, GONE), 0)
    )
    is_stopped: bool = False
    last: str = ""


Progress = Callable[[Tally], None]


class Mailing:
    """A run over letters.

    Attributes:
        tally: so far.
    """

    def __init__(self, line: Line, pace: Pace, progress: Progress = lambda _: None) -> None:
        self.tally = Tally()
        self._line = line
        self._pace = pace
        self._progress = progress
        self._in_a_row = 0
        self._broken = 0

    def run(self, letters: Iterable[Outgoing]) -> Tally:
        """Send them.

        Raises:
            RequestError: the server cannot be reached, or refuses everything. All that was sent is
                written down, and the same run goes on later.
        """
        try:
            late = self._round(letters)
            for seconds in BACKOFF:
                if not late or self.tally.is_stopped:
                    break
                if self._pace.wait(seconds):
                    self.tally.is_stopped = True
                    break
                self.tally.ends[LATER] -= len(late)
                late = self._round(late)
        finally:
            self._line.close()
        return self.tally

    def _round(self, letters: Iterable[Outgoing]) -> list[Outgoing]:
        """Those that are to be tried later."""
        late: list[Outgoing] = []
        for one in letters:
            # what is not begun is not lost: the next run finds it
            answer = self._post(one) if self._pace.turn() else None
            if answer is None:
                self.tally.is_stopped = True
                break
            self._count(one, answer)
            if answer.end == LATER and len(late) < MOST_LATER:
                late.append(one)
            self._progress(self.tally)
            if answer.is_broken and self._is_ended(answer.said):
                break
        return late

    def _post(self, one: Outgoing) -> Answer | None:
        """The answer to one letter, over a new line where the old one broke; null: stop."""
        while True:
            try:
                answer = self._line.post(one.to, one.content(), one.begin, one.back)
            except LineBroken as error:
                if self._is_ended(str(error)):
                    return None
                continue
            if not answer.is_broken:
                self._broken = 0
            return answer

    def _is_ended(self, said: str) -> bool:
        """Wait before the next attempt at a line that broke; true: stop.

        Raises:
            RequestError: it broke too often without an answer between.
        """
        if self._broken >= len(RECONNECT):
            raise RequestError(
                f"the line to the mail server broke {self._broken + 1} times in a row, after "
                f"{self.tally.ends[SENT]} letters: {said}",
                hint="What was sent is written down; the same command goes on.",
            )
        self._broken += 1
        if self._pace.wait(RECONNECT[self._broken - 1]):
            self.tally.is_stopped = True
        return self.tally.is_stopped

    def _count(self, one: Outgoing, answer: Answer) -> None:
        self.tally.ends[answer.end] += 1
        if answer.end == SENT:
            one.done()
        elif answer.end == NO_MAILBOX:
            one.refused(answer.said)
        if answer.end in (LATER, NO_MAILBOX, NO_LETTER):
            self.tally.last = answer.said
        self._in_a_row = self._in_a_row + 1 if answer.end in (NO_MAILBOX, NO_LETTER) else 0
        if self._in_a_row >= MOST_REFUSED:
            raise RequestError(
                f"the server refused {MOST_REFUSED} letters in a row, last with: {answer.said}",
                hint="Ask whoever runs the server; what was sent is written down.",
            )
