"""Other explanations: the named tests of leads, and the rivals of claims."""

from collections.abc import Iterator

from entrepot.codes.country import name
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.leadpart import goods, lead_ids
from entrepot.dossiers.assemble.material import LeadIn, Material
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.wording import lower, sentence
from entrepot.dossiers.dossier.section import Section, Sentence, Table
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.checkgroups import kinds


def other_section(material: Material, cited: Cited) -> Section:
    """Each test that could be made, by lead, with its number; then the rivals of the claims."""
    said: list[Sentence] = []
    tables = []
    for one in material.leads:
        made = list(_tests(one, material, cited))
        said += made
        if made:
            tables.append(_table(one, material, cited))
    said += list(_rivals(material, cited))
    if not said:
        text = "No lead and no claim of the case has another explanation that is tested here"
        said = [sentence(text, "unknown", (method(cited, "tests"),))]
    return Section("innocent", "Other explanations", tuple(dict.fromkeys(said)), tuple(tables))


def _tests(one: LeadIn, material: Material, cited: Cited) -> Iterator[Sentence]:
    """What came of the tests in short, then each that the figures did not pass."""
    ids = (*lead_ids(one, material, cited), method(cited, "tests"))
    made = [check for check, _, _ in kinds(one.checks)]
    counts = {outcome: sum(check.outcome == outcome for check in made)
              for outcome in (PASSED, FAILED, NOT_TESTABLE)}  # fmt: skip
    if not made:
        return
    lead = one.lead
    whose = f"{goods(lead)} to {name(lead.hub)}"
    window = f" in {lead.period_from} to {lead.period_to}" if lead.period_from else ""
    text = (
        f"Of {len(made)} named tests for ordinary reasons and faults of the figures, {whose} "
        f"passed {counts[PASSED]}, failed {counts[FAILED]}, and {counts[NOT_TESTABLE]} could not "
        "be made; passing all of them would not make a lead a finding"
    )
    yield sentence(text, "explanation", ids)
    for check in made:
        if check.outcome == FAILED:
            told = f"{check.question.rstrip('?')}? No, for {whose}{window}: {check.detail}"
            yield sentence(told, "explanation", ids)


def _table(one: LeadIn, material: Material, cited: Cited) -> Table:
    lead = one.lead
    ids = (*lead_ids(one, material, cited), method(cited, "tests"))
    rows = tuple((check.question, heading, check.outcome, check.detail)
                 for check, heading, _ in kinds(one.checks))  # fmt: skip
    return Table(
        f"tab_tests_{lead.lead_id}",
        f"Named tests of {goods(lead)} to {name(lead.hub)}: passed means that the figures speak "
        "against this reason",
        ("test", "group", "outcome", "number behind it"), rows, tuple(ids for _ in rows),
    )  # fmt: skip


def _rivals(material: Material, cited: Cited) -> Iterator[Sentence]:
    """Other reasons for what was reported, each once, with what separates it."""
    cit = method(cited, "standing")
    for one in material.claims:
        for rival in one.standing.rivals:
            hypothesis = rival.hypothesis.rstrip(".")
            text = f"It could also be: {lower(hypothesis)}; what separates it: {lower(rival.test)}"
            yield sentence(text, "explanation", (cit,))
