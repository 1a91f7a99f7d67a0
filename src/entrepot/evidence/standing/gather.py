"""From claims of several reports to evidence: whose word each is, and on which side it stands.

The root of a statement is the one on whose word it is said, where the report names one; else the
roots of the report itself (`independence`). Two digests that quote one service are one root.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from entrepot.evidence.claim import Claim
from entrepot.evidence.independence.sources import MEDIA, OTHER, source_of
from entrepot.evidence.language.places import places
from entrepot.evidence.standing.agreeing import is_against
from entrepot.evidence.standing.evidence import AGAINST, FOR, Evidence


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose first-hand word a report gives: a stable key, and the same for people."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Grades that people gave: letter and digit; null where nobody judged."""

    reliability: str | None = None
    credibility: int | None = None


def gather(
    group: Sequence[Claim],
    reports: Mapping[str, Sequence[Whose]],
    grades: Mapping[str, Judged] | None = None,
) -> list[Evidence]:
    """Evidence for the first claim of a group that agrees with itself (`agreeing.groups`).

    Args:
        group: claims that speak of one fact, that of the reader first.
        reports: roots of each report by report id; a report that is missing is its own root.
        grades: by root key (reliability) and by claim id (credibility).

    Returns:
        One entry a claim and root. A report that puts several origins together gives several.
    """
    content, known = replace(group[0], kind="fact"), grades or {}
    return [
        _entry(claim, whose, content, known)
        for claim in group
        for whose in whose_word(claim, reports.get(claim.report_id, ()))
    ]


def whose_word(claim: Claim, roots: Sequence[Whose]) -> Sequence[Whose]:
    """On whose word a claim is said: the body it is put down to, else the roots of its report."""
    own = roots or (Whose(claim.report_id, "the report itself"),)
    if not claim.attributed_to:
        return own
    source = source_of(claim.attributed_to)
    if source is None:
        return own
    if source.what == OTHER and not any(sign.isupper() for sign in claim.attributed_to):
        # "sources", "officials": nobody can be told apart from those of another report
        return tuple(
            Whose(f"{one.key}:unnamed", f"{claim.attributed_to}, unnamed, in {one.label}")
            for one in own
        )
    return (Whose(body_key(claim.attributed_to), source.words),)


def body_key(name: str) -> str:
    """A stable key of a body, publisher or document by its name, in any of the languages read."""
    source = source_of(name)
    if source is None:
        return name.casefold()
    return source.base if source.what == MEDIA else f"{source.base}:{source.country}"


def _entry(claim: Claim, whose: Whose, content: Claim, known: Mapping[str, Judged]) -> Evidence:
    """One word. `content` is what the first claim says, or says to be untrue if it is a denial."""
    source, said = known.get(whose.key, Judged()), known.get(claim.claim_id, Judged())
    return Evidence(
        evidence_id=f"{claim.claim_id}:{whose.key}",
        relation=AGAINST if is_against(claim, content) else FOR,
        root=whose.key,
        root_label=whose.label,
        reliability=source.reliability,
        credibility=said.credibility,
        is_hedged=claim.hedge is not None,
        is_denial=claim.kind == "denial" and _is_named(claim),
        item=claim.report_id,
    )


def _is_named(claim: Claim) -> bool:
    """Whether a denial comes from a party of the claim: then it would come in either case."""
    if not claim.attributed_to:
        return True
    named = {one.casefold() for one in (*claim.actors, *claim.counterparts)}
    own = {one.code for one in places(claim.attributed_to)} | {claim.attributed_to}
    return bool(named & {one.casefold() for one in own})
