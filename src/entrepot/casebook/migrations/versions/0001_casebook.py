"""Trail, reports, claims, decisions, evidence, grades, links, standings."""

import sqlalchemy as sa
from alembic import op

from entrepot.casebook.migrations.entries import SEQ, create_entries, guard, refers, text

revision = "0001"
down_revision = None

INDEXED = (
    ("appearances", "report_id"), ("claims", "claim_id"), ("claims", "report_id"),
    ("claims", "type"), ("claim_decisions", "claim_id"), ("withdrawals", "entry_id"),
    ("evidence_items", "claim_id"), ("evidence_items", "report_id"), ("grades", "subject_id"),
    ("derivation_links", "report_a"), ("derivation_links", "report_b"), ("standings", "claim_id"),
)  # fmt: skip


def upgrade() -> None:
    """Make the tables."""
    _trail()
    create_entries("layouts", text("layout"), text("software"))
    _told()
    _judged()
    for table, column in INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_trail_object_id", "trail", ["object_id"])


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=False),
        *(text(name) for name in (
            "at", "said_by", "action", "kind", "object_id", "content", "previous", "hash"
        )),
        sa.UniqueConstraint("hash", name="uq_trail_hash"),
    )  # fmt: skip
    guard("trail", ("seq", "hash"))


def _told() -> None:
    create_entries("reports", text("report_id"), text("text"), unique=["report_id"])
    create_entries(
        "appearances", text("appearance_id"), refers("report_id", "reports.report_id"),
        text("name"), text("publisher"), text("title"), text("reported_on", null=True),
        text("file_id"), text("notes"), unique=["appearance_id"],
    )  # fmt: skip
    create_entries(
        "claims", text("reading_id"), text("claim_id"), refers("report_id", "reports.report_id"),
        text("type"), text("row"), unique=["reading_id"],
    )  # fmt: skip


def _judged() -> None:
    create_entries(
        "claim_decisions", text("decision_id"), text("claim_id"),
        refers("reading_id", "claims.reading_id"), text("decision"), text("fields"),
        text("agrees_with", null=True), text("because"), unique=["decision_id"],
    )  # fmt: skip
    create_entries(
        "withdrawals", text("withdrawal_id"), text("entry_id"), text("because"),
        unique=["withdrawal_id"],
    )  # fmt: skip
    create_entries(
        "evidence_items", text("evidence_id"), text("claim_id"), text("relation"),
        refers("report_id", "reports.report_id", null=True), text("reference"), text("observer"),
        text("note"), unique=["evidence_id"],
    )  # fmt: skip
    create_entries(
        "grades", text("grade_id"), text("subject_kind"), text("subject_id"),
        text("reliability", null=True), sa.Column("credibility", sa.Integer), text("because"),
        unique=["grade_id"],
    )  # fmt: skip
    create_entries(
        "derivation_links", text("link_id"), refers("report_a", "reports.report_id"),
        refers("report_b", "reports.report_id"), text("relation"), text("because"),
        unique=["link_id"],
    )  # fmt: skip
    create_entries(
        "standings", text("standing_id"), text("claim_id"), text("standing"), text("inputs"),
        unique=["standing_id"],
    )  # fmt: skip
