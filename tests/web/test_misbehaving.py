"""Requests that are wrong, hostile or huge: a clear answer, nothing lost, no name logged."""

import json
import logging
import socket
import time
from urllib.parse import urlsplit

import pytest
from tests.web.shapes import ERROR, INVALID, MATCH, SEARCH, check
from tests.web.world import service_of, serving

from entrepot.web import guard

NASTY = {
    "long": "Zorblat " * 1250,
    "emoji": "Zorblat 😀👩‍👩‍👧‍👦 Vandermoot",
    "right to left": "\u202eZorblat\u202c \u200fVandermoot\u061c",
    "controls": "Zorblat\x00\x07\u0000 Vander\u200bmoot",
    "query language": 'name:(*) OR "_exists_:x" AND [* TO *] ~100 \\ / {!}',
    "sql": "'; DROP TABLE parties; --",
    "template": "{{7*7}} ${jndi:ldap://x} %s %n",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "path": "../../etc/passwd\r\nset-cookie: x=1",
    "expression": "(((((((((((a+)+)+)+)+)+)+)+)+)+)$",
    "combining": "Z" + "\u0301" * 2000,
    "wide": "Ｚｏｒｂｌａｔ Ｖａｎｄｅｒｍｏｏｔ",
    "blank": " \u00a0\u3000\t",
}

OURS = ("entrepot.web", "uvicorn", "uvicorn.error", "uvicorn.access")


@pytest.mark.parametrize("name", NASTY)
def test_names_of_every_kind(client, name):
    text = NASTY[name]
    query = {"schema": "Thing", "properties": {"name": [text]}}
    reply = client.post("/match/default", json={"queries": {text[:50]: query}})
    assert reply.status_code == 200, reply.text
    check(reply.json(), MATCH)
    found = client.get("/search/default", params={"q": text})
    assert found.status_code == 200
    check(found.json(), SEARCH)
    page = client.post("/", data={"name": text[:2000]})
    assert page.status_code == 200
    assert "<script" not in page.text
    queries = json.dumps({"q": {"query": text}})
    form = client.post("/reconcile/default", data={"queries": queries})
    assert form.status_code in (200, 400)
    prefix = {"prefix": text[:1000]}
    assert client.get("/reconcile/default/suggest/entity", params=prefix).status_code == 200
    assert client.get("/entities/" + "".join(c for c in text[:80] if c.isalnum())).status_code in (
        404, 405, 307, 200,
    )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"7", b'"x"', b'{"queries": []}', b'{"queries": {"q": 7}}',
     b'{"queries": {"q": {"schema": 7, "properties": {}}}}',
     b'{"queries": {"q": {"schema": "Person", "properties": {"name": ["\\ud800"]}}}}',
     b'{"queries": {"q": {"schema": "Person", "properties": {"name": "\xff\xfe"}}}}',
     b'{"queries": {"q": {"schema": "Person", "properties": [1]}}}',
     b'{"a":' * 2000 + b"1" + b"}" * 2000],
)  # fmt: skip
def test_bodies_that_are_no_query(client, body):
    headers = {"content-type": "application/json"}
    reply = client.post("/match/default", content=body, headers=headers)
    assert reply.status_code in (400, 422), reply.text
    check(reply.json(), INVALID if reply.status_code == 422 else ERROR)


def test_too_many_or_too_long_values(client):
    def status(values):
        query = {"schema": "Person", "properties": {"name": values}}
        return client.post("/match/default", json={"queries": {"q": query}}).status_code

    assert status([f"name {number}" for number in range(101)]) == 422
    assert status(["x" * 16_385]) == 422
    assert status(["x" * 16_384]) == 200


def test_a_body_that_is_too_large(client):
    body = b'{"queries": {"q": "' + b"x" * guard.MAX_BODY + b'"}}'
    reply = client.post("/match/default", content=body)
    assert reply.status_code == 413
    check(reply.json(), ERROR)


def test_a_body_that_is_too_large_and_does_not_say_so(client):
    def parts():
        for _ in range(guard.MAX_BODY // 65536 + 2):
            yield b" " * 65536

    reply = client.post("/match/default", content=parts())
    assert reply.status_code == 413
    assert client.get("/readyz").status_code == 200


def test_an_address_that_is_too_long(client):
    reply = client.get("/search/default", params={"q": "x" * 40_000})
    assert reply.status_code == 414
    check(reply.json(), ERROR)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "x"])
def test_scores_that_are_none(client, value):
    reply = client.post("/match/default", params={"threshold": value}, json={"queries": {}})
    assert reply.status_code == 422
    check(reply.json(), INVALID)


def test_no_http_at_all(client):
    address = urlsplit(str(client.base_url))
    with socket.create_connection((address.hostname, address.port), timeout=30) as plug:
        plug.sendall(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")
        assert plug.recv(100).startswith(b"HTTP/1.1 400")
    assert client.get("/healthz").status_code == 200


def test_methods_as_yente(client):
    assert client.head("/healthz").status_code == 405
    assert client.get("/match/default").status_code == 405
    assert client.options("/match/default").status_code == 405
    assert client.get("/no/such/address").json() == {"detail": "Not Found"}


PATHS = ("/search/default", "/reconcile/default", "/entities/nobody", "/catalog")
REFINE = ("http://127.0.0.1:3333", "http://localhost:3333")


def shown_to(client, origin, path):
    """The origin that a browser is told to show an answer to; null: none."""
    reply = client.get(path, headers={"origin": origin})
    assert "access-control-allow-credentials" not in reply.headers
    return reply.headers.get("access-control-allow-origin")


def preflight(client, origin, path):
    headers = {"origin": origin, "access-control-request-method": "POST",
               "access-control-request-headers": "content-type"}  # fmt: skip
    return client.options(path, headers=headers)


def test_no_other_site_reads_answers(client):
    for origin in ("https://elsewhere.example", "http://localhost:3000", "null"):
        assert [shown_to(client, origin, path) for path in PATHS] == [None] * 4
        for path in ("/match/default", "/reconcile/default"):
            before = preflight(client, origin, path)
            assert before.status_code == 400
            assert "access-control-allow-origin" not in before.headers


@pytest.mark.parametrize("origin", REFINE)
def test_openrefine_reads_the_reconciliation_service(client, origin):
    found = [shown_to(client, origin, path) for path in PATHS]
    assert found == [None, origin, None, None]
    assert preflight(client, origin, "/reconcile/default").status_code == 200
    assert preflight(client, origin, "/match/default").status_code == 400


def test_a_script_tag_of_another_site_gets_nothing(client):
    """Scripts run whatever their origin, so an answer as a script would go round the rule."""
    asked = {"callback": "f", "prefix": "zorblat"}
    path = "/reconcile/default/suggest/entity"
    for headers in ({}, {"referer": "https://elsewhere.example/x"}):
        reply = client.get(path, params=asked, headers=headers)
        assert reply.status_code == 403
        check(reply.json(), ERROR)
    reply = client.get(path, params=asked, headers={"referer": f"{REFINE[0]}/"})
    assert "Zorblat" in reply.text


def test_sites_that_were_allowed(tmp_path):
    site = "https://intranet.example"
    with serving(service_of(tmp_path), origins=[f"{site}/"]) as own:
        assert [shown_to(own, site, path) for path in PATHS] == [site] * 4
        assert preflight(own, site, "/match/default").status_code == 200
        assert shown_to(own, "https://elsewhere.example", "/catalog") is None
        assert shown_to(own, REFINE[0], "/reconcile/default") == REFINE[0]


def test_log_holds_no_name(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get("/search/default", params={"q": "Secretname"})
        client.get("/entities/Secretname")
        client.get("/Secretname")
        client.post("/", data={"name": "Secretname"})
        client.post("/match/default", content=b'{"queries": {"Secretname": 7}}')
        query = {"schema": "Person", "properties": {"name": ["Secretname"]}}
        client.post("/match/default", json={"queries": {"Secretname": query}})
        client.post("/match/default/stream", content=json.dumps(query).encode())
        lines: list[str] = []
        for _ in range(200):  # a line is written after its answer
            lines = [one.getMessage() for one in caplog.records if one.name in OURS]
            if any("/stream" in one for one in lines):
                break
            time.sleep(0.05)
    assert not any("secretname" in one.casefold() for one in lines)
    for start in (
        "GET /search/{dataset} 200 ", "GET /entities/{entity_id} 404 ",
        "GET (no such address) 404 ", "POST / 200 1 queries ", "POST /match/{dataset} 422 ",
        "POST /match/{dataset} 200 1 queries ", "POST /match/{dataset}/stream 200 1 queries ",
    ):  # fmt: skip
        assert any(one.startswith(start) for one in lines), start


def test_a_fault_is_answered_and_not_told(client, caplog, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("Secretname")

    monkeypatch.setattr("entrepot.web.routes_match.match_one", broken)
    query = {"schema": "Person", "properties": {"name": ["Secretname"]}}
    with caplog.at_level(logging.DEBUG):
        reply = client.post("/match/default", json={"queries": {"q": query}})
    assert (reply.status_code, reply.json()) == (500, {"detail": "Server error"})
    said = "\n".join(one.getMessage() + str(one.exc_info or "") for one in caplog.records)
    assert "ZeroDivisionError" in said
    assert "Secretname" not in said
    assert client.get("/readyz").status_code == 200
