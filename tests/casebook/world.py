"""A small casebook worked by hand, and a way past the casebook into its tables."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

REPORT = Report(
    text="Armenia bought 1,500 lorries from Germany in May. It may pass them on.\n",
    name="digest.txt", publisher="a press digest", reported_on=date(2023, 6, 2),
)  # fmt: skip
BOUGHT = Claim(
    text=REPORT.text[:49], span=(0, 49), type="trade", kind="fact", predicate="buys",
    report_id=REPORT.report_id, actors=("ARM",), goods=("lorries",), goods_codes=("8704",),
    origin="DEU", destination="ARM", date_from=date(2023, 5, 1), date_to=date(2023, 6, 1),
    quantity=1500.0, bound="exactly", unit="lorries",
    parts={"quantity": ((15, 20),), "origin": ((34, 41),)}, reported_on=date(2023, 6, 2),
)  # fmt: skip
PASSED = Claim(
    text=REPORT.text[50:70], span=(50, 70), type="transfer", kind="forecast",
    predicate="passes_on", report_id=REPORT.report_id, hedge="may", reported_on=date(2023, 6, 2),
)  # fmt: skip


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a minute each time it is asked."""
    ticks = count()
    return lambda: START + timedelta(minutes=next(ticks))


def sql(url: str, *statements: str) -> list[Any]:
    """Run statements past the casebook; rows of the last one."""
    driver = url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(driver, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            result = None
            for statement in statements:
                result = connection.exec_driver_sql(statement)
            return list(result.all()) if result is not None and result.returns_rows else []
    finally:
        engine.dispose()


def unguarded(url: str, table: str, *statements: str) -> None:
    """Run statements as somebody who first takes away the guard of a table."""
    if url.startswith("sqlite"):
        ends = ("changed", "removed", "replaced")
        sql(url, *(f"DROP TRIGGER {table}_not_{end}" for end in ends), *statements)
    else:
        sql(url, f"ALTER TABLE {table} DISABLE TRIGGER {table}_only_added_to",
            "SET session_replication_role = replica", *statements)  # fmt: skip
