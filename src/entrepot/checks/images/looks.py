"""Which images are of one look: copies, levels and tiles of one pass are not counted twice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Final

from entrepot.checks.images.archives import holding_of, holdings
from entrepot.checks.images.image import Image

ONE_LOOK: Final = timedelta(minutes=10)
"""Images of one satellite that follow each other within this time are of one look at the site. No
satellite of the table sees a place twice in less than a turn, some 99 minutes; archives differ by
up to two minutes in what they call the time of one."""

TIMES: Final = ("tile", "scene", "slice", "not known", "datatake")
"""Kinds of recorded time, best first."""


def marked(images: Iterable[Image]) -> tuple[Image, ...]:
    """Images in order of time; of each look all but the best name it in `same_as`.

    The best shows most of the surroundings, then has the best recorded time, then stands first in
    the table of archives. Images whose satellite is not known are one only under one name.
    """
    ordered = sorted(images, key=lambda one: (str(_who(one)), one.at))
    found: list[Image] = []
    for _, same in groupby(ordered, key=_who):
        look: list[Image] = []
        for one in same:
            if look and one.at - look[-1].at > ONE_LOOK:
                found += _look(look)
                look = []
            look.append(one)
        found += _look(look)
    return tuple(sorted(found, key=lambda one: (one.at, one.archive, one.collection, one.item_id)))


def _who(image: Image) -> tuple[int, str]:
    return (image.norad_id, "") if image.norad_id is not None else (0, image.item_id)


def _look(images: list[Image]) -> list[Image]:
    best = min(images, key=_rank)
    name = f"{best.item_id} in {best.archive}, {best.collection}"
    return [one if one is best else replace(one, same_as=name) for one in images]


def _rank(image: Image) -> tuple[float, int, int, str, str]:
    table = [(one.archive, one.collection) for one in holdings()]
    key = (image.archive, image.collection)
    covered = -1.0 if image.coverage_pct is None else image.coverage_pct
    return (
        -covered, TIMES.index(holding_of(*key).time_is),
        table.index(key) if key in table else len(table), image.archive, image.item_id,
    )  # fmt: skip
