"""The index of a long list, built on a second core while the tables of logic-v2 load.

Those tables take some seconds and hold the interpreter. Where processes can fork, a child reads the
names meanwhile and hands the index over; the symbols of known names are added afterwards. The
outcome is the same as without.
"""

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Sequence
from multiprocessing.connection import Connection

from entrepot.parties.match import logic
from entrepot.parties.match.index import NameIndex
from entrepot.parties.party import Party

LONG = 5_000
"""Parties of a list from which the detour pays."""


def index_and_tables(parties: Sequence[Party]) -> tuple[NameIndex, bool]:
    """The index, and whether logic-v2 is there and loaded."""
    if not _pays(parties):
        full = logic.ready()
        return NameIndex(parties, known=full), full
    fork = multiprocessing.get_context("fork")
    mine, theirs = fork.Pipe(duplex=False)
    child = fork.Process(target=_send, args=(parties, theirs), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # idle threads of the BLAS library
        child.start()
    theirs.close()
    full = logic.ready()
    try:
        index: NameIndex = mine.recv()
    except EOFError:
        index = NameIndex(parties, known=False)
    child.join()
    if full:
        index.know()
    return index, full


def _pays(parties: Sequence[Party]) -> bool:
    """Forking is safe and quick only from a process of one thread, and not on macOS."""
    alone = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    able = "fork" in multiprocessing.get_all_start_methods() and sys.platform == "linux"
    return len(parties) >= LONG and alone and able and (os.cpu_count() or 1) > 1


def _send(parties: Sequence[Party], pipe: Connection) -> None:
    # Ctrl-C is the parent's to answer; here it would only print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send(NameIndex(parties, known=False))
    pipe.close()
