"""Small files in each layout, made for the tests."""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.sources.workbook import column_letters

RETRIEVED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
)
NS = "http://schemas.openxmlformats.org"


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with inline texts and numbers, and nothing else."""
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{NS}/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    root = (
        f'<Relationships xmlns="{NS}/package/2006/relationships"><Relationship Id="rId1" Type='
        f'"{NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", root)
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{NS}/spreadsheetml/2006/main" xmlns:r="{NS}/officeDocument/2006/'
            f'relationships"><sheets>{names}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{NS}/package/2006/relationships">{links}</Relationships>',
        )
        for n, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(rows))
    return path


def _sheet(rows: Sequence[Sequence[Any]]) -> str:
    body = "".join(
        f'<row r="{r}">'
        + "".join(_cell(value, f"{column_letters(c)}{r}") for c, value in enumerate(row))
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    return (
        f'<worksheet xmlns="{NS}/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
    )


def _cell(value: Any, place: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def rows_of(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()


def text_file(folder: Path, text: str, name: str = "figures.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def parquet_file(folder: Path, columns: dict[str, Any], name: str = "figures.parquet") -> Path:
    path = folder / name
    pq.write_table(pa.table(columns), path)
    return path
