"""A ban or a licence duty was imposed, or lifted, on a day; or something is exempt from it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from entrepot.codes.country import name
from entrepot.codes.period import within
from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    turned,
    untestable,
)
from entrepot.evidence.assessing.measurerows import cited, measure_row
from entrepot.evidence.assessing.records import Records
from entrepot.evidence.assessing.ruledsides import Ruled, goods_words, ruled
from entrepot.evidence.assessing.ruling import touching
from entrepot.evidence.assessing.sides import called
from entrepot.evidence.assessing.whenmeant import Meant, meant
from entrepot.evidence.claim import Claim
from entrepot.measures.book import Row, Rulebook, restricts
from entrepot.measures.context import regimes, whole_reach
from entrepot.measures.names import is_named
from entrepot.measures.spells import RANK, barring, cover_on

NEAR_DAYS: Final = 14
"""An act is adopted and published before it is in force, and a report may name any of these days: a
measure that begins so soon after the claim's time is taken as meant. A choice."""

MOST_ROWS: Final = 12
_WHICH: Final = {"lifts": "no measure that came to its end so that they were free,"}


def bans(claim: Claim, records: Records) -> Finding:
    """Test a claim that a measure was imposed, lifted or made an exception of.

    Args:
        claim: of type restriction, predicate imposes, lifts or exempts.
        records: only the rule book is used.
    """
    book, asked, time = records.rulebook, ruled(claim, records.rulebook), meant(claim)
    if time is None or time.last is None:
        return untestable("The day: give that of the report with --reported-on DATE.")
    if not asked.sale.destination:
        return untestable("The country that the measure is about: entrepot rules changes --help")
    if (lack := _vague(claim, asked, time)) is not None:
        return untestable(lack)
    rows = _measures(book, asked)
    if claim.predicate == "exempts":
        return _exempt(rows, asked, time)
    column = "valid_to" if claim.predicate == "lifts" else "valid_from"
    dated = sorted(
        (row for row in rows if row[column] and _changes(book, asked, row, column)),
        key=lambda row: (row[column], row["measure_id"]),
    )
    found = _tested(claim, asked, dated, column, time)
    if claim.is_negated and found.verdict != PARTLY:
        return Finding(turned(found.verdict), found.because, needed=found.needed,
                       cautions=found.cautions)  # fmt: skip
    return found


def _vague(claim: Claim, asked: Ruled, time: Meant) -> str | None:
    """Why no measure can be picked out, as the base holds one of any kind; null: it can."""
    if asked.foreign:
        return (
            f"The law of {', '.join(called(one) for one in asked.foreign)}: the rule base holds "
            f"{', '.join(regimes())} only"
        )
    if asked.sale.party or asked.sale.codes:
        return None
    if claim.goods or not asked.is_named or time.is_assumed:
        return (
            "Whose measure, on which goods (a code of the Harmonized System) and of which day: "
            f"entrepot rules changes --from DATE --to DATE, for {asked.sale.destination}"
        )
    return None


def _measures(book: Rulebook, asked: Ruled) -> list[Row]:
    """Measures of the regimes on the goods, on the party, or, where neither is said, on any."""
    sale = asked.sale
    if sale.party:
        return [row for row in book.on_parties
                if row["regime"] in asked.regimes and is_named(row, sale.party)]  # fmt: skip
    if sale.codes:
        return [row for regime in asked.regimes for row in touching(book, regime, sale)]
    return [
        row
        for row in book.rows
        if restricts(row)
        and row["destination"] == sale.destination
        and row["regime"] in asked.regimes
    ]


def _changes(book: Rulebook, asked: Ruled, row: Row, column: str) -> bool:
    """Whether more of the goods was barred on the day a measure began, or less when it ended.

    A list that replaces another, or that names goods already barred by a wider one, imposes
    nothing; and one that ends while another still bars the goods lifts nothing.
    """
    if asked.sale.party or not asked.sale.codes:
        return True
    day, own = row[column], row["commodity_code"]
    codes = [own] if own.startswith(asked.sale.codes) else [
        one for one in asked.sale.codes if any(touch.row is row for touch in book.touching(one))
    ]  # fmt: skip
    for code in codes:
        touches = barring(book, code, asked.sale.destination, (row["regime"],))
        before, after = (RANK[cover_on(touches, on)] for on in (day - timedelta(days=1), day))
        if (after > before) if column == "valid_from" else (after < before):
            return True
    return False


def _tested(claim: Claim, asked: Ruled, rows: Sequence[Row], column: str, time: Meant) -> Finding:
    near = timedelta(days=NEAR_DAYS)
    after = time.after
    inside = [row for row in rows if time.holds(row[column])]
    close = [row for row in rows if after and after <= row[column] < after + near]
    last = time.last or date.max
    before = [row for row in rows if row[column] <= last]
    word = "no longer binds" if column == "valid_to" else "binds"
    if inside:
        return Finding(SUPPORTED, (_dated(claim, asked, inside, column, word),))
    if close:
        said = _dated(claim, asked, close, column, word)
        return Finding(
            SUPPORTED, (said,),
            cautions=("The day of the claim may be that of adoption or publication: the measure "
                      f"{word} from {close[0][column]} on.",),
        )  # fmt: skip
    if time.is_assumed and before:
        return Finding(SUPPORTED, (_dated(claim, asked, before[-MOST_ROWS:], column, word),))
    if rows:
        return _other_day(claim, asked, rows, column, word, time)
    return _none(claim, asked, time)


def _other_day(
    claim: Claim, asked: Ruled, rows: Sequence[Row], column: str, word: str, time: Meant
) -> Finding:
    """Such a measure is known, but of another day: what is said holds, and the day does not."""
    said = _dated(claim, asked, rows[:MOST_ROWS], column, word)
    last = time.last or date.max
    blind = [one for one in asked.regimes if not _is_whole(one, asked.sale.destination, last)]
    if rows[0][column] > last and not blind:
        return Finding(CONTRADICTED, (said,))
    if rows[0][column] > last:
        return untestable(
            f"The acts of {', '.join(blind)} for {name(asked.sale.destination)} of {last} and "
            "before, of which the rule base does not hold all",
            (said,),
        )
    return Finding(
        PARTLY, (said,),
        part=f"such a measure is in the rule base, and the day is not {time.said} but "
        f"{', '.join(sorted({str(row[column]) for row in rows if row[column] <= last}))}",
    )  # fmt: skip


def _none(claim: Claim, asked: Ruled, time: Meant) -> Finding:
    place = name(asked.sale.destination)
    goods = goods_words(claim)
    day = time.last or date.max
    blind = [one for one in asked.regimes if not _is_whole(one, asked.sale.destination, day)]
    if blind or asked.sale.party or not asked.is_named:
        return untestable(
            f"The acts of {', '.join(blind or asked.regimes)} on {goods} for {place}: the rule "
            f"base holds no such measure, and not all there is. Its state: {_state(asked)}",
        )  # fmt: skip
    ground = Ground(
        f"The rule base holds all that {', '.join(asked.regimes)} bar to {place} by code on {day}, "
        f"and {_WHICH.get(claim.predicate, 'no such measure')} on {goods}."
    )
    return Finding(CONTRADICTED, (ground,), cautions=("Measures in words are not found by code.",))


def _is_whole(regime: str, destination: str, day: date) -> bool:
    return any(
        within(one.known_from, one.known_to, day) for one in whole_reach(regime, destination)
    )


def _state(asked: Ruled) -> str:
    return ", ".join(f"{one} to {regimes()[one].state_to}" for one in asked.regimes)


def _dated(claim: Claim, asked: Ruled, rows: Sequence[Row], column: str, word: str) -> Ground:
    shown = rows[:MOST_ROWS]
    acts = list(dict.fromkeys(f"{row['regime']}, {row[column]}: {cited(row)}" for row in shown))
    more = f" and {len(acts) - 2} more" if len(acts) > 2 else ""
    return Ground(
        f"On {goods_words(claim)} for {name(asked.sale.destination)} a measure {word} from: "
        f"{'; '.join(acts[:2])}{more}.",
        tuple(measure_row(row) for row in shown),
    )


def _exempt(rows: Sequence[Row], asked: Ruled, time: Meant) -> Finding:
    """Exceptions are held in words: they are told, and a person compares."""
    held = [row for row in rows if row["exceptions"] and within(row["valid_from"], row["valid_to"],
            time.last or date.max)]  # fmt: skip
    grounds = tuple(
        Ground(
            f"{row['regime']}: exceptions of {cited(row)}: {row['exceptions']}.",
            (measure_row(row),),
        )
        for row in held[:MOST_ROWS]
    )
    return untestable(
        f"A reader: exceptions are held in words only. entrepot rules ask "
        f"{asked.regimes[0]} {asked.sale.destination} CODE --on {time.last} prints them.",
        grounds,
    )
