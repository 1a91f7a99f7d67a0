"""Downloads from a server on this machine that misbehaves in every way a publisher's may."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.parties.lists.listfiles import FILES

from entrepot.errors import RequestError, SourceError
from entrepot.parties.lists import LAYOUTS, ListStore
from entrepot.parties.lists.catalogue import Address, addresses_of, catalogue
from entrepot.parties.lists.download import Downloaded, download
from entrepot.parties.lists.fetching import Fetched, fetch
from entrepot.parties.lists.layout import OFAC_PARTS

LIST = (FILES / "un.xml").read_bytes()
NOW = datetime(2026, 6, 1, tzinfo=UTC)


class Publisher(BaseHTTPRequestHandler):
    """Answers by path; counts what was asked."""

    asked: list[str]
    body = LIST

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        getattr(self, f"answer_{self.path.strip('/').split('/')[0].replace('-', '_')}")()

    def give(self, body: bytes, *, code: int = 200, length: int | None = None, **more: str) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_good(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.give(b"", code=304, ETag='"v1"')
            return
        self.give(type(self).body, ETag='"v1"', Last_Modified="Fri, 27 Feb 2026 10:00:00 GMT")

    def answer_page(self) -> None:
        self.give(b"<html><body>Maintenance</body></html>", Content_Type="text/html")

    def answer_hidden_page(self) -> None:
        self.give(b"<!DOCTYPE html><html></html>", Content_Type="application/octet-stream")

    def answer_short(self) -> None:
        self.give(LIST[:500], length=len(LIST))
        self.close_connection = True

    def answer_gone(self) -> None:
        self.give(b"", code=404)

    def answer_busy(self) -> None:
        if len(type(self).asked) < 3:
            self.give(b"", code=503, Retry_After="7")
        else:
            self.give(LIST)

    def answer_always_busy(self) -> None:
        self.give(b"", code=503)

    def answer_empty(self) -> None:
        self.give(b"")

    def answer_round(self) -> None:
        self.give(b"", code=302, Location="/round")

    def answer_elsewhere(self) -> None:
        port = self.server.server_address[1]
        self.give(b"", code=302, Location=f"http://localhost:{port}/good")

    def answer_file(self) -> None:
        self.give(b"", code=302, Location="file:///etc/passwd")

    def answer_wrong_layout(self) -> None:
        self.give((FILES / "eu.xml").read_bytes())


@pytest.fixture
def server() -> Iterator[str]:
    Publisher.asked, Publisher.body = [], LIST
    running = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    thread.join()
    running.server_close()


def get(address: str, folder: Path, waits: list[float] | None = None, **more: int) -> Downloaded:
    pauses = [] if waits is None else waits
    return download(address, folder / "file", sleep=pauses.append, **more)


def test_a_good_file(server: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    found = download(f"{server}/good", tmp_path / "file", on_bytes=lambda *n: told.append(n))
    assert (tmp_path / "file").read_bytes() == LIST
    assert (found.size_bytes, found.etag, found.modified_on) == (
        len(LIST), '"v1"', date(2026, 2, 27),
    )  # fmt: skip
    assert told[-1] == (len(LIST), len(LIST))


@pytest.mark.parametrize(
    ("path", "words"),
    [("page", "web page"), ("hidden-page", "web page"), ("gone", "404"), ("empty", "empty answer"),
     ("round", "redirects"), ("file", "redirect to file:"), ("always-busy", "4 tries"),
     ("short", "4 tries")],
)  # fmt: skip
def test_what_is_no_file_is_refused(path: str, words: str, server: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=words):
        get(f"{server}/{path}", tmp_path)


def test_a_busy_server_is_asked_again_after_the_pause_it_wants(server: str, tmp_path: Path) -> None:
    waits: list[float] = []
    assert get(f"{server}/busy", tmp_path, waits).size_bytes == len(LIST)
    assert waits == [7.0, 7.0]


def test_pauses_double(server: str, tmp_path: Path) -> None:
    waits: list[float] = []
    with pytest.raises(SourceError):
        get(f"{server}/always-busy", tmp_path, waits)
    assert waits == [1.0, 2.0, 4.0]


def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="could not be downloaded"):
        get("http://127.0.0.1:1/list", tmp_path)


def test_too_large(server: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="more than 100 bytes"):
        get(f"{server}/good", tmp_path, largest=100)


def test_another_host_is_told(server: str, tmp_path: Path) -> None:
    assert get(f"{server}/elsewhere", tmp_path).notes == ("127.0.0.1 sent on to localhost.",)


def fetched(store: ListStore, address: str) -> Fetched:
    one = Address("un-sc", "", "Nobody", "Invented", address, "un-xml", "none", "")
    return fetch(store, [one], now=NOW, get=lambda *a, **k: download(*a, **k, sleep=lambda _: None))


def test_a_list_is_fetched_once_and_again_only_when_it_is_newer(
    server: str, tmp_path: Path
) -> None:
    store = ListStore(tmp_path)
    first = fetched(store, f"{server}/good")
    assert first.added is not None
    assert first.added.held.origin == f"{server}/good"
    assert fetched(store, f"{server}/good").added is None
    days = (*first.added.held.days, NOW.date())
    assert [one.days for one in store.editions()] == [days]  # it still stood so
    assert Publisher.asked == ["/good", "/good"]


@pytest.mark.parametrize("path", ["page", "short", "wrong-layout", "gone"])
def test_a_bad_answer_leaves_the_list_in_service(path: str, server: str, tmp_path: Path) -> None:
    store = ListStore(tmp_path)
    fetched(store, f"{server}/good")
    before = store.current()
    with pytest.raises(SourceError):
        fetched(store, f"{server}/{path}")
    assert store.current() == before


def test_a_list_that_was_lost_here_is_fetched_anew(server: str, tmp_path: Path) -> None:
    """The marks of a download count only while its edition is held."""
    store = ListStore(tmp_path)
    fetched(store, f"{server}/good")
    (store.parties_path(store.editions()[0]).with_name("edition.json")).unlink()
    assert fetched(store, f"{server}/good").added is not None


def test_the_catalogue_is_well_formed() -> None:
    for one in catalogue():
        assert one.address.startswith("https://")
        assert one.layout in LAYOUTS or one.layout in OFAC_PARTS
        assert one.publisher
        assert one.licence
    assert [one.part for one in addresses_of("ofac-sdn")] == [
        "", "aliases", "addresses", "comments",
    ]  # fmt: skip
    with pytest.raises(RequestError, match="no address is known"):
        addresses_of("nothing")
