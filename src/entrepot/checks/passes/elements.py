"""Element sets from files, and for each satellite the one that fits a window best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from entrepot.checks.passes.elementsfile import sets_of
from entrepot.checks.passes.satellite import Elements
from entrepot.checks.window import Window


@dataclass(frozen=True, slots=True)
class Read:
    """What was read.

    Attributes:
        elements: every set that stands, in the order of the files; one satellite may have several.
        refusals: one sentence for each set that does not, with file and line.
    """

    elements: tuple[Elements, ...]
    refusals: tuple[str, ...]


def read_elements(paths: Sequence[Path], *, now: datetime | None = None) -> Read:
    """Element sets of all files: TLE (two or three lines) or OMM (XML, JSON, CSV), also in gzip.

    A broken set is told and loses no other.

    Args:
        paths: the files; their layout is told from the content.
        now: the moment, with a time zone; a set with a later epoch (`FUTURE_DAYS`) is refused as
            falsified. Null: epochs are not compared with a clock.

    Raises:
        SourceError: a file cannot be read, is a web page, is empty or has no set that stands.
    """
    elements, refusals = list[Elements](), list[str]()
    for path in paths:
        found = sets_of(path, now)
        elements += found.elements
        refusals += found.refusals
    return Read(tuple(elements), tuple(refusals))


def nearest(elements: Iterable[Elements], window: Window) -> tuple[Elements, ...]:
    """For each satellite the set whose epoch is closest to the middle of a window.

    That set has the smallest greatest age in it. Of two sets of one epoch the first counts.

    Returns:
        one set a satellite, in the order of their first appearance.
    """
    middle = window.from_at + (window.to_at - window.from_at) / 2
    best: dict[int, tuple[timedelta, Elements]] = {}
    for one in elements:
        apart = abs(one.epoch_at - middle)
        held = best.get(one.norad_id)
        if held is None or apart < held[0]:
            best[one.norad_id] = (apart, one)
    return tuple(one for _, one in best.values())
