"""The process that draws, held from here: started once, asked one chart at a time."""

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from entrepot.dossiers.render import drawingworker
from entrepot.errors import DossierError

PATIENCE_S: Final = 60.0
"""A chart takes a fifth of a second; one that takes this long does not end."""
REASON: Final = 200
"""Characters of the engine's reason that are passed on."""
KEPT: Final = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What a process needs to start; all else of the environment stays outside."""
ZONES: Final = ("UTC", "Etc/UTC", "Etc/GMT", "GMT")


class Engine:
    """One drawing process for the whole program; safe for threads."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def svg(self, chart_id: str, spec: str) -> str:
        """What the engine draws of a specification in JSON.

        Raises:
            DossierError: it cannot be drawn, does not end, or the process cannot be had.
        """
        with self._lock:
            said = self._ask(chart_id, spec)
        if "svg" in said:
            return str(said["svg"])
        lines = [one.strip() for one in str(said["error"]).splitlines() if one.strip()]
        told = [one for one in lines if not one.endswith(":")]
        reason = (told or ["no reason given"])[0].removesuffix(".")[:REASON]
        raise DossierError(
            f"chart {chart_id}: got a specification that cannot be drawn ({reason}), expected "
            "Vega-Lite"
        )

    def close(self) -> None:
        """End the process, if there is one."""
        held, self._process = self._process, None
        if held is None or self._owner != os.getpid():
            return
        assert held.stdin is not None
        assert held.stdout is not None
        with contextlib.suppress(OSError):
            held.stdin.close()
        try:
            held.wait(timeout=5)
        except subprocess.TimeoutExpired:
            held.kill()
            held.wait()
        held.stdout.close()

    def _ask(self, chart_id: str, spec: str) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None
        timer = threading.Timer(PATIENCE_S, process.kill)
        timer.start()
        try:
            process.stdin.write(spec.encode() + b"\n")
            process.stdin.flush()
            return self._line(process)
        except (OSError, ValueError) as error:
            process.kill()
            self.close()
            raise DossierError(
                f"chart {chart_id}: got no drawing, as the drawing process ended or took more than "
                f"{PATIENCE_S:g} s, expected SVG"
            ) from error
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid():
            self._process = self._started()
            self._owner = os.getpid()
            atexit.register(self.close)
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        found = find_spec("vl_convert")
        if found is None or found.origin is None:
            raise DossierError("got no package vl-convert-python, expected it to be installed")
        packages = Path(found.origin).parent.parent
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        process = subprocess.Popen(
            [sys.executable, "-I", drawingworker.__file__, str(self._fonts), str(packages)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**kept, "TZ": "UTC", "LC_ALL": "C"}, cwd=self._fonts,
        )  # fmt: skip
        try:
            zone = self._line(process)["zone"]
        except (OSError, ValueError) as error:
            process.kill()
            raise DossierError("got no drawing process, expected one to start") from error
        if zone not in ZONES:
            process.kill()
            raise DossierError(f"got the time zone {zone} for drawing, expected UTC")
        return process

    @staticmethod
    def _line(process: subprocess.Popen[bytes]) -> dict[str, Any]:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise ValueError("the process ended")
        read: dict[str, Any] = json.loads(line)
        return read
