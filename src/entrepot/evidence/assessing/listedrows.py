"""References to lists of parties: entries of the rule base and of published lists."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from entrepot.evidence.assessing.assessment import Ground
from entrepot.evidence.assessing.measurerows import cited, measure_row
from entrepot.evidence.assessing.records import Listed
from entrepot.measures.book import Row
from entrepot.measures.cite import WORDS, last_day
from entrepot.measures.names import key, listed_name
from entrepot.parties.lists.catalogue import catalogue
from entrepot.parties.lists.records import Held
from entrepot.parties.match.query import Hit

STRONG_SCORE: Final = 0.95
"""A name at or above this score is taken for the listed one. Measured: no false alarm among 3,000
names of unlisted companies and 4,000 of persons (`parties/match/data/false_alarms.csv`)."""

PUBLISHERS: Final = {
    "US": ("ofac-", "us-"),
    "EU": ("eu-",),
    "UK": ("uk-",),
    "UN": ("un-",),
    "CH": ("ch-",),
}
"""How the ids of a regime's lists begin, in the catalogue."""


WHOLE: Final = {
    "US": ("us-csl", "us-csl-json"),
    "EU": ("eu-fsf",),
    "UK": ("uk-sanctions", "uk-sanctions-xml"),
    "UN": ("un-sc",),
    "CH": ("ch-seco",),
}
"""Lists that hold all that an authority lists. The SDN list is one of several of the United States:
the Entity List is another, and the Consolidated Screening List holds them all."""

SDN: Final = ("ofac-sdn", "ofac-sdn-advanced")

STALE_DAYS: Final = 7
"""An edition older than that says nothing of who is not listed, unless a later one is held: lists
change several times a month. A choice."""


def lists_of(regimes: Sequence[str]) -> list[str]:
    """Lists that the authorities of these regimes publish; none for no regime."""
    ids = dict.fromkeys(one.list_id for one in catalogue())
    starts = tuple(start for regime in regimes for start in PUBLISHERS.get(regime, ()))
    return [one for one in ids if starts and one.startswith(starts)]


def lacking_lists(regimes: Sequence[str], held: set[str], *, is_freeze: bool) -> list[str]:
    """Lists without which nobody can be said to be on none of an authority's lists.

    Args:
        regimes: authorities that are meant; none: any, so that something always lacks.
        held: lists that are held for the day.
        is_freeze: only a freeze is meant, which of the US lists the SDN list names.
    """
    lacking = [] if regimes else ["every list"]
    for regime in regimes:
        whole = (*WHOLE[regime], *(SDN if is_freeze and regime == "US" else ()))
        if not any(one in held for one in whole):
            lacking.append(whole[-2] if is_freeze and regime == "US" else whole[0])
    return lacking


def is_fresh(one: Held, day: date) -> bool:
    """Whether an edition was looked at near a day, or after it: an older one misses who came on."""
    return bool(one.days) and max(one.days) >= day - timedelta(days=STALE_DAYS)


def is_of(list_id: str, regimes: Sequence[str]) -> bool:
    """Whether a list may be one of these regimes, by its id; any list is where none is named."""
    return not regimes or list_id.startswith(
        tuple(start for regime in regimes for start in PUBLISHERS.get(regime, ()))
    )


def spans_day(held: Held, day: date | None) -> bool:
    """Whether an edition is of that day or before: without one the list is silent about it."""
    return day is not None and bool(held.days) and held.days[0] <= day


def is_same(hit: Hit, name: str) -> bool:
    """Whether a listed party bears the name, to the letter but for case and legal form, or nearly.

    A name of one word is never scored high by itself, and may still be the name.
    """
    return hit.score >= STRONG_SCORE or key(name) in {key(one) for one in hit.party.names()}


def in_force(editions: Sequence[Held], day: date) -> dict[str, Held]:
    """The last edition of each list on or before a day; none: the list is silent about it."""
    held = [one for one in editions if spans_day(one, day)]
    return {one.list_id: one for one in sorted(held, key=lambda one: one.order)}


def rule_ground(row: Row) -> Ground:
    """A party of the rule base and its days."""
    word = WORDS.get(row["effect"], row["effect"].replace("_", " "))
    ends = f" to {last_day(row['valid_to'])}" if row["valid_to"] else ", no end known"
    return Ground(
        f"{row['regime']}: {word} on {listed_name(row)} from {row['valid_from']}{ends} "
        f"({cited(row)}).",
        (measure_row(row),),
    )


def hit_ground(hit: Hit, name: str, day: date, lists: Listed) -> Ground:
    """A listed party whose name is like the one of the claim, with score, list and edition."""
    editions = in_force(lists.editions(), day)
    rows, said = [], []
    for one in hit.party.listings:
        held = editions.get(one.list_id)
        said.append(f"{one.list_id}{_since(one.listed_on, held)}")
        rows.append(
            {
                "kind": "list",
                "list_id": one.list_id,
                "party_id": hit.party.party_id,
                "record_id": one.record_id,
                "caption": hit.party.caption,
                "score": hit.score,
                "listed_on": str(one.listed_on) if one.listed_on else None,
                "edition_id": held.edition_id if held else None,
                "edition_days": [str(seen) for seen in held.days] if held else [],
                "locator": hit.party.lineage.locator if hit.party.lineage else None,
            }
        )
    how = "is the same as, or hardly differs from," if is_same(hit, name) else "is like"
    return Ground(
        f"{name!r} {how} {hit.party.caption!r} (score {hit.score:.2f}) on {', '.join(said)}.",
        tuple(rows),
    )


def _since(listed_on: date | None, held: Held | None) -> str:
    """From when, where the list prints it; a look at the list only says that it was there."""
    if held is not None and (listed_on is None or listed_on in held.days):
        return f", edition of {max(held.days)}"
    return f" from {listed_on}" if listed_on else ", first day not known"
