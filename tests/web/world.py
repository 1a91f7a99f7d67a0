"""A small world: two invented lists with invented parties, and the service over them."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from entrepot.web.server import Running, listen
from entrepot.web.service import Service
from entrepot.web.source import FilesSource

ZORBLAT = {
    "id": "lst-1",
    "schema": "Person",
    "datasets": ["invented-one"],
    "properties": {
        "name": ["Zorblat Quixley Vandermoot"],
        "alias": ["Зорблат Квиксли Вандермут"],
        "birthDate": ["1961-02-03"],
        "nationality": ["by"],
        "topics": ["sanction"],
        "passportNumber": ["QX1234567"],
    },
}
GRALLOCH = {
    "id": "lst-2",
    "schema": "Company",
    "datasets": ["invented-one"],
    "properties": {
        "name": ["Gralloch Fennimore Turbine Works LLC"],
        "jurisdiction": ["ru"],
        "innCode": ["7707083893"],
        "topics": ["sanction"],
    },
}
WIMBLE = {
    "id": "lst/3 é",
    "schema": "Vessel",
    "datasets": ["invented-two"],
    "properties": {"name": ["WIMBLEDRIFT STAR"], "imoNumber": ["IMO9074729"], "flag": ["kz"],
                   "topics": ["sanction"]},
}  # fmt: skip
TARQUIN = {
    "id": "lst-4",
    "schema": "Organization",
    "datasets": ["invented-two"],
    "properties": {"name": ["Tarquin Blisset Avionics Bureau"], "country": ["ru", "by"],
                   "topics": ["export.control"]},
}  # fmt: skip


def sanction(party: dict[str, Any], record: str, since: str | None) -> dict[str, Any]:
    """The listing of a party."""
    properties = {"entity": [party["id"]], "recordId": [record], "program": ["INVENTED-7"]}
    if since:
        properties["listingDate"] = [since]
    return {"id": f"s-{record}", "schema": "Sanction", "datasets": party["datasets"],
            "properties": properties}  # fmt: skip


def write(path: Path, entities: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in entities), encoding="utf-8")
    return path


def lists(folder: Path) -> list[Path]:
    """Both lists as files, out on known days."""
    one = [ZORBLAT, sanction(ZORBLAT, "A-100", "2022-03-15"), GRALLOCH,
           sanction(GRALLOCH, "A-200", None)]  # fmt: skip
    two = [WIMBLE, sanction(WIMBLE, "B-7", "2023-05-01"), TARQUIN, sanction(TARQUIN, "B-8", None)]
    return [
        write(folder / "one-2024-01-10.json", one),
        write(folder / "two-2024-02-20.json", two),
    ]


def service_of(folder: Path, **options: Any) -> Service:
    """A service over the world, not yet loaded."""
    return Service(FilesSource(lists(folder)), **{"algorithm": "fallback", **options})


@contextmanager
def serving(
    service: Service, *, wait: bool = True, origins: Sequence[str] = ()
) -> Iterator[httpx.Client]:
    """A real server on loopback, with a client of it."""
    running = Running(service, listen("127.0.0.1", 0), origins)
    ready = threading.Event()
    thread = threading.Thread(target=running.run, args=(ready.set,))
    thread.start()
    try:
        while wait and not ready.wait(0.1):
            assert thread.is_alive(), service.failed
        with httpx.Client(base_url=running.address, timeout=60, trust_env=False) as client:
            client.service, client.running = service, running  # type: ignore[attr-defined]
            yield client
    finally:
        running.stop()
        thread.join(60)
    assert not thread.is_alive()
