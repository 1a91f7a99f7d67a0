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
from entrepot.evidence.reading.estimates import estimates
from entrepot.evidence.reading.frame import Scene, claim
from entrepot.evidence.reading.gapped import spread
from entrepot.evidence.reading.labels import labelled
from entrepot.evidence.reading.layout import paragraph_starts, passages
from entrepot.evidence.reading.others import other_claim
from entrepot.evidence.reading.pattern import Hit
from entrepot.evidence.reading.prepared import Prepared, prepare
from entrepot.evidence.reading.script import language_of
from entrepot.evidence.reading.segments import segment
from entrepot.evidence.reading.speakers import Speech, speeches
from entrepot.evidence.reading.topics import topics
from entrepot.evidence.reading.triggers import triggers
from entrepot.evidence.reading.voice import cues, is_meta
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
    said = _speakers(ready, sentence, language, talk, told, marks)
    scene = Scene(report, ready.report_id, ready, marks, said, lead, talk)
    hits = _claimed(ready, sentence, language, talk, told, marks)
    hits = [hit for hit in hits if not _is_source(hit, said)]
    parts = clauses(ready, sentence, language, hits)
    parts = [one for part in parts for one in spread(ready, part)]
    if not parts:
        made = other_claim(scene, sentence, language)
        following = _lead(ready, sentence, said, lead)
        return ([made] if made else []), following
    if len(parts) == 1:
        alone = segment(ready, sentence, language, parts[0].main.start)
        parts = [replace(parts[0], span=_whole(ready, alone))]
    spans = [_whole(ready, part.span) for part in parts]
    made_all = [claim(scene, part, span) for part, span in zip(parts, spans, strict=True)]
    talk.last_type = made_all[-1].type
    made_all.sort(key=lambda one: one.span)
    return made_all, _lead(ready, sentence, said, lead)


def _speakers(
    ready: Prepared,
    sentence: Span,
    language: str,
    talk: Discourse,
    told: list[Hit],
    marks: list[Hit],
) -> list[Speech]:
    """Who speaks in a sentence, in order of the text; noted for the pronouns that follow."""
    said = speeches(ready, sentence, language, talk, told, marks)
    labels = labelled(ready, sentence, language, said)
    said = [one for one in said if not any(label.stretch[0] <= one.span[0] for label in labels
                                           if label.stretch[0] > sentence[0])] + labels  # fmt: skip
    said += estimates(ready, sentence, language, talk)
    said = [one for one in said if not any(one.span[0] <= hit.start < one.span[1] for hit in told)]
    said.sort(key=lambda one: one.stretch)
    talk.heard += [one.name for one in said if one.name]
    return said


def _claimed(
    ready: Prepared,
    sentence: Span,
    language: str,
    talk: Discourse,
    told: list[Hit],
    marks: list[Hit],
) -> list[Hit]:
    """The predicates, with those of topics, without what is only doubted or asked."""
    if is_meta(marks):
        return []
    doubts = [mark.start for mark in marks if mark.columns["cue"] == "unsure"]
    if not any(mark.columns["cue"] in ("denial", "threat") for mark in marks):
        more = topics(ready, sentence, language, told, talk.last_type)
        told = sorted([*told, *more], key=lambda hit: hit.start)
    return [hit for hit in told if not any(start <= hit.start for start in doubts)]


def _is_source(hit: Hit, said: list[Speech]) -> bool:
    """Whether a predicate is part of an attribution ("invoices seen by the paper show")."""
    return any(one.stretch[0] <= hit.start and hit.end <= one.stretch[1] and not one.is_own
               and not hit.start == one.verb == one.covers[0] for one in said)  # fmt: skip


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
