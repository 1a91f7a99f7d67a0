"""Rows of the commands `lists`: as data, and as people read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from textwrap import fill
from typing import Any

from entrepot.parties.lists.catalogue import Address
from entrepot.parties.lists.clean import shown
from entrepot.parties.lists.delta import Change, Delta
from entrepot.parties.lists.records import Held
from entrepot.parties.lists.store import Added
from entrepot.parties.party import Party

Row = dict[str, Any]

HELD_COLUMNS = (
    "list", "day", "day_from", "entries", "names", "refused", "editions", "layout", "files",
    "added_at", "origin", "edition", "notes",
)  # fmt: skip
PARTY_COLUMNS = (
    "party_id", "name", "schema", "listed", "list", "record_id", "listed_on", "ended_on",
    "programs", "file_id", "locator",
)  # fmt: skip
DELTA_COLUMNS = ("change", "party_id", "name", "properties", "gained", "lost")
ADDRESS_COLUMNS = ("list", "part", "publisher", "title", "address", "layout", "licence", "note")
LINE = 88
"""Characters of a value in one line of the table of one party."""

DAY_WORDS = {
    "file": "by the file", "user": "by you", "server": "by the server", "name": "by its name",
    "retrieved": "downloaded",
}  # fmt: skip


def held_row(held: Held, editions: int) -> Row:
    """One edition as data."""
    return {
        "list": held.list_id,
        "day": str(held.days[-1]) if held.days else None,
        "day_from": held.day_from,
        "entries": held.parties,
        "names": held.names,
        "refused": held.refused,
        "editions": editions,
        "layout": held.layout,
        "files": [one.name for one in held.files],
        "added_at": held.added_at.isoformat(timespec="seconds"),
        "origin": held.origin or None,
        "edition": held.edition_id,
        "notes": list(held.notes),
    }


def held_table(held: Held, editions: int | None = None) -> Row:
    """One edition as people read it."""
    return {
        "list": held.list_id,
        "day": day_words(held),
        "entries": held.parties,
        "names": held.names,
        "refused": held.refused,
        **({"editions": editions} if editions else {}),
        "file": shown(", ".join(one.name for one in held.files), 60),
    }


def day_words(held: Held) -> str:
    """The day of an edition, and who says it."""
    if not held.days or held.day_from is None:
        return "unknown"
    still = f", still so {held.days[-1]}" if len(held.days) > 1 else ""
    return f"{held.days[0]} ({DAY_WORDS[held.day_from]}){still}"


def added_row(added: Added) -> Row:
    """What became of one file."""
    before = added.before
    return {
        **held_row(added.held, 1),
        "new": added.is_new,
        "current": added.is_current,
        "before_day": str(before.days[-1]) if before and before.days else None,
        "before_entries": before.parties if before else None,
    }


def added_sentence(added: Added) -> str:
    """What became of one file, in words."""
    held = added.held
    if not added.is_new:
        return f"{held.list_id}: this edition is held already; nothing has changed."
    day = f"of {held.days[-1]}" if held.days else "of an unknown day"
    change = ""
    if added.before is not None:
        more = held.parties - added.before.parties
        change = f" ({more:+,} since the edition before)"
    place = "" if added.is_current else " It is older than one held and fills the history."
    return f"{held.list_id} {day}: {held.parties:,} entries{change}.{place}"


def party_rows(parties: Iterable[Party], day: date | None) -> Iterable[Row]:
    """One row a party and listing; `listed` is yes or unknown on the day."""
    for party in parties:
        for one in party.listings:
            sure = day is None or one.holds(day)
            yield {
                "party_id": party.party_id,
                "name": party.caption,
                "schema": party.schema,
                "listed": "yes" if sure else "unknown",
                "list": one.list_id,
                "record_id": one.record_id,
                "listed_on": str(one.listed_on) if one.listed_on else None,
                "ended_on": str(one.ended_on) if one.ended_on else None,
                "programs": list(one.programs),
                "file_id": party.lineage.file_id if party.lineage else None,
                "locator": party.lineage.locator if party.lineage else None,
            }


def party_table(rows: Iterable[Row]) -> list[Row]:
    """The same as people read it."""
    return [
        {
            "id": shown(row["party_id"], 40),
            "name": shown(row["name"], 60),
            "kind": row["schema"],
            "listed": row["listed"],
            "list": row["list"],
            "programs": shown(", ".join(row["programs"]), 40),
        }
        for row in rows
    ]


def delta_rows(delta: Delta) -> list[Row]:
    """Changes as data."""
    return [
        {
            "change": one.kind,
            "party_id": one.party_id,
            "name": one.caption,
            "properties": list(one.properties),
            "gained": _pairs(one.gained),
            "lost": _pairs(one.lost),
        }
        for one in delta.changes
    ]


def _pairs(values: Mapping[str, Sequence[str]] | None) -> list[str]:
    return [f"{name}: {value}" for name, many in (values or {}).items() for value in many]


def delta_table(changes: Iterable[Change]) -> list[Row]:
    """Changes as people read them."""
    return [
        {
            "change": one.kind,
            "id": shown(one.party_id, 40),
            "name": shown(one.caption, 60),
            "what changed": ", ".join(one.properties) or "–",
        }
        for one in changes
    ]


def facts_table(party: Party, seen: tuple[date, date] | None) -> list[Row]:
    """All that is held of one party, a line a value."""
    rows = [{"fact": "schema", "value": party.schema}]
    for name, values in party.properties.items():
        rows += [{"fact": name, "value": fill(shown(value, 900), LINE)} for value in values]
    for one in party.listings:
        days = f"from {one.listed_on or 'an unknown day'}"
        days += f" until {one.ended_on}" if one.ended_on else ""
        words = f" ({', '.join(one.programs)})" if one.programs else ""
        rows.append(
            {"fact": "listed", "value": shown(f"{one.list_id} {one.record_id}, {days}{words}")}
        )
    if seen:
        span = f"{seen[0]}" if seen[0] == seen[1] else f"{seen[0]} to {seen[1]}"
        rows.append({"fact": "in editions", "value": f"of {span}"})
    if party.lineage:
        where = f"{party.lineage.locator} of file {party.lineage.file_id[:12]}"
        rows.append({"fact": "read from", "value": where})
    return rows


def address_row(one: Address) -> Row:
    """One address of the catalogue."""
    return {
        "list": one.list_id, "part": one.part or None, "publisher": one.publisher,
        "title": one.title, "address": one.address, "layout": one.layout,
        "licence": one.licence, "note": one.note or None,
    }  # fmt: skip


def address_table(addresses: Iterable[Address]) -> list[Row]:
    """One line a list; the further files of a set are counted."""
    found: dict[str, Row] = {}
    for one in addresses:
        if one.list_id in found:
            found[one.list_id]["files"] += 1
        else:
            title = one.title.removesuffix(" (main file)")
            found[one.list_id] = {
                "list": one.list_id, "title": title, "publisher": one.publisher, "files": 1,
            }  # fmt: skip
    return list(found.values())
