"""What a casebook holds, in numbers."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, func, inspect, select

from entrepot.casebook.claims import states
from entrepot.casebook.layout import layout_of
from entrepot.casebook.registry import tables_of_entries
from entrepot.casebook.states import STATES
from entrepot.casebook.trail import head_of


def overview(connection: Connection, shown: str) -> dict[str, Any]:
    """Place, layout, number of entries of each kind, claims by state, and the head.

    Args:
        connection: that reads.
        shown: the place without a password.
    """
    seq, head = head_of(connection)
    there = set(inspect(connection).get_table_names())
    kinds = {
        kind: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for kind, table in tables_of_entries().items()
        if table.name in there and kind != "layout"
    }
    counted = Counter(one.state for one in states(connection))
    return {
        "casebook": shown,
        "layout": layout_of(connection, shown),
        "entries": seq,
        "kinds": kinds,
        "claims": {state: counted[state] for state in STATES},
        "head": head,
    }
