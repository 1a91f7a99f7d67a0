"""Verify a dossier offline: is everything as it was sealed, and does it hold together?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.anew import against_rebuild, program
from entrepot.dossiers.seal.archived import against_archive, unarchived
from entrepot.dossiers.seal.contents import content_faults, data_of
from entrepot.dossiers.seal.difference import Difference
from entrepot.dossiers.seal.held import Held, read_held
from entrepot.dossiers.seal.keys import PublicKey
from entrepot.dossiers.seal.listed import against_manifest
from entrepot.dossiers.seal.manifest import DATA, Manifest, sha256_of
from entrepot.dossiers.seal.names import MANIFEST, SIGNATURE
from entrepot.dossiers.seal.sealcheck import Seal, check_seal, sums_faults
from entrepot.dossiers.seal.stamp import Stamped
from entrepot.errors import DossierError
from entrepot.measures.cite import listed

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """How strictly a dossier is verified.

    Attributes:
        trusted: keys of which one must have signed; none: any key, and whose is not known.
        is_signed: a signature must be there; so it must with `trusted`.
        roots: certificates that a time stamp must be there for and lead to; none: not checked.
        archive: folder of archived files to hash anew; null: not checked.
        earlier: folders or zips of earlier versions, which must be those of the chain.
        is_rebuilt: make all outputs anew and compare them.
    """

    trusted: Sequence[PublicKey] = ()
    is_signed: bool = False
    roots: Sequence[x509.Certificate] = ()
    archive: Path | None = None
    earlier: Sequence[Path] = ()
    is_rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it.

    Attributes:
        place: folder or zip file.
        differences: what differs, the first one first; none: the dossier is whole.
        manifest: null: missing or not readable.
        dossier: null: missing or not readable.
        manifest_sha256: empty: no manifest.
        public: key that signed; null: unsigned, or the signature does not hold.
        is_trusted: whether that key is one that the reader trusts; null: none were given.
        stamped: what the time stamp says; null: there is none that can be read.
        notes: what was not checked, one sentence each.
    """

    place: Path
    differences: tuple[Difference, ...]
    manifest: Manifest | None
    dossier: Dossier | None
    manifest_sha256: str
    public: PublicKey | None
    is_trusted: bool | None
    stamped: Stamped | None
    notes: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    @property
    def first(self) -> Difference | None:
        """The first thing that differs; null: nothing."""
        return self.differences[0] if self.differences else None


def verify(place: Path, asked: Asked | None = None, *, told: Told = lambda text: None) -> Verified:
    """Verify a dossier folder or a zip of one, without a network.

    That it is whole says that nobody changed it since it was sealed, and with `trusted` who sealed
    it. It does not say that what it states is true.

    Args:
        place: folder or zip file.
        asked: how strictly; null: what lies in the folder, against itself.
        told: hears what is being done.

    Raises:
        RequestError: the dossier, the archive or an earlier version is not there.
        DossierError: it is neither a folder nor a zip file, or far too large.
    """
    asked = asked or Asked()
    told("reading the files")
    held = read_held(place)
    seal = check_seal(
        held.files, trusted=asked.trusted, is_signed=asked.is_signed, roots=asked.roots
    )
    dossier, of_data = data_of(held.files[DATA]) if DATA in held.files else (None, ())
    found = _of_folder(held, seal, dossier, of_data)
    is_read = not any((one.path, one.kind) == (DATA, "content") for one in found)
    if dossier is not None and is_read:
        found += _beyond(dossier, held, asked, told)
    return Verified(
        place=place,
        differences=tuple(found),
        manifest=seal.manifest,
        dossier=dossier,
        manifest_sha256=sha256_of(held.files[MANIFEST]) if MANIFEST in held.files else "",
        public=seal.public,
        is_trusted=(seal.public in asked.trusted) if asked.trusted else None,
        stamped=seal.stamped,
        notes=tuple(_notes(seal, dossier, asked)),
    )


def _of_folder(
    held: Held, seal: Seal, dossier: Dossier | None, of_data: Sequence[Difference]
) -> list[Difference]:
    """What differs in the folder itself, the likeliest cause first."""
    manifest = seal.manifest
    if manifest is None:
        return [*_no_doubles(seal.faults, held.faults)]
    listed = list(against_manifest(manifest, held.files))
    if DATA not in held.files and not any(one.path == DATA for one in listed):
        listed.append(Difference(DATA, "missing", "the data of the dossier", "no file"))
    if dossier is not None and not any(one.path == DATA for one in listed):
        listed += [*of_data, *content_faults(manifest, dossier)]
    elif not any(one.path == DATA for one in listed):
        listed += of_data
    kept = {SIGNATURE, MANIFEST} if seal.public else set()
    if not listed and not held.faults:
        kept.add(MANIFEST)
    of_sums = list(sums_faults(manifest, held.files, kept))
    edited = [one for one in of_sums if one.path == MANIFEST]
    others = [one for one in of_sums if one.path != MANIFEST]
    there = [one for one in held.faults if not _is_left_empty(one, listed)]
    return [*_no_doubles(edited, seal.faults, there, listed, others)]


def _is_left_empty(fault: Difference, listed: Sequence[Difference]) -> bool:
    """Whether it is a folder that is empty because its files are gone: no second difference."""
    return fault.path.endswith("/") and any(
        one.kind == "missing" and one.path.startswith(fault.path) for one in listed
    )


def _no_doubles(*groups: Sequence[Difference]) -> Iterator[Difference]:
    """Differences in order; what one check says of a file is not said again by a later one."""
    named: set[str] = set()
    for group in groups:
        yield from (one for one in group if one.path not in named)
        named.update(one.path for one in group)


def _beyond(dossier: Dossier, held: Held, asked: Asked, told: Told) -> list[Difference]:
    """What differs outside the folder: archive, earlier versions, a rebuild."""
    found: list[Difference] = []
    if asked.archive is not None:
        found += against_archive(dossier, asked.archive, told)
    for place in asked.earlier:
        told(f"verifying {place.name}")
        found += _against_earlier(dossier, place, asked)
    if asked.is_rebuilt:
        told("making all files anew")
        try:
            found += against_rebuild(dossier, held.files, program())
        except DossierError as error:
            found.append(Difference(DATA, "rebuild", "a dossier that can be made anew", str(error)))
    return found


def _against_earlier(dossier: Dossier, place: Path, asked: Asked) -> Iterator[Difference]:
    """An earlier version: whole, signed as this one, and the one that the chain names."""
    of_it = verify(place, Asked(trusted=asked.trusted, is_signed=asked.is_signed))
    name = place.name or str(place)
    if of_it.first is not None:
        yield Difference(name, "chain", "a whole earlier version", of_it.first.sentence)
    if of_it.manifest is None:
        return
    number, its_id = of_it.manifest.version, of_it.manifest.dossier_id
    ids = {one.number: one.dossier_id for one in dossier.versions[:-1]}
    if of_it.manifest.case_id != dossier.case_id:
        yield Difference(name, "chain", dossier.case_id, f"a dossier of {of_it.manifest.case_id}")
    elif ids.get(number) != its_id:
        yield Difference(
            name, "chain", f"{ids.get(number) or 'no such version'} as in {DATA}",
            f"version {number} with id {its_id}",
        )  # fmt: skip


def _notes(seal: Seal, dossier: Dossier | None, asked: Asked) -> Iterator[str]:
    if seal.public is None and not seal.faults:
        yield "It is not signed: nobody vouches for it."
    elif seal.public is not None and not asked.trusted:
        yield "Whose key signed is not checked: give the publisher's key with --trust."
    if seal.stamped is not None and not seal.stamped.is_checked:
        yield "Who stamped the time is not checked: give the authority's root with --stamp-root."
    if asked.archive is None:
        yield "Archived files are not hashed anew: give the archive with --archive."
    elif dossier is not None and (left := unarchived(dossier, asked.archive)):
        named = listed([one.name for one in left], 3)
        yield f"An archive keeps the files of figures, so these are not hashed anew: {named}."
    if not asked.is_rebuilt:
        yield "Outputs are not made anew: give --rebuild."
    if dossier is not None and len(dossier.versions) > 1 + len(asked.earlier):
        yield "Not all earlier versions are checked: give their folders with --previous."
