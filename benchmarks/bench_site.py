"""How long a site takes, how large it is, and how much a first visit loads.

    python benchmarks/bench_site.py [--cases 1000] [--keep FOLDER]

Made-up cases with a page each; the site is written twice, so that the second time shows what is
saved when nothing changed. Sizes are of the files, and packed by gzip as a server sends them.
"""

import argparse
import gzip
import importlib
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from entrepot.dossiers.dossier.canonical import dossier_bytes, dossier_id
from entrepot.dossiers.dossier.dossier import Version
from entrepot.dossiers.site.published import Published
from entrepot.dossiers.site.write import write_site

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
world: Any = importlib.import_module("tests.dossiers.dossier_world")

HUBS = ("KGZ", "KAZ", "ARM", "GEO", "UZB", "TUR", "ARE", "HKG", "SRB", "BLR", "CHN", "MYS")
CODES = ("8542", "854231", "8471", "8517", "8807", "8457", "8525", "9014", "8482", "8504", "854140")
GOODS = ("integrated circuits", "aircraft parts", "machine tools", "bearings", "cameras", "radios")
PAGE_BYTES = 300_000
"""About what a dossier's page has with a few charts; the filling is a comment."""


def cases(count: int) -> list[Published]:
    """So many cases; every tenth was corrected, so that there are two versions of it."""
    filling = ("<!--" + "x" * 1000 + "-->\n") * (PAGE_BYTES // 1008)
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Made up</title></head>'
        f"<body><main><h1>Made up</h1>{filling}</main></body></html>"
    ).encode()
    made = []
    for number in range(count):
        day = f"{2021 + number % 4}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        hub, code = HUBS[number * 7 % len(HUBS)], CODES[number * 5 % len(CODES)]
        first = replace(
            world.large(20, 0), case_id=f"cas_{number:012d}", state="published", published_on=day,
            title=f"Rise of {GOODS[number % len(GOODS)]} by way of {hub}, no. {number} (made up)",
            hubs=(hub,), codes=(code,), versions=(Version(1, "", day, ()),),
        )  # fmt: skip
        versions = [first]
        if number % 10 == 0:
            old = Version(1, dossier_id(first), day, ())
            new = Version(2, "", day, ("A figure was mended (made up).",))
            versions.append(replace(first, state="corrected", versions=(old, new)))
        for one in versions:
            files = {"index.html": page, "dossier.json": dossier_bytes(one)}
            made.append(Published(one, dossier_id(one), files))
    return made


def packed(*paths: Path) -> int:
    """Bytes of files, each packed."""
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


def loads(out: Path) -> None:
    """What first visits load."""
    front, style = out / "index.html", out / "site.css"
    print(f"front page: {front.stat().st_size / 1000:.0f} kB, packed with its style "
          f"{packed(front, style) / 1000:.0f} kB")  # fmt: skip
    base = [out / "search" / name for name in ("index.html", "search.js", "index.js")]
    first = packed(*base, style, out / "search" / "cases" / "0.js")
    print(f"search, first load: packed {first / 1000:.0f} kB")
    sizes = sorted((packed(path), path.stem) for path in (out / "search" / "words").iterdir())
    print(f"words: {len(sizes)} files, largest packed {sizes[-1][0] / 1000:.1f} kB "
          f"({sizes[-1][1]})")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="write the site here and keep it")
    asked = parser.parse_args()
    made = cases(asked.cases)
    with tempfile.TemporaryDirectory() as folder:
        out = asked.keep or Path(folder) / "site"
        for what in ("new", "again"):
            began, used = time.perf_counter(), time.process_time()
            got = write_site(made, out, title="Cases (made up)", base_url="https://example.org/")
            print(
                f"{what}: {time.perf_counter() - began:.1f} s "
                f"({time.process_time() - used:.1f} s of one core), {got.cases} cases, "
                f"{got.versions} versions, {got.files} files, {got.unchanged} unchanged, "
                f"{got.size / 1e6:.0f} MB"
            )
        loads(out)
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
