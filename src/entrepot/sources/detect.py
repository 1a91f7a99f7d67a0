"""Which known format a file is, from its content; the name only serves to point out a mislabel."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from entrepot.errors import SourceError
from entrepot.sources import comext, eurostat_relational, flowfile, workbook
from entrepot.sources.delimited import Layout, match, read_header, require
from entrepot.sources.raw import Format, Task

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEVEN_ZIP: Final = "application/x-7z-compressed"
PARQUET: Final = "application/vnd.apache.parquet"

SUFFIXES: Final = {
    CSV: (".csv", ".txt", ".tsv", ".tab", ".dat"),
    XLSX: (".xlsx",),
    SEVEN_ZIP: (".7z",),
    PARQUET: (".parquet", ".pq"),
}
WORDS: Final = {
    CSV: "delimited text",
    XLSX: "an Excel workbook (ZIP)",
    SEVEN_ZIP: "a 7z archive",
    PARQUET: "a Parquet file",
}
REFUSED_STARTS: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)", "Save it as .xlsx or CSV."),
    (b"%PDF", "a PDF document", "Look for the table as CSV."),
    (b"\x1f\x8b", "a gzip file", "Unpack it first: gunzip FILE."),
    (b"BZh", "a bzip2 file", "Unpack it first: bunzip2 FILE."),
    (b"<", "an HTML or XML page", "It may be an error page of the publisher: fetch it again."),
    (b"{", "a JSON file", "JSON is not read yet; export CSV."),
    (b"[", "a JSON file", "JSON is not read yet; export CSV."),
)
LAYOUTS: Final = (
    (flowfile.LAYOUT, flowfile.CSV),
    (comext.V2, comext.FULL_V2),
    (comext.OLDER, comext.OLDER_LAYOUT),
    (eurostat_relational.LAYOUT, eurostat_relational.RELATIONAL),
)
FORMATS: Final = (*(known for _, known in LAYOUTS), flowfile.PARQUET, workbook.WORKBOOK)


@dataclass(frozen=True)
class Detected:
    """What a file is.

    Attributes:
        media_type: from the first bytes.
        format: null for a 7z archive, whose members are looked at once unpacked.
        layout: for delimited text.
        notice: one sentence when the name says something else than the content.
    """

    media_type: str
    format: Format | None
    layout: Layout | None = None
    notice: str | None = None


def detect(task: Task) -> Detected:
    """The format of a file, from its bytes.

    Raises:
        SourceError: the file is empty, is of a kind that is not read, or its columns are of no
            known layout; the sentence names what was found and what is missing.
    """
    with task.path.open("rb") as stream:
        start = stream.read(16)
    media_type = _media_type(start, task)
    notice = _mislabel(media_type, task.name)
    if media_type == CSV:
        layout, known = _by_header(task)
        return Detected(media_type, known, layout, notice)
    if media_type == XLSX:
        _refuse_other_zip(task)
        return Detected(media_type, workbook.WORKBOOK, notice=notice)
    return Detected(media_type, flowfile.PARQUET if media_type == PARQUET else None, notice=notice)


def _media_type(start: bytes, task: Task) -> str:
    if not start:
        raise SourceError("the file is empty, expected figures", locator=task.name)
    if start.startswith(b"PK\x03\x04"):
        return XLSX
    if start.startswith(b"7z\xbc\xaf\x27\x1c"):
        return SEVEN_ZIP
    if start.startswith(b"PAR1"):
        return PARQUET
    for magic, what, hint in REFUSED_STARTS:
        if start.lstrip().startswith(magic):
            ending = Path(task.name).suffix
            raise SourceError(
                f"is {what} though its name ends {ending or 'without a suffix'}, expected CSV, "
                "Parquet, a Eurostat workbook or a Comext 7z archive",
                locator=task.name,
                hint=hint,
            )
    return CSV


def _mislabel(media_type: str, name: str) -> str | None:
    suffix = Path(name).suffix.lower()
    others = {end for kind, ends in SUFFIXES.items() if kind != media_type for end in ends}
    if suffix in others or (suffix in (".xls", ".zip", ".gz") and suffix):
        return f"{name} is {WORDS[media_type]} though its name ends {suffix}; it is read as such"
    return None


def _refuse_other_zip(task: Task) -> None:
    try:
        with zipfile.ZipFile(task.path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise SourceError(
            "the workbook is damaged or was cut short (its ZIP directory is missing)",
            locator=task.name,
            hint="Fetch the file again.",
        ) from error
    if "xl/workbook.xml" not in names:
        raise SourceError(
            f"is a ZIP archive of {len(names)} files, expected a workbook",
            locator=task.name,
            hint="Unpack it and import the files in it.",
        )


def _by_header(task: Task) -> tuple[Layout, Format]:
    header = read_header(task.path, task.options.encoding, task.name)
    matches = [(match(header, layout), known) for layout, known in LAYOUTS]
    best, known = max(matches, key=lambda pair: pair[0].score)
    require(best, header, task)
    return best.layout, known
