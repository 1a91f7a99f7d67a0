"""What state a claim is in: a fold over its readings and what people decided, and nothing else.

Of each person the last decision that they did not take back counts. Where all of them leave the
same wording, or all reject, that is the state. Where they differ the claim is disputed: nobody's
decision is dropped because another one came later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrepot.evidence.claim import Claim, claim_of

CONFIRM, EDIT, REJECT = "confirm", "edit", "reject"
DECISIONS: Final = (CONFIRM, EDIT, REJECT)

STATES: Final = ("proposed", "confirmed", "edited", "rejected", "disputed")
"""Not yet decided; the wording as read; another wording; no claim; people differ."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim as it was read: by whom, when (UTC, ISO form)."""

    reading_id: str
    claim: Claim
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided on a claim.

    Attributes:
        decision_id: `dec_` and a hash.
        claim_id: of the claim.
        decision: one of `DECISIONS`.
        reading_id: the reading that the person had before them.
        fields: columns of the claim that differ from that reading, as in `Claim.row()`; empty: it
            stands as read.
        because: the reason; may be empty.
        by: who.
        at: when, UTC, in ISO form.
        agrees_with: the decision of which the wording was confirmed; null: none.
        is_withdrawn: the person took it back.
    """

    decision_id: str
    claim_id: str
    decision: str
    reading_id: str
    fields: Mapping[str, Any]
    because: str
    by: str
    at: str
    agrees_with: str | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One wording that somebody stands for.

    Attributes:
        claim: the wording; null: that it is no claim (rejected).
        decisions: those that leave it so, one a person, in order.
    """

    claim: Claim | None
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class ClaimState:
    """A claim, and how it stands with the people who checked it.

    Attributes:
        claim_id: the id under which it was first read; stays when type or span are edited.
        state: one of `STATES`.
        claim: the wording that counts: as edited where all agree, else as last read.
        versions: the wordings that somebody stands for; more than one: disputed.
        readings: all of them in order.
        decisions: all of them in order, those taken back too.
    """

    claim_id: str
    state: str
    claim: Claim
    versions: tuple[Version, ...]
    readings: tuple[Reading, ...]
    decisions: tuple[Decision, ...]


def fold(claim_id: str, readings: Sequence[Reading], decided: Sequence[Decision]) -> ClaimState:
    """The state of a claim.

    Args:
        claim_id: of the claim.
        readings: at least one, in order.
        decided: in order.
    """
    last = {one.by: one for one in decided if not one.is_withdrawn}
    standing = sorted(last.values(), key=decided.index)
    versions: list[Version] = []
    for one in standing:
        claim = wording(one, readings)
        same = next((place for place, had in enumerate(versions) if had.claim == claim), None)
        if same is None:
            versions.append(Version(claim, (one,)))
        else:
            versions[same] = Version(claim, (*versions[same].decisions, one))
    state, claim = _outcome(versions, readings[-1].claim)
    return ClaimState(claim_id, state, claim, tuple(versions), tuple(readings), tuple(decided))


def _outcome(versions: Sequence[Version], read: Claim) -> tuple[str, Claim]:
    if not versions:
        return "proposed", read
    if len(versions) > 1:
        return "disputed", read
    left = versions[0].claim
    if left is None:
        return "rejected", read
    is_edited = any(one.fields for one in versions[0].decisions)
    return ("edited" if is_edited else "confirmed"), left


def wording(decision: Decision, readings: Sequence[Reading]) -> Claim | None:
    """The claim as a decision leaves it; null: rejected."""
    if decision.decision == REJECT:
        return None
    read = next(one.claim for one in readings if one.reading_id == decision.reading_id)
    return changed(read, decision.fields)


def changed(claim: Claim, fields: Mapping[str, Any]) -> Claim:
    """The claim with other values in some columns; those were not read from the old words."""
    if not fields:
        return claim
    row = claim.row() | dict(fields)
    row["parts"] = {name: spans for name, spans in row["parts"].items() if name not in fields}
    return claim_of(row)
