"""A sentence cut into clauses: one predicate each, with the stretch of text that belongs to it.

Predicates are found first (`triggers`). A border is sought only between two of them, so that a
list of goods with "and" in it is never torn.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.lexicon import anywhere, at_end, at_start
from entrepot.evidence.reading.pattern import MASKS, Hit
from entrepot.evidence.reading.prepared import Prepared
from entrepot.evidence.reading.relatives import is_participle, relatives

_STRONG: Final = re.compile(r"[;•]\s*|\s[–—]\s|:\s+|\n\s*[-*•–]\s+")
_COMMA: Final = re.compile(r",\s+")
_CONDITION: Final = re.compile(r"(?<!as)(?:,|\s)\s*(?:if|unless|provided that|если|якщо)\s")
_SHARED: Final = re.compile(
    r"(?:[\s,]|(?<!\w)(?:and/or|and|or|nor|или|и|або|чи|і|та|either|directly|indirectly|re-?export"
    r"|otherwise|even|export|import|sell|supply|transfer|ship|deliver|lease|lend)(?!\w))+"
)
"""Between verbs that share what follows ("sold, leased or lent")."""
_PAST: Final = re.compile(r"(?:ed|ent|old|ught|wn|ung)\Z")
PRIORITY: Final = {
    "listed": 80, "delisted": 80, "not_listed": 80, "lifts": 80, "rank": 70, "restriction": 70,
    "discount": 65, "premium": 62, "exempts": 60, "transfer": 50, "none": 50, "share": 40,
    "change": 42, "more": 42, "ware": 35, "unit_value": 43, "movement": 30, "sells": 30, "buys": 30,
    "stops": 42, "paid": 15, "value": 20, "weak": 12, "attributive": 8, "stander": 14,
}  # fmt: skip
"""Which predicate stands for a clause that has several: the more particular one."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with its predicate and the others in it, in order of the text.

    `holes`: relative clauses inside it that are claims of their own.
    """

    span: Span
    main: Hit
    all: tuple[Hit, ...]
    sentence: Span
    language: str
    is_first: bool
    holes: tuple[Span, ...] = ()


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


def free(clause: Clause, one: _Placed) -> bool:
    """Whether a mention stands in none of the clause's holes."""
    return not any(start <= one.start < end for start, end in clause.holes)


def weight(hit: Hit) -> int:
    """Place of a predicate in `PRIORITY`."""
    columns = hit.columns
    if columns["subject"] == "nominal" and columns["predicate"] == "unit_value":
        return PRIORITY["sells"]
    for name in (columns["subject"], columns["predicate"], columns["type"]):
        if name in PRIORITY:
            return PRIORITY[name]
    return 10


def clauses(ready: Prepared, sentence: Span, language: str, hits: Sequence[Hit]) -> list[Clause]:
    """Clauses of a sentence in which `hits` (in order, apart from one another) were found."""
    hits = _unconditional(ready, sentence, language, hits)
    nested = relatives(ready, sentence, language, list(hits))
    inner = [hit for _, held in nested for hit in held]
    made = _in_row(ready, sentence, language, [hit for hit in hits if hit not in inner])
    holes = tuple(span for span, _ in nested)
    made = [replace(one, holes=tuple(hole for hole in holes if one.span[0] <= hole[0]
                                     and hole[1] <= one.span[1])) for one in made]  # fmt: skip
    for span, held in nested:
        if is_participle(ready, span):
            continue
        main = max(held, key=lambda hit: (weight(hit), -hit.start))
        made.append(Clause(span, main, tuple(held), sentence, language, False))
    return made


def _in_row(ready: Prepared, sentence: Span, language: str, hits: Sequence[Hit]) -> list[Clause]:
    """Clauses that follow one another."""
    groups: list[list[Hit]] = []
    borders: list[int] = [sentence[0]]
    for hit in hits:
        firm = [one for one in groups[-1] if not attributive(one)] if groups else []
        border = _border(ready, language, firm or groups[-1], hit) if groups else None
        if border is None and groups:
            groups[-1].append(hit)
        elif border is None:
            groups.append([hit])
        else:
            moved = [one for one in groups[-1] if one.start >= border]
            groups[-1] = [one for one in groups[-1] if one.start < border]
            groups.append([*moved, hit])
            borders.append(border)
    borders.append(sentence[1])
    made = []
    for place, group in enumerate(groups):
        span = _trimmed(ready, (borders[place], borders[place + 1]), language, place)
        main = max(group, key=lambda hit: (weight(hit), -hit.start))
        made.append(Clause(span, main, tuple(group), sentence, language, place == 0))
    return made


def _unconditional(
    ready: Prepared, sentence: Span, language: str, hits: Sequence[Hit]
) -> Sequence[Hit]:
    """Of "if X does, Y follows" only what follows is claimed."""
    if not at_start(language, "condition").match(ready.masked[sentence[0] : sentence[1]]):
        last = _CONDITION.search(ready.masked, *sentence)
        before = [hit for hit in hits if last and hit.start < last.start()]
        return before or hits
    comma = _COMMA.search(ready.masked, *sentence)
    after = [hit for hit in hits if comma and hit.start >= comma.end()]
    return after or hits


def _border(ready: Prepared, language: str, before: Sequence[Hit], after: Hit) -> int | None:
    """Where the clause of `after` begins; null: it belongs to the one before."""
    start, end = before[-1].end, after.start
    between = ready.masked[start:end]
    strong = [one.end() for one in _STRONG.finditer(between)]
    if strong:
        return start + strong[-1]
    if _SHARED.fullmatch(between):
        return None
    if attributive(after) or _depends(ready, language, before, after):
        return None
    joined = _joint(between, language)
    if joined is not None:
        return start + joined
    if (before[-1].columns["predicate"], after.columns["predicate"]) == ("intends", "intends"):
        return None  # "seized 40 tonnes, bound for X" is one
    commas = [one.end() for one in _COMMA.finditer(between)]
    if commas and not attributive(before[-1]) and not _is_list(between[commas[-1] :], language):
        return start + commas[-1]
    return None


def _joint(between: str, language: str) -> int | None:
    """Offset of the last conjunction that can open a clause; one after a comma counts first."""
    found = [one for one in anywhere(language, "and_then", "relative", "subordinate")
             .finditer(between) if not _joins_names(between, one)
             and not _AS.search(between[: one.end()])]  # fmt: skip
    after_comma = [one for one in found if re.search(r",\s*\Z", between[: one.start()])]
    best = (after_comma or found)[-1:]
    return best[0].start() if best else None


_AS: Final = re.compile(
    r"(?:as|much|such|well|same|long|far|soon|many|so|known|identified|used|serve[sd]?|act(?:s|ed|ing)?)\s+as\Z"
)


def _joins_names(between: str, found: re.Match[str]) -> bool:
    """Whether two mentions of one kind stand on both sides ("Russia and Kazakhstan")."""
    left, right = between[: found.start()].rstrip(" ,")[-1:], between[found.end() :].lstrip()[:1]
    return left == right and left in MASKS.values()


def _is_list(rest: str, language: str) -> bool:
    """Whether what follows the comma reads on as part of a list or an insertion."""
    return bool(at_start(language, "from", "to", "via", "with").match(rest))


def _depends(ready: Prepared, language: str, before: Sequence[Hit], after: Hit) -> bool:
    """Whether a verb is no clause of its own: an infinitive, or a gerund that no comma sets off."""
    lead = ready.masked[before[-1].end : after.start]
    if language != "en":
        return False
    if re.search(r"(?<!\w)to\s+(?:\w+ly\s+)?\Z", lead):
        return True
    if ready.masked.startswith("without", after.start):
        return True
    words = ready.masked[after.start : after.end].split()
    if words and words[0].endswith("ing") and not re.search(r",\s*(?:\w+\s+)?\Z", lead):
        return not re.search(r"(?:is|are|was|were|been|be)\s+(?:\w+\s+)?\Z", lead)
    if before[-1].columns["type"] == "restriction" and weight(after) <= PRIORITY["sells"]:
        if re.search(r",\s+\Z", lead) and _PAST.search(words[0]):
            return False
        return bool(re.search(r"(?:,|(?<!\w)or|(?<!\w)nor|(?<!\w)and/or)\s+\Z", lead)
                    or re.fullmatch(r"(?:\s*(?:,|and)\s*)+", lead))  # fmt: skip
    return False


def attributive(hit: Hit) -> bool:
    """Whether the words only qualify a noun ("worth 3 million", "a discount of")."""
    return hit.columns["subject"] in ("attributive", "nominal")


def _trimmed(ready: Prepared, span: Span, language: str, place: int) -> Span:
    """The span without blanks, bullets and joining words at its ends."""
    start, end = span
    while end > start and (ready.text[end - 1].isspace() or ready.text[end - 1] in ",;:–—("):
        end -= 1
    moved = True
    while moved:
        moved = False
        while start < end and (ready.text[start].isspace() or ready.text[start] in ",;–—•*"):
            start += 1
        if place:
            word = at_start(language, "and_then").match(ready.masked[start:end])
            if word:
                start += word.end()
                moved = True
    final = at_end(language, "and_then", "relative").search(ready.masked[start:end])
    if final and final.start() > 0:
        end = start + final.start()
        while end > start and (ready.text[end - 1].isspace() or ready.text[end - 1] in ",;–—"):
            end -= 1
    return start, end
