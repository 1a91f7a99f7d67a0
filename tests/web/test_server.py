"""The server: many at once, its own port and no other, and a quiet end."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading

import httpx
import pytest
from click.testing import CliRunner
from tests.web.world import lists, service_of, serving, write

from entrepot.cli.common import Group
from entrepot.cli.serve import serve
from entrepot.errors import RequestError
from entrepot.web.server import Running, is_local, listen
from entrepot.web.source import files_of, sets_of

QUERY = {"schema": "Person", "properties": {"name": ["Zorblat Quixley Vandermoot"]}}


def test_many_at_once(client):
    async def all_of_them():
        async with httpx.AsyncClient(base_url=client.base_url, timeout=60, trust_env=False) as many:
            body = {"queries": {str(n): QUERY for n in range(10)}}
            work = [many.post("/match/default", json=body) for _ in range(60)]
            beside = [many.get("/healthz") for _ in range(20)]
            return await asyncio.gather(*work, *beside)

    replies = asyncio.run(all_of_them())
    assert {one.status_code for one in replies} == {200}
    texts = {one.text for one in replies[:60]}
    assert len(texts) == 1


def test_health_is_answered_while_names_are_compared(tmp_path, monkeypatch):
    """Comparisons wait in threads of their own; here they do not end until health was answered."""
    answered = threading.Event()

    def slow(*_, **__):
        assert answered.wait(60)
        raise RequestError("done")

    with serving(service_of(tmp_path)) as client:
        monkeypatch.setattr("entrepot.web.matching.hits_of", slow)
        waiting = [
            threading.Thread(target=httpx.post, args=(f"{client.running.address}/match/default",),
                             kwargs={"json": {"queries": {"q": QUERY}}, "timeout": 60,
                                     "trust_env": False})
            for _ in range(4)
        ]  # fmt: skip
        for one in waiting:
            one.start()
        try:
            assert client.get("/healthz").status_code == 200
            assert client.get("/readyz").status_code == 200
        finally:
            answered.set()
        for one in waiting:
            one.join(60)


def test_port_taken_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RequestError, match=f"^port {port} on 127.0.0.1 is taken$") as error:
            listen("127.0.0.1", port)
    assert "--port" in error.value.hint


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1", "x" * 300])
def test_address_of_another_machine(host):
    with pytest.raises(RequestError):
        listen(host, 0)


def test_only_the_address_given(tmp_path):
    running = Running(service_of(tmp_path), listen("127.0.0.1", 0))
    host, port = running._socket.getsockname()
    running._socket.close()
    running.service.close()
    assert host == "127.0.0.1"
    assert port
    assert is_local("127.0.0.1")
    assert is_local("localhost")
    assert not is_local("0.0.0.0")


def test_answers_under_way_are_finished(tmp_path, monkeypatch):
    begun, go = threading.Event(), threading.Event()

    def slow(*_, **__):
        begun.set()
        assert go.wait(60)
        return []

    replies = []
    with serving(service_of(tmp_path)) as client:
        monkeypatch.setattr("entrepot.web.matching.hits_of", slow)
        body = {"queries": {"q": QUERY}}
        asking = threading.Thread(
            target=lambda: replies.append(client.post("/match/default", json=body))
        )
        asking.start()
        assert begun.wait(60)
        client.running.stop()
        go.set()
        asking.join(60)
    assert replies[0].status_code == 200


def run(*arguments, **options):
    return CliRunner().invoke(_group(), ["serve", *map(str, arguments)], **options)


def _group():
    group = Group("entrepot")
    group.add_command(serve)
    return group


def test_command_says_what_is_missing(tmp_path):
    bare = run("--workspace", tmp_path / "empty", "--port", 0)
    assert bare.exit_code == 1
    assert "got no list" in bare.output
    assert "entrepot lists fetch" in bare.output
    gone = run("--lists", tmp_path / "gone.csv", "--port", 0)
    assert gone.exit_code == 1
    assert "does not exist" in gone.output


def test_command_refuses_a_broken_list(tmp_path):
    (tmp_path / "bad.xml").write_text("<html>", encoding="utf-8")
    reply = run("--lists", tmp_path, "--port", 0)
    assert reply.exit_code == 1
    assert "bad.xml" in reply.output


@pytest.mark.parametrize("fault", [ValueError("odd"), RequestError("got odd, expected even")])
def test_command_says_once_why_a_list_failed(tmp_path, monkeypatch, fault):
    def broken(*_):
        raise fault

    monkeypatch.setattr("entrepot.web.service.build", broken)
    reply = run("--lists", *lists(tmp_path)[:1], "--port", 0)
    assert reply.exit_code == 1
    last = reply.output.splitlines()[1:]
    assert len(last) == 1, last
    assert last[0].startswith("error: ")


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), RuntimeError("INTERRUPT Error")])
def test_interrupted_while_loading(tmp_path, monkeypatch, fault):
    def broken(*_):
        raise fault

    monkeypatch.setattr("entrepot.web.service.build", broken)
    reply = run("--lists", *lists(tmp_path)[:1], "--port", 0)
    assert reply.exit_code == 130
    assert len(reply.output.splitlines()) == 2
    assert reply.output.splitlines()[1].startswith("interrupted")


def test_command_serves_and_stops(tmp_path):
    """As a user runs it, in a process of its own, ended by a signal."""
    folder = tmp_path / "lists"
    folder.mkdir()
    lists(folder)
    code = "from entrepot.cli.serve import serve; serve()"
    command = [sys.executable, "-c", code, "--lists", str(folder), "--port", "0",
               "--algorithm", "fallback", "--workspace", str(tmp_path)]  # fmt: skip
    environment = {**os.environ, "COLUMNS": "200", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            said = [process.stderr.readline()]
            while "ready" not in said[-1]:
                said.append(process.stderr.readline())
                assert process.poll() is None, said
            address = said[0].split()[2].rstrip(";")
            reply = httpx.get(f"{address}/readyz", trust_env=False)
            assert reply.json() == {"status": "ok"}
            process.send_signal(signal.SIGTERM)
            rest = process.stderr.read()
            process.wait(60)
        finally:
            process.kill()
    assert process.returncode == 0
    assert "GET /readyz 200" in rest
    assert rest.rstrip().endswith("stopped")
    assert "4 parties" in "".join(said)


def test_files_and_sets(tmp_path):
    with pytest.raises(RequestError, match="without a list"):
        files_of([tmp_path])
    main = tmp_path / "sdn.csv"
    main.write_text('1,"QUIXLEY, Zorblat","individual","X",-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-\n')
    alt = tmp_path / "alt.csv"
    alt.write_text('1,2,"aka","QUIXLEY, Zorb",-0-\n')
    own = write(tmp_path / "own.json", [{"id": "a", "schema": "Person",
                                         "properties": {"name": ["Zorblat Quixley"]}}])  # fmt: skip
    assert set(sets_of(files_of([tmp_path]))) == {(main, alt), (own,)}
    main.unlink()
    with pytest.raises(RequestError, match="0 main files"):
        sets_of(files_of([tmp_path]))


def test_openapi_describes_what_is_answered(client):
    paths = json.loads(client.get("/openapi.json").text)["paths"]
    assert set(paths) >= {
        "/match/{dataset}", "/match/{dataset}/stream", "/search/{dataset}",
        "/entities/{entity_id}", "/entities/{entity_id}/adjacent",
        "/entities/{entity_id}/adjacent/{property_name}", "/reconcile/{dataset}", "/healthz",
        "/readyz", "/catalog", "/algorithms", "/updatez",
    }  # fmt: skip
    names = {one["name"] for one in paths["/match/{dataset}"]["post"]["parameters"]}
    assert names == {
        "dataset", "limit", "threshold", "cutoff", "algorithm", "include_dataset",
        "exclude_dataset", "exclude_schema", "topics", "changed_since", "exclude_entity_ids", "on",
    }  # fmt: skip
    search = {one["name"] for one in paths["/search/{dataset}"]["get"]["parameters"]}
    assert search == {
        "dataset", "q", "schema", "include_dataset", "exclude_dataset", "exclude_schema",
        "changed_since", "countries", "topics", "datasets", "filter", "limit", "offset", "sort",
        "target", "fuzzy", "simple", "facets", "filter_op", "on",
    }  # fmt: skip
