"""Trade statistics: one cell of a table that a statistical authority published.

A row is what the reporter says, not what happened. Exports are valued FOB and attributed to the
last known destination; imports are valued CIF and attributed to the country of origin, unless
the publisher's notes differ (UN, International Merchandise Trade Statistics 2010).
"""

from typing import Final

TRADE_FLOW: Final[dict[str, str]] = {
    "reporter": "string",  # ISO 3166-1 alpha-3, whose authority published the figure
    "partner": "string",  # ISO 3166-1 alpha-3, the other country in it
    "flow": "string",  # codes.flow.Flow: X, M, RX, RM, seen from the reporter
    "commodity_code": "string",  # 2, 4, 6, 8 or 10 digits; "TOTAL" for all goods
    "level": "int8",  # digits of the code; 0 for TOTAL
    "hs_edition": "string",  # for example "2022": the edition in force in the period
    "period": "string",  # "2022-08" or "2022"
    "value_eur": "decimal(18, 2)",  # null: not given in euro
    "value_usd": "decimal(18, 2)",  # null: not given in dollars
    "net_mass_kg": "float64",  # null: not given
    "quantity": "float64",  # null: not given
    "quantity_unit": "string",  # as printed
    "customs_procedure": "string",  # as printed; null: not split by procedure
    "file_id": "string",  # sha256 of the archived bytes
    "locator": "string",  # "line 17" or "Sheet 3!F14"
}
"""Columns of `core_trade__flows`, in order, with Ibis types. A cell is a reporter, partner, flow,
code, procedure and period; null value means the publisher gave none, which is not zero."""

REFUSED_ROW: Final[dict[str, str]] = {
    "file_id": "string",
    "locator": "string",  # where in the file
    "reason": "string",  # one short clause, the same for the same kind of fault
    "got": "string",  # the value that was found
    "expected": "string",  # what would have been right
}
"""Columns of the table of rows that a reader refused: nothing is dropped without a row here."""

TOTAL_CODE: Final = "TOTAL"
"""Commodity code of a published figure for all goods together; never added to its parts."""
