"""The tables of what a dossier needs to leave the house."""

from typing import Final

from sqlalchemy import Column, Integer

from entrepot.casebook.case_tables import of_case
from entrepot.casebook.tables import entry_table, id_column, text_column

reviews: Final = entry_table(
    "case_reviews",
    "review",
    id_column("review_id"),
    of_case(),
    text_column("content_id"),  # doc_ and a hash of all that was read
    text_column("decision"),  # approve, return
    text_column("because"),
)

replies: Final = entry_table(
    "case_replies",
    "reply",
    id_column("reply_id"),
    of_case(),
    text_column("party"),  # name as printed
    text_column("asked_on"),  # ISO day; empty: it was not asked, for the reason given
    text_column("channel"),  # how it was asked: letter, form on its site; no person
    text_column("text"),  # to the letter; empty: none
    text_column("because_none"),  # why there is none; empty where there is one
)
"""What those who are named said; the last word on a party counts."""

allowances: Final = entry_table(
    "case_allowances",
    "allowance",
    id_column("allowance_id"),
    of_case(),
    text_column("words"),  # a finding of the source-protection lint that may stand, as printed
    text_column("because"),
)

publications: Final = entry_table(
    "case_publications",
    "publication",
    id_column("publication_id"),
    of_case(),
    text_column("dossier_id"),
    Column("version", Integer, nullable=False),  # 1, 2, 3 ...
    text_column("manifest_sha256"),
    text_column("published_on"),  # ISO day
    text_column("changes"),  # JSON list of sentences; of a withdrawal the reason
    text_column("action"),  # published, corrected, withdrawn
)
