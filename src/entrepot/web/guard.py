"""Around every request: a limit on its size, one line in the log, and no fault without an answer.

Queries are personal data. The log holds the method, the address as a pattern, the status, the
number of queries and the time; never a name, an id, a parameter or a client's address.
"""

import json
import logging
import time
from typing import Final

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY: Final = 8 << 20
"""Bytes of a request. A hundred queries with a hundred names each take less than one million."""

MAX_URL: Final = 32_768
"""Bytes of an address with its parameters."""

STREAM: Final = "/stream"
"""End of addresses whose body has no limit."""

log = logging.getLogger("entrepot.web")


class TooLarge(HTTPException):
    """The body is longer than `MAX_BODY`; of a kind that passes through the reading of bodies."""

    def __init__(self) -> None:
        super().__init__(413, f"got more than {MAX_BODY} bytes")


class Guard:
    """The outermost layer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write its line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        scope.setdefault("state", {})
        try:
            await self._limited(scope, receive, sent)
        except TooLarge as error:
            status = status or await _refuse(send, error.status_code, error.detail)
        except Exception as error:
            # The layer within has answered and raises again for the server's own log, whose text
            # could hold what was asked.
            log.error("fault: %s", type(error).__name__)
            status = status or await _refuse(send, 500, "Server error")
        finally:
            _write(scope, status, time.perf_counter() - started)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        if len(scope["path"]) + len(scope["query_string"]) > MAX_URL:
            await _refuse(send, 414, f"got an address of more than {MAX_URL} bytes")
            return
        if scope["path"].endswith(STREAM):
            await self._app(scope, receive, send)
            return
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > MAX_BODY:
            raise TooLarge
        got = 0

        async def received() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > MAX_BODY:
                raise TooLarge
            return message

        await self._app(scope, received, send)


def _write(scope: Scope, status: int, seconds: float) -> None:
    route = scope.get("route")
    path = getattr(route, "path", "(no such address)")
    queries = scope["state"].get("queries")
    batch = f" {queries} queries" if queries is not None else ""
    log.info("%s %s %d%s %.0f ms", scope["method"], path, status or 499, batch, seconds * 1000)


async def _refuse(send: Send, status: int, detail: str) -> int:
    body = json.dumps({"detail": detail}).encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    return status
