"""The other side of `confined`: sets its own limits, does one job, answers on standard output."""

import ctypes
import importlib
import json
import os
import signal
import sys
from typing import Any

from entrepot.errors import DocumentError
from entrepot.evidence.documents.confined import Answer

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux, prctl(2)."""


def main(module: str, function: str, cpu_seconds: str, memory_bytes: str, parent: str) -> None:
    """Do the job named by module and function of Entrepot."""
    _limit(int(cpu_seconds), int(memory_bytes), int(parent))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not spoil the answer
    head: dict[str, Any]
    contents: tuple[bytes, ...] = ()
    try:
        name = json.loads(sys.stdin.buffer.readline())["name"]
        job = getattr(importlib.import_module(module), function)
        answer: Answer = job(sys.stdin.buffer.read(), name)
        head, contents = (
            {"told": answer.told, "sizes": list(map(len, answer.contents))},
            answer.contents,
        )
    except DocumentError as error:
        message = str(error).removeprefix(f"{error.locator}: ")
        head = {"refused": [message, error.locator, error.hint]}
    except MemoryError:
        spare = f"{int(memory_bytes) // 2**20:,} MB"
        head = {"refused": [f"this file needs more than {spare} of memory to read", "", ""]}
    except RecursionError:
        head = {"refused": ["this file is nested too deep to read", "", ""]}
    except Exception as error:  # a reader that fails on hostile bytes may fail in any way
        head = {"refused": [f"this file is damaged ({type(error).__name__})", "", ""]}
    out.write(json.dumps(head).encode() + b"\n")
    for content in contents:
        out.write(content)
    out.flush()
    os._exit(0)  # nothing a library registered runs any more


def _limit(cpu_seconds: int, memory_bytes: int, parent: int) -> None:
    """Limits of the system, where it has them; the parent's clock counts everywhere."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most + 1 if what == resource.RLIMIT_CPU else most))
        except (OSError, ValueError):
            continue


if __name__ == "__main__":
    main(*sys.argv[1:6])
