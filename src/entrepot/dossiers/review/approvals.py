"""Who approved exactly this content."""

import unicodedata
from collections.abc import Iterator

from entrepot.dossiers.dossier.canonical import reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier, Review
from entrepot.dossiers.review.fault import Fault

NAMED, UNNAMED = 2, 1
"""Reviewers wanted where a party is named, and where none is: the second is a choice of this
project, so that nothing leaves that only its writer has read."""


def approvals(dossier: Dossier) -> Iterator[Fault]:
    """Faults of the reviews."""
    content = reviewed_id(dossier)
    last = last_words(dossier, content)
    approving = tuple(one.by for one in last if one.decision == "approve")
    yield from _faults(dossier, last, approving, content)


def last_words(dossier: Dossier, content: str) -> tuple[Review, ...]:
    """The last word of each person on a content; of other contents nothing counts.

    People are told apart by name without case, blanks and forms of letters: `KK` and `k k ` typed
    by one person must not become two reviewers.
    """
    found: dict[str, Review] = {}
    for one in sorted(dossier.reviews, key=lambda review: review.at):
        key = person(one.by)
        if key and one.content_id == content:
            found[key] = one
    return tuple(found.values())


def person(name: str) -> str:
    """What a reviewer is told apart by; empty: it is nobody."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _faults(
    dossier: Dossier, last: tuple[Review, ...], approving: tuple[str, ...], content: str
) -> Iterator[Fault]:
    for one in last:
        if one.decision != "approve":
            why = one.because or "no reason given"
            yield Fault(
                "reviews", "", f"{one.by} returned this content: {why}",
                "Mend it, or let the same reviewer approve it after all.",
            )  # fmt: skip
    wanted = NAMED if dossier.named else UNNAMED
    if len(approving) < wanted:
        why = "names a party" if dossier.named else "names nobody"
        said = f" ({', '.join(approving)})" if approving else ""
        yield Fault(
            "reviews", "",
            f"got {len(approving)} approvals of {content}{said}, expected {_people(wanted)}, "
            f"since the dossier {why}",
            f"entrepot review {dossier.case_id} --by NAME --approve --content {content}",
        )  # fmt: skip


def _people(count: int) -> str:
    return "1 person's" if count == 1 else f"those of {count} different people"
