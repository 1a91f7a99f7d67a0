"""Makes the small tables of `entrepot.codes` from the published correlation tables.

    python tools/build_codes.py --hs HS_consolidated_comtrade_concordances.csv \
        --cn CN_concordances_1988_2025.xls --labels hs2022.csv --out src/entrepot/codes/data

Sources:
- HS: correlation tables of the UN Statistics Division, all editions in one CSV with the columns
  `code.after, code.before, Relationship, adjustment` (package `concordance`, Apache-2.0). Leading
  zeros are missing there.
- CN: Eurostat, "Combined Nomenclature, changes 1988-2025", sheet of period, origin, destination
  (Commission reuse decision 2011/833/EU: reuse with credit).
- Labels: HS 2022 descriptions of the datasets `harmonized-system` (ODC PDDL).

Facts only are kept: which code follows which. The rule that thins them is "nearest kin":
an ended code (in the old edition only) is linked to those of its successors that share the most
leading digits with it (6, then 4, then 2, then none). Where only chapter or less is shared, heirs
that came from its heading alone go first, and heirs that drew on more than three headings are
dropped. So 8803 30 goes to 8807 30 and not to the flat panel modules of 8524, into which slivers
of hundreds of codes were moved. Codes that live on are not merged for a change of scope.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
from python_calamine import CalamineWorkbook

Pair = tuple[str, str]
FIRST_HS, FIRST_CN = 1996, 2017
WIDE = 3
"""An heir from another heading that drew on more headings than this is not the nearest kin."""


def read_hs(path: Path) -> dict[int, set[Pair]]:
    """Old and new HS6 codes by year of the new edition; zeros put back in front."""
    pairs: dict[int, set[Pair]] = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["adjustment"][:4])
            if year >= FIRST_HS:
                pairs[year].add((row["code.before"].zfill(6), row["code.after"].zfill(6)))
    return dict(pairs)


def read_cn(path: Path) -> dict[int, set[Pair]]:
    """Old and new CN8 codes by year of the new edition."""
    pairs: dict[int, set[Pair]] = defaultdict(set)
    for cells in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]:
        span, old, new = (str(cell).removesuffix(".0").replace(" ", "") for cell in cells)
        pairs[int(span[4:])].add((old.zfill(8), new.zfill(8)))
    return dict(pairs)


def with_cn(hs: dict[int, set[Pair]], cn: dict[int, set[Pair]]) -> dict[int, set[Pair]]:
    """HS pairs, and for ended codes the pairs that the CN table shows.

    The UN table omits a few: 8541 50 has no line to 8541 51 and 8541 59.
    """
    merged = {}
    for year, pairs in hs.items():
        olds, news = {old for old, _ in pairs}, {new for _, new in pairs}
        seen = {(old[:6], new[:6]) for old, new in cn.get(year, set())}
        merged[year] = pairs | {
            (old, new) for old, new in seen if old in olds - news and new in news
        }
    return merged


def nearest_kin(pairs: set[Pair], ended: set[str]) -> set[Pair]:
    """Thin the successors of each ended code to its nearest kin; see the top of the file."""
    heirs: dict[str, set[str]] = defaultdict(set)
    origins: dict[str, set[str]] = defaultdict(set)
    for old, new in pairs:
        heirs[old].add(new)
        origins[new].add(old[:4])
    kept: set[Pair] = set()
    for old in ended:
        shared, kin = _longest_shared(old, heirs[old])
        if shared < 4:
            own = {new for new in kin if origins[new] == {old[:4]}}
            kin = own or {new for new in kin if len(origins[new]) <= WIDE}
        kept |= {(old, new) for new in kin}
    return kept


def _longest_shared(old: str, heirs: set[str]) -> tuple[int, set[str]]:
    for digits in (6, 4, 2):
        kin = {new for new in heirs if digits < len(old) and new[:digits] == old[:digits]}
        if kin:
            return digits, kin
    return 0, heirs


Row = tuple[int, int, str, str]


def hs_rows(pairs: dict[int, set[Pair]]) -> Iterator[Row]:
    """Level, year, old, new for HS6 and headings; an empty old: a code without forebear."""
    for year, all_pairs in pairs.items():
        olds, news = {old for old, _ in all_pairs}, {new for _, new in all_pairs}
        kept = nearest_kin(all_pairs, olds - news)
        yield from _rows(6, year, kept, news - olds)
        old4, new4 = ({code[:4] for code in codes} for codes in (olds, news))
        moved = {(old[:4], new[:4]) for old, new in kept}
        yield from _rows(4, year, {p for p in moved if p[0] in old4 - new4}, new4 - old4)


def cn_rows(pairs: dict[int, set[Pair]]) -> Iterator[Row]:
    """The same for CN8, from 2017. A code listed without a line to itself ended (or was reused)."""
    for year, all_pairs in pairs.items():
        if year >= FIRST_CN:
            live = {old for old, new in all_pairs if old == new}
            ended = {old for old, _ in all_pairs} - live
            yield from _rows(
                8, year, nearest_kin(all_pairs, ended), {new for _, new in all_pairs} - live
            )


def _rows(level: int, year: int, kept: set[Pair], born: set[str]) -> Iterator[Row]:
    for old, new in kept:
        yield level, year, old, new
    heirs = {new for _, new in kept}
    for code in born - heirs:
        yield level, year, "", code
    for code in heirs - born:
        yield level, year, code, code  # an heir with goods of its own, as it lived before


def write_links(rows: Iterable[Row], path: Path) -> None:
    """Write `level,year,old,new`, sorted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("level", "year", "old", "new"))
        writer.writerows(sorted(rows))


def write_labels(source: Path, path: Path) -> None:
    """Write HS 2022 code and label as Parquet; codes of other lengths (one) are left out."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["hscode"], row["description"]) for row in csv.DictReader(file)]
    rows = sorted(row for row in rows if len(row[0]) in (2, 4, 6))
    table = pa.table({"code": [row[0] for row in rows], "label": [row[1] for row in rows]})
    pyarrow.parquet.write_table(table, path, compression="zstd", compression_level=19)


def main() -> None:
    """Read the sources named on the command line and write the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for option in ("--hs", "--cn", "--labels", "--out"):
        parser.add_argument(option, type=Path, required=True)
    options = parser.parse_args()
    cn = read_cn(options.cn)
    rows = [*hs_rows(with_cn(read_hs(options.hs), cn)), *cn_rows(cn)]
    write_links(rows, options.out / "links.csv")
    write_labels(options.labels, options.out / "labels.parquet")


if __name__ == "__main__":
    main()
