"""May this be sold there on that day? An answer with the measures behind it.

The answer is about a contract made on the day itself: a wind-down that spares older contracts does
not help it, and is told. It is never more certain than the base: where the base does not reach, the
answer is `unknown`, not "no".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from entrepot.codes.editions import parts
from entrepot.measures.book import FULL, Row, Rulebook, Touch, binds, restricts
from entrepot.measures.context import Regime, instruments, is_partner, reach, regimes
from entrepot.measures.inquiry import Inquiry
from entrepot.measures.names import is_named
from entrepot.measures.winding import belongs, carriers
from entrepot.records.rules import ANSWERS, ANY, STANDING

PARTY_GIVES: Final = {
    "asset_freeze": "prohibited",
    "export_ban": "prohibited",
    "licence": "licence",
}
"""What a measure on a party leads to."""

DIRECT: Final = "direct"
REMEMBERED: Final = 50_000
"""Answers that a rule book keeps, about 50 MB."""

FOR_USE: Final = "for use in"
PARTY: Final = "party"


@dataclass(frozen=True)
class Reason:
    """A measure that binds the sale.

    `gives` is the answer it leads to by itself; `route` says why it applies: direct, for use in
    another country, or party.
    """

    row: Row
    coverage: str
    gives: str
    route: str


@dataclass(frozen=True)
class Answer:
    """`answer` is one of `ANSWERS`; `because` the measures behind it, those that decide first."""

    inquiry: Inquiry
    answer: str
    because: tuple[Reason, ...]
    is_reached: bool
    notes: tuple[str, ...] = field(default=())


def decide(book: Rulebook, inquiry: Inquiry) -> Answer:
    """The answer without notes; a book remembers its last ones, as chapters ask for their parts.

    Args:
        book: the measures.
        inquiry: the sale.
    """
    if inquiry not in book.decided:
        if len(book.decided) >= REMEMBERED:
            book.decided.clear()
        book.decided[inquiry] = _decide(book, inquiry)
    found: Answer = book.decided[inquiry]
    return found


def _decide(book: Rulebook, inquiry: Inquiry) -> Answer:
    reasons = sorted(_together(book, inquiry, list(_reasons(book, inquiry))), key=_weight)
    best = reasons[0].gives if reasons else "not_listed"
    if best in STANDING:
        reasons = [
            one for one in reasons if one.gives in STANDING
        ]  # a clause adds nothing to a ban
    reached = _is_reached(inquiry) and _knows_party(book, inquiry)
    answer = best if best in STANDING or reached else "unknown"
    return Answer(inquiry, answer, tuple(reasons), reached)


def _together(book: Rulebook, inquiry: Inquiry, reasons: list[Reason]) -> list[Reason]:
    """A code whose every part is barred as a whole is barred, though each measure names a part."""
    by_parts = [one for one in reasons if one.gives == "possible" and one.coverage != FULL]
    best = min((ANSWERS.index(one.gives) for one in reasons), default=len(ANSWERS))
    below = parts(inquiry.code)
    if best == ANSWERS.index("prohibited") or not by_parts or not below:
        return reasons
    answers = [decide(book, replace(inquiry, code=one, printed="", party="")) for one in below]
    if any(one.answer not in ("prohibited", "licence") for one in answers):
        return reasons
    weakest = max((one.answer for one in answers), key=ANSWERS.index)
    whole = {r.row["measure_id"] for one in answers for r in one.because if r.gives == one.answer}
    return [
        replace(one, gives=weakest) if one.row["measure_id"] in whole else one for one in reasons
    ]


def _knows_party(book: Rulebook, inquiry: Inquiry) -> bool:
    """Whether nobody is named, or one whose dates the base holds for this regime."""
    return not inquiry.party or any(
        row["regime"] == inquiry.regime and is_named(row, inquiry.party) for row in book.on_parties
    )


def _weight(reason: Reason) -> tuple[int, bool, date, str]:
    row = reason.row
    places = (ANSWERS.index(reason.gives), reason.coverage != FULL)
    return (*places, row["valid_from"], row["measure_id"])


def _is_reached(inquiry: Inquiry) -> bool:
    places = {inquiry.destination, inquiry.for_use_in or inquiry.destination}
    return not is_foreign(inquiry) and all(
        reach(inquiry.regime, place, inquiry.code, inquiry.on) is not None for place in places
    )


def is_foreign(inquiry: Inquiry) -> bool:
    """Whether the regime follows its own goods, and these are of another origin."""
    regime = regime_of(inquiry)
    return bool(regime.follows_item and inquiry.origin and inquiry.origin != regime.origin)


def regime_of(inquiry: Inquiry) -> Regime:
    """The regime asked."""
    return regimes()[inquiry.regime]


def _reasons(book: Rulebook, inquiry: Inquiry) -> Iterator[Reason]:
    if is_foreign(inquiry):
        return
    spared = [row for row in wind_downs(book, inquiry) if spares(row, inquiry)]
    for touch in book.touching(inquiry.code):
        yield from _on_code(touch, inquiry, spared)
    for row in book.on_parties:
        if inquiry.party and _on_party(row, inquiry):
            yield Reason(row, FULL, PARTY_GIVES[row["effect"]], PARTY)


def _on_code(touch: Touch, inquiry: Inquiry, spared: Sequence[Row]) -> Iterator[Reason]:
    row = touch.row
    if row["regime"] != inquiry.regime or not binds(row, inquiry.on):
        return
    if row["effect"] == "clause" and applies_clause(row, inquiry) and not spares(row, inquiry):
        yield Reason(row, touch.coverage, "clause", DIRECT)
    if restricts(row):
        is_spared = any(belongs(one, row) for one in spared)
        gives = "possible" if is_spared else _gives(touch)
        if row["destination"] in (inquiry.destination, ANY):
            yield Reason(row, touch.coverage, gives, DIRECT)
        elif row["destination"] == inquiry.for_use_in:
            yield Reason(row, touch.coverage, gives, f"{FOR_USE} {inquiry.for_use_in}")


def _gives(touch: Touch) -> str:
    if touch.coverage != FULL:
        return "possible"
    return "prohibited" if touch.row["effect"] == "export_ban" else "licence"


def wind_downs(book: Rulebook, inquiry: Inquiry) -> list[Row]:
    """Running wind-downs for the code: of the bans themselves, or of a list made for that."""
    places = (inquiry.destination, inquiry.for_use_in, ANY)
    return [
        row
        for row in carriers(book.touching(inquiry.code))
        if row["regime"] == inquiry.regime
        and row["destination"] in places
        and binds(row, inquiry.on)
        and inquiry.on < row["wind_down_to"]
    ]


def spares(row: Row, inquiry: Inquiry) -> bool:
    """Whether a running wind-down spares the contract. The contract's own day must be known."""
    if row["wind_down_to"] is None or inquiry.contract is None:
        return False
    before = row["contracts_before"] or row["valid_from"]
    return bool(inquiry.contract < before and inquiry.on < row["wind_down_to"])


def applies_clause(row: Row, inquiry: Inquiry) -> bool:
    """Whether a clause duty meets a sale: not for the country the act is about, nor partners."""
    if row["destination"] not in (inquiry.destination, ANY):
        return False
    act = instruments().get(row["instrument"])
    if act and act.subject == inquiry.destination:
        return False
    return not is_partner(row["instrument"], inquiry.destination, inquiry.on)


def _on_party(row: Row, inquiry: Inquiry) -> bool:
    same = row["regime"] == inquiry.regime and binds(row, inquiry.on)
    return same and row["effect"] in PARTY_GIVES and is_named(row, inquiry.party)


def as_row(reason: Reason) -> dict[str, Any]:
    """A reason as data: the measure's columns, what it covers, and what it leads to."""
    row = {
        name: str(value) if isinstance(value, date) else value for name, value in reason.row.items()
    }
    return {**row, "coverage": reason.coverage, "gives": reason.gives, "route": reason.route}
