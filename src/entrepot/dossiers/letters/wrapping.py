"""Lines of plain text that every mail program shows whole."""

import textwrap
from typing import Final

WIDTH: Final = 72
"""Signs a line; RFC 5322 section 2.1.1 asks for at most 78."""


def wrapped(text: str, indent: int = 0) -> str:
    """Text in lines of `WIDTH` signs, the second and later ones by `indent` blanks further in.

    Addresses and long words stay whole.
    """
    return textwrap.fill(
        text, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
