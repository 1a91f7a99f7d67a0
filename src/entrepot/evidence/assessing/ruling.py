"""What one regime says of the sale of goods, on each day that counts in a time.

The rule base answers code by code; here the codes of one claim are joined, and the days on which
the answer changes are found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.measures.book import FULL, Row, Rulebook, binds
from entrepot.measures.context import Reach, families, reach, regimes
from entrepot.measures.decide import Answer, decide
from entrepot.measures.inquiry import Inquiry
from entrepot.measures.spells import barring, change_days
from entrepot.records.rules import BARRED, STANDING

FREE: Final = "free"
BARRED_ALL: Final = "barred"
PART: Final = "part"
UNKNOWN: Final = "unknown"
STATES: Final = (FREE, PART, BARRED_ALL, UNKNOWN)
"""What a regime says of the goods of a claim: nothing bars them by code; a part of them is barred;
all are barred, or need a licence; the base does not know."""

MOST_CODES: Final = 40
"""Codes of one claim that are asked one by one; a claim that means more is asked too broadly."""


@dataclass(frozen=True)
class Sale:
    """The sale of a claim: codes of the goods, to a country, to a party there (empty: anybody)."""

    codes: tuple[str, ...]
    destination: str
    party: str = ""


@dataclass(frozen=True)
class Ruling:
    """What one regime says on one day. `answers`: one a code; `state` of `STATES`."""

    regime: str
    on: date
    state: str
    answers: tuple[Answer, ...]

    def rows(self) -> list[Row]:
        """The measures that bar the goods or a part of them, the earliest first, each once."""
        found = {
            reason.row["measure_id"]: reason.row
            for answer in self.answers
            for reason in answer.because
            if reason.gives in STANDING
        }
        return sorted(found.values(), key=lambda row: (row["valid_from"], row["measure_id"]))

    def reaches(self) -> list[Reach]:
        """The lines by which absence from the base means "not listed"."""
        asked = [answer.inquiry for answer in self.answers]
        found = [reach(self.regime, one.destination, one.code, self.on) for one in asked]
        return list(dict.fromkeys(one for one in found if one is not None))


def ruling(book: Rulebook, regime: str, sale: Sale, on: date) -> Ruling:
    """The answers of a regime on a day, joined.

    Where some codes are barred and others are not, the goods are barred in part. What is unknown
    of one code is unknown of the goods, unless another one is barred.
    """
    answers = tuple(
        decide(book, Inquiry(regime, sale.destination, code, on, party=sale.party, printed=code))
        for code in sale.codes[:MOST_CODES]
    )
    found = {_state(answer) for answer in answers}
    state = next(iter(found)) if len(found) == 1 else _mixed(found)
    return Ruling(regime, on, state, answers)


def _state(answer: Answer) -> str:
    if answer.answer in BARRED:
        return BARRED_ALL
    if answer.answer == "possible":
        return PART
    return UNKNOWN if answer.answer == "unknown" else FREE


def _mixed(found: set[str]) -> str:
    return PART if found & {PART, BARRED_ALL} else UNKNOWN


def days_that_count(book: Rulebook, regime: str, sale: Sale, first: date, last: date) -> list[date]:
    """The first day of a time, and those in it on which a measure on the goods begins or ends."""
    days = [day for row in touching(book, regime, sale) for day in change_days([row])]
    return sorted({first, *(day for day in days if first < day <= last)})


def touching(book: Rulebook, regime: str, sale: Sale) -> list[Row]:
    """Bans and licence duties of a regime on the goods, or on the party, of any day."""
    found = {
        touch.row["measure_id"]: touch.row
        for code in sale.codes[:MOST_CODES]
        for touch in barring(book, code, sale.destination, (regime,))
    }
    return sorted(found.values(), key=lambda row: (row["valid_from"], row["measure_id"]))


def next_ban(book: Rulebook, regime: str, sale: Sale, on: date) -> Row | None:
    """The first measure after a day that covers a code of the goods in full; null: none known."""
    later = [
        touch.row
        for code in sale.codes[:MOST_CODES]
        for touch in barring(book, code, sale.destination, (regime,))
        if touch.coverage == FULL and touch.row["valid_from"] > on
    ]
    return min(later, key=lambda row: (row["valid_from"], row["measure_id"]), default=None)


def kin_rows(book: Rulebook, regime: str, sale: Sale, on: date) -> list[Row]:
    """Measures on goods of the same use that stand under other codes: engines beside aircraft."""
    found: dict[str, Row] = {}
    for code in _kin_codes(sale.codes):
        for touch in barring(book, code, sale.destination, (regime,)):
            if binds(touch.row, on):
                found[touch.row["measure_id"]] = touch.row
    return sorted(found.values(), key=lambda row: (row["commodity_code"], row["measure_id"]))


def kin_names(rows: Sequence[Row]) -> str:
    """The goods of such measures in words, each once."""
    names: dict[str, None] = {}
    for one in families():
        if any(_meet(one.commodity_code, row["commodity_code"]) for row in rows):
            names[f"{one.goods} ({one.commodity_code})"] = None
    return ", ".join(names)


def _kin_codes(codes: Sequence[str]) -> Iterator[str]:
    mine = {one.family for one in families() if any(_meet(one.commodity_code, c) for c in codes)}
    for one in families():
        if one.family in mine and not any(_meet(one.commodity_code, code) for code in codes):
            yield one.commodity_code


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def called(regime: str) -> str:
    """A regime in words: "Swiss rules"."""
    return f"{regimes()[regime].name} rules"
