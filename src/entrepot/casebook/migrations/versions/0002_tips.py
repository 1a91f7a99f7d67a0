"""Tips: sealed parts, reviewers' keys and what became of them, redacted claims."""

import sqlalchemy as sa
from alembic import op

from entrepot.casebook.migrations.entries import create_entries, text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    create_entries(
        "reviewer_keys", text("recipient"), text("holder"), _bytes("challenge"), text("answer"),
        unique=["recipient"],
    )  # fmt: skip
    create_entries(
        "key_events", text("event_id"), text("recipient"), text("event"), text("because"),
        unique=["event_id"],
    )  # fmt: skip
    create_entries("tips", _number("number"), text("channel"), _number("parts"), unique=["number"])
    create_entries(
        "tip_parts", text("part_id"), _number("number"), _number("place"), text("recipients"),
        _bytes("sealed"), unique=["part_id"],
    )  # fmt: skip
    create_entries(
        "tip_claims", text("tip_claim_id"), _number("number"), text("made_by"), text("text"),
        unique=["tip_claim_id"],
    )  # fmt: skip
    for table, column in (("key_events", "recipient"), ("tip_parts", "number"),
                          ("tip_claims", "number")):  # fmt: skip
        op.create_index(f"ix_{table}_{column}", table, [column])


def _bytes(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=False)
