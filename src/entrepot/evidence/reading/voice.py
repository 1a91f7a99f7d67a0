"""In what voice a clause is said: on whose word, how hedged, and as fact, accusation or denial."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.clauses import Clause
from entrepot.evidence.reading.lexicon import lexicon
from entrepot.evidence.reading.pattern import Hit
from entrepot.evidence.reading.prepared import Prepared
from entrepot.evidence.reading.speakers import Speech

KIND_CUES: Final = ("denial", "threat", "accusation", "forecast")
"""The strongest first: a denied accusation is a denial."""
_MAY: Final = re.compile(r"(?:may|might|can|could)(?!\w)")
_IF: Final = re.compile(r"\W*(?:if|unless|should|were|если|якщо|коли б)\s")
"""A clause that supposes something: its forecast stands behind the predicate of the condition."""
_CUT: Final = re.compile(r";|,\s+(?:but|while|whereas|although|а|но|але)\s")


@dataclass(frozen=True, slots=True)
class Voice:
    """Voice of a clause; spans are the words it was read from."""

    kind: str
    attributed_to: str | None
    attributed_span: Span | None
    hedge: str | None
    hedge_span: Span | None


def cues(ready: Prepared, sentence: Span, language: str) -> list[Hit]:
    """Hedges and marks of kind in a sentence."""
    return lexicon("cues", language).hits(ready.masked, *sentence)


def is_meta(found: Sequence[Hit]) -> bool:
    """Whether a sentence speaks about a report or to its reader, and says nothing of the world."""
    return any(hit.columns["cue"] == "meta" for hit in found)


def voice(ready: Prepared, clause: Clause, found: Sequence[Hit], speech: Speech | None) -> Voice:
    """The voice of a clause, from the cues of its sentence and who speaks."""
    bearing = [hit for hit in found if _bears(ready, clause, hit)]
    supposed = _IF.match(ready.masked, *clause.span) is not None
    marked = {hit.columns["cue"] for hit in bearing if supposed or _counts(clause, hit)}
    kind = next((cue for cue in KIND_CUES if cue in marked), "fact")
    if speech is not None and speech.kind and kind in ("fact", "forecast"):
        kind = speech.kind
    rule = clause.main.columns["predicate"] in ("may", "may_not")
    hedges = [hit for hit in bearing if hit.columns["cue"] == "hedge"
              and not (rule and _MAY.match(ready.masked, hit.start))]  # fmt: skip
    hedge = min(hedges, key=lambda hit: abs(hit.start - clause.main.start), default=None)
    return Voice(
        kind,
        speech.name if speech else None,
        speech.span if speech else None,
        ready.said((hedge.start, hedge.end)) if hedge else None,
        (hedge.start, hedge.end) if hedge else None,
    )


def _bears(ready: Prepared, clause: Clause, hit: Hit) -> bool:
    """Whether a cue speaks about the clause: it stands in it, or leads up to it."""
    if clause.span[0] <= hit.start < clause.span[1]:
        return True
    if hit.start >= clause.span[1] or hit.columns["cue"] in ("forecast", "hedge"):
        return False
    return not _CUT.search(ready.masked[hit.end : clause.span[0]])


def _counts(clause: Clause, hit: Hit) -> bool:
    """A forecast is told by words before the predicate or in it; the other kinds from anywhere."""
    if hit.columns["cue"] != "forecast":
        return True
    if clause.main.columns["predicate"] in ("may_not", "imposes") and clause.main.columns[
        "subject"] == "goods" and hit.start < clause.main.start - 40:  # fmt: skip
        return False
    return hit.start <= clause.main.end
