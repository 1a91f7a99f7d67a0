"""What would change a standing: each next piece of evidence, and where it would lead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from entrepot.evidence.standing.evidence import AGAINST, FOR, Evidence, RecordTest
from entrepot.evidence.standing.weigh import Weighed, weigh
from entrepot.evidence.wording import band


@dataclass(frozen=True, slots=True)
class Change:
    """One possible piece of evidence and the standing it would lead to.

    Attributes:
        what: the evidence in words.
        word: the standing after it.
        probability: 0 to 1, after it.
        shift: probability after less before.
        changes: whether the word or the band of probability changes.
    """

    what: str
    word: str
    probability: float
    shift: float
    changes: bool


def changes(
    evidence: Sequence[Evidence], record: RecordTest | None, needed: str = ""
) -> tuple[Change, ...]:
    """What would change the standing, the largest shift first.

    Args:
        evidence: what is at hand.
        record: the test against records; null: none was made.
        needed: what would have to be loaded to test the claim; empty: nothing is known to help.
    """
    now = weigh(evidence, record)
    usual = Evidence("next", FOR, "next", "another root", "C", 3, item="next")
    tries = [
        ("one more independent root for it, fairly reliable (C3)", [*evidence, usual], record),
        ("one independent root against it, fairly reliable (C3)",
         [*evidence, replace(usual, relation=AGAINST)], record),
    ]  # fmt: skip
    if _unjudged(evidence):
        judged = [
            replace(one, reliability="B")
            if one.relation == FOR and one.reliability is None
            else one
            for one in evidence
        ]
        tries.append(("a grade B for the roots that nobody has judged", judged, record))
    if record is None or record.verdict in ("not_testable", "partly"):
        what = f"records ({needed.rstrip('.')})" if needed else "records that can test it"
        if record is not None and record.verdict == "partly":
            what = "records that can test all of it"
        tries += [
            (f"{what}, coming out for it", list(evidence), RecordTest("supported")),
            (f"{what}, coming out against it", list(evidence), RecordTest("contradicted")),
        ]
    found = [_change(what, now, weigh(said, tested)) for what, said, tested in tries]
    return tuple(sorted(found, key=lambda one: (-abs(one.shift), one.what)))


def _unjudged(evidence: Sequence[Evidence]) -> bool:
    return any(one.relation == FOR and one.reliability is None for one in evidence)


def _change(what: str, now: Weighed, then: Weighed) -> Change:
    moved = then.word != now.word or band(then.probability) != band(now.probability)
    return Change(what, then.word, then.probability, then.probability - now.probability, moved)
