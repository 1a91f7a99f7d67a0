"""Whether a verb of saying stands there as one: "reports" and "claims" are nouns as well."""

import re
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.lexicon import anywhere, at_end, at_start
from entrepot.evidence.reading.prepared import Prepared

_PASSIVE: Final = re.compile(
    r"(?<!\w)(?:is|are|was|were|be|been|being|stands?|to|the|a|of|its|no)\s+(?:\w+ly\s+)?\Z"
)
_OPENS: Final = re.compile(r"\s*[:,]?\s*[\"“«„]|\s*[.:]|\s*\Z|,|\s+(?:on|in|that|how)\b")
_OPENS_CYRILLIC: Final = re.compile(r"\s*,?\s*(?:что|що|о|про|в|у)\s")
_PREPOSITION: Final = re.compile(
    r"\s+(?:before|after|in|on|by|with|under|between|from|to|of|for|as)\s"
)
_NEXT: Final = re.compile(r"\s+(?:\S+\s+){1,9}")
_FINITE: Final = ("be", "have", "modal", "sell", "buy", "rise", "fall", "passon", "go")


def is_saying(ready: Prepared, sentence: Span, language: str, verb: re.Match[str]) -> bool:
    """Whether a verb of saying brings in what is said, or closes it."""
    before = ready.masked[sentence[0] : verb.start()]
    after = ready.masked[verb.end() : sentence[1]]
    if language != "en":
        return bool(_OPENS.match(after) or at_start(language, "that_word").match(after)
                    or _OPENS_CYRILLIC.match(after))  # fmt: skip
    if _is_noun(before) or (_PASSIVE.search(before) and anywhere("en", "accuse").fullmatch(
        verb.group()
    )):  # fmt: skip
        return False
    if _OPENS.match(after) or at_start("en", "that_word").match(after):
        return True
    return not _PASSIVE.search(before) and _governs(verb.group(), after)


def _is_noun(before: str) -> bool:
    """After an article or a verb of denial it is a noun ("rejected claims")."""
    return bool(at_end("en", "deny", "determiner", "adjective_before").search(before))


def _governs(verb: str, after: str) -> bool:
    """Whether a clause follows without "that"."""
    if anywhere("en", "accuse", "deny", "threaten", "saysure").fullmatch(verb):
        return True
    if _PREPOSITION.match(after):
        return False
    following = _NEXT.match(after)
    return bool(following and anywhere("en", *_FINITE).search(following.group()))
