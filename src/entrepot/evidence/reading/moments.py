"""When a clause says it happened: which of the days in it is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.language.mention import Day
from entrepot.evidence.reading.clauses import Clause, free
from entrepot.evidence.reading.lexicon import at_end
from entrepot.evidence.reading.prepared import Prepared, within
from entrepot.evidence.reading.speakers import Speech

_RELATIVE: Final = re.compile(r"\s(?:seen|published|released|dated|adopted|signed|issued)\s+"
                              r"(?:on\s+|in\s+)?\Z")  # fmt: skip


_THAN: Final = re.compile(
    r"(?<!\w)(?:(?:than|as (?:much|many|high|low|large|big) as|(?:level|figure)s? of)"
    r"\s(?!\s*(?:[$€£\d]"
    r"|a |one |two |three |half |doubl|tripl|trebl|quadrupl|halv))"
    r"|(?:compared (?:with|to)|up from|down from|versus|vs\.?|against)\s)[^,;]{0,40}\Z"
)
"""A comparison, but no bound of a number ("more than 300")."""


_ARTICLE: Final = re.compile(r"[,\s]*(?:the|an?|its|their)?\s*")
NEAR: Final = 4
"""Characters between a word of saying and the day on which it was said."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Days meant, half-open; null: open or not said; and where they stand."""

    starts_on: date | None
    ends_on: date | None
    span: Span


def moment(ready: Prepared, clause: Clause, speech: Sequence[Speech]) -> Moment | None:
    """The time of a clause: a day in it, else one that opens its sentence; null: not said."""
    own = [one for one in within(ready.days, clause.span)
           if free(clause, one) and _tells(ready, clause, one, speech)]  # fmt: skip
    if not own:
        own = _opening(ready, clause, speech)
    if not own:
        return None
    near = min(own, key=lambda one: (_is_compared(ready, clause, one), _distance(clause, one)))
    if _leads(ready, clause, own[0]) and near.end <= clause.main.start:
        near = own[0]
    if _is_compared(ready, clause, near):
        return None
    starts = None if _is_deadline(ready, clause, near) else near.starts_on
    return Moment(starts, _last(ready, near, own), (near.start, near.end))


def _leads(ready: Prepared, clause: Clause, one: Day) -> bool:
    """Whether a day opens the clause: it holds for its predicate, whatever stands between."""
    lead = ready.masked[clause.span[0] : one.start].strip(" -•*–\n\t(")
    return len(lead.split()) <= 1


def _last(ready: Prepared, near: Day, own: Sequence[Day]) -> date | None:
    """The end of "2022 and 2023", told as two times that follow each other."""
    for one in own:
        if one.starts_on is not None and one.starts_on == near.ends_on \
                and one.grain == near.grain \
                and _AND.fullmatch(ready.masked, near.end, one.start):  # fmt: skip
            return one.ends_on
    return near.ends_on


_AND: Final = re.compile(r"\s+(?:and|и|і|та)\s+(?:in\s+)?")


_DEADLINE: Final = re.compile(
    r"(?<!\w)(?:(?:runs?|ran|running) out|expir(?:e|es|ed|ing)|lapses?|lapsed"
    r"|(?:up )?to and including"
    r"|up until|until and including|deadline (?:is|of|was)|истека(?:ет|ют)|истек|до конца|вплоть до"
    r"|закінчу(?:ється|ються)|спливає|аж до)\s*(?:on|in|at)?\s*(?:the\s+)?\Z"
)
_INCLUDED: Final = re.compile(r"\s+(?:inclusive|at the latest|включительно|включно)(?!\w)")


def _is_deadline(ready: Prepared, clause: Clause, one: Day) -> bool:
    """Whether a day is the last one of something ("runs out on", "up to and including")."""
    if one.starts_on is None or one.ends_on is None:
        return False
    lead = ready.masked[max(clause.sentence[0], one.start - 40) : one.start]
    return bool(_DEADLINE.search(lead) or _INCLUDED.match(ready.masked, one.end))


def _opening(ready: Prepared, clause: Clause, speech: Sequence[Speech]) -> list[Day]:
    """A day that opens the sentence holds for all its clauses."""
    if clause.is_first:
        return []
    first = within(ready.days, (clause.sentence[0], clause.span[0]))[:1]
    if not first:
        return []
    lead = ready.masked[clause.sentence[0] : first[0].start].strip(" -•*–\n\t(")
    return first if len(lead.split()) <= 1 and _tells(ready, clause, first[0], speech) else []


def _tells(ready: Prepared, clause: Clause, one: Day, speech: Sequence[Speech]) -> bool:
    """Whether a day dates the event, not the saying of it or a paper."""
    for said in speech:
        if said.stretch[0] <= one.start < said.stretch[1]:
            return False
        ahead = ready.masked[one.end : said.span[0]]
        if (
            one.end <= said.span[0]
            and said.covers[0] > said.verb >= 0
            and _ARTICLE.fullmatch(ahead)
        ):
            return False  # "On Monday the ministry said"
        gap = ready.text[said.stretch[1] : one.start]
        if len(gap) <= NEAR and said.stretch[1] <= one.start and said.verb >= 0 \
                and said.stretch[0] <= said.span[0]:  # fmt: skip
            return False
    if one.preposition in ("since", "from", "until"):
        return True
    return not _RELATIVE.search(ready.masked[clause.sentence[0] : one.start])


def _is_compared(ready: Prepared, clause: Clause, one: Day) -> bool:
    """Whether a day only dates what is compared with ("than in 2021", "up from ... in 2020")."""
    lead = ready.masked[max(clause.sentence[0], one.start - 60) : one.start]
    lead = re.sub(r"\s*(?:(?:in|on|the|of|a|same|period|year)\s+)+\Z", " ", lead)
    if at_end(clause.language, "compare").search(lead):
        return True
    if re.search(r"(?<!\w)from\s[^,;]{1,30}\Z", lead) and re.match(
        r"\s+to\s+(?:[$€£]|\S+\s){0,4}?[^,;.]{0,25}\ue003",
        ready.masked[one.end : clause.sentence[1]],
    ):  # fmt: skip
        return True
    return bool(_THAN.search(lead))


def _distance(clause: Clause, one: Day) -> int:
    if one.start >= clause.main.start:
        return max(0, one.start - clause.main.end)
    return clause.main.start - one.end + 5
