"""Whether the parts of a proposed claim are those of the gold claim it was paired with.

A key that the gold row leaves out is not judged; null must be null. `a|b` in a gold value means
that either is right. `or` is a list of rows, each of which may stand for the gold row's own values
("27 shipments worth 1.1 million" is 27 shipments or 1.1 million dollars).
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

PARTS = (
    "type", "kind", "predicate", "negation", "dates", "number", "actors", "goods", "goods_codes",
    "origin", "destination", "attributed_to", "hedge",
)  # fmt: skip
_KEYS: Mapping[str, tuple[str, ...]] = {
    "negation": ("is_negated",),
    "dates": ("date_from", "date_to"),
    "number": ("quantity",),
}
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_IDLE = frozenset({"a", "an", "the", "its", "their", "his", "her"})


def readings(gold: Row) -> Iterator[Row]:
    """The gold row as it stands, then once for each row under `or`."""
    yield gold
    for other in gold.get("or", ()):
        yield {**gold, **other}


def keys_of(part: str) -> tuple[str, ...]:
    """Columns of a claim that this part is made of."""
    return {"number": ("quantity", "quantity_to", "unit")}.get(part, _KEYS.get(part, (part,)))


def judged(part: str, gold: Row) -> bool:
    """Whether the gold row says anything about this part."""
    return all(key in gold for key in _KEYS.get(part, (part,)))


def said(part: str, gold: Row) -> bool:
    """Whether the gold row says more than "not said" about this part."""
    return judged(part, gold) and any(
        gold[key] not in (None, [], False) for key in _KEYS.get(part, (part,))
    )


def right(part: str, gold: Row, proposal: Row) -> bool:
    """Whether the proposal has this part as one reading of the gold row has it."""
    return any(_right(part, one, proposal) for one in readings(gold))


def _right(part: str, gold: Row, proposal: Row) -> bool:
    if part == "dates":
        return all(gold[key] == proposal[key] for key in ("date_from", "date_to"))
    if part == "number":
        return number(gold, proposal)
    if part == "negation":
        return bool(gold["is_negated"]) == bool(proposal["is_negated"])
    if part == "goods_codes":
        return codes(gold[part], proposal[part])
    if part in ("actors", "goods"):
        return same_names(gold[part], proposal[part])
    return one_name(gold[part], proposal[part], loose=part not in ("type", "kind", "predicate"))


def number(gold: Row, proposal: Row) -> bool:
    """Quantity within 1e-9 of it, unit equal, and the upper end where gold has that key.

    "By a quarter" is 25 "%" or 0.25 "share": equal amounts.
    """
    return _same_number(gold, proposal) or _same_number(_in_shares(gold), _in_shares(proposal))


def _same_number(gold: Row, proposal: Row) -> bool:
    keys = ["quantity", *(["quantity_to"] if "quantity_to" in gold else [])]
    if not all(_close(gold[key], proposal[key]) for key in keys):
        return False
    if gold["quantity"] is None or "unit" not in gold:
        return True
    return one_name(gold["unit"], proposal["unit"], loose=False)


def _in_shares(row: Row) -> Row:
    """The row with a percentage as a share."""
    if row.get("unit") != "%":
        return row
    scaled = {key: row[key] / 100 for key in ("quantity", "quantity_to")
              if row.get(key) is not None}  # fmt: skip
    return {**row, **scaled, "unit": "share"}


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


def codes(gold: Sequence[str], proposal: Sequence[str]) -> bool:
    """Every proposed code lies under an acceptable prefix, and there is one; none for none."""
    if not gold or not proposal:
        return not gold and not proposal
    return all(code.startswith(tuple(gold)) for code in proposal)


def same_names(gold: Sequence[str], proposal: Sequence[str]) -> bool:
    """Each name on one side is one on the other."""
    return all(any(one_name(a, b) for b in proposal) for a in gold) and all(
        any(one_name(a, b) for a in gold) for b in proposal
    )


def one_name(gold: str | None, proposal: str | None, *, loose: bool = True) -> bool:
    """Equal, or (loose) all words of the shorter stand in the longer; null only for null.

    An empty choice in gold ("RUS|") says that null is right too.
    """
    if gold is None or proposal is None:
        return gold is proposal or (gold is not None and "" in gold.split("|"))
    return any(_alike(choice, proposal, loose) for choice in gold.split("|") if choice)


def _alike(one: str, other: str, loose: bool) -> bool:
    if one.casefold() == other.casefold():
        return True
    left, right_ = _words(one), _words(other)
    return loose and bool(left and right_) and (left <= right_ or right_ <= left)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text)) - _IDLE
