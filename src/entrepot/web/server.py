"""Listening on one address, and stopping without breaking off answers."""

import asyncio
import contextlib
import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import uvicorn

from entrepot.errors import RequestError
from entrepot.web.app import guarded
from entrepot.web.service import Service

LOCAL: Final = "127.0.0.1"
PORT: Final = 8000
MOST_AT_ONCE: Final = 512
"""Requests under way at once; more are answered 503."""

LAST_ANSWERS: Final = 10
"""Seconds that answers under way may take when the server is stopped."""


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address given and to no other; port 0 takes a free one.

    Raises:
        RequestError: the port is taken, or the address is not of this machine.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError, OverflowError) as error:
        raise RequestError(f"got host {host!r}, expected an address of this machine") from error
    found = socket.socket(family, kind, proto)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(1024)
    except OSError as error:
        found.close()
        if error.errno == errno.EADDRINUSE:
            raise RequestError(
                f"port {port} on {host} is taken",
                hint="Stop what uses it, or choose another with --port (0: any free one).",
            ) from error
        raise RequestError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    return found


def is_local(host: str) -> bool:
    """Whether only this machine can reach the address."""
    return host in ("localhost", "::1") or host.startswith("127.")


class _Server(uvicorn.Server):
    """uvicorn, which ends when told to and does not raise the signal again."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {one: signal.signal(one, self.handle_exit) for one in wanted}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


class Running:
    """A server on one socket; `origins` as `create_app` takes them."""

    def __init__(self, service: Service, found: socket.socket, origins: Sequence[str] = ()) -> None:
        self.service = service
        self._socket = found
        config = uvicorn.Config(
            guarded(service, origins),
            access_log=False,
            log_config=None,
            log_level="critical",
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=LAST_ANSWERS,
            server_header=False,
            lifespan="off",
        )
        self._server = _Server(config)

    @property
    def address(self) -> str:
        """Where it listens."""
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def load(self) -> None:
        """Load in this thread; requests wait meanwhile. After a fault nothing is left open.

        Raises:
            EntrepotError: the lists could not be loaded.
        """
        try:
            self.service.begin()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the address and the service go."""
        self._socket.close()
        self.service.close()

    def stop(self, *_: Any) -> None:
        """End after the answers under way; may be called from another thread."""
        self._server.should_exit = True

    def run(self, on_ready: Callable[[], None] | None = None) -> None:
        """Load and serve until stopped.

        Raises:
            EntrepotError: the lists could not be loaded.
        """
        self.service.start(self.stop, on_ready)
        try:
            asyncio.run(self._server.serve(sockets=[self._socket]))
        finally:
            self.close()
        if self.service.failed:
            raise self.service.failed
