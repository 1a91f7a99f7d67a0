"""Event classes and roles for a sentence, from the product's places and bodies and a verb list.

The product codes no events: the verb list (`verbs.tsv`, our own words for the published class
names) lives here. The first cue of a sentence wins, and of two that begin at the same place the one
that stands first in the list.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from entrepot.evidence.language.mention import Place
from entrepot.evidence.language.places import places
from entrepot.evidence.reading.read import read_claims
from entrepot.evidence.report import Report

_ISO = re.compile(r"[A-Z]{3}")
_BY = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+\s+)?\w+(?:ed|en|ot)\b[^.,]*?\bby\b")
_JOINED = re.compile(r"\s*(?:,|and|, and|&)\s*(?:the\s+)?")
_ROLE = re.compile(r"[\w'’\s.-]{0,40}\b(?:and)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Coded:
    """What was read from a sentence; an empty event: no cue."""

    source: frozenset[str]
    target: frozenset[str]
    event: str


@dataclass(frozen=True, slots=True)
class _Cue:
    event: str
    pattern: re.Pattern[str]


Coder = Callable[[str], Coded]


@cache
def _cues() -> tuple[_Cue, ...]:
    with Path(__file__).with_name("verbs.tsv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            _Cue(row["event"], re.compile(rf"\b(?:{row['pattern']})", re.I))
            for row in csv.DictReader(lines, delimiter="\t")
        )


def action(text: str) -> tuple[str, int]:
    """Event class and where its cue stands; ("", middle of the text) where there is none."""
    found = [(hit.start(), place, cue.event) for place, cue in enumerate(_cues())
             if (hit := cue.pattern.search(text))]  # fmt: skip
    if not found:
        return "", len(text) // 2
    start, _, event = min(found)
    return event, start


def countries(text: str) -> list[Place]:
    """Places that lie in one country, in order of the text."""
    return [place for place in places(text) if _ISO.fullmatch(place.code)]


def by_verb(text: str) -> Coded:
    """Who stands before the verb does it, who stands after it bears it; turned by "was ... by".

    One country alone, or none before the verb: what happens there happens among its own people.
    """
    event, at = action(text)
    named = countries(text)
    before = [one for one in named if one.start < at]
    after = [one for one in named if one.start >= at]
    source = _joined(text, before)
    target = frozenset(one.code for one in after[:1])
    if not after and before:
        target = frozenset(one.code for one in before if one.code not in source)
    if _BY.search(text) and before and after:
        source, target = target, source
    others = target - source
    if not source:
        source = others = target
    elif not others and len({one.code for one in named}) == 1:
        others = source
    return Coded(source, others, event)


def _joined(text: str, named: list[Place]) -> frozenset[str]:
    """The first country and those joined to it by "and" or a comma."""
    if not named:
        return frozenset()
    kept = [named[0]]
    for one in named[1:]:
        between = text[kept[-1].end : one.start]
        if not (_JOINED.fullmatch(between) or _ROLE.fullmatch(between)):
            break
        kept.append(one)
    return frozenset(one.code for one in kept)


def by_claims(text: str) -> Coded:
    """The product alone: actors, counterparts and places of the claims it reads.

    It reads claims about goods, rules and movements, so most of these sentences hold none for it.
    """
    claims = read_claims(Report(text))
    source = {name for one in claims[:1] for name in one.actors}
    target = {name for one in claims[:1] for name in (*one.counterparts, one.destination or "")}
    events = [KINDS.get(one.kind) or PREDICATES.get(one.predicate, "") for one in claims]
    return Coded(_iso(source), _iso(target - source), next(filter(None, events), ""))


def _iso(names: set[str]) -> frozenset[str]:
    return frozenset(name for name in names if _ISO.fullmatch(name))


KINDS = {"threat": "THREATEN", "denial": "REJECT", "accusation": "DISAPPROVE"}
PREDICATES = {
    "imposes": "SANCTION", "may_not": "SANCTION", "lifts": "RETREAT", "exempts": "RETREAT",
    "stops": "SANCTION", "listed": "SANCTION", "leaves": "RETREAT",
}  # fmt: skip
"""Where what a claim says has a near relative among the event classes; the rest has none."""


def first_and_last(text: str) -> Coded:
    """Plain: the first country acts, the last other one bears it; the commonest class."""
    named = [one.code for one in countries(text)]
    others = [code for code in named if code != named[0]]
    return Coded(frozenset(named[:1]), frozenset(others[-1:]), COMMONEST)


def class_name(text: str) -> Coded:
    """Plain: a word that begins like the name of a class gives the class."""
    found = [(hit.start(), event) for stem, event in _STEMS.items()
             if (hit := re.search(rf"\b{stem}", text, re.I))]  # fmt: skip
    plain = first_and_last(text)
    return Coded(plain.source, plain.target, min(found)[1] if found else "")


COMMONEST = "AGREE"
_STEMS = {
    "agree": "AGREE", "demand": "DEMAND", "reject": "REJECT", "threat": "THREATEN",
    "protest": "PROTEST", "coerc": "COERCE", "fight": "FIGHT", "fought": "FIGHT",
    "disapprov": "DISAPPROVE", "assault": "ASSAULT", "retreat": "RETREAT", "sanction": "SANCTION",
    "support": "SUPPORT", "conced": "CONCEDE", "consult": "CONSULT", "aid": "AID",
    "investigat": "INVESTIGATE", "mobiliz": "MOBILIZE", "cooperat": "COOPERATE",
}  # fmt: skip
