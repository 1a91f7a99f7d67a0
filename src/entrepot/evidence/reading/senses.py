"""What a predicate means where it stands: the same verb tells of trade, of a price, of a move."""

import re
from typing import Final

from entrepot.evidence.reading.clauses import Clause
from entrepot.evidence.reading.lexicon import anywhere, at_start
from entrepot.evidence.reading.movers import has_mover, is_craft
from entrepot.evidence.reading.prepared import Prepared, within

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
OBJECT: Final = 25
"""Characters behind a verb in which its object begins."""
_ON_LISTS: Final = {"listed": "imposes", "delisted": "lifts", "not_listed": "may"}
_CODES: Final = re.compile(r"(?<!\w)(?:items?|goods|codes?|articles|products|categories|headings"
                           r"|товар\w*|код\w*|позици\w*|позиці\w*)(?!\w)")  # fmt: skip
_HELD_UP: Final = re.compile(
    r"turn|held|hold|stop|halt|block|detain|refus|задерж|останов|затрим|зупин"
)
_POSTED: Final = re.compile(r"posted|assigned|meant|sent")
_ON_THE_WAY: Final = re.compile(r"headed|bound|en route|on")
_RANKS: Final = re.compile(r"largest|biggest|main|top|leading|first|second|third")
_PULLS_OUT: Final = re.compile(r"pull|withdr|left|leave|exit|quit|retreat")
_CHANGED_HANDS: Final = re.compile(r"chang(?:e|es|ed|ing) hands (?:at|for) (?:\w+ ){0,2}[$€£]?\d")
_WITH: Final = re.compile(r"(?<!\w)(?:із|зі|з|с|со)\s+\Z")
_SHARE: Final = re.compile(r"(?<!\w)(?:shares?|доля|доли|частка|частки)(?!\w)")


def sense(ready: Prepared, clause: Clause) -> Sense:
    """Type and predicate of a clause, after what its subject and numbers say."""
    for one in (_rule, _goods_list, _gone, _price, _travel, _sum_of_trade, _movement, _held, _rate):
        found = one(ready, clause)
        if found is not None:
            return found
    kind, said = clause.main.columns["type"], clause.main.columns["predicate"]
    if kind == "price" and said in ("rises", "falls"):
        return kind, "price_change"
    return kind, said


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
        if has_mover(ready, (clause.sentence[0], clause.span[1]), clause.language) or is_craft(
            ready, (clause.span[0], clause.main.start), clause.main
        ):
            return None
        return "transfer", "receives" if columns["predicate"] == "moves" else "route"
    if columns["predicate"] == "route" and clause.language != "en" and _passes(ready, clause):
        return "movement", "moves"
    if columns["type"] == "transfer" and columns["predicate"] == "intends":
        words = ready.masked[clause.main.start : clause.main.end]
        lead = (clause.span[0], clause.main.start)
        if _ON_THE_WAY.match(words) and has_mover(ready, lead, clause.language):
            return "movement", "moves"
    return None


def _passes(ready: Prepared, clause: Clause) -> bool:
    """Whether trains or columns go through a place, with or without what they carry."""
    carried = [one for one in within(ready.goods, clause.span)
               if not _WITH.search(ready.masked, clause.span[0], one.start)]  # fmt: skip
    return not carried and has_mover(ready, clause.span, clause.language)


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


def _goods_list(ready: Prepared, clause: Clause) -> Sense | None:
    """Goods and codes that are put on a list, or taken off it, are a rule; parties are listed."""
    said = _ON_LISTS.get(clause.main.columns["predicate"])
    lead = ready.masked[clause.span[0] : clause.main.start]
    if clause.main.columns["type"] != "listing" or said is None or not lead:
        return None
    if within(ready.bodies, (clause.span[0], clause.main.start)):
        return None
    return (
        ("restriction", said)
        if _CODES.search(lead + ready.masked[clause.main.start : clause.main.end])
        else None
    )


def _held(ready: Prepared, clause: Clause) -> Sense | None:
    """Lorries that are held up without a word of goods are a movement that was stopped."""
    columns = clause.main.columns
    if columns["predicate"] != "intends" or columns["subject"] not in ("seizer", "goods"):
        return None
    if within(ready.goods, clause.span):
        return None
    words = ready.masked[clause.main.start : clause.main.end]
    behind = (clause.main.end, min(clause.span[1], clause.main.end + 40))
    before = (clause.span[0], clause.main.start)
    if _HELD_UP.match(words) and has_mover(ready, behind, clause.language):
        return "movement", "present"
    return ("movement", "moves") if _POSTED.match(words) and has_mover(
        ready, before, clause.language) else None  # fmt: skip


def _sum_of_trade(ready: Prepared, clause: Clause) -> Sense | None:
    """Goods "worth 8 billion euros" that reach a country are a figure of trade."""
    columns = clause.main.columns
    if _CHANGED_HANDS.match(ready.masked, clause.main.start):
        return "price", "unit_value"
    if columns["type"] not in ("transfer", "movement") or columns["predicate"] not in (
        "receives", "moves"
    ):  # fmt: skip
        return None
    money = any(one.unit not in ("kg", "t") and _is_sum(one.unit)
                for one in within(ready.amounts, clause.span))  # fmt: skip
    moved = anywhere(clause.language, "transfer_topic").search(ready.masked, *clause.span)
    return ("trade", "value") if money and not moved else None


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
    reach = OBJECT if columns["predicate"] == "sells" else 0
    lead = (clause.span[0], min(clause.span[1], clause.main.end + reach))
    travels = anywhere(clause.language, "traveller").search(ready.lowered, *lead)
    return ("movement", said) if travels else None


def _gone(ready: Prepared, clause: Clause) -> Sense | None:
    """Trains that pull out of a town leave it; "not one lorry crossed" tells of no crossing."""
    columns = clause.main.columns
    if columns["type"] != "trade" or columns["predicate"] not in ("stops", "none", "value"):
        return None
    if columns["predicate"] == "value":
        return ("movement", "present") if _is_seen(ready, clause) else None
    if columns["predicate"] == "none":
        went = at_start(clause.language, "go", "leave").match(ready.masked, clause.main.end)
        words = (clause.main.start, clause.main.end)
        return ("movement", "absent") if went and has_mover(ready, words, clause.language) else None
    lead = (clause.span[0], clause.main.start)
    if columns["subject"] != "actor" or not has_mover(ready, lead, clause.language):
        return None
    return ("movement", "leaves") if _PULLS_OUT.match(ready.masked, clause.main.start) else None


def _is_seen(ready: Prepared, clause: Clause) -> bool:
    """Whether pictures "show 36 vehicles"."""
    shown = anywhere(clause.language, "seen").search(
        ready.masked, clause.span[0], clause.main.start
    )
    behind = (clause.main.end, min(clause.span[1], clause.main.end + 40))
    return bool(shown) and has_mover(ready, behind, clause.language)


def _is_sum(unit: str | None) -> bool:
    """Whether a unit is money or mass."""
    return unit in ("kg", "t") or (unit is not None and len(unit) == 3 and unit.isupper())


def _rates(ready: Prepared, clause: Clause) -> list[int]:
    """Ends of the rates in a clause."""
    return [one.end for one in within(ready.amounts, clause.span) if one.unit in _RATES]
