"""What was sent to whom, written down before and after: the reason why nothing is sent twice.

`sending` is written when the server has taken the address and waits for the text, `sent` when it
has answered. A row that is still `sending` when nobody sends is `unsure`: the server may or may
not have the letter. It is not sent again unless somebody who has looked asks for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from entrepot.dossiers.letters.item import Item
from entrepot.dossiers.letters.store import unhurried
from entrepot.dossiers.letters.tables import (
    ACTIVE,
    FAILING,
    PENDING,
    SENDING,
    SENT,
    UNSURE,
    deliveries,
    people,
)

CHUNK: Final = 500
"""Persons that are read at once: memory does not grow with the list."""
REFUSALS: Final = 3
"""Permanent refusals in a row, one a run, after which an address is sent nothing more: a choice."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to whom letters go.

    Attributes:
        person: keyed hash of the address.
        address: normal.
        topics: confirmed.
        since: ISO day; what was published before is not new.
        told: rank of the newest edition of each case that was sent or may have been.
        unsure: item ids that may have been sent, by the Message-ID of their letter.
        failures: permanent refusals in a row.
    """

    person: str
    address: str
    topics: tuple[str, ...]
    since: str
    told: dict[str, int]
    unsure: dict[str, tuple[str, ...]]
    failures: int = 0


def settle(connection: Connection) -> int:
    """Mark as unsure what a run that is over left open; only with the lock of the sender."""
    return connection.execute(
        update(deliveries).where(deliveries.c.state == SENDING).values(state=UNSURE)
    ).rowcount


def readers(connection: Connection, cases: Sequence[str]) -> Iterator[list[Reader]]:
    """All active persons with what they were told of these cases, in chunks, by person.

    Each chunk is read in a transaction of its own, so that who leaves meanwhile is not in a later
    one.
    """
    after = ""
    while True:
        with connection.begin():
            chunk = _chunk(connection, after, cases)
        if not chunk:
            return
        yield chunk
        after = chunk[-1].person


def _chunk(connection: Connection, after: str, cases: Sequence[str]) -> list[Reader]:
    rows = connection.execute(
        select(
            people.c.person, people.c.address, people.c.topics, people.c.since, people.c.failures
        )
        .where(people.c.state == ACTIVE, people.c.person > after)
        .order_by(people.c.person)
        .limit(CHUNK)
    ).all()
    if not rows:
        return []
    told: dict[str, dict[str, int]] = {}
    unsure: dict[str, dict[str, tuple[str, ...]]] = {}
    wanted = set(cases)
    between = deliveries.c.person.between(rows[0].person, rows[-1].person)
    for one in connection.execute(select(deliveries).where(between)):
        if one.case_id in wanted:
            known = told.setdefault(one.person, {})
            known[one.case_id] = max(one.rank, known.get(one.case_id, 0))
        if one.state == UNSURE:
            letters = unsure.setdefault(one.person, {})
            letters[one.message_id] = (*letters.get(one.message_id, ()), one.item_id)
    return [
        Reader(one.person, one.address, tuple(one.topics.split()), one.since or "",
               told.get(one.person, {}), unsure.get(one.person, {}), one.failures)
        for one in rows
    ]  # fmt: skip


_BEGIN: Final = insert(deliveries).from_select(
    ["person", "item_id", "case_id", "rank", "state", "message_id", "at"],
    select(
        people.c.person, bindparam("item_id"), bindparam("case_id"), bindparam("rank"),
        literal(SENDING), bindparam("message_id"), bindparam("at"),
    ).where(people.c.person == bindparam("who"), people.c.state == ACTIVE),
).prefix_with("OR IGNORE")  # fmt: skip
_AGAIN: Final = (
    update(deliveries)
    .where(deliveries.c.person == bindparam("who"), deliveries.c.item_id == bindparam("what"),
           deliveries.c.state == UNSURE)
    .values(state=SENDING)
)  # fmt: skip
_SENT: Final = (
    update(deliveries)
    .where(deliveries.c.person == bindparam("who"), deliveries.c.item_id == bindparam("what"))
    .values(state=SENT, at=bindparam("now"))
)
_BACK: Final = delete(deliveries).where(
    deliveries.c.person == bindparam("who"), deliveries.c.item_id == bindparam("what")
)


def begin(
    connection: Connection, person: str, items: Sequence[Item], message_id: str, now: str
) -> bool:
    """Write down that the text is about to leave.

    Returns:
        False: the person has left, or one of the items was sent meanwhile; nothing may be sent.
    """
    rows = [{"who": person, "item_id": one.item_id, "case_id": one.case_id, "rank": one.rank,
             "message_id": message_id, "at": now} for one in items]  # fmt: skip
    with connection.begin() as transaction:
        if connection.execute(_BEGIN, rows).rowcount == len(rows):
            return True
        transaction.rollback()
    return False


def begin_again(connection: Connection, person: str, items: Sequence[str]) -> bool:
    """The same for what is unsure and somebody has asked to send again."""
    with connection.begin() as transaction:
        rows = [{"who": person, "what": one} for one in items]
        if connection.execute(_AGAIN, rows).rowcount == len(rows):
            return True
        transaction.rollback()
    return False


def done(
    connection: Connection, person: str, items: Sequence[str], now: str, *, was_failing: bool
) -> None:
    """The server has taken the letter; that ends a row of refusals, too.

    This need not be on the disk before the next letter begins, whose own entry brings it there:
    a power cut between leaves the letter unsure and no worse.
    """
    with unhurried(connection), connection.begin():
        connection.execute(_SENT, [{"who": person, "what": one, "now": now} for one in items])
        if was_failing:
            connection.execute(
                update(people).where(people.c.person == person).values(failures=0, failing="")
            )


def taken_back(connection: Connection, person: str, items: Sequence[str]) -> None:
    """The server has said that it did not take the letter: it was not sent."""
    with connection.begin():
        connection.execute(_BACK, [{"who": person, "what": one} for one in items])


def unsure_again(connection: Connection, person: str, items: Sequence[str]) -> None:
    """The server did not take what was sent again; of the first time it is known as little."""
    with connection.begin():
        connection.execute(
            update(deliveries)
            .where(deliveries.c.person == person, deliveries.c.item_id.in_(items))
            .values(state=UNSURE)
        )  # fmt: skip


def refused(connection: Connection, person: str, said: str) -> None:
    """The server does not take letters for this address; after `REFUSALS` none is sent."""
    with connection.begin():
        row = connection.execute(
            update(people).where(people.c.person == person)
            .values(failures=people.c.failures + 1, failing=said[:300])
            .returning(people.c.failures)
        ).first()  # fmt: skip
        if row is not None and row.failures >= REFUSALS:
            connection.execute(
                update(people).where(people.c.person == person, people.c.state == ACTIVE)
                .values(state=FAILING)
            )  # fmt: skip


def counts(connection: Connection) -> dict[str, int]:
    """How many persons in each state, and letters by state."""
    found: dict[str, int] = dict.fromkeys((ACTIVE, PENDING, FAILING), 0)
    by_state = select(people.c.state, func.count()).group_by(people.c.state)
    found |= {one[0]: one[1] for one in connection.execute(by_state)}
    letters = select(
        deliveries.c.state, func.count(func.distinct(deliveries.c.message_id))
    ).group_by(deliveries.c.state)
    found |= {f"letters {one[0]}": one[1] for one in connection.execute(letters)}
    return found


def unsure_letters(connection: Connection) -> list[dict[str, Any]]:
    """Letters of which nobody knows whether the server has them, one row each."""
    found = (
        select(people.c.address, deliveries.c.message_id, deliveries.c.at,
               func.group_concat(deliveries.c.item_id, " ").label("items"))
        .join(people, people.c.person == deliveries.c.person)
        .where(deliveries.c.state.in_([UNSURE, SENDING]))
        .group_by(people.c.address, deliveries.c.message_id, deliveries.c.at)
        .order_by(people.c.address)
    )  # fmt: skip
    return [
        {"address": one.address, "message_id": one.message_id, "at": one.at,
         "items": one.items.split()}
        for one in connection.execute(found)
    ]  # fmt: skip
