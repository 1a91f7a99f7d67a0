"""From a case that was reviewed to what stands on the site: gate, seal, entry, pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from entrepot.casebook import allowances, cases, publications
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.publications import Publication
from entrepot.dossiers.dossier.canonical import dossier_id, read_dossier
from entrepot.dossiers.dossier.dossier import Dossier, Version
from entrepot.dossiers.handover.marks import own_marks
from entrepot.dossiers.render.outputs import DATA, render_all
from entrepot.dossiers.review.gate import check
from entrepot.dossiers.review.leaving import Leaving, leave, reviews_of
from entrepot.dossiers.review.rendered import texts_of
from entrepot.dossiers.seal.build import Built, Stamp, build, sealed
from entrepot.dossiers.seal.keys import SigningKey
from entrepot.dossiers.seal.manifest import sha256_of
from entrepot.dossiers.seal.names import MANIFEST
from entrepot.dossiers.site.published import Published
from entrepot.errors import DossierError, RequestError

FOLDER: Final = "dossiers"
"""Below the workspace: `dossiers/<case_id>/v<n>`, one sealed folder a version."""

PUBLISHED, CORRECTED, WITHDRAWN = "published", "corrected", "withdrawn"

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sealing:
    """With what a folder is sealed: a key, and who stamps the time; null: neither."""

    key: SigningKey | None = None
    stamp: Stamp | None = None


def edition(book: Casebook, draft: Dossier, day: date, changes: Sequence[str] = ()) -> Dossier:
    """A draft as the version that would leave now: number, day, state, reviews, history.

    Args:
        book: is read.
        draft: as assembled.
        day: on which it is published.
        changes: against the version before, one sentence each; empty for a first one.

    Raises:
        RequestError: a correction that does not say what changed.
    """
    with book.reading() as connection:
        out = _versions(publications.listed(connection, draft.case_id))
        reviews = reviews_of(connection, draft)
    if out and not changes:
        raise RequestError(
            f"got a new version of {draft.case_id} without what changed, expected one sentence "
            "or more",
            hint='Say it with --changes "The value of May was EUR 39,000, not EUR 93,000."',
        )
    number = len(out) + 1
    return replace(
        draft,
        state=CORRECTED if out else PUBLISHED,
        published_on=day.isoformat(),
        reviews=reviews,
        versions=(*out, Version(number, "", day.isoformat(), tuple(changes))),
    )


def publish(
    book: Casebook, dossier: Dossier, workspace_dir: Path, *, by: str,
    sealing: Sealing | None = None, tips: Sequence[str] = (), told: Told = lambda text: None,
) -> Built:  # fmt: skip
    """Let one version leave: the gate, the folder, then the entry in the casebook.

    An interrupt before the entry leaves a folder that nobody is shown; the same call goes on.

    Args:
        book: where reviews and replies stand, and where the publication is kept.
        dossier: from `edition`.
        workspace_dir: the folder is made below it.
        by: who publishes.
        sealing: key and time stamp.
        tips: texts of tips behind the case, opened by a reviewer.
        told: hears what is being made.

    Raises:
        DossierError: it has a fault; nothing is made.
        RequestError: another publisher was faster.
    """
    told("looking for what stands in the way")
    with book.reading() as connection:
        may = allowances.counting(connection, dossier.case_id)
    check(dossier, tips=tips, allowed=may)
    files = render_all(dossier, told)
    texts, own = texts_of(files), own_marks(files)
    check(dossier, tips=tips, texts=texts, allowed={*may, *own})
    with_what = sealing or Sealing()
    manifest = sealed(files)[MANIFEST]
    told("sealing")
    built = build(
        files, version_folder(workspace_dir, dossier.case_id, dossier.version),
        key=with_what.key, stamp=with_what.stamp,
    )  # fmt: skip
    with book.writing(by) as pen:
        leave(pen, dossier, Leaving(sha256_of(manifest), texts, tuple(tips), own))
    return built


def withdraw(
    book: Casebook, case_id: str, workspace_dir: Path, *, by: str, because: str, day: date,
    sealing: Sealing | None = None,
) -> Built:  # fmt: skip
    """Take a published case back: a last version that says so and why, and nothing else.

    Raises:
        RequestError: nothing of the case is out, it is withdrawn already, or no reason is given.
    """
    with book.reading() as connection:
        out = publications.listed(connection, case_id)
    if not out or out[-1].action == WITHDRAWN:
        said = "is withdrawn already" if out else "was never published"
        raise RequestError(f"got {case_id}, which {said}, expected a case that is out")
    last = _read(version_folder(workspace_dir, case_id, out[-1].version), out[-1])
    stone = tombstone(last, _versions(out), because, day)
    with book.writing(by) as pen:
        cases.move(pen, case_id, WITHDRAWN, because)
    made = sealing or Sealing()
    folder = version_folder(workspace_dir, case_id, stone.version)
    return build(render_all(stone), folder, key=made.key, stamp=made.stamp)


def tombstone(last: Dossier, out: Sequence[Version], because: str, day: date) -> Dossier:
    """What stands in place of a withdrawn dossier: its title, its versions, and the reason."""
    version = Version(len(out) + 1, "", day.isoformat(), (because,))
    return replace(
        last, state=WITHDRAWN, published_on=day.isoformat(), summary=(), sections=(), findings=(),
        parties=(), citations=(), files=(), reviews=(), versions=(*out, version),
    )  # fmt: skip


def all_published(book: Casebook, workspace_dir: Path) -> tuple[Published, ...]:
    """Every version that is out, as its sealed folder, for the site and the newsletter.

    Raises:
        DossierError: a folder is missing, or is not the one that the casebook says left.
    """
    with book.reading() as connection:
        entries = publications.listed(connection)
    found = []
    for one in entries:
        number = one.version + (one.action == WITHDRAWN)
        folder = version_folder(workspace_dir, one.case_id, number)
        held = _read(folder, None if one.action == WITHDRAWN else one)
        manifest = sha256_of((folder / MANIFEST).read_bytes())
        found.append(Published(held, dossier_id(held), folder, manifest))
    return tuple(found)


def version_folder(workspace_dir: Path, case_id: str, number: int) -> Path:
    """Where a version lies."""
    return workspace_dir / FOLDER / case_id / f"v{number}"


def _versions(out: Sequence[Publication]) -> tuple[Version, ...]:
    return tuple(
        Version(one.version, one.dossier_id, one.published_on, one.changes)
        for one in out
        if one.action != WITHDRAWN
    )


def _read(folder: Path, entry: Publication | None) -> Dossier:
    """The dossier of a folder; where an entry is given it must be the one that left."""
    try:
        held = read_dossier((folder / DATA).read_bytes())
        manifest = sha256_of((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise DossierError(
            f"got no dossier in {folder}, expected the version that the casebook says is out",
            hint="Bring the folder back from a copy or from the site; it was sealed.",
        ) from error
    if entry is not None and (manifest, dossier_id(held)) != (
        entry.manifest_sha256, entry.dossier_id
    ):  # fmt: skip
        raise DossierError(
            f"{folder} is not the version {entry.version} of {entry.case_id} that left the house",
            hint=f"entrepot verify {folder} names what differs.",
        )
    return held
