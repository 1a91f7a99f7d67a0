"""On whose word a clause stands: "according to X", "X said that", ", X reported"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.actors import Discourse
from entrepot.evidence.reading.clauses import Clause
from entrepot.evidence.reading.lexicon import anywhere, at_start, words
from entrepot.evidence.reading.names import Phrase
from entrepot.evidence.reading.nobody import NO_NAME, NOBODY, SAME
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


_OBTAINED: Final = re.compile(
    r"\s+(?:obtained|seen|reviewed|published|released|compiled|cited|collected)\s[^,;.]{0,60}"
)
"""How a source came to light, behind its name."""


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
        if span and resolved(ready, span, language, talk):
            more = _OBTAINED.match(ready.masked, span[1], sentence[1])
            end = more.end() if more else span[1]
            found.append(Speech(resolved(ready, span, language, talk), span, (hit.start, end),
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
        if _is_title(ready.text, sentence, verb):
            continue
        closing = inverted(ready, sentence, language, verb)
        if closing is None and not is_saying(ready, sentence, language, verb):
            continue
        span = None if closing else named_before(ready, sentence, verb.start())
        covers = (verb.end(), sentence[1])
        if span is None or _is_closing(ready, sentence, verb, span):
            covers = sentence
        span = span or closing or _after(ready, verb.end(), sentence[1], language)
        if span is None:
            continue
        name = resolved(ready, span, language, talk)
        if name:
            own = bool(_OWN.match(ready.masked, verb.end()))
            found.append(Speech(name, span, (min(span[0], verb.start()), max(verb.end(), span[1])),
                                covers=covers, verb=verb.start(), is_own=own))  # fmt: skip
    return found


_CLOSED: Final = re.compile(r"[,\"”»]\s*\Z")
_ONLY_SAYS: Final = re.compile(r"\s*(?:[,.;]|[\"”»]|\Z)")


def inverted(ready: Prepared, sentence: Span, language: str, verb: re.Match[str]) -> Span | None:
    """The speaker of "..., says X." and "Y, said X, did"; null: the verb does not close a part."""
    before = ready.masked[sentence[0] : verb.start()]
    if not _CLOSED.search(before) or not anywhere(language, "say").fullmatch(verb.group()):
        return None
    span = _after(ready, verb.end(), sentence[1], language)
    if span is None or span[0] - verb.end() > LEAD or not _ONLY_SAYS.match(ready.masked, span[1]):
        return None
    name = ready.masked[span[0] : span[1]]
    if anywhere(language, "be", "have", "modal", "that_word", "to", "at").search(name):
        return None
    return span


LEAD: Final = 6
"""Characters of blanks and an article between a verb of saying and the speaker after it."""


def _is_title(text: str, sentence: Span, verb: re.Match[str]) -> bool:
    """Whether a word is a capitalised noun ("Member State"), no verb."""
    said, rest = text[verb.start() : verb.end()], text[sentence[0] : verb.start()]
    return said[:1].isupper() and bool(re.search(r"[a-zа-яіїєґ]", rest))


def _is_closing(ready: Prepared, sentence: Span, verb: re.Match[str], span: Span) -> bool:
    """Whether "..., X said" closes the sentence."""
    before = ready.masked[sentence[0] : span[0]].rstrip()
    before = re.sub(r"\s*(?:the|a|an)\Z", "", before).rstrip()
    return before.endswith((",", '"', "”", "»")) and len(before) > 30


def named_before(ready: Prepared, sentence: Span, end: int) -> Span | None:
    """The words before a verb of saying, from the last mark or joining word on."""
    start = sentence[0]
    bodies = within(ready.bodies, sentence)
    for mark in _LEAD_END.finditer(ready.masked, sentence[0], end):
        if mark.group().strip() == "," and ready.masked[mark.end() : end].strip() == "":
            continue
        if not any(one.start <= mark.start() < one.end for one in bodies):
            start = mark.end()
    days = within(ready.days, (start, end))
    if days and _NAMED_NEXT.match(ready.text, days[-1].end, end):
        start = days[-1].end
    return _plain(ready, (start, end))


_NAMED_NEXT: Final = re.compile(r"[,\s]*(?:(?:the|an?|its|his|their)\s|[A-ZА-ЯІЇЄҐ])")
"""A name that follows a day ("On Monday the ministry said")."""


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


_SUMS: Final = ("USD", "EUR", "RUB", "GBP", "%")


def resolved(ready: Prepared, span: Span, language: str, talk: Discourse) -> str:
    """The speaker's name; a pronoun is whoever spoke last, empty where nobody did."""
    said = ready.said(span).strip(' .,:;"“”«»')
    low = said.lower()
    if SAME.fullmatch(low):
        return talk.voice(low) or (said if " " in low else "")
    if low in words(language, "speaker_pronoun"):
        return talk.voice(low) or said
    money = any(one.unit in _SUMS for one in within(ready.amounts, span))
    finite = anywhere(language, "be", "modal").finditer(ready.masked, *span)
    if any(one.group() != "to" for one in finite):
        return ""
    if low in NOBODY or NO_NAME.match(low) or money:
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


_OPENING: Final = re.compile(r"[\s•*–—-]*(?:and|but|while|also|и|а|но|та|але)?\s*(?:the|an?)?\s*")
_TOLD: Final = re.compile(r"\s[^,;:.]{0,60}?\s(?:that|что|що)\s")
"""Whom something is told, and when, before what is told."""
_MORE: Final = re.compile(r"[,;]\s|\s(?:that|что|що)\s")
_AFTER_SPEECH: Final = re.compile(r"[\s,:]*(?:(?:that|что|що)(?!\w))?[\s,:]*")


def bare(ready: Prepared, clause: Clause, found: Sequence[Speech]) -> Clause:
    """The clause without an attribution that opens or closes it."""
    start, end = clause.span
    for one in found:
        if one.is_own or one.stretch[0] >= end or one.stretch[1] <= start:
            continue
        first, last = clause.main.start, clause.main.end
        if one.stretch[1] <= first and _OPENING.fullmatch(
            ready.masked, start, max(start, one.stretch[0])
        ):  # fmt: skip
            rest = _AFTER_SPEECH.match(ready.masked, one.stretch[1], first)
            whom = _TOLD.match(ready.masked, one.stretch[1], first)
            rest = whom if whom and one.verb >= 0 else rest
            start = rest.end() if rest else one.stretch[1]
        elif one.stretch[0] >= last and not _MORE.search(ready.masked, one.stretch[1], end):
            end = one.stretch[0]
    return replace(clause, span=(start, end))
