"""On whose word a clause stands: "according to X", "X said that", ", X reported"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.actors import Discourse
from entrepot.evidence.reading.lexicon import anywhere, at_start, words
from entrepot.evidence.reading.names import Phrase
from entrepot.evidence.reading.pattern import Hit
from entrepot.evidence.reading.prepared import Prepared, within
from entrepot.evidence.reading.saying import is_saying

_STOP: Final = re.compile(r"[,;:()\n\"“”«»]|\.\s|\.\Z|\s(?:that|which|who|said|says|что|що|seen by"
                          r"|published|obtained|reviewed|released)(?!\w)")  # fmt: skip
_BEGUN: Final = re.compile(
    r"(?<!\sof)(?<!\sin)(?<!\sfor)(?<!\sand)(?<!\sat)(?<!\sfrom)(?<!\sby)(?<!\swith)"
    r"\s(?:the|a|an|it|they|there|its)\s"
)
"""An article that begins what is said where no comma ends the speaker's name."""
_ARTICLE: Final = re.compile(r"(?:the|a|an|its|their|our)\s+", re.IGNORECASE)
_LEAD_END: Final = re.compile(
    r"[,;:\n\"“”«»•]|\s[–—]\s|\s(?:and|but|while|as|that|что|що|и|а|але|но)\s"
)
_OWN: Final = re.compile(r"\s+(?:to\s|\w+ing\s|having\s|any\s|all\s|plans\s)")
_TAIL: Final = re.compile(
    r"(?:\s+(?:\w+ly|has|have|had|also|then|later|on|in|is|are|was|were|did|does|not|уже|також|также"
    r"|ще|еще))*\s*\Z"
)
LONGEST: Final = 10
"""Words of a speaker's name; what is longer is no name."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody's word: who, where it stands, the stretch it takes up, the kind it gives."""

    name: str
    span: Span
    stretch: Span
    kind: str = ""
    covers: Span = (0, 0)
    verb: int = -1
    is_own: bool = False  # the speaker is the subject of what is said ("denied supplying")


def speeches(
    ready: Prepared,
    sentence: Span,
    language: str,
    talk: Discourse,
    told: Sequence[Hit],
    cues: Sequence[Hit],
) -> list[Speech]:
    """Who speaks in a sentence, in order of the text; `told`: its predicates, which are no saying.

    "Canada added 12 officials to its list" says nothing on Canada's word.
    """
    spoken = [one for one in _saying(ready, sentence, language, talk)
              if not any(hit.start <= one.verb < hit.end for hit in told)]  # fmt: skip
    found = [*_according(ready, sentence, language, talk, cues), *spoken]
    return sorted(found, key=lambda one: one.stretch)


def _according(
    ready: Prepared, sentence: Span, language: str, talk: Discourse, cues: Sequence[Hit]
) -> list[Speech]:
    found = []
    for hit in cues:
        if hit.columns["cue"] != "according":
            continue
        start = hit.end
        while start < sentence[1] and ready.text[start].isspace():
            start += 1
        stop = _end_of_name(ready, start, sentence[1])
        span = _plain(ready, (start, stop))
        if span and _resolved(ready, span, language, talk):
            found.append(Speech(_resolved(ready, span, language, talk), span, (hit.start, span[1]),
                                covers=sentence))  # fmt: skip
    return found


def _end_of_name(ready: Prepared, start: int, end: int) -> int:
    """Where a speaker's name ends: at a mark or a joining word outside known names."""
    bodies = within(ready.bodies, (start, end))
    begun = _BEGUN.search(ready.masked, start + 3, end)
    end = begun.start() if begun else end
    position = start
    while True:
        stop = _STOP.search(ready.masked, position, end)
        if not stop:
            return end
        inside = next((one for one in bodies if one.start <= stop.start() < one.end), None)
        if inside is None:
            return stop.start()
        position = inside.end


def _saying(ready: Prepared, sentence: Span, language: str, talk: Discourse) -> list[Speech]:
    """Verbs of saying with a subject before them, or after them at the end ("said X")."""
    found = []
    for verb in anywhere(language, "say", "accuse", "deny", "threaten", "expect").finditer(
        ready.masked, *sentence
    ):
        if not is_saying(ready, sentence, language, verb):
            continue
        span = _before(ready, sentence, verb.start())
        covers = (verb.end(), sentence[1])
        if span is None or _is_closing(ready, sentence, verb, span):
            covers = sentence
        if span is None:
            span = _after(ready, verb.end(), sentence[1], language)
        if span is None:
            continue
        name = _resolved(ready, span, language, talk)
        if name:
            own = bool(_OWN.match(ready.masked, verb.end()))
            found.append(Speech(name, span, (min(span[0], verb.start()), max(verb.end(), span[1])),
                                covers=covers, verb=verb.start(), is_own=own))  # fmt: skip
    return found


def _is_closing(ready: Prepared, sentence: Span, verb: re.Match[str], span: Span) -> bool:
    """Whether "..., X said" closes the sentence."""
    before = ready.masked[sentence[0] : span[0]].rstrip()
    before = re.sub(r"\s*(?:the|a|an)\Z", "", before).rstrip()
    return before.endswith((",", '"', "”", "»")) and len(before) > 30


def _before(ready: Prepared, sentence: Span, end: int) -> Span | None:
    """The words before a verb of saying, from the last mark or joining word on."""
    start = sentence[0]
    bodies = within(ready.bodies, sentence)
    for mark in _LEAD_END.finditer(ready.masked, sentence[0], end):
        if mark.group().strip() == "," and ready.masked[mark.end() : end].strip() == "":
            continue
        if not any(one.start <= mark.start() < one.end for one in bodies):
            start = mark.end()
    return _plain(ready, (start, end))


def _after(ready: Prepared, start: int, end: int, language: str) -> Span | None:
    """The speaker after the verb, as in `, said the ministry`."""
    while start < end and ready.text[start].isspace():
        start += 1
    if at_start(language, "that_word").match(ready.masked[start:end]):
        return None
    return _plain(ready, (start, _end_of_name(ready, start, end)))


def _plain(ready: Prepared, span: Span) -> Span | None:
    """The span without blanks, article, auxiliaries and a day at its ends; null: no name."""
    start, end = span
    while start < end and (ready.text[start].isspace() or ready.text[start] in ",-–—•*"):
        start += 1
    days = within(ready.days, (start, end))
    if days:
        end = min(end, max(days[0].start, start))
    article = _ARTICLE.match(ready.text, start, end)
    start = article.end() if article else start
    text = ready.masked[start:end]
    tail = _TAIL.search(text)
    end = start + (tail.start() if tail else len(text))
    if end <= start or len(ready.text[start:end].split()) > LONGEST:
        return None
    return (start, end) if re.search(r"\w|[\ue000-\ue003]", ready.masked[start:end]) else None


def _resolved(ready: Prepared, span: Span, language: str, talk: Discourse) -> str:
    """The speaker's name; a pronoun is whoever spoke last, empty where nobody did."""
    said = ready.said(span).strip(' .,:;"“”«»')
    low = said.lower()
    if low in words(language, "speaker_pronoun"):
        return talk.speaker or ""
    if low in (
        "as",
        "which",
        "that",
        "there",
        "this",
        "these",
        "those",
        "what",
        "also",
        "we",
        "average",
        "total",
        "mean",
        "highest",
        "lowest",
        "initial",
        "first",
    ):
        return ""
    return "" if anywhere(language, "be", "have", "modal").fullmatch(low) else said


def speaker_of(found: Sequence[Speech], span: Span, at: int) -> Speech | None:
    """The speech that covers a clause whose predicate begins at `at`: the last that began."""
    covering = [one for one in found
                if one.covers[0] <= at and one.covers[1] >= min(span[1], at + 1)]  # fmt: skip
    return covering[-1] if covering else None


def outside(found: Sequence[Phrase], speech: Sequence[Speech]) -> list[Phrase]:
    """The phrases that are no part of an attribution."""
    return [one for one in found
            if not any(said.stretch[0] <= one.start < said.stretch[1] and not said.is_own
                       for said in speech)]  # fmt: skip
