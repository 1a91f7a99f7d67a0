"""One analysis, two engines: DuckDB on one machine, Spark on a cluster, through Ibis."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from entrepot.errors import EngineError

ENGINES: Final = ("duckdb", "spark")


class Engine:
    """Reads tables in and hands results out; knows which engine runs underneath."""

    def __init__(self, name: str, connection: Any) -> None:
        self.name = name
        self._connection = connection

    def read_parquet(self, paths: Iterable[Path]) -> ir.Table:
        """The union of Parquet files that share one schema."""
        names = [str(path) for path in paths]
        if self.name == "duckdb":
            return self._connection.read_parquet(names)
        return ibis.union(*[self._connection.read_parquet(name) for name in names]) if len(
            names
        ) > 1 else self._connection.read_parquet(names[0])

    def table(self, rows: pa.Table) -> ir.Table:
        """An Arrow table as an expression that either engine can join."""
        return ibis.memtable(rows)

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Run an expression and bring its rows into memory."""
        return self._connection.to_pyarrow(expression)

    def close(self) -> None:
        """Release the engine; a Spark session is stopped."""
        self._connection.disconnect()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_engine(name: str = "duckdb", *, threads: int | None = None) -> Engine:
    """Open `duckdb` (in memory) or `spark` (a local session).

    Raises:
        EngineError: the engine is unknown, or its package or runtime is missing.
    """
    if name == "duckdb":
        config: dict[str, Any] = {"threads": threads} if threads else {}
        return Engine(name, ibis.duckdb.connect(**config))
    if name == "spark":
        return Engine(name, _spark())
    raise EngineError(f"got engine {name!r}, valid are {', '.join(ENGINES)}")


def _spark() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineError(
            "the Spark engine is not installed", hint="pip install 'entrepot[spark]'"
        ) from error
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise EngineError(
            "the Spark engine needs a Java runtime and none was found",
            hint="On Debian or Ubuntu: apt-get install default-jre-headless",
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[2]")
        .appName("entrepot")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)
