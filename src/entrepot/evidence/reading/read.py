"""Claims of a report: what it says that could be checked, each with its exact words.

Rules and word lists only; the same text gives the same claims. What is proposed here is for a
person to confirm, edit or reject: a reader of rules takes words as they stand and has no judgement.
"""

import re
from dataclasses import replace
from typing import Final

from entrepot.evidence.claim import Claim, Span
from entrepot.evidence.reading.actors import Discourse
from entrepot.evidence.reading.clauses import clauses
from entrepot.evidence.reading.frame import Scene, claim
from entrepot.evidence.reading.layout import paragraph_starts, passages
from entrepot.evidence.reading.others import other_claim
from entrepot.evidence.reading.pattern import Hit
from entrepot.evidence.reading.prepared import Prepared, prepare
from entrepot.evidence.reading.script import language_of
from entrepot.evidence.reading.segments import segment
from entrepot.evidence.reading.speakers import Speech, speeches
from entrepot.evidence.reading.topics import topics
from entrepot.evidence.reading.triggers import triggers
from entrepot.evidence.reading.voice import cues
from entrepot.evidence.report import Report

_BLANK: Final = re.compile(r"\S")


def read_claims(report: Report, *, language: str | None = None) -> list[Claim]:
    """Claims proposed for a report, in order of the text.

    Args:
        report: its `text` is read; `reported_on` dates words such as "yesterday".
        language: `en`, `ru` or `uk`; null: told by the letters of each sentence.

    Returns:
        One claim for each clause that says something of the six testable types, and a claim of
        type `other` for an accusation, denial, threat or forecast by a named actor about goods,
        sanctions or trade. `text` is `report.text[span]` to the letter. What the words do not say
        is null; the report's own day is never put in its place. Empty for a text without claims.
    """
    if not _BLANK.search(report.text):
        return []
    ready = prepare(report)
    talk = Discourse()
    found: list[Claim] = []
    main = language or language_of(report.text)
    starts = paragraph_starts(ready)
    lead: Speech | None = None
    for sentence in passages(ready, report):
        if sentence[0] in starts and not starts[sentence[0]]:
            lead, talk.last_type = None, ""
        spoken = language or language_of(ready.text[sentence[0] : sentence[1]], main)
        made, lead = _read_sentence(report, ready, sentence, spoken, talk, lead)
        found += made
    return found


def _read_sentence(
    report: Report,
    ready: Prepared,
    sentence: Span,
    language: str,
    talk: Discourse,
    lead: Speech | None,
) -> tuple[list[Claim], Speech | None]:
    """Claims of one sentence, and whose word the next ones of the paragraph stand on."""
    told = triggers(ready, sentence, language)
    marks = cues(ready, sentence, language)
    said = speeches(ready, sentence, language, talk, told, marks)
    if said:
        talk.speaker = said[-1].name or talk.speaker
    scene = Scene(report, ready.report_id, ready, marks, said, lead, talk)
    hits = _claimed(ready, sentence, language, talk, told, marks)
    parts = clauses(ready, sentence, language, hits)
    if not parts:
        made = other_claim(scene, sentence, language)
        following = _lead(ready, sentence, said, lead)
        return ([made] if made else []), following
    if len(parts) == 1:
        own = segment(ready, sentence, language, parts[0].main.start)
        spans = [_whole(ready, own)]
        parts = [replace(parts[0], span=spans[0])]
    else:
        spans = [part.span for part in parts]
    made_all = [claim(scene, part, span) for part, span in zip(parts, spans, strict=True)]
    talk.last_type = made_all[-1].type
    return made_all, _lead(ready, sentence, said, lead)


def _claimed(
    ready: Prepared,
    sentence: Span,
    language: str,
    talk: Discourse,
    told: list[Hit],
    marks: list[Hit],
) -> list[Hit]:
    """The predicates, with those of topics, without what is only doubted or asked."""
    doubts = [mark.start for mark in marks if mark.columns["cue"] == "unsure"]
    if not any(mark.columns["cue"] in ("denial", "threat") for mark in marks):
        more = topics(ready, sentence, language, told, talk.last_type)
        told = sorted([*told, *more], key=lambda hit: hit.start)
    return [hit for hit in told if not any(start <= hit.start for start in doubts)]


def _lead(
    ready: Prepared, sentence: Span, said: list[Speech], lead: Speech | None
) -> Speech | None:
    """A sentence that ends with a colon hands its speaker to those that follow it."""
    if said and ready.text[sentence[0] : sentence[1]].rstrip().endswith(":"):
        return said[-1]
    return lead


def _whole(ready: Prepared, sentence: Span) -> Span:
    """The sentence without blanks and bullets at its ends."""
    start, end = sentence
    while end > start and ready.text[end - 1].isspace():
        end -= 1
    while start < end and (ready.text[start].isspace() or ready.text[start] in "•*–—-"):
        start += 1
    return start, end
