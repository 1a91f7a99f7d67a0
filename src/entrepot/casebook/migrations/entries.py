"""What migrations share: a table of entries that the database itself refuses to change."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from alembic import op

SEQ: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION entrepot_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the casebook is only added to: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$
"""


def create_entries(name: str, *columns: sa.Column[object], unique: Sequence[str] = ()) -> None:
    """Create a table of entries with its column `seq`, and guard it.

    Args:
        name: of the table.
        columns: but `seq`.
        unique: columns of which no two entries may share a value; each gets an index.
    """
    op.create_table(
        name,
        sa.Column("seq", SEQ, sa.ForeignKey("trail.seq"), primary_key=True, autoincrement=False),
        *columns,
        *(sa.UniqueConstraint(column, name=f"uq_{name}_{column}") for column in unique),
    )
    guard(name, ("seq", *unique))


def guard(name: str, keys: Sequence[str]) -> None:
    """Refuse to change or remove rows of a table.

    Args:
        name: of the table.
        keys: its unique columns. On SQLite, INSERT OR REPLACE removes a row that has the same key
            without asking the other triggers, so that is refused by itself.
    """
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'the casebook is only added to'); END"
        same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        taken = f"EXISTS (SELECT 1 FROM {name} WHERE {same})"  # noqa: S608
        op.execute(f"CREATE TRIGGER {name}_not_changed BEFORE UPDATE ON {name} {refuse}")
        op.execute(f"CREATE TRIGGER {name}_not_removed BEFORE DELETE ON {name} {refuse}")
        op.execute(
            f"CREATE TRIGGER {name}_not_replaced BEFORE INSERT ON {name} WHEN {taken} {refuse}"
        )
        return
    op.execute(_FUNCTION)
    op.execute(
        f"CREATE TRIGGER {name}_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION entrepot_only_added_to()"
    )
    # ALWAYS: also where a session calls itself a replica
    op.execute(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {name}_only_added_to")


def text(name: str, *, null: bool = False) -> sa.Column[object]:
    """A column of text."""
    return sa.Column(name, sa.Text, nullable=null)


def refers(name: str, to: str, *, null: bool = False) -> sa.Column[object]:
    """A column of text that refers to `table.column`, which is unique."""
    return sa.Column(name, sa.Text, sa.ForeignKey(to), nullable=null)
