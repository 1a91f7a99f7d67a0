"""Further claims that share a verb: "9 million came from A, 4 million from B and 2 from C".

The verb is said once and left out after that. What stands in for it is a place with a number, or a
place or an agent with a day, as in the first of the row. A change set beside it ("..., nine tenths
less than in 2021") is a claim of its own too.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.language.mention import Amount
from entrepot.evidence.reading.clauses import Clause, free
from entrepot.evidence.reading.lexicon import anywhere, at_start
from entrepot.evidence.reading.pattern import MASKS, Hit
from entrepot.evidence.reading.prepared import Prepared, within
from entrepot.evidence.reading.senses import sense

_PART: Final = re.compile(
    r"(?:,|;)?\s+(?:and|и|і|та|й|а|while)\s+(?:another\s+|ещё\s+|еще\s+|ще\s+)?|[,;]\s+"
)
_BEFORE: Final = re.compile(
    rf"(?:[^\s\d{''.join(MASKS.values())}$€£¥]+\s+){{0,2}}[$€£¥]?[\d{MASKS['place']}]"
)
"""Up to two words ("another", "with the") before the number or the place of a part."""
_NUMBER_ON: Final = re.compile(
    r"(?:another\s+|about\s+)?[$€£]?\d[\d.,]*(?:\s+\w+){0,2}?\s+(?:[—–-]\s+)?(?:(?:in|on|в|у)\s+)?\ue003"
)
_BY: Final = re.compile(r"(?<!\w)by\s+(?:another|the other|the|others?|[\ue000\ue002])")
_BY_ONE: Final = re.compile(r"(?<!\w)by\s")
_THAT: Final = re.compile(r"(?:that|those)\s+(?:on|for|to|against|from)\s")
_LISTED: Final = re.compile(r"(?:on|to|from|in)\s+(?:the|its|their)\s")
_COMPARED: Final = re.compile(r"(?:up|down|from|than|against|versus|vs|compared|more|less)(?!\w)")
_NOUN: Final = re.compile(
    r"(?:an?\s+)?(?:[\w-]+\s+){0,2}?(?:(?P<up>increase|rise|growth|jump|gain|surge)"
    r"|(?P<down>decrease|fall|drop|decline|reduction|contraction|slump)|(?P<off>discount|rebate)"
    r"|(?P<on>premium|mark-?up|surcharge))\s+of\s"
)
_LESS: Final = re.compile(
    r"\s*(?:percent\s+)?(?:(?P<down>less|fewer|lower|down|below|меньше|менше|ниже|нижче)"
    r"|(?P<up>more|higher|above|up|больше|більше|выше|вище)|(?P<as>the|as|what|that))(?!\w)"
)
_RATES: Final = ("%", "share", "times")
_NAMES: Final = {"up": "rises", "down": "falls", "off": "discount", "on": "premium"}
NEAR: Final = 14
"""Characters in which the number of a change set beside begins ("almost", "roughly")."""


def spread(ready: Prepared, clause: Clause) -> list[Clause]:
    """The clause, then one for each part that shares its verb or sets a change beside it."""
    borders = list(_borders(ready, clause))
    if not borders:
        return [clause]
    made = [replace(clause, span=(clause.span[0], borders[0][0]))]
    ends = [one[0] for one in borders[1:]] + [clause.span[1]]
    for (_, start, columns), end in zip(borders, ends, strict=True):
        hit = Hit(start, start, columns)
        made.append(replace(clause, span=(start, end), main=hit, all=(hit,), is_first=False))
    return made


def _borders(ready: Prepared, clause: Clause) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Where a part before ends, where the next begins, and the predicate of the next."""
    marks = list(_PART.finditer(ready.masked, clause.main.start, clause.span[1]))
    first, columns = clause.span[0], dict(clause.main.columns)
    kind, said = "", ""
    for place, mark in enumerate(marks):
        if mark.start() < clause.main.end:
            continue
        end = marks[place + 1].start() if place + 1 < len(marks) else clause.span[1]
        left, right = (first, mark.start()), (mark.end(), end)
        change = _change(ready, clause, right) if mark.group().startswith(",") else ""
        if change:
            is_price = columns["type"] == "price" or change in ("discount", "premium")
            sort = "price" if is_price else "trade"
            yield mark.start(), mark.end(), {**columns, "type": sort, "predicate": change,
                                             "subject": "" if is_price else "change"}  # fmt: skip
            first = mark.end()
        elif _shares(ready, clause, left, right):
            if not kind:
                kind, said = sense(ready, replace(clause, span=left))
            yield mark.start(), mark.end(), {**columns, "type": kind, "predicate": said,
                                             "subject": "gapped"}  # fmt: skip
            first = mark.end()


def _shares(ready: Prepared, clause: Clause, left: Span, right: Span) -> bool:
    """Whether both stretches name a place with a number, or a place or an agent with a day."""
    words = ready.masked[right[0] : right[1]]
    finite = anywhere(clause.language, "be", "have", "modal").finditer(words)
    if _COMPARED.match(words) or any(one.group() != "to" for one in finite):
        return False
    days = [within(ready.days, one) for one in (left, right)]
    if all(days) and _BY.match(words) and _BY_ONE.search(ready.masked, *left):
        return True
    listed = clause.main.columns["type"] == "listing" and _LISTED.match(words)
    if all(days) and (_THAT.match(words) or listed):
        return True
    if all(days) and _NUMBER_ON.match(words) and _numbers(ready, clause, left):
        return True
    if not all(within(ready.places, one) for one in (left, right)):
        return False
    if not all(_numbers(ready, clause, one) for one in (left, right)):
        own = within(ready.days, (clause.main.end, left[1]))
        return bool(own and days[1] and at_start(clause.language, "to", "from", "for").match(words))
    return bool(
        _BEFORE.match(words) or at_start(clause.language, "with", "to", "from").match(words)
    )


def _numbers(ready: Prepared, clause: Clause, span: Span) -> list[Amount]:
    """Numbers of a stretch that are no part of a day, goods or a name."""
    taken = [(one.start, one.end) for one in within(ready.days, span)]
    taken += [(one.start, one.end) for one in within(ready.bodies, span)]
    taken += [(one.start, one.end) for one in within(ready.goods, span)]
    return [one for one in within(ready.amounts, span) if free(clause, one)
            and not any(start <= one.start < end for start, end in taken)]  # fmt: skip


def _change(ready: Prepared, clause: Clause, right: Span) -> str:
    """`rises` or `falls` of a change set beside what is said; empty: none."""
    if clause.main.columns["type"] not in ("trade", "price", "transfer"):
        return ""
    noun = _NOUN.match(ready.masked, *right)
    if noun and within(ready.amounts, right):
        return _NAMES[next(name for name, said in noun.groupdict().items() if said)]
    for one in within(ready.amounts, right)[:1]:
        less = _LESS.match(ready.masked, one.end, clause.span[1])
        if one.unit not in _RATES or one.start - right[0] > NEAR or less is None:
            continue
        if less["as"]:
            return "rises" if one.unit == "times" else ""
        return "falls" if less["down"] else "rises"
    return ""
