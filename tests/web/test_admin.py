"""The service itself: ready, catalogue, algorithms, updates."""

import json
import threading

import httpx
import pytest
from tests.web.shapes import ALGORITHMS, CATALOG, ERROR, STATUS, check
from tests.web.world import GRALLOCH, TARQUIN, WIMBLE, ZORBLAT, service_of, serving, write

from entrepot.web import source
from entrepot.web.service import Service

SCREEN = {
    "queries": {"q": {"schema": "Organization", "properties": {"name": ["Ninefold Umbrage"]}}}
}
NEW = {"id": "lst-9", "schema": "Organization", "datasets": ["invented-two"], "target": True,
       "properties": {"name": ["Ninefold Umbrage Bureau"]}}  # fmt: skip


def test_healthy_ready_and_described(client):
    for path, shape in (("healthz", STATUS), ("readyz", STATUS), ("catalog", CATALOG),
                        ("manifest", CATALOG), ("algorithms", ALGORITHMS)):  # fmt: skip
        reply = client.get(f"/{path}")
        assert reply.status_code == 200, path
        check(reply.json(), shape)


def test_catalog(client):
    data = client.get("/catalog").json()
    named = {one["name"]: one for one in data["datasets"]}
    assert set(named) == {"invented-one", "invented-two", "default"}
    assert named["default"]["children"] == ["invented-one", "invented-two"]
    assert named["invented-one"]["version"].startswith("20240110-")
    assert named["default"]["entity_count"] == 4
    assert data["current"] == ["invented-one", "invented-two", "default"]
    assert data["outdated"] == []


def test_algorithms(client):
    data = client.get("/algorithms").json()
    assert data["best"] == data["default"] == "fallback"


def test_not_ready_until_loaded(tmp_path, monkeypatch):
    go = threading.Event()
    service = service_of(tmp_path)
    begin = service.begin
    monkeypatch.setattr(service, "begin", lambda: (go.wait(60), begin()))
    with serving(service, wait=False) as client:
        try:
            assert client.get("/healthz").status_code == 200
            for path in ("/readyz", "/catalog", "/search/default", "/reconcile/default",
                         "/entities/lst-1"):  # fmt: skip
                reply = client.get(path)
                assert reply.status_code == 503, path
                check(reply.json(), ERROR)
            assert client.post("/match/default", json=SCREEN).status_code == 503
            assert "being loaded" in client.get("/").text
            assert client.post("/", data={"name": "x"}).status_code == 503
        finally:
            go.set()


def updated(client, **params):
    return client.post("/updatez", params={"token": "open-sesame", "sync": True, **params})


def hits(client):
    reply = client.post("/match/default", json=SCREEN).json()
    return [one["id"] for one in reply["responses"]["q"]["results"]]


@pytest.fixture
def world(tmp_path):
    service = service_of(tmp_path, update_token="open-sesame")
    with serving(service) as client:
        yield client, tmp_path / "two-2024-02-20.json"


def test_update_takes_in_new_entries(world):
    client, file = world
    assert hits(client) == []
    file.rename(newer := file.with_name("two-2024-03-01.json"))
    write(newer, [WIMBLE, TARQUIN, NEW])
    service_paths(client, newer)
    assert updated(client).status_code == 200
    assert hits(client) == ["lst-9"]
    since = client.get("/search/default", params={"changed_since": "2024-02-21"}).json()
    assert "lst-9" in [one["id"] for one in since["results"]]
    assert "lst-2" not in [one["id"] for one in since["results"]]
    before = client.get("/entities/lst-9", params={"on": "2024-02-20"})
    assert before.status_code == 404
    assert client.get("/entities/lst-9", params={"on": "2024-03-01"}).status_code == 200


def service_paths(client, newer):
    """The files named to the service, with the second one replaced."""
    found = client.service.source
    found._paths = (found._paths[0], newer)


@pytest.mark.parametrize("damage", ["cut", "empty", "page", "gone"])
def test_a_broken_list_leaves_the_old_one_in_service(world, damage):
    client, file = world
    text = file.read_text(encoding="utf-8")
    broken = {"cut": text[: len(text) // 2], "empty": "", "page": "<html></html>"}
    if damage == "gone":
        file.unlink()
    else:
        file.write_text(broken[damage], encoding="utf-8")
    reply = updated(client)
    assert reply.status_code == 500
    check(reply.json(), ERROR)
    assert "the old lists stay" in reply.json()["detail"]
    assert client.get("/readyz").status_code == 200
    assert client.get("/entities/lst-4").status_code == 200
    assert "The last update failed" in client.get("/").text


def test_update_in_the_background(world):
    client, _ = world
    assert updated(client, sync=False).json() == {"status": "ok"}
    assert updated(client).json() == {"status": "ok"}


@pytest.mark.parametrize("token", ["", "wrong", "ö"])
def test_update_needs_the_token(client, token):
    reply = client.post("/updatez", params={"token": token, "sync": True})
    assert reply.status_code == 403
    assert reply.json() == {"detail": "Invalid token."}
    assert client.get("/updatez").status_code == 405


def test_no_token_no_update(tmp_path):
    with serving(service_of(tmp_path)) as client:
        assert client.post("/updatez", params={"token": ""}).status_code == 403


def test_newer_edition_held_than_in_service(tmp_path):
    lists = tmp_path / "lists"
    lists.mkdir()
    first = write(lists / "own-2024-01-01.json", [ZORBLAT, GRALLOCH])
    workspace = source.WorkspaceSource(tmp_path / "work")
    workspace.store().add(first)
    with serving(Service(workspace, algorithm="fallback", update_token="open-sesame")) as client:
        assert client.get("/catalog").json()["index_stale"] is False
        later = write(lists / "own-2024-02-01.json", [ZORBLAT, GRALLOCH, TARQUIN])
        workspace.store().add(later)
        data = client.get("/catalog").json()
        assert (data["index_stale"], data["outdated"]) == (True, ["invented-one"])
        assert client.get("/entities/lst-4").status_code == 404
        assert updated(client).status_code == 200
        assert client.get("/entities/lst-4").status_code == 200
        assert client.get("/catalog").json()["outdated"] == []


def habits(client: httpx.Client, dataset: str, rows: list[dict[str, object]]) -> dict[str, object]:
    """How yente's users call it: a hundred at a time, and again after 503."""
    found: dict[str, object] = {}
    for start in range(0, len(rows), 100):
        queries = {str(start + n): row for n, row in enumerate(rows[start : start + 100])}
        for _ in range(5):
            reply = client.post(f"/match/{dataset}", json={"queries": queries},
                                params={"algorithm": "best", "limit": 2})  # fmt: skip
            if reply.status_code != 503:
                break
        reply.raise_for_status()
        found.update(reply.json()["responses"])
    return found


def test_a_client_with_yentes_habits(client):
    rows = [json.loads(json.dumps({"schema": one["schema"], "properties": one["properties"]}))
            for one in (ZORBLAT, GRALLOCH, WIMBLE, TARQUIN)] * 60  # fmt: skip
    found = habits(client, "default", rows)
    assert [found[str(n)]["results"][0]["id"] for n in range(4)] == [
        one["id"] for one in (ZORBLAT, GRALLOCH, WIMBLE, TARQUIN)
    ]
    assert len(found) == 240
