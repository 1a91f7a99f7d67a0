"""One item of an archive's answer as an image; items may lack anything but a name and a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from entrepot.checks.images.archives import platform_of
from entrepot.checks.images.image import Image
from entrepot.checks.images.outline import Box, coverage_pct, frame
from entrepot.checks.site import Site

MOST_LETTERS: Final = 2000
"""Of an address or a name; what is longer is left out."""

PREVIEWS: Final = ("thumbnail", "overview")
"""Roles of assets that are small pictures."""

PREVIEW_NAMES: Final = ("thumbnail", "rendered_preview", "preview", "overview")
DATA: Final = "data"

NO_NAME = "without a name"
NO_TIME = "without a time"
ELSEWHERE = "outside the surroundings that were asked for"


@dataclass(frozen=True, slots=True)
class Found:
    """Where an item was found.

    Attributes:
        site: that was asked for.
        boxes: its surroundings.
        archive: short name.
        collection: that was asked for; empty: as the item says.
        licence: of the collection, as the archive states it; empty: not stated.
        source: file and day of the answer.
    """

    site: Site
    boxes: Sequence[Box]
    archive: str
    collection: str
    licence: str
    source: str


def image_of(item: object, found: Found) -> Image | str:
    """An item as an image, or in words why it is none of the site.

    A missing cloud figure, outline, link or platform is null or empty. Cloud below 0 or over 100
    is null: Landsat writes -1 where it was not worked out.
    """
    if not isinstance(item, Mapping):
        return NO_NAME
    said = _mapping(item.get("properties"))
    item_id, at = _text(item.get("id")), moment_of(said)
    if not item_id:
        return NO_NAME
    if at is None:
        return NO_TIME
    covered = coverage_pct(item.get("geometry"), found.boxes)
    seen = coverage_pct(frame(item.get("bbox")), found.boxes) if covered is None else covered
    if seen is not None and seen <= 0:
        return ELSEWHERE
    name = _text(said.get("platform"))
    platform = platform_of(name, item_id)
    links, assets = list(_links(item)), _mapping(item.get("assets"))
    return Image(
        site=found.site.name, archive=found.archive,
        collection=found.collection or _text(item.get("collection")), item_id=item_id,
        satellite=platform.satellite if platform else name,
        norad_id=platform.norad_id if platform else None, at=at,
        cloud_pct=_between(said.get("eo:cloud_cover"), 0, 100), coverage_pct=covered,
        gsd_m=_gsd(said, assets), link=_link(links, assets), preview=_preview(links, assets),
        licence=licence_of(said.get("license"), links) or found.licence, pass_at=None,
        source=found.source,
    )  # fmt: skip


def moment_of(properties: Mapping[str, Any]) -> datetime | None:
    """`datetime`; where it is null, the middle of `start_datetime` and `end_datetime`."""
    at = _moment(properties.get("datetime"))
    if at is not None:
        return at
    start, end = _moment(properties.get("start_datetime")), _moment(properties.get("end_datetime"))
    return start + (end - start) / 2 if start and end else None


def licence_of(name: object, links: Sequence[tuple[str, str, str]]) -> str:
    """The words of a `license` field and the address of a link `license`; empty: neither."""
    words = _text(name)
    address = next((href for rel, href, _ in links if rel == "license"), "")
    return f"{words}, {address}" if words and address else words or address


def links_of(item: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Relation, address and media type of the links that lead to a web address."""
    return list(_links(item))


def _links(item: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    given = item.get("links")
    for link in given if isinstance(given, list) else ():
        href = _address(_mapping(link).get("href"))
        if href:
            yield _text(link.get("rel")), href, _text(link.get("type"))


def _link(links: Sequence[tuple[str, str, str]], assets: Mapping[str, Any]) -> str:
    for rel, href, _ in links:
        if rel == "self":
            return href
    by_role = [
        (DATA not in _roles(asset), _address(_mapping(asset).get("href")))
        for asset in assets.values()
    ]
    return next((href for _, href in sorted(by_role, key=lambda one: one[0]) if href), "")


def _preview(links: Sequence[tuple[str, str, str]], assets: Mapping[str, Any]) -> str:
    named = {name: _address(_mapping(asset).get("href")) for name, asset in assets.items()}
    by_name = [named[name] for name in PREVIEW_NAMES if named.get(name)]
    by_role = [
        named[name] for role in PREVIEWS for name, asset in assets.items() if role in _roles(asset)
    ]
    by_link = [href for rel, href, kind in links if rel in PREVIEW_NAMES and "html" not in kind]
    return next((one for one in (*by_role, *by_name, *by_link) if one), "")


def _roles(asset: object) -> Sequence[str]:
    roles = _mapping(asset).get("roles")
    return [_text(role) for role in roles] if isinstance(roles, list) else []


def _gsd(said: Mapping[str, Any], assets: Mapping[str, Any]) -> float | None:
    own = _between(said.get("gsd"), 0, MOST_LETTERS)
    each = [_between(_mapping(asset).get("gsd"), 0, MOST_LETTERS) for asset in assets.values()]
    return own or min((value for value in each if value), default=None)


def _between(value: object, low: float, high: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if low <= value <= high else None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _address(value: object) -> str:
    """An address of the web; empty for anything else, such as a script or a bucket."""
    text = _text(value)
    try:
        parts = urlsplit(text)
        return text if parts.scheme in ("http", "https") and parts.netloc else ""
    except ValueError:
        return ""


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MOST_LETTERS or not value.isprintable():
        return ""
    return value.strip()


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def moment_text(at: datetime) -> str:
    """A UTC moment as archives take it, to the millisecond."""
    text = at.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z").replace(".000Z", "Z")
