"""The files that are there against those that the manifest lists."""

from collections.abc import Iterator, Mapping

from entrepot.dossiers.seal.difference import Difference
from entrepot.dossiers.seal.manifest import Entry, Manifest, media_type, sha256_of
from entrepot.dossiers.seal.names import MANIFEST, SEAL, clash, fault_of

CRLF_HINT = (
    "Git changes line ends where core.autocrlf is set; take the folder as a zip file, or clone "
    "with core.autocrlf=false."
)


def against_manifest(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Difference]:
    """Missing, changed and extra files, by path; then faults of the list itself.

    Args:
        manifest: as read.
        files: bytes by path; the files of the seal may be among them.
    """
    listed = {one.path: one for one in manifest.files}
    hashes = {path: sha256_of(content) for path, content in files.items() if path not in SEAL}
    homes: dict[str, list[str]] = {}
    for path, digest in hashes.items():
        homes.setdefault(digest, []).append(path)
    for path in sorted(listed.keys() | hashes.keys()):
        entry = listed.get(path)
        if entry is None:
            yield Difference(path, "extra", "no such file in the manifest", "a file")
        elif path not in hashes:
            elsewhere = [one for one in homes.get(entry.sha256, []) if one not in listed]
            found = f"its bytes under the name {elsewhere[0]}" if elsewhere else "no file"
            yield Difference(path, "missing", f"a file of {entry.size_bytes} bytes", found)
        elif hashes[path] != entry.sha256:
            yield changed(entry, files[path], _owner(listed, hashes[path]))
        elif len(files[path]) != entry.size_bytes:
            size = len(files[path])
            yield _edited(f"{size} bytes for {path}", f"{entry.size_bytes} for {path}")
    yield from _faults_of_list(manifest)


def changed(entry: Entry, content: bytes, owner: str = "") -> Difference:
    """A file whose bytes are others, with what may have happened to it.

    Args:
        entry: as the manifest lists it.
        content: its bytes now.
        owner: another file whose bytes these are; empty: none.
    """
    if owner:
        return Difference(entry.path, "changed", "its own bytes", f"the bytes of {owner}")
    if sha256_of(content.replace(b"\r\n", b"\n")) == entry.sha256:
        return Difference(entry.path, "changed", "line ends LF", "line ends CRLF", CRLF_HINT)
    if len(content) != entry.size_bytes:
        return Difference(
            entry.path, "changed", f"{entry.size_bytes} bytes", f"{len(content)} bytes"
        )
    return Difference(
        entry.path, "changed", f"sha256 {entry.sha256[:16]}...",
        f"sha256 {sha256_of(content)[:16]}...",
    )  # fmt: skip


def _owner(listed: Mapping[str, Entry], digest: str) -> str:
    return next((path for path, one in listed.items() if one.sha256 == digest), "")


def _faults_of_list(manifest: Manifest) -> Iterator[Difference]:
    paths = [one.path for one in manifest.files]
    if paths != sorted(set(paths)):
        yield _edited("files out of order or twice", "each file once, sorted by path")
    for entry in manifest.files:
        if why := fault_of(entry.path):
            yield _edited(f"the name {entry.path!r} with {why}", "names safe on every system")
        if entry.media_type != media_type(entry.path):
            yield _edited(
                f"{entry.path} as {entry.media_type!r}", f"{entry.path} as {media_type(entry.path)}"
            )
    if found := clash(paths):
        yield _edited(f"{found[0]} and {found[1]}", "names that differ on every system")


def _edited(found: str, expected: str) -> Difference:
    return Difference(MANIFEST, "changed", expected, found)
