"""How well and how fast names are screened, beside the peers, in one run.

    python benchmarks/bench_screening.py [--sample 1500] [--held-out] [--write-rates] [FOLDER]

Reads the development sets (FOLDER, or screening/ in ENTREPOT_SHARED). Prints one JSON line for each
system and a table. `--sample` asks that many of the 13,000 names; `--held-out` only the half that
was not looked at while tuning; `--write-rates` writes the table of false alarms that ships with
the package. The whole takes about half an hour on two cores: it is not part of the tests.
"""

import argparse
import csv
import json
import os
from collections.abc import Mapping
from pathlib import Path

from entrepot.parties.match import calibration
from entrepot.parties.match.matcher import Matcher, Query
from entrepot.parties.party import Party
from screening import accuracy, checks, identity, speed
from screening.sets import Asked, asked, pairs, parties
from screening.systems import entrepot, logic_v2, token_sort

SHARED = Path(
    os.environ.get("ENTREPOT_SHARED", Path(__file__).resolve().parents[2] / "shared" / "data")
)
THRESHOLD = 0.7
TOKEN_SORT_THRESHOLD = 0.85
RATES = Path(calibration.__file__).parent / "data" / "false_alarms.csv"
Line = dict[str, object]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--write-rates", action="store_true")
    parser.add_argument("--only", choices=["entrepot-v1", "fallback", "logic-v2", "token-sort"])
    return parser.parse_args()


def main() -> None:
    asking = arguments()
    folder = asking.folder or SHARED / "screening"
    if not folder.is_dir():
        print(f"skipped: no names to ask for in {folder}; give the folder, or set ENTREPOT_SHARED")
        return
    listed = parties(folder)
    queries = [one for one in asked(folder, asking.sample) if one.held_out or not asking.held_out]
    lines: list[Line] = []
    rates: list[Line] = []
    for algorithm in ("entrepot-v1", "fallback"):
        if asking.only in (None, algorithm):
            line, curve = measure_own(folder, listed, queries, algorithm, asking.sample)
            lines.append(line)
            rates.extend({"algorithm": algorithm, **row} for row in curve)
            print(json.dumps(line), flush=True)
    for title, threshold, build in (
        ("logic-v2", THRESHOLD, logic_v2),
        ("token-sort", TOKEN_SORT_THRESHOLD, token_sort),
    ):
        if asking.only in (None, title):
            answers = accuracy.collect(queries, build(listed))
            lines.append({"system": title, "threshold": threshold} | _cells(answers, threshold))
            print(json.dumps(lines[-1]), flush=True)
    print(table(lines))
    if asking.write_rates:
        write(rates)


def measure_own(
    folder: Path, listed: list[Party], queries: list[Asked], algorithm: str, sample: int | None
) -> tuple[Line, list[Line]]:
    answer, matcher = entrepot(listed, algorithm)
    answers = accuracy.collect(queries, answer)
    line: Line = {"system": algorithm, "threshold": THRESHOLD} | _cells(answers, THRESHOLD)
    line |= _text(identity.tails(matcher, listed, THRESHOLD))
    line |= _text(identity.ships(matcher, listed, THRESHOLD))
    line |= _by_script(folder, listed, algorithm, sample)
    judge = checks.ours(algorithm)
    line["name_bench"] = checks.names(folder, judge, THRESHOLD)
    line["entity_checks"] = checks.entities(folder, judge, THRESHOLD)
    line |= speed.work(folder, algorithm, sample)
    line |= speed.ready(folder, algorithm)
    return line, accuracy.curve(answers)


def _by_script(folder: Path, listed: list[Party], algorithm: str, sample: int | None) -> Line:
    """Spellings against one listed name each, in a list with all others present."""
    chosen = pairs(folder, sample)
    ids = {name: f"pair-{place}" for place, name in enumerate({one.listed for one in chosen})}
    schemas = {one.listed: one.schema for one in chosen}
    named = [Party(ids[name], schemas[name], {"name": (name,)}, ()) for name in ids]
    matcher = Matcher.build([*listed, *named], algorithm=algorithm)
    kept = set(ids.values())

    def answer(name: str, schema: str) -> list[tuple[str, float]]:
        query = Query.of(name, schema)
        hits = matcher.match(query, threshold=THRESHOLD, keep=lambda one: one.party_id in kept)
        return [(hit.party.party_id, hit.score) for hit in hits]

    return _text(accuracy.by_group(chosen, answer, ids, THRESHOLD))


def _cells(answers: accuracy.Answers, threshold: float) -> Line:
    return _text(accuracy.summary(answers, threshold))


def _text(shares: Mapping[str, accuracy.Share]) -> Line:
    return {title: str(share) for title, share in shares.items()}


def table(lines: list[Line]) -> str:
    """The lines as one table, a system a column."""
    titles = list(dict.fromkeys(title for line in lines for title in line if title != "system"))
    rows = ["| | " + " | ".join(str(line["system"]) for line in lines) + " |"]
    rows.append("|---" * (len(lines) + 1) + "|")
    for title in titles:
        rows.append(f"| {title} | " + " | ".join(str(line.get(title, "")) for line in lines) + " |")
    return "\n".join(rows)


def write(rates: list[Line]) -> None:
    """The table of false alarms that `calibration` reads."""
    with RATES.open("w", encoding="utf-8", newline="") as file:
        names = ("algorithm", "threshold", "kind", "alarms", "size")
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rates)


if __name__ == "__main__":
    main()
