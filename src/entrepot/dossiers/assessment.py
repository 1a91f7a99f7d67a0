"""The page of an assessment: the claims of a report, what the records say to each, and its text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from entrepot.dossiers import theme
from entrepot.dossiers.assessmentrows import references
from entrepot.dossiers.claimmarks import pieces
from entrepot.dossiers.paper import environment, listed
from entrepot.evidence.assessing.assessment import NOT_TESTABLE, Assessment
from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report
from entrepot.evidence.standing.likelihood import PRIORS, Factor
from entrepot.evidence.standing.stand import Standing
from entrepot.evidence.standing.words import counted
from entrepot.evidence.wording import band, band_limits, with_band
from entrepot.records.evidence import VERDICTS

MOST_SHOWN: Final = 4
"""References that stand open under a sentence; more of them are folded."""

MEANINGS: Final = {
    "supported": ("supported", "the records at hand say the same"),
    "contradicted": ("contradicted", "the records at hand say otherwise"),
    "partly": ("partly", "a part agrees with the records, a part does not or is not known"),
    "not_testable": ("not testable", "the records at hand cannot say; what it takes is named"),
}
"""Each verdict in words, and what it means of the records."""

_TOLD: Final = {
    "supported": "{} supported", "contradicted": "{} contradicted",
    "partly": "{} partly supported", "not_testable": "{} not testable",
}  # fmt: skip

_RECORDS: Final = {"supported": ", records for it", "contradicted": ", records against it"}
"""Records that came out count as one more observer in the word of a standing, so they are named."""


@dataclass(frozen=True)
class Assessed:
    """What the page shows.

    Attributes:
        name: of the file, or the id of the claim.
        found: each claim with its test and its standing, in the order of the text.
        records: what they were tested against, by kind (`records_used`).
        command: what makes this page again.
        report: whose words they are; null: its text is not at hand.
    """

    name: str
    found: Sequence[tuple[Claim, Assessment, Standing]]
    records: Sequence[tuple[str, Sequence[str]]]
    command: str
    report: Report | None = None


def assessment_page(shown: Assessed) -> str:
    """All of it as one HTML page without network or script; equal input gives equal bytes.

    A verdict is on what a report says and what records hold. It is on nobody, and the page says so
    first.
    """
    found = [_told(number, *one) for number, one in enumerate(shown.found, start=1)]
    counts = Counter(made.verdict for _, made, _ in shown.found)
    report = shown.report
    return environment().get_template("assessment.html.j2").render(
        shown=shown, report=report, found=found, counts=counts, meanings=MEANINGS,
        answer=_answer(len(found), counts), day=_day(shown), theme=theme,
        text=_text(report, shown.found) if report else [],
        verdicts={one["number"]: one["made"].verdict for one in found},
        texts={one["number"]: one["claim"].text for one in found},
    )  # fmt: skip


def _answer(claims: int, counts: Counter[str]) -> str:
    """How many claims came out how, in one sentence."""
    if not claims:
        return "No claim was found that records could test."
    said = [_TOLD[one].format(counts[one]) for one in VERDICTS if counts[one]]
    return (
        f"{claims} claim{'s' * (claims != 1)} tested against the records at hand: {listed(said)}."
    )


def _day(shown: Assessed) -> date | None:
    """The report's own day, as far as the claims agree on one."""
    days = {claim.reported_on for claim, _, _ in shown.found}
    if len(days) == 1:
        return next(iter(days))
    return shown.report.reported_on if shown.report else None


def _told(number: int, claim: Claim, made: Assessment, stood: Standing) -> dict[str, Any]:
    grounds = [{"sentence": one.sentence, "refs": references(one.rows)} for one in made.because]
    return {
        "number": number, "claim": claim, "made": made, "verdict": MEANINGS[made.verdict][0],
        "who": claim.attributed_to or "the report", "grounds": grounds, "most": MOST_SHOWN,
        "why": _why(made), "still": _still(made), "stood": _standing(stood),
        "rows": sum(len(one["refs"]) for one in grounds),
    }  # fmt: skip


def _why(made: Assessment) -> str:
    """The shortest reason: the part, what is needed, or the first sentence."""
    if made.part:
        return _upper(made.part)
    if made.verdict == NOT_TESTABLE:
        # the command stands in the opened row
        what = made.needed[0].partition(": entrepot")[0]
        return f"Needs {what[:1].lower()}{what[1:]}"
    return made.because[0].sentence if made.because else ""


def _still(made: Assessment) -> str:
    """Of a claim that cannot be tested, the first sentence that rests on rows; else empty."""
    if made.verdict != NOT_TESTABLE:
        return ""
    return next((one.sentence for one in made.because if one.rows), "")


def _standing(stood: Standing) -> dict[str, Any]:
    """A standing by its parts; of what is to come no probability, and nothing that rests on one."""
    one = stood.weighed
    said: dict[str, Any] = {
        "word": one.word, "counted": counted(one) + _RECORDS.get(one.record or "", ""),
        "is_of_denied": stood.is_of_denied, "roots_both": one.roots_both,
        "roots_for": one.roots_for,
        "roots_against": one.roots_against, "is_to_come": stood.is_to_come,
    }  # fmt: skip
    if stood.is_to_come:
        return said
    low, high = band_limits(one.probability)
    return {
        **said, "band": band(one.probability), "with_band": with_band(one.probability),
        "ends": (round(low * 100), round(high * 100)),
        "outer": [(f"{prior:.0%}".replace("%", " %"), with_band(probability))
                  for prior, probability in ((PRIORS[0], one.low), (PRIORS[-1], one.high))],
        "middle": f"{PRIORS[1] * 100:.0f} %",
        "ratios": [{"ratio": f"{two.ratio:.2g}", "name": two.name, "why": two.why,
                    "refs": _ids(two)} for two in one.factors],
        "rivals": stood.rivals,
        "changes": [(_upper(two.what), two.word, with_band(two.probability))
                    for two in stood.changes if two.changes],
    }  # fmt: skip


def _ids(factor: Factor) -> list[str]:
    """Ids of evidence; rows of records stand under their own sentences."""
    return [one for one in factor.refs if not one.startswith("{")]


def _text(
    report: Report, found: Sequence[tuple[Claim, Assessment, Standing]]
) -> list[dict[str, Any]]:
    """The report's words, those of a claim with the verdict on it; of several the first one's."""
    spans = {number: claim.span for number, (claim, _, _) in enumerate(found, start=1)
             if claim.report_id == report.report_id}  # fmt: skip
    return [
        {"piece": one, "verdict": found[one.inside[0] - 1][1].verdict if one.inside else ""}
        for one in pieces(report.text, spans)
    ]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
