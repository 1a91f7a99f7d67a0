"""What a reader of one make of file hands over, before it becomes a `Report`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Found:
    """The readable part of a file.

    Attributes:
        text: as a person reads it, not yet cleaned by `cleaning.clean`.
        title: as printed; empty: none.
        publisher: outlet, agency or author as printed; empty: not known.
        day: the day the file itself declares for the report; null: it declares none.
        notes: what was left out or could not be done, one sentence each.
    """

    text: str
    title: str = ""
    publisher: str = ""
    day: date | None = None
    notes: tuple[str, ...] = field(default=())


def many(count: int, one: str, more: str = "") -> str:
    """A number with its noun: "1 comment was", "3 comments were" from the two wordings."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def said_once(notes: Iterable[str]) -> tuple[str, ...]:
    """Notes without repetition, in the order in which they were first said."""
    return tuple(dict.fromkeys(note for note in notes if note))
