"""Loose search for people who browse: by words of names, by identifier, or by nothing at all."""

from bisect import bisect_left
from collections.abc import Sequence

from fastapi import HTTPException

from entrepot.parties.party import Party
from entrepot.web.holdings import SHORTEST, Holdings, folded
from entrepot.web.models import TotalSpec
from entrepot.web.params import MAX_RESULTS
from entrepot.web.selection import FIELDS, Selection

FLOOR = 0.55
"""Least share of the words asked for that a name must hold."""

FUZZY_FLOOR = 0.35
"""The same where `fuzzy` asks for more."""

LONGEST = 1000
"""Letters of a text searched for; what comes after them is not looked at."""

SORTS = ("first_seen", "last_seen", "last_change", "caption", "score", "_score", *FIELDS)


def found(
    held: Holdings, text: str, selection: Selection, *, fuzzy: bool = False
) -> list[tuple[Party, float]]:
    """Parties wanted, best first: an identifier that is the same, then names; without text all."""
    keep = selection.keep(held)
    words = " ".join(text.split())[:LONGEST]
    if not words:
        return [(party, 0.0) for _, party in sorted(held.parties.items()) if keep(party)]
    rows: dict[str, float] = {}
    key = folded(words)
    if len(key) >= SHORTEST:
        rows.update((one, 1.0) for one in held.numbers.get(key, ()) if one in held.parties)
    floor = FUZZY_FLOOR if fuzzy else FLOOR
    schema = None if selection.schema == "Thing" else selection.schema
    for party, score in held.matcher.search(words, schema=schema, limit=MAX_RESULTS, keep=keep):
        if score >= floor:
            rows.setdefault(party.party_id, score)
    pairs = ((held.parties[one], score) for one, score in rows.items())
    return [(party, score) for party, score in pairs if keep(party)]


def beginning(held: Holdings, prefix: str, limit: int) -> list[Party]:
    """Parties of which a name, or the id, begins so; then those with like names."""
    plain = " ".join(prefix.casefold().split())
    if not plain:
        return []
    ids: dict[str, None] = {}
    if prefix.strip() in held.parties:
        ids.setdefault(prefix.strip())
    names = held.by_name
    for name, party_id in names[bisect_left(names, (plain, "")) :]:
        if len(ids) >= limit or not name.startswith(plain):
            break
        ids.setdefault(party_id)
    if len(ids) < limit:
        everything = Selection(lists=held.datasets["default"])
        for party, _ in found(held, prefix, everything)[:limit]:
            ids.setdefault(party.party_id)
    return [held.parties[one] for one in ids if one in held.parties][:limit]


def total_of(rows: Sequence[object], text: str) -> TotalSpec:
    """How many were found; by words there may be more that are less alike."""
    return TotalSpec(value=len(rows), relation="gte" if text.strip() and rows else "eq")


def sorted_rows(
    held: Holdings, rows: list[tuple[Party, float]], sorts: Sequence[str]
) -> list[tuple[Party, float]]:
    """Rows in the order asked for; what is not known comes last.

    Raises:
        HTTPException: 400, a field that cannot be sorted by.
    """
    ordered = rows
    for text in reversed(sorts):
        name, _, way = text.partition(":")
        if name not in SORTS or way not in ("", "asc", "desc"):
            raise HTTPException(400, detail=f"Invalid sort: {text!r}")
        known = [row for row in ordered if _key(held, row, name) is not None]
        unknown = [row for row in ordered if _key(held, row, name) is None]
        known.sort(key=lambda row: _key(held, row, name) or "", reverse=way == "desc")
        ordered = known + unknown
    return ordered


def _key(held: Holdings, row: tuple[Party, float], name: str) -> str | None:
    party, score = row
    days = held.history.get(party.party_id)
    if name in ("first_seen", "last_seen", "last_change"):
        if days is None:
            return None
        day = {"first_seen": days.first, "last_seen": days.last, "last_change": days.changed}[name]
        return day.isoformat()
    if name in ("score", "_score"):
        return f"{score:.4f}"
    if name == "caption":
        return party.caption.casefold()
    return next(iter(FIELDS[name](party)), None)
