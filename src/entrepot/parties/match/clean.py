"""Text of a name as it comes in, made safe to compare.

Unicode NFKC; control, format and direction marks, emoji and other symbols away; runs of white space
to one blank. A text longer than `NAME_LIMIT` characters is cut, and the cut is said.
"""

import unicodedata
from dataclasses import dataclass

NAME_LIMIT = 300
"""Characters kept of one name. The longest name on the lists of 2024 to 2026 has about 250."""

_MARKS = {"’": "'", "‘": "'", "`": "'", "ʼ": "'", "´": "'", "′": "'", "ʹ": "'", "ʺ": "'"}
_KEPT = frozenset("LMN")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` to compare; `notes` says in words what was taken away and may matter."""

    text: str
    notes: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Make a raw name comparable; an empty `text` means that nothing in it can be compared."""
    notes = []
    if len(text) > NAME_LIMIT:
        notes.append(f"only the first {NAME_LIMIT} of {len(text)} characters of the name were read")
    whole = unicodedata.normalize("NFKC", text[:NAME_LIMIT])[:NAME_LIMIT]
    if whole.isascii() and whole.isprintable():
        return Cleaned(" ".join(whole.split()), tuple(notes))
    kept = "".join(map(_letter, whole))
    return Cleaned(" ".join(kept.split()), tuple(notes))


def _letter(letter: str) -> str:
    if letter in _MARKS:
        return _MARKS[letter]
    kind = unicodedata.category(letter)
    if kind[0] in _KEPT or letter in "'\"&.,;:/()-–—‐‑«»“”„|@+#":
        return letter
    return "" if kind == "Cf" else " "
