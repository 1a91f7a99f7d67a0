"""Text of a list as it is kept, and as it is shown.

Kept: white space is collapsed, control characters are dropped, everything else (also marks of
direction and emoji) stays as the publisher wrote it. Shown: characters that steer a terminal or
turn text around are taken out.
"""

import re
import unicodedata
from typing import Final

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]+")
NOTHING: Final = frozenset(
    {"", "-0-", "-", "--", "n/a", "N/A", "None", "null", "UNKNOWN", "Unknown"}
)
"""What publishers write for nothing; `-0-` is OFAC's."""

SHOWN_CHARACTERS: Final = 200
"""A name of 10 kB is kept whole and shown this long."""


def clean(text: str | None) -> str:
    """One line of text without control characters; empty for null and for what means nothing."""
    if not text:
        return ""
    line = " ".join((text if text.isprintable() else CONTROL.sub(" ", text)).split())
    return "" if line in NOTHING else line


def shown(text: str, limit: int = SHOWN_CHARACTERS) -> str:
    """Text for a terminal: no control, direction or format characters; cut after `limit`.

    The joiners of Persian and Indic scripts (U+200C, U+200D) stay: words need them.
    """
    kept = "".join(
        sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")
        or sign in "\u200c\u200d"
    )  # fmt: skip
    return kept if len(kept) <= limit else f"{kept[: limit - 1]}…"
