"""What an answer must tell: limits, wind-downs, parts, what came before and later.

Each function yields sentences. They state law with its article and day, and nothing beyond it.
"""

from collections.abc import Iterator
from datetime import date

from entrepot.codes.country import name
from entrepot.measures import around
from entrepot.measures.book import FULL, Row, Rulebook, Touch, binds
from entrepot.measures.cite import HOW_SURE, WORDS, cite, last_day, listed, place, stop
from entrepot.measures.context import hole, reach
from entrepot.measures.decide import Answer, is_foreign, regime_of, spares, wind_downs
from entrepot.measures.inquiry import Inquiry
from entrepot.measures.names import is_named, is_similar, listed_name
from entrepot.measures.spells import barring
from entrepot.records.rules import BARRED


def notes(book: Rulebook, answer: Answer) -> tuple[str, ...]:
    """Sentences to read with an answer, those that matter most first."""
    asked = answer.inquiry
    made = [
        *_limits(answer),
        *_party(book, answer),
        *_wind_downs(book, answer),
        *_partial(answer),
        *_own_words(answer),
        *around.use_elsewhere(book, answer),
        *_later_and_earlier(book, answer),
        *around.kin_goods(book, answer),
        *around.frozen(book, asked),
        *around.of_origin(book, asked),
        *around.beside(book, answer),
        *around.in_words(book, answer),
        *around.general(answer),
    ]
    return tuple(dict.fromkeys(made))


def _limits(answer: Answer) -> Iterator[str]:
    asked = answer.inquiry
    regime = regime_of(asked)
    if is_foreign(asked):
        yield (
            f"{regime.name} rules go with goods of {name(regime.origin)} origin. Goods from "
            f"{name(asked.origin)} may still fall under them (parts, technology, who handles "
            "them): that is not in the base."
        )
    elif regime.follows_item and not asked.origin:
        yield (
            f"Taken as goods of {name(regime.origin)} origin or otherwise subject to "
            f"{regime.name} rules, which follow the goods wherever they are. Say --origin for "
            "others."
        )
    if asked.on > regime.state_to:
        yield f"The base holds {regime.name} acts up to {regime.state_to}. {regime.limit}"
    found = reach(asked.regime, asked.destination, asked.code, asked.on)
    gap = hole(asked.regime, asked.destination, asked.code, asked.on)
    if gap is not None:
        yield f"The base has a hole here: {gap.note}"
    elif found is None and asked.on <= regime.state_to and answer.answer not in BARRED:
        yield (
            f"The base does not hold what {regime.name} rules bar to {name(asked.destination)} "
            f"on {asked.on}: that no measure is found means nothing."
        )
    elif found is not None and found.note and answer.answer in ("not_listed", "clause"):
        sure = HOW_SURE["recalled"] if found.certainty == "recalled" else ""
        yield f"{found.note}{sure}"


def _party(book: Rulebook, answer: Answer) -> Iterator[str]:
    asked = answer.inquiry
    if not asked.party:
        return
    named = [row for row in book.on_parties if is_named(row, asked.party)]
    for row in named:
        yield _party_line(row, asked)
    if named:
        return
    similar = sorted({listed_name(r) for r in book.on_parties if is_similar(r, asked.party)})
    if similar:
        yield (
            f"{asked.party!r} is similar to what the base holds as {'; '.join(similar)}: ask with "
            "that name, and find out whether it is the same."
        )
    held = len({listed_name(row) for row in book.on_parties})
    yield (
        f"{asked.party!r} is not named as such among the {held} parties of the base, which holds "
        "no complete list. That clears nobody: screen the name against the lists of the day."
    )


def _party_line(row: Row, asked: Inquiry) -> str:
    when = f"from {row['valid_from']}" + (
        f" to {last_day(row['valid_to'])}" if row["valid_to"] else ""
    )
    what = WORDS.get(row["effect"], row["effect"].replace("_", " "))
    tense = (
        "binds" if binds(row, asked.on) else "did not bind" if _ended(row, asked.on) else "not yet"
    )
    note = f" {row['note'][:1].upper()}{row['note'][1:]}" if row["note"] else ""
    return (
        f"{listed_name(row)}: {row['regime']} {what} {when}, {tense} on {asked.on} "
        f"({cite(row)}){HOW_SURE[row['certainty']]}.{stop(note)}"
    )


def _ended(row: Row, on: date) -> bool:
    return row["valid_to"] is not None and row["valid_to"] <= on


def _wind_downs(book: Rulebook, answer: Answer) -> Iterator[str]:
    asked = answer.inquiry
    for row in wind_downs(book, asked):
        before = row["contracts_before"] or row["valid_from"]
        until = last_day(row["wind_down_to"])
        if spares(row, asked):
            yield (
                f"A contract concluded before {before} may be performed until {until} "
                f"({place(row)}), so this one of {asked.contract} may be lawful: read the "
                "conditions."
            )
        elif asked.contract is None:
            yield (
                f"Wind-down: contracts concluded before {before} may be performed until {until} "
                f"({place(row)}). For such a contract the answer is possible: give its day with "
                "--contract."
            )


def _partial(answer: Answer) -> Iterator[str]:
    deciding = [one for one in answer.because if one.gives == answer.answer]
    if answer.answer in BARRED and all(r.coverage != FULL for r in deciding):
        named = sorted({one.row["commodity_code"] for one in deciding})
        yield f"Each part of the code is named by itself: {listed(named)}."
    if answer.answer != "possible":
        return
    parts = [r for r in answer.because if r.coverage != FULL and r.gives == "possible"]
    narrower = sorted({r.row["commodity_code"] for r in parts if not r.row["is_partial"]})
    within = sorted({place(r.row) for r in parts if r.row["is_partial"]})
    if narrower:
        yield f"Of this code these are named as a whole: {listed(narrower)}. Ask with more digits."
    if within:
        yield f"Only a part of the code is meant by {listed(within, most=4)}: read the entry."


def _own_words(answer: Answer) -> Iterator[str]:
    """Notes and exceptions of the measures that decide."""
    deciding = [r.row for r in answer.because if r.gives == answer.answer]
    for row in deciding or [r.row for r in answer.because]:
        for kind, text in (("Exceptions", row["exceptions"]), ("Note", row["note"])):
            if text:
                yield f"{kind} ({place(row)}): {stop(text)}"


def _later_and_earlier(book: Rulebook, answer: Answer) -> Iterator[str]:
    """When a ban came or ended, where none of that kind binds on the day."""
    asked = answer.inquiry
    if answer.answer in BARRED or is_foreign(asked):
        return
    touches = barring(book, asked.code, asked.destination, (asked.regime,))
    later = [t for t in touches if t.row["valid_from"] > asked.on and _is_news(t, answer)]
    if later:
        first = min(later, key=lambda t: (t.row["valid_from"], t.row["measure_id"]))
        part = "" if first.coverage == FULL else " for a part of the code"
        yield (
            f"Later: from {first.row['valid_from']} a {WORDS[first.row['effect']]}{part} "
            f"({cite(first.row)})."
        )
    ended = [t.row for t in touches if _ended(t.row, asked.on)]
    if ended and not answer.because:
        last = max(ended, key=lambda row: (row["valid_to"], row["measure_id"]))
        until = last_day(last["valid_to"])
        yield f"Earlier: a {WORDS[last['effect']]} bound until {until} ({place(last)})."


def _is_news(touch: Touch, answer: Answer) -> bool:
    """Whether a later measure says more than those that bind already."""
    return touch.coverage == FULL or not any(r.gives == "possible" for r in answer.because)
