"""Who did what to whom on the public PLOVER gold records, beside plain baselines.

    python benchmarks/bench_plover.py [FILE] [--wrong actor|target|action]

FILE is PLOVER_GSR_CAMEO.txt of the Open Event Data Alliance (CC BY-SA 4.0; nothing of it is part of
this repository), or text/plover/ in ENTREPOT_SHARED. Prints precision and recall of actor, target
and action with counts and 90 % Wilson intervals, for the records that were looked at while the
verb list was written, for those held out, and for all.

Not comparable: the product reads claims about goods and rules and codes no events, so the verb list
is part of this benchmark and only places and days are the product's ("places and verbs"). "claims
as read" is the product alone: most of these sentences hold no claim that it looks for.
Organisations (IGO, NGO) are left out: they name no country. The records' `date` is one and the same
placeholder in every record, so no date can be right or wrong by it; instead it is counted how often
a day word is resolved to the day that a small independent reckoning of weekdays gives.
"""

import argparse
import importlib
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from entrepot.evidence.language.days import days
from plover.coding import Coded, Coder, by_claims, by_verb, class_name, first_and_last
from plover.records import Record, read

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "evidence"))
wilson: Any = importlib.import_module("gold").wilson

SHARED = Path(
    os.environ.get("ENTREPOT_SHARED", Path(__file__).resolve().parents[2] / "shared" / "data")
)
CODERS: dict[str, Coder] = {
    "places and verbs": by_verb,
    "claims as read": by_claims,
    "first and last country, commonest class": first_and_last,
    "class name in the text": class_name,
}
PARTS = ("actor", "target", "action")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_WORD = re.compile(rf"\b(today|yesterday|{'|'.join(_WEEKDAYS)})\b", re.I)
_NOT_PAST = re.compile(r"\b(?:next|last|from|until|by|every)\s+$", re.I)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--wrong", choices=PARTS, help="list held-in sentences read otherwise")
    asking = parser.parse_args()
    path = asking.file or SHARED / "text" / "plover" / "PLOVER_GSR_CAMEO.txt"
    if not path.is_file():
        print(f"skipped: no records at {path}; give the file, or set ENTREPOT_SHARED")
        return
    records, broken = read(path)
    print(f"{len(records)} records, {broken} not readable; `date` has the values "
          f"{sorted({one.date for one in records})}: not comparable")  # fmt: skip
    print_tables(records)
    print_days(records)
    if asking.wrong:
        print_wrong(asking.wrong, [one for one in records if not one.held_out])


def print_tables(records: Sequence[Record]) -> None:
    halves = {"looked at": [one for one in records if not one.held_out],
              "held out": [one for one in records if one.held_out], "all": records}  # fmt: skip
    for half, chosen in halves.items():
        print(f"\n{half}: {len(chosen)} records\n")
        print(f"{'':42}{'':10}{'precision':34}recall")
        for name, coder in CODERS.items():
            counts = count(chosen, coder)
            for part in PARTS:
                right, said, asked = (counts[part, what] for what in ("right", "said", "asked"))
                print(f"{name:42}{part:10}{figure(right, said):34}{figure(right, asked)}")


def parts(record: Record, read_: Coded) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Part -> (what the record says, what was read)."""
    event = frozenset({read_.event} if read_.event else ())
    return {
        "actor": (record.source, read_.source),
        "target": (record.target, read_.target),
        "action": (frozenset({record.event}), event),
    }


def count(records: Sequence[Record], coder: Coder) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for record in records:
        for part, (said, got) in parts(record, coder(record.text)).items():
            found[part, "asked"] += len(said)
            found[part, "said"] += len(got)
            found[part, "right"] += len(said & got)
    return found


def figure(hits: int, of: int) -> str:
    if not of:
        return "-"
    low, high = wilson(hits, of)
    return f"{hits / of:.3f} [{low:.2f}, {high:.2f}] {hits}/{of}"


def print_days(records: Sequence[Record]) -> None:
    """Day words against a reckoning of its own: the last such day up to an assumed report day."""
    on = date(2000, 1, 1)
    right = said = asked = 0
    for record in records:
        wanted = {day for day in (expected(record.text, hit, on)
                                  for hit in _DAY_WORD.finditer(record.text)) if day}  # fmt: skip
        got = {one.starts_on for one in days(record.text, on) if one.grain == "day"}
        asked += len(wanted)
        said += len(got)
        right += len(wanted & got)
    print(
        f"\nday words, resolved from an assumed {on} (a baseline that reads none: 0 of {asked})\n"
    )
    print(f"precision {figure(right, said)}\nrecall    {figure(right, asked)}")


def expected(text: str, hit: re.Match[str], on: date) -> date | None:
    """The day a plain weekday, "today" or "yesterday" means; null after next, last, from ..."""
    if _NOT_PAST.search(text[: hit.start()]):
        return None
    word = hit.group(1).lower()
    if word in ("today", "yesterday"):
        return on - timedelta(days=word == "yesterday")
    return on - timedelta(days=(on.weekday() - _WEEKDAYS.index(word)) % 7)


def print_wrong(part: str, records: Sequence[Record]) -> None:
    print()
    for record in records:
        said, got = parts(record, by_verb(record.text))[part]
        if said != got:
            print(f"{record.name}\t{sorted(said)}\t{sorted(got)}\t{record.text[:160]}")


if __name__ == "__main__":
    main()
