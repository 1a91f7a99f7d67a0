"""Exports of tip boxes: SecureDrop, GlobaLeaks, Hush Line.

Layouts as their own programs write them:

* SecureDrop (freedomofpress/securedrop, journalist interface): folders named after a two-word
  designation, in them `1-designation-msg.gpg`, `2-designation-doc.gz.gpg`; decrypted on the viewing
  station they lose `.gpg`. `-reply` files are the newsroom's own.
* GlobaLeaks (backend/globaleaks/handlers/recipient/export.py): a ZIP with `report.txt` or
  `report.pdf`, `files/...`, `files_attached_from_recipients/...` and `metadata.csv`.
* Hush Line (hushline/settings/data_export.py): a ZIP with `db/messages.csv`, `db/field_values.csv`,
  `db/field_definitions.csv`, the account's own tables, and `pgp_messages/*.asc`.

One export can hold several tips. Still encrypted parts are refused: they are opened where their
key is, not here.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files as resource
from pathlib import Path, PurePosixPath
from typing import Final

from entrepot.errors import DocumentError
from entrepot.evidence.documents import make
from entrepot.evidence.documents.cleaning import clean
from entrepot.evidence.documents.decoding import decode
from entrepot.evidence.documents.opening import content_of
from entrepot.evidence.documents.packed import Packed
from entrepot.evidence.documents.read import report_of
from entrepot.evidence.tips.intake import MOST_BYTES, Intake, from_mail, refused

Members = Mapping[str, bytes]
"""Path inside the export -> bytes."""

BOXES: Final = ("securedrop", "globaleaks", "hushline", "mail")

_DROP: Final = re.compile(r"(?:^|/)(\d+)-([^/]+?)-(msg|doc|reply)(\.[\w.]+)?$")
_SEALED: Final = (".gpg", ".pgp", ".asc")
_OPEN_FIRST: Final = "Open it where its key is (the viewing station), and import what comes out."


def from_box(path: Path, kind: str = "") -> list[Intake]:
    """The tips in an export: a ZIP, a folder or a mail.

    Args:
        path: of the export.
        kind: one of `BOXES`; empty: told from its content.

    Raises:
        DocumentError: it is no export of these kinds, or still encrypted.
    """
    if path.is_file():
        content = content_of(path, max_bytes=MOST_BYTES)
        if kind == "mail" or make.make_of(content) in (make.MAIL, make.MBOX):
            return [from_mail(content)]
        if path.name.lower().endswith(_SEALED) or content.startswith(b"-----BEGIN PGP"):
            raise refused(path.name, "the export is still encrypted", _OPEN_FIRST)
    members = _members(path)
    found = kind or _kind(members)
    readers = {"securedrop": _securedrop, "globaleaks": _globaleaks, "hushline": _hushline}
    if found not in readers:
        raise refused(
            path.name,
            "the layout is none of SecureDrop, GlobaLeaks, Hush Line or a mail",
            "Name single files with entrepot tip add FILE.",
        )
    tips = readers[found](members, path.name)
    if not tips:
        raise refused(path.name, f"the {found} export holds no tip", "Is it the right folder?")
    return tips


def _kind(members: Members) -> str:
    names = set(members)
    if "db/messages.csv" in names:
        return "hushline"
    if {"report.txt", "report.pdf"} & names:
        return "globaleaks"
    return "securedrop" if any(_DROP.search(name) for name in names) else ""


def _members(path: Path) -> Members:
    if path.is_dir():
        found = sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
        return {
            one.relative_to(path).as_posix(): content_of(one, max_bytes=MOST_BYTES) for one in found
        }
    content = content_of(path, max_bytes=MOST_BYTES)
    if make.make_of(content) != make.ZIP:
        raise refused(path.name, "got no ZIP, folder or mail", "Unpack it and name the folder.")
    packed = Packed(content, path.name)
    return {name: packed.part(name, MOST_BYTES) for name in packed.members
            if not name.endswith("/")}  # fmt: skip


def _securedrop(members: Members, name: str) -> list[Intake]:
    """One tip a designation; the designation itself is not taken in."""
    tips: dict[str, list[tuple[int, str, bytes]]] = {}
    for path, content in members.items():
        found = _DROP.search(path)
        if not found or found[3] == "reply":
            continue
        if path.endswith(_SEALED):
            raise refused(name, f"{len(members)} files, some still encrypted", _OPEN_FIRST)
        tips.setdefault(found[2], []).append((int(found[1]), found[3], content))
    note = "The code name of the source and replies to it were not taken in."
    return [_drop(sorted(parts), note) for _, parts in sorted(tips.items())]


def _drop(parts: Iterable[tuple[int, str, bytes]], note: str) -> Intake:
    words, files = [], []
    for number, what, content in parts:
        if what == "msg":
            words.append(_text(content))
        else:
            inner, bare = _unzipped(content)
            files.append((inner or f"document {number}", bare))
    return Intake("securedrop", "\n\n".join(words), tuple(files), (note,))


def _unzipped(content: bytes) -> tuple[str, bytes]:
    """Name and bytes inside a gzip file; as it is where it is none."""
    if not content.startswith(b"\x1f\x8b"):
        return "", content
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        plain = packed.read(MOST_BYTES + 1)
    if len(plain) > MOST_BYTES:
        raise refused("document", f"it unpacks to more than {MOST_BYTES:,} bytes", "Split it.")
    return _gzip_name(content), plain


def _gzip_name(content: bytes) -> str:
    """The original name in a gzip header (RFC 1952, FNAME), where it stands right after it."""
    if not content[3] & 0x08 or content[3] & 0x04:
        return ""
    return PurePosixPath(content[10 : content.index(b"\0", 10)].decode("latin-1")).name


def _globaleaks(members: Members, name: str) -> list[Intake]:
    sealed = [one for one in members if one.endswith(_SEALED)]
    if sealed:
        raise refused(name, f"{len(sealed)} of its files are still encrypted", _OPEN_FIRST)
    report = members.get("report.txt")
    text = _text(report) if report is not None else report_of(members["report.pdf"], name).text
    kept, left_out = without_identity(text)
    files = tuple((PurePosixPath(one).name, content) for one, content in members.items()
                  if one.startswith("files/"))  # fmt: skip
    notes = ["Files that recipients attached, and metadata.csv, were not taken in."]
    if left_out:
        notes.append(f"{left_out} fields about who the source is were left out.")
    return [Intake("globaleaks", kept, files, tuple(notes))]


def _hushline(members: Members, name: str) -> list[Intake]:
    """One tip a message, from its field values; the account's own tables are not read."""
    labels = {row["id"]: row.get("label", "") for row in _rows(members, "db/field_definitions.csv")}
    values: dict[str, list[tuple[str, str]]] = {}
    sealed = 0
    for row in _rows(members, "db/field_values.csv"):
        said = row.get("value") or row.get("_value") or ""
        if said.startswith("-----BEGIN PGP MESSAGE"):
            sealed += 1
        elif said.strip():
            label = labels.get(row.get("field_definition_id", ""), "")
            values.setdefault(row["message_id"], []).append((label, said))
    if not values and sealed:
        raise refused(name, f"all {sealed} fields are still encrypted", _OPEN_FIRST)
    notes = ["Names of accounts, times and log-ins were not taken in."]
    if sealed:
        notes.append(f"{sealed} fields are still encrypted and were left out. {_OPEN_FIRST}")
    return [_message(fields, notes) for _, fields in sorted(values.items())]


def _message(fields: Iterable[tuple[str, str]], notes: list[str]) -> Intake:
    kept = [(label, said) for label, said in fields if not _asks_who(label)]
    left_out = len(list(fields)) - len(kept)
    more = [f"{left_out} fields about who the source is were left out."] if left_out else []
    text = "\n\n".join(f"{label}: {said}" if label else said for label, said in kept)
    return Intake("hushline", text, (), (*notes, *more))


def _rows(members: Members, name: str) -> list[dict[str, str]]:
    if name not in members:
        return []
    text = _text(members[name])
    try:
        return list(csv.DictReader(io.StringIO(text)))
    except csv.Error as error:
        raise DocumentError(f"the table cannot be read ({error})", locator=name) from error


def without_identity(text: str) -> tuple[str, int]:
    """A form without its answers about who the source is, and how many were left out.

    A label stands before a colon, or alone on a line with its answer indented or in the lines after
    it up to an empty one.
    """
    kept: list[str] = []
    left_out, skipping = 0, False
    for line in text.split("\n"):
        label, colon, said = line.strip(" \t-*•#=").partition(":")
        is_label = bool(colon) or (bool(label) and len(label) < 60)
        if is_label and _asks_who(label):
            left_out += 1
            skipping = not said.strip()
            continue
        if skipping and line.strip():
            continue
        skipping = False
        kept.append(line)
    return "\n".join(kept), left_out


def _asks_who(label: str) -> bool:
    """Whether a label asks who the source is, to the letter: "Name of the company" does not."""
    plain = re.sub(r"[^\w\s.'’-]", "", label).strip().casefold()
    return plain.removeprefix("your ").removeprefix("ваш ") in _labels()


@cache
def _labels() -> frozenset[str]:
    path = resource("entrepot.evidence.tips").joinpath("data/identity_labels.txt")
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _text(content: bytes) -> str:
    return clean(decode(content)[0])[0]
