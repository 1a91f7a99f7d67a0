"""The archives of satellite images that are asked, and what is known of their habits.

The two tables beside this module say for each line where it stands and how certain it is:
`archives.tsv` has one line per archive and collection, `platforms.tsv` one per satellite.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import urlsplit

from entrepot.errors import RequestError

TABLES: Final = "entrepot.checks.images"


@dataclass(frozen=True, slots=True)
class Platform:
    """One satellite as archives call it.

    Attributes:
        platform: as archives write it, in small letters.
        satellite: as this project calls it.
        norad_id: catalogue number.
        item_prefix: how the names of its products begin.
    """

    platform: str
    satellite: str
    norad_id: int
    item_prefix: str


@dataclass(frozen=True, slots=True)
class Holding:
    """One collection of one archive.

    Attributes:
        archive: short name.
        title: full name.
        address: of the archive's root page.
        collection: its name there.
        norad_ids: satellites whose images it holds; empty: not known.
        time_is: of what an item's `datetime` is: `tile`, `scene`, `slice`, `datatake` (its start,
            before the tile) or `not known`.
        from_s: a predicted pass is at least so many seconds after the recorded time.
        to_s: and at most so many.
        half_scene_s: seconds from the middle of an image to its edge along the track (its length
            at a ground speed of 6.7 km/s, halved): the site may lie anywhere in it.
        settled_days: so many days after a pass its image is there, if there is one. A judgement.
        note: what a reader must know; or empty.
    """

    archive: str
    title: str
    address: str
    collection: str
    norad_ids: frozenset[int] = frozenset()
    time_is: str = "not known"
    from_s: float = -16.0
    to_s: float = 120.0
    half_scene_s: float = 14.0
    settled_days: int = 30
    note: str = ""

    @property
    def early(self) -> timedelta:
        """How long before its pass an image may be recorded at most."""
        return timedelta(seconds=max(0.0, self.half_scene_s + self.to_s))

    @property
    def late(self) -> timedelta:
        """How long after its pass an image may be recorded at most."""
        return timedelta(seconds=max(0.0, self.half_scene_s - self.from_s))


@cache
def platforms() -> tuple[Platform, ...]:
    """The satellites of `platforms.tsv`."""
    return tuple(
        Platform(row["platform"], row["satellite"], int(row["norad_id"]), row["item_prefix"])
        for row in _rows("platforms.tsv")
    )


@cache
def holdings() -> tuple[Holding, ...]:
    """The collections of `archives.tsv`, in its order."""
    numbers = {one.satellite: one.norad_id for one in platforms()}
    return tuple(
        Holding(
            row["archive"], row["title"], row["address"], row["collection"],
            frozenset(numbers[name] for name in row["satellites"].split(",")), row["time_is"],
            float(row["from_s"]), float(row["to_s"]), float(row["half_scene_s"]),
            int(row["settled_days"]), row["note"],
        )
        for row in _rows("archives.tsv")
    )  # fmt: skip


def holding_of(archive: str, collection: str, address: str = "") -> Holding:
    """What is known of a collection; of an unknown one, the widest habits of the known ones."""
    for one in holdings():
        if (one.archive, one.collection) == (archive, collection):
            return one
    return Holding(archive, archive, address, collection)


def wanted(archives: Sequence[str], collections: Sequence[str]) -> tuple[Holding, ...]:
    """The collections to ask.

    Args:
        archives: short names or addresses; empty: all known archives.
        collections: names; empty: all that are known of each archive. Of a known archive only
            those count that it is known to hold, unless it is the only one named.

    Raises:
        RequestError: an archive or collection is not known, or an address comes without one.
    """
    names = list(dict.fromkeys(archives)) or list(dict.fromkeys(x.archive for x in holdings()))
    found = [one for name in names for one in _of_archive(name, collections, len(names) == 1)]
    if not found:
        held = ", ".join(dict.fromkeys(one.collection for one in holdings()))
        raise RequestError(
            f"got --collection {' '.join(collections)}, which none of these archives is known to "
            f"hold, expected one of {held}",
            hint="Name one archive with --archive to ask it for a collection of any name.",
        )
    return tuple(dict.fromkeys(found))


def _of_archive(name: str, collections: Sequence[str], alone: bool) -> list[Holding]:
    known = [one for one in holdings() if name.rstrip("/") in (one.archive, one.address)]
    if not known:
        return _of_address(name, collections)
    held = {one.collection: one for one in known}
    if not collections:
        return known
    first = known[0]
    return [
        held.get(one) or Holding(first.archive, first.title, first.address, one)
        for one in collections
        if alone or one in held
    ]


def _of_address(address: str, collections: Sequence[str]) -> list[Holding]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        known = ", ".join(dict.fromkeys(one.archive for one in holdings()))
        raise RequestError(
            f"got --archive {address!r}, expected one of {known} or an address with https://",
            hint="Such as --archive element84; several with --archive twice: docs/archives.md.",
        )
    if not collections:
        raise RequestError(
            f"got the archive {address} without a collection, expected at least one",
            hint="Name it with --collection; the archive lists them under /collections.",
        )
    return [
        Holding(parts.netloc, parts.netloc, address.rstrip("/"), collection)
        for collection in dict.fromkeys(collections)
    ]


def platform_of(text: str, item_id: str) -> Platform | None:
    """The satellite that an item names, or that its product's name begins with; null: neither."""
    plain = "-".join(text.lower().replace("_", " ").replace("-", " ").split())
    for one in platforms():
        if plain == one.platform or (not plain and item_id.upper().startswith(one.item_prefix)):
            return one
    return None


def archive_at(address: str) -> str:
    """Short name of the archive that an address belongs to; the host of an unknown one."""
    for one in holdings():
        if address == one.address or address.startswith(f"{one.address}/"):
            return one.archive
    return urlsplit(address).netloc


def _rows(name: str) -> list[dict[str, str]]:
    text = files(TABLES).joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", strict=True))
