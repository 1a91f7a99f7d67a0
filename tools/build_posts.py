"""Make the list of missions again: `python tools/build_posts.py FILE [FOLDER]`.

FILE is `database_of_embassies.csv` of the public project database-of-embassies, which is made from
Wikidata (CC0). The copy used was that of 23 June 2022,
commit e863374. Pictures, addresses, telephones and staff are left out.
"""

import csv
import gzip
import hashlib
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from entrepot.checks.posts.listed import COLUMNS, NAME
from entrepot.checks.posts.missions import Mission, read_missions, repeats, without_repeats

ABOUT = {
    "title": "Embassies, consulates and other missions of the world",
    "source": "Wikidata, by way of github.com/database-of-embassies/database-of-embassies e863374",
    "licence": "CC0 1.0 (Wikidata's structured data); no picture columns, which have their own",
    "as_of": "2022-06-23",
    "command": "python tools/build_posts.py database_of_embassies_2022-06-23.csv",
    "lacks": [
        "whether a mission works, and since or until when (see status.tsv)",
        "missions that Wikidata did not have on the day",
        "a true city for some: now and then it is a district, or empty",
    ],
}
DECIMALS = 4
"""Of a degree: some ten metres, as fine as most rows of the list are."""


def main(source: Path, folder: Path) -> None:
    """Write the table and its description into `folder`."""
    rows = read_missions(source)
    kept = without_repeats(rows)
    data = _packed(kept)
    (folder / f"{NAME}.csv.gz").write_bytes(data)
    about = {
        **ABOUT,
        "rows_read": len(rows),
        "rows": len(kept),
        "rows_dropped": {
            "repeats of operator, host, kind and city within 1 km or without coordinates": len(rows)
            - len(kept)
        },
        "repeats_of_operator_host_kind_and_city": repeats(rows),
        "repeats_kept": {
            "without a city, so that they may be different missions": repeats(
                [one for one in kept if not one.city]
            ),
            "more than 1 km apart, so that they may be two houses": repeats(
                [one for one in kept if one.city]
            ),
        },
        "rows_without_coordinates": sum(one.latitude_deg is None for one in kept),
        "sha256": hashlib.sha256(data).hexdigest(),
        "made_from_sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
    }
    text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    (folder / f"{NAME}.json").write_text(text, encoding="utf-8")
    sys.stderr.write(f"{len(rows)} rows read, {len(kept)} kept, {len(data)} bytes\n")


def _packed(missions: Sequence[Mission]) -> bytes:
    """The same bytes for the same rows: no time and no name in the header of gzip."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in missions:
        places = (one.latitude_deg, one.longitude_deg)
        at = ["" if value is None else f"{value:.{DECIMALS}f}" for value in places]
        writer.writerow((*one.key, *at, one.wikidata))
    return gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0)


if __name__ == "__main__":
    here = Path(__file__).resolve().parent.parent / "src/entrepot/checks/posts/data"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else here)
