"""The Admiralty code: how reliable a source is, and how credible what it says, judged apart.

Source of the scales: NATO AJP-2.1 and the older STANAG 2511, as described in the literature on
intelligence grading. The letter is about the source's past, the digit about this one statement;
neither follows from the other, so both are asked and stored alone, each with who and when.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from entrepot.errors import RequestError

RELIABILITY: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY: Final = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
NOT_JUDGED: Final = ("F", 6)
"""What stands where nobody has judged: nothing is known, which is neither good nor bad."""


@dataclass(frozen=True, slots=True)
class Grade:
    """One person's judgement of a source or of a statement.

    Attributes:
        reliability: a letter of `RELIABILITY`; null: not judged by this entry.
        credibility: a digit of `CREDIBILITY`; null: not judged by this entry.
        by: who judged.
        at: when, UTC.
        because: the reason.
    """

    reliability: str | None
    credibility: int | None
    by: str
    at: datetime
    because: str = ""


def parse_grade(text: str) -> tuple[str | None, int | None]:
    """Letter and digit of "C3", "c", "3" or "F6"; null for the one that is not given.

    Raises:
        RequestError: anything else.
    """
    plain = text.strip().upper()
    letter = plain[:1] if plain[:1] in RELIABILITY else None
    rest = plain[1:] if letter else plain
    digit = int(rest) if rest.isascii() and rest.isdigit() and int(rest) in CREDIBILITY else None
    if not plain or (rest and digit is None):
        raise RequestError(
            f"got grade {text!r}, expected a letter A to F, a digit 1 to 6, or both as in C3",
            hint="A to F is how reliable the source was so far, 1 to 6 how credible this is.",
        )
    return letter, digit


def in_words(reliability: str | None, credibility: int | None) -> str:
    """A grade as people read it: `C3 (source fairly reliable; statement possibly true)`."""
    letter, digit = reliability or NOT_JUDGED[0], credibility or NOT_JUDGED[1]
    source = RELIABILITY[letter].removeprefix("reliability ")
    said = CREDIBILITY[digit].removeprefix("truth ")
    return f"{letter}{digit} (source {source}; statement {said})"
