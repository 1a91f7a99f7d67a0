"""The tables of what a dossier needs to leave the house."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, Text

from entrepot.casebook.tables import entry_table


def _text(name: str) -> Column[object]:
    return Column(name, Text, nullable=False)


def _id(name: str) -> Column[object]:
    return Column(name, Text, nullable=False, unique=True)


def _of_case() -> Column[object]:
    return Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False, index=True)


reviews: Final = entry_table(
    "case_reviews",
    "review",
    _id("review_id"),
    _of_case(),
    _text("content_id"),  # doc_ and a hash of all that was read
    _text("decision"),  # approve, return
    _text("because"),
)

replies: Final = entry_table(
    "case_replies",
    "reply",
    _id("reply_id"),
    _of_case(),
    _text("party"),  # name as printed
    _text("asked_on"),  # ISO day; empty: it was not asked, for the reason given
    _text("channel"),  # how it was asked: letter, form on its site; no person
    _text("text"),  # to the letter; empty: none
    _text("because_none"),  # why there is none; empty where there is one
)
"""What those who are named said; the last word on a party counts."""

allowances: Final = entry_table(
    "case_allowances",
    "allowance",
    _id("allowance_id"),
    _of_case(),
    _text("words"),  # a finding of the source-protection lint that may stand, as printed
    _text("because"),
)

publications: Final = entry_table(
    "case_publications",
    "publication",
    _id("publication_id"),
    _of_case(),
    _text("dossier_id"),
    Column("version", Integer, nullable=False),  # 1, 2, 3 ...
    _text("manifest_sha256"),
    _text("published_on"),  # ISO day
    _text("changes"),  # JSON list of sentences; of a withdrawal the reason
    _text("action"),  # published, corrected, withdrawn
)
