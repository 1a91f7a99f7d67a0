"""A STAC API on the loopback with the shape of real ones, which can fail in many ways."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from madeup import item

ITEM_SEARCH = "https://api.stacspec.org/v1.0.0/item-search"
HTML = b"<!DOCTYPE html><html><body>Sign in</body></html>"

Fault = tuple[int, dict[str, str], bytes] | str


@dataclass
class FakeArchive:
    """What the server holds, how it behaves, and what it was asked."""

    items: list[dict[str, Any]] = field(default_factory=lambda: list[dict[str, Any]]())
    page: int = 2
    paging: str = "POST"
    search_methods: tuple[str, ...] = ("GET", "POST")
    conforms: bool = True
    total: bool = True
    loop: str = ""
    next_host: str = ""
    licence: dict[str, Any] = field(default_factory=lambda: {"license": "proprietary"})
    summaries: dict[str, Any] = field(
        default_factory=lambda: {"platform": ["sentinel-2a", "sentinel-2b"]}
    )
    faults: dict[str, list[Fault | None]] = field(
        default_factory=lambda: dict[str, list[Fault | None]]()
    )
    asked: list[tuple[str, str, Any]] = field(default_factory=lambda: list[tuple[str, str, Any]]())
    address: str = ""

    def searches(self) -> list[tuple[str, str, Any]]:
        return [one for one in self.asked if "/search" in one[1]]

    def root(self) -> dict[str, Any]:
        links = [{"rel": "root", "href": self.address}, {"rel": "self", "href": self.address}]
        links += [
            {"rel": "search", "href": f"{self.address}/search", "method": method}
            for method in self.search_methods
        ]
        said = {"type": "Catalog", "id": "generated", "stac_version": "1.0.0",
                "description": "A generated archive for tests", "links": links}  # fmt: skip
        return said | ({"conformsTo": [ITEM_SEARCH]} if self.conforms else {})

    def collection(self, name: str) -> dict[str, Any]:
        links = [{"rel": "license", "href": "https://example.org/terms"}]
        return {"type": "Collection", "id": name, "links": links,
                "summaries": self.summaries} | self.licence  # fmt: skip

    def answer(self, question: dict[str, Any], method: str) -> dict[str, Any]:
        start = int(question.get("token", 0))
        first = 0 if self.loop else start
        found = self.items[first : first + self.page]
        links = [{"rel": "root", "href": self.address}]
        if self.loop or start + self.page < len(self.items):
            token = {"same": 0, "fresh": start + 1}.get(self.loop, start + self.page)
            links.append(self._next(question, token, method))
        page = {"type": "FeatureCollection", "features": found, "links": links}
        return page | ({"numberMatched": len(self.items)} if self.total else {})

    def _next(self, question: dict[str, Any], token: int, method: str) -> dict[str, Any]:
        href = f"{self.next_host or self.address}/search"
        if method == "GET":
            return {"rel": "next", "href": f"{href}?{urlencode(question | {'token': token})}"}
        body = question | {"token": token}
        return {"rel": "next", "href": href, "method": "POST", "body": body, "merge": False}


class _Handler(BaseHTTPRequestHandler):
    """Answers for the archive of its server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet an answer
    server: "_Server"

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._serve("GET", parts.path, dict(parse_qsl(parts.query)))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._serve("POST", self.path, json.loads(self.rfile.read(length)))

    def _serve(self, method: str, path: str, question: dict[str, Any]) -> None:
        archive = self.server.archive
        archive.asked.append((method, path, question))
        kind = path.removeprefix("/v1").strip("/").split("/")[0] or "root"
        waiting = archive.faults.get(kind, [])
        fault = waiting.pop(0) if waiting else None
        if fault is not None:
            self._fail(fault, archive.answer(question, method))
        elif kind == "root":
            self._send(archive.root())
        elif kind == "collections":
            self._send(archive.collection(path.rsplit("/", 1)[-1]))
        elif method not in archive.search_methods:
            self._raw(405, {}, b'{"code": "MethodNotAllowed"}')
        else:
            self._send(archive.answer(question, method))

    def _fail(self, fault: Fault, page: dict[str, Any]) -> None:
        text = json.dumps(page).encode()
        if fault == "breaks off":
            self._raw(200, {"Content-Length": str(len(text) + 500)}, text[: len(text) // 2])
            self.close_connection = True
        elif fault == "half":
            self._raw(200, {}, text[: len(text) // 2])
        elif isinstance(fault, tuple):
            self._raw(*fault)

    def _send(self, said: Any) -> None:
        self._raw(200, {"Content-Type": "application/geo+json"}, json.dumps(said).encode())

    def _raw(self, code: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(code)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, archive: FakeArchive) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.archive = archive


@contextmanager
def serving(archive: FakeArchive) -> Iterator[FakeArchive]:
    server = _Server(archive)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    archive.address = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield archive
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def five() -> list[dict[str, Any]]:
    return [item(f"2022-08-{day}T09:25:40") for day in (26, 27, 28, 29, 30)]
