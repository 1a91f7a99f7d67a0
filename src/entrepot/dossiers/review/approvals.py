"""Who approved exactly this content."""

from collections.abc import Iterator

from entrepot.casebook.reviews import person
from entrepot.dossiers.dossier.canonical import reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier, Review
from entrepot.dossiers.review.fault import Fault, command
from entrepot.evidence.documents.found import many

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


def _faults(
    dossier: Dossier, last: tuple[Review, ...], approving: tuple[str, ...], content: str
) -> Iterator[Fault]:
    for one in last:
        if one.decision != "approve":
            why = f": {one.because}" if one.because else ""  # a dossier that leaves has none
            yield Fault(
                "reviews", "", f"{one.by} returned this content{why}",
                "Mend it, or let the same reviewer approve it after all: "
                + command("review", dossier.case_id, "--dossier", "FOLDER", "--approve", "--by",
                          one.by),
            )  # fmt: skip
    wanted = NAMED if dossier.named else UNNAMED
    if len(approving) < wanted:
        why = "names a party" if dossier.named else "names nobody"
        said = f" ({', '.join(approving)})" if approving else ""
        yield Fault(
            "reviews", "",
            f"got {many(len(approving), 'approval')} of {content}{said}, expected "
            f"{_people(wanted)}, since the dossier {why}",
            "Who has read it: "
            + command("review", dossier.case_id, "--dossier", "FOLDER", "--approve", "--content",
                      content, "--by", "NAME"),
        )  # fmt: skip


def _people(count: int) -> str:
    return "1 person's" if count == 1 else f"those of {count} different people"
