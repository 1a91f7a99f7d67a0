"""Stored judgements on the hits of a name.

What is hidden, what is marked, and what was said before the list changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from entrepot.parties.judged import Judged, Verdict
from entrepot.parties.judgements import Entry
from entrepot.parties.party import Party
from entrepot.parties.watched import Seen

HitRow = Mapping[str, Any]
CONTRACT = ("id", "caption", "schema", "score", "list", "listed_on", "explanation")
"""Keys of every hit, in this order; others follow only where they say something."""


@dataclass(frozen=True)
class Shown:
    """The hits of a name as they are shown.

    Attributes:
        hits: best first.
        hidden: how many were judged different and are not among them.
        rests: the entry that lets the name rest; null: none does.
    """

    hits: tuple[dict[str, Any], ...]
    hidden: int
    rests: Entry | None


@dataclass(frozen=True)
class Terms:
    """How hits are shown.

    Attributes:
        judged: the judgements that stand.
        parties: the parties of the run, by id.
        day: the day on which `allow` is tried.
        limit: most hits a name.
        show_all: hits judged different as well.
        current: the parties as the lists stand, by id; null: those of the run.
    """

    judged: Judged
    parties: Mapping[str, Party]
    day: date
    limit: int
    show_all: bool = False
    current: Mapping[str, Party] | None = None


def shown(name: str, facts: Mapping[str, str], hits: Sequence[HitRow], terms: Terms) -> Shown:
    """The hits of one name after the judgements."""
    kept: list[dict[str, Any]] = []
    hidden = 0
    for hit in hits:
        verdict = _verdict(name, facts, hit["id"], terms)
        if verdict and verdict.hides and not terms.show_all:
            hidden += 1
            continue
        kept.append({**_contract(hit), **_marks(verdict)})
    rests = terms.judged.allowed(name, facts, terms.day) if kept else None
    return Shown(tuple(kept[: terms.limit]), hidden, rests)


def _verdict(name: str, facts: Mapping[str, str], key: str, terms: Terms) -> Verdict | None:
    screened = terms.parties.get(key)
    now = screened if terms.current is None else terms.current.get(key)
    return terms.judged.verdict(name, facts, key, now, screened)


def _contract(hit: HitRow) -> dict[str, Any]:
    found = {key: hit[key] for key in CONTRACT}
    return {**found, "also_on": hit["also_on"]} if hit["also_on"] else found


def _marks(verdict: Verdict | None) -> dict[str, Any]:
    if verdict is None:
        return {}
    entry = verdict.entry
    found = {
        "judgement": entry.kind, "judged_by": entry.by, "judged_on": entry.at.date().isoformat(),
        "judgement_id": entry.entry_id,
    }  # fmt: skip
    said = []
    if verdict.is_stale:
        said.append(f"judged before the list changed: it now also has {_pairs(verdict.added)}")
    if verdict.agrees:
        said.append(f"judged without {_pairs(verdict.agrees)}, which the listed party has as well")
    return {**found, "judged_before": "; ".join(said)} if said else found


def _pairs(pairs: Seen) -> str:
    return ", ".join(f"{key} {text!r}" for key, text in pairs)


def resting(entry: Entry) -> dict[str, Any]:
    """The mark of a row whose name rests."""
    return {
        "until": entry.until.isoformat() if entry.until else None, "by": entry.by,
        "because": entry.because, "judgement_id": entry.entry_id,
    }  # fmt: skip
