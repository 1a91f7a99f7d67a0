"""How well and how fast independent roots are found, beside plain rules.

    python benchmarks/bench_roots.py [--items 5000] [--skip-scale]

Quality: the planted corpus of tests/evidence/independence (hand-written reports, rewrites and
translations, and what a machine makes of them); the events for tuning, those held out, and those
written last apart; each event by itself and all events in one set. Speed: generated items of 300
words, of which half are copies, beside one pass over their words.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.evidence.independence.measuring import (
    Measured,
    best_tf_idf,
    by_event,
    every_item,
    exact,
    jaccard,
    measure,
    ours,
)
from tests.evidence.independence.planted import Planted, by_hand, grown

from entrepot.evidence.independence.derive import derive
from entrepot.evidence.independence.item import Item

SEED = 1
LIMIT_S = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=5_000)
    parser.add_argument("--skip-scale", action="store_true")
    asked = parser.parse_args()
    hand = by_hand()
    every = [*hand, *grown(SEED, hand)]
    print("| set | rule | pairs P | R | F1 | B-cubed F1 | root error |")
    print("|---|---|---|---|---|---|---|")
    for title, planted in (("by hand", hand), ("by hand and by machine", every)):
        for half in ("tuning", "held out", "fresh"):
            chosen = [one for one in planted if one.half == half]
            table(f"{title}, {half} ({len(chosen)} items)", chosen)
    if not asked.skip_scale:
        scale(asked.items)


def table(title: str, planted: Sequence[Planted]) -> None:
    tf_idf, at = best_tf_idf(planted)
    for rule, found in (
        ("Entrepot, each event by itself", measure(planted, by_event(planted, ours))),
        ("Entrepot, all events together", measure(planted, ours(planted))),
        ("every item a root", measure(planted, by_event(planted, every_item))),
        ("exact copies", measure(planted, by_event(planted, exact))),
        ("Jaccard of words, 0.5", measure(planted, by_event(planted, jaccard))),
        (f"TF-IDF cosine, {at:.2f} (best on this set)", tf_idf),
    ):
        print(f"| {title} | {rule} | {cells(found)} |", flush=True)


def cells(found: Measured) -> str:
    return (f"{found.precision:.3f} | {found.recall:.3f} | {found.f1:.3f} | {found.bcubed:.3f} | "
            f"{found.root_error} of {found.roots}")  # fmt: skip


def scale(size: int) -> None:
    items, roots = generated(size)
    began = time.perf_counter()
    words = sum(len(item.text.split()) for item in items)
    raw = time.perf_counter() - began
    began, worked = time.perf_counter(), time.process_time()
    found = derive(items)
    wall, cpu = time.perf_counter() - began, time.process_time() - worked
    print(f"\n{size:,} items, {words:,} words: {wall:.1f} s ({cpu:.1f} s of processor), "
          f"{cpu / max(raw, 1e-6):,.0f} times one pass over the words ({raw:.3f} s); "
          f"{len(found.roots):,} roots of {roots:,} planted; limit {LIMIT_S:.0f} s: "
          f"{'held' if cpu <= LIMIT_S else 'NOT HELD'}")  # fmt: skip


def generated(size: int) -> tuple[list[Item], int]:
    """Items of 300 words, drawn from the words of the corpus; about half are edited cuts."""
    dice = random.Random(SEED)
    vocabulary = sorted({word for one in by_hand() if one.language == "en"
                         for word in one.item.text.split()})  # fmt: skip
    names = ["".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(3)).title()
             for _ in range(3_000)]  # fmt: skip
    items: list[Item] = []
    roots = 0
    while len(items) < size:
        text, day = written(dice, vocabulary, names), date(2023, 1, 1)
        day += timedelta(days=dice.randrange(300))
        roots += 1
        for copy in range(min(dice.choice((1, 1, 1, 2, 3, 7)), size - len(items))):
            made = edited(dice, text, vocabulary) if copy else text
            items.append(Item(f"i{len(items):05d}", made, f"Outlet {dice.choice(names)}",
                              day + timedelta(days=copy)))  # fmt: skip
    return items, roots


def written(dice: random.Random, vocabulary: list[str], names: list[str]) -> str:
    words: list[str] = []
    while len(words) < 300:
        sentence = [dice.choice(vocabulary) for _ in range(dice.randrange(10, 22))]
        sentence[dice.randrange(1, 9)] = dice.choice(names)
        sentence[dice.randrange(1, 9)] = str(dice.randrange(10, 99_999))
        sentence[0] = sentence[0].title()
        sentence[-1] = sentence[-1].rstrip(".,") + "."
        words += sentence
    return " ".join(words[:300])


def edited(dice: random.Random, text: str, vocabulary: list[str]) -> str:
    words = text.split()
    for _ in range(20):
        words[dice.randrange(len(words))] = dice.choice(vocabulary)
    begin = dice.randrange(100)
    return " ".join(words[begin : begin + dice.randrange(150, 300)])


if __name__ == "__main__":
    main()
