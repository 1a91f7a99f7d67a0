"""Sources before verbs that only a source makes verbs of saying.

"Customs put sales at 3 million", "investigators hold that", "records show 19 flights".
"""

import re
from collections.abc import Iterator
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.actors import Discourse
from entrepot.evidence.reading.prepared import Prepared
from entrepot.evidence.reading.speakers import Speech, named_before, resolved

_PUTS: Final = re.compile(
    r"(?<!\w)(?:(?P<own>puts?|estimates?|estimated)(?=\s[^.;]{3,90}?\s(?:at|of)\s)"
    r"|(?P<shows>shows?|showed|indicates?|indicated|reveals?|revealed)(?=\s)"
    r"|(?:holds?|held|finds?|found|maintains?|maintained|concludes?|concluded|reckons?|reckoned"
    r"|believes?|suspects?|suspected|suggests?|suggested)(?=\s+that\s))"
)
_DATA: Final = (
    r"data|figures|statistics|records|documents|invoices|imagery|images|photos|footage|report|study"
)
_SHOWN: Final = re.compile(rf"(?<!\w)(?:{_DATA})(?!\w)")
_SOURCE: Final = re.compile(
    rf"(?<!\w)(?:{_DATA}|customs|ministry|agency|office|analysts?|experts?|researchers|investigators"
    r"|prosecutors|police|journalists|bank|commission|service|government|court|panel|group|board"
    r"|officials?|paper|economists?|traders?|institute|inspectors|source|inquiry|judge|newspaper"
    r"|authorit\w+)(?!\w)"
)


def estimates(ready: Prepared, sentence: Span, language: str, talk: Discourse) -> Iterator[Speech]:
    """Speeches with such a verb, in order of the text; English only."""
    for verb in _PUTS.finditer(ready.masked, *sentence) if language == "en" else ():
        span = named_before(ready, sentence, verb.start())
        if span is None:
            continue
        source = _SHOWN if verb["shows"] else _SOURCE
        name = resolved(ready, span, language, talk)
        if name and source.search(ready.text[span[0] : span[1]].lower()):
            yield Speech(name, span, (span[0], verb.end()), covers=(verb.start(), sentence[1]),
                         verb=verb.start(), is_own=bool(verb["own"]))  # fmt: skip
