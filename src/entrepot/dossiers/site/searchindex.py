"""The index of the search: words to cases, in small files that a page loads as it needs them.

No server is asked and no file is fetched by script, so that the search works from a folder too:
each file calls one function with its data. A word is found by its beginning; two letters say in
which file it stands. Cases are numbered from the newest.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.site.entry import Entry
from entrepot.dossiers.site.groups import codes_of
from entrepot.dossiers.site.published import Case
from entrepot.dossiers.site.searchwords import shard, words

CHUNK: Final = 100
"""Cases in one file of what the list of results shows: about 50 kB, packed 9 kB."""

TITLE, NAMED, TOLD, SAID = 8, 5, 2, 1
"""Weights of a word in the title; of a place, a code or a party; in the summary; elsewhere.
A choice: a title tells what a case is about, a finding is one of many."""

Postings = dict[str, dict[int, int]]


def search_files(cases: Sequence[Case], entries: Sequence[Entry]) -> dict[str, str]:
    """Files of the index by path.

    Args:
        cases: all, newest first.
        entries: of their versions that count, in the same order.
    """
    words_of, facets = _postings(cases, entries)
    shards: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for word, found in sorted(words_of.items()):
        shards[shard(word)][word] = [part for one in sorted(found.items()) for part in one]
    chunks = [entries[at : at + CHUNK] for at in range(0, len(entries), CHUNK)]
    head = {
        "count": len(entries), "chunk": CHUNK, "shards": sorted(shards),
        "facets": {key: facets[key] for key in sorted(facets)},
    }  # fmt: skip
    made = {"search/index.js": _call("head", "", head)}
    for key, some in shards.items():
        made[f"search/words/{key}.js"] = _call("words", key, some)
    for number, chunk in enumerate(chunks):
        rows = [_row(one) for one in chunk]
        made[f"search/cases/{number}.js"] = _call("cases", str(number), rows)
    return made


def _call(kind: str, key: str, data: Any) -> str:
    # ASCII only: U+2028 would end a line of an older script.
    held = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return f"entrepot({json.dumps(kind)},{json.dumps(key)},{held});\n"


def _row(one: Entry) -> list[Any]:
    return [
        one.case_id, one.title, one.day, one.state,
        [name for _, name in one.hubs], [list(pair) for pair in one.goods],
        one.summary or one.why, one.number,
    ]  # fmt: skip


def _postings(
    cases: Sequence[Case], entries: Sequence[Entry]
) -> tuple[Postings, dict[str, list[int]]]:
    found: Postings = defaultdict(dict)
    facets: dict[str, list[int]] = defaultdict(list)
    for number, (case, one) in enumerate(zip(cases, entries, strict=True)):
        for weight, text in _texts(case, one):
            for word in set(words(text)):
                found[word][number] = found[word].get(number, 0) + weight
        for key in facet_keys(one):
            facets[key].append(number)
    return found, facets


def facet_keys(one: Entry) -> list[str]:
    """What a case is filtered by: `hub:KGZ`, `code:8542`, `state:corrected`."""
    return [
        *(f"hub:{key}" for key, _ in one.hubs),
        *(f"code:{key}" for key in codes_of(one)),
        f"state:{one.state}",
    ]


def _texts(case: Case, one: Entry) -> Iterable[tuple[int, str]]:
    """Texts of a case with their weights; of one that was withdrawn what lists show, no more."""
    yield TITLE, one.title
    places = (*one.hubs, *one.targets)
    yield NAMED, " ".join([case.case_id, *(part for pair in places for part in pair)])
    yield NAMED, " ".join([*codes_of(one), *(name for _, name in one.goods)])
    if not one.is_over:
        yield from _content(case.dossier)


def _content(held: Dossier) -> Iterable[tuple[int, str]]:
    yield NAMED, " ".join(held.named)
    yield TOLD, " ".join([held.question, *(sentence.text for sentence in held.summary)])
    said = [part for one in held.findings for part in (one.text, one.said_by, one.summary)]
    yield SAID, " ".join([*said, *(section.heading for section in held.sections)])
