"""The only door to DuckDB and Spark. Floors above see Ibis tables and Arrow, never a connection."""

from entrepot.engine.backend import Engine, open_engine

__all__ = ["Engine", "open_engine"]
