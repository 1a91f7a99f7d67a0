"""Relative clauses set into another: "A firm, which nobody has listed, was the consignee"."""

import re
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.lexicon import at_start
from entrepot.evidence.reading.pattern import Hit
from entrepot.evidence.reading.prepared import Prepared

_OPENS: Final = {
    "en": re.compile(
        r",\s+(?=(?:which|who|whose|where|registered|based|owned|founded|controlled|run)\s)"
    ),
    "ru": re.compile(
        r",\s+(?=(?:котор\w+|где|чья|чей|чьи|\w+(?:нн|вш|ющ|ящ|ащ|ущ)(?:ые|ых|ый|ая|ой|ую|ое|ого)(?:ся)?)\s)"
    ),
    "uk": re.compile(r",\s+(?=(?:як(?:ий|а|е|і|ого|ої|их|ому|им|ою|у)|що|де)\s)"),
}
_PARTICIPLE: Final = re.compile(
    r"(?:registered|based|owned|founded|controlled|run|\w+(?:нн|вш|ющ|ящ|ащ|ущ)(?:ые|ых|ый|ая|ой|ую|ое|ого)(?:ся)?)\s"
)
_JOINS: Final = re.compile(r"(?:and|or|but|и|а|но|та|і|й)(?!\w)")
NEAR: Final = 30
"""Characters in which the verb of the outer clause follows: a day may stand before it."""


def relatives(
    ready: Prepared, sentence: Span, language: str, hits: list[Hit]
) -> list[tuple[Span, list[Hit]]]:
    """Stretches of relative clauses with a predicate, after which the outer clause goes on.

    Of an insertion with a participle ("registered in Sharjah") the predicates are left out.
    """
    found: list[tuple[Span, list[Hit]]] = []
    for opening in _OPENS[language].finditer(ready.masked, *sentence):
        start = opening.end()
        is_inside = found and start < found[-1][0][1]
        if is_inside or not ready.masked[sentence[0] : opening.start()].strip():
            continue
        for comma in re.finditer(r",\s+", ready.masked[start : sentence[1]]):
            end, after = start + comma.start(), start + comma.end()
            inner = [hit for hit in hits if start <= hit.start < end]
            if _PARTICIPLE.match(ready.masked, start):
                inner = inner if len(inner) < len(hits) else []
            again = _OPENS[language].match(ready.masked, end)
            if inner and not again and _goes_on(ready, sentence, language, hits, after):
                found.append(((start, end), inner))
                break
    return found


def _goes_on(ready: Prepared, sentence: Span, language: str, hits: list[Hit], after: int) -> bool:
    """Whether the verb of the outer clause follows a comma."""
    if _JOINS.match(ready.masked, after):
        return False
    later = [hit for hit in hits if hit.start >= after]
    if not later:
        return False
    if at_start(language, "be", "have", "modal").match(ready.masked[after : sentence[1]]):
        return True
    gap = ready.masked[after : later[0].start]
    days = [one for one in ready.days if after <= one.start < later[0].start]
    words = len(gap.split()) - sum(len(ready.text[one.start : one.end].split()) for one in days)
    return len(gap) <= NEAR and words <= 1


def is_participle(ready: Prepared, span: Span) -> bool:
    """Whether an insertion only qualifies: it has a participle and no subject."""
    return bool(_PARTICIPLE.match(ready.masked, *span))
