"""Published figures of the literature beside ours, computed from public figures.

    python benchmarks/bench_published.py [--shared FOLDER] [--json]

Prints the table of docs/published.md (or JSON lines): theirs, ours, the difference, and its cause
where it was looked into. The figures it reads are not part of the repository (see --shared, or set
ENTREPOT_SHARED).
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from entrepot.engine import open_engine
from published import absent, effects, firsts, goods, studies, totals
from published.row import Row, json_lines, markdown
from published.world import NEEDED, open_world, priority_codes

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"


def all_rows(shared: Path) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as name, open_engine() as engine:
        world = open_world(shared, Path(name), engine)
        return [
            *firsts.rows(world),
            *effects.rows(world),
            *goods.rows(world),
            *studies.rows(world, priority_codes(shared)),
            *totals.rows(world),
            *absent.rows(),
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Published figures beside ours.")
    parser.add_argument("--shared", type=Path, default=os.environ.get("ENTREPOT_SHARED", DEFAULT))
    parser.add_argument("--json", action="store_true", help="JSON lines instead of Markdown")
    asked = parser.parse_args()
    missing = [name for name in NEEDED if not (Path(asked.shared) / "trade" / name).is_file()]
    if missing:
        print(
            f"skipped: {', '.join(missing)} not found in {Path(asked.shared) / 'trade'}; these "
            "public figures are not part of the repository (give their folder with --shared)",
            file=sys.stderr,
        )
        return
    rows = all_rows(Path(asked.shared))
    print(json_lines(rows) if asked.json else markdown(rows))


if __name__ == "__main__":
    main()
