"""The only way out: a dossier leaves with a clean gate, and the casebook says so at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from entrepot.casebook import allowances, publications, replies, reviews
from entrepot.casebook.publications import Edition, Publication
from entrepot.casebook.trail import Pen
from entrepot.dossiers.dossier.canonical import dossier_id, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier, Review
from entrepot.dossiers.review.fault import RULES, Fault, command
from entrepot.dossiers.review.gate import faults, refuse
from entrepot.errors import DossierError


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves beside the dossier itself.

    Attributes:
        manifest_sha256: of the manifest that was sealed.
        texts: name of each output -> its text; see `gate.faults`.
        tips: texts of the tips behind it, opened by a reviewer.
        own: keywords, ids and instants that formats put into the outputs (`handover.marks`).
    """

    manifest_sha256: str
    texts: Mapping[str, str]
    tips: Sequence[str] = ()
    own: Collection[str] = ()


def leave(pen: Pen, dossier: Dossier, leaving: Leaving) -> Publication:
    """Let a dossier leave: the gate, then the entry and the state of the case, all or nothing.

    Args:
        pen: writes; in the transaction in which this is called the reviews cannot change.
        dossier: with its day, its versions and its reviews; `published_on` and `versions` say
            which version it is and what changed.
        leaving: what leaves beside it.

    Raises:
        DossierError: it has a fault, no day, or says what the casebook does not.
        RequestError: its version does not follow the last one that is out.
    """
    refuse(
        dossier,
        standing_in_the_way(
            pen.connection, dossier, texts=leaving.texts, tips=leaving.tips, own=leaving.own
        ),
    )
    changes = dossier.versions[-1].changes if dossier.versions else ()
    return publications.add(
        pen, dossier.case_id,
        Edition(dossier_id(dossier), dossier.version, leaving.manifest_sha256, _day(dossier),
                changes),
    )  # fmt: skip


def standing_in_the_way(
    connection: Connection, dossier: Dossier, *, texts: Mapping[str, str] | None = None,
    tips: Sequence[str] = (), own: Collection[str] = (), today: date | None = None,
) -> tuple[Fault, ...]:  # fmt: skip
    """Faults of the gate with the allowances of the case, and what differs from the casebook.

    Reviews and replies must be those of the casebook: a file in which somebody wrote two names is
    no review.
    """
    may = allowances.counting(connection, dossier.case_id)
    found = [
        *faults(dossier, tips=tips, texts=texts, allowed={*may, *own}, today=today),
        *_held(connection, dossier),
    ]
    return tuple(sorted(found, key=lambda one: RULES.index(one.rule)))


def reviews_of(connection: Connection, dossier: Dossier) -> tuple[Review, ...]:
    """What people said of exactly this content, in order of time, for `Dossier.reviews`."""
    content = reviewed_id(dossier)
    return tuple(
        Review(one.by, one.at, one.decision, one.because, one.content_id)
        for one in reviews.counting(connection, dossier.case_id, content)
    )


def wordless(reviews: Collection[Review]) -> tuple[Review, ...]:
    """Reviews as they leave: who, when and what; reasons are for the house, and nobody read them.

    A reason to return a content often holds just what had to be taken out.
    """
    return tuple(replace(one, because="") for one in reviews)


def _held(connection: Connection, dossier: Dossier) -> Iterator[Fault]:
    if wordless(dossier.reviews) != wordless(reviews_of(connection, dossier)):
        yield Fault(
            "reviews", "", "the reviews in the dossier are not those of the casebook",
            "Assemble it anew. Who reviewed: "
            + command("review", dossier.case_id),
        )  # fmt: skip
    held = replies.counting(connection, dossier.case_id)
    for party in dossier.parties:
        found = held.get(replies.folded(party.name))
        kept = (found.asked_on, found.text, found.because_none) if found else ("", "", "")
        if (party.asked_on, party.reply, party.no_reply_because) != kept:
            yield Fault(
                "replies", f"party {party.name}",
                "its reply in the dossier is not that of the casebook",
                "Keep it in the casebook, and assemble the dossier anew. What is kept: "
                + command("reply", dossier.case_id),
            )  # fmt: skip


def _day(dossier: Dossier) -> date:
    try:
        return date.fromisoformat(dossier.published_on)
    except ValueError as error:
        raise DossierError(
            f"got {dossier.published_on!r}, expected the day on which {dossier.case_id} is "
            "published",
            hint="It is given by: "
            + command("publish", dossier.case_id, "--dossier", "FOLDER", "--by", "NAME"),
        ) from error
