"""Claims that no record here can test: who accuses, denies, threatens or expects what."""

import re
from typing import Final

from entrepot.evidence.claim import Claim, Span
from entrepot.evidence.reading.actors import Named, named
from entrepot.evidence.reading.frame import Scene
from entrepot.evidence.reading.lexicon import anywhere
from entrepot.evidence.reading.names import phrases
from entrepot.evidence.reading.prepared import within
from entrepot.evidence.reading.segments import segment
from entrepot.evidence.reading.voice import KIND_CUES, is_meta

_OURS: Final = re.compile(r"(?:we|our|мы|ми|unless|если|якщо)(?!\w)")
_BARE: Final = re.compile(
    r"(?:(?:all |none of )?(?:this|that|these|it|which)|(?:(?:all|the|any|such|media|press) )*"
    r"(?:claims?|allegations?|reports?|suggestions?|accusations?|rumours?|charges?)"
    r"|это|всё это|все это|це|усе це)(?!\w)"
)
_EDGE: Final = " \n\t-•*–—"


def other_claim(scene: Scene, sentence: Span, language: str) -> Claim | None:
    """A claim of type `other` where a sentence is a denial, accusation, threat or forecast.

    Null where nobody is named, or where it is not about goods, sanctions or trade.
    """
    ready = scene.ready
    kind = next((cue for cue in KIND_CUES
                 if any(hit.columns["cue"] == cue for hit in scene.cues)), None)  # fmt: skip
    found = phrases(ready, sentence, language)
    if kind is None or is_meta(scene.cues):
        return None
    if not (found or scene.speech or _is_ours(ready.masked, _trimmed(ready.text, sentence), kind)):
        return None
    about = anywhere(language, "matter", "export_noun", "import_noun", "matter_noun")
    if kind == "forecast" and not within(ready.goods, sentence) and not about.search(
        ready.masked, *sentence
    ):  # fmt: skip
        return None
    said = scene.speech[0] if scene.speech else None
    mark = next(hit for hit in scene.cues if hit.columns["cue"] == kind)
    start, end = _trimmed(ready.text, segment(ready, sentence, language, mark.start))
    doers = named(found[:1])
    if said:
        doers = Named((said.name,), (said.span,))
    if said:
        for one in found:
            if one.start >= said.span[0] and one.end <= said.span[1] and one.is_place:
                doers = Named((one.name,), ((one.start, one.end),))
    return Claim(
        text=ready.text[start:end], span=(start, end), type="other", kind=kind,
        predicate="says", report_id=scene.report_id, actors=doers.names,
        attributed_to=said.name if said else None,
        parts={"actors": doers.spans} if doers.spans else {}, language=language,
        reported_on=scene.report.reported_on,
    )  # fmt: skip


def _is_ours(masked: str, span: Span, kind: str) -> bool:
    """Whether a nameless denial or threat is the author's own: "we never", "this is untrue"."""
    if kind == "denial" and _BARE.match(masked, *span):
        return True
    return kind in ("denial", "threat") and bool(_OURS.match(masked, *span))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    lead = re.match(rf"[{re.escape(_EDGE)}]*", text[start:end])
    return start + (lead.end() if lead else 0), end
