"""From claims of several reports to evidence: whose word each is, and on which side it stands.

The root of a statement is the one on whose word it is said, where the report names one; else the
roots of the report itself (`independence`). Two digests that quote one service are one root.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from entrepot.evidence.claim import Claim
from entrepot.evidence.independence.sources import MEDIA, OTHER, source_of
from entrepot.evidence.language.places import places
from entrepot.evidence.standing.agreeing import relation
from entrepot.evidence.standing.evidence import Evidence


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

    Of a denial it is evidence for what is denied: the denial itself stands against it.

    Args:
        group: claims that speak of one fact, that of the reader first.
        reports: roots of each report by report id; a report that is missing is its own root.
        grades: by root key (reliability) and by claim id (credibility).

    Returns:
        One entry a claim and root. A report that puts several origins together gives several.
    """
    content, known = replace(group[0], kind="fact"), grades or {}
    words = [(claim, whose) for claim in group
             for whose in whose_word(claim, reports.get(claim.report_id, ()))]  # fmt: skip
    same = _same_bodies([whose for _, whose in words])
    return [_entry(claim, same[whose.key], content, known) for claim, whose in words]


def _same_bodies(words: Sequence[Whose]) -> dict[str, Whose]:
    """By key: "General Staff" without its country is taken for one that another report names.

    To take two bodies for one by mistake loses a root; the other way round makes one up.
    """
    full = {one.key.partition(":")[0]: one for one in reversed(words)
            if one.key.partition(":")[2] and not one.key.startswith("x:")}  # fmt: skip
    return {one.key: full.get(one.key[:-1], one) if one.key.endswith(":") else one for one in words}


def whose_word(claim: Claim, roots: Sequence[Whose]) -> Sequence[Whose]:
    """On whose word a claim is said: the body it is put down to, else the roots of its report."""
    own = roots or (Whose(claim.report_id, "the report itself"),)
    source = source_of(claim.attributed_to) if claim.attributed_to else None
    if source is None and claim.kind == "denial":
        # whoever denies is somebody else than those whose word the report goes back to
        who = claim.attributed_to or "whoever denies it"
        return (Whose(f"{claim.report_id}:denial:{who.casefold()}", f"{who}, in a report"),)
    if source is None or not claim.attributed_to:
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
    anywhere = f"{whose.key.partition(':')[0]}:"
    source = known.get(whose.key) or known.get(anywhere) or Judged()
    said = known.get(claim.claim_id, Judged())
    return Evidence(
        evidence_id=f"{claim.claim_id}:{whose.key}",
        relation=relation(claim, content),
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
    ends = (claim.origin or "", claim.destination or "")
    named = {one.casefold() for one in (*claim.actors, *claim.counterparts, *ends)} - {""}
    own = {one.code for one in places(claim.attributed_to)} | {claim.attributed_to}
    return bool(named & {one.casefold() for one in own})
