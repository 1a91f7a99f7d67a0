"""Confirming and leaving over real HTTP on loopback."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from tests.dossiers.letters.letterworld import fill, store_at

from entrepot.dossiers.letters import people, sendlog
from entrepot.dossiers.letters.store import Store
from entrepot.web.letters import letters_app
from entrepot.web.server import listen


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path) as found:
        yield found


@pytest.fixture
def asking(store: Store) -> Iterator[httpx.Client]:
    found = listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(letters_app(store), log_level="critical", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [found]}, daemon=True)
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{found.getsockname()[1]}") as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        found.close()


def active(store: Store) -> int:
    with store.reading() as connection:
        return sendlog.counts(connection)["active"]


def test_looking_never_unsubscribes_and_one_post_does(store: Store, asking: httpx.Client) -> None:
    fill(store, "a@example.org")
    address = "/unsubscribe/" + store.key.leaving(store.key.person("a@example.org"))
    for method in ("GET", "HEAD", "OPTIONS"):
        asking.request(method, address)
    seen = asking.get(address)
    assert '<form method="post">' in seen.text
    assert active(store) == 1
    # as https://www.rfc-editor.org/rfc/rfc8058 section 8.1 and 8.2 have mail programs ask
    left = asking.post(address, data={"List-Unsubscribe": "One-Click"})
    assert left.status_code == 200
    assert active(store) == 0
    again = asking.post(address, files={"List-Unsubscribe": (None, "One-Click")})
    assert again.status_code == 200
    assert not again.history
    assert "set-cookie" not in again.headers


def test_confirming_takes_a_button_and_works_once(store: Store, asking: httpx.Client) -> None:
    address = "/confirm/" + people.subscribe(store, "a@example.org", ["hub:GEO"]).token
    seen = asking.get(address)
    assert "cases on Georgia" in seen.text
    assert active(store) == 0
    assert asking.post(address).status_code == 200
    assert active(store) == 1
    assert asking.post(address).status_code == asking.get(address).status_code == 410


def test_a_wrong_token_changes_nothing_and_pages_leak_nothing(
    store: Store, asking: httpx.Client
) -> None:
    fill(store, "a@example.org")
    for wrong in ("x", "A" * 43, "%00", "a@example.org", "x" * 5000):
        assert asking.post(f"/unsubscribe/{wrong}").status_code in (404, 405)
        assert asking.post(f"/confirm/{wrong}").status_code == 410
    assert active(store) == 1
    seen = asking.get("/unsubscribe/" + store.key.leaving(store.key.person("a@example.org")))
    assert "a@example.org" not in seen.text
    assert seen.headers["referrer-policy"] == "no-referrer"
    assert seen.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in seen.headers["content-security-policy"]
    assert asking.get("/openapi.json").status_code == 404
