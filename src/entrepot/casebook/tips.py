"""Tips in the casebook: sealed parts and a number; who told it is nowhere.

The working side sees the number, the week, how many parts there are and a redacted claim. A part
is read only with a reviewer's key file, in memory, and nothing in the clear is written anywhere.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyrage import x25519
from sqlalchemy import Connection, func, select

from entrepot.casebook.tables import trail
from entrepot.casebook.tip_keys import ReviewerKey, keys
from entrepot.casebook.tips_tables import tip_claims, tip_parts, tips
from entrepot.casebook.trail import Pen
from entrepot.errors import RequestError, SealError
from entrepot.evidence.tips.keys import own_public
from entrepot.evidence.tips.seal import Part, seal, unseal

OUTLINE, REVIEWER = "outline", "reviewer"
CHANNELS: Final = ("typed", "file", "mail", "securedrop", "globaleaks", "hushline")


@dataclass(frozen=True, slots=True)
class TipClaim:
    """What the working side sees: `text`, made by the program from codes, or by a reviewer."""

    tip_claim_id: str
    number: int
    made_by: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip without its content.

    Attributes:
        number: 1, 2, 3 ...
        week: ISO week in which it came in ("2026-W48").
        channel: one of `CHANNELS`.
        parts: how many sealed parts it has.
        recipients: public keys that open all its parts.
        claims: redacted claims, the reviewers' after those of the program.
    """

    number: int
    week: str
    channel: str
    parts: int
    recipients: tuple[str, ...]
    claims: tuple[TipClaim, ...]


def add_tip(pen: Pen, parts: Sequence[Part], channel: str, outline: Iterable[str] = ()) -> int:
    """Seal and keep a tip; its number.

    Args:
        pen: of the casebook.
        parts: in the clear, the message first; they are sealed before anything is written.
        channel: one of `CHANNELS`.
        outline: redacted claims made from codes alone (`tips.outline`).

    Raises:
        SealError: there is no key in use.
        RequestError: the tip is empty or the channel unknown.
    """
    if not parts or not any(part.content for part in parts):
        raise RequestError("got an empty tip, expected words or a file")
    if channel not in CHANNELS:
        raise RequestError(f"got channel {channel!r}, expected {', '.join(CHANNELS)}")
    recipients = _recipients(pen.connection)
    sealed = [seal(part, recipients) for part in parts]
    number = 1 + (pen.connection.execute(select(func.max(tips.c.number))).scalar() or 0)
    row = {"number": number, "channel": channel, "parts": len(parts)}
    pen.add(tips, row, action="add", object_id=f"tip {number}", exact="week")
    for place, one in enumerate(sealed):
        _keep(pen, number, place, one, recipients, "add")
    for text in outline:
        add_claim(pen, number, OUTLINE, text)
    return number


def add_claim(pen: Pen, number: int, made_by: str, text: str) -> str:
    """Keep a redacted claim of a tip; its id.

    Raises:
        RequestError: there is no such tip, or no words.
    """
    _checked(pen.connection, number)
    if not text.strip():
        raise RequestError("got an empty claim, expected what the working side may see")
    made = pen.fresh_id("tcl", str(number), text)
    row = {"tip_claim_id": made, "number": number, "made_by": made_by, "text": text.strip()}
    pen.add(tip_claims, row, action="redact", object_id=f"tip {number}", exact="week")
    return made


def listed(connection: Connection) -> tuple[Tip, ...]:
    """All tips without their content, by number."""
    claims = _claims(connection)
    opened_by = {number: _opening(rows) for number, rows in _rows(connection).items()}
    asked = select(tips, trail.c.at).join(trail, trail.c.seq == tips.c.seq)
    return tuple(
        Tip(row.number, row.at, row.channel, row.parts, opened_by.get(row.number, ()),
            tuple(one for one in claims if one.number == row.number))
        for row in connection.execute(asked.order_by(tips.c.number))
    )  # fmt: skip


def open_parts(connection: Connection, number: int, identity: x25519.Identity) -> tuple[Part, ...]:
    """The parts of a tip in the clear, in memory.

    Raises:
        RequestError: there is no such tip.
        SealError: the key opens none of its versions, or a part is damaged.
    """
    _checked(connection, number)
    key = own_public(identity)
    newest: dict[int, bytes] = {}
    for place, recipients, part_id in _rows(connection)[number]:
        if key in recipients:
            newest[place] = _sealed(connection, part_id)
    total = len({place for place, _, _ in _rows(connection)[number]})
    if len(newest) < total:
        raise SealError(
            f"tip {number} is not sealed to the key {key[:16]}...",
            hint="entrepot tip keys list shows whose keys open which tip; a reviewer who can open "
            "it seals it anew with entrepot tip reseal.",
        )
    return tuple(unseal(newest[place], identity) for place in sorted(newest))


def reseal(pen: Pen, identity: x25519.Identity) -> tuple[int, ...]:
    """Seal every tip that this key opens to all keys in use; numbers of those that changed.

    The older sealed parts stay: whoever has an old key and a copy of the casebook can still open
    them.

    Raises:
        SealError: there is no key in use, or a part is damaged.
    """
    recipients = _recipients(pen.connection)
    done = []
    for tip in listed(pen.connection):
        if set(tip.recipients) >= set(recipients) or own_public(identity) not in tip.recipients:
            continue
        for place, part in enumerate(open_parts(pen.connection, tip.number, identity)):
            _keep(pen, tip.number, place, seal(part, recipients), recipients, "reseal")
        done.append(tip.number)
    return tuple(done)


def out_of_reach(connection: Connection) -> tuple[int, ...]:
    """Tips that no key in use opens: lost, unless a key turns up again."""
    used = {one.recipient for one in keys(connection) if one.in_use}
    return tuple(tip.number for tip in listed(connection) if not used & set(tip.recipients))


def hanging_on(connection: Connection, key: ReviewerKey) -> tuple[int, ...]:
    """Tips that this key opens and no other key in use does."""
    used = {one.recipient for one in keys(connection) if one.in_use} - {key.recipient}
    return tuple(
        tip.number for tip in listed(connection)
        if key.recipient in tip.recipients and not used & set(tip.recipients)
    )  # fmt: skip


def _recipients(connection: Connection) -> list[str]:
    used = [one.recipient for one in keys(connection) if one.in_use]
    if not used:
        raise SealError(
            "no reviewer has proved to have a key, so nothing was taken in",
            hint="entrepot tip keys new FILE --holder NAME makes, keeps and proves one.",
        )
    return used


def _keep(pen: Pen, number: int, place: int, sealed: bytes, to: list[str], action: str) -> None:
    row = {"part_id": hashlib.sha256(sealed).hexdigest(), "number": number, "place": place,
           "recipients": json.dumps(to), "sealed": sealed}  # fmt: skip
    pen.add(tip_parts, row, action=action, object_id=f"tip {number}", exact="week")


def _checked(connection: Connection, number: int) -> None:
    if connection.execute(select(tips.c.seq).where(tips.c.number == number)).first() is None:
        raise RequestError(f"there is no tip {number}", hint="entrepot tip list shows the numbers.")


_Row = tuple[int, tuple[str, ...], str]


def _rows(connection: Connection) -> dict[int, list[_Row]]:
    """Number -> place, public keys and id of each sealed part, older ones first."""
    found: dict[int, list[_Row]] = {}
    asked = select(tip_parts.c.number, tip_parts.c.place, tip_parts.c.recipients,
                   tip_parts.c.part_id).order_by(tip_parts.c.seq)  # fmt: skip
    for row in connection.execute(asked):
        made = (row.place, tuple(json.loads(row.recipients)), row.part_id)
        found.setdefault(row.number, []).append(made)
    return found


def _opening(rows: Sequence[_Row]) -> tuple[str, ...]:
    """Keys that open every place of a tip, in one version or another."""
    places: dict[int, set[str]] = {}
    for place, recipients, _ in rows:
        places.setdefault(place, set()).update(recipients)
    return tuple(sorted(set.intersection(*places.values()))) if places else ()


def _sealed(connection: Connection, part_id: str) -> bytes:
    asked = select(tip_parts.c.sealed).where(tip_parts.c.part_id == part_id)
    return bytes(connection.execute(asked).scalar_one())


def _claims(connection: Connection) -> tuple[TipClaim, ...]:
    asked = select(tip_claims, trail.c.said_by).join(trail, trail.c.seq == tip_claims.c.seq)
    return tuple(
        TipClaim(row.tip_claim_id, row.number, row.made_by, row.text, row.said_by)
        for row in connection.execute(asked.order_by(tip_claims.c.seq))
    )
