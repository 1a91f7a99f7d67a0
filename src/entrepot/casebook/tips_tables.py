"""Tables of tips: sealed parts, the keys they are sealed to, and what the working side may see."""

from typing import Final

from sqlalchemy import Column, Integer, LargeBinary, Text

from entrepot.casebook.tables import entry_table


def _text(name: str, *, unique: bool = False, index: bool = False) -> Column[object]:
    return Column(name, Text, nullable=False, unique=unique, index=index)


reviewer_keys: Final = entry_table(
    "reviewer_keys",
    "key",
    _text("recipient", unique=True),  # public age key
    _text("holder"),  # who has the secret half
    Column("challenge", LargeBinary, nullable=False),  # a random word sealed to it
    _text("answer"),  # sha256 of that word
)

key_events: Final = entry_table(
    "key_events",
    "key event",
    _text("event_id", unique=True),
    _text("recipient", index=True),
    _text("event"),  # proven, lost, retired
    _text("because"),
)

tips: Final = entry_table(
    "tips",
    "tip",
    Column("number", Integer, nullable=False, unique=True),
    _text("channel"),  # how it came in: typed, file, mail, securedrop, globaleaks, hushline
    Column("parts", Integer, nullable=False),
)
"""A tip. The trail says in which week it came, and no more."""

tip_parts: Final = entry_table(
    "tip_parts",
    "tip part",
    _text("part_id", unique=True),  # sha256 of the sealed bytes
    Column("number", Integer, nullable=False, index=True),
    Column("place", Integer, nullable=False),  # order in the tip, from 0
    _text("recipients"),  # JSON list of public keys
    Column("sealed", LargeBinary, nullable=False),
)
"""Sealed bytes. A tip that was sealed anew has newer parts under the same places."""

tip_claims: Final = entry_table(
    "tip_claims",
    "tip claim",
    _text("tip_claim_id", unique=True),
    Column("number", Integer, nullable=False, index=True),
    _text("made_by"),  # outline: by the program, from codes alone; reviewer: by a person
    _text("text"),
)
"""What the working side sees of a tip."""
