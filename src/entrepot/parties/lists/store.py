"""Editions of lists in a workspace: written whole or not at all, never lost to a bad file.

lists/files/<sha256>                the bytes as they came, read-only
lists/editions/<list>/<edition>/    parties.parquet, refused.jsonl, and edition.json written last

A new edition stands beside the old ones. Which is current follows from its day, so an old edition
added later fills the history and does not replace a newer one.
"""

import hashlib
import json
import shutil
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from entrepot.errors import RequestError
from entrepot.parties.lists.delta import Delta, compare
from entrepot.parties.lists.edition import DayFrom
from entrepot.parties.lists.filelock import one_writer
from entrepot.parties.lists.guard import check_day, check_list_id, check_shrink
from entrepot.parties.lists.looks import Looks, current_of, history_of, on_day
from entrepot.parties.lists.publish import archive, held_in, swap, write_text
from entrepot.parties.lists.rawfile import source_file
from entrepot.parties.lists.reading import Opened, open_list
from entrepot.parties.lists.records import (
    PARTIES,
    REFUSED,
    SUMMARY,
    Held,
    read_rows,
    to_json,
    write_parties,
)
from entrepot.parties.party import Party

READER: Final = 2
"""Raised when readers change what they read; an edition read by an older one is read anew when its
file is added again."""

TOLD_EVERY: Final = 1000
LEFT_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file: the edition, and whether it is new."""

    held: Held
    is_new: bool
    before: Held | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a file is added.

    Attributes:
        list_id: the list's name; null: the publisher's.
        published_on: the day it stood so, where the user knows it.
        day_from: who says that day.
        accept_shrink: add it although it is much smaller than the one before.
        origin: address it came from.
    """

    list_id: str | None = None
    published_on: date | None = None
    day_from: DayFrom = "user"
    accept_shrink: bool = False
    origin: str = ""


class ListStore:
    """The lists of a workspace; `warn` hears, once each, of editions that cannot be read."""

    def __init__(self, workspace: Path, warn: Callable[[str], None] = warnings.warn) -> None:
        self.folder = workspace / "lists"
        self._editions = self.folder / "editions"
        self._warn, self._warned = warn, set[str]()

    def add(
        self, *paths: Path, terms: Terms | None = None, now: datetime | None = None,
        on_read: Callable[[int], None] | None = None,
    ) -> Added:  # fmt: skip
        """Read one list (one file, or the files of one OFAC set) and keep it.

        Args:
            paths: the files.
            terms: see `Terms`.
            now: the moment, with a time zone; null: the clock.
            on_read: told how many parties have been read.

        Raises:
            SourceError: broken, cut, empty, shrunken, of no known layout, or of a day to come;
                nothing was stored.
            RequestError: files that are no set.
            WorkspaceError: the workspace cannot be written, or another writer holds it.
        """
        given, moment = terms or Terms(), now or datetime.now(UTC)
        opened = open_list(paths, list_id=given.list_id)
        self.folder.mkdir(parents=True, exist_ok=True)
        scratch = Path(mkdtemp(prefix=".adding-", dir=self.folder))
        try:
            held = _read_into(scratch, opened, given, moment, on_read)
            with one_writer(self.folder):
                self._sweep()
                return self._keep(scratch, held, paths, given)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _keep(self, scratch: Path, held: Held, paths: Sequence[Path], terms: Terms) -> Added:
        check_list_id(held.list_id, held.files[0].name)
        check_day(held.days, held.added_at, held.files[0].name)
        earlier = self.editions(held.list_id)
        same = next((one for one in earlier if one.edition_id == held.edition_id), None)
        others = [one for one in earlier if one.edition_id != held.edition_id]
        days = tuple(sorted({*held.days, *(same.days if same else ())}))
        said = same.day_from if same and same.days and same.days[0] == days[0] else held.day_from
        kept = replace(held, days=days, day_from=said)
        before = max((one for one in others if one.order < kept.order), key=_order, default=None)
        if same is None and not terms.accept_shrink:
            check_shrink(before, held.parties, held.names, held.files[0].name)
        is_current = all(one.order < kept.order for one in others)
        if same and same.days == days and same.reader == READER:
            return Added(same, False, before, is_current)
        for path in paths:
            archive(path, self.folder / "files" / source_file(path).file_id)
        (scratch / SUMMARY).write_text(to_json(kept), encoding="utf-8")
        swap(scratch, self._place(kept))
        return Added(kept, same is None, before, is_current)

    def _sweep(self) -> None:
        """Remove what a writer left that was killed; a day is longer than any reading takes."""
        for left in self.folder.glob(".adding-*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > LEFT_SECONDS:
                    shutil.rmtree(left, ignore_errors=True)

    def _place(self, held: Held) -> Path:
        return self._editions / held.list_id.replace("/", "_") / held.edition_id[:16]

    def lists(self) -> tuple[str, ...]:
        """The lists of which an edition is held, by name."""
        return tuple(sorted({one.list_id for one in self.editions()}))

    def editions(self, list_id: str | None = None) -> tuple[Held, ...]:
        """Editions of one list or all, in time; a damaged one is left out, and `warn` told.

        Raises:
            WorkspaceError: the only edition of a list is damaged.
        """
        found = held_in(self._editions, "*", self._tell)
        kept = [one for one in found if list_id in (None, one.list_id)]
        return tuple(sorted(kept, key=lambda one: (one.list_id, *one.order)))

    def _tell(self, text: str) -> None:
        if text not in self._warned:
            self._warned.add(text)
            self._warn(text)

    def still(self, file_ids: Iterable[str], origin: str, day: date) -> None:
        """Note that the publisher still gave the edition of these files on a day.

        Where lists share the files, it is that of the one from `origin`.
        """
        wanted = set(file_ids)
        with one_writer(self.folder):
            same = [
                one for one in self.editions() if {file.file_id for file in one.files} == wanted
            ]
            held = max(same, key=lambda one: one.origin == origin, default=None)
            if held is None or (held.days and day <= held.days[-1]):
                return
            kept = replace(held, days=(*held.days, day), day_from=held.day_from or "retrieved")
            write_text(self._place(held) / SUMMARY, to_json(kept))

    def current(self, lists: Iterable[str] | None = None) -> tuple[Party, ...]:
        """All parties of the last edition of each list, or of these; ended listings are left out.

        Entries of several lists with one id are one party with several listings.
        """
        return current_of(self._looks(lists))

    def on(self, day: date, lists: Iterable[str] | None = None) -> tuple[Party, ...]:
        """Who was listed on a day, and who may have been.

        Of each party, `listings` holds only the listings that count on the day: `holds(day)` is
        yes, or null where the editions and the list leave it open. Properties are those of the
        last edition on or before the day, else of the first after it.
        """
        return on_day(self._looks(lists), day)

    def history(self, list_id: str) -> dict[str, tuple[date, date]]:
        """First and last day on which an edition of a list had each party."""
        return history_of(self._looks([list_id])[0])

    def delta(self, list_id: str, start: date | None = None, end: date | None = None) -> Delta:
        """What changed from the edition in force on one day to that on another.

        Args:
            list_id: the list.
            start: null: the edition before the later one.
            end: null: the last edition.

        Raises:
            RequestError: no such list, or no two editions to compare.
        """
        held = self.editions(list_id)
        later = _in_force(held, end) if end else held[-1] if held else None
        rest = [one for one in held if later is not None and one.order < later.order]
        earlier = _in_force(held, start) if start else rest[-1] if rest else None
        if later is None or earlier is None:
            raise RequestError(
                f"got {len(held)} editions of {list_id!r} on or before those days, expected two",
                hint=f"Editions are held of: {', '.join(self.lists()) or 'no list'}.",
            )
        changes = compare(dict(self._bodies(earlier)), dict(self._bodies(later)))
        return Delta(list_id, earlier.edition_id, later.edition_id, changes)

    def refused(self, held: Held) -> list[dict[str, str]]:
        """Entries of an edition that were left out: locator, reason, text."""
        text = (self._place(held) / REFUSED).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def parties_path(self, held: Held) -> Path:
        """Where the parties of an edition lie."""
        return self._place(held) / PARTIES

    def _bodies(self, held: Held) -> Iterator[tuple[str, str]]:
        return ((key, body) for key, body, _ in read_rows(self.parties_path(held)))

    def _looks(self, lists: Iterable[str] | None) -> list[Looks]:
        """Editions by list.

        Raises:
            RequestError: a list of which no edition is held.
        """
        wanted = self.lists() if lists is None else tuple(lists)
        looks = []
        for list_id in wanted:
            held = self.editions(list_id)
            if not held:
                raise RequestError(
                    f"got list {list_id!r}, of which no edition is held",
                    hint=f"Held: {', '.join(self.lists()) or 'no list'}.",
                )
            looks.append(Looks(held, self.parties_path))
        return looks


def _read_into(
    folder: Path, opened: Opened, terms: Terms, moment: datetime,
    on_read: Callable[[int], None] | None,
) -> Held:  # fmt: skip
    names = 0
    for place, count in enumerate(write_parties(folder / PARTIES, opened.parties()), start=1):
        names += count
        if on_read and place % TOLD_EVERY == 0:
            on_read(place)
    lines = (json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in opened.refused)
    (folder / REFUSED).write_text("".join(lines), encoding="utf-8")
    day, said = opened.day(terms.published_on)
    joined = "".join(sorted(f"{one.part}={one.file_id}\n" for one in opened.files))
    return Held(
        list_id=opened.reading.list_id,
        edition_id=hashlib.sha256(joined.encode()).hexdigest(),
        days=(day,) if day else (),
        day_from=terms.day_from if said == "user" else said,
        added_at=moment,
        layout=opened.layout,
        files=opened.files,
        parties=opened.read,
        names=names,
        refused=len(opened.refused),
        notes=tuple(opened.reading.notes),
        origin=terms.origin,
        reader=READER,
    )


def _order(held: Held) -> tuple[date, datetime]:
    return held.order


def _in_force(held: Sequence[Held], day: date) -> Held | None:
    return next((one for one in reversed(held) if one.order[0] <= day), None)
