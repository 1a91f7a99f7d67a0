"""What must hold of a table before it is printed."""

from entrepot.dossiers.dossier.section import Table
from entrepot.dossiers.render.cites import numeric
from entrepot.dossiers.render.text import clean
from entrepot.errors import DossierError


def columns_of_numbers(table: Table) -> list[bool]:
    """Which columns are numbers, and set to the right.

    Raises:
        DossierError: a row has not as many cells as there are columns, or no entry for its sources.
    """
    where = f"table {clean(table.table_id)}"
    for number, row in enumerate(table.rows, start=1):
        if len(row) != len(table.columns):
            raise DossierError(
                f"got {len(row)} cells in row {number} of {where}, expected {len(table.columns)}",
                hint="A cell that was not measured is null; it is not left out.",
            )
    if len(table.citations) != len(table.rows):
        raise DossierError(
            f"got sources for {len(table.citations)} rows of {where}, expected {len(table.rows)}",
            hint="Each row names its sources.",
        )
    return [numeric([row[place] for row in table.rows]) for place in range(len(table.columns))]
