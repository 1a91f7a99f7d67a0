"""Which stretches of a report are read: sentences, but no headings, questions or boilerplate."""

import re
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.prepared import Prepared
from entrepot.evidence.report import Report

_BULLET: Final = re.compile(r"\s*(?:[-*•–—▪◦]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_ENDS: Final = (".", "!", ";", ":", "…", '"', "”", "»", ".)", ".’")
LONGEST_HEADING: Final = 140


def passages(ready: Prepared, report: Report) -> list[Span]:
    """Sentences that may hold claims, in order."""
    return [one for one in ready.sentences if _is_read(ready, report, one)]


def _is_read(ready: Prepared, report: Report, sentence: Span) -> bool:
    text = ready.text[sentence[0] : sentence[1]].strip()
    if not text or text.endswith("?"):
        return False
    if report.title and text == report.title.strip():
        return False
    return not _is_heading(ready, sentence, text)


def _is_heading(ready: Prepared, sentence: Span, text: str) -> bool:
    """A short line of its own without a full stop, no bullet, before a blank line or the text."""
    if text.endswith(_ENDS) or len(text) > LONGEST_HEADING or _BULLET.match(text + " "):
        return False
    before = ready.text[: sentence[0]]
    after = ready.text[sentence[1] :]
    line = before.rfind("\n") + 1
    if _BULLET.match(before[line:] + text):
        return False
    ends = after.lstrip(" ").startswith("\n") or ready.text[sentence[0] : sentence[1]].endswith(
        "\n"
    )
    return not before[line:].strip() and ends and bool(after.strip())


def paragraph_starts(ready: Prepared) -> dict[int, bool]:
    """Starts of sentences that open a paragraph -> whether it is an item of a list."""
    found: dict[int, bool] = {}
    for start, end in ready.sentences:
        gap = ready.text[max(0, start - 4) : start]
        if start == 0 or "\n\n" in gap or gap.endswith("\n"):
            line = ready.text[start:end]
            found[start] = bool(_BULLET.match(line)) or "\n\n" not in gap
    return found
