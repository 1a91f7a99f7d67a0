"""Claims made by hand, and small tables of trade to test them against."""

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from tests.signals.conftest import Cell, flow_table

from entrepot.engine import Engine
from entrepot.evidence.assessing.assess import assess
from entrepot.evidence.assessing.assessment import Assessment
from entrepot.evidence.assessing.records import Loaded, Records
from entrepot.evidence.claim import Claim
from entrepot.measures.ask import shipped

DIGEST = date(2022, 8, 26)


def claim(text: str, type: str, predicate: str, kind: str = "fact", **parts: Any) -> Claim:
    """A claim of the digest of 26 August 2022, unless `reported_on` says otherwise."""
    parts.setdefault("reported_on", DIGEST)
    return Claim(
        text=text, span=(0, len(text)), type=type, kind=kind, predicate=predicate,
        report_id="rep_000000000000", **parts,
    )  # fmt: skip


def loaded(engine: Engine, *tables: pa.Table, title: str = "hand.csv") -> Loaded:
    """Tables of TRADE_FLOW as figures."""
    found = [engine.table(one) for one in tables]
    flows = ibis.union(*found) if len(found) > 1 else found[0]
    return Loaded(flows, engine, title, {"f" * 64: title})


def exports(cells: list[Cell]) -> pa.Table:
    return flow_table(cells, flow="X")


def imports(cells: list[Cell]) -> pa.Table:
    return flow_table(cells, flow="M")


def judged(one: Claim, **held: Any) -> Assessment:
    """The assessment against the rules that ship and what else is held."""
    return assess(one, Records(shipped(), **held))


def sentences(made: Assessment) -> str:
    return " ".join(ground.sentence for ground in made.because)


def rows(made: Assessment, kind: str) -> list[dict[str, Any]]:
    return [dict(row) for ground in made.because for row in ground.rows if row["kind"] == kind]
