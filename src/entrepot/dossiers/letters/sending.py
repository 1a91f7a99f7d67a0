"""A run of the newsletter: who gets what, and the letters that ask for confirmation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from sqlalchemy import Connection

from entrepot.dossiers.letters import people, sendlog
from entrepot.dossiers.letters.digest import current, fresh
from entrepot.dossiers.letters.item import Item
from entrepot.dossiers.letters.keys import token_hash
from entrepot.dossiers.letters.letter import addressed, confirmation, digest
from entrepot.dossiers.letters.lock import only_sender
from entrepot.dossiers.letters.mailing import Mailing, Outgoing, Progress, Tally
from entrepot.dossiers.letters.message import Body, Sender, message_id, written
from entrepot.dossiers.letters.pace import Pace
from entrepot.dossiers.letters.sendlog import Reader
from entrepot.dossiers.letters.smtp import Line, Server
from entrepot.dossiers.letters.store import Store

_BODIES = 256
"""Digests that are kept drawn: readers of the same topics get the same one."""


@dataclass(frozen=True, slots=True)
class Due:
    """One letter that is due.

    Attributes:
        reader: to whom.
        items: what it tells.
        message_id: of the letter.
        is_again: its items are unsure, and somebody has asked to send them again.
    """

    reader: Reader
    items: tuple[Item, ...]
    message_id: str
    is_again: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do, counted: letters due, items in them, one of them as a sample."""

    letters: int
    items: int
    sample: Due | None


def planned(store: Store, items: Sequence[Item], sender: Sender, *, retry_unsure: bool) -> Plan:
    """Count what is due now, without sending."""
    letters = told = 0
    sample = None
    with store.session() as connection:
        for due in _due(connection, items, sender, store.today(), retry_unsure):
            letters, told, sample = letters + 1, told + len(due.items), sample or due
    return Plan(letters, told, sample)


def send_digests(
    store: Store, items: Sequence[Item], sender: Sender, server: Server, *,
    pace: Pace | None = None, progress: Progress = lambda _: None, retry_unsure: bool = False,
) -> Tally:  # fmt: skip
    """Send each subscriber one letter with all that is new; nobody gets an item twice.

    It may be ended at any time and in any way, and goes on where it was. Letters of which the
    server has not said whether it took them stay unsure and are not sent again unasked.

    Args:
        store: the subscribers.
        items: all that is published.
        sender: who writes.
        server: over which server.
        pace: how fast; null: as fast as the server.
        progress: told after each letter.
        retry_unsure: send those of earlier runs that are unsure once more, too.

    Raises:
        WorkspaceError: another process is sending, or the store cannot be used.
        RequestError: the server cannot be reached or refuses all.
    """
    return _run(
        store, sender, server, pace, progress,
        lambda connection: (
            _outgoing(store, connection, due, sender, bodies)
            for bodies in (_drawer(sender),)
            for due in _due(connection, items, sender, store.today(), retry_unsure)
        ),
    )  # fmt: skip


def ask_waiting(
    store: Store, sender: Sender, server: Server, *, pace: Pace | None = None,
    progress: Progress = lambda _: None,
) -> Tally:  # fmt: skip
    """Ask everybody who was imported without proof of consent, once each, to confirm.

    Raises:
        WorkspaceError: another process is sending, or the store cannot be used.
        RequestError: the server cannot be reached or refuses all.
    """
    with store.reading() as connection:
        persons = people.waiting(connection)
    return _run(
        store, sender, server, pace, progress,
        lambda _: (one for person in persons if (one := _question(store, person, sender))),
    )  # fmt: skip


def send_question(store: Store, asked: people.Asked, sender: Sender, server: Server) -> Tally:
    """Send the letter of confirmation to one who has just subscribed.

    Raises:
        RequestError: the server cannot be reached.
    """
    at_once = Pace(wait=lambda seconds: seconds > 0)
    mailing = Mailing(Line(server, sender.address), at_once)
    return mailing.run([_asking(store, asked, sender)])


def question(store: Store, asked: people.Asked, sender: Sender) -> bytes:
    """The letter of confirmation as bytes."""
    identity = message_id(sender.domain, "confirm", asked.person, token_hash(asked.token))
    body = confirmation(sender, asked.topics, asked.token, asked.expires_at[:10])
    return written(body, sender, asked.address, identity=identity, at=store.clock())


def letter(store: Store, due: Due, sender: Sender, body: Body | None = None) -> bytes:
    """A due letter as bytes."""
    drawn = body or digest(due.items, sender)
    token = store.key.leaving(due.reader.person)
    return written(
        addressed(drawn, sender, due.reader.topics, token), sender, due.reader.address,
        identity=due.message_id, at=store.clock(), leave=token,
    )  # fmt: skip


def _run(
    store: Store, sender: Sender, server: Server, pace: Pace | None, progress: Progress,
    letters: Callable[[Connection], Iterator[Outgoing]],
) -> Tally:  # fmt: skip
    with only_sender(store.path), store.session() as connection:
        _settle(store, connection)
        try:
            return Mailing(Line(server, sender.address), pace or Pace(), progress).run(
                letters(connection)
            )
        finally:
            _settle(store, connection)


def _settle(store: Store, connection: Connection) -> None:
    if connection.in_transaction():
        connection.rollback()  # an interrupt may come in the midst of one
    with connection.begin():
        sendlog.settle(connection)
        people.drop_expired(connection, store.now())


def _due(
    connection: Connection, items: Sequence[Item], sender: Sender, today: str, retry_unsure: bool
) -> Iterator[Due]:
    now = current(items, today)
    by_id = {one.item_id: one for one in now}
    for chunk in sendlog.readers(connection, [one.case_id for one in now]):
        for reader in chunk:
            if retry_unsure:
                for identity, ids in reader.unsure.items():
                    found = tuple(by_id[one] for one in ids if one in by_id)
                    if found:
                        yield Due(reader, found, identity, True)
            if new := fresh(now, reader.topics, reader.since, reader.told):
                parts = [reader.person, *(one.item_id for one in new)]
                yield Due(reader, new, message_id(sender.domain, *parts), False)


def _drawer(sender: Sender) -> Callable[[tuple[Item, ...]], Body]:
    return lru_cache(_BODIES)(lambda items: digest(items, sender))


def _outgoing(
    store: Store, connection: Connection, due: Due, sender: Sender,
    bodies: Callable[[tuple[Item, ...]], Body],
) -> Outgoing:  # fmt: skip
    person, ids = due.reader.person, [one.item_id for one in due.items]
    return Outgoing(
        to=due.reader.address,
        content=lambda: letter(store, due, sender, bodies(due.items)),
        begin=partial(sendlog.begin_again, connection, person, ids) if due.is_again
        else lambda: sendlog.begin(connection, person, due.items, due.message_id, store.now()),
        done=lambda: sendlog.done(
            connection, person, ids, store.now(), was_failing=due.reader.failures > 0
        ),
        back=partial(
            sendlog.unsure_again if due.is_again else sendlog.taken_back, connection, person, ids
        ),
        refused=partial(sendlog.refused, connection, person),
    )  # fmt: skip


def _question(store: Store, person: str, sender: Sender) -> Outgoing | None:
    asked = people.ask_again(store, person)
    return _asking(store, asked, sender) if asked else None


def _asking(store: Store, asked: people.Asked, sender: Sender) -> Outgoing:
    def begin() -> bool:
        return people.mark_asked(store, asked.person, store.now())

    def back() -> None:
        people.mark_asked(store, asked.person, None)

    return Outgoing(
        to=asked.address, content=lambda: question(store, asked, sender), begin=begin,
        done=lambda: None, back=back, refused=lambda _: None,
    )  # fmt: skip
