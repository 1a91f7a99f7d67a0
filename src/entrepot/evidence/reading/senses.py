"""What a predicate means where it stands: the same verb tells of trade, of a price, of a move."""

import re
from typing import Final

from entrepot.evidence.reading.clauses import Clause
from entrepot.evidence.reading.lexicon import anywhere
from entrepot.evidence.reading.prepared import Prepared, within
from entrepot.evidence.reading.triggers import has_mover

Sense = tuple[str, str]
"""Type and predicate of a claim."""

_PRICES: Final = {
    "discount": "discount", "discounts": "discount", "скидка": "discount", "скидки": "discount",
    "знижка": "discount", "знижки": "discount", "premium": "premium", "premiums": "premium",
    "mark-up": "premium", "mark-ups": "premium", "surcharge": "premium", "rebate": "discount",
    "rebates": "discount",
}  # fmt: skip
_TRAVELS: Final = {"stops": "absent", "none": "absent", "rises": "moves", "falls": "moves",
                   "value": "present", "sells": "moves", "intends": "moves",
                   "receives": "moves", "route": "moves"}  # fmt: skip
_RATES: Final = ("%", "share")
_ON_THE_WAY: Final = re.compile(r"headed|bound|en route|on")
_RANKS: Final = re.compile(r"largest|biggest|main|top|leading|first|second|third")
_SHARE: Final = re.compile(r"(?<!\w)(?:shares?|доля|доли|частка|частки)(?!\w)")


def sense(ready: Prepared, clause: Clause) -> Sense:
    """Type and predicate of a clause, after what its subject and numbers say."""
    for one in (_rule, _price, _travel, _movement, _rate):
        found = one(ready, clause)
        if found is not None:
            return found
    return clause.main.columns["type"], clause.main.columns["predicate"]


def _price(ready: Prepared, clause: Clause) -> Sense | None:
    """A change or a value whose subject is a price."""
    columns = clause.main.columns
    changed = columns["subject"] == "change" and columns["predicate"] in ("rises", "falls")
    valued = columns["predicate"] in ("share", "value") and not _rates(ready, clause)
    if not changed and not valued:
        return None
    lead = ready.masked[clause.span[0] : clause.main.start]
    priced = list(anywhere(clause.language, "price_noun").finditer(lead))
    traded = list(anywhere(clause.language, "export_noun", "import_noun").finditer(lead))
    if priced and (not traded or traded[-1].start() < priced[-1].start()):
        named = _PRICES.get(priced[-1].group(), "price_change")
        return "price", named if changed else "unit_value"
    return (columns["type"], "value") if valued else None


def _movement(ready: Prepared, clause: Clause) -> Sense | None:
    """Goods that move are passed on; people and vehicles "headed for" a place move."""
    columns = clause.main.columns
    if columns["type"] == "movement" and columns["predicate"] in ("moves", "leaves"):
        if has_mover(ready, (clause.sentence[0], clause.span[1]), clause.language):
            return None
        return "transfer", "receives" if columns["predicate"] == "moves" else "route"
    if columns["type"] == "transfer" and columns["predicate"] == "intends":
        words = ready.masked[clause.main.start : clause.main.end]
        lead = (clause.span[0], clause.main.start)
        if _ON_THE_WAY.match(words) and has_mover(ready, lead, clause.language):
            return "movement", "moves"
    return None


def _rate(ready: Prepared, clause: Clause) -> Sense | None:
    """A share where a rate stands with trade or the word itself does."""
    columns, rates = clause.main.columns, _rates(ready, clause)
    lead = ready.masked[clause.span[0] : clause.main.start]
    if columns["subject"] == "change" and _SHARE.search(lead):
        return "trade", "share"
    if not rates:
        return None
    if columns["predicate"] == "rank" and not _RANKS.search(ready.masked[slice(*clause.span)]):
        return "trade", "share"
    if columns["subject"] == "ware":
        return "trade", "share"
    after = ready.masked[rates[0] : clause.span[1]]
    if columns["predicate"] in ("sells", "buys") and re.match(r"\s+of\s", after):
        return "trade", "share"
    return None


def _rule(ready: Prepared, clause: Clause) -> Sense | None:
    """A noun of trade beside a word of law, and no number: the law is what is told."""
    columns = clause.main.columns
    if columns["type"] != "trade" or columns["subject"] not in ("nominal", "topic"):
        return None
    if any(_is_sum(one.unit) for one in within(ready.amounts, clause.span)):
        return None
    told = anywhere(clause.language, "rule_topic").search(ready.masked, *clause.span)
    return ("restriction", "imposes") if told else None


def _travel(ready: Prepared, clause: Clause) -> Sense | None:
    """People and flights are no goods: what stops or rises there is movement."""
    columns = clause.main.columns
    said = _TRAVELS.get(columns["predicate"])
    if columns["type"] not in ("trade", "transfer") or said is None:
        return None
    traded = anywhere(clause.language, "export_noun", "import_noun", "price_noun", "matter_noun")
    sums = any(_is_sum(one.unit) for one in within(ready.amounts, clause.span))
    if sums or traded.search(ready.masked, *clause.span) or within(ready.goods, clause.span):
        return None
    lead = (clause.span[0], clause.main.end)
    travels = anywhere(clause.language, "traveller").search(ready.lowered, *lead)
    return ("movement", said) if travels else None


def _is_sum(unit: str | None) -> bool:
    """Whether a unit is money or mass."""
    return unit in ("kg", "t") or (unit is not None and len(unit) == 3 and unit.isupper())


def _rates(ready: Prepared, clause: Clause) -> list[int]:
    """Ends of the rates in a clause."""
    return [one.end for one in within(ready.amounts, clause.span) if one.unit in _RATES]
