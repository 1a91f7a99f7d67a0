"""What speaks for or against a claim: words of reports, each with the root it comes from."""

from dataclasses import dataclass
from typing import Final

FOR, AGAINST, NEUTRAL = "for", "against", "neutral"
RELATIONS: Final = (FOR, AGAINST, NEUTRAL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source's word for or against a claim.

    Attributes:
        evidence_id: id of the entry; of a report's own claim the claim's id.
        relation: `for`, `against` or `neutral`.
        root: whose first-hand word it is, as a stable key; copies share it.
        root_label: the same for people ("the General Staff, statement of 20 August 2022").
        reliability: letter of the Admiralty code for that root; null: nobody judged it.
        credibility: digit for this statement; null: nobody judged it.
        is_hedged: the root itself hedges what it says.
        is_denial: it is a denial by a party that the claim names.
        item: the report in which it stands.
    """

    evidence_id: str
    relation: str
    root: str
    root_label: str
    reliability: str | None = None
    credibility: int | None = None
    is_hedged: bool = False
    is_denial: bool = False
    item: str = ""


@dataclass(frozen=True, slots=True)
class RecordTest:
    """The test of the claim against records: a verdict of `records.evidence.VERDICTS`.

    `part`: what holds and what does not, where the verdict is `partly`; empty otherwise.
    """

    verdict: str
    refs: tuple[str, ...] = ()
    part: str = ""
