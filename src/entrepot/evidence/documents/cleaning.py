"""Text without what a person cannot see: control signs, hidden and reordering signs.

Such signs can hide words from a reader or show them in another order than they stand in, and they
would shift every span. Which ones: the categories Cc and Cf of Unicode, the tag signs and the
variation selectors of the supplement (Unicode Technical Report 36, sections 2.5 and 3.5).
"""

import re
import unicodedata
from typing import Final

from entrepot.evidence.documents.found import many

_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in Unicode NFC with line feeds, and a note for each kind of sign taken out.

    Line ends of any make become one line feed. A lone surrogate becomes U+FFFD. Everything that is
    seen stays, spaces and empty lines too.
    """
    notes = []
    text = text.removeprefix("\ufeff")
    text, count = _SURROGATES.subn("\ufffd", text)
    if count:
        notes.append(f"{many(count, 'half sign')} of Unicode replaced by U+FFFD.")
    text = _LINE_ENDS.sub("\n", text)
    for signs, what in (
        (_CONTROLS, "control sign"),
        (_BIDI, "sign that turns the order of text"),
        (_HIDDEN, "sign that cannot be seen"),
    ):
        text, count = signs.subn("", text)
        if count:
            plural = what.replace("sign", "signs", 1).replace("turns", "turn")
            notes.append(f"{many(count, what, plural)} taken out; such signs can hide text.")
    return unicodedata.normalize("NFC", text), tuple(notes)
