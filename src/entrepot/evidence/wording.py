"""Words of estimative probability, and a lint that keeps likelihood and confidence apart.

Source: Intelligence Community Directive 203, Analytic Standards (2 January 2015), section
D.6.e.(2): seven bands, two rows of terms of which a product uses one, and no likelihood and
confidence in the same sentence.
"""

import re
from dataclasses import dataclass
from typing import Final

LOWEST, HIGHEST = 0.01, 0.99
"""The bands reach from 1 to 99 %: nothing is called certain or impossible."""

BANDS: Final = (
    (0.05, "almost no chance", "remote"),
    (0.20, "very unlikely", "highly improbable"),
    (0.45, "unlikely", "improbable"),
    (0.55, "roughly even chance", "roughly even odds"),
    (0.80, "likely", "probable"),
    (0.95, "very likely", "highly probable"),
    (HIGHEST, "almost certain", "nearly certain"),
)
"""Upper end of each band (not included), the term Entrepot uses, and the term of the other row."""

_LIKELIHOOD: Final = re.compile(
    r"\b(almost no chance|very unlikely|unlikely|roughly even (?:chance|odds)|very likely|likely|"
    r"almost certain(?:ly)?|remote(?:ly)?|(?:highly )?(?:im)?probabl[ey]|nearly certain(?:ly)?)\b",
    re.IGNORECASE,
)
_OTHER_ROW: Final = re.compile(
    r"\b(remote|(?:highly )?(?:im)?probabl[ey]|roughly even odds|nearly certain(?:ly)?)\b",
    re.IGNORECASE,
)
_FIRST_ROW: Final = re.compile(
    r"\b(almost no chance|(?:very )?(?:un)?likely|roughly even chance|almost certain(?:ly)?)\b",
    re.IGNORECASE,
)
_CONFIDENCE: Final = re.compile(
    r"\b(?:(?:high|moderate|medium|low)(?:er)?\s+(?:degree of\s+)?confidence|confident(?:ly)?)\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*")


@dataclass(frozen=True, slots=True)
class WordingFault:
    """A place where the words break the standard: `start` to `end` of the text, and why."""

    start: int
    end: int
    why: str


def band(probability: float) -> str:
    """The term for a probability (0 to 1, dimensionless); one of the first row of `BANDS`.

    A bound belongs to the band above it: 0.20 is "unlikely", 0.45 "roughly even chance".

    Raises:
        ValueError: it is no probability.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability is 0 to 1, got {probability}")
    return next((term for top, term, _ in BANDS if probability < top), BANDS[-1][1])


def band_limits(probability: float) -> tuple[float, float]:
    """Lower and upper end of the band that holds a probability, 0.01 to 0.99."""
    low = LOWEST
    for top, _, _ in BANDS[:-1]:
        if probability < top:
            return low, top
        low = top
    return low, HIGHEST


def with_band(probability: float) -> str:
    """The term with its band: `likely (55 to 80 %)`."""
    low, high = band_limits(probability)
    return f"{band(probability)} ({low * 100:.0f} to {high * 100:.0f} %)"


def wording_faults(text: str) -> list[WordingFault]:
    """Where a text mixes what ICD 203 keeps apart.

    Two faults: likelihood and confidence in one sentence; terms of both rows in one text (the
    first term of the second row met is named).
    """
    found = [
        WordingFault(one.start(), one.end(), "likelihood and confidence in one sentence")
        for one in _SENTENCE.finditer(text)
        if _LIKELIHOOD.search(one.group()) and _CONFIDENCE.search(one.group())
    ]
    other = _OTHER_ROW.search(text)
    if other and _FIRST_ROW.search(text):
        why = f"{other.group()!r} and terms of the other row in one text"
        found.append(WordingFault(other.start(), other.end(), why))
    return sorted(found, key=lambda fault: fault.start)
