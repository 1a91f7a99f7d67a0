"""Joining and leaving: asked twice, left once, and erased."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from entrepot.dossiers.letters.address import normal
from entrepot.dossiers.letters.keys import fresh_token, token_hash
from entrepot.dossiers.letters.store import Store
from entrepot.dossiers.letters.tables import ACTIVE, PENDING, deliveries, left, people
from entrepot.dossiers.letters.topics import topics as read_topics
from entrepot.errors import RequestError

DAYS_TO_CONFIRM: Final = 7
"""How long a confirmation may take, a choice; who has not confirmed is then erased."""
ASK_AGAIN: Final = timedelta(hours=1)
"""Between two letters of confirmation to one address: nobody is flooded with them."""
CONFIRMED: Final = "confirmed by letter"


@dataclass(frozen=True, slots=True)
class Asked:
    """A person who is to confirm.

    Attributes:
        person: keyed hash of the address.
        address: normal.
        topics: what is to be confirmed.
        token: for the letter; it is kept nowhere but as a hash.
        expires_at: UTC instant in ISO form.
    """

    person: str
    address: str
    topics: tuple[str, ...]
    token: str
    expires_at: str


def subscribe(
    store: Store, address: str, wanted: Sequence[str], *, days: int = DAYS_TO_CONFIRM
) -> Asked:
    """Note that somebody asks for letters; nothing is sent before the address confirms.

    Who is on the list already keeps the old topics until the new ones are confirmed.

    Raises:
        RequestError: no address, no topic, or a letter of confirmation went out within the hour.
        CodeError: a country or code in the topics is none.
    """
    plain, chosen = normal(address), read_topics(wanted)
    person, token = store.key.person(plain), fresh_token(store.random)
    now = store.clock().astimezone(UTC)
    expires = (now + timedelta(days=days)).isoformat(timespec="seconds")
    values = {"wanted": " ".join(chosen), "token_hash": token_hash(token),
              "expires_at": expires}  # fmt: skip
    with store.writing() as connection:
        drop_expired(connection, store.now())
        held = _row(connection, person)
        if held is None:
            connection.execute(
                insert(people).values(
                    person=person, address=plain, state=PENDING, topics="", source="",
                    added_at=store.now(), failures=0, failing="", **values,
                )
            )  # fmt: skip
        else:
            _not_too_often(held, now)
            connection.execute(update(people).where(people.c.person == person).values(**values))
    return Asked(person, plain, chosen, token, expires)


def mark_asked(store: Store, person: str, at: str | None) -> bool:
    """Write down when the letter of confirmation left; null: it did not. False: no such person."""
    with store.writing() as connection:
        return connection.execute(
            update(people).where(people.c.person == person).values(asked_at=at)
        ).rowcount > 0  # fmt: skip


def ask_again(store: Store, person: str, *, days: int = DAYS_TO_CONFIRM) -> Asked | None:
    """A new token for somebody who was imported without proof of consent; null: gone meanwhile."""
    with store.reading() as connection:
        held = _row(connection, person)
    if held is None or held.state != PENDING:
        return None
    return subscribe(store, held.address, held.wanted.split(), days=days)


def waiting(connection: Connection) -> tuple[str, ...]:
    """Persons who are pending and were never sent a letter of confirmation."""
    found = select(people.c.person).where(people.c.state == PENDING, people.c.asked_at.is_(None))
    return tuple(connection.execute(found.order_by(people.c.person)).scalars())


def is_asked(store: Store, token: str) -> Row[Any] | None:
    """The row that a token of confirmation is for; null: unknown, used or too old."""
    with store.reading() as connection:
        return _by_token(connection, token, store.now())


def confirm(store: Store, token: str) -> tuple[str, ...]:
    """Confirm with the token of the letter; it works once.

    Returns:
        The topics that now hold.

    Raises:
        RequestError: the token is not known, was used, or is too old.
    """
    with store.writing() as connection:
        held = _by_token(connection, token, store.now())
        if held is None:
            raise RequestError(
                "got a token that is unknown, used or too old, expected one of a letter of "
                "confirmation",
                hint="Subscribe again; a new letter comes.",
            )
        values: dict[str, Any] = {
            "state": ACTIVE, "topics": held.wanted, "wanted": "", "token_hash": None,
            "expires_at": None, "consented_on": store.today(), "source": CONFIRMED,
            "failures": 0, "failing": "",
        }  # fmt: skip
        if held.since is None:
            values["since"] = _since(connection, held.person, store.today())
        connection.execute(update(people).where(people.c.person == held.person).values(**values))
        connection.execute(delete(left).where(left.c.person == held.person))
        return tuple(held.wanted.split())


def unsubscribe(store: Store, person: str) -> bool:
    """Erase the address and all that was kept of it but a keyed hash and the day.

    Returns:
        Whether the person was on the list; leaving twice is no fault.
    """
    with store.writing() as connection:
        was = _erase(connection, person)
        if was:
            connection.execute(delete(left).where(left.c.person == person))
            connection.execute(insert(left).values(person=person, left_on=store.today()))
    if was:
        store.forget()
    return was


def forget(store: Store, person: str) -> bool:
    """Erase even the keyed hash: an import would then bring the address back."""
    with store.writing() as connection:
        was = _erase(connection, person)
        gone = connection.execute(delete(left).where(left.c.person == person)).rowcount
    store.forget()
    return was or gone > 0


def who(store: Store, text: str) -> str:
    """The person of an address, or of the token with which one leaves.

    Raises:
        RequestError: it is neither.
    """
    if "@" in text:
        return store.key.person(normal(text))
    person = store.key.who_leaves(text)
    if person is None:
        raise RequestError(
            "got a token that is not of this newsletter, expected an address or the token of a "
            "letter",
            hint="The token is the last part of the address under List-Unsubscribe.",
        )
    return person


def everybody(connection: Connection, person: str | None = None) -> Iterator[Row[Any]]:
    """All rows, or that of one person, in the order of addresses."""
    found = select(people).order_by(people.c.address)
    yield from connection.execute(found.where(people.c.person == person) if person else found)


def drop_expired(connection: Connection, now: str) -> int:
    """Erase who never confirmed; a change of topics that was not confirmed is dropped alone."""
    late = people.c.expires_at < now
    connection.execute(
        update(people).where(late, people.c.state != PENDING)
        .values(wanted="", token_hash=None, expires_at=None)
    )  # fmt: skip
    return connection.execute(delete(people).where(late, people.c.state == PENDING)).rowcount


def _erase(connection: Connection, person: str) -> bool:
    connection.execute(delete(deliveries).where(deliveries.c.person == person))
    return connection.execute(delete(people).where(people.c.person == person)).rowcount > 0


def _since(connection: Connection, person: str, today: str) -> str:
    """From which day on what is published is new to a person who confirms today.

    Nothing is kept of what was sent before a person left. Whatever that was had been published by
    that day, so who comes back the same day begins with the next: no item comes twice.
    """
    gone = connection.execute(select(left.c.left_on).where(left.c.person == person)).scalar()
    if gone is None or gone < today:
        return today
    return (date.fromisoformat(gone) + timedelta(days=1)).isoformat()


def _row(connection: Connection, person: str) -> Row[Any] | None:
    return connection.execute(select(people).where(people.c.person == person)).first()


def _by_token(connection: Connection, token: str, now: str) -> Row[Any] | None:
    found = select(people).where(
        people.c.token_hash == token_hash(token), people.c.expires_at >= now
    )
    return connection.execute(found).first()


def _not_too_often(held: Row[Any], now: datetime) -> None:
    if held.asked_at and now - datetime.fromisoformat(held.asked_at) < ASK_AGAIN:
        raise RequestError(
            "got a second request for one address within the hour, expected one",
            hint="A letter of confirmation is under way; ask again in an hour.",
        )
