"""Work on hostile bytes in a process of its own, with limits, that is never left behind.

A reader of PDF, pictures, markup or mail may loop, fill the memory or crash on a file that was
made for it. So it runs in a child: limits on computing time, memory and size of the answer; no
file may be written; it is ended when the time is over or its parent dies. Its answer is JSON and
bytes, never pickled objects.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from entrepot.errors import DocumentError
from entrepot.evidence.documents.limits import (
    ANSWER_BYTES,
    CPU_SECONDS,
    MEMORY_BYTES,
    MIB,
    WALL_SECONDS,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child hands back: values that JSON can carry, and stretches of bytes."""

    told: Mapping[str, Any]
    contents: tuple[bytes, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use."""

    cpu_seconds: int = CPU_SECONDS
    wall_seconds: float = WALL_SECONDS
    memory_bytes: int = MEMORY_BYTES
    answer_bytes: int = ANSWER_BYTES


Job = tuple[str, str]
"""Module and function, which takes content and name and gives an `Answer`; named and not handed
over, so that only the child loads what it needs."""

_DEFAULT: Final = Limits()
_HINT: Final = "It may be damaged or made to do harm; ask for the text in another format."


def confined(job: Job, content: bytes, name: str, limits: Limits = _DEFAULT) -> Answer:
    """The answer of `job(content, name)`, worked out in a child.

    Raises:
        DocumentError: as the job raised it; or the child needed too much time, memory or room, or
            broke down.
    """
    command = [
        sys.executable, "-B", "-P", "-m", "entrepot.evidence.documents.child",
        *job, str(limits.cpu_seconds), str(limits.memory_bytes), str(os.getpid()),
    ]  # fmt: skip
    answer = b""
    header = json.dumps({"name": name}).encode() + b"\n"
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        timer = threading.Timer(limits.wall_seconds, child.kill)
        feeder = threading.Thread(target=_feed, args=(child, header, content), daemon=True)
        try:
            timer.start()
            feeder.start()
            assert child.stdout is not None
            answer = child.stdout.read(limits.answer_bytes + 1)
        finally:
            is_late = not timer.is_alive()
            timer.cancel()
            if is_late or sys.exc_info()[0] or len(answer) > limits.answer_bytes:
                child.kill()
            code = child.wait()
            feeder.join()
    if len(answer) > limits.answer_bytes:
        raise DocumentError(
            f"this file unfolds to more than {limits.answer_bytes / MIB:,.0f} MB",
            locator=name, hint=_HINT,
        )  # fmt: skip
    if code:
        raise _broken(code, is_late, name, limits)
    return _answer(answer, name)


def _feed(child: subprocess.Popen[bytes], header: bytes, content: bytes) -> None:
    """Give the child its input; one that ends early needs no more."""
    assert child.stdin is not None
    try:
        child.stdin.write(header)
        child.stdin.write(content)
    except OSError:
        pass
    finally:
        with contextlib.suppress(OSError):
            child.stdin.close()


def _broken(code: int, is_late: bool, name: str, limits: Limits) -> DocumentError:
    slow = -getattr(signal, "SIGXCPU", 0)
    if is_late or code == slow:
        why = f"this file takes more than {limits.cpu_seconds} s to read"
    else:
        why = f"the reader broke down on this file (code {code})"
    return DocumentError(why, locator=name, hint=_HINT)


def _answer(answer: bytes, name: str) -> Answer:
    line, _, rest = answer.partition(b"\n")
    try:
        head = json.loads(line)
        if "refused" in head:
            message, locator, hint = head["refused"]
            raise DocumentError(message, locator=locator or name, hint=hint or _HINT)
        contents, start = [], 0
        for size in head["sizes"]:
            contents.append(rest[start : start + size])
            start += size
        if start != len(rest):
            raise ValueError("sizes")
        return Answer(head["told"], tuple(contents))
    except (ValueError, KeyError, TypeError) as error:
        raise DocumentError(
            "the reader broke down on this file", locator=name, hint=_HINT
        ) from error
