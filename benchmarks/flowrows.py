"""Rows of TRADE_FLOW from the columns that a benchmark has; the others are null."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entrepot.sources import pocket


def export_rows(texts: Mapping[str, pa.Array], euros: NDArray[np.float64], level: int) -> pa.Table:
    """Exports in euro, all codes of one level.

    Args:
        texts: `reporter`, `partner`, `commodity_code`, `period`.
        euros: their values, rounded to the cent.
        level: digits of the codes.
    """
    schema, count = pocket.flows().schema, len(euros)
    money = pa.array(np.round(euros, 2)).cast(schema.field("value_eur").type, safe=False)
    known: dict[str, Any] = {
        **texts,
        "flow": pa.array(["X"] * count, pa.string()),
        "level": pa.array(np.full(count, level), pa.int8()),
        "value_eur": money,
    }
    columns = {f.name: known.get(f.name, pa.nulls(count, f.type)) for f in schema}
    return pa.table(columns, schema=schema)
