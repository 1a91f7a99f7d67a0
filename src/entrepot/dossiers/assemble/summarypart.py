"""The summary: at most six sentences that can stand alone."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from entrepot.codes.country import name
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.claimpart import as_stood, leading
from entrepot.dossiers.assemble.leadpart import goods, lead_ids
from entrepot.dossiers.assemble.material import ClaimIn, LeadIn, Material
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.partypart import list_gap
from entrepot.dossiers.assemble.wording import lower, sentence, single, upper
from entrepot.dossiers.dossier.dossier import Finding
from entrepot.dossiers.dossier.section import Section, Sentence
from entrepot.records.evidence import VERDICTS

MOST: Final = 6
MOST_LEADS: Final = 2
MOST_CLAIMS: Final = 2

_VERDICT: Final = {
    "supported": "supported", "contradicted": "contradicted", "partly": "partly supported",
    "not_testable": "not testable with what is loaded",
}  # fmt: skip


def summary(
    material: Material, law: Section, findings: Sequence[Finding], cited: Cited
) -> tuple[Sentence, ...]:
    """The strongest lead, the law, the claims, and what is not known."""
    said = [_lead(one, material, cited) for one in material.leads[:MOST_LEADS]]
    said += [one for one in law.sentences if one.kind == "record"][:1]
    if findings:
        said.append(_counted(material, findings, cited))
    said += [_claim(one, made, material) for one, made in _telling(material, findings)]
    return (*said[: MOST - 1], _unknown(material, findings, cited))


def _lead(one: LeadIn, material: Material, cited: Cited) -> Sentence:
    """The first sentence of a lead, with its goods: without them it would not stand alone."""
    lead = one.lead
    first = single(lead.explanations[0])[0] if lead.explanations else ""
    about = f"{goods(lead)} to {name(lead.hub)}: {lower(first)}"
    kind = "assessment" if lead.status == "lead" else "record"
    return sentence(upper(about), kind, lead_ids(one, material, cited))


def _counted(material: Material, findings: Sequence[Finding], cited: Cited) -> Sentence:
    counts = Counter(one.verdict for one in findings)
    told = [f"{counts[one]} {_VERDICT[one]}" for one in VERDICTS if counts[one]]
    told += [f"{counts['']} not tested"] if counts[""] else []
    many = f"{len(findings)} claim{'s' * (len(findings) != 1)} of the case"
    ids = [key for one in findings for key in one.citations]
    kinds = ", ".join(told)
    return sentence(f"Of {many}, by the records at hand: {kinds}", "assessment",
                    (method(cited, "assess"), *ids[:MOST]))  # fmt: skip


def _telling(material: Material, findings: Sequence[Finding]) -> list[tuple[ClaimIn, Finding]]:
    """Claims on which records had a word, contradicted ones first: those a reader must not miss."""
    order = ("contradicted", "partly", "supported")
    pairs = [(one, made) for one, made in zip(material.claims, findings, strict=True)
             if made.verdict in order]  # fmt: skip
    return sorted(pairs, key=lambda pair: order.index(pair[1].verdict))[:MOST_CLAIMS]


def _claim(one: ClaimIn, made: Finding, material: Material) -> Sentence:
    """The outcome in short: why it is so stands in the section on claims."""
    names = [party.name for party in material.parties]
    roots = f"{made.roots} independent root{'s' * (made.roots != 1)}"
    band = f"; {made.band} on this evidence alone" if made.band else ""
    told = (
        f"“{made.text.rstrip('.')}”: {_VERDICT[made.verdict]} by the records at hand, "
        f"{made.standing} with {roots}{band}"
    )
    told += as_stood(one, one.tested.because if one.tested else (), material.as_of)
    return sentence(told, "assessment", leading(made), names, one.claim_id)


def _unknown(material: Material, findings: Sequence[Finding], cited: Cited) -> Sentence:
    ids = [method(cited, "dossier")]
    missing = []
    if any(one.lead.onward_excess is None for one in material.leads):
        lead = next(one.lead for one in material.leads if one.lead.onward_excess is None)
        missing.append(f"what {name(lead.hub)} sold on to {name(lead.target)}")
    count = sum(one.verdict == "not_testable" for one in findings)
    if count:
        missing.append(f"what records would say to {count} claim{'s' * (count != 1)}")
    if gap := list_gap(material):
        missing.append(gap)
    missing.append("who sold to whom, as figures name no firm")
    names = [one.name for one in material.parties]
    return sentence(f"Not known: {'; '.join(missing)}", "unknown", ids, names)
