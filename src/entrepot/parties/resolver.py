"""Judgements as lines that nomenklatura's resolver reads and writes, for those who use both.

A line is `[target, source, judgement, score, user, created_at]`; of the two ids the greater one is
the target (ids of Wikidata above `NK-` ids above all others). A screened name has no id in any
list, so it gets one from its content, and an entity beside it says which name that is.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from entrepot.parties.judged import facts_of, name_key
from entrepot.parties.judgements import DIFFERENT, PAIRS, SAME, UNSURE, Entry, voided
from entrepot.parties.watched import Facts
from entrepot.records.ids import content_id

TO_THEIRS: Final = {SAME: "positive", DIFFERENT: "negative", UNSURE: "unsure"}
TO_OURS: Final = {theirs: ours for ours, theirs in TO_THEIRS.items()}
Known = Mapping[str, tuple[str, Facts]]
"""Ids of screened names, to the name and the facts."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out, and why."""

    line: int
    reason: str


def name_id(name: str, facts: Facts) -> str:
    """The id of a screened name."""
    return content_id("nam", name_key(name), json.dumps(facts, ensure_ascii=False))


def standing_pairs(log: Sequence[Entry]) -> list[Entry]:
    """The last judgement that stands for each pair, in the order of the log."""
    gone = voided(log)
    last: dict[tuple[str, str | None], Entry] = {}
    for entry in log:
        if entry.kind in PAIRS and entry.entry_id not in gone:
            key = (name_id(entry.name, entry.facts), entry.party_id)
            last.pop(key, None)
            last[key] = entry
    return list(last.values())


def to_lines(log: Sequence[Entry]) -> Iterator[str]:
    """Lines for the resolver, one a pair that stands."""
    for entry in standing_pairs(log):
        pair = [name_id(entry.name, entry.facts), str(entry.party_id)]
        target, source = sorted(pair, key=_rank, reverse=True)
        moment = entry.at.astimezone(UTC).replace(tzinfo=None).isoformat()
        row = [target, source, TO_THEIRS[entry.kind], None, entry.by, moment]
        yield json.dumps(row, ensure_ascii=False) + "\n"


def entities(log: Sequence[Entry]) -> Iterator[str]:
    """The screened names as FollowTheMoney entities in JSON lines, each once."""
    seen: set[str] = set()
    for entry in standing_pairs(log):
        key = name_id(entry.name, entry.facts)
        if key in seen:
            continue
        seen.add(key)
        facts = dict(entry.facts)
        schema = facts.pop("schema", "LegalEntity")
        properties = {"name": [entry.name], **{one: [text] for one, text in facts.items()}}
        body = {"id": key, "schema": schema, "properties": properties}
        yield json.dumps(body, ensure_ascii=False) + "\n"


def names_in(lines: Iterable[str], log: Sequence[Entry]) -> dict[str, tuple[str, Facts]]:
    """Ids of screened names: those of the log, and those of entities in JSON lines.

    Lines that are no entity with a name are passed over.
    """
    known = {name_id(one.name, one.facts): (one.name, one.facts) for one in log if one.party_id}
    for line in lines:
        try:
            body = json.loads(line)
            properties = dict(body["properties"])
            name = properties.pop("name")[0]
            facts = {key: values[0] for key, values in properties.items() if values}
            if body.get("schema") not in (None, "LegalEntity"):
                facts["schema"] = body["schema"]
            known[body["id"]] = (str(name), facts_of(facts))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            continue
    return known


def from_lines(
    lines: Iterable[str], known: Known, *, by: str, now: datetime
) -> tuple[list[Entry], list[BadLine]]:
    """Entries of the resolver's lines, and the lines left out.

    Args:
        lines: of the resolver.
        known: ids of screened names; see `names_in`.
        by: who says so where a line names nobody; empty: such a line is left out.
        now: the moment of a line that gives none.
    """
    good: list[Entry] = []
    bad: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = _entry(line, known, by, now)
        if isinstance(found, str):
            bad.append(BadLine(number, found))
        else:
            good.append(found)
    return good, bad


def _entry(line: str, known: Known, by: str, now: datetime) -> Entry | str:
    try:
        row = json.loads(line)
    except ValueError:
        return "got no JSON, expected [target, source, judgement, score, user, created_at]"
    if not isinstance(row, list) or len(row) < 4 or row[2] not in TO_OURS:
        return "expected [target, source, positive, negative or unsure, score, user, created_at]"
    ids = [str(one) for one in row[:2] if str(one) in known]
    if len(ids) != 1:
        return f"got {row[0]} and {row[1]}, expected the id of one screened name"
    party_id = next(str(one) for one in row[:2] if str(one) != ids[0])
    who = str(row[4] or by) if len(row) > 4 else by
    if not who:
        return "got nobody who says so, expected a user in the line or --by"
    moment = _moment(row[5] if len(row) > 5 else None, now)
    if moment is None:
        return f"got {row[5]!r}, expected a moment such as 2026-01-31T12:00:00"
    name, facts = known[ids[0]]
    return Entry("", TO_OURS[row[2]], name, facts, party_id, who, moment)


def _moment(given: Any, now: datetime) -> datetime | None:
    if not given:
        return now
    try:
        moment = datetime.fromisoformat(str(given))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _rank(key: str) -> tuple[int, str]:
    weight = 2 if key.startswith("NK-") else 3 if re.fullmatch(r"Q[1-9]\d*", key) else 1
    return (weight, key)
