"""Speakers without a verb of saying: "MINISTRY OF TRADE: ...", "Exports fell - Reuters"."""

import re
from collections.abc import Sequence
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.lexicon import anywhere
from entrepot.evidence.reading.prepared import Prepared, within
from entrepot.evidence.reading.speakers import Speech

_LABEL: Final = re.compile(
    r"[\s•*–—-]*(?:(?:the|an?)\s+)?(?P<name>[^:.;!?,\n\d]{3,70}?):\s+(?=\S)",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:\s[-–—]\s+|\s\((?:source:\s+)?)(?P<name>\w[^-–—:;,.!?()\n\d]{1,50}?)\)?[.\s]*\Z",
    re.IGNORECASE,
)
_CLOSES: Final = re.compile(
    r",\s+(?:следует из|говорится в|свидетельствуют|показывают|явствует из|йдеться (?:у|в)"
    r"|випливає з|свідчать"
    r"|показують|as shown by|judging by|going by|so says?|or so says?)\s+(?:the\s+)?"
    r"(?P<name>[^,;:.]{3,80})[.\s]*\Z",
    re.IGNORECASE,
)
"""What closes a sentence with its source, without a verb of saying."""
LONGEST: Final = 8
"""Words of a label; what is longer is a clause."""
_LEAST_CAPITALS: Final = 5
_SOURCE: Final = re.compile(
    r"(?:[\w'’-]+\s+){0,4}(?:paper|report|study|officials?|sources?|minister|ministry|agency|police"
    r"|prosecutors?|analysts?|traders|customs|spokes\w+|собеседник|источник|джерело)(?:\s+\w+){0,3}"
)
_SPEAKS: Final = ("agency", "media", "court", "person", "company", "office")


def labelled(
    ready: Prepared, sentence: Span, language: str, known: Sequence[Speech]
) -> list[Speech]:
    """The speaker before a colon or behind a dash at the end; empty: none, or another speaks."""
    found = []
    text = ready.text[sentence[0] : sentence[1]]
    before, behind = _LABEL.match(text), _TAIL.search(text)
    closing = _CLOSES.search(text)
    if closing is not None:
        span = sentence[0] + closing.start("name"), sentence[0] + closing.end("name")
        return [Speech(ready.said(span), span, (sentence[0] + closing.start(), span[1]),
                       covers=sentence)]  # fmt: skip
    for match, is_label in ((before, True), (behind, False)):
        if match is None:
            continue
        span = sentence[0] + match.start("name"), sentence[0] + match.end("name")
        taken = any(one.stretch[0] < span[1] and span[0] < one.stretch[1] for one in known)
        if not taken and _is_speaker(ready, span, language, is_label):
            stretch = sentence[0] + match.start(), sentence[0] + match.end()
            found.append(Speech(ready.said(span), span, stretch, covers=sentence))
    return found


def _is_speaker(ready: Prepared, span: Span, language: str, is_label: bool) -> bool:
    """A named body alone, or (before a colon) one in capitals that is no country and no goods."""
    said = ready.text[span[0] : span[1]]
    if len(said.split()) > LONGEST or anywhere(
        language, "be", "have", "modal", "sell", "buy", "rise", "fall", "send", "say"
    ).search(ready.masked, *span):  # fmt: skip
        return False
    if any(one.what in _SPEAKS for one in within(ready.bodies, span)):
        return True
    if _SOURCE.fullmatch(said.lower()):
        return True
    named = bool(within(ready.places, span)) or bool(within(ready.goods, span))
    letters = [one for one in said if one.isalpha()]
    return is_label and not named and len(letters) >= _LEAST_CAPITALS and said.isupper()
