"""OFAC's comma separated set: sdn.csv or cons_prim.csv, with add, alt and comments.

No header; `-0- ` stands for nothing; the files end with Control-Z. Layout: OFAC, "SDN data
specification" (dat_spec.txt). The files give no day of listing and no day of publication.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from entrepot.errors import SourceError
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.ofac_names import SCHEMAS, add_name, programs, tail_from_name
from entrepot.parties.lists.ofac_remarks import file_remarks
from entrepot.parties.lists.rawfile import AGAIN
from entrepot.parties.lists.table import Rows
from entrepot.parties.party import Listing

COLUMNS: Final = 12
PARTS: Final = {"aliases": 5, "addresses": 6, "comments": 2}
"""The other files of a set, with their columns."""

NOT_SDN: Final = (
    "UKRAINE-EO13662", "NS-PLC", "CMIC-EO13959", "NS-CMIC", "CAPTA", "NS-MBS", "561", "FSE",
)  # fmt: skip
"""Programs of the consolidated list that is not the SDN list. A file where most entries have one is
that list; of the SDN list of May 2024 fewer than 1 in 100 do."""

CMIC: Final = "CMIC-EO13959"
CMIC_DAY: Final = re.compile(r"Listing Date \(CMIC\): (\d{1,2} \w{3} \d{4})")
"""The one program whose remarks print the day of listing. Days of single directives under other
programs are not taken: the party may stand on the list since an earlier one."""

ALIAS_KINDS: Final = {"aka": "alias", "fka": "previousName", "nka": "alias"}


def read_ofac_csv(source: Source, reading: Reading) -> Iterator[Entry]:
    """Parties of a set; without a file of aliases or addresses they lack them, and it is said."""
    parts = {name: _by_number(source.parts.get(name), width) for name, width in PARTS.items()}
    if missing := [name for name in PARTS if name not in source.parts]:
        reading.notes.append(
            f"No file of {' or '.join(missing)} was given: the entries are read without them."
        )
    rows = list(_rows(source.path, COLUMNS, reading))
    reading.list_id = reading.list_id or _which_list(rows)
    taken: set[str] = set()
    for line, row in rows:
        yield _entry(line, row, parts, source.file_id, reading.list_id, taken)


def _rows(path: Path, width: int, reading: Reading | None) -> Iterator[tuple[int, list[str]]]:
    """Rows of a file, the last of which must be whole.

    Raises:
        SourceError: the file is cut short.
    """
    rows = Rows(path)
    last: tuple[int, list[str]] | None = None
    for found in rows:
        yield found
        last = found
    if last is not None and (len(last[1]) < width or (rows.line_open and not rows.marked)):
        raise SourceError(
            f"the file ends in the middle of a row, after {len(last[1])} of {width} cells",
            locator=f"{path.name}, line {last[0]}",
            hint=AGAIN,
        )
    if reading is not None and not rows.marked:
        reading.notes.append("The file lacks OFAC's end mark; it may not be complete.")


def _by_number(path: Path | None, width: int) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = defaultdict(list)
    for _, row in _rows(path, width, None) if path else ():
        found[row[0].strip()].append([clean(cell) for cell in row])
    return found


def _which_list(rows: list[tuple[int, list[str]]]) -> str:
    apart = sum(1 for _, row in rows if len(row) > 3 and any(tag in row[3] for tag in NOT_SDN))
    return "ofac-cons" if 2 * apart > len(rows) else "ofac-sdn"


def _entry(
    line: int, row: list[str], parts: dict[str, dict[str, list[list[str]]]], file_id: str,
    list_id: str, taken: set[str],
) -> Entry:  # fmt: skip
    cells = [clean(cell) for cell in row]
    if problem := _problem(cells, taken):
        return RefusedEntry(f"line {line}", problem, clean(",".join(row))[:500])
    number = cells[0]
    taken.add(number)
    draft = Draft(f"ofac-{number}", SCHEMAS.get(cells[2].casefold(), "Organization"))
    add_name(draft, "name", cells[1])
    for alias in parts["aliases"].get(number, ()):
        add_name(draft, ALIAS_KINDS.get(alias[2].casefold(), "alias"), alias[3])
    for address in parts["addresses"].get(number, ()):
        lines = address[2:5] if any(address[2:4]) else []
        draft.add("address", ", ".join(part for part in lines if part))
        draft.add("country", address[4])
    draft.add("position" if draft.schema == "Person" else "notes", cells[4])
    _vessel(draft, cells)
    rest = "".join(comment[1] for comment in parts["comments"].get(number, ()))
    remarks = _joined(row[11], rest)
    file_remarks(draft, remarks)
    tail_from_name(draft, cells[1])
    listed = CMIC_DAY.search(remarks) if cells[3] == CMIC else None
    day = whole_day(listed[1]) if listed else None
    listing = Listing(list_id, number, day, programs=programs(cells[3]))
    return draft.party([listing], file_id, f"uid {number}")


def _problem(cells: list[str], taken: set[str]) -> str:
    if len(cells) != COLUMNS:
        return f"got {len(cells)} cells, expected {COLUMNS}"
    if not cells[0].isdigit():
        return f"got {cells[0]!r} as number of the entry, expected digits"
    if not cells[1]:
        return "got no name, expected one"
    return f"number {cells[0]} stands here for the second time" if cells[0] in taken else ""


def _joined(remarks: str, rest: str) -> str:
    """A long remark goes on in the file of comments in the middle of a word."""
    return f"{clean(remarks)}{rest}" if not remarks.endswith(" ") else f"{clean(remarks)} {rest}"


def _vessel(draft: Draft, cells: list[str]) -> None:
    if draft.schema != "Vessel":
        return
    draft.add("callSign", cells[5])
    draft.add("type", cells[6])
    draft.add("tonnage", cells[7].replace(",", ""))
    draft.add("grossRegisteredTonnage", cells[8].replace(",", ""))
    draft.add("flag", cells[9])
    if cells[10]:
        draft.note("Vessel owner", cells[10])
