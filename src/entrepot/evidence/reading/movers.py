"""Who or what moves: people, vehicles, ships and aircraft, apart from parts of machines."""

import re
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.lexicon import anywhere
from entrepot.evidence.reading.pattern import MASKS, Hit
from entrepot.evidence.reading.prepared import Prepared, within

_CRAFT: Final = re.compile(
    r"(?:call(?:s|ed)? at|dock|moor|berth|anchor|sail|set sail|sets sail|put to sea|cast off|taxi"
    r"|took off|takes? off|fl(?:y|ies|ew|own)(?!\w)|touched down|made port)"
)
"""Verbs of ships and aircraft: with a place a name is subject enough ("the X docked at Y")."""


def needs_mover(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """A movement needs somebody or something that moves, and a place, a day or a number."""
    if not has_mover(ready, sentence, language):
        left = (sentence[0], hit.start)
        wares = within(ready.goods, left) or anywhere(language, "matter_noun").search(
            ready.masked, *left
        )
        near = within(ready.places, (hit.end, min(sentence[1], hit.end + 30)))
        if near and is_craft(ready, left, hit):
            return True
        near = near or (within(ready.places, left) if _FROM.match(ready.masked, left[0]) else [])
        if wares and not near:
            near = within(ready.places, (hit.end, min(sentence[1], hit.end + 60)))
        if wares and near and hit.columns["predicate"] in ("leaves", "moves"):
            return True
        pronoun = anywhere(language, "pronoun_actor").search(ready.masked, sentence[0], hit.start)
        if hit.columns["predicate"] == "leaves" and pronoun:
            return bool(within(ready.places, (hit.end, min(sentence[1], hit.end + 20))))
        return bool(hit.columns["predicate"] == "present" and pronoun
                    and within(ready.places, (hit.start, sentence[1])))  # fmt: skip
    if hit.columns["predicate"] == "absent":
        return True
    return bool(within(ready.places, sentence) or within(ready.days, sentence)
                or within(ready.amounts, sentence) or within(ready.bodies, sentence))  # fmt: skip


def needs_stander(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """People or machines "are in Syria" only where they are the subject."""
    lead = ready.masked[sentence[0] : hit.start]
    start = max(lead.rfind(", "), lead.rfind("; "), lead.rfind(" and "), -1) + 1
    near = within(ready.places, (hit.end, min(sentence[1], hit.end + 60)))
    return bool(near) and has_mover(ready, (sentence[0] + start, hit.start), language)


_PARTS: Final = ("unit", "units", "carrier", "container", "containers", "load", "loads")
"""Words for movers that are parts of machines where they stand in the name of goods."""

_FROM: Final = re.compile(r"(?:from|out of|из|с|со|з|із|зі) ")
_OF_A_MACHINE: Final = re.compile(f" (?:{MASKS['goods']}|engines?|parts?|components?|spares)")
"""What makes the mover before it a kind of goods: "tank engines"."""


def is_craft(ready: Prepared, lead: Span, hit: Hit) -> bool:
    """Whether a verb of ships and aircraft follows a name that is no goods."""
    return bool(_CRAFT.match(ready.masked, hit.start) and ready.masked[slice(*lead)].strip()
                and not within(ready.goods, lead))  # fmt: skip


def has_mover(ready: Prepared, span: Span, language: str) -> bool:
    """Whether people, vehicles, ships or aircraft are named; "aircraft parts" are none."""
    wares = within(ready.goods, span)
    for found in anywhere(language, "mover_noun").finditer(ready.lowered, *span):
        held = [one for one in wares if one.start <= found.start() < one.end]
        if held and found.group() in _PARTS:
            continue
        if language == "en" and _OF_A_MACHINE.match(ready.masked, found.end()):
            continue
        if all(found.end() == one.end for one in held):
            return True
    return any(one.what in ("force", "vessel", "aircraft", "vehicle", "person")
               for one in within(ready.bodies, span))  # fmt: skip
