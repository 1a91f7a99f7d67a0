"""Screening again after the lists changed: changed parties against the names of an earlier run.

The earlier run holds what the lists said then. What was added or changed since is compared with all
its names; hits of what was removed or changed are looked at anew. Parties that did not change are
not compared again: how rare a word is moves with the whole list, so their scores could move by a
hair, and that is no news.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from entrepot.engine import open_engine
from entrepot.errors import RequestError
from entrepot.parties.lists.delta import Change, compare
from entrepot.parties.lists.records import body_of, party_from
from entrepot.parties.match.matcher import Matcher
from entrepot.parties.party import Party
from entrepot.parties.watched import WATCHED
from entrepot.workspace.screening import work
from entrepot.workspace.screening.ask import versions
from entrepot.workspace.screening.lists import Lists, save_parties, saved_bodies
from entrepot.workspace.screening.output import names_of
from entrepot.workspace.screening.run import SMALLEST_STRETCH, Told, now
from entrepot.workspace.screening.scoring import Scorer, score_all
from entrepot.workspace.screening.staging import DISTINCT, MEMORY_MB, ROWS, read_distinct
from entrepot.workspace.screening.work import ASKED, DONE, HIT_SCHEMA, HITS, PARTIES, Run

CHANGES: Final = "changes.jsonl"
STRETCH: Final = 500
HitKey = tuple[int, str]


@dataclass(frozen=True)
class Again:
    """What screening again gave.

    Attributes:
        base: the earlier run.
        run: the new one; the earlier where nothing changed on the lists.
        parties: parties added, changed and removed since, by kind.
        notes: sentences for the reader.
    """

    base: Run
    run: Run
    parties: Mapping[str, int]
    notes: tuple[str, ...] = ()


def bases(workspace: Path, file_id: str | None = None, given: Sequence[str] = ()) -> list[Run]:
    """The last finished run of each file and question, the earliest first.

    Runs as of a day are left out: what a list says later does not change them. So are runs that
    compared what changed since a day: they did not look at all that changed since the run before.

    Args:
        workspace: where the runs lie.
        file_id: of this file; null: of any.
        given: names of the lists the user gave then; empty: the lists were those of the workspace.
    """
    last: dict[str, Run] = {}
    for run in work.runs(workspace):
        key = dict(run.asked["key"])
        if run.done is None or key["on"] or key["day"] or file_id not in (None, key["file_id"]):
            continue
        if _since_a_day(run) or list(given) != key.get("given", []):
            continue
        for part in ("lists", "versions", "again_of", "algorithm"):
            key.pop(part, None)
        question = json.dumps(key, sort_keys=True)
        last.pop(question, None)
        last[question] = run
    return list(last.values())


def _since_a_day(run: Run) -> bool:
    return bool(run.asked["key"].get("again_of", ("", ""))[1])


def again(
    base: Run, lists: Lists, told: Told, *, workers: int, old: Mapping[str, str] | None = None
) -> Again:
    """Compare what changed on the lists with the names of an earlier run.

    Args:
        base: a finished run.
        lists: as they stand.
        told: told a step, how much is done and of how much.
        workers: processes.
        old: what the lists said before, by party id; null: as the earlier run had them.

    Raises:
        RequestError: the run is not finished, was as of or since a day, or had other lists.
    """
    key = base.asked["key"]
    _check(base, lists)
    told("comparing the lists", 0, 0)
    before = saved_bodies(base.folder / PARTIES) if old is None else dict(old)
    changes = compare(before, {party.party_id: body_of(party) for party in lists.parties})
    counts = {kind: sum(one.kind == kind for one in changes) for kind in KINDS}
    if not changes:
        return Again(base, base, counts)
    asked = {**key, "lists": lists.digest, "versions": versions(key["algorithm"])}
    asked["again_of"] = [base.run_id, "" if old is None else _digest(old)]
    name = work.run_id(asked)
    folder = base.folder.parent / name
    with work.held(folder):
        if not (folder / DONE).exists():
            _run(base, lists, changes, folder, asked, told, workers, old)
    moved = asked["versions"] != key["versions"]
    notes = ("the software changed since that run, so scores may differ for that alone",)
    run = work.find(folder.parent.parent, name)
    return Again(base, run, counts, notes if moved else ())


KINDS: Final = ("added", "changed", "removed")


def _check(base: Run, lists: Lists) -> None:
    key = base.asked["key"]
    if base.done is None:
        raise RequestError(f"got run {base.run_id}, which is not finished, expected a finished one")
    if key["on"] or key["day"]:
        raise RequestError(f"got run {base.run_id}, which was as of a day and stays as it is")
    if _since_a_day(base):
        raise RequestError(
            f"got run {base.run_id}, which compared only what changed since a day",
            hint=f"Begin with the run before it: {key['again_of'][0]}.",
        )
    if list(lists.given) != key.get("given", []):
        raise RequestError(
            f"got run {base.run_id}, which was against other lists, expected the same ones",
            hint="Give --lists as in that run, or leave it away where that run had none.",
        )


def _digest(bodies: Mapping[str, str]) -> str:
    found = hashlib.sha256()
    for key, body in sorted(bodies.items()):
        found.update(f"{len(key)}:{key}{len(body)}:{body}".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _run(
    base: Run, lists: Lists, changes: Sequence[Change], folder: Path, asked: Mapping[str, Any],
    told: Told, workers: int, before: Mapping[str, str] | None,
) -> None:  # fmt: skip
    for name in (ROWS, DISTINCT):
        shutil.copyfile(base.folder / name, folder / name)
    save_parties(folder / PARTIES, lists.parties)
    by_id = {one.party_id: one for one in changes}
    now_on = [one.party_id for one in changes if one.kind != "removed"]
    new = _scored(base, lists.parties, now_on, told, workers)
    if before is None:
        old = _old_hits(base, by_id)
    else:
        then = [party_from(key, body, "", "") for key, body in before.items()]
        then_on = [one.party_id for one in changes if one.kind != "added"]
        old = _scored(base, then, then_on, told, workers)
    names = names_of(folder, {key for key, _ in (*new, *old)})
    rows = _news(names, old, new, by_id)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / CHANGES).write_text(text, encoding="utf-8")
    _join(base, folder, list(by_id), list(new.values()))
    distinct, stretch = base.asked["distinct"], base.asked["stretch"]
    body = {
        "at": now(), "file": base.asked["file"], "key": asked, "stretch": stretch,
        "rows": base.asked["rows"], "distinct": distinct,
        "lists": [asdict(one) for one in lists.used],
    }  # fmt: skip
    work.write_json(folder / ASKED, body)
    work.write_json(folder / DONE, {"at": now(), "distinct": distinct, "changes": len(rows)})


def _scored(
    base: Run, parties: Sequence[Party], wanted: Sequence[str], told: Told, workers: int
) -> dict[HitKey, dict[str, Any]]:
    """Hits of some parties among others, by the names of the run."""
    ids = frozenset(wanted)
    if not ids:
        return {}
    key = base.asked["key"]
    told("building the index", 0, 0)
    matcher = Matcher.build(parties, algorithm=key["algorithm"])
    few = [party for party in parties if party.party_id in ids]
    sieve = Matcher.build(few, algorithm=key["algorithm"])
    scorer = Scorer(matcher, key["threshold"], key["limit"], only=ids, sieve=sieve)
    found: list[dict[str, Any]] = []
    done, total = 0, int(base.asked["distinct"])

    def more(count: int) -> None:
        nonlocal done
        done += count
        told("screening", done, total)

    stretches = enumerate(read_distinct(base.folder, max(SMALLEST_STRETCH, STRETCH)))
    score_all(scorer, stretches, lambda _, hits: found.extend(hits), workers, more)
    return {(hit["key"], hit["id"]): hit for hit in found}


def _old_hits(base: Run, by_id: Mapping[str, Change]) -> dict[HitKey, dict[str, Any]]:
    wanted = pa.array(sorted(by_id), pa.string())
    found: dict[HitKey, dict[str, Any]] = {}
    with pq.ParquetFile(base.folder / HITS) as opened:
        for batch in opened.iter_batches():
            for hit in batch.filter(pc.is_in(batch.column("id"), wanted)).to_pylist():
                found[hit["key"], hit["id"]] = hit
    return found


def _news(
    names: Mapping[int, Mapping[str, Any]],
    old: Mapping[HitKey, Mapping[str, Any]],
    new: Mapping[HitKey, Mapping[str, Any]],
    by_id: Mapping[str, Change],
) -> list[dict[str, Any]]:
    """New, vanished and changed hits, by first row and score."""
    rows = []
    for pair in {*old, *new}:
        before, after = old.get(pair), new.get(pair)
        if before and after and all(before[part] == after[part] for part in COMPARED):
            continue
        kind = "changed" if before and after else "new" if after else "vanished"
        hit = dict(after or before or {})
        row = names[pair[0]]
        rows.append(
            {
                "change": kind, "name": row["name"], "first_row": row["first_row"],
                "rows": row["rows"], **{part: hit[part] for part in HIT_PARTS},
                "score_before": before["score"] if before else None,
                "why": why(by_id[pair[1]]), "key": pair[0],
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row["first_row"], -row["score"], row["id"]))


COMPARED: Final = ("score", "caption", "schema", "list", "listed_on")
TELLING: Final = (*WATCHED, "schema", "listing")
"""Properties of a changed entry that are told first."""

MOST_SAID: Final = 4
HIT_PARTS: Final = ("id", "caption", "schema", "score", "list", "listed_on", "explanation")


def why(change: Change) -> str:
    """What happened to a party on the list, in words."""
    if change.kind == "added":
        return "the list has a new entry"
    if change.kind == "removed":
        return "the entry is no longer on the list"
    gained, lost = change.gained or {}, change.lost or {}
    parts = sorted(change.properties, key=lambda name: (name not in TELLING, name))
    said = [
        *(f"now with {name} {_few(gained[name])}" for name in parts if name in gained),
        *(f"no longer with {name} {_few(lost[name])}" for name in parts if name in lost),
    ]
    more = f"; and {len(said) - MOST_SAID} more" if len(said) > MOST_SAID else ""
    return f"the entry was changed: {'; '.join(said[:MOST_SAID])}{more}"


def _few(texts: Sequence[str]) -> str:
    shown = ", ".join(repr(text) for text in texts[:3])
    return f"{shown} and {len(texts) - 3} more" if len(texts) > 3 else shown


def _join(base: Run, folder: Path, ids: Sequence[str], new: Sequence[Mapping[str, Any]]) -> None:
    """The hits of the earlier run without those of changed parties, and the new ones."""
    temporary = folder / f".{HITS}.tmp"
    with open_engine(memory_mb=MEMORY_MB, spill_dir=folder / ".spill") as engine:
        kept = engine.read_parquet([base.folder / HITS])
        gone = engine.table(pa.table({"id": pa.array(ids, pa.string())}))
        added = engine.table(pa.Table.from_pylist([dict(one) for one in new], schema=HIT_SCHEMA))
        both = kept.anti_join(gone, "id").union(added)
        order = ibis.window(group_by=both.key, order_by=[both.score.desc(), both.id])
        placed = both.mutate(place=ibis.row_number().over(order).cast("int16"))
        engine.write_parquet(placed.order_by("key", "place"), temporary)
    temporary.replace(folder / HITS)


def changes_of(run: Run) -> Iterator[dict[str, Any]]:
    """New, vanished and changed hits of a run that screened again; none of another run."""
    path = run.folder / CHANGES
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
