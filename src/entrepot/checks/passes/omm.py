"""Orbit mean-elements messages (OMM): the same element sets by named fields.

CCSDS 502.0-B, https://public.ccsds.org/Pubs/502x0b3e1.pdf, as CelesTrak and Space-Track write
them in JSON, CSV and XML. They hold catalogue numbers of nine digits, which two lines cannot.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any, Final

from lxml import etree
from sgp4 import omm
from sgp4.api import Satrec

from entrepot.checks.passes.elementset import Fault, judged, named
from entrepot.checks.passes.satellite import Elements

Fields = Mapping[str, str]

LARGEST_ALPHA_5: Final = 339_999
"""Z9999: the largest number that the SGP4 record holds; the number of a set stands beside it."""

NEEDED: Final = (
    "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER",
    "MEAN_ANOMALY", "BSTAR",
)  # fmt: skip
OTHERWISE: Final = {
    "MEAN_MOTION_DOT": "0", "MEAN_MOTION_DDOT": "0", "EPHEMERIS_TYPE": "0",
    "CLASSIFICATION_TYPE": "U", "ELEMENT_SET_NO": "0", "REV_AT_EPOCH": "0", "OBJECT_ID": "",
}  # fmt: skip
"""Fields that SGP4 does not use for a place, and what stands for them where they are missing."""

ONLY: Final = {"TIME_SYSTEM": "UTC", "REF_FRAME": "TEME", "MEAN_ELEMENT_THEORY": "SGP4"}
"""What SGP4 needs; where a file does not say it, this is meant."""

RANGES: Final = {"ECCENTRICITY": (0.0, 1.0), "INCLINATION": (0.0, 180.0)}


def read_csv(text: str, file: str, now: datetime | None) -> Iterator[Elements | str]:
    """Sets of a table with the names of fields in its first line."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        rows.fieldnames = [name.strip().upper() for name in rows.fieldnames or ()]
        for row in rows:
            place = f"{file}, line {rows.line_num}"
            if None in row or None in row.values():
                yield f"{place}: got more or fewer cells than the first line has"
            else:
                yield _set(row, place, now)
    except csv.Error as error:
        yield f"{file}, line {rows.line_num}: the table is broken: {error}"


def read_json(text: str, file: str, now: datetime | None) -> Iterator[Elements | str]:
    """Sets of an array of objects, or of one object; what stands before a break is kept."""
    decoder, at, line, count = json.JSONDecoder(), _skip(text, 0, "["), 1, 0
    seen = 0
    while at < len(text) and text[at] != "]":
        line += text.count("\n", seen, at)
        seen = at
        count += 1
        place = f"{file}, line {line}, set {count}"
        try:
            fields, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield f"{place}: the file breaks off or is no JSON from here on"
            return
        if isinstance(fields, dict):
            given = {str(key).upper(): value for key, value in fields.items()}
            yield _set({key: str(value) for key, value in given.items() if _is_said(value)},
                       place, now)  # fmt: skip
        else:
            yield f"{place}: got {str(fields)[:40]!r}, expected an object with named fields"
        at = _skip(text, at, ",")
    if at >= len(text) and text.lstrip().startswith("["):
        yield f"{file}, line {line}: the file breaks off after set {count}"


def read_xml(content: bytes, file: str, now: datetime | None) -> Iterator[Elements | str]:
    """Sets of an `ndm` with several `omm`, or of one `omm`; what stands before a break is kept."""
    steps = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in steps:
            if etree.QName(element).localname == "segment":
                place = f"{file}, line {element.sourceline}"
                leaves = (leaf for leaf in element.iter(etree.Element) if not len(leaf))
                fields = {etree.QName(leaf).localname.upper(): leaf.text or "" for leaf in leaves}
                yield _set(fields, place, now)
                element.clear()
    except etree.XMLSyntaxError as error:
        yield f"{file}, line {error.lineno}: the file breaks off or is no XML from here on"


def _skip(text: str, at: int, sign: str) -> int:
    """The place after white space and one sign, where it stands."""
    while at < len(text) and (text[at].isspace() or text[at] == "\ufeff"):
        at += 1
    if not text.startswith(sign, at):
        return at
    at += 1
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _is_said(value: Any) -> bool:
    return value is not None and not isinstance(value, dict | list | bool)


def _set(raw: Mapping[str, str], place: str, now: datetime | None) -> Elements | str:
    fields = {key: value.strip() for key, value in raw.items() if value.strip()}
    who = fields.get("OBJECT_NAME") or f"NORAD {fields.get('NORAD_CAT_ID', 'unknown')}"
    try:
        return judged(_elements(fields, place), now)
    except Fault as fault:
        return f"{place}: {who}: {fault}"


def _elements(fields: Fields, place: str) -> Elements:
    for key, meant in ONLY.items():
        if fields.get(key, meant).upper() not in (meant, f"{meant}/{meant}-XP"):
            raise Fault(f"got {key} {fields[key]}, expected {meant}")
    for key in NEEDED:
        _number(fields, key)
    norad_id, epoch = _norad_id(fields), _epoch(fields)
    record = Satrec()
    held = norad_id if norad_id <= LARGEST_ALPHA_5 else 0
    full = {**OTHERWISE, **fields, "NORAD_CAT_ID": str(held),
            "EPOCH": f"{epoch:%Y-%m-%dT%H:%M:%S.%f}"}  # fmt: skip
    try:
        omm.initialize(record, full)
    except (ValueError, OverflowError) as error:
        raise Fault(f"a field cannot be read: {error}") from error
    return Elements(named(fields.get("OBJECT_NAME", ""), norad_id), norad_id, epoch, record, place)


def _number(fields: Fields, key: str) -> float:
    text = fields.get(key)
    if text is None:
        raise Fault(f"got no {key}, expected a number")
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    low, high = RANGES.get(key, (-1e6, 1e6))
    if not (isfinite(found) and low <= found <= high):
        raise Fault(f"got {key} {text[:40]}, expected a number from {low:g} to {high:g}")
    return found


def _norad_id(fields: Fields) -> int:
    text = fields.get("NORAD_CAT_ID", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Fault(f"got NORAD_CAT_ID {text or 'nothing'}, expected up to nine digits")
    return int(text)


def _epoch(fields: Fields) -> datetime:
    text = fields.get("EPOCH", "")
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Fault(
            f"got EPOCH {text[:40] or 'nothing'}, expected a moment such as 2022-08-26T10:30:00"
        ) from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
