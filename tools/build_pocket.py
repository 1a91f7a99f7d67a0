"""Make the pocket edition again: `make pocket FROM=FILE`.

FILE holds Eurostat's table DS-045409 (EU exports by reporter, partner, CN8 or heading, and month)
as Parquet or in any other form that `entrepot import` reads. The file goes through the product's
own reader; the result is condensed to HS6 and headings, and described beside itself.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from entrepot.engine import open_engine
from entrepot.sources import pocket
from entrepot.sources.store import flow_files, import_file

ABOUT = {
    "title": "EU27 exports by reporter, month and HS6 (pocket edition)",
    "source": "Eurostat, table DS-045409, EU trade since 1988 by HS2-4-6 and CN8",
    "licence": "Reuse with credit to Eurostat (Commission decision 2011/833/EU)",
    "extracted_on": "2023-01-21",
    "command": "make pocket FROM=eu_exports_monthly_cn8_2020_2022.parquet",
    "lacks": [
        "partners other than Armenia, Belarus, Georgia, Kazakhstan, Kyrgyzstan, Russia, Uzbekistan",
        "most goods: it holds 1,392 HS6 codes (HS 2022 has 5,612), most of them restricted",
        "imports, quantities and months after November 2022",
        "exports of the Netherlands in November 2022, not yet reported",
        "goods not sold from the EU: US-origin, made or stored elsewhere",
    ],
}


def main(source: Path, target: Path) -> None:
    """Build the file at `target` from `source`, and its description beside it."""
    with TemporaryDirectory() as folder, open_engine() as engine:
        workspace = Path(folder)
        summary = import_file(source, workspace, retrieved_at=datetime.now(UTC), assume_flow="X")
        rows = pocket.condense(engine.read_parquet(flow_files(workspace)), engine)
    digest = pocket.write(rows, target)
    periods = rows["period"].unique().to_pylist()
    about = {
        **ABOUT,
        "period_from": min(periods),
        "period_to": max(periods),
        "rows": rows.num_rows,
        "sha256": digest,
        "made_from_sha256": summary.file_id,
    }
    text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    target.with_suffix(".json").write_text(text, encoding="utf-8")
    sys.stderr.write(f"{rows.num_rows} rows, {target.stat().st_size} bytes, sha256 {digest}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else pocket.path())
