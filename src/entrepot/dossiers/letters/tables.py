"""The tables of the list of subscribers: a file of its own, as addresses must be erasable.

A person is `person`, a keyed hash of the address: the row with the address can go, and what must
be known afterwards, that this address never wants a letter again, stays without the address.
"""

from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

LAYOUT: Final = "1"
metadata: Final = MetaData()

PENDING, ACTIVE, FAILING = STATES = ("pending", "active", "failing")
SENDING, SENT, UNSURE = ("sending", "sent", "unsure")


def _text(name: str, *, empty: bool = False, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=empty, index=index)


settings: Final = Table(
    "settings", metadata, Column("name", Text, primary_key=True), _text("value")
)  # fmt: skip

people: Final = Table(
    "people",
    metadata,
    Column("person", Text, primary_key=True),
    Column("address", Text, nullable=False),
    _text("state", index=True),  # one of STATES; failing: its server refused it too often
    _text("topics"),  # by blanks; empty while nothing is confirmed
    _text("wanted"),  # topics that a confirmation will set; empty: none is awaited
    _text("token_hash", empty=True),  # sha256 of the token of confirmation
    _text("asked_at", empty=True),  # when a letter of confirmation was last made
    _text("expires_at", empty=True),  # a row still pending then is erased
    _text("since", empty=True),  # ISO day; what was published before is not new to this person
    _text("consented_on", empty=True),  # ISO day of the proof of consent
    _text("source"),  # what the proof is: a form, a fair, the confirmation itself
    _text("added_at"),
    Column("failures", Integer, nullable=False, default=0),  # permanent refusals in a row
    _text("failing"),  # what its server said last
    sqlite_with_rowid=False,
)
Index("people_token", people.c.token_hash, unique=True)

left: Final = Table(
    "people_left",
    metadata,
    Column("person", Text, primary_key=True),
    _text("left_on"),  # ISO day
    sqlite_with_rowid=False,
)

deliveries: Final = Table(
    "deliveries",
    metadata,
    Column("person", Text, primary_key=True),
    Column("item_id", Text, primary_key=True),
    _text("case_id"),
    Column("rank", Integer, nullable=False),  # Item.rank
    _text("state"),  # sending before the text leaves, sent after the answer, unsure: none came
    _text("message_id"),
    _text("at"),
    sqlite_with_rowid=False,
)
Index("deliveries_unsure", deliveries.c.state, sqlite_where=deliveries.c.state != SENT)
