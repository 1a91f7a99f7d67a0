"""Cases with their members and states, and results of checks."""

from alembic import op

from entrepot.casebook.migrations.entries import create_entries, refers, text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    create_entries(
        "cases", text("case_id"), text("title"), text("question"), text("hub"), text("target"),
        unique=["case_id"],
    )  # fmt: skip
    create_entries(
        "case_members", text("member_id"), refers("case_id", "cases.case_id"), text("thing_kind"),
        text("thing_id"), text("note"), text("row", null=True), unique=["member_id"],
    )  # fmt: skip
    create_entries(
        "case_states", text("state_id"), refers("case_id", "cases.case_id"), text("state"),
        text("because"), unique=["state_id"],
    )  # fmt: skip
    create_entries(
        "check_results", text("result_id"), text("claim_id"), text("check_id", null=True),
        text("what"), text("saw"), text("observer"), text("reference"), text("looked_on"),
        text("note"), text("file_name", null=True), text("file_sha256", null=True),
        refers("evidence_id", "evidence_items.evidence_id", null=True), unique=["result_id"],
    )  # fmt: skip
    for table, column in (("case_members", "case_id"), ("case_states", "case_id"),
                          ("check_results", "claim_id"),
                          ("check_results", "evidence_id")):  # fmt: skip
        op.create_index(f"ix_{table}_{column}", table, [column])
