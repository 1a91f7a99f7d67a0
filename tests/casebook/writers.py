"""What the processes do that the tests start, forked from a server that has loaded this."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from entrepot.casebook import grades
from entrepot.casebook.casebook import Casebook
from entrepot.errors import CasebookError
from entrepot.evidence.report import Report


def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.casebook.writers", "alembic.command"])
    return context


def started(
    context: ForkServerContext, code: Callable[..., None], *given: Any
) -> ForkServerProcess:
    made = context.Process(target=code, args=given)
    made.start()
    return made


def ended(running: list[ForkServerProcess]) -> list[int | None]:
    """Exit codes of processes, when all have ended."""
    for one in running:
        one.join(120)
    codes = [one.exitcode for one in running]
    for one in running:
        one.kill()
        one.join()
        one.close()
    return codes


def write_many(
    barrier: Barrier, url: str, who: str, count: int, claim_id: str, reading_id: str
) -> None:
    """Add grades one by one, and edit a claim with every tenth."""
    barrier.wait(60)
    with Casebook.open(url) as book:
        for number in range(count):
            book.grade("source", f"{who} {number}", by=who, reliability="B")
            if number % 10 == 0:
                fields = {"unit": f"{who} {number}"}
                book.decide(claim_id, "edit", by=who, fields=fields, version=reading_id)


def write_one_report(barrier: Barrier, place: str, text: str) -> None:
    """Make the casebook where there is none, and keep a report."""
    barrier.wait(60)
    with Casebook.open(place) as book:
        book.add_report(Report(text), by="kk")


def read_as_anybody(path: str, said: Any) -> None:
    """Read a casebook and try to write it, as a user to whom no file belongs."""
    Casebook.open(path, create=False).close()  # loads what that user may not read
    if os.getuid() == 0:
        inside = Path(tempfile.gettempdir()).resolve()
        for parent in list(Path(path).parents)[1:]:
            if inside in parent.resolve().parents:
                parent.chmod(parent.stat().st_mode | 0o055)
        os.setgid(65534)
        os.setuid(65534)
    with Casebook.open(path, create=False) as book:
        assert book.check().is_whole
        try:
            book.add_report(Report("text"), by="kk")
        except CasebookError as error:
            said.put(str(error))


def write_without_end(url: str, writing: Any) -> None:
    """Add entries in one transaction that never ends, and say when many are written."""
    with Casebook.open(url) as book, book.writing("killed") as pen:
        for number in range(sys.maxsize):
            grades.add(pen, "source", f"s {number}", reliability="B")
            if number == 300:
                writing.set()
