"""What a version that is to leave is held to: the one before it that is out, and its reviews."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from entrepot.casebook import publications
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.publications import Publication
from entrepot.casebook.reviews import APPROVE
from entrepot.dossiers.dossier.canonical import dossier_id, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier, Review
from entrepot.dossiers.review.fault import command
from entrepot.errors import RequestError
from entrepot.workspace.released import WITHDRAWN, read_version, version_folder
from entrepot.workspace.unreviewed import refuse_names


def last_day(book: Casebook, case_id: str) -> date | None:
    """The day of the last entry on a case; null: nothing of it was ever out."""
    with book.reading() as connection:
        last = publications.last(connection, case_id)
    return date.fromisoformat(last.published_on) if last else None


def refuse_same(book: Casebook, dossier: Dossier, workspace_dir: Path) -> None:
    """Refuse a new version with the very content of the last one; that one itself may go on.

    Raises:
        RequestError: nothing differs that reviewers or readers see.
        DossierError: the last version does not lie there as it left.
    """
    found = _last(book, dossier.case_id, workspace_dir)
    if found is None or dossier_id(dossier) == found[0].dossier_id:
        return
    entry, last = found
    if reviewed_id(last) == reviewed_id(dossier):
        raise RequestError(
            f"got the very content of version {entry.version} of {entry.case_id}, which is out "
            f"since {entry.published_on}, expected one that differs",
            hint="There is nothing to publish anew. The site alone is written by: "
            + command("publish", "--site", "DIR", "--base-url", "ADDRESS", "--title", "TEXT"),
        )


def refuse_named_again(book: Casebook, dossier: Dossier, workspace_dir: Path) -> None:
    """What changed is read by no reviewer: it must not name whom this version leaves out.

    Raises:
        DossierError: it does, or the last version does not lie there as it left.
    """
    found = _last(book, dossier.case_id, workspace_dir)
    if found is not None:
        refuse_names(dossier.versions[-1].changes, dossier, found[1].named, "what changed")


def refuse_before(
    day: date, draft: Dossier, out: Sequence[Publication], reviews: Sequence[Review]
) -> None:
    """Refuse a day of publication on which this content could not have left.

    Args:
        day: of it.
        draft: what is to leave; its records are judged as on `as_of`.
        out: what left before.
        reviews: those that count; the casebook keeps their times in UTC.

    Raises:
        RequestError: the day is before the last version's, the dossier's, or the last approval.
    """
    approved = max((one.at[:10] for one in reviews if one.decision == APPROVE), default="")
    floors = [
        (one.published_on, f"on which version {one.version} of {draft.case_id} was published")
        for one in out[-1:]
    ]
    floors += [
        (draft.as_of, "as on which its records are judged"),
        (approved, "on which its last approval was given"),
    ]
    for floor, why in floors:
        if day.isoformat() < floor:
            raise RequestError(
                f"got {day}, expected a day not before {floor}, {why}",
                hint="Leave --on out: it is then published today.",
            )


def _last(book: Casebook, case_id: str, workspace_dir: Path) -> tuple[Publication, Dossier] | None:
    """The last version with its dossier; null: nothing is out, or the case is withdrawn."""
    with book.reading() as connection:
        entry = publications.last(connection, case_id)
    if entry is None or entry.action == WITHDRAWN:
        return None
    return entry, read_version(version_folder(workspace_dir, case_id, entry.version), entry)
