"""`dossier.json` against the manifest and against itself: ids, citations, files."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from entrepot.dossiers.dossier.canonical import dossier_bytes, read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.difference import Difference
from entrepot.dossiers.seal.manifest import DATA, Manifest, manifest_of
from entrepot.dossiers.seal.names import MANIFEST
from entrepot.errors import DossierError

FACTS: Final = ("dossier_id", "case_id", "version", "previous", "made_with")
SHA256: Final = re.compile(r"[0-9a-f]{64}")
ROWED: Final = ("figures", "rule", "list", "report")
"""Kinds of citations that rest on rows of a file."""


def data_of(content: bytes) -> tuple[Dossier | None, tuple[Difference, ...]]:
    """The dossier in `dossier.json`, or what is wrong with the bytes."""
    try:
        made = read_dossier(content)
        is_canonical = dossier_bytes(made) == content
    except (DossierError, UnicodeEncodeError, RecursionError, IndexError) as error:
        found = str(error).partition(", expected")[0].removeprefix("got ")
        return None, (Difference(DATA, "content", "a dossier", found),)
    if not is_canonical:
        return made, (Difference(DATA, "content", "canonical JSON", "another spelling"),)
    return made, ()


def content_faults(manifest: Manifest, dossier: Dossier) -> tuple[Difference, ...]:
    """All that differs between manifest and dossier, and within the dossier."""
    try:
        return (
            *against_dossier(manifest, dossier), *citation_faults(dossier), *chain_faults(dossier)
        )  # fmt: skip
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # JSON of the right names with values of other kinds, as nobody writes who uses Entrepot
        found = f"values of another kind ({type(error).__name__})"
        return (Difference(DATA, "content", "a dossier", found),)


def against_dossier(manifest: Manifest, dossier: Dossier) -> Iterator[Difference]:
    """Where the manifest and the dossier do not say the same."""
    should = asdict(manifest_of(dossier, {}))
    says = asdict(manifest)
    for name in FACTS:
        if says[name] != should[name]:
            yield Difference(
                MANIFEST, "content", f"{should[name]!r} as in {DATA}", f"{name} {says[name]!r}"
            )


def citation_faults(dossier: Dossier) -> Iterator[Difference]:
    """Citations used and not defined, defined and not used, without rows, out of order."""
    defined = [one.citation_id for one in dossier.citations]
    used = dict(_used(dossier))
    for one in sorted(used.keys() - set(defined)):
        yield _fault(f"citation {one} in {used[one]}", "one that is defined")
    for one in sorted(set(defined) - used.keys()):
        yield _fault(f"citation {one}, which nothing uses", "a use of each")
    if defined != sorted(set(defined)):
        yield _fault("citations out of order or twice", "each once, sorted by id")
    yield from _file_faults(dossier)


def _file_faults(dossier: Dossier) -> Iterator[Difference]:
    """Source files and the citations that rest on them."""
    files = [one.file_id for one in dossier.files]
    if files != sorted(set(files)):
        yield _fault("source files out of order or twice", "each once, sorted by id")
    for cited in dossier.citations:
        if cited.file_id and cited.file_id not in files:
            yield _fault(
                f"citation {cited.citation_id} of file {cited.file_id[:12]}...", "a listed file"
            )
        if cited.kind in ROWED and cited.file_id and not cited.rows:
            yield _fault(f"citation {cited.citation_id} without rows", "the rows it rests on")
    for one in sorted(set(files) - {cited.file_id for cited in dossier.citations}):
        yield _fault(f"source file {one[:12]}..., which no citation uses", "a use of each")
    for one in files:
        if not SHA256.fullmatch(one):
            yield _fault(f"source file {one[:20]!r}", "a sha256 as its id")


def _used(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Ids of citations with where they are used."""
    for sentence in dossier.sentences():
        yield from ((one, f"the sentence {sentence.text[:40]!r}") for one in sentence.citations)
    for section in dossier.sections:
        for table in section.tables:
            yield from ((one, table.table_id) for row in table.citations for one in row)
        for chart in section.charts:
            yield from ((one, chart.chart_id) for one in chart.citations)
    for finding in dossier.findings:
        yield from ((one, finding.claim_id) for one in finding.citations)
    for party in dossier.parties:
        yield from ((one, f"party {party.name!r}") for one in party.citations)


def chain_faults(dossier: Dossier) -> Iterator[Difference]:
    """Whether the versions follow each other: numbers from 1, earlier ones with their ids."""
    numbers = [one.number for one in dossier.versions]
    if numbers != list(range(1, len(numbers) + 1)):
        yield _chain(f"versions {numbers}", "1, 2, 3 and so on")
    ids = [one.dossier_id for one in dossier.versions]
    if ids and ids[-1]:
        yield _chain(f"an id for its own version ({ids[-1]})", "none: it follows from the content")
    earlier = ids[:-1]
    if not all(earlier) or len(set(earlier)) != len(earlier):
        yield _chain("an earlier version without an id of its own", "the id of each")


def _chain(found: str, expected: str) -> Difference:
    return Difference(DATA, "chain", expected, found)


def _fault(found: str, expected: str) -> Difference:
    return Difference(DATA, "citation", expected, found)
