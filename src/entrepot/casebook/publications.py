"""Publications: what left the house when, in which version; and the only way to become published.

`add` is called by `dossiers.review.leaving.leave`, which looks at the dossier first. Nothing is
ever taken back: a publication is corrected or withdrawn by one more entry, and the earlier ones
stay.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from entrepot.casebook import case_states
from entrepot.casebook.case_states import CORRECTED, PUBLISHED, WITHDRAWN
from entrepot.casebook.content import as_json
from entrepot.casebook.dossier_tables import publications
from entrepot.casebook.tables import trail
from entrepot.casebook.trail import Pen
from entrepot.errors import RequestError

ACTIONS: Final = (PUBLISHED, CORRECTED, WITHDRAWN)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DOSSIER: Final = re.compile(r"dos_[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Publication:
    """One version that left the house, or that the case was withdrawn.

    Attributes:
        publication_id: `pub_` and a hash.
        case_id: of the case.
        dossier_id: `dos_` and a hash; of a withdrawal the last one that was out.
        version: from 1; of a withdrawal the last one.
        manifest_sha256: of the manifest that was sealed.
        published_on: ISO day.
        changes: what changed, one sentence each; of a withdrawal the reason.
        action: `published`, `corrected` or `withdrawn`.
        by: who did it.
        at: when, UTC, in ISO form.
    """

    publication_id: str
    case_id: str
    dossier_id: str
    version: int
    manifest_sha256: str
    published_on: str
    changes: tuple[str, ...]
    action: str
    by: str
    at: str

    def row(self) -> dict[str, Any]:
        """The publication ready for JSON."""
        return {
            "publication_id": self.publication_id, "case_id": self.case_id,
            "dossier_id": self.dossier_id, "version": self.version,
            "manifest_sha256": self.manifest_sha256, "published_on": self.published_on,
            "changes": list(self.changes), "action": self.action, "by": self.by, "at": self.at,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """What is about to leave: see the attributes of `Publication` with the same names."""

    dossier_id: str
    version: int
    manifest_sha256: str
    published_on: date
    changes: tuple[str, ...] = ()


def add(pen: Pen, case_id: str, edition: Edition) -> Publication:
    """Keep that a version left the house, and bring the case into its state, in one transaction.

    The same edition twice adds nothing, so that a publisher who was interrupted can go on.

    Args:
        pen: writes.
        case_id: of a case that is in review, answered, or out already.
        edition: what leaves.

    Raises:
        RequestError: no such case or one in another state, ids that are none, a version that does
            not follow the last one (another publisher was faster), a day before the last one, or a
            correction that does not say what changed.
    """
    had = last(pen.connection, case_id)
    if had and had.action != WITHDRAWN and _same(had, edition):
        return had
    state = case_states.current(pen.connection, case_id)
    action = CORRECTED if had else PUBLISHED
    _check(edition, had, case_id)
    if not (action == PUBLISHED == state):  # it was called so by hand in an earlier layout
        why = "; ".join(edition.changes) or f"version {edition.version}, {edition.dossier_id}"
        case_states.move(pen, case_id, state, action, why, leaves=True)
    return _written(pen, case_id, edition, action)


def withdraw(pen: Pen, case_id: str, because: str, day: date) -> Publication | None:
    """Keep that what was out is withdrawn; null: nothing of the case was ever out.

    The state of the case is moved by `cases.move`, which calls this.
    """
    had = last(pen.connection, case_id)
    if had is None:
        return None
    edition = Edition(had.dossier_id, had.version, had.manifest_sha256, day, (because,))
    return _written(pen, case_id, edition, WITHDRAWN)


def listed(connection: Connection, case_id: str | None = None) -> tuple[Publication, ...]:
    """All publications in the order in which they were made; or those of one case."""
    asked = select(publications, trail.c.said_by, trail.c.at).join(
        trail, trail.c.seq == publications.c.seq
    )
    if case_id is not None:
        asked = asked.where(publications.c.case_id == case_id)
    rows = connection.execute(asked.order_by(publications.c.seq))
    return tuple(_publication(row) for row in rows)


def last(connection: Connection, case_id: str) -> Publication | None:
    """The newest entry on a case; null: nothing of it was ever out."""
    return (listed(connection, case_id) or (None,))[-1]


def _same(had: Publication, edition: Edition) -> bool:
    return (had.dossier_id, had.version, had.manifest_sha256) == (
        edition.dossier_id,
        edition.version,
        edition.manifest_sha256,
    )


def _check(edition: Edition, had: Publication | None, case_id: str) -> None:
    if not _DOSSIER.fullmatch(edition.dossier_id):
        raise RequestError(f"got dossier {edition.dossier_id!r}, expected dos_ and 12 digits")
    if not _SHA256.fullmatch(edition.manifest_sha256):
        raise RequestError(f"got manifest {edition.manifest_sha256!r}, expected a sha256")
    expected = had.version + 1 if had else 1
    if edition.version != expected:
        raise RequestError(
            f"got version {edition.version} of {case_id}, expected {expected}",
            hint="Somebody else may have published meanwhile: run the command again.",
        )
    if had and edition.published_on.isoformat() < had.published_on:
        raise RequestError(
            f"got {edition.published_on}, expected a day not before {had.published_on}, on which "
            f"version {had.version} of {case_id} was published"
        )
    if bool(had) != any(one.strip() for one in edition.changes):
        raise RequestError(
            f"got {len(edition.changes)} changes for version {edition.version} of {case_id}, "
            f"expected {'at least one sentence' if had else 'none'}",
            hint="Readers of the earlier version must be able to find out what changed.",
        )


def _written(pen: Pen, case_id: str, edition: Edition, action: str) -> Publication:
    row: dict[str, Any] = {
        "case_id": case_id, "dossier_id": edition.dossier_id, "version": edition.version,
        "manifest_sha256": edition.manifest_sha256,
        "published_on": edition.published_on.isoformat(),
        "changes": as_json([one.strip() for one in edition.changes]), "action": action,
    }  # fmt: skip
    key = pen.fresh_id("pub", *(str(value) for value in row.values()))
    line = pen.add(publications, row | {"publication_id": key}, action=action, object_id=case_id)
    changes: Sequence[str] = json.loads(row.pop("changes"))
    return Publication(publication_id=key, changes=tuple(changes), by=pen.by, at=line.at, **row)


def _publication(row: Row[Any]) -> Publication:
    return Publication(
        row.publication_id, row.case_id, row.dossier_id, row.version, row.manifest_sha256,
        row.published_on, tuple(json.loads(row.changes)), row.action, row.said_by, row.at,
    )  # fmt: skip
