"""The raw text table: what every reader gives, as printed, before any judgement.

A reader knows a publisher's layout and nothing else. It gives rows of text with the place of each
in the file; `sources.normalise` decides what is kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa

REPEATED: Final = (
    "place",  # the locator is place and row together: "line " and 17, "Sheet 3!F" and 14
    "reporter",
    "partner",
    "flow",
    "code",
    "period",
    "edition",
    "procedure",
    "unit",
)
"""Text columns with few distinct values."""

NUMBERS: Final = ("value_eur", "value_usd", "mass", "quantity")
"""Text columns that hold a number; null when the layout has no such column."""

FAULT: Final = ("fault", "fault_got", "fault_expected")
"""Set by a reader that cannot take a row apart; the row is then refused."""

RAW: Final = pa.schema(
    [
        ("ordinal", pa.int64()),  # order in the file, from 0
        ("row", pa.int64()),
        *[(name, pa.dictionary(pa.int32(), pa.string())) for name in REPEATED],
        *[(name, pa.string()) for name in (*NUMBERS, *FAULT)],
    ]
)


@dataclass(frozen=True)
class Fault:
    """Why a text was not understood: `reason` is the same for the same kind of fault."""

    reason: str
    expected: str


Parsed = str | Fault
Parser = Callable[[str], Parsed]


@dataclass(frozen=True)
class Meaning:
    """How the texts of one format are to be understood.

    Attributes:
        country, flow, code, period: parse one printed text.
        not_available: printed in place of a number that the publisher does not have.
        value_required: false where a row may hold a mass alone.
    """

    country: Parser
    flow: Parser
    code: Parser
    period: Parser
    not_available: frozenset[str] = frozenset()
    value_required: bool = True


@dataclass(frozen=True)
class Options:
    """What the user said about a file, because the file does not say it."""

    assume_flow: str | None = None
    encoding: str | None = None

    def as_dict(self) -> dict[str, str]:
        """The options that were given, for the summary of an import."""
        given = {"flow": self.assume_flow, "encoding": self.encoding}
        return {key: value for key, value in given.items() if value}


@dataclass
class Task:
    """One file to read: its bytes, the name it goes by, options, and who hears of progress."""

    path: Path
    name: str
    options: Options = field(default_factory=Options)
    on_bytes: Callable[[int], None] | None = None


@dataclass
class Counts:
    """Kept by a reader while it reads; `not_available` are cells it gave no row for."""

    not_available: int = 0


@dataclass(frozen=True)
class Format:
    """A known layout: what it is called, who publishes it, how to read and understand it."""

    name: str
    title: str
    meaning: Meaning
    read: Callable[["Task", Counts], Iterator[pa.Table]]


def batch(columns: Mapping[str, pa.Array | pa.ChunkedArray | str | None], count: int) -> pa.Table:
    """Raw rows without ordinal: a text stands for a column of it, a missing name for nulls."""
    arrays: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name in RAW.names[1:]:
        given = columns.get(name)
        if given is None or isinstance(given, str):
            given = repeated(given, count)
        arrays[name] = given
    return pa.table(arrays)


def repeated(text: str | None, count: int) -> pa.Array:
    """A column that says the same in every row, stored once."""
    if text is None:
        return pa.nulls(count, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), [text])
