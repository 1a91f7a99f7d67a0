"""Which goods a clause is about: found goods, or the words where goods must stand."""

import re
from dataclasses import dataclass
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.language.mention import Goods
from entrepot.evidence.reading.actors import Discourse
from entrepot.evidence.reading.clauses import Clause
from entrepot.evidence.reading.lexicon import anywhere
from entrepot.evidence.reading.prepared import Prepared, within

_OF: Final = re.compile(r"\s+(?:of|in)\s+")
_END: Final = re.compile(
    r"[.,;:!?()\n–—]|\s(?:to|from|into|via|through|by|in|on|at|for|with|worth|and|which|that|who|"
    r"was|were|is|are|has|have|had|since|until|after|before|during|between|under|over|as|than|"
    r"fell|rose|grew|dropped|increased|declined|directly|is|will|would|can|may|of)(?!\w)"
)
_SKIP: Final = re.compile(r"(?:the|a|an|some|any|its|their|more|less|further|such)\s+")
LONGEST: Final = 5


@dataclass(frozen=True, slots=True)
class Wares:
    """Goods of a claim: as printed, their codes, and where they stand."""

    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


def wares(ready: Prepared, clause: Clause, talk: Discourse, avoid: list[Span]) -> Wares:
    """Goods of a clause; of a pronoun those spoken of last; empty: none are named."""
    found = [one for one in within(ready.goods, clause.span)
             if not any(start <= one.start < end for start, end in avoid)]  # fmt: skip
    if found:
        return _of(ready, found)
    if clause.main.columns["type"] in ("listing", "movement"):
        return Wares()
    lead = ready.masked[clause.span[0] : clause.span[1]]
    if talk.goods and anywhere(clause.language, "pronoun_goods").search(lead):
        known = [one for one in ready.goods if (one.start, one.end) in talk.goods]
        return _of(ready, known)
    span = _printed(ready, clause)
    return Wares((ready.said(span),), (), (span,)) if span else Wares()


def _of(ready: Prepared, found: list[Goods]) -> Wares:
    names: dict[str, Span] = {}
    codes: dict[str, None] = {}
    for one in found:
        names.setdefault(ready.said((one.start, one.end)), (one.start, one.end))
        codes.update(dict.fromkeys(one.codes))
    return Wares(tuple(names), tuple(codes), tuple(names.values()))


def _printed(ready: Prepared, clause: Clause) -> Span | None:
    """Words after "exports of" that no list knows; null: none, or too many to be a name."""
    if clause.language != "en":
        return None
    named = anywhere("en", "export_noun", "import_noun").search(ready.masked, *clause.span)
    if not named:
        return None
    of = _OF.match(ready.masked, named.end(), clause.span[1])
    if not of:
        return None
    start = of.end()
    skip = _SKIP.match(ready.masked, start)
    start = skip.end() if skip else start
    end = _END.search(ready.masked, start, clause.span[1])
    stop = end.start() if end else clause.span[1]
    words = ready.masked[start:stop]
    plain = words.split()
    if not plain or len(plain) > LONGEST or any("\ue000" <= one <= "\ue003" for one in words):
        return None
    return None if re.search(r"\d|[$€£%]", words) else (start, stop)
