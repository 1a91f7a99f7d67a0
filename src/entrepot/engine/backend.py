"""One analysis, two engines: DuckDB on one machine, Spark on a cluster, through Ibis."""

import itertools
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.errors import EngineError

ENGINES: Final = ("duckdb", "spark")


class Engine:
    """Reads tables in and hands results out; knows which engine runs underneath."""

    def __init__(self, name: str, connection: Any) -> None:
        self.name = name
        self._connection = connection
        self._names = itertools.count()
        self._viewed: list[ir.Table] = []
        self._scratch = TemporaryDirectory(prefix="entrepot-engine-")

    def read_parquet(self, paths: Iterable[Path]) -> ir.Table:
        """The union of Parquet files that share one schema."""
        names = [str(path) for path in paths]
        if self.name == "duckdb":
            return self._connection.read_parquet(names)
        return (
            ibis.union(*[self._connection.read_parquet(name) for name in names])
            if len(names) > 1
            else self._connection.read_parquet(names[0])
        )

    def table(self, rows: pa.Table) -> ir.Table:
        """An Arrow table as an expression that either engine can join."""
        if self.name == "duckdb":
            return ibis.memtable(rows)
        # Ibis hands tables to Spark through pandas, which loses null decimals: go by file.
        path = Path(self._scratch.name) / f"table_{next(self._names)}.parquet"
        pq.write_table(rows, path)
        return self._connection.read_parquet(str(path))

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Run an expression and bring its rows into memory."""
        if self.name == "duckdb":
            return self._connection.to_pyarrow(expression)
        return self._frame(expression).toArrow()

    def write_parquet(self, expression: ir.Table, path: Path, *, compression: str = "zstd") -> None:
        """Run an expression and write its rows to `path`, compressed.

        The file is not there whole until this returns: give a temporary name and rename it.
        """
        if self.name == "duckdb":
            options: dict[str, Any] = {"compression": compression, "row_group_size": 122_880}
            self._connection.to_parquet(expression, path, **options)
        else:
            pq.write_table(self.fetch(expression), path, compression=compression)

    def view(self, expression: ir.Table) -> ir.Table:
        """The same rows under a name: what is built on it is translated to SQL without its steps.

        Nothing is run or copied. Of use where many small questions are asked of one deep
        expression, as translating it takes longer than the answer.
        """
        name = f"view_{next(self._names)}"
        if self.name == "duckdb":
            self._connection.create_view(name, expression)
            self._viewed.append(expression)  # tables in memory are dropped with their expression
        else:
            self._frame(expression).createOrReplaceTempView(name)
        return self._connection.table(name)

    def keep(self, expression: ir.Table) -> ir.Table:
        """Run an expression once and keep its rows in the engine, to be read several times."""
        name = f"kept_{next(self._names)}"
        if self.name == "duckdb":
            self._connection.create_table(name, expression, temp=True)
        else:
            # Spark has no temporary tables: a cached view does the same
            self._frame(expression).cache().createOrReplaceTempView(name)
        return self._connection.table(name)

    def _frame(self, expression: ir.Table) -> Any:
        return self._connection.raw_sql(self._connection.compile(expression))

    def close(self) -> None:
        """Release the engine; a Spark session is stopped."""
        self._viewed.clear()
        self._connection.disconnect()
        self._scratch.cleanup()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_engine(
    name: str = "duckdb",
    *,
    threads: int | None = None,
    memory_mb: int | None = None,
    spill_dir: Path | None = None,
) -> Engine:
    """Open `duckdb` (in memory) or `spark` (a local session).

    Args:
        name: the engine.
        threads: how many threads DuckDB uses; null: as many as there are cores.
        memory_mb: megabytes DuckDB may take before it spills; null: its own default.
        spill_dir: where DuckDB spills to; null: its own default.

    Raises:
        EngineError: the engine is unknown, or its package or runtime is missing.
    """
    if name == "duckdb":
        wanted = {
            "threads": threads,
            "memory_limit": f"{memory_mb}MB" if memory_mb else None,
            "temp_directory": str(spill_dir) if spill_dir else None,
        }
        config: dict[str, Any] = {key: value for key, value in wanted.items() if value}
        opened = ibis.duckdb.connect(**config)
        # Its bar goes to standard output, which holds data only.
        opened.raw_sql("SET enable_progress_bar = false")
        return Engine(name, opened)
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
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = (
        SparkSession.builder.master("local[2]")
        .appName("entrepot")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.log.level", "ERROR")
    )
    try:
        session = builder.getOrCreate()
    except Exception as error:  # pyspark raises errors of many kinds where Java does not start
        raise EngineError(
            f"the Spark engine did not start: {str(error).splitlines()[0]}",
            hint="Check JAVA_HOME, or use --engine duckdb.",
        ) from error
    return ibis.pyspark.connect(session)
