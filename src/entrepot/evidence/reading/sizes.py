"""How many: which number of a clause is the claim's."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.language.mention import Amount
from entrepot.evidence.reading.clauses import Clause, free
from entrepot.evidence.reading.lexicon import anywhere, at_end, at_start, values
from entrepot.evidence.reading.prepared import Prepared, within

_RATES: Final = ("%", "times", "share")
_NO_QUANTITY: Final = re.compile(
    r"(?:countr(?:y|ies)|states?|members?|cases?|ways?|occasions|channels?|routes?|third|sides?|parties"
    r"|стран\w*|государств\w*|случа\w*|країн\w*|держав\w*|випадк\w*)"
)
"""What is counted beside the goods, not what is traded or moved."""
_PARTY: Final = re.compile(
    r"(?:firms?|compan(?:y|ies)|traders?|suppliers?|banks?|plants?|airlines?|carriers?|dealers?|brokers?"
    r"|forwarders?|importers?|exporters?|businesses|фирм\w*|компани\w*|заводов|завода|фірм\w*|компані\w*)\Z"
)
"""Who trades: their number is no quantity where goods are counted as well."""
_OUT_OF: Final = re.compile(r"\W*(?:out\s+)?of\s+(?:the|these|those|its|their|some)\s+")
_RULED: Final = re.compile(
    r"(?:codes?|types?|headings?|positions?|tariff lines?|categor(?:y|ies)|код\w*"
    r"|позици\w*|позиці\w*)"
)
"""What a rule has a number of."""


@dataclass(frozen=True, slots=True)
class Size:
    """A claim's quantity as `records.evidence.CLAIM` says, and where it stands."""

    value: float
    value_to: float | None
    bound: str
    unit: str | None
    span: Span


def size(ready: Prepared, clause: Clause) -> Size | None:
    """The number that the claim is about; null: none is said."""
    columns = clause.main.columns
    key = "change" if columns["subject"] == "change" else columns["predicate"]
    chooser = _CHOOSERS.get(key) or _CHOOSERS.get(columns["type"])
    return chooser(ready, clause) if chooser else None


def _amounts(ready: Prepared, clause: Clause) -> list[Amount]:
    """Numbers of a clause that are no part of a day, a name, or a comparison."""
    kept = []
    for one in within(ready.amounts, clause.span):
        if not free(clause, one):
            continue
        if one.unit and anywhere(clause.language, "time_unit").fullmatch(one.unit):
            continue
        if any(day.start <= one.start < day.end for day in within(ready.days, clause.span)):
            continue
        if any(body.start <= one.start < body.end for body in within(ready.bodies, clause.span)):
            continue
        if any(other.start <= one.start < other.end and one.unit is None
               for other in within(ready.goods, clause.span)):  # fmt: skip
            continue
        kept.append(one)
    return kept


def _sized(one: Amount) -> Size:
    return Size(one.value, one.value_to, one.bound, one.unit, (one.start, one.end))


def _reached(one: Amount, found: list[Amount]) -> Size:
    """A level or a rate, in the unit said with another number where it has none."""
    unit = one.unit or next((other.unit for other in found if other.unit), None)
    return Size(one.value, one.value_to, one.bound, unit, (one.start, one.end))


def _not_from(ready: Prepared, clause: Clause, found: list[Amount]) -> list[Amount]:
    """Without what a change began at ("from 5 to 370 million"), unless nothing else is said."""
    kept = [one for one in found if not _after(ready, clause, one, "from")]
    return kept or found


def _is_money(one: Amount) -> bool:
    return one.unit is not None and len(one.unit) == 3 and one.unit.isupper()


def _change(ready: Prepared, clause: Clause) -> Size | None:
    """A rate of change first, then money behind "by", then the level behind "to"."""
    found = _not_from(ready, clause, _amounts(ready, clause))
    later = [one for one in found if one.end > clause.main.start]
    for one in [*later, *found]:
        if one.unit in _RATES:
            return _reached(one, found)
    worded = _worded(ready, clause)
    if worded is not None:
        return worded
    ranked = sorted(later, key=lambda one: (not _after(ready, clause, one, "change_by"),
                                            not _after(ready, clause, one, "change_to"),
                                            one.start))  # fmt: skip
    chosen = (ranked or found)[:1]
    return _reached(chosen[0], _amounts(ready, clause)) if chosen else None


def _worded(ready: Prepared, clause: Clause) -> Size | None:
    """A change in one word: "doubled", "halved"."""
    hit = clause.main
    for group, unit in (("doubling", "times"), ("halving", "%")):
        for pattern, number in values(clause.language, group):
            found = pattern.search(ready.masked, hit.start, clause.span[1])
            if found:
                return Size(number, None, "exactly", unit, found.span())
    return None


def _after(ready: Prepared, clause: Clause, one: Amount, group: str) -> bool:
    lead = ready.masked[clause.span[0] : one.start]
    return bool(at_end(clause.language, group).search(lead))


def _share(ready: Prepared, clause: Clause) -> Size | None:
    found = _not_from(ready, clause, _amounts(ready, clause))
    rates = [one for one in found if one.unit in _RATES]
    return _reached((rates or found)[0], found) if found else None


def _rank(ready: Prepared, clause: Clause) -> Size | None:
    for pattern, number in values(clause.language, "first"):
        found = pattern.search(ready.masked, *clause.span)
        if found:
            return Size(number, None, "exactly", "rank", found.span())
    return None


def _first(ready: Prepared, clause: Clause) -> Size | None:
    """The first number that counts something; a bare one only where it is the only one."""
    found = _not_from(ready, clause, _amounts(ready, clause))
    if clause.main.columns["type"] != "listing":
        found = [one for one in found if not (one.unit and _NO_QUANTITY.fullmatch(one.unit))]
    if clause.main.columns["type"] in ("trade", "transfer"):
        found.sort(key=lambda one: (one.end <= clause.main.start
                                    and bool(one.unit and _PARTY.search(one.unit))))  # fmt: skip
    counted = [one for one in found if one.unit is not None]
    lead = ready.masked[clause.span[0] : found[0].start] if len(found) > 1 else ""
    if _OUT_OF.fullmatch(lead):
        return _reached(found[1], found)
    return _sized((counted or found)[0]) if found else None


def _counted(ready: Prepared, clause: Clause) -> Size | None:
    """The first number of things; money and rates are something else here."""
    found = [one for one in _amounts(ready, clause)
             if one.counted is not None and one.unit not in _RATES]  # fmt: skip
    return _sized(found[0]) if found else None


def _ruled(ready: Prepared, clause: Clause) -> Size | None:
    """How many codes or kinds of goods a rule speaks of."""
    found = [one for one in _amounts(ready, clause)
             if one.unit and _RULED.fullmatch(one.unit)]  # fmt: skip
    return _sized(found[0]) if found else None


def _price(ready: Prepared, clause: Clause) -> Size | None:
    found = _amounts(ready, clause)
    rates = [one for one in found if one.unit in _RATES]
    money = [one for one in found if _is_money(one)]
    chosen = (rates or money)[:1]
    return _sized(chosen[0]) if chosen else None


def _unit_value(ready: Prepared, clause: Clause) -> Size | None:
    money = [one for one in _amounts(ready, clause) if _is_money(one)]
    each = [one for one in money
            if at_start(clause.language, "each").match(
                ready.masked[one.end : clause.span[1]])]  # fmt: skip
    rates = [one for one in _amounts(ready, clause) if one.unit in _RATES]
    chosen = (each or money or rates)[:1]
    return _sized(chosen[0]) if chosen else None


_CHOOSERS: Final[dict[str, Callable[[Prepared, Clause], Size | None]]] = {
    "change": _change, "rises": _change, "falls": _change, "share": _share, "rank": _rank,
    "unit_value": _unit_value, "price_change": _change, "price": _price, "trade": _first,
    "movement": _first, "transfer": _first, "listing": _counted,
    "restriction": _ruled,
}  # fmt: skip
