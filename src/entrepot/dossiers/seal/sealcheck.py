"""The seal itself: manifest, signature, time stamp and sums, each against the others.

Where two of them differ, one was changed, and the third tells which: the signature covers the
manifest, and `SHA256SUMS` has a hash of both.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cryptography import x509

from entrepot.dossiers.seal.difference import Difference
from entrepot.dossiers.seal.keys import PublicKey
from entrepot.dossiers.seal.listed import CRLF_HINT
from entrepot.dossiers.seal.manifest import (
    Manifest,
    manifest_bytes,
    read_manifest,
    read_sums,
    sha256_of,
    sums_bytes,
)
from entrepot.dossiers.seal.names import MANIFEST, SEAL, SIGNATURE, STAMP, SUMS
from entrepot.dossiers.seal.sign import Signature, read_signature
from entrepot.dossiers.seal.stamp import Stamped, read_stamp
from entrepot.errors import DossierError


@dataclass(frozen=True, slots=True)
class Seal:
    """What the seal says, and what differs in it.

    Attributes:
        manifest: null: it is missing or cannot be read.
        public: key that signed; null: there is no signature that holds.
        stamped: null: there is no stamp that can be read.
        faults: what differs.
    """

    manifest: Manifest | None
    public: PublicKey | None
    stamped: Stamped | None
    faults: tuple[Difference, ...]


def check_seal(
    files: Mapping[str, bytes],
    *,
    trusted: Sequence[PublicKey] = (),
    is_signed: bool = False,
    roots: Sequence[x509.Certificate] = (),
) -> Seal:
    """Check the files of the seal against each other.

    Args:
        files: bytes by path, of the whole folder.
        trusted: keys of which one must have signed; none: any key, and whose is not known.
        is_signed: a signature must be there; so it must with `trusted`.
        roots: certificates that a time stamp must lead to; none: that is not checked.
    """
    faults: list[Difference] = []
    manifest, signature, stamped = None, None, None
    try:
        manifest = _manifest(files)
    except _Found as found:
        faults.append(found.difference)
    try:
        signature = _signature(files, bool(trusted) or is_signed)
        _refuse_stranger(signature, trusted)
    except _Found as found:
        faults.append(found.difference)
    try:
        stamped = _stamp(files, roots)
    except _Found as found:
        faults.append(found.difference)
    return Seal(manifest, signature.public if signature else None, stamped, tuple(faults))


class _Found(Exception):
    """Carries a difference to where all are listed."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference.sentence)
        self.difference = difference


def _manifest(files: Mapping[str, bytes]) -> Manifest:
    content = files.get(MANIFEST)
    if content is None:
        raise _Found(Difference(MANIFEST, "missing", "the manifest of a dossier", "no file"))
    if b"\r\n" in content:
        raise _Found(Difference(MANIFEST, "changed", "line ends LF", "line ends CRLF", CRLF_HINT))
    try:
        made = read_manifest(content)
        is_canonical = manifest_bytes(made) == content
    except (DossierError, UnicodeEncodeError) as error:
        raise _Found(_other(MANIFEST, str(error).removeprefix("got "), "a manifest")) from error
    if not is_canonical:
        raise _Found(_other(MANIFEST, "another spelling", "canonical JSON, as it was written"))
    return made


def _signature(files: Mapping[str, bytes], is_needed: bool) -> Signature | None:
    content = files.get(SIGNATURE)
    if content is None:
        if SIGNATURE in read_sums(files.get(SUMS, b"")):
            raise _Found(Difference(SIGNATURE, "missing", "the signature in SHA256SUMS", "no file"))
        if is_needed:
            raise _Found(Difference(SIGNATURE, "unsigned", "a signature", "no file: unsigned"))
        return None
    try:
        made = read_signature(content)
    except DossierError as error:
        found = str(error).removeprefix("got ")
        raise _Found(Difference(SIGNATURE, "signature", "a signature", found)) from error
    if MANIFEST in files and not made.holds(files[MANIFEST]):
        raise _Found(_broken(files))
    return made


def _broken(files: Mapping[str, bytes]) -> Difference:
    """Which of manifest and signature was changed, by the sums."""
    sums = read_sums(files.get(SUMS, b""))
    is_kept = sums.get(MANIFEST) == sha256_of(files[MANIFEST])
    if is_kept and sums.get(SIGNATURE) != sha256_of(files[SIGNATURE]):
        return Difference(SIGNATURE, "signature", "the signature of manifest.json", "another one")
    return Difference(
        MANIFEST, "signature", "those that manifest.sig signs", "bytes that were not signed"
    )


def _refuse_stranger(signature: Signature | None, trusted: Sequence[PublicKey]) -> None:
    if signature is None or not trusted or signature.public in trusted:
        return
    known = " or ".join(one.key_id for one in trusted[:3])
    raise _Found(
        Difference(
            SIGNATURE, "key", known, f"a signature by {signature.public.key_id}",
            "Somebody else signed, or the publisher has a new key: ask where it is published.",
        )
    )  # fmt: skip


def _stamp(files: Mapping[str, bytes], roots: Sequence[x509.Certificate]) -> Stamped | None:
    content = files.get(STAMP)
    if content is None:
        if STAMP in read_sums(files.get(SUMS, b"")):
            raise _Found(Difference(STAMP, "missing", "the time stamp in SHA256SUMS", "no file"))
        if roots:
            raise _Found(Difference(STAMP, "stamp", "a time stamp", "no file: not stamped"))
        return None
    if MANIFEST not in files:
        return None
    try:
        return read_stamp(content, files[MANIFEST], roots=roots)
    except DossierError as error:
        expected = "a time stamp of manifest.json"
        if ", expected " in str(error):
            expected = str(error).partition(", expected ")[2]
        found = str(error).partition(", expected ")[0].removeprefix("got ")
        raise _Found(Difference(STAMP, "stamp", expected, found, error.hint)) from error


def sums_faults(
    manifest: Manifest, files: Mapping[str, bytes], kept: Collection[str]
) -> Iterator[Difference]:
    """What differs between `SHA256SUMS` and the rest of the seal.

    Args:
        manifest: as read.
        files: bytes by path.
        kept: files of the seal that something else vouches for: where their hash differs, the
            sums were changed. For the others it is told by how far it differs.
    """
    content = files.get(SUMS)
    if content is None:
        yield Difference(SUMS, "missing", "the hashes of all files", "no file")
        return
    sums = read_sums(content)
    actual: dict[str, str] = {
        name: sha256_of(files[name]) for name in SEAL if name in files and name != SUMS
    }
    for name in [one for one in actual if one not in sums]:
        rest = {one: digest for one, digest in actual.items() if one != name}
        if content == sums_bytes(manifest, rest):
            yield Difference(name, "extra", f"no such file in {SUMS}", "a file")
            return
    suspects = [
        name for name in actual if name not in kept and _is_far(sums.get(name, ""), actual[name])
    ]
    for name in suspects:
        yield _other(name, f"sha256 {actual[name][:16]}...", f"{sums[name][:16]}... as in {SUMS}")
    gone = [name for name in SEAL if name in sums and name not in actual]
    expected = {**actual, **{name: sums[name] for name in (*suspects, *gone)}}
    if MANIFEST not in suspects and content != sums_bytes(manifest, expected):
        yield _sums_fault(content)


def _is_far(listed: str, actual: str) -> bool:
    """Whether a hash is of another file: a slip in a line of hashes leaves most signs as they are.

    Of 64 hexadecimal signs of two unrelated hashes 4 agree on average; more than 32 hardly ever.
    """
    agreeing = sum(one == other for one, other in zip(listed, actual, strict=False))
    return len(listed) == len(actual) and agreeing <= len(actual) // 2


def _sums_fault(content: bytes) -> Difference:
    if b"\r\n" in content:
        return Difference(SUMS, "changed", "line ends LF", "line ends CRLF", CRLF_HINT)
    return _other(SUMS, "other lines", "a line with the hash of each file")


def _other(path: str, found: str, expected: str) -> Difference:
    return Difference(path, "changed", expected, found)
