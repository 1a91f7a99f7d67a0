"""Images of a site from what is at hand: stored answers of archives, and files of the user."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from entrepot.checks.images.answers import content, kept
from entrepot.checks.images.archives import archive_at, holding_of
from entrepot.checks.images.asked import Asked, Stored
from entrepot.checks.images.image import Image
from entrepot.checks.images.items import Found, image_of, links_of
from entrepot.checks.images.looks import marked
from entrepot.checks.images.outline import BOX_KM, holds, surroundings
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.errors import SourceError

MOST_BYTES: Final = 500_000_000
OUTSIDE: Final = "outside the window that was asked for"
HINT: Final = "A file of images is the answer of a STAC search, a FeatureCollection in JSON."

Key = tuple[str, str, str]


def stored_images(
    workspace_dir: Path, site: Site, window: Window, *, files: Sequence[Path] = (),
    side_km: float = BOX_KM,
) -> Stored:  # fmt: skip
    """Images of a site that stored answers and files hold. Nothing is fetched.

    Args:
        workspace_dir: the workspace; it need not exist.
        site: the place.
        window: the time. The recorded time of an image of a pass in it may lie up to two minutes
            before it, or half a minute after it (`Holding.early`, `late`); such images are kept.
        files: FeatureCollections of the user. They say nothing of what was asked.
        side_km: side of the square around the site whose coverage is worked out.

    Returns:
        No image and nothing `asked` means that nobody has looked.

    Raises:
        SourceError: a file of the user is no FeatureCollection.
        WorkspaceError: a stored answer is missing or was changed.
    """
    boxes, left = surroundings(site, side_km), Counter[str]()
    found: dict[Key, Image] = {}
    asked: list[Asked] = []
    for one, pages in kept(workspace_dir):
        if not (holds(one.boxes, site) and _overlap(one.window, window)):
            continue
        asked.append(one)
        source = f"{one.source}, asked on {one.asked_at.date()}"
        place = Found(site, boxes, one.archive, one.collection, one.licence, source)
        for page in pages:
            items = features(content(page), page.path.name)
            left.update(_unasked(items, place, one))
            found |= _of(items, place, window)
    for path in files:
        items = features(_read(path), path.name)
        for archive, group in _by_archive(items).items():
            place = Found(site, boxes, archive, "", "", path.name)
            left.update(_unfit(group, place, window, path.name))
            found |= _of(group, place, window)
    notes = [f"{said}: {count} items, left out." for said, count in sorted(left.items())]
    notes += [_cut(one) for one in asked if not one.is_complete]
    return Stored(marked(found.values()), tuple(asked), tuple(notes))


def features(text: bytes, place: str) -> list[Any]:
    """The items of one page.

    Raises:
        SourceError: the bytes are no JSON, or no FeatureCollection or Feature.
    """
    try:
        page = json.loads(text)
    except (ValueError, RecursionError) as error:
        kind = "a web page" if text.lstrip()[:1] == b"<" else "no JSON, or JSON that breaks off"
        raise SourceError(
            f"got {kind}, expected a FeatureCollection", locator=place, hint=HINT
        ) from error
    if isinstance(page, Mapping) and page.get("type") == "Feature":
        return [page]
    items = page.get("features") if isinstance(page, Mapping) else None
    if not isinstance(items, list):
        what = page.get("type") if isinstance(page, Mapping) else type(page).__name__
        raise SourceError(
            f"got JSON of type {str(what)[:40]!r}, expected a FeatureCollection",
            locator=place, hint=HINT,
        )  # fmt: skip
    return items


def _of(items: Sequence[Any], place: Found, window: Window) -> dict[Key, Image]:
    return {
        (one.archive, one.collection, one.item_id): one
        for item in items
        if isinstance(one := image_of(item, place), Image) and _in_time(one, window)
    }


def _unasked(items: Sequence[Any], place: Found, asked: Asked) -> Iterator[str]:
    """Of an answer, the items that the question did not ask for: a sign of a faulty archive."""
    wide = replace(place, boxes=asked.boxes)
    return _unfit(items, wide, asked.window, f"{asked.archive} {asked.collection}")


def _unfit(items: Sequence[Any], place: Found, window: Window, where: str) -> Iterator[str]:
    for item in items:
        image = image_of(item, place)
        if isinstance(image, str):
            yield f"{where}, {image}"
        elif not _in_time(image, window):
            yield f"{where}, {OUTSIDE}"


def _in_time(image: Image, window: Window) -> bool:
    habit = holding_of(image.archive, image.collection)
    return window.from_at - habit.early <= image.at < window.to_at + habit.late


def _overlap(asked: Window, window: Window) -> bool:
    return asked.from_at < window.to_at and window.from_at < asked.to_at


def _by_archive(items: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        links = links_of(item) if isinstance(item, Mapping) else []
        by_relation = {rel: href for rel, href, _ in reversed(links)}
        address = by_relation.get("self") or by_relation.get("root") or ""
        found.setdefault(archive_at(address) or "file", []).append(item)
    return found


def _cut(asked: Asked) -> str:
    return (
        f"{asked.archive} {asked.collection}: the answer was cut at {asked.items} items, so a pass "
        "without an image is not settled; ask again with a higher --max-items."
    )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(
                f"got more than {MOST_BYTES // 1_000_000} MB, expected the items of one place",
                locator=path.name, hint=HINT,
            )  # fmt: skip
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror}", locator=str(path), hint="Check the path."
        ) from error
