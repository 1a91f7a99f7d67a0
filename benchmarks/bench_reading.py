"""How well claims are read from reports, beside plain baselines, on the gold reports of the tests.

    python benchmarks/bench_reading.py [--misses] [--extras] [--wrong PART] [--json] [FOLDER ...]

Prints one table for each half (`tune`: rules and lists were tuned on it; `check`: not) and for all,
then recall and span precision by language, by kind of report and by type of claim. Every figure has
its counts and a 90 % Wilson interval. `--misses` lists gold claims that were not found, `--extras`
proposals that fit none, `--wrong dates` pairs whose dates differ (any part; `all` for every part).

`tests/evidence/heldout` holds the set `heldout`: other kinds of report, that nothing was tuned on.

Baselines: a sentence with a country and a number or goods in it is a claim (with the product's
gazetteers); the same with nothing but a figure and a capital letter; every sentence is a claim.
Each gives every claim the commonest type and kind, and reads no part.
"""

import argparse
import importlib
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from entrepot.evidence.report import Report

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "evidence"))
gold: Any = importlib.import_module("gold")
fit: Any = importlib.import_module("gold_fit")
parts: Any = importlib.import_module("gold_parts")

Proposals = Callable[[Any], list[dict[str, Any]]]
EMPTY: dict[str, Any] = {
    "type": "trade", "kind": "fact", "predicate": "buys", "is_negated": False, "actors": [],
    "goods": [], "goods_codes": [], "origin": None, "destination": None, "date_from": None,
    "date_to": None, "quantity": None, "quantity_to": None, "unit": None, "attributed_to": None,
    "hedge": None,
}  # fmt: skip
_FIGURE = re.compile(r"\d")
_CAPITAL = re.compile(r"(?<!^)\b[A-ZА-ЯЄІЇҐ]")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "folder", nargs="*", type=Path, default=[gold.FOLDER], help="reports with gold"
    )
    parser.add_argument("--misses", action="store_true", help="list gold claims not found")
    parser.add_argument("--extras", action="store_true", help="list proposals that fit no claim")
    parser.add_argument("--wrong", metavar="PART", help="list pairs that differ in PART, or all")
    parser.add_argument("--half", help="list only this half (tune, check)")
    parser.add_argument("--json", action="store_true", help="counts as JSON lines, no tables")
    return parser.parse_args()


def main() -> None:
    asking = arguments()
    reports = [one for folder in asking.folder for one in gold.read_reports(folder)]
    named = dict.fromkeys(one.half for one in reports)
    halves = {half: [one for one in reports if one.half == half] for half in named}
    halves["all"] = reports
    systems = {name: {one.name: score(one, read) for one in reports}
               for name, read in SYSTEMS.items()}  # fmt: skip
    for half, chosen in halves.items():
        totals = {name: total(found, chosen) for name, found in systems.items()}
        print_json(half, totals) if asking.json else print_half(half, chosen, totals)
    if not asking.json:
        own = systems["entrepot"]
        print_groups("language", reports, own, lambda one: one.language)
        print_groups("kind of report", reports, own, lambda one: one.kind)
        print_types(total(own, reports))
    listed = [one for one in reports if asking.half in (None, one.half)]
    print_lists(asking, total(systems["entrepot"], listed))


def score(report: Any, read: Proposals) -> Any:
    return gold.score(report.name, report.text, report.rows, read(report))


def total(found: dict[str, Any], reports: Iterable[Any]) -> Any:
    return sum((found[one.name] for one in reports), gold.Score())


def own(report: Any) -> list[dict[str, Any]]:
    """The product's reader."""
    read = importlib.import_module("entrepot.evidence.reading.read").read_claims
    made = Report(
        report.text, report.name, reported_on=report.reported_on, publisher=report.publisher
    )
    return [claim.row() for claim in read(made)]


def sentences(report: Any) -> list[tuple[int, int]]:
    """Sentences as the scorer cuts them, without the space around them."""
    bounds = fit.sentence_bounds(report.text)
    found = []
    for start, end in itertools.pairwise(bounds):
        words = report.text[start:end]
        begin = start + len(words) - len(words.lstrip())
        if words.strip():
            found.append((begin, begin + len(words.strip())))
    return found


def with_country(report: Any) -> list[dict[str, Any]]:
    places = importlib.import_module("entrepot.evidence.language.places").places
    goods = importlib.import_module("entrepot.evidence.language.goods").goods
    where, what = places(report.text), goods(report.text)

    def holds(span: tuple[int, int], mentions: Sequence[Any]) -> bool:
        return any(span[0] <= one.start and one.end <= span[1] for one in mentions)

    return [{**EMPTY, "span": list(span)} for span in sentences(report) if holds(span, where)
            and (holds(span, what) or _FIGURE.search(report.text[slice(*span)]))]  # fmt: skip


def with_figure(report: Any) -> list[dict[str, Any]]:
    return [{**EMPTY, "span": list(span)} for span in sentences(report)
            if _FIGURE.search(words := report.text[slice(*span)])
            and _CAPITAL.search(words)]  # fmt: skip


def every_sentence(report: Any) -> list[dict[str, Any]]:
    return [{**EMPTY, "span": list(span)} for span in sentences(report)]


SYSTEMS: dict[str, Proposals] = {
    "entrepot": own,
    "country and (number or goods)": with_country,
    "figure and capital": with_figure,
    "every sentence": every_sentence,
}


def figure(found: Any, measure: str) -> str:
    """`0.85 [0.80, 0.89] 17/20`."""
    hits, of = found.hits(measure), found.of(measure)
    if not of:
        return "-"
    low, high = gold.wilson(hits, of)
    return f"{hits / of:.3f} [{low:.2f}, {high:.2f}] {hits}/{of}"


def measures() -> list[str]:
    named = [part for part in parts.PARTS if part != "type"]
    pairs = [[part, f"{part}, where said"] if part in SAID else [part] for part in named]
    return [*BARE, *(one for pair in pairs for one in pair)]


BARE = ("recall", "recall, any type", "span precision", "type")
SAID = ("dates", "number", "attributed_to", "hedge", "negation")


def print_half(half: str, reports: Sequence[Any], totals: dict[str, Any]) -> None:
    rows = sum(not row.get("optional") for one in reports for row in one.rows)
    spare = sum(bool(row.get("optional")) for one in reports for row in one.rows)
    print(f"\n{half}: {len(reports)} reports, {rows} gold claims, {spare} optional\n")
    print(f"{'':28}" + "".join(f"{name:34}" for name in totals))
    for measure in measures():
        bare = measure not in BARE
        cells = [figure(found, measure) for name, found in totals.items()
                 if name == "entrepot" or not bare]  # fmt: skip
        print(f"{measure:28}" + "".join(f"{cell:34}" for cell in cells))


def print_groups(
    title: str, reports: Sequence[Any], found: dict[str, Any], key: Callable[[Any], str]
) -> None:
    print(f"\nby {title}\n")
    for group in sorted({key(one) for one in reports}):
        counted = total(found, [one for one in reports if key(one) == group])
        cells = [figure(counted, name) for name in ("recall", "span precision", "dates", "number")]
        print(f"{group:14}" + "".join(f"{cell:31}" for cell in cells))


def print_types(found: Any) -> None:
    print("\nrecall by type of claim\n")
    names = sorted(name for name, what in found.counts if what == "of"
                   and name.startswith("recall of"))  # fmt: skip
    for name in names:
        print(f"{name:24}{figure(found, name)}")


def print_json(half: str, totals: dict[str, Any]) -> None:
    for system, found in totals.items():
        counted = {name: [found.hits(name), found.of(name)] for name in measures()}
        print(json.dumps({"half": half, "system": system, **counted}))


def print_lists(asking: argparse.Namespace, found: Any) -> None:
    if asking.misses:
        print("\nnot found\n")
        for name, row in found.missed:
            print(f"{name}\t{row['type']}\t{one_line(row['text'])}")
    if asking.extras:
        print("\nfit no gold claim\n")
        for name, row in found.extra:
            print(f"{name}\t{row['type']}\t{one_line(row['text'])}")
    for part, name, row, proposal in found.wrong if asking.wrong else ():
        if asking.wrong in (part, "all"):
            keys = parts.keys_of(part)
            print(f"{part}\t{name}\tgold {[row.get(key) for key in keys]}"
                  f"\tread {[proposal[key] for key in keys]}\t{one_line(row['text'])}")  # fmt: skip


def one_line(words: str) -> str:
    return " ".join(words.split())


if __name__ == "__main__":
    main()
