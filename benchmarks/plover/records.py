"""The public gold records: who did what to whom, one sentence each.

PLOVER_GSR_CAMEO.txt of the Open Event Data Alliance (CC BY-SA 4.0). The file is written by hand and
some versions of it are no strict JSON, so each record is read alone and a broken one is counted.
"""

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

_BEGINS = re.compile(r"^\s*\{\s*$", re.MULTILINE)
_LOOSE_COMMA = re.compile(r",(?=\s*[}\]])")
_SPELLED: dict[str, str] = {"JAP": "JPN", "ITL": "ITA", "VTN": "VAT"}
"""Codes that the file prints for countries whose ISO 3166 alpha-3 code differs."""
NO_COUNTRY = frozenset({"IGO", "NGO", "IMG", "ISM"})
"""Codes for organisations and movements; they name no country and are not compared."""


@dataclass(frozen=True, slots=True)
class Record:
    """One sentence; `source` and `target` as ISO alpha-3, without bodies of no country."""

    name: str
    text: str
    event: str
    date: str
    source: frozenset[str]
    target: frozenset[str]
    held_out: bool
    """Never looked at while the verb list was written: even in its number and in its place."""


def read(path: Path) -> tuple[list[Record], int]:
    """Records, and how many could not be read."""
    text = path.read_text(encoding="utf-8")
    begins = [found.start() for found in _BEGINS.finditer(text)] + [len(text)]
    found = [_parsed(text[start:end]) for start, end in pairwise(begins)]
    kept = [_record(one, place) for place, one in enumerate(found)
            if one and one["event"] != "DOCUMENT"]  # fmt: skip
    return kept, sum(one is None for one in found)


def _parsed(words: str) -> dict[str, Any] | None:
    """The object at the start of these words; a comma too many is forgiven."""
    try:
        made = json.JSONDecoder().raw_decode(_LOOSE_COMMA.sub("", words.strip()))[0]
    except json.JSONDecodeError:
        return None
    return made if isinstance(made, dict) and {"id", "event"} <= set(made) else None


def _record(one: dict[str, Any], place: int) -> Record:
    return Record(
        one["id"],
        one["text"],
        one["event"],
        one.get("date", ""),
        _codes(one.get("source")),
        _codes(one.get("target")),
        int(one["id"][-4:]) % 2 == 0 and place % 2 == 0,
    )


def _codes(actors: Any) -> frozenset[str]:
    listed = actors if isinstance(actors, list) else []
    codes = {_SPELLED.get(one["code"], one["code"]) for one in listed if one.get("code")}
    return frozenset(codes - NO_COUNTRY)
