"""One place in a text or file that could point back to a source."""

from dataclasses import dataclass
from typing import Final

MUST, LOOK = "must", "look"
LEVELS: Final = (MUST, LOOK)
"""`must`: it goes, or a person allows it by name. `look`: a person looks at it."""

KINDS: Final = (
    "mail", "handle", "phone", "coordinates", "time", "address", "identifier", "device", "name",
    "voice", "wording", "from_tip", "metadata", "hidden",
)  # fmt: skip
"""What may point back; `from_tip`: a name or number that stands in the tip too."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A finding of the lint.

    Attributes:
        kind: one of `KINDS`.
        start, end: characters of the text; both 0 for a whole file (metadata).
        found: the words as they stand; of metadata its field, never shortened.
        why: how it could point back, one clause.
        level: one of `LEVELS`.
        where: file or field it stands in; empty: the text that was given.
    """

    kind: str
    start: int
    end: int
    found: str
    why: str
    level: str = MUST
    where: str = ""
