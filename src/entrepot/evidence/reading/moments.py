"""When a clause says it happened: which of the days in it is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.language.mention import Day
from entrepot.evidence.reading.clauses import Clause
from entrepot.evidence.reading.lexicon import at_end
from entrepot.evidence.reading.prepared import Prepared, within
from entrepot.evidence.reading.speakers import Speech

_RELATIVE: Final = re.compile(r"\s(?:seen|published|released|dated|adopted|signed|issued)\s+"
                              r"(?:on\s+|in\s+)?\Z")  # fmt: skip


_THAN: Final = re.compile(
    r"(?<!\w)(?:than|compared (?:with|to)|up from|down from|against|versus)"
    r"\s(?!\s*(?:[$€£\d]|a |one |two |three |half ))[^,;]{0,40}\Z"
)
"""A comparison, but no bound of a number ("more than 300")."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Days meant, half-open; null: open or not said; and where they stand."""

    starts_on: date | None
    ends_on: date | None
    span: Span


def moment(ready: Prepared, clause: Clause, speech: Sequence[Speech]) -> Moment | None:
    """The time of a clause: a day in it, else one that opens its sentence; null: not said."""
    own = [one for one in within(ready.days, clause.span) if _tells(ready, clause, one, speech)]
    if not own:
        own = _opening(ready, clause, speech)
    if not own:
        return None
    near = min(own, key=lambda one: (_is_compared(ready, clause, one), _distance(clause, one)))
    if _is_compared(ready, clause, near):
        return None
    return Moment(near.starts_on, near.ends_on, (near.start, near.end))


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
        if 0 <= one.start - said.stretch[1] <= 4 and said.stretch[0] <= said.span[0]:
            return False
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
