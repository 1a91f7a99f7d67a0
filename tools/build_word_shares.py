"""Makes the table of common words that `entrepot.parties.match` ships, from published lists.

    python tools/build_word_shares.py sdn.csv,alt.csv UN_consolidated.xml

Each argument is one list; the files of a set stand in one, with commas. The lists of OFAC and the
UN are public records; only counts of words leave them, of words in `LEAST` of 100,000 names.
"""

import csv
import sys
from pathlib import Path

from entrepot.parties.lists import read_list
from entrepot.parties.match.index import NameIndex

OUT = Path(__file__).parent.parent / "src/entrepot/parties/match/data/word_shares.csv"
LEAST = {"form": 38, "consonants": 75}
"""Per 100,000 names: twenty of some 50,000, below which a word is rare on any list."""


def main(lists: list[str]) -> None:
    """Write the table."""
    read = [read_list(*map(Path, one.split(","))) for one in lists]
    index = NameIndex([party for edition in read for party in edition.parties], known=False)
    rows = [
        (kind, form, found)
        for kind, counted in sorted(index.vocabulary.counts().items())
        for form, count in sorted(counted.items())
        if form and (found := round(count * 1e5 / len(index.names))) >= LEAST[kind]
    ]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("kind", "form", "per_100000"), *rows])
    print(f"{len(rows)} words of {len(index.names):,} names")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
