"""A server on the loopback address that answers what a test tells it, one answer a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Reply:
    """One answer: what is announced may be more than what comes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None


@dataclass
class Talk:
    """What was asked, and what will be answered; the last answer stays."""

    replies: list[Reply]
    address: str = ""
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def answering(*replies: Reply) -> Iterator[Talk]:
    """A server that gives these answers in turn."""
    talk = Talk(list(replies))

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            heard = {name.lower(): value for name, value in self.headers.items()}
            talk.asked.append((self.command, self.path, heard, self.rfile.read(length)))
            reply = talk.replies.pop(0) if len(talk.replies) > 1 else talk.replies[0]
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            size = len(reply.body) if reply.announced is None else reply.announced
            self.send_header("Content-Length", str(size))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = _answer

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    talk.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield talk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
