"""What was asked of an archive: without it, "no image found" would not differ from "not asked"."""

from dataclasses import dataclass
from datetime import datetime

from entrepot.checks.images.image import Image
from entrepot.checks.images.outline import Box
from entrepot.checks.window import Window


@dataclass(frozen=True, slots=True)
class Asked:
    """One answered question to one collection of one archive.

    Attributes:
        archive: short name.
        collection: its name in the archive.
        address: of the archive's root page.
        window: that was asked for.
        boxes: that were asked for.
        asked_at: UTC instant of the first request.
        items: how many the archive gave.
        is_complete: whether all were taken; false where a limit cut the answer.
        norad_ids: satellites that the collection holds; empty: not known.
        settled_days: so many days after a pass its image is there, if there is one. A judgement.
        licence: of the collection, as the archive states it; empty: not stated.
        source: the file that keeps the question.
    """

    archive: str
    collection: str
    address: str
    window: Window
    boxes: tuple[Box, ...]
    asked_at: datetime
    items: int
    is_complete: bool
    norad_ids: frozenset[int]
    settled_days: int
    licence: str
    source: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What stored answers say of a site in a window.

    Attributes:
        images: in order of time; those of one look marked by `same_as`.
        asked: the questions behind them, oldest first; empty: no archive was asked.
        notes: what a reader must know, one sentence each.
    """

    images: tuple[Image, ...] = ()
    asked: tuple[Asked, ...] = ()
    notes: tuple[str, ...] = ()
