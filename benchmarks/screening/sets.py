"""The development sets: the list, aliases taken out of it, unlisted names, pairs of spellings."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from entrepot.parties.party import Party


@dataclass(frozen=True)
class Asked:
    """One name to look for; `truth`: the party it was cut from, null for an unlisted name."""

    name: str
    schema: str
    kind: str
    truth: str | None
    script: str
    held_out: bool


@dataclass(frozen=True)
class Pair:
    """One spelling against one listed name of the same party."""

    group: str
    schema: str
    asked: str
    listed: str


def parties(folder: Path) -> list[Party]:
    rows = json.loads((folder / "alias_dev_list.json").read_text(encoding="utf-8"))
    return [
        Party(
            row["id"],
            row["schema"],
            {name: tuple(values) for name, values in row["props"].items() if values},
            (),
        )
        for row in rows
    ]


def asked(folder: Path, sample: int | None) -> list[Asked]:
    """The queries; half of them, by a checksum of their id, were not looked at while tuning."""
    rows = json.loads((folder / "alias_dev_queries.json").read_text(encoding="utf-8"))
    step = max(1, len(rows) // sample) if sample else 1
    return [
        Asked(
            row["name"], row["schema"], row["kind"], row.get("truth"), row["script"],
            crc32(row["id"].encode()) % 2 == 1,
        )
        for row in rows[::step]
    ]  # fmt: skip


def pairs(folder: Path, sample: int | None) -> list[Pair]:
    path = folder / "script_pairs_eu_dev.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    step = max(1, len(rows) // sample) if sample else 1
    return [
        Pair(row["group"], row["schema"], row["query"], row["listed_name"]) for row in rows[::step]
    ]
