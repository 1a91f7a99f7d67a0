"""Commodity codes: the Harmonized System and the national lines that extend it."""

from functools import cache
from importlib import resources
from typing import Final

import pyarrow.parquet as pq

from entrepot.codes.headings import FORMER_LABELS, SHORT_LABELS
from entrepot.codes.period import start
from entrepot.errors import CodeError

LENGTHS: Final = (2, 4, 6, 8, 10)
"""Digits of a chapter, a heading, an HS subheading, a CN or HTS line, a longer national line."""

HS_EDITIONS: Final[dict[int, str]] = {
    1988: "1992",
    1996: "1996",
    2002: "2002",
    2007: "2007",
    2012: "2012",
    2017: "2017",
    2022: "2022",
}
"""Year on whose 1 January an edition came into force (World Customs Organization). UN Comtrade
calls the first edition, with its amendments of 1992, "HS 1992" (H0)."""

SHORT_LENGTH: Final = 60
"""Signs that a short label may have, so that it fits a table row and a chart."""


NO_CHAPTER = ("00", "77")
"""The HS has chapters 01 to 97 and leaves 98 and 99 to countries; 77 is kept free.
Source: World Customs Organization, Harmonized System nomenclature 2022, table of contents."""


def normalise(text: str) -> str:
    """The digits of a code, without blanks and full stops: `8529 90 97` gives `85299097`.

    Raises:
        CodeError: other signs than digits, or not 2, 4, 6, 8 or 10 of them. Nothing is guessed:
            a lost leading zero cannot be told from a lost last digit.
    """
    code = text.replace(" ", "").replace("\u00a0", "").replace(".", "")
    if not (code.isascii() and code.isdigit()):
        raise CodeError(
            f"got commodity code {text!r}, expected digits only",
            got=text,
            hint="Write the code as in the HS or CN, for example 880730 or 8807.30.",
        )
    if len(code) not in LENGTHS:
        raise CodeError(
            f"got {len(code)} digits in commodity code {text!r}, expected 2, 4, 6, 8 or 10",
            got=text,
            hint="A leading zero may be missing: a spreadsheet turns 010121 into 10121.",
        )
    if code[:2] in NO_CHAPTER:
        raise CodeError(
            f"got commodity code {text!r}, expected chapter 01 to 99 without 77",
            got=text,
            hint="Chapter 77 is kept free in the HS, and there is no chapter 00.",
        )
    return code


def level(code: str) -> int:
    """Digits of the code: 2, 4, 6, 8 or 10.

    Raises:
        CodeError: not a commodity code.
    """
    return len(normalise(code))


def parent(code: str, level: int) -> str:
    """The code at a higher level: the heading of 88073000 at level 4 is 8807.

    Raises:
        CodeError: `level` is not a level, or the code is shorter than it.
    """
    plain = normalise(code)
    if level not in LENGTHS or level > len(plain):
        raise CodeError(
            f"got level {level} for {plain}, expected one of 2, 4, 6, 8, 10 up to {len(plain)}",
            got=code,
            hint="A code has parents above it only.",
        )
    return plain[:level]


def edition_on(period: str) -> str:
    """The HS edition in force at the start of the period, such as `2022`.

    Countries may apply an edition late; the publisher's own mark goes first where there is one.

    Raises:
        CodeError: not a period, or before 1988, when there was no HS.
    """
    year = start(period).year
    in_force = [edition for first, edition in HS_EDITIONS.items() if first <= year]
    if not in_force:
        raise CodeError(
            f"got period {period!r}, expected one from {min(HS_EDITIONS)} on: the HS began then",
            got=period,
            hint="Older figures follow the SITC.",
        )
    return in_force[-1]


@cache
def _labels() -> dict[str, str]:
    # HS 2022 descriptions; made by tools/build_codes.py, which says source and licence.
    path = resources.files("entrepot.codes").joinpath("data/labels.parquet")
    with path.open("rb") as file:
        # One thread: those of a pool may still run when a short command ends.
        table = pq.ParquetFile(file).read(use_threads=False)
    printed = zip(table["code"].to_pylist(), table["label"].to_pylist(), strict=True)
    return {**FORMER_LABELS, **dict(printed)}


def is_labelled(code: str) -> bool:
    """True when a chapter, heading or subheading is in HS 2022 or among the ended ones held."""
    return code in _labels()


@cache
def children(code: str) -> tuple[str, ...]:
    """The headings of a chapter or the subheadings of a heading in HS 2022; of others none."""
    size = {2: 4, 4: 6}.get(len(code))
    found = (one for one in _labels() if len(one) == size and one.startswith(code))
    return tuple(sorted(one for one in found if one not in FORMER_LABELS))


def label(code: str) -> str:
    """Description of the code in HS 2022; of some well-known ended codes in their last edition.

    Codes of 8 and 10 digits have the label of their subheading; an ended subheading that is not
    held has the label of its heading; an unknown code reads `code 9999`.

    Raises:
        CodeError: not a commodity code.
    """
    plain = normalise(code)
    for digits in (6, 4, 2):
        if digits <= len(plain) and (found := _labels().get(plain[:digits])):
            # A chapter is too wide to stand for an unknown heading.
            return found if digits > 2 or len(plain) == 2 else f"code {plain}"
    return f"code {plain}"


def short_label(code: str) -> str:
    """A label of at most 60 signs for tables and charts: hand-written, or the label cut at a word.

    Raises:
        CodeError: not a commodity code.
    """
    plain = normalise(code)
    for digits in (6, 4, 2):
        # The hand-written name of a heading does not tell its subheadings apart.
        if digits == min(len(plain), 6) and (found := SHORT_LABELS.get(plain[:digits])):
            return found
    return _cut(label(plain))


def _cut(text: str) -> str:
    if len(text) <= SHORT_LENGTH:
        return text
    short = text[: SHORT_LENGTH + 1].rsplit(" ", 1)[0]
    while short.count("(") > short.count(")"):
        short = short[: short.rindex("(")]
    words = short.split()
    while words and words[-1].strip(",;:-(") in _LOOSE_ENDS:
        words.pop()
    return " ".join(words).rstrip(" ,;:-(") or text[:SHORT_LENGTH]


_LOOSE_ENDS: Final = frozenset(
    (
        *("", "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "its", "n.e.c."),
        *("no", "nor", "not", "of", "on", "or", "other", "than", "that", "the", "their", "to"),
        *("used", "which", "whether", "with", "without"),
    )
)
