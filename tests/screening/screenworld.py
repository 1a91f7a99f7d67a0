"""A small world: an invented list in two editions, and files to screen."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from entrepot.parties.lists import ListStore, Terms
from entrepot.workspace.screening import Ask, Outcome, Wanted, plan, screen

LIST = "invented-list"


def entity(
    key: str, schema: str, names: Sequence[str], since: str = "", **more: str
) -> list[dict[str, Any]]:
    """A listed party and its listing, as FollowTheMoney writes them."""
    properties = {"name": [names[0]], **{prop: [text] for prop, text in more.items()}}
    if names[1:]:
        properties["alias"] = list(names[1:])
    body = {"id": key, "schema": schema, "datasets": [LIST], "properties": properties}
    when = {"listingDate": [since]} if since else {}
    listing = {"entity": [key], **when}
    stands = {"id": f"s-{key}", "schema": "Sanction", "datasets": [LIST], "properties": listing}
    return [body, stands]


OLD = [
    *entity("lst-1", "Person", ["Zorblat Quixley Vandermoot"], "2014-03-17"),
    *entity("lst-2", "Company", ["Gralloch Fennimore Turbine Works"], innCode="7707083893"),
    *entity("lst-3", "Vessel", ["Wimbledrift Starling"], imoNumber="9074729"),
    *entity("lst-4", "Company", ["Ostrigan Parquet Foundry"], "2021-05-01"),
]
"""The first edition, of 2022-02-01."""

NEW = [
    *entity("lst-1", "Person", ["Zorblat Quixley Vandermoot"], "2014-03-17"),
    *entity("lst-2", "Company", ["Gralloch Fennimore Turbine Works", "Blenkinsop Rotor Bureau"],
            innCode="7707083893"),
    *entity("lst-3", "Vessel", ["Wimbledrift Starling"], imoNumber="9074729"),
    *entity("lst-5", "Company", ["Tarquin Hollowell Avionics"], "2022-03-01"),
]  # fmt: skip
"""The second, of 2022-04-01: lst-2 has one more name, lst-4 is gone, lst-5 is new."""

NAMES = [
    "Gralloch Fennimore Turbine Works",
    "Paxworth Bakery",
    "",
    "ZORBLAT QUIXLEY VANDERMOOT",
    "Paxworth Bakery",
    "Ostrigan Parquet Foundry",
    "Blenkinsop Rotor Bureau",
    "Tarquin Hollowell Avionics",
    "Gralloch Fennimore Turbine Works",
    "Wimbledrift Starling",
]


def list_file(folder: Path, entities: Sequence[Mapping[str, Any]], name: str) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(one) + "\n" for one in entities), encoding="utf-8")
    return path


def add(workspace: Path, folder: Path, entities: Sequence[Mapping[str, Any]], day: date) -> None:
    path = list_file(folder, entities, f"list-{day}.ftm.json")
    ListStore(workspace).add(path, terms=Terms(published_on=day, accept_shrink=True))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with the first edition."""
    folder = tmp_path / "work"
    add(folder, tmp_path, OLD, date(2022, 2, 1))
    return folder


@pytest.fixture
def newer(tmp_path: Path) -> Callable[[Path], None]:
    """Adds the second edition."""
    return lambda workspace: add(workspace, tmp_path, NEW, date(2022, 4, 1))


def table_file(folder: Path, names: Sequence[str] = NAMES, heading: str = "consignee") -> Path:
    path = folder / "shipments.csv"
    rows = "".join(f'{place},"{name}"\n' for place, name in enumerate(names))
    path.write_text(f"no,{heading}\n{rows}", encoding="utf-8")
    return path


def quiet(step: str, done: int, total: int) -> None:
    """Nobody is told."""


def screened(workspace: Path, path: Path, **more: Any) -> Outcome:
    """A run with the fallback, on one process unless told otherwise."""
    wanted = more.pop("wanted", Wanted())
    flags = {key: more.pop(key) for key in ("resume", "anew") if key in more}
    ask = Ask(path, wanted, **{"algorithm": "fallback", "workers": 1, **more})
    return screen(plan(workspace, ask), quiet, **flags)
