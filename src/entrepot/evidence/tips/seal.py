"""Sealing: a part of a tip, with its name and kind inside, as one age file of a padded size.

Name and size of a file can point back to its source, so the name is inside the seal and the size
is padded. Padmé, from Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and
Communication with PURBs", PETS 2019 (doi 10.2478/popets-2019-0056): at most 12 % larger, and
only O(log log n) bits of the length are told.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyrage
from pyrage import x25519

from entrepot.errors import SealError

MESSAGE, ORIGINAL, WORKING = "message", "original", "working"
KINDS: Final = (MESSAGE, ORIGINAL, WORKING)
"""The words of the tip; a file as it came; its copy without metadata."""

SMALLEST: Final = 4096
"""Bytes of the smallest padded part: a short message tells nothing by its length."""

_MARK: Final = b"entrepot-tip-1\n"
_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a tip in the clear; it exists in memory only.

    Attributes:
        kind: one of `KINDS`.
        name: file name as it came, or a neutral one; empty: a message.
        content: its bytes; of a message UTF-8.
        removed: what a working copy lacks, one sentence each.
    """

    kind: str
    name: str
    content: bytes
    removed: tuple[str, ...] = ()


def seal(part: Part, recipients: Sequence[str]) -> bytes:
    """A part sealed to public keys; each of them alone can open it.

    Raises:
        SealError: there is no key to seal to.
    """
    if not recipients:
        raise SealError(
            "got no reviewer's key to seal to, so nothing was taken in",
            hint="entrepot tip keys new FILE, then entrepot tip keys add.",
        )
    keys = [x25519.Recipient.from_str(one) for one in recipients]
    return bytes(pyrage.encrypt(_packed(part), keys))


def unseal(sealed: bytes, identity: x25519.Identity) -> Part:
    """The part in a sealed file.

    Raises:
        SealError: it is sealed to other keys, or damaged.
    """
    try:
        plain = bytes(pyrage.decrypt(sealed, [identity]))
    except pyrage.DecryptError as error:
        other = "matching" in str(error).lower()
        raise SealError(
            "the part is sealed to other keys than this one" if other
            else f"the sealed part is damaged ({error})",
            hint="entrepot tip keys list shows whose keys open which tip." if other
            else "Put back a copy of the casebook; nothing else holds it.",
        ) from error  # fmt: skip
    return _unpacked(plain)


def words_of(parts: Sequence[Part]) -> tuple[str, ...]:
    """The words in opened parts: messages, and working copies that are text."""
    return tuple(
        one.content.decode("utf-8", "replace") for one in parts
        if one.kind == MESSAGE or (one.kind == WORKING and one.name.endswith(".txt"))
    )  # fmt: skip


def padded_size(size: int) -> int:
    """Size after padding: Padmé, at least `SMALLEST`."""
    size = max(size, SMALLEST)
    exponent = size.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - kept)) - 1
    return (size + mask) & ~mask


def _packed(part: Part) -> bytes:
    facts = {"kind": part.kind, "name": part.name, "removed": part.removed,
             "size": len(part.content)}  # fmt: skip
    head = json.dumps(facts, ensure_ascii=False).encode("utf-8", "surrogateescape")
    plain = _MARK + len(head).to_bytes(_LENGTH, "big") + head + part.content
    return plain + bytes(padded_size(len(plain)) - len(plain))


def _unpacked(plain: bytes) -> Part:
    start = len(_MARK) + _LENGTH
    if not plain.startswith(_MARK):
        raise SealError("the sealed part was written by another program, or a newer Entrepot")
    length = int.from_bytes(plain[len(_MARK) : start], "big")
    facts = json.loads(plain[start : start + length].decode("utf-8", "surrogateescape"))
    content = plain[start + length : start + length + facts["size"]]
    return Part(facts["kind"], facts["name"], content, tuple(facts["removed"]))
