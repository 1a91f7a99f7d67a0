"""Reviewers' keys in the casebook: whose they are, and when their holder last proved to have them.

A key counts only after its holder opened a challenge with it, so that a tip is never sealed to a
key that nobody has. A key that is said to be lost is out at once, and what it alone could open is
told in the same breath.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pyrage
from pyrage import x25519
from sqlalchemy import Connection, select

from entrepot.casebook.tables import trail
from entrepot.casebook.tips_tables import key_events, reviewer_keys
from entrepot.casebook.trail import Pen
from entrepot.errors import RequestError, SealError
from entrepot.evidence.tips.keys import own_public, public_key

PROVEN, LOST, RETIRED = "proven", "lost", "retired"
STALE_DAYS: Final = 90
"""Days after which a proof is old and whoever adds a tip is told. Choice: a quarter."""

_WORD_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class ReviewerKey:
    """A reviewer's public key and its standing.

    Attributes:
        recipient: public age key.
        holder: who has the secret half.
        proven_on: last day on which it was shown to open something; null: never.
        ended: `lost` or `retired`; empty: in use.
    """

    recipient: str
    holder: str
    proven_on: date | None
    ended: str

    @property
    def in_use(self) -> bool:
        """Whether tips are sealed to it: proven, and neither lost nor retired."""
        return self.proven_on is not None and not self.ended

    def is_stale(self, today: date) -> bool:
        """Whether its last proof is older than `STALE_DAYS`."""
        return self.proven_on is None or (today - self.proven_on).days > STALE_DAYS


def add_key(pen: Pen, recipient: str, holder: str) -> str:
    """Keep a public key with a challenge for its holder; the key as kept.

    Raises:
        SealError: it is no public key.
        RequestError: it is kept already, or nobody holds it.
    """
    key = public_key(recipient)
    if not holder.strip():
        raise RequestError("got nobody who holds the key", hint="Give --holder NAME.")
    if any(one.recipient == key for one in keys(pen.connection)):
        raise RequestError(f"the key {key[:16]}... is kept already")
    word = secrets.token_bytes(_WORD_BYTES)
    challenge = bytes(pyrage.encrypt(word, [x25519.Recipient.from_str(key)]))
    row = {"recipient": key, "holder": holder.strip(), "challenge": challenge,
           "answer": hashlib.sha256(word).hexdigest()}  # fmt: skip
    pen.add(reviewer_keys, row, action="add", object_id=key)
    return key


def prove(pen: Pen, identity: x25519.Identity) -> ReviewerKey:
    """Open the challenge of a key, which shows that its holder has it.

    Raises:
        RequestError: the key is not kept, or was lost or retired.
        SealError: it does not open its challenge.
    """
    key = own_public(identity)
    held = _known(pen.connection, key)
    if held.ended:
        raise RequestError(f"the key {key[:16]}... was {held.ended}", hint="Make a new one.")
    row = pen.connection.execute(
        select(reviewer_keys).where(reviewer_keys.c.recipient == key)
    ).one()
    try:
        word = bytes(pyrage.decrypt(bytes(row.challenge), [identity]))
    except pyrage.DecryptError as error:
        raise SealError(f"the key {key[:16]}... does not open its challenge") from error
    if hashlib.sha256(word).hexdigest() != row.answer:
        raise SealError(
            f"the challenge of key {key[:16]}... was changed",
            hint="entrepot casebook check says what else differs.",
        )
    _note(pen, key, PROVEN, "")
    return _known(pen.connection, key)


def end_key(pen: Pen, recipient: str, event: str, because: str) -> ReviewerKey:
    """Say that a key is lost or no longer used; nothing is sealed to it from now on.

    Raises:
        RequestError: the key is not kept, or has ended already.
    """
    held = _known(pen.connection, recipient)
    if held.ended:
        raise RequestError(f"the key {held.recipient[:16]}... was {held.ended} already")
    _note(pen, held.recipient, event, because)
    return _known(pen.connection, held.recipient)


def keys(connection: Connection) -> tuple[ReviewerKey, ...]:
    """All keys, in the order in which they were added."""
    proofs: dict[str, date] = {}
    ends: dict[str, str] = {}
    asked = select(key_events, trail.c.at).join(trail, trail.c.seq == key_events.c.seq)
    for row in connection.execute(asked.order_by(key_events.c.seq)):
        if row.event == PROVEN:
            proofs[row.recipient] = datetime.fromisoformat(row.at).date()
        else:
            ends[row.recipient] = row.event
    found = connection.execute(select(reviewer_keys).order_by(reviewer_keys.c.seq))
    return tuple(
        ReviewerKey(row.recipient, row.holder, proofs.get(row.recipient),
                    ends.get(row.recipient, ""))
        for row in found
    )  # fmt: skip


def _known(connection: Connection, recipient: str) -> ReviewerKey:
    """A key by its text or by its beginning, where that is enough to tell it."""
    plain = recipient.strip()
    found = [one for one in keys(connection) if one.recipient.startswith(plain)] if plain else []
    if len(found) != 1:
        raise RequestError(
            f"got key {plain[:24]!r}, which is {'no' if not found else 'more than one'} key of "
            "this casebook",
            hint="entrepot tip keys list shows them; entrepot tip keys add keeps one.",
        )
    return found[0]


def _note(pen: Pen, key: str, event: str, because: str) -> None:
    row = {"event_id": pen.fresh_id("kev", key, event), "recipient": key, "event": event,
           "because": because}  # fmt: skip
    pen.add(key_events, row, action=event, object_id=key, exact="day")
