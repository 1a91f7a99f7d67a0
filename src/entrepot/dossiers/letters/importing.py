"""Lists of addresses brought in from elsewhere, with the proof that each was asked."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from entrepot.dossiers.letters.address import normal
from entrepot.dossiers.letters.item import one_line
from entrepot.dossiers.letters.people import drop_expired
from entrepot.dossiers.letters.store import Store
from entrepot.dossiers.letters.tables import ACTIVE, PENDING, left, people
from entrepot.dossiers.letters.topics import topics
from entrepot.errors import EntrepotError, RequestError

COLUMNS: Final = ("address", "topics", "consented_on", "source")
"""Of a file; only `address` must be there."""
DAYS_PENDING: Final = 30
"""How long an address without proof is kept before it is erased, a choice."""
_CHUNK: Final = 2_000
_LONGEST_SOURCE: Final = 300


@dataclass(slots=True)
class Imported:
    """What an import did, by row.

    Attributes:
        active: with proof of consent; they get letters.
        pending: without; they get nothing before they confirm.
        held: on the list already, or twice in the file; nothing of theirs was changed.
        left: they left before and are not brought back.
        refused: line and why, of rows that are no subscriber.
    """

    active: int = 0
    pending: int = 0
    held: int = 0
    left: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def rows_of(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their lines.

    Raises:
        RequestError: it has no column `address`, or no CSV can be read from it.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        if "address" not in names:
            raise RequestError(
                f"got columns {', '.join(names) or 'none'}, expected address and, as proof of "
                "consent, consented_on and source",
                hint="A first line: address,topics,consented_on,source",
            )
        reader.fieldnames = names
        for row in reader:
            yield reader.line_num, {name: row.get(name) or "" for name in COLUMNS}
    except csv.Error as error:
        raise RequestError(
            f"line {reader.line_num}: got {error}, expected comma-separated values"
        ) from error


def add(store: Store, rows: Iterable[tuple[int, dict[str, str]]], *, since: str = "") -> Imported:
    """Bring rows in, all of them or, after a fault, none.

    A row with a day and a source of consent becomes active, any other pending. Who has left is
    never brought back, and who is on the list keeps what was chosen there.

    Args:
        store: the subscribers.
        rows: line and values by `COLUMNS`; topics by semicolon.
        since: ISO day; what was published before is not sent to them; empty: today.
    """
    done, now = Imported(), store.now()
    today = now[:10]
    with store.writing() as connection:
        drop_expired(connection, now)
        seen: set[str] = set()
        chunk: list[dict[str, Any]] = []
        for line, row in rows:
            try:
                made = _made(store, row, since or today, now)
            except EntrepotError as error:
                done.refused.append((line, str(error)))
                continue
            if made["person"] in seen:
                done.held += 1
                continue
            seen.add(made["person"])
            chunk.append(made)
            if len(chunk) == _CHUNK:
                _keep(connection, chunk, done)
                chunk.clear()
        _keep(connection, chunk, done)
    return done


def _made(store: Store, row: dict[str, str], since: str, now: str) -> dict[str, Any]:
    address = normal(row["address"])
    chosen = " ".join(topics([row["topics"]]))
    source = one_line(row["source"])[:_LONGEST_SOURCE]
    consented_on = _day(row["consented_on"].strip(), now[:10])
    is_proven = bool(consented_on and source)
    expires = date.fromisoformat(now[:10]) + timedelta(days=DAYS_PENDING)
    return {
        "person": store.key.person(address), "address": address,
        "state": ACTIVE if is_proven else PENDING, "topics": chosen if is_proven else "",
        "wanted": "" if is_proven else chosen, "since": since if is_proven else None,
        "consented_on": consented_on or None, "source": source, "added_at": now,
        "expires_at": None if is_proven else f"{expires.isoformat()}T00:00:00+00:00",
        "failures": 0, "failing": "",
    }  # fmt: skip


def _day(text: str, today: str) -> str:
    if not text:
        return ""
    try:
        found = date.fromisoformat(text[:10]).isoformat()
    except ValueError as error:
        raise RequestError(
            f"got consented_on {text!r}, expected a day such as 2026-05-01"
        ) from error
    if found > today:
        raise RequestError(f"got consented_on {found}, expected a day that has been")
    return found


def _keep(connection: Connection, chunk: Sequence[dict[str, Any]], done: Imported) -> None:
    if not chunk:
        return
    persons = [one["person"] for one in chunk]
    held = set(
        connection.execute(select(people.c.person).where(people.c.person.in_(persons))).scalars()
    )
    gone = set(
        connection.execute(select(left.c.person).where(left.c.person.in_(persons))).scalars()
    )
    new = [one for one in chunk if one["person"] not in held and one["person"] not in gone]
    if new:
        connection.execute(insert(people), new)
    done.held += len(held)
    done.left += len(gone - held)
    done.active += sum(one["state"] == ACTIVE for one in new)
    done.pending += sum(one["state"] == PENDING for one in new)
