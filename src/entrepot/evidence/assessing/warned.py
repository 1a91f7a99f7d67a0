"""Threats and forecasts about sanctions: no record tests what is still to come.

What the law provided on the day is told as background: whether a rule of one country carries over
to another, and what the rules say about goods that go on from there.
"""

from datetime import date
from typing import Final

from entrepot.codes.country import name
from entrepot.evidence.assessing.assessment import Finding, Ground, untestable
from entrepot.evidence.assessing.measurerows import measure_row, remark_row
from entrepot.evidence.assessing.records import Records
from entrepot.evidence.assessing.ruledsides import goods_codes, named_regimes
from entrepot.evidence.assessing.ruling import called
from entrepot.evidence.assessing.sides import countries
from entrepot.evidence.assessing.whenmeant import ONE_DAY, meant
from entrepot.evidence.claim import Claim
from entrepot.measures.book import Rulebook, binds
from entrepot.measures.cite import HOW_SURE, cite, stop
from entrepot.measures.context import USE_IN, remarks
from entrepot.measures.spells import barring
from entrepot.records.rules import ANY

INHERITANCE: Final = "inheritance"
"""Topic of a remark: whether the bans for one country hold for another."""

BACKGROUND: Final = (
    "What is announced or expected is no record yet: the rules that were in force are told as "
    "background, and neither bear it out nor speak against it."
)


def warned(claim: Claim, records: Records) -> Finding:
    """The rules as background of a threat or a forecast; it is never testable on the day.

    Args:
        claim: of kind threat or forecast.
        records: only the rule book is used.
    """
    time = meant(claim)
    day = claim.reported_on or (time.first if time else None) or (time.last if time else None)
    places = _places(claim)
    shown = ", ".join(places) or "COUNTRY"
    needed = (
        f"What was done later, which only later records can say: entrepot rules changes --from "
        f"{day or 'DATE'} --to DATE, for {shown}"
    )
    if day is None:
        return untestable(needed, cautions=(BACKGROUND,))
    grounds = [*_remarks(claim, places, day), *_elsewhere(claim, records.rulebook, places, day)]
    return untestable(needed, grounds, (BACKGROUND,))


def _places(claim: Claim) -> list[str]:
    """Countries of the claim, the one that is to be met by the rules first."""
    texts = (claim.destination or "", *claim.counterparts, *claim.actors, claim.origin or "")
    single = [next(iter(found)) for text in texts if len(found := countries(text)) == 1]
    return list(dict.fromkeys(single))


def _remarks(claim: Claim, places: list[str], day: date) -> list[Ground]:
    """Dated facts of law: no automatic rule, and goods that are meant for use elsewhere."""
    wanted = named_regimes(claim)
    found = []
    for topic in (INHERITANCE, USE_IN):
        for one in remarks():
            is_meant = one.topic == topic and (topic == USE_IN or one.destination in places)
            in_force = one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
            if is_meant and in_force and (not wanted or one.regime in wanted):
                found.append(
                    Ground(
                        f"{called(one.regime)} for {name(one.destination)}, from {one.valid_from}"
                        f"{f' to {one.valid_to - ONE_DAY}' if one.valid_to else ''}: "
                        f"{stop(one.text)} ({'; '.join(filter(None, (one.article, one.citation)))}"
                        f"{HOW_SURE[one.certainty]})",
                        (remark_row(one),),
                    )
                )
    return found


def _elsewhere(claim: Claim, book: Rulebook, places: list[str], day: date) -> list[Ground]:
    """What is barred for each country by code on the day: the first measure of each regime."""
    wanted, said = named_regimes(claim) or ("EU",), []
    for place in places:
        for regime in wanted:
            touched = [
                touch.row
                for code in goods_codes(claim)
                for touch in barring(book, code, place, (regime,))
                if binds(touch.row, day) and touch.row["destination"] != ANY
            ]
            if touched:
                first = min(touched, key=lambda row: (row["valid_from"], row["measure_id"]))
                said.append(
                    Ground(
                        f"{called(regime)} bar these goods, or a part of them, to {name(place)} on "
                        f"{day}, since {first['valid_from']} ({cite(first)}: {first['citation']}).",
                        (measure_row(first),),
                    )
                )
    return said
