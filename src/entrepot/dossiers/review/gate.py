"""The gate: nothing leaves the house with a fault."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.review.answering import answering
from entrepot.dossiers.review.approvals import approvals
from entrepot.dossiers.review.backing import backing
from entrepot.dossiers.review.citing import citing
from entrepot.dossiers.review.fault import RULES, Fault, command
from entrepot.dossiers.review.form import form
from entrepot.dossiers.review.protection import protection
from entrepot.dossiers.review.saying import saying
from entrepot.errors import DossierError
from entrepot.evidence.documents.found import many


def faults(
    dossier: Dossier, *, tips: Sequence[str] = (), texts: Mapping[str, str] | None = None,
    allowed: Collection[str] = (), today: date | None = None,
) -> tuple[Fault, ...]:  # fmt: skip
    """All that keeps a dossier in the house, by rule; empty: it may leave.

    Args:
        dossier: what is to leave.
        tips: texts of the tips behind it, opened by a reviewer; empty: wording is not compared,
            which whoever calls must say.
        texts: name of each output -> its text as it will leave (HTML, Markdown, JSON, XML); null:
            only the dossier itself is looked at.
        allowed: findings of the source-protection lint that people let stand, as printed.
        today: no dossier is of a later day; null: only its day of publication is looked at.
    """
    found = [*form(dossier, today), *_found(dossier, tips, texts or {}, allowed)]
    return tuple(dict.fromkeys(sorted(found, key=lambda one: RULES.index(one.rule))))


def check(
    dossier: Dossier, *, tips: Sequence[str] = (), texts: Mapping[str, str] | None = None,
    allowed: Collection[str] = (),
) -> None:  # fmt: skip
    """Let a dossier pass, or refuse it; arguments of `faults`.

    Raises:
        DossierError: something is wrong; the first fault, and how many more.
    """
    refuse(dossier, faults(dossier, tips=tips, texts=texts, allowed=allowed))


def refuse(dossier: Dossier, found: Sequence[Fault]) -> None:
    """Let a dossier without faults pass.

    Raises:
        DossierError: there are some; the first, and how many more.
    """
    if not found:
        return
    first, more = found[0], len(found) - 1
    place = f"{first.where}: " if first.where else ""
    rest = f", and {many(more, 'more fault')}" if more else ""
    lists = f"All: {command('review', dossier.case_id, '--dossier', 'FOLDER')}"
    raise DossierError(
        f"{dossier.case_id} may not leave yet: {place}{first.what}{rest}",
        hint=" · ".join(filter(None, (first.hint, lists))),
    )


def _found(
    dossier: Dossier, tips: Sequence[str], texts: Mapping[str, str], allowed: Collection[str]
) -> Iterator[Fault]:
    yield from citing(dossier)
    yield from backing(dossier)
    yield from answering(dossier)
    yield from saying(dossier)
    yield from protection(dossier, tips, texts, allowed)
    yield from approvals(dossier)
