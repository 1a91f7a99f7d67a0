"""All tables of entries by the kind that the trail names."""

from functools import cache

from sqlalchemy import Table

from entrepot.casebook import case_tables, dossier_tables, tips_tables
from entrepot.casebook.tables import metadata


@cache
def tables_of_entries() -> dict[str, Table]:
    """Kind -> table, for all tables but the trail."""
    # their imports are what adds them
    assert tips_tables.tips.metadata is case_tables.cases.metadata is metadata
    assert dossier_tables.reviews.metadata is metadata
    return {table.info["kind"]: table for table in metadata.tables.values() if "kind" in table.info}
