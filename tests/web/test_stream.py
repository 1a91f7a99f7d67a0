"""`/match/{dataset}/stream`: lines in, lines out."""

import json
import socket
import threading
from urllib.parse import urlsplit

import pytest
from tests.web.shapes import ERROR, LINE, check

from entrepot.web import routes_stream

NAMES = ("Zorblat Quixley Vandermoot", "Wimbledrift Star", "Nobody Inparticular")


def line(name, **more):
    example = {"schema": "Thing", "properties": {"name": [name]}, **more}
    return json.dumps(example, ensure_ascii=False)


def lines_of(text):
    found = [json.loads(one) for one in text.splitlines()]
    for one in found:
        check(one, LINE)
    return found


def test_in_order_and_wrong_lines_in_their_place(client):
    body = "\n".join([line(NAMES[0], id="a"), "", "{no json", '{"schema": "Person"}',
                      line("x").replace("Thing", "Banana"), line(" "), line(NAMES[1])])  # fmt: skip
    reply = client.post("/match/default/stream", content=body.encode())
    assert reply.headers["content-type"] == "application/x-ndjson"
    found = lines_of(reply.text)
    assert [one["line"] for one in found] == [1, 3, 4, 5, 6, 7]
    assert [one["status"] for one in found] == [200, 400, 400, 400, 400, 200]
    assert found[0]["id"] == "a"
    assert found[0]["results"][0]["id"] == "lst-1"
    assert all(one["detail"] for one in found[1:5])
    assert found[5]["results"][0]["id"] == "lst/3 é"


def test_a_client_that_sends_all_before_it_reads(client):
    """httpx writes the whole body first: with answers held back by the socket it would lock up."""
    many = [line(NAMES[number % 3], id=str(number)) for number in range(1500)]
    reply = client.post("/match/default/stream", content="\n".join(many).encode())
    assert [one["id"] for one in lines_of(reply.text)] == [str(n) for n in range(1500)]


def test_answers_come_while_the_client_still_sends(client):
    address = urlsplit(str(client.base_url))
    with socket.create_connection((address.hostname, address.port), timeout=30) as plug:
        plug.sendall(b"POST /match/default/stream HTTP/1.1\r\nhost: x\r\n"
                     b"transfer-encoding: chunked\r\n\r\n")  # fmt: skip
        body = (line(NAMES[0]) + "\n").encode()
        for _ in range(2):
            plug.sendall(b"%x\r\n%s\r\n" % (len(body), body))
            text = b""
            while b'"line":' not in text:
                text += plug.recv(65536)
        plug.sendall(b"0\r\n\r\n")
        while chunk := plug.recv(65536):
            text += chunk
            if text.endswith(b"0\r\n\r\n"):
                break
    assert text.endswith(b"0\r\n\r\n")


def test_a_client_that_leaves(client):
    address = urlsplit(str(client.base_url))
    with socket.create_connection((address.hostname, address.port), timeout=30) as plug:
        plug.sendall(b"POST /match/default/stream HTTP/1.1\r\nhost: x\r\n"
                     b"content-length: 999999\r\n\r\n{")  # fmt: skip
    assert client.get("/readyz").status_code == 200


def test_a_client_that_leaves_after_sending(client, monkeypatch):
    """The work on the first line waits until the server knows that nobody reads the answers."""
    left, begun, worked = threading.Event(), threading.Event(), []
    filled = routes_stream.Waiting.fill

    async def fill(self, receive):
        await filled(self, receive)
        left.set()

    def answered(self, text, number):
        worked.append(number)
        begun.set()
        assert left.wait(60)
        return b"{}\n"

    monkeypatch.setattr(routes_stream.Waiting, "fill", fill)
    monkeypatch.setattr(routes_stream.Lines, "answered", answered)
    ended, closed = threading.Event(), routes_stream.Waiting.close

    def close(self):
        closed(self)
        ended.set()

    monkeypatch.setattr(routes_stream.Waiting, "close", close)
    body = "\n".join([line(NAMES[0])] * 5).encode()
    address = urlsplit(str(client.base_url))
    with socket.create_connection((address.hostname, address.port), timeout=30) as plug:
        head = f"POST /match/default/stream HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}"
        plug.sendall(head.encode() + b"\r\n\r\n" + body)
        assert begun.wait(60)
    assert ended.wait(60)
    assert worked == [1]


def test_a_line_that_is_too_long(client, monkeypatch):
    monkeypatch.setattr(routes_stream, "MAX_LINE", 500)
    body = f"{line('x' * 70_000)}\n{line('y' * 600)}\n{line(NAMES[0])}"
    found = lines_of(client.post("/match/default/stream", content=body.encode()).text)
    assert [one["status"] for one in found] == [400, 400, 200]
    assert "more than 500 bytes" in found[0]["detail"]


def test_little_waits_on_disk_at_once(client, monkeypatch):
    """With room for little the server reads on only as it answers."""
    monkeypatch.setattr(routes_stream, "MAX_WAITING", 4096)
    many = [line(NAMES[number % 3], id=str(number)) for number in range(500)]
    address = urlsplit(str(client.base_url))
    body = "\n".join(many).encode()
    with socket.create_connection((address.hostname, address.port), timeout=30) as plug:
        head = (
            f"POST /match/default/stream HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        sending = threading.Thread(target=plug.sendall, args=(head.encode() + body,))
        sending.start()
        text = b""
        while not text.endswith(b"0\r\n\r\n"):
            text += plug.recv(65536)
        sending.join(30)
    assert text.count(b'"line":') == 500


@pytest.mark.parametrize(
    ("address", "status"),
    [("no-such-list/stream", 404), ("default/stream?algorithm=x", 400),
     ("default/stream?on=2024-02-31", 400)],
)  # fmt: skip
def test_refused_as_a_whole(client, address, status):
    reply = client.post(f"/match/{address}", content=line("x").encode())
    assert reply.status_code == status
    check(reply.json(), ERROR)
