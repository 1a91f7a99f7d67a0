"""A standing in sentences: how the evidence lies, how probable that leaves it, what would move it.

One row of ICD 203 terms, and never a likelihood and a confidence in one sentence: this product
says no confidence at all, it says what evidence there is.
"""

from collections.abc import Sequence

from entrepot.evidence.standing.change import Change
from entrepot.evidence.standing.likelihood import PRIORS
from entrepot.evidence.standing.rivals import Rival
from entrepot.evidence.standing.weigh import Weighed
from entrepot.evidence.wording import with_band


def counted(weighed: Weighed) -> str:
    """Items and roots: `7 items, 2 roots`; roots against are told apart."""
    items, roots = weighed.items, len(weighed.roots_for)
    said = f"{items} item{'s' * (items != 1)}, {roots} root{'s' * (roots != 1)}"
    if weighed.roots_against:
        said += f", {len(weighed.roots_against)} against"
    return said


def in_short(weighed: Weighed) -> str:
    """One line: `uncorroborated, 1 item, 1 root; likely (55 to 80 %)`."""
    return f"{weighed.word}, {counted(weighed)}; {with_band(weighed.probability)}"


def in_full(
    weighed: Weighed, others: Sequence[Rival], next_steps: Sequence[Change]
) -> tuple[str, ...]:
    """Every sentence of a standing, in the order in which they are read."""
    said = [f"Standing: {weighed.word} ({counted(weighed)})."]
    if weighed.roots_for:
        said.append(f"For it: {'; '.join(weighed.roots_for)}.")
    if weighed.roots_against:
        said.append(f"Against it: {'; '.join(weighed.roots_against)}.")
    if weighed.roots_both:
        said.append(f"On both sides, so counted on neither: {'; '.join(weighed.roots_both)}.")
    if weighed.record:
        said.append(f"Records: {weighed.record.replace('_', ' ')}.")
    low, high = with_band(weighed.low), with_band(weighed.high)
    start, first, last = (f"{prior * 100:.0f} %" for prior in (PRIORS[1], PRIORS[0], PRIORS[-1]))
    said.append(
        f"On this evidence alone: {with_band(weighed.probability)}, starting from {start}; "
        f"starting from {first} or {last}: " + ("the same." if low == high else f"{low} or {high}.")
    )
    said += [f"Ratio {one.ratio:.2g}: {one.name} ({one.why})." for one in weighed.factors]
    if not weighed.factors:
        said.append("Nothing at hand moves the odds: no ratio differs from 1.")
    said += [f"It could also be: {one.hypothesis} What separates it: {one.test}" for one in others]
    moving = [one for one in next_steps if one.changes]
    said += [
        f"What would change this: {one.what}: then {one.word}, {with_band(one.probability)}."
        for one in moving
    ]
    if not moving:
        said.append("No single piece of evidence of an ordinary kind would change this.")
    return tuple(said)
