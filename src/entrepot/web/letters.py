"""Where readers confirm and leave: four addresses, and nothing is changed by looking at one.

Programs that check links open every address in a letter, so GET shows a page with a button and
only POST does something. RFC 8058 section 3.2 has mail programs POST to the address under
List-Unsubscribe; the button does the same. A valid token is enough: who wants to leave is never
asked for more.
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import uvicorn
from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse

from entrepot.dossiers.letters import people
from entrepot.dossiers.letters.store import Store
from entrepot.dossiers.letters.topics import said
from entrepot.dossiers.letters.webpage import answer_page
from entrepot.errors import RequestError, WorkspaceError

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the token is part of the address
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
MOST_AT_ONCE: Final = 256
"""Requests under way at once; more are answered 503."""


def letters_app(store: Store) -> FastAPI:
    """The application over a store of subscribers."""
    app = FastAPI(title="Newsletter", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/confirm/{token}")
    def ask(token: str) -> Response:
        held = people.is_asked(store, token)
        if held is None:
            return _page(
                410, "This link is used or too old", "Subscribe again; a new letter comes."
            )
        words = f"You will get letters on {said(held.wanted.split())}."
        return _page(200, "Do you want these letters?", words, "Yes, send them")

    @app.post("/confirm/{token}")
    def confirm(token: str) -> Response:
        try:
            chosen = people.confirm(store, token)
        except RequestError:
            return _page(
                410, "This link is used or too old", "Subscribe again; a new letter comes."
            )
        return _page(200, "You are on the list", f"You asked for {said(chosen)}.")

    @app.get("/unsubscribe/{token}")
    def leave(token: str) -> Response:
        if store.key.who_leaves(token) is None:
            return _page(404, "This link is not whole", "Copy it from the letter to its end.")
        words = "Your address is then erased, and no letter comes any more."
        return _page(200, "Leave the list?", words, "Leave the list")

    @app.post("/unsubscribe/{token}")
    def left(token: str) -> Response:
        person = store.key.who_leaves(token)
        if person is None:
            return _page(404, "This link is not whole", "Copy it from the letter to its end.")
        people.unsubscribe(store, person)
        return _page(200, "You have left the list", "Your address is erased.")

    @app.exception_handler(WorkspaceError)
    async def busy(*_: object) -> Response:
        found = _page(503, "Not now", "Something is being repaired; try again in a few minutes.")
        found.headers["Retry-After"] = "120"
        return found

    return app


def serve_letters(
    store: Store, found: socket.socket, on_ready: Callable[[], None] = lambda: None
) -> None:
    """Answer on a socket until stopped by Ctrl-C; no request is logged, as tokens are in them."""
    config = uvicorn.Config(
        letters_app(store), access_log=False, log_config=None, log_level="critical",
        limit_concurrency=MOST_AT_ONCE, server_header=False, lifespan="off",
        timeout_graceful_shutdown=10,
    )  # fmt: skip
    on_ready()
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once the answers are out
        asyncio.run(uvicorn.Server(config).serve(sockets=[found]))


def _page(status: int, title: str, words: str, button: str = "") -> HTMLResponse:
    return HTMLResponse(answer_page(title, words, button), status, headers=_HEADERS)
