"""The tables of cases and of what came of checks."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Text

from entrepot.casebook.tables import entry_table


def _text(name: str, *, empty: bool = False, index: bool = False) -> Column[object]:
    return Column(name, Text, nullable=empty, index=index)


def _id(name: str) -> Column[object]:
    return Column(name, Text, nullable=False, unique=True)


def _of_case() -> Column[object]:
    return Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False, index=True)


cases: Final = entry_table(
    "cases",
    "case",
    _id("case_id"),
    _text("title"),
    _text("question"),
    _text("hub"),  # ISO alpha-3; empty: none
    _text("target"),  # ISO alpha-3; empty: none
)

members: Final = entry_table(
    "case_members",
    "member",
    _id("member_id"),
    _of_case(),
    _text("thing_kind"),  # lead, claim, report, tip, check, result, party, note
    _text("thing_id"),  # its id; of a tip its number; of a note empty
    _text("note"),
    _text("row", empty=True),  # JSON of a check's row, as it was when it was added
)
"""What belongs to a case. Dropping one is a withdrawal."""

case_states: Final = entry_table(
    "case_states",
    "case state",
    _id("state_id"),
    _of_case(),
    _text("state"),
    _text("because"),
)

results: Final = entry_table(
    "check_results",
    "result",
    _id("result_id"),
    _text("claim_id", index=True),
    _text("check_id", empty=True),  # null: it is no check of a plan
    _text("what"),  # what was looked at, in words
    _text("saw"),  # for, against, nothing, could-not-see
    _text("observer"),  # who looked
    _text("reference"),  # where it can be looked at again
    _text("looked_on"),  # ISO day; empty: not said
    _text("note"),
    _text("file_name", empty=True),  # the last part of the name only
    _text("file_sha256", empty=True),
    Column("evidence_id", Text, ForeignKey("evidence_items.evidence_id"), index=True),
)
"""What came of a check. `evidence_id` null: it speaks neither for the claim nor against it."""
