"""What a check can show of a claim: the tables, read strictly. All numbers in them are choices."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

IMAGE: Final = "image"
THERE, KIND = "there", "kind"
LEVELS: Final = (KIND, THERE)
"""What an image tells of a thing: of which kind it is; that one of its size is there."""

COUNTED: Final = ("supported", "contradicted")
"""Verdicts of a test against records that a probability counts already."""

_NAME: Final = "-"
"""Row of names such as "Aircraft Repair Plant", in which no aircraft is spoken of."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What the outcome of a check says of a claim of some type.

    Attributes:
        tells: chance that a usable look tells anything, the same if the claim holds or not.
        for_if_true: chance that it then speaks for the claim, if the claim holds.
        for_if_false: the same, if it does not hold.
        is_absence_against: where it does not speak for the claim it speaks against it; False: not
            seeing it moves nothing.
        shows: what it can show, to stand after "It can show".
        limits: what it cannot, one sentence.
    """

    tells: float
    for_if_true: float
    for_if_false: float
    is_absence_against: bool
    shows: str
    limits: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim speaks of, as seen from above.

    Attributes:
        name: of the row.
        there_m: ground sample distance from which one sees that something of its size is there;
            null: it cannot be seen from space.
        kind_m: from which one sees of which kind it is; null: the same.
        words: for a sentence.
    """

    name: str
    there_m: float | None
    kind_m: float | None
    words: str

    def limit_m(self, level: str) -> float | None:
        """Coarsest ground sample distance that reaches a level; null: none does."""
        return self.kind_m if level == KIND else self.there_m


def worth(claim_type: str, check: str, level: str = "") -> Worth | None:
    """The row for a type of claim, a kind of check and a level; null: it says nothing of it.

    A type that is not known is taken as `other`.
    """
    return _worths().get((claim_type or "other", check, level))


def subject_of(text: str) -> Subject | None:
    """What a claim speaks of, by its words; null: nothing that the table knows.

    Of several things the first row counts that is not blanked out by a longer name: in "aircraft
    parts" there is no aircraft. A claim that names a thing that can be seen beside one that cannot
    is taken by the one that can: that is what a picture may show.
    """
    left, unseen = text, None
    for subject, pattern in _subjects():
        if not pattern.search(left):
            continue
        if subject.there_m is not None:
            return subject
        unseen = unseen or (subject if subject.name != _NAME else None)
        left = pattern.sub(" ", left)
    return unseen


def subjects() -> tuple[Subject, ...]:
    """All rows, in order."""
    return tuple(subject for subject, _ in _subjects() if subject.name != _NAME)


@cache
def assumed(name: str) -> float:
    """A chance or limit that is taken where nothing is known, from `data/assumptions.tsv`."""
    return next(float(row["value"]) for row in _rows("assumptions") if row["name"] == name)


@cache
def weight(cost: str) -> float:
    """How much more a check of this cost must move to be worth one of minutes."""
    return next(float(row["weight"]) for row in _rows("costs") if row["cost"] == cost)


@cache
def _worths() -> Mapping[tuple[str, str, str], Worth]:
    return {
        (row["type"], row["check"], row["level"]): Worth(
            float(row["tells"]), float(row["for_if_true"]), float(row["for_if_false"]),
            row["absence"] == "against", row["shows"], row["limits"],
        )
        for row in _rows("worth")
    }  # fmt: skip


@cache
def _subjects() -> tuple[tuple[Subject, re.Pattern[str]], ...]:
    return tuple(
        (
            Subject(row["subject"], _metres(row["there_m"]), _metres(row["kind_m"]), row["words"]),
            re.compile(rf"(?<!\w)(?:{row['forms']})(?!\w)", re.IGNORECASE),
        )
        for row in _rows("subjects")
    )


def _metres(text: str) -> float | None:
    return float(text) if text else None


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files("entrepot.checks.planning").joinpath(f"data/{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", strict=True, quoting=csv.QUOTE_NONE))
