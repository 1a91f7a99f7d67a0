"""What is not known: claims that records cannot test, tests that could not be made, gaps."""

from collections.abc import Iterator

from entrepot.codes.country import name
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.lawpart import ASKED_REGIMES
from entrepot.dossiers.assemble.leadpart import goods, lead_ids
from entrepot.dossiers.assemble.material import Material
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.partypart import list_gap
from entrepot.dossiers.assemble.ruledays import read_to
from entrepot.dossiers.assemble.wording import lower, need, sentence, upper
from entrepot.dossiers.dossier.section import Section, Sentence
from entrepot.evidence.assessing.assessment import NOT_TESTABLE
from entrepot.measures.cite import listed
from entrepot.signals.checkgroups import untested


def unknown_section(material: Material, cited: Cited) -> Section:
    """Each gap once, with what would tell where that is known."""
    said = [*_claims(material, cited), *_figures(material, cited), *_leads(material, cited),
            *_rules(material, cited), *_others(material, cited)]  # fmt: skip
    if not said:
        text = "Nothing is known to be missing but what the limits below say"
        said = [sentence(text, "unknown", (method(cited, "dossier"),))]
    return Section("unknown", "What is not known", tuple(dict.fromkeys(said)))


def _claims(material: Material, cited: Cited) -> Iterator[Sentence]:
    """What is needed for the claims that cannot be tested, each need once."""
    needs: dict[str, list[str]] = {}
    for one in material.claims:
        if one.tested is not None and one.tested.verdict == NOT_TESTABLE:
            for needed in one.tested.needed:
                needs.setdefault(need(needed), []).append(one.claim_id)
    for needed, ids in needs.items():
        text = (
            f"{len(ids)} claim{'s' * (len(ids) != 1)} cannot be tested without this: "
            f"{lower(needed)}"
        )
        claim = ids[0] if len(ids) == 1 else ""
        yield sentence(text, "unknown", (method(cited, "assess"),), (), claim)


def _figures(material: Material, cited: Cited) -> Iterator[Sentence]:
    if material.figures is None:
        yield sentence("No trade figures were loaded", "unknown", (method(cited, "rows"),))
        return
    cit = method(cited, "rows")
    for text in material.figures.lacks:
        yield sentence(f"The figures lack {lower(text)}", "unknown", (cit,))
    late = sorted({one for lead in material.leads for one in lead.lagging})
    if late:
        said = listed([f"{name(one[:3])} {one[4:]}" for one in late], 8)
        yield sentence(f"Not reported when the figures were made: {said}", "unknown", (cit,))


def _leads(material: Material, cited: Cited) -> Iterator[Sentence]:
    """How many tests of a lead could not be made, and what they need; its table has each reason."""
    for one in material.leads:
        found = untested(one.checks)
        if not found:
            continue
        needs = list(dict.fromkeys(test.needed for test in found if test.needed))
        text = (
            f"{len(found)} tests of {goods(one.lead)} to {name(one.lead.hub)} could not be made"
            f"{'; what would make them: ' * bool(needs)}{'; '.join(needs)}"
        )
        ids = (*lead_ids(one, material, cited), method(cited, "tests"))
        yield sentence(text, "unknown", ids)


def _rules(material: Material, cited: Cited) -> Iterator[Sentence]:
    """One sentence for each regime whose acts were read only up to a day before the dossier's."""
    for regime in ASKED_REGIMES:
        day = read_to(regime, material.as_of)
        if day is not None:
            text = (
                f"The rule base holds {regime} acts up to {day}; what changed from then to "
                f"{material.as_of} is not known"
            )
            yield sentence(text, "unknown", (method(cited, "rules"),))


def _others(material: Material, cited: Cited) -> Iterator[Sentence]:
    if material.withheld:
        text = (
            f"{material.withheld} claim{'s' * (material.withheld != 1)} named a party without two "
            "independent roots and a record behind it; here they are told without the name"
        )
        yield sentence(text, "unknown", (method(cited, "parties"),))
    if material.unnamed:
        many = "party was" if material.unnamed == 1 else "parties were"
        text = (
            f"{material.unnamed} {many} put into the case without a claim that two independent "
            "roots and a record back, and no name is given"
        )
        yield sentence(text, "unknown", (method(cited, "parties"),))
    if gap := list_gap(material):
        text = f"Not known: {gap}"
        names = [one.name for one in material.parties]
        yield sentence(text, "unknown", (method(cited, "lists"),), names)
    for party_id in material.parties_unknown:
        text = (
            f"{upper(party_id)} belongs to the case and stands in no list that is loaded, so its "
            "name is not known"
        )
        yield sentence(text, "unknown", (method(cited, "lists"),))
