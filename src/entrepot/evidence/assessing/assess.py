"""The one door of this folder: a claim and the records in, a verdict with its rows out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from entrepot.errors import EntrepotError
from entrepot.evidence.assessing.assessment import Assessment, Finding, untestable
from entrepot.evidence.assessing.listing import listing
from entrepot.evidence.assessing.movement import movement
from entrepot.evidence.assessing.price import price
from entrepot.evidence.assessing.records import Records
from entrepot.evidence.assessing.restriction import restriction
from entrepot.evidence.assessing.tested import tested
from entrepot.evidence.assessing.trade import trade
from entrepot.evidence.assessing.transfer import transfer
from entrepot.evidence.claim import Claim

DENIAL: Final = "denial"

TESTS: Final[dict[str, Callable[[Claim, Records], Finding]]] = {
    "restriction": restriction,
    "trade": trade,
    "price": price,
    "listing": listing,
    "movement": movement,
    "transfer": transfer,
}
"""The test of each type of claim."""


def assess(claim: Claim, records: Records) -> Assessment:
    """Test one claim against the records at hand.

    Records say what was recorded: a claim that they bear out may still be false, and one that they
    do not may be true. What they cannot see stands in `cautions`.

    Args:
        claim: any claim; a part that it does not say stays unknown.
        records: what is loaded.

    Returns:
        The verdict by the rules of docs/assess.md. A claim that no record here can test, and one
        whose test was refused, is `not_testable`, and `needed` says what would change that.
    """
    asked = _as_said(claim)
    test = TESTS.get(claim.type)
    try:
        found = _no_record() if test is None else test(asked, records)
    except EntrepotError as error:
        found = untestable(f"{error}. {error.hint}".strip())
    return found.of(claim.claim_id, tested(asked))


def _as_said(claim: Claim) -> Claim:
    """A claim that holds what somebody denies says the opposite of it."""
    if claim.kind != DENIAL:
        return claim
    return replace(claim, is_negated=not claim.is_negated)


def _no_record() -> Finding:
    return untestable(
        "A person: no kind of record that is read here tests such a claim. entrepot claims --help"
    )
