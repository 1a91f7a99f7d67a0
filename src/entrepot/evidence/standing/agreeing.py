"""Which claims of several reports say the same, so that their roots can be counted together.

Strict on purpose: two claims that are taken for one by mistake would make one report corroborate
another that speaks of something else. What one report leaves open (a day, a place) does not part
them; what both say must fit.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from entrepot.evidence.claim import Claim
from entrepot.evidence.independence import keys
from entrepot.evidence.standing.evidence import AGAINST, FOR, NEUTRAL

NUMBER_TOLERANCE = 0.02
"""Share by which two figures for one thing may differ by rounding ("14.4" and "14"). Choice."""

TO_COME: Final = ("threat", "forecast")
"""Kinds of claim that speak of what is to come: no word for what they announce having happened."""

COMPLEMENTS: Final = frozenset(
    map(frozenset, (("may", "may_not"), ("present", "absent"), ("listed", "not_listed"),
                    ("buys", "none"), ("sells", "none")))
)  # fmt: skip
"""Predicates of which one holds where the other does not."""

CONTRARIES: Final = frozenset(map(frozenset, (("rises", "falls"), ("discount", "premium"))))
"""Predicates that cannot both hold, and may both fail: what did not rise need not have fallen."""


def groups(claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], ...]:
    """Claims that say the same or the opposite, together; each group in the order given.

    A claim joins the first group all of whose members it agrees with, so that no chain of half
    likenesses ties strangers together.
    """
    found: list[list[Claim]] = []
    for claim in claims:
        for group in found:
            if all(agree(claim, one) for one in group):
                group.append(claim)
                break
        else:
            found.append([claim])
    return tuple(tuple(group) for group in found)


def agree(one: Claim, other: Claim) -> bool:
    """Whether two claims speak of the same fact; the one may deny it.

    What is announced and what is said to have happened are two facts.
    """
    return (
        one.type == other.type
        and (one.kind in TO_COME) == (other.kind in TO_COME)
        and (one.predicate == other.predicate or _are(one, other, COMPLEMENTS | CONTRARIES))
        and _share(one.actors, other.actors)
        and _share(one.counterparts, other.counterparts)
        and _named_alike(one.origin, other.origin)
        and _named_alike(one.destination, other.destination)
        and _same_goods(one, other)
        and _same_time(one, other)
        and _same_number(one, other)
        and _says_enough(one, other)
    )


def relation(claim: Claim, head: Claim) -> str:
    """On which side of what `head` says `claim` stands, which agrees with it on the matter.

    `for`, `against`, or `neutral`: that something did not fall says nothing of whether it rose.
    """
    is_turned = _negative(claim) != _negative(head)
    if _are(claim, head, CONTRARIES):
        if _negative(claim):
            return NEUTRAL
        return FOR if is_turned else AGAINST
    return AGAINST if is_turned != _are(claim, head, COMPLEMENTS) else FOR


def _are(one: Claim, other: Claim, pairs: frozenset[frozenset[str]]) -> bool:
    return frozenset((one.predicate, other.predicate)) in pairs


def _negative(claim: Claim) -> bool:
    """A denial denies; a negated fact too; a denied negation says it again."""
    return (claim.kind == "denial") != claim.is_negated


def _share(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or bool({a.casefold() for a in one} & {a.casefold() for a in other})


def _named_alike(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.casefold() == other.casefold()


def _same_goods(one: Claim, other: Claim) -> bool:
    """By codes where both have them (one may be broader), else by words."""
    if one.goods_codes and other.goods_codes:
        return any(
            a.startswith(b) or b.startswith(a) for a in one.goods_codes for b in other.goods_codes
        )
    return not one.goods or not other.goods or _share(one.goods, other.goods)


def _same_time(one: Claim, other: Claim) -> bool:
    """Half-open times that meet; of an amount of trade, or a price, most of the longer one.

    "EUR 5 m in 2022" and "EUR 5 m in August 2022" are two facts.
    """
    (first, after), (begins, ends) = _time(one), _time(other)
    if not (_before(first, ends) and _before(begins, after)):
        return False
    is_sum = one.type in ("trade", "price") and None not in (one.quantity, other.quantity)
    if not is_sum or first is None or after is None or begins is None or ends is None:
        return True
    common = min(after, ends) - max(first, begins)
    return 2 * common >= max(after - first, ends - begins)


def _time(claim: Claim) -> tuple[date | None, date | None]:
    """A claim's time; a report says nothing of days after its own, but for what is to come."""
    first, after, own = claim.date_from, claim.date_to, claim.reported_on
    if after is None and own and claim.kind not in TO_COME and (first is None or first <= own):
        after = own + timedelta(days=1)
    return first, after


def _before(first: date | None, after: date | None) -> bool:
    return first is None or after is None or first < after


def _same_number(one: Claim, other: Claim) -> bool:
    if one.quantity is None or other.quantity is None:
        return True
    if one.unit != other.unit and not _same_unit(one.unit or "", other.unit or ""):
        return False
    larger = max(abs(one.quantity), abs(other.quantity))
    return abs(one.quantity - other.quantity) <= NUMBER_TOLERANCE * larger


def _same_unit(one: str, other: str) -> bool:
    """Things counted under one word in two languages: "soldiers" and their word in Russian."""
    mine, theirs = ({keys.key(word) for word in text.split()} for text in (one, other))
    return mine == theirs and {kind for kind, _ in mine} == {keys.CONCEPT}


def _says_enough(one: Claim, other: Claim) -> bool:
    """At least two of actor, counterpart, goods, origin, destination, number: said by both."""
    both = (
        bool(one.actors and other.actors),
        bool(one.counterparts and other.counterparts),
        bool(one.goods and other.goods),
        bool(one.origin and other.origin),
        bool(one.destination and other.destination),
        one.quantity is not None and other.quantity is not None,
    )
    return sum(both) >= 2
