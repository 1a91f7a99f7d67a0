"""What the texts of raw rows mean: each distinct text is parsed once, however often it stands.

The meaning is put beside the rows while they pass, through the dictionaries of their columns, so
that millions of rows cost no more than their few thousand distinct texts.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from entrepot.codes import commodity
from entrepot.errors import SourceError
from entrepot.records.trade import TOTAL_CODE
from entrepot.sources.raw import Fault, Meaning, Parsed, Parser

PARSED: Final = ("reporter", "partner", "flow", "code", "period", "edition")
"""Columns whose texts have a meaning, in the order in which their faults are told."""

KEY_BITS: Final = {
    "reporter": 9,
    "partner": 9,
    "flow": 3,
    "code": 20,
    "period": 11,
    "procedure": 10,
}
"""Bits of the key of a cell that each part may fill: 62 in all, so that it is one whole number."""

EDITIONS: Final = tuple(commodity.HS_EDITIONS.values())
UNKNOWN_EDITION: Final = "unknown HS edition"
_TEXT: Final = pa.dictionary(pa.int32(), pa.string())
_EXTRA: Final = ("code", "period")

MEANT: Final = [
    *[(f"{name}_{part}", _TEXT) for name in PARSED for part in ("value", "reason", "expected")],
    *[(f"{name}_extra", _TEXT) for name in _EXTRA],  # digits of a code; edition of a period
    ("key", pa.int64()),
]
"""Columns that `Understanding.add` puts beside raw rows."""

Indices = npt.NDArray[np.int32]


@dataclass
class _Column:
    """Distinct texts of one column and what each means; index 0 is for null."""

    parser: Parser
    with_extra: str
    index: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    id_of: list[int] = field(default_factory=lambda: [0])
    parts: dict[str, list[str | None]] = field(
        default_factory=lambda: {n: [None] for n in ("value", "reason", "expected", "extra")}
    )

    def indices(self, column: pa.ChunkedArray) -> Indices:
        """For each row, where its text stands among the distinct texts."""
        found = []
        for chunk in column.chunks:
            coded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
            places = [self._place(text) for text in coded.dictionary.to_pylist()]
            lookup = np.array([*places, 0], dtype=np.int32)
            found.append(lookup[coded.indices.fill_null(len(places)).to_numpy()])
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int32)

    def _place(self, text: str | None) -> int:
        if text is None:
            return 0
        if text not in self.index:
            self.index[text] = len(self.id_of)
            self._learn(self.parser(text))
        return self.index[text]

    def _learn(self, parsed: Parsed) -> None:
        fault = parsed if isinstance(parsed, Fault) else None
        value = parsed if isinstance(parsed, str) else None
        self.parts["value"].append(value)
        self.parts["reason"].append(fault.reason if fault else None)
        self.parts["expected"].append(fault.expected if fault else None)
        self.parts["extra"].append(None if value is None else _extra(self.with_extra, value))
        # Texts of one meaning share an id, so that DE and Germany are one cell.
        self.id_of.append(0 if value is None else self.ids.setdefault(value, len(self.ids) + 1))

    def part(self, name: str, indices: Indices) -> pa.DictionaryArray:
        """A part of the meaning for each row."""
        texts = self.parts[name]
        nothing = np.array([text is None for text in texts])[indices]
        words = pa.array([text or "" for text in texts], pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(indices, mask=nothing), words)


class Understanding:
    """Puts meanings beside raw rows; learns new texts as they come."""

    def __init__(self, meaning: Meaning, label: str) -> None:
        parsers: dict[str, Parser] = {
            "reporter": meaning.country,
            "partner": meaning.country,
            "flow": meaning.flow,
            "code": meaning.code,
            "period": meaning.period,
            "edition": _edition_of,
            "procedure": lambda text: text,
        }
        self._columns = {name: _Column(parser, name) for name, parser in parsers.items()}
        self._label = label

    def add(self, rows: pa.Table) -> pa.Table:
        """The rows with the columns of `MEANT`.

        Raises:
            SourceError: a column has more distinct texts than any list of codes.
        """
        key = np.zeros(rows.num_rows, dtype=np.int64)
        for name, column in self._columns.items():
            indices = column.indices(rows.column(name))
            if name in PARSED:
                parts = ("value", "reason", "expected", *(("extra",) if name in _EXTRA else ()))
                for part in parts:
                    rows = rows.append_column(f"{name}_{part}", column.part(part, indices))
            if name in KEY_BITS:
                key = (key << KEY_BITS[name]) | self._ids(name, indices)
        return rows.append_column("key", pa.array(key))

    def _ids(self, name: str, indices: Indices) -> npt.NDArray[np.int64]:
        column = self._columns[name]
        if len(column.ids) >= 1 << KEY_BITS[name]:
            raise SourceError(
                f"got more than {len(column.ids) - 1:,} different texts as {name}, which is no "
                "list of codes",
                locator=self._label,
                hint="Look whether the columns have the right names.",
            )
        return np.array(column.id_of, dtype=np.int64)[indices]


def _extra(name: str, value: str) -> str | None:
    if name == "code":
        return str(0 if value == TOTAL_CODE else len(value))
    if name == "period":
        return commodity.edition_on(value)
    return None


def _edition_of(text: str) -> Parsed | Fault:
    plain = text.upper().replace("HS", "").strip()
    if not plain or plain in EDITIONS:
        return plain
    return Fault(UNKNOWN_EDITION, f"one of {', '.join(EDITIONS)}")
