"""The lists a screening uses: those of the workspace, or files and folders of the user."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow.parquet as pq

from entrepot.errors import RequestError, SourceError
from entrepot.parties.lists import ListStore
from entrepot.parties.lists.layout import OFAC_PARTS, layout_of
from entrepot.parties.lists.looks import Looks, current_of
from entrepot.parties.lists.records import Held, body_of, party_from, read_rows, write_parties
from entrepot.parties.party import Party
from entrepot.workspace.screening.days import Presence

SMALL_PREFIX: Final = "cons"
"""The files of OFAC's consolidated list begin so: cons_prim.csv, cons_alt.csv."""


@dataclass(frozen=True)
class Used:
    """One list as it was used: `day` is that of its last edition, null: nothing says it."""

    list_id: str
    day: date | None
    parties: int
    notes: tuple[str, ...] = ()


Printed = Mapping[tuple[str, str, str], date | None]
"""First days as printed, by party, list and record; null: the list prints none."""


@dataclass(frozen=True)
class Lists:
    """Parties to screen against.

    `digest` is made from what the parties say: equal lists have equal digests wherever they lie.
    `presence` answers for days of their own; null: all rows share one day. `printed` holds the
    first days as the lists print them, where `parties` hold the day of an edition in their place;
    null: they hold no other. `given`: names of the lists where the user gave files; empty: the
    lists are those of the workspace.
    """

    parties: tuple[Party, ...]
    used: tuple[Used, ...]
    digest: str
    presence: Presence | None = None
    notes: tuple[str, ...] = ()
    printed: Printed | None = None
    given: tuple[str, ...] = ()


def load_lists(
    workspace: Path,
    given: Sequence[Path] = (),
    *,
    on: date | None = None,
    by_day: bool = False,
) -> Lists:
    """The parties of the lists.

    Args:
        workspace: whose lists count where none are given.
        given: files, or folders with files, of lists.
        on: as they stood that day; null: as they stand.
        by_day: every row has a day of its own.

    Raises:
        RequestError: no list at all.
        SourceError: a list that cannot be read, or an empty one.
    """
    with _store(workspace, given) as (store, notes):
        held = store.editions()
        if not held:
            raise RequestError(
                "got no list to screen against",
                hint="Add one to the workspace, or give files with --lists FILE.",
            )
        presence = Presence(store, store.lists()) if by_day else None
        dated = by_day or on is not None
        if presence is not None:
            parties = presence.parties
        else:
            parties = store.on(on) if on else store.current()
        used = tuple(_used(held, list_id, on) for list_id in store.lists())
        printed = _printed(presence.parties if presence else _around(store, on)) if dated else None
        digest = digest_of(parties, presence, held)
        named = store.lists() if given else ()
        return Lists(parties, used, digest, presence, tuple(notes), printed, named)


def _around(store: ListStore, day: date | None) -> Iterator[Party]:
    """The parties of the editions before and after a day; the earlier edition comes last."""
    for list_id in store.lists() if day else ():
        held = store.editions(list_id)
        looks = Looks(held, store.parties_path)
        before, after = looks.around(day or date.max)
        for seen in (after, before, None if before or after else (day, held[-1])):
            yield from looks.parties(seen[1]) if seen else ()


def _printed(parties: Iterable[Party]) -> Printed:
    return {
        (party.party_id, one.list_id, one.record_id): one.listed_on
        for party in parties
        for one in party.listings
    }


def stood(workspace: Path, given: Sequence[Path], day: date) -> tuple[Party, ...]:
    """The parties of the edition of each list that was in force on a day.

    Raises:
        RequestError: no edition was out by then.
    """
    with _store(workspace, given) as (store, _):
        held = [one for one in store.editions() if one.order[0] <= day]
        if not held:
            raise RequestError(f"got {day}, by which no edition of a list was out")
        lists = dict.fromkeys(one.list_id for one in held)
        looks = [
            Looks([one for one in held if one.list_id == list_id], store.parties_path)
            for list_id in lists
        ]
        return current_of(looks)


def digest_of(
    parties: Sequence[Party], presence: Presence | None = None, held: Sequence[Held] = ()
) -> str:
    """A sha256 over what the parties say, in the order of their ids."""
    found = hashlib.sha256()
    for key, body in sorted((party.party_id, body_of(party)) for party in parties):
        found.update(f"{len(key)}:{key}{len(body)}:{body}".encode("utf-8", "surrogatepass"))
    for one in held if presence is not None else ():
        found.update(f"{one.edition_id} {one.days}".encode())
    return found.hexdigest()


def save_parties(path: Path, parties: Sequence[Party]) -> None:
    """Keep the parties of a run, so that a later one can tell what changed."""
    temporary = path.with_name(f".{path.name}.tmp")
    for _ in write_parties(temporary, sorted(parties, key=lambda party: party.party_id)):
        pass
    temporary.replace(path)


def saved_bodies(path: Path) -> dict[str, str]:
    """What the parties of a run say, by id."""
    return {key: body for key, body, _ in read_rows(path)}


def saved_parties(path: Path) -> dict[str, Party]:
    """The parties of a run, by id."""
    return {key: party_from(key, body, place, "") for key, body, place in read_rows(path)}


def saved_count(path: Path) -> int:
    """How many parties a run used."""
    return int(pq.read_metadata(path).num_rows)


@contextmanager
def _store(workspace: Path, given: Sequence[Path]) -> Iterator[tuple[ListStore, list[str]]]:
    if not given:
        yield ListStore(workspace), []
        return
    with TemporaryDirectory(prefix="entrepot-lists-") as folder:
        store, notes = ListStore(Path(folder)), list[str]()
        for files in sets_of(given, notes):
            try:
                store.add(*files)
            except SourceError as error:
                if "--accept-shrink" in error.hint:
                    error.hint = "Look at the publisher's site; give --lists only the good file."
                raise
        yield store, notes


def _used(held: Sequence[Held], list_id: str, on: date | None) -> Used:
    those = [one for one in held if one.list_id == list_id]
    dated = [one for one in those if on is None or one.order[0] <= on]
    last = (dated or those)[-1]
    days = [day for day in last.days if on is None or day <= on] or last.days
    return Used(list_id, days[-1] if days else None, last.parties, last.notes)


def sets_of(given: Sequence[Path], notes: list[str]) -> list[tuple[Path, ...]]:
    """Files that make one list each: the parts of an OFAC set go with their main file.

    Args:
        given: files and folders; of a folder what is no list is left out, and noted.
        notes: what was left out is added here.

    Raises:
        RequestError: not there, or a folder without lists.
        SourceError: an empty file, or a file given by itself that is no list.
    """
    mains: list[Path] = []
    parts: list[Path] = []
    for path in given:
        if not path.exists():
            raise RequestError(f"got --lists {path}, which is not there")
        found = [(one, _layout(one, path, notes)) for one in _files(path)]
        if not any(layout for _, layout in found):
            raise RequestError(f"got --lists {path}, in which no list was found")
        mains += [one for one, layout in found if layout and layout not in OFAC_PARTS]
        parts += [one for one, layout in found if layout in OFAC_PARTS]
    sets = {main: [main] for main in mains}
    for part in parts:
        owners = [main for main in mains if _belongs(part, main)]
        if len(owners) == 1:
            sets[owners[0]].append(part)
        else:
            notes.append(f"{part.name} was left out: its main file is not beside it")
    return [tuple(files) for files in sets.values()]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))


def _layout(path: Path, given: Path, notes: list[str]) -> str:
    try:
        return layout_of(path)
    except SourceError:
        if path == given or not path.stat().st_size:
            raise
        notes.append(f"{path.name} was left out: it is no list")
        return ""


def _belongs(part: Path, main: Path) -> bool:
    small = part.name.lower().startswith(SMALL_PREFIX)
    is_main = layout_of(main) == "ofac-csv" and part.parent == main.parent
    return is_main and small == main.name.lower().startswith(SMALL_PREFIX)
