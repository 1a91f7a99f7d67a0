"""What a dossier needs to leave the house: reviews, replies, allowances, publications."""

import sqlalchemy as sa
from alembic import op

from entrepot.casebook.migrations.entries import create_entries, refers, text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    create_entries(
        "case_reviews", text("review_id"), refers("case_id", "cases.case_id"), text("content_id"),
        text("decision"), text("because"), unique=["review_id"],
    )  # fmt: skip
    create_entries(
        "case_replies", text("reply_id"), refers("case_id", "cases.case_id"), text("party"),
        text("asked_on"), text("channel"), text("text"), text("because_none"),
        unique=["reply_id"],
    )  # fmt: skip
    create_entries(
        "case_allowances", text("allowance_id"), refers("case_id", "cases.case_id"), text("words"),
        text("because"), unique=["allowance_id"],
    )  # fmt: skip
    create_entries(
        "case_publications", text("publication_id"), refers("case_id", "cases.case_id"),
        text("dossier_id"), sa.Column("version", sa.Integer, nullable=False),
        text("manifest_sha256"), text("published_on"), text("changes"), text("action"),
        unique=["publication_id"],
    )  # fmt: skip
    for table in ("case_reviews", "case_replies", "case_allowances", "case_publications"):
        op.create_index(f"ix_{table}_case_id", table, ["case_id"])
