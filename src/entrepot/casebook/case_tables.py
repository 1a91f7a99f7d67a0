"""The tables of cases and of what came of checks."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Text

from entrepot.casebook.tables import entry_table, id_column, text_column


def of_case() -> Column[object]:
    """The case that an entry is about."""
    return Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False, index=True)


cases: Final = entry_table(
    "cases",
    "case",
    id_column("case_id"),
    text_column("title"),
    text_column("question"),
    text_column("hub"),  # ISO alpha-3; empty: none
    text_column("target"),  # ISO alpha-3; empty: none
)

members: Final = entry_table(
    "case_members",
    "member",
    id_column("member_id"),
    of_case(),
    text_column("thing_kind"),  # lead, claim, report, tip, check, result, party, note
    text_column("thing_id"),  # its id; of a tip its number; of a note empty
    text_column("note"),
    text_column("row", empty=True),  # JSON of a check's row, as it was when it was added
)
"""What belongs to a case. Dropping one is a withdrawal."""

case_states: Final = entry_table(
    "case_states",
    "case state",
    id_column("state_id"),
    of_case(),
    text_column("state"),
    text_column("because"),
)

results: Final = entry_table(
    "check_results",
    "result",
    id_column("result_id"),
    text_column("claim_id", index=True),
    text_column("check_id", empty=True),  # null: it is no check of a plan
    text_column("what"),  # what was looked at, in words
    text_column("saw"),  # for, against, nothing, could-not-see
    text_column("observer"),  # who looked
    text_column("reference"),  # where it can be looked at again
    text_column("looked_on"),  # ISO day; empty: not said
    text_column("note"),
    text_column("file_name", empty=True),  # the last part of the name only
    text_column("file_sha256", empty=True),
    Column("evidence_id", Text, ForeignKey("evidence_items.evidence_id"), index=True),
)
"""What came of a check. `evidence_id` null: it speaks neither for the claim nor against it."""
