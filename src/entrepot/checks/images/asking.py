"""Asking archives what images they hold of a site. Each collection is a question of its own."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from pystac.errors import STACError
from pystac_client import Client, ItemSearch
from pystac_client.errors import ClientTypeError
from pystac_client.exceptions import APIError

from entrepot.checks.images.answers import Page, keep
from entrepot.checks.images.archives import Holding, platform_of
from entrepot.checks.images.asked import Asked
from entrepot.checks.images.items import licence_of, links_of, moment_text
from entrepot.checks.images.outline import BOX_KM, Box, surroundings
from entrepot.checks.images.wire import Clock, Refused, Wire
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.errors import SourceError

PAGE_ITEMS: Final = 100
MOST_ITEMS: Final = 1000
"""Of one collection: Sentinel-2 gives some 12 tiles a month of a place, in each level."""

NO_METHOD, NO_SUCH = (404, 405, 501), 404
UNFIT: Final = (
    APIError, ClientTypeError, STACError, NotImplementedError, KeyError, TypeError, ValueError,
    AttributeError,
)  # fmt: skip
"""What pystac raises on a root page that is JSON and no catalogue."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the same of every archive.

    Attributes:
        boxes: around the site.
        window: the time.
        most_items: of one collection; the answer is cut there, and said to be cut.
    """

    boxes: tuple[Box, ...]
    window: Window
    most_items: int = MOST_ITEMS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one collection: an answer that is kept, or one sentence why not."""

    holding: Holding
    asked: Asked | None
    fault: str = ""
    hint: str = ""


def question(
    site: Site, window: Window, *, side_km: float = BOX_KM, most_items: int = MOST_ITEMS
) -> Question:
    """The question for a site.

    Raises:
        RequestError: the side is out of range.
    """
    return Question(surroundings(site, side_km), window, most_items)


def body_of(holding: Holding, asked: Question) -> dict[str, Any]:
    """The body of the search request, as it is posted.

    A square across the antimeridian is sent as two polygons, as RFC 7946, section 3.1.9, asks. The
    time begins earlier and ends later by as much as recorded times may lie before and after passes.
    """
    first = asked.window.from_at - holding.early
    last = asked.window.to_at + holding.late - timedelta(milliseconds=1)
    place: dict[str, Any] = {"bbox": list(asked.boxes[0])}
    if len(asked.boxes) > 1:
        parts = [[_corners(box)] for box in asked.boxes]
        place = {"intersects": {"type": "MultiPolygon", "coordinates": parts}}
    return {
        "collections": [holding.collection],
        "datetime": f"{moment_text(first)}/{moment_text(last)}",
        "limit": min(PAGE_ITEMS, asked.most_items), **place,
    }  # fmt: skip


def ask(
    workspace_dir: Path, holdings: Sequence[Holding], asked: Question, *,
    clock: Clock | None = None, told: Callable[[str], None] = lambda _: None,
) -> tuple[Outcome, ...]:  # fmt: skip
    """Ask each collection and keep each answer that came whole.

    A collection that fails, or an archive that is down, does not lose the others.

    Args:
        workspace_dir: where answers are kept.
        holdings: the collections, from `archives.wanted`.
        asked: the question.
        clock: time from outside; null: the system's.
        told: gets one line of progress at a time.

    Raises:
        WorkspaceError: the workspace cannot be written.
    """
    given, outcomes = clock or Clock(), list[Outcome]()
    down: dict[str, SourceError] = {}
    lines: dict[str, tuple[Client, Wire]] = {}
    for holding in holdings:
        try:
            if holding.address in down:
                raise down[holding.address]
            if holding.address not in lines:
                told(f"{holding.archive}: opening {holding.address}")
                lines[holding.address] = _open(holding.address, given, told)
            outcomes.append(_one(workspace_dir, *lines[holding.address], holding, asked))
        except SourceError as error:
            if holding.address not in lines:
                down[holding.address] = error
            outcomes.append(Outcome(holding, None, str(error), error.hint))
    return tuple(outcomes)


def _open(address: str, clock: Clock, told: Callable[[str], None]) -> tuple[Client, Wire]:
    wire = Wire(address, clock, told)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # archives that do not say what they conform to
            client = Client.open(address, stac_io=wire)
            if not client.conforms_to("ITEM_SEARCH"):
                client.add_conforms_to("ITEM_SEARCH")
    except SourceError:
        raise
    except UNFIT as error:
        raise SourceError(
            "got JSON that is no root page of a STAC API, expected a Catalog", locator=address,
            hint="Check the address: it is the one that has /search below it.",
        ) from error  # fmt: skip
    return client, wire


def _one(
    workspace_dir: Path, client: Client, wire: Wire, holding: Holding, asked: Question
) -> Outcome:
    started = wire.clock.now()
    said, page = _collection(wire, holding)
    items, is_complete = _search(client, wire, holding, asked)
    found = Asked(
        archive=holding.archive, collection=holding.collection, address=holding.address,
        window=asked.window, boxes=asked.boxes, asked_at=started, items=items,
        is_complete=is_complete, norad_ids=holding.norad_ids or _satellites(said),
        settled_days=holding.settled_days,
        licence=licence_of(said.get("license"), links_of(said)), source="",
    )  # fmt: skip
    path = keep(workspace_dir, found, [page, *wire.pages])
    return Outcome(holding, replace(found, source=path.name))


def _collection(wire: Wire, holding: Holding) -> tuple[Mapping[str, Any], Page]:
    """The page of the collection: an archive gives no items, and no fault, for one it lacks."""
    address = f"{holding.address}/collections/{quote(holding.collection, safe='')}"
    wire.begin(is_search=False)
    try:
        said = wire.read_json(address)
    except Refused as error:
        if error.status != NO_SUCH:
            raise
        raise SourceError(
            f"the archive has no collection {holding.collection}", locator=holding.archive,
            hint=f"It lists its collections under {holding.address}/collections.",
        ) from error  # fmt: skip
    if not isinstance(said, Mapping) or said.get("id") != holding.collection:
        raise SourceError(
            f"got JSON that is no page of the collection {holding.collection}", locator=address
        )
    return said, replace(wire.pages[-1], role="collection")


def _search(client: Client, wire: Wire, holding: Holding, asked: Question) -> tuple[int, bool]:
    """How many items came, and whether they are all."""
    body = body_of(holding, asked)
    for method in _methods(client):
        search = _prepared(client, method, body)
        wire.begin(is_search=True)
        try:
            return _paged(search, wire, holding, asked.most_items)
        except Refused as error:
            if error.status not in NO_METHOD or method == "GET" or wire.pages:
                raise
    raise AssertionError("the last method is GET")  # pragma: no cover


def _methods(client: Client) -> Sequence[str]:
    links = [link for link in client.links if link.rel == "search"]
    said = {str(link.extra_fields.get("method", "")).upper() for link in links}
    return ("GET",) if said == {"GET"} else ("POST", "GET")


def _prepared(client: Client, method: str, body: Mapping[str, Any]) -> ItemSearch:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old root pages do not say that search takes POST
        return client.search(method=method, **body)


def _paged(search: ItemSearch, wire: Wire, holding: Holding, most: int) -> tuple[int, bool]:
    count, page = 0, dict[str, Any]()
    try:
        for page in search.pages_as_dicts():
            count += len(page["features"])
            wire.told(f"{holding.archive} {holding.collection}: {count} items")
            if count >= most:
                return count, not _goes_on(page, count)
    except UNFIT as error:
        raise SourceError(
            "got a page whose link to the next one cannot be read", locator=search.url,
            hint="The archive is faulty: ask for a shorter time, or another archive.",
        ) from error  # fmt: skip
    return count, not _matched(page) > count


def _goes_on(page: Mapping[str, Any], count: int) -> bool:
    """Whether more is to come; some archives give a next link after the last item."""
    if matched := _matched(page):
        return matched > count
    return any(link.get("rel") == "next" for link in page.get("links", []))


def _matched(page: Mapping[str, Any]) -> int:
    """How many items the archive says it has for the question; 0: it does not say."""
    matched = page.get("numberMatched")
    return matched if isinstance(matched, int) and not isinstance(matched, bool) else 0


def _satellites(collection: Mapping[str, Any]) -> frozenset[int]:
    """The satellites that a collection says it holds; empty: it does not say, or none is known."""
    summaries = collection.get("summaries")
    names = summaries.get("platform") if isinstance(summaries, Mapping) else None
    known = [platform_of(str(one), "") for one in names] if isinstance(names, list) else []
    return frozenset(one.norad_id for one in known if one is not None)


def _corners(box: Box) -> list[list[float]]:
    west, south, east, north = box
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]
