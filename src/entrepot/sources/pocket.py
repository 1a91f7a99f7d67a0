"""The pocket edition: the figures that ship with the product.

EU27 exports to Armenia, Belarus, Georgia, Kazakhstan, Kyrgyzstan, Russia and Uzbekistan by
reporter, month and HS6, January 2020 to November 2022, plus the headings (HS4) that Eurostat
published as such. Headings hold their children: never add the two.

Source: Eurostat, table DS-045409 (EU trade since 1988 by HS2-4-6 and CN8), as of 13 January 2023;
reuse with credit (Commission decision 2011/833/EU). Rebuilt by `make pocket FROM=FILE`.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from entrepot.codes.commodity import edition_on
from entrepot.codes.country import members
from entrepot.engine import Engine
from entrepot.errors import SourceError

PARTNERS: Final = ("ARM", "BLR", "GEO", "KAZ", "KGZ", "RUS", "UZB")
COLUMNS: Final = ("reporter", "partner", "commodity_code", "period", "value_eur")
NAME: Final = "eu_exports_2020_2022"
PUBLISHER: Final = "Eurostat"
PUBLISHED_ON: Final = date(2023, 1, 13)
"""Day on which Eurostat last updated the table that they come from ("Last update of data:
13/01/2023 11:00" in the workbook)."""


@dataclass(frozen=True)
class About:
    """What the pocket edition is; read from the file beside it."""

    title: str
    source: str
    licence: str
    extracted_on: str
    period_from: str
    period_to: str
    rows: int
    sha256: str
    made_from_sha256: str
    command: str
    lacks: tuple[str, ...]


def path() -> Path:
    """Where the shipped file lies."""
    return Path(str(resources.files("entrepot.sources").joinpath(f"data/{NAME}.parquet")))


@cache
def about() -> About:
    """What the shipped file is, how old, and what it lacks."""
    text = path().with_suffix(".json").read_text(encoding="utf-8")
    fields: dict[str, Any] = json.loads(text)
    return About(**{**fields, "lacks": tuple(fields["lacks"])})


def flows() -> pa.Table:
    """The shipped figures in the columns of `TRADE_FLOW`; the locator is the row of the file.

    Raises:
        SourceError: the file is not the one that was shipped.
    """
    content = path().read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != about().sha256:
        raise SourceError(
            f"got sha256 {digest[:12]}, expected {about().sha256[:12]}",
            locator=path().name,
            hint="Install Entrepot again: the figures that ship were changed or damaged.",
        )
    # ParquetFile, as read_table would import pandas, which takes a second
    return _expand(pq.ParquetFile(pa.BufferReader(content)).read(), digest)


def _expand(rows: pa.Table, digest: str) -> pa.Table:
    size = rows.num_rows
    codes = rows["commodity_code"].cast(pa.string())
    periods = rows["period"].cast(pa.string()).combine_chunks()
    encoded = periods.dictionary_encode()
    editions = pa.DictionaryArray.from_arrays(
        encoded.indices, pa.array([edition_on(p) for p in encoded.dictionary.to_pylist()])
    )
    number = pa.array(range(1, size + 1), pa.int64()).cast(pa.string())
    constant = {"flow": "X", "file_id": digest}
    empty = {"value_usd": pa.decimal128(18, 2), "net_mass_kg": pa.float64(),
             "quantity": pa.float64(), "quantity_unit": pa.string(),
             "customs_procedure": pa.string()}  # fmt: skip
    columns: dict[str, Any] = {
        "reporter": rows["reporter"].cast(pa.string()),
        "partner": rows["partner"].cast(pa.string()),
        "flow": pa.repeat(pa.scalar(constant["flow"]), size),
        "commodity_code": codes,
        "level": pc.utf8_length(codes).cast(pa.int8()),
        "hs_edition": editions.cast(pa.string()),
        "period": periods,
        "value_eur": rows["value_eur"].cast(pa.decimal128(19, 0)).cast(pa.decimal128(18, 2)),
        **{name: pa.nulls(size, kind) for name, kind in empty.items()},
        "file_id": pa.repeat(pa.scalar(constant["file_id"]), size),
        "locator": pc.binary_join_element_wise("row", number, " "),
    }
    return pa.table(columns)


def condense(core: ir.Table, engine: Engine) -> pa.Table:
    """Make the pocket edition from full figures in the columns of `TRADE_FLOW`.

    CN8 lines are added up to HS6; headings stay as published. Only EU exports to `PARTNERS`.
    """
    kept = core.filter(
        core.flow == "X",
        core.reporter.isin(sorted(members("EU"))),
        core.partner.isin(PARTNERS),
        core.level.isin([4, 6, 8]),
    )
    six = ibis.ifelse(kept.level == 4, kept.commodity_code, kept.commodity_code.substr(0, 6))
    kept = kept.mutate(commodity_code=six)
    summed = kept.group_by(list(COLUMNS[:4])).agg(value_eur=kept.value_eur.sum().cast("int64"))
    order = ["commodity_code", "partner", "reporter", "period"]
    return engine.fetch(summed.order_by(order)).select(list(COLUMNS))


def write(rows: pa.Table, target: Path) -> str:
    """Write the pocket file; the same rows give the same bytes. Returns its sha256."""
    schema = pa.schema([(name, pa.string()) for name in COLUMNS[:4]] + [("value_eur", pa.int64())])
    pq.write_table(
        rows.cast(schema),
        target,
        compression="zstd",
        compression_level=19,
        use_dictionary=list(COLUMNS[:4]),
        row_group_size=2_000_000,
        store_schema=False,
    )
    return hashlib.sha256(target.read_bytes()).hexdigest()
