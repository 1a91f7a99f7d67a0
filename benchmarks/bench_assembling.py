"""A dossier assembled from a casebook of real reading: 200 claims of 50 reports, tested and drawn.

    python benchmarks/bench_assembling.py [CLAIMS] [PER_REPORT]

The reports are made up, one sentence a claim, so that no two speak of the same fact; they are read
with the same code as any other. The claims are tested against the figures that ship. Target: the
dossier of 200 claims in under 20 s beside finding leads, which is timed by itself.
"""

import json
import sys
import tempfile
import time
from datetime import date
from itertools import islice, product
from pathlib import Path

from entrepot.casebook import cases
from entrepot.casebook.casebook import Casebook
from entrepot.dossiers.render.outputs import render_all
from entrepot.engine import open_engine
from entrepot.evidence.documents.read import read_report
from entrepot.evidence.reading.read import read_claims
from entrepot.workspace import Workspace
from entrepot.workspace.assembling import assemble
from entrepot.workspace.claims import Sources, records

AS_OF, PUBLISHED = date(2023, 1, 31), date(2023, 1, 9)
CLAIMS, PER_REPORT = 200, 4
SELLERS = ("Germany", "Italy", "France", "Poland", "Lithuania", "Latvia", "Spain", "Austria")
HUBS = ("Kyrgyzstan", "Kazakhstan", "Armenia", "Georgia", "Uzbekistan")
GOODS = ("HS 8542", "HS 8471", "HS 8517", "HS 8703", "HS 8708")


def filled(book: Casebook, claims: int, per_report: int, folder: Path) -> str:
    """A case with all reports; its id."""
    facts = product(GOODS, HUBS, SELLERS)
    said = [f"Exports of {good} from {seller} to {hub} rose in 2022."
            for good, hub, seller in islice(facts, claims)]  # fmt: skip
    ids = []
    for start in range(0, len(said), per_report):
        place = folder / f"report-{start}.txt"
        place.write_text("\n\n".join(said[start : start + per_report]), "utf-8")
        report = read_report(place, reported_on=PUBLISHED)
        book.keep(report, read_claims(report), by="bench")
        ids.append(report.report_id)
    with book.writing("bench") as pen:
        case = cases.new(pen, "A benchmark", question="How long?", hub="KGZ", target="RUS")
        cases.add(pen, case.case_id, ids)
    return case.case_id


def main(claims: int, per_report: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with Casebook.open(folder / "casebook.sqlite") as book, open_engine("duckdb") as engine:
            case_id = filled(book, claims, per_report, folder)
            figures = Workspace(folder).figures(engine, as_of=AS_OF)
            with records(folder, figures, engine, Sources(as_of=AS_OF)) as held:
                start = time.perf_counter()
                assert held.leads is not None
                held.leads("RUS")
                found = time.perf_counter()
                made = assemble(book, case_id, held, as_of=AS_OF)
            assembled = time.perf_counter()
            files = render_all(made)
            drawn = time.perf_counter()
    print(json.dumps({
        "claims": len(made.findings), "reports": claims // per_report,
        "leads_seconds": round(found - start, 2),
        "assemble_seconds": round(assembled - found, 2),
        "render_seconds": round(drawn - assembled, 2), "bytes": sum(map(len, files.values())),
    }))  # fmt: skip


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    main(*given if len(given) == 2 else (CLAIMS, PER_REPORT))
