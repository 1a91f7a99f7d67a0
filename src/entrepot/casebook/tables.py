"""The tables of the casebook: every row is an entry, written once and never changed.

Every table but `trail` has a column `seq`, the number of the entry in the trail, where it says
when, by whom and with which hash the entry was written. Days are ISO text and structures JSON
text, so that an entry hashes to the same on SQLite and on PostgreSQL.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Table, Text

metadata: Final = MetaData()
"""All tables; `tips_tables` adds its own."""

Sequence: Final = BigInteger().with_variant(Integer, "sqlite")
"""The number of an entry."""

trail: Final = Table(
    "trail",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=False),  # 1, 2, 3 ... without a gap
    Column("at", Text, nullable=False),  # UTC instant in ISO form; of tips a day or a week
    Column("said_by", Text, nullable=False),
    Column("action", Text, nullable=False),  # add, confirm, edit, reject, undo, grade, link ...
    Column("kind", Text, nullable=False),  # which table the entry stands in: see `registry`
    Column("object_id", Text, nullable=False),  # what it is about: a report, a claim, a tip
    Column("content", Text, nullable=False),  # sha256 of the entry
    Column("previous", Text, nullable=False),  # hash of the line before; zeros at the first
    Column("hash", Text, nullable=False, unique=True),  # sha256 of all of the above
)


def entry_table(name: str, kind: str, *columns: Column[object]) -> Table:
    """A table of entries: `seq` and the columns given.

    Args:
        name: of the table.
        kind: what one row is called in the trail.
        columns: of type Text, Integer or LargeBinary; these are what `content` knows to hash.
    """
    seq: Column[object] = Column(
        "seq", Sequence, ForeignKey("trail.seq"), primary_key=True, autoincrement=False
    )
    return Table(name, metadata, seq, *columns, info={"kind": kind})


def id_column(name: str) -> Column[object]:
    """A text that names one entry."""
    return Column(name, Text, nullable=False, unique=True)


def text_column(name: str, *, empty: bool = False, index: bool = False) -> Column[object]:
    """A text; `empty`: it may be null."""
    return Column(name, Text, nullable=empty, index=index)


layouts: Final = entry_table("layouts", "layout", text_column("layout"), text_column("software"))

reports: Final = entry_table("reports", "report", id_column("report_id"), text_column("text"))
"""The text of a report, once."""

appearances: Final = entry_table(
    "appearances",
    "appearance",
    id_column("appearance_id"),
    Column("report_id", Text, ForeignKey("reports.report_id"), nullable=False, index=True),
    text_column("name"),
    text_column("publisher"),
    text_column("title"),
    text_column("reported_on", empty=True),
    text_column("file_id"),
    text_column("notes"),  # JSON list
)
"""Where that text appeared: two outlets that print one text are two appearances."""

claims: Final = entry_table(
    "claims",
    "reading",
    id_column("reading_id"),
    text_column("claim_id", index=True),
    Column("report_id", Text, ForeignKey("reports.report_id"), nullable=False, index=True),
    text_column("type", index=True),
    text_column("row"),  # JSON of Claim.row()
)
"""A claim as it was read; another reading of the same words is one more entry."""

decisions: Final = entry_table(
    "claim_decisions",
    "decision",
    id_column("decision_id"),
    text_column("claim_id", index=True),
    Column("reading_id", Text, ForeignKey("claims.reading_id"), nullable=False),
    text_column("decision"),  # confirm, edit, reject
    text_column("fields"),  # JSON: columns that differ from the reading
    text_column("agrees_with", empty=True),  # decision whose wording is confirmed
    text_column("because"),
)

withdrawals: Final = entry_table(
    "withdrawals",
    "withdrawal",
    id_column("withdrawal_id"),
    text_column("entry_id", index=True),  # of a decision, evidence, a grade, a link, or this
    text_column("because"),
)

evidence: Final = entry_table(
    "evidence_items",
    "evidence",
    id_column("evidence_id"),
    text_column("claim_id", index=True),
    text_column("relation"),  # for, against, neutral
    Column("report_id", Text, ForeignKey("reports.report_id"), index=True),
    text_column("reference"),  # where it is not a report: address, register entry, row id
    text_column("observer"),  # who saw it first hand, the root; empty: not known
    text_column("note"),
)

grades: Final = entry_table(
    "grades",
    "grade",
    id_column("grade_id"),
    text_column("subject_kind"),
    text_column("subject_id", index=True),
    text_column("reliability", empty=True),  # A to F; null: not judged here
    Column("credibility", Integer),  # 1 to 6; null: not judged here
    text_column("because"),
)

links: Final = entry_table(
    "derivation_links",
    "link",
    id_column("link_id"),
    Column("report_a", Text, ForeignKey("reports.report_id"), nullable=False, index=True),
    Column("report_b", Text, ForeignKey("reports.report_id"), nullable=False, index=True),
    text_column("relation"),  # a copies, cites, translates b; same_document; independent
    text_column("because"),
)

standings: Final = entry_table(
    "standings",
    "standing",
    id_column("standing_id"),
    text_column("claim_id", index=True),
    text_column("standing"),
    text_column("inputs"),  # JSON: all that it was computed from, and what came out
)
