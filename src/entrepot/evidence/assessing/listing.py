"""Listing: a party is, or is not, on a sanctions list on a day.

The rule base holds some parties with their days; the lists of the workspace hold all of theirs. A
name that is like one on a list is a possible match and no finding: docs/screening.md.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    NOT_TESTABLE,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    turned,
    untestable,
)
from entrepot.evidence.assessing.listedrows import (
    hit_ground,
    in_force,
    is_fresh,
    is_of,
    is_same,
    lacking_lists,
    lists_of,
    rule_ground,
    spans_day,
)
from entrepot.evidence.assessing.records import Listed, Records
from entrepot.evidence.assessing.ruledsides import named_regimes, regimes_of
from entrepot.evidence.assessing.sides import parties
from entrepot.evidence.assessing.whenmeant import ONE_DAY, Meant, meant
from entrepot.evidence.claim import Claim
from entrepot.measures.book import Row, Rulebook
from entrepot.measures.names import is_named, is_similar, listed_name
from entrepot.parties.match.query import Hit

NOT_SAME: Final = (
    "A name is not a party: another one may bear it. Compare birth date, registration number or "
    "address before you name anybody."
)
FETCH: Final = "entrepot lists fetch ofac-sdn"
FREEZE_LIST: Final = re.compile(r"\bSDN\b|\bfreez|\bfrozen\b|asset", re.IGNORECASE)
FREEZES: Final = ("asset_freeze",)
"""A claim that names a freeze, or the list of frozen parties, does not mean an export order."""

LISTED_EFFECTS: Final = ("asset_freeze", "export_ban", "licence")
MOST_CANDIDATES: Final = 3


def listing(claim: Claim, records: Records) -> Finding:
    """Test a claim that a party is listed, is not, or was taken off a list.

    Args:
        claim: of type listing.
        records: the rule base's own parties, and the lists where some are loaded.
    """
    names = [one for one in parties(claim) if not list(regimes_of(one)) and _is_name(one)]
    time = meant(claim)
    if claim.kind in ("threat", "forecast"):
        return untestable(f"Lists of a later day: {FETCH}")
    if not names:
        return untestable("The name of the party, which the claim does not give")
    if time is None or time.last is None:
        return untestable("The day: give that of the report with --reported-on DATE.")
    found = [_one(claim, name, time, records) for name in names]
    found.sort(key=lambda one: one.verdict == NOT_TESTABLE)
    best = found[0]
    grounds = tuple(ground for one in found for ground in one.because)
    return Finding(best.verdict, grounds, best.part, best.needed, (NOT_SAME, *best.cautions))


def _is_name(text: str) -> bool:
    """Whether a text can be a name: "the company", in small letters, names nobody on any list."""
    return any(sign.isdigit() or sign.isupper() or (sign.isalpha() and sign.upper() == sign)
               for sign in text)  # fmt: skip


def _one(claim: Claim, name: str, time: Meant, records: Records) -> Finding:
    regimes = named_regimes(claim)
    by_rules = _by_rules(claim, name, time, records.rulebook, regimes)
    hints = _similar(records.rulebook, name)
    if by_rules is not None:
        if not _is_silent(by_rules, claim, regimes):
            return by_rules
        hints = list(by_rules.because)
    if records.lists is None or not records.lists.editions():
        which = " ".join(f"entrepot lists fetch {one}" for one in lists_of(regimes)[:1]) or FETCH
        needed = f"The lists as they stood on {time.last}: {which}; an older edition: entrepot "
        return untestable(f"{needed}lists add FILE --published DATE", hints)
    return _by_lists(claim, name, time, records.lists, regimes, hints)


def _by_rules(
    claim: Claim, name: str, time: Meant, book: Rulebook, regimes: Sequence[str]
) -> Finding | None:
    """What the rule base says of a party that it names to the letter; null: it names none such."""
    rows = [
        row
        for row in book.on_parties
        if row["effect"] in (FREEZES if FREEZE_LIST.search(claim.text) else LISTED_EFFECTS)
        and is_named(row, name)
        and (not regimes or row["regime"] in regimes)
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: _apart(row, time))
    grounds = tuple(rule_ground(row) for row in rows)
    if claim.predicate == "delisted":
        return _ended(claim, rows, time, grounds)
    standing = [row for row in rows if time.overlaps(row["valid_from"], row["valid_to"])]
    if standing and (late := _late(claim, standing)):
        return Finding(PARTLY, grounds, part=late)
    return _stands(claim, bool(standing), grounds)


def _is_silent(found: Finding, claim: Claim, regimes: Sequence[str]) -> bool:
    """Whether the base has the name on another day, and no authority is said: others may list it.

    The base holds some parties of some authorities: that none of these stood that day says nothing
    of the rest.
    """
    if regimes or claim.predicate == "delisted":
        return False
    wanted = (claim.predicate != "not_listed") != claim.is_negated
    return found.verdict == (CONTRADICTED if wanted else SUPPORTED)


def _late(claim: Claim, standing: Sequence[Row]) -> str:
    """Of a claim "since a day": that the party came on the list later; empty: it did not."""
    since = claim.date_from
    is_since = since is not None and claim.date_to is None
    if not is_since or since is None or claim.predicate != "listed" or claim.is_negated:
        return ""
    first = min(row["valid_from"] for row in standing)
    return f"it is listed, from {first} on and not since {since}" if first > since else ""


def _apart(row: Row, time: Meant) -> int:
    """Days from the time of a claim to the first day of a measure: the nearest is told first."""
    day = time.first or time.last or date.max
    begins: date = row["valid_from"]
    return abs((begins - day).days)


def _ended(claim: Claim, rows: Sequence[Row], time: Meant, grounds: tuple[Ground, ...]) -> Finding:
    """Taken off: a measure that ended in the time, or before it where no time is said."""
    ends: list[date] = [row["valid_to"] for row in rows if row["valid_to"] is not None]
    last = time.last or date.max
    inside = [day for day in ends if time.holds(day) or (time.is_assumed and day <= last)]
    verdict = SUPPORTED if inside else CONTRADICTED
    return Finding(turned(verdict) if claim.is_negated else verdict, grounds)


def _stands(claim: Claim, is_listed: bool, grounds: tuple[Ground, ...]) -> Finding:
    wanted = (claim.predicate != "not_listed") != claim.is_negated
    return Finding(SUPPORTED if is_listed == wanted else CONTRADICTED, grounds)


def _similar(book: Rulebook, name: str) -> list[Ground]:
    """Parties of the rule base whose name holds the same telling words: a hint to look."""
    rows = [row for row in book.on_parties if is_similar(row, name)]
    names = list(dict.fromkeys(listed_name(row) for row in rows))[:MOST_CANDIDATES]
    if not names:
        return []
    said = f"{name} is similar to what the rule base holds as {'; '.join(names)}: find out "
    return [Ground(f"{said}whether it is the same.", tuple(_id(row) for row in rows[:8]))]


def _id(row: Row) -> dict[str, Any]:
    return {"kind": "measure", "measure_id": row["measure_id"], "citation": row["citation"]}


def _by_lists(
    claim: Claim,
    name: str,
    time: Meant,
    lists: Listed,
    regimes: Sequence[str],
    hints: Sequence[Ground],
) -> Finding:
    last = time.last or date.max
    hits = _alike(lists, name, last, regimes)
    grounds = [*hints, *(hit_ground(hit, name, last, lists) for hit in hits[:MOST_CANDIDATES])]
    strong = [hit for hit in hits if is_same(hit, name)]
    if claim.predicate == "delisted":
        return _taken_off(claim, name, time, lists, regimes, grounds, bool(strong))
    if strong and any(one.holds(last) for one in strong[0].party.listings):
        return _stands(claim, True, tuple(grounds))
    if hits:
        return untestable(
            f"More than a name: which of the candidates is meant by {name}, by birth date, "
            "registration number or address, and on which day it was listed",
            grounds,
        )
    return _absent(claim, name, last, lists, regimes, grounds)


def _alike(lists: Listed, name: str, day: date, regimes: Sequence[str]) -> list[Hit]:
    """Listed parties with a name like this one, on lists that may be of these regimes."""
    return [
        hit
        for hit in lists.alike(name, day)
        if any(is_of(one.list_id, regimes) for one in hit.party.listings)
    ]


def _taken_off(
    claim: Claim,
    name: str,
    time: Meant,
    lists: Listed,
    regimes: Sequence[str],
    grounds: Sequence[Ground],
    is_there: bool,
) -> Finding:
    """Taken off: on the list before the time, and no longer on its last day."""
    first = (time.first or time.last or date.max) - ONE_DAY
    found = _alike(lists, name, first, regimes)
    before = [hit for hit in found if is_same(hit, name)]
    said = [*grounds, *(hit_ground(hit, name, first, lists) for hit in before[:1])]
    if is_there:
        return Finding(turned(CONTRADICTED) if claim.is_negated else CONTRADICTED, tuple(said))
    if before and any(spans_day(one, time.last) for one in lists.editions()):
        return Finding(turned(SUPPORTED) if claim.is_negated else SUPPORTED, tuple(said))
    needed = f"Editions of the list from before {first} and after {time.last}: entrepot lists add"
    return untestable(f"{needed} FILE --published DATE", said)


def _absent(
    claim: Claim,
    name: str,
    day: date,
    lists: Listed,
    regimes: Sequence[str],
    grounds: Sequence[Ground],
) -> Finding:
    """Nobody of that name: it says something only where all lists that may hold it are held."""
    held = list(in_force(lists.editions(), day).values())
    wanted = set(lists_of(regimes))
    named = [one for one in held if one.list_id in wanted]
    names = ", ".join(dict.fromkeys(one.list_id for one in (named or held)))
    rows = tuple(
        {"kind": "list", "list_id": one.list_id, "edition_id": one.edition_id,
         "days": [str(seen) for seen in one.days]}
        for one in (named or held)
    )  # fmt: skip
    said = [
        *grounds,
        *([Ground(f"No name like {name!r} is on {names} for {day}.", rows)] * bool(held)),
    ]
    fresh = {one.list_id for one in lists.editions() if is_fresh(one, day)}
    lacking = lacking_lists(regimes, {one.list_id for one in named} & fresh,
                            is_freeze=bool(FREEZE_LIST.search(claim.text)))  # fmt: skip
    if lacking:
        which = ", ".join(lacking)
        return untestable(
            f"{which} as it stood on {day}: entrepot lists fetch {lacking[0]}; an older edition: "
            "entrepot lists add FILE --published DATE"
            if regimes
            else f"every list as it stood on {day}: {FETCH}",
            said,
        )
    made = _stands(claim, False, tuple(said))
    return Finding(made.verdict, made.because, cautions=("Another spelling may be listed.",))
