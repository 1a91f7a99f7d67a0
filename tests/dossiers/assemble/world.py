"""A case made by hand: one lead of the invented world, claims of two made-up reports, checks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tests.dossiers.world import CHIPS, lead, world_findings

from entrepot.casebook.cases import Case
from entrepot.dossiers.assemble.material import ClaimIn, Figures, LeadIn, Material, PartyIn, Said
from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.evidence.assessing.assessment import Assessment, Ground
from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report
from entrepot.evidence.standing.evidence import FOR, Evidence, RecordTest
from entrepot.evidence.standing.stand import Standing
from entrepot.evidence.standing.weigh import weigh
from entrepot.measures.ask import shipped
from entrepot.signals.checks import checks

FIRM = "Made Up Trading LLC"
DAY = date(2022, 12, 31)
FIGURES = SourceFile("f" * 64, "made_figures.csv", "an office (made up)", "https://example.org/f",
                     "2022-12-30", "CC BY 4.0")  # fmt: skip
RULES = SourceFile("e" * 64, "rules.csv", "rules", "rules", "2022-12-30", "")
REPORT = Report("Made Up Trading LLC sold chips. Nothing else is known.", "first.txt",
                date(2022, 11, 1), "a made-up weekly")  # fmt: skip
MEASURE = {
    "kind": "measure", "measure_id": "msr_000000000001", "regime": "EU",
    "place": "Reg. (EU) 833/2014 Art. 2a", "citation": "made up", "certainty": "text",
    "effect": "export_ban", "commodity_code": "8542", "destination": "RUS",
    "valid_from": "2022-02-26", "valid_to": None,
}  # fmt: skip


def claim(text: str = "Made Up Trading LLC sold chips.", **changed: Any) -> Claim:
    made = Claim(text, (0, len(text)), "trade", "fact", "sells", REPORT.report_id, actors=(FIRM,),
                 reported_on=date(2022, 11, 1))  # fmt: skip
    return replace(made, **changed)


def standing(of: Claim, roots: int, verdict: str) -> Standing:
    words = [Evidence(f"evi_{n}", FOR, f"root {n}", f"root {n}", "B", 2) for n in range(roots)]
    weighed = weigh(words, RecordTest(verdict))
    return Standing((of,), weighed, (), (), of.kind in ("threat", "forecast"))


def claim_in(
    of: Claim | None = None, *, roots: int = 2, verdict: str = "supported", guarded: bool = False,
    because: Sequence[Ground] | None = None, report: Report = REPORT,
) -> ClaimIn:  # fmt: skip
    of = of or claim()
    grounds = (Ground(f"{FIRM} is in the rows.", (MEASURE,)),) if because is None else because
    tested = Assessment(
        of.claim_id, verdict, tuple(grounds), "tested",
        part="a part" if verdict == "partly" else "",
        needed=("figures: entrepot import FILE",) if verdict == "not_testable" else (),
    )  # fmt: skip
    said = (Said(report, "2022-11-02T08:00:00+00:00", guarded),)
    return ClaimIn(of.claim_id, of, said, (), standing(of, roots, verdict), tested)


def lead_in(**changed: Any) -> LeadIn:
    found = world_findings()
    made = replace(lead("KGZ", CHIPS, "lead", rank=1, q_value=0.01, score=0.5), **changed)
    rows = tuple(
        {"reporter": "DEU", "commodity_code": "8542", "period": made.periods[i],
         "value": made.values[i], "file_id": FIGURES.file_id, "locator": f"line {i}"}
        for i in made.after
    )  # fmt: skip
    tests = checks(made, found.question.fdr)
    return LeadIn(made, found.question, rows, tests, None, (), ("NLD 2022-11",))


PARTY = PartyIn(FIRM, "Company", "", (), ())


def case(**changed: Any) -> Case:
    made = Case("cas_000000000001", "Chips (made up)", "", "KGZ", "RUS", (), (_MOVE,), "kk", "")
    return replace(made, **changed)


class _Move:
    state = "draft"


_MOVE: Any = _Move()


def material(**changed: Any) -> Material:
    made = Material(
        case=case(), as_of=DAY, contact="desk@example.org", made_with="entrepot 0.1.0",
        rulebook=shipped(), files=(FIGURES, RULES), rules_id=RULES.file_id,
        figures=Figures("made-up figures", (FIGURES.file_id,), ("imports",)),
    )  # fmt: skip
    return replace(made, **changed)
