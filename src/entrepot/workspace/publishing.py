"""From a case that was reviewed to what stands on the site: gate, seal, entry, pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from entrepot.casebook import allowances, cases, publications
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.publications import Publication
from entrepot.dossiers.dossier.dossier import Dossier, Version
from entrepot.dossiers.handover.marks import own_marks
from entrepot.dossiers.render.outputs import render_all
from entrepot.dossiers.review.backing import without
from entrepot.dossiers.review.gate import check, faults, refuse
from entrepot.dossiers.review.leaving import Leaving, leave, reviews_of, wordless
from entrepot.dossiers.review.rendered import texts_of
from entrepot.dossiers.seal.build import Built, Stamp, build, sealed
from entrepot.dossiers.seal.keys import SigningKey
from entrepot.dossiers.seal.manifest import sha256_of
from entrepot.dossiers.seal.names import MANIFEST
from entrepot.errors import RequestError
from entrepot.workspace.lastout import refuse_before, refuse_named_again, refuse_same
from entrepot.workspace.released import WITHDRAWN, has_stone, read_version, version_folder
from entrepot.workspace.unreviewed import refuse_names

PUBLISHED, CORRECTED = "published", "corrected"

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
        RequestError: a correction that does not say what changed, or a day on which this content
            could not have left: see `refuse_before`.
    """
    with book.reading() as connection:
        entries = publications.listed(connection, draft.case_id)
        reviews = reviews_of(connection, draft)
    refuse_before(day, draft, entries, reviews)
    out = _versions(entries)
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
        reviews=wordless(reviews),
        versions=(*out, Version(number, "", day.isoformat(), tuple(changes))),
    )


def publish(
    book: Casebook, dossier: Dossier, workspace_dir: Path, *, by: str,
    sealing: Sealing | None = None, tips: Sequence[str] = (), told: Told = lambda text: None,
) -> Built:  # fmt: skip
    """Let one version leave: the gate, the folder, then the entry in the casebook.

    Entry and folder are one transaction, so of two publishers only one writes the folder. An
    interrupt before its end leaves a folder that nobody is shown; the same call goes on.

    Args:
        book: where reviews and replies stand, and where the publication is kept.
        dossier: from `edition`.
        workspace_dir: the folder is made below it.
        by: who publishes.
        sealing: key and time stamp.
        tips: texts of tips behind the case, opened by a reviewer.
        told: hears what is being made.

    Raises:
        DossierError: it has a fault, or what changed names one whom only an earlier version names;
            nothing is made.
        RequestError: another publisher was faster, or nothing differs from the last version.
    """
    told("looking for what stands in the way")
    refuse_same(book, dossier, workspace_dir)
    refuse_named_again(book, dossier, workspace_dir)
    with book.reading() as connection:
        may = allowances.counting(connection, dossier.case_id)
        said = reviews_of(connection, dossier)  # with reasons, which a refusal tells and no file
    check(replace(dossier, reviews=said), tips=tips, allowed=may)
    files = render_all(dossier, told)
    texts, own = texts_of(files), own_marks(files)
    check(dossier, tips=tips, texts=texts, allowed={*may, *own})
    told("sealing")
    made, manifest = _ready(files, sealing)
    with book.writing(by) as pen:
        leave(pen, dossier, Leaving(sha256_of(manifest), texts, tuple(tips), own))
        return _built(files, version_folder(workspace_dir, dossier.case_id, dossier.version), made)


def _ready(files: Mapping[str, bytes], sealing: Sealing | None) -> tuple[Sealing, bytes]:
    """The seal with the stamp already fetched, as no lock is held while a network is asked."""
    made, manifest = sealing or Sealing(), sealed(files)[MANIFEST]
    if made.stamp is None:
        return made, manifest
    answer = made.stamp(manifest)
    return Sealing(made.key, lambda content: answer), manifest


def _built(files: Mapping[str, bytes], folder: Path, made: Sealing) -> Built:
    return build(files, folder, key=made.key, stamp=made.stamp)


def withdraw(
    book: Casebook, case_id: str, workspace_dir: Path, *, by: str, because: str, day: date,
    sealing: Sealing | None = None,
) -> Built:  # fmt: skip
    """Take a published case back: a last version that says so and why, and nothing else.

    A case that the casebook calls withdrawn and that has no such version yet (it was taken back
    with `entrepot case state`, or an earlier call was interrupted) gets it, with the reason and
    the day that the casebook holds.

    Raises:
        RequestError: nothing of the case is out, it is withdrawn already, no reason is given, or
            the day is before the last version's.
        DossierError: the reason names a party, speaks a verdict, or could point to a source.
    """
    with book.reading() as connection:
        out = publications.listed(connection, case_id)
        may = allowances.counting(connection, case_id)
    is_moved = bool(out) and out[-1].action == WITHDRAWN
    if not out or (is_moved and has_stone(workspace_dir, out[-1])):
        said = "is withdrawn already" if out else "was never published"
        raise RequestError(
            f"got {case_id}, which {said}, expected a case that is out",
            hint="The site alone is written by: entrepot publish --site DIR" if out else "",
        )
    if is_moved:
        because, day = out[-1].changes[0], date.fromisoformat(out[-1].published_on)
    _check_withdrawal(out[-1], because, day)
    left = next(one for one in reversed(out) if one.action != WITHDRAWN)
    last = read_version(version_folder(workspace_dir, case_id, left.version), left)
    stone = tombstone(last, _versions(out), because.strip(), day)
    refuse_names(stone.versions[-1].changes, stone, last.named, "the reason")
    files = _stone_files(stone, may)
    made, _ = _ready(files, sealing)
    with book.writing(by) as pen:
        if publications.last(pen.connection, case_id) != out[-1]:
            raise RequestError(
                f"another version of {case_id} was published meanwhile", hint="Run it again."
            )
        if not is_moved:
            cases.move(pen, case_id, WITHDRAWN, because)
        return _built(files, version_folder(workspace_dir, case_id, stone.version), made)


def _check_withdrawal(last: Publication, because: str, day: date) -> None:
    if not because.strip():
        raise RequestError(
            f"got no reason why {last.case_id} is withdrawn, expected one",
            hint="Give it with --because: it is what readers will find.",
        )
    if day.isoformat() < last.published_on:
        raise RequestError(
            f"got {day}, expected a day not before {last.published_on}, on which version "
            f"{last.version} of {last.case_id} was published",
            hint="Leave --on out: it is then withdrawn today.",
        )


def tombstone(last: Dossier, out: Sequence[Version], because: str, day: date) -> Dossier:
    """What stands in place of a withdrawn dossier: its title, its versions, and the reason.

    It names nobody: names of parties are taken out of the title and the question, and out of
    what changed.
    """
    version = Version(len(out) + 1, "", day.isoformat(), (because,))
    return replace(
        last, title=without(last.title, last.named), question=without(last.question, last.named),
        state=WITHDRAWN, published_on=day.isoformat(), summary=(), sections=(), findings=(),
        parties=(), citations=(), files=(), reviews=(),
        versions=(*(_nameless(one, last.named) for one in out), version),
    )  # fmt: skip


def _nameless(one: Version, names: Sequence[str]) -> Version:
    return replace(one, changes=tuple(without(text, names) for text in one.changes))


def _stone_files(stone: Dossier, may: Sequence[str]) -> dict[str, bytes]:
    """The files of a tombstone, of which words and source protection are looked at."""
    files = render_all(stone)
    found = faults(stone, texts=texts_of(files), allowed={*may, *own_marks(files)})
    refuse(stone, [one for one in found if one.rule in ("words", "source")])
    return files


def _versions(out: Sequence[Publication]) -> tuple[Version, ...]:
    return tuple(
        Version(one.version, one.dossier_id, one.published_on, one.changes)
        for one in out
        if one.action != WITHDRAWN
    )
