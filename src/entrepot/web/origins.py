"""Which pages of other sites may read answers in a browser: none but OpenRefine's, unless told.

A service on this machine holds lists of its own. A page of any site that is open in a browser here
could ask it, so the browser is told to show the answers to no other site. Clients that are no
browsers are not concerned.
"""

import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

OPENREFINE: Final = ("http://127.0.0.1:3333", "http://localhost:3333")
"""Where OpenRefine runs on the user's machine; it may read the addresses below `RECONCILE`."""

RECONCILE: Final = "/reconcile/"


class Origins:
    """A layer around the application.

    Args:
        app: what answers.
        allowed: origins that may read every answer; `*`: all.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()) -> None:
        self._app = app
        self._allowed = tuple(one.rstrip("/").lower() for one in allowed)
        self._closed = _cors(app, self._allowed)
        self._refine = _cors(app, (*self._allowed, *OPENREFINE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; an answer as a script goes to allowed sites alone (403)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not scope["path"].startswith(RECONCILE):
            await self._closed(scope, receive, send)
        elif _as_script(scope) and not self._known(scope):
            await _refuse(send)
        else:
            await self._refine(scope, receive, send)

    def _known(self, scope: Scope) -> bool:
        """Scripts are run whatever CORS says; the page that asks for one is its referrer."""
        parts = urlsplit(dict(scope["headers"]).get(b"referer", b"").decode("latin-1"))
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        return "*" in self._allowed or origin in (*self._allowed, *OPENREFINE)


def _cors(app: ASGIApp, allowed: Sequence[str]) -> CORSMiddleware:
    return CORSMiddleware(
        app,
        allow_origins=allowed,
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["x-batch-size"],
    )


def _as_script(scope: Scope) -> bool:
    return "callback" in parse_qs(scope["query_string"].decode("latin-1"))


async def _refuse(send: Send) -> None:
    detail = "got a callback from a page of another site, expected one of OpenRefine"
    body = json.dumps({"detail": detail}).encode()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
