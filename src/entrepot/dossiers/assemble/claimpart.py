"""What was said, and how it stands: findings, and the section that tells them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.grounds import Row, ground_ids, ground_text
from entrepot.dossiers.assemble.material import ClaimIn, Material, Said
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.reportfile import PROTECTED, protected_id, report_id
from entrepot.dossiers.assemble.ruledays import as_read, with_later
from entrepot.dossiers.assemble.wording import lower, need, sentence, single, upper
from entrepot.dossiers.dossier.dossier import Finding
from entrepot.dossiers.dossier.section import Section, Sentence
from entrepot.evidence.assessing.assessment import NOT_TESTABLE, Assessment, Ground
from entrepot.evidence.standing.stand import Standing
from entrepot.evidence.wording import with_band

VERDICT_WORDS: Final = {
    "supported": "the records at hand say the same",
    "contradicted": "the records at hand say otherwise",
    "partly": "the records at hand agree with a part of it",
    "not_testable": "the records at hand cannot say",
    "": "it was not tested against records",
}
"""What a verdict means of the records; a verdict is on words, never on a party."""

MOST_CITED: Final = 8
"""Citations of a sentence that sums up a finding; each record has its own sentence below."""

RULED: Final = ("measure", "remark", "reach")
"""Kinds of rows that are of the rule base, which knows later days than those of a dossier."""

DENIAL_STANDS: Final = {
    "corroborated": "contested", "contested": "contested", "refuted": "corroborated",
    "uncorroborated": "uncorroborated",
}  # fmt: skip
"""How a denial stands, by how that stands which it denies. A choice: a denial of what two roots
report is contested, one of what is refuted is borne out, and of what one root reports nothing
follows."""


def claim_section(material: Material, cited: Cited) -> tuple[Section, tuple[Finding, ...]]:
    """Each claim: who says what, what records say to it, how it stands; and all as findings."""
    said: list[Sentence] = []
    found = []
    told: set[str] = set()
    for one in material.claims:
        made = finding(one, material, cited)
        found.append(made)
        said += _sentences(one, made, material, cited)
        said += _cautions(one, material, cited, told)
    for text in material.tips:
        said.append(_tip(text, material, cited))
    if not said:
        none = "The case holds no claim, so nothing that was said is tested here"
        said = [sentence(none, "unknown", (method(cited, "dossier"),))]
    return Section("said", "What was said, and how it stands", tuple(said)), tuple(found)


def finding(one: ClaimIn, material: Material, cited: Cited) -> Finding:
    """A claim of the case as the head of a review; see `DENIAL_STANDS` for a denial."""
    first, claim = one.said[0], one.claim
    probability, word, roots = _stood(one.standing)
    grounds = [key for ground in (one.tested.because if one.tested else ())
               for key in ground_ids(ground, material, cited)]  # fmt: skip
    ids = [*_report_ids(one, cited), *grounds]
    day = claim.reported_on or first.report.reported_on
    return Finding(
        claim_id=one.claim_id,
        text=" ".join(claim.text.split()),
        said_by=claim.attributed_to or "",
        said_on=day.isoformat() if day and not first.is_protected else "",
        said_where=_address(first),
        names=_names(claim.text, one, material),
        verdict=one.tested.verdict if one.tested else "",
        standing=word,
        roots=roots,
        probability=probability,
        band=with_band(probability) if probability is not None else "",
        summary=_dated(summary(one), one, one.tested.because if one.tested else (), material),
        citations=tuple(dict.fromkeys(ids)),
    )


def summary(one: ClaimIn) -> str:
    """The outcome in one sentence: records first, then how it stands with its band."""
    parts = [upper(VERDICT_WORDS[one.tested.verdict if one.tested else ""])]
    if one.tested and one.tested.part:
        parts.append(f": {one.tested.part.rstrip('.')}")
    return f"{''.join(parts)}; {_standing_words(one.standing)}."


def leading(made: Finding) -> tuple[str, ...]:
    """The first citations of a finding: its reports and the records that decide; it has all."""
    return made.citations[:MOST_CITED]


def _standing_words(standing: Standing) -> str:
    weighed = standing.weighed
    _, word, roots = _stood(standing)
    counted = f"{roots} independent root{'s' * (roots != 1)} for it"
    against = len(weighed.roots_for if standing.is_of_denied else weighed.roots_against)
    counted += f", {against} against" * bool(against)
    if standing.is_to_come:
        return f"it is {word} ({counted}) and of what is to come, so no probability is given"
    probability, _, _ = _stood(standing)
    assert probability is not None
    denied = "; it is a denial, and its band is that of its being right"
    return (
        f"it is {word} ({counted}), {with_band(probability)} on this evidence alone"
        f"{denied * standing.is_of_denied}"
    )


def _stood(standing: Standing) -> tuple[float | None, str, int]:
    """Probability, word and roots of what is said; a denial is turned round."""
    weighed = standing.weighed
    if standing.is_of_denied:
        probability: float | None = round(1 - weighed.probability, 3)
        word, roots = DENIAL_STANDS[weighed.word], len(weighed.roots_against)
    else:
        probability, word = round(weighed.probability, 3), weighed.word
        roots = len(weighed.roots_for)
    return (None if standing.is_to_come else probability), word, roots


def _sentences(one: ClaimIn, made: Finding, material: Material, cited: Cited) -> list[Sentence]:
    names = [party.name for party in material.parties]
    who = PROTECTED if one.said[0].is_protected else _speaker(one)
    told = f"{upper(who)} says: “{made.text.rstrip('.')}”"
    said = [sentence(told, "claim", _report_ids(one, cited), names, one.claim_id)]
    said.append(
        sentence(made.summary, "assessment", (*leading(made), method(cited, "standing")), names,
                 one.claim_id)
    )  # fmt: skip
    if one.tested is not None:
        said += _records(one, one.tested, material, cited, names)
    return said


def _records(
    one: ClaimIn, tested: Assessment, material: Material, cited: Cited, names: list[str]
) -> list[Sentence]:
    """What records say, with their rows; what would be needed."""
    said = []
    for ground in tested.because:
        ids = ground_ids(ground, material, cited)
        for text in single(ground_text(ground)):
            told = _dated(text, one, (ground,), material)
            said.append(sentence(told, "record", ids, names, one.claim_id))
    if tested.verdict == NOT_TESTABLE:
        text = f"To test it, this is needed: {lower(need(tested.needed[0]))}"
        said.append(sentence(text, "unknown", (method(cited, "assess"),), names, one.claim_id))
    return said


def _dated(text: str, one: ClaimIn, grounds: Sequence[Ground], material: Material) -> str:
    """Text that rests on rules, marked where these were read too early or know later days."""
    if not _rules(grounds):
        return text
    said = with_later(text, material.as_of)
    stood = as_stood(one, grounds, material.as_of)
    return f"{said.rstrip('.')}{stood}." if stood else said


def as_stood(one: ClaimIn, grounds: Sequence[Ground], as_of: date) -> str:
    """Words for a claim of a day after the rules behind its test were read; else empty."""
    claim = one.claim
    last = claim.date_to - timedelta(days=1) if claim.date_to else None
    day = min(last or (as_of if claim.date_from else claim.reported_on) or as_of, as_of)
    regimes = {str(row.get("regime") or "") for row in _rules(grounds)}
    return next((told for one in sorted(regimes) if (told := as_read(one, day))), "")


def _rules(grounds: Sequence[Ground]) -> list[Row]:
    return [row for one in grounds for row in one.rows if row["kind"] in RULED]


def _cautions(one: ClaimIn, material: Material, cited: Cited, told: set[str]) -> list[Sentence]:
    """What the records cannot see, and innocent readings; each once in a dossier."""
    names, cit = [party.name for party in material.parties], (method(cited, "assess"),)
    made = []
    for text in one.tested.cautions if one.tested else ():
        for part in single(with_later(need(text), material.as_of)):
            if part not in told:
                told.add(part)
                made.append(sentence(part, "explanation", cit, names, one.claim_id))
    return made


def _tip(text: str, material: Material, cited: Cited) -> Sentence:
    """A redacted claim of a tip, as a reviewer wrote it; where it came from is cited nowhere."""
    cit = protected_id(text, cited)
    names = [party.name for party in material.parties]
    return sentence(f"{upper(PROTECTED)} says: “{text.rstrip('.')}”", "claim", (cit,), names)


def _speaker(one: ClaimIn) -> str:
    """On whose word, as printed; else the publisher; else the report."""
    report = one.said[0].report
    outlet = report.publisher or "the report"
    if one.claim.attributed_to and one.claim.attributed_to not in outlet:
        return f"{one.claim.attributed_to} in {outlet}"
    return outlet


def _report_ids(one: ClaimIn, cited: Cited) -> tuple[str, ...]:
    """Citations of all reports that say it, its own first."""
    claims = (one.claim, *one.others)
    found = []
    for claim in claims:
        for said in one.said:
            if said.report.report_id == claim.report_id:
                found.append(report_id(claim, said, cited))
    return tuple(dict.fromkeys(found))


def _names(text: str, one: ClaimIn, material: Material) -> tuple[str, ...]:
    claim = one.claim
    printed = {*claim.actors, *claim.counterparts}
    return tuple(
        party.name for party in material.parties if party.name in printed or party.name in text
    )


def _address(said: Said) -> str:
    """Where the report stands; empty: it has no address, or its source is protected."""
    return "" if said.is_protected or "://" not in said.report.name else said.report.name
