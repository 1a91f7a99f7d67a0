"""The part of a sentence that says one thing, where the rest says another."""

import re
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.lexicon import anywhere
from entrepot.evidence.reading.prepared import Prepared

_JOINT: Final = re.compile(
    r";\s+|\s+and\s+(?=(?:has|have|had|is|are|was|were|will|may|must|can|cannot|it|they)\s)|\s+and\s+(?=(?:also\s+|then\s+)?(?:says?|said|adds?|added|claims?|claimed|points?|pointed"
    r"|calls?|called|denies|denied|expects?|expected|insists?|insisted)\s)|,\s+(?:and|but|while|whereas|although|though|yet|so)\s+|\s+and\s+that\s+"
    r"|,\s+(?=(?:of\s+(?:which|whom|them|these)|those\s+(?:for|from|of|to))\s)"
    r"|,\s+(?:и|но|а|однако|хотя|та|але|проте|хоча)\s+|\s+и\s+что\s+|\s+(?:і|та|й)\s+що\s+"
)
_FINITE: Final = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|had|will|would|can|could|may|might"
                            r"|do|does|did|said|says|можна|можно|може|можуть|может|могут|\w+(?:ется|ются|ится|ятся|ється"
    r"|ються|иться|яться)|\w{3,}ed|went|gave|took|made|\w{4,}(?:ли|ла|ет|ют"
                            r"|ють|є|ит|ят|ить|ять))(?!\w)")  # fmt: skip
_PRESENT: Final = re.compile(r"(?<!\w)(?!this|its|his|as|us|is|was|has|does)[a-z]{3,}s(?!\w)")
"""A word that may be a verb of the present ("tops", "makes"); many are nouns."""
_SURE: Final = re.compile(r";|\s(?:that|что|що)\s|\A\s+and\s+\Z|\A,\s+\Z")
LEAST: Final = 25
"""Characters of a stretch that can be a clause of its own."""


def segment(ready: Prepared, sentence: Span, language: str, at: int) -> Span:
    """The stretch around `at` between joints that have a verb on both sides; else the sentence."""
    start, end = sentence
    for joint in _JOINT.finditer(ready.masked, *sentence):
        left, right = (start, joint.start()), (joint.end(), end)
        if not _SURE.search(joint.group()) and not (
            _says(ready, left, language) and _says(ready, right, language)
        ):
            continue
        if joint.end() <= at:
            start = joint.end()
        elif joint.start() > at:
            end = joint.start()
            break
    return start, end


def pieces(ready: Prepared, sentence: Span, language: str) -> list[Span]:
    """All stretches of a sentence between joints that have a verb on both sides."""
    found: list[Span] = []
    start = sentence[0]
    while start < sentence[1]:
        piece = segment(ready, (start, sentence[1]), language, start)
        found.append(piece)
        joint = _JOINT.match(ready.masked, piece[1], sentence[1])
        start = joint.end() if joint else sentence[1]
    return found


def finite(ready: Prepared, piece: Span, language: str) -> Span | None:
    """The first verb of a stretch; null: it has none."""
    found = _FINITE.search(ready.masked, *piece)
    if found is None:
        found = anywhere(language, "be", "have", "modal").search(ready.masked, *piece)
    if found is None and language == "en":
        found = _PRESENT.search(ready.masked, *piece)
    return found.span() if found else None


def _says(ready: Prepared, span: Span, language: str) -> bool:
    """Whether a stretch is long enough and has a verb."""
    if span[1] - span[0] < LEAST:
        return False
    if _FINITE.search(ready.masked, *span):
        return True
    return bool(anywhere(language, "be", "have", "modal").search(ready.masked, *span))
