"""Which claims of several reports say the same, so that their roots can be counted together.

Strict on purpose: two claims that are taken for one by mistake would make one report corroborate
another that speaks of something else. What one report leaves open (a day, a place) does not part
them; what both say must fit.
"""

from collections.abc import Sequence

from entrepot.evidence.claim import Claim

NUMBER_TOLERANCE = 0.02
"""Share by which two figures for one thing may differ by rounding ("14.4" and "14"). Choice."""

OPPOSITES = {"rises": "falls", "falls": "rises", "may": "may_not", "may_not": "may",
             "present": "absent", "absent": "present", "listed": "not_listed",
             "not_listed": "listed", "discount": "premium", "premium": "discount"}  # fmt: skip
"""Predicates that deny each other."""


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
    """Whether two claims speak of the same fact; the one may deny it."""
    return (
        one.type == other.type
        and (one.predicate == other.predicate or OPPOSITES.get(one.predicate) == other.predicate)
        and _share(one.actors, other.actors)
        and _named_alike(one.origin, other.origin)
        and _named_alike(one.destination, other.destination)
        and _same_goods(one, other)
        and _overlap(one, other)
        and _same_number(one, other)
        and _says_enough(one, other)
    )


def is_against(claim: Claim, head: Claim) -> bool:
    """Whether `claim`, which agrees with `head` on what is spoken of, denies what it says."""
    return _negative(claim) != _negative(head) or OPPOSITES.get(claim.predicate) == head.predicate


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


def _overlap(one: Claim, other: Claim) -> bool:
    """Half-open times that meet; one that is not said meets any."""
    starts = [day for day in (one.date_from, other.date_from) if day]
    ends = [day for day in (one.date_to, other.date_to) if day]
    return not starts or not ends or max(starts) < min(ends)


def _same_number(one: Claim, other: Claim) -> bool:
    if one.quantity is None or other.quantity is None or one.unit != other.unit:
        return one.quantity is None or other.quantity is None
    larger = max(abs(one.quantity), abs(other.quantity))
    return abs(one.quantity - other.quantity) <= NUMBER_TOLERANCE * larger


def _says_enough(one: Claim, other: Claim) -> bool:
    """At least two of actor, goods, origin, destination and number are said by both."""
    both = (
        bool(one.actors and other.actors),
        bool(one.goods and other.goods),
        bool(one.origin and other.origin),
        bool(one.destination and other.destination),
        one.quantity is not None and other.quantity is not None,
    )
    return sum(both) >= 2
