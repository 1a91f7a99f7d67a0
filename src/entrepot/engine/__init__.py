"""The only door to DuckDB and Spark. Floors above see Ibis tables and Arrow, never a connection."""

from entrepot.engine.backend import Engine, open_engine
from entrepot.engine.files import table_to_parquet

__all__ = ["Engine", "open_engine", "table_to_parquet"]
