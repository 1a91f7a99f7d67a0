"""Transfer: goods were passed on through a third country. Tested by leads, as far as they go.

Trade figures cannot show one consignment. A listed lead for the same hub and goods is consistent
with the claim, and no more, so the verdict is at most `partly`. That there is no lead does not
speak against it either: single consignments vanish in sums. Only where the seller that the claim
names reported no sale at all of the goods to the hub is the claim contradicted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrepot.codes.country import name
from entrepot.codes.period import end, start
from entrepot.errors import RequestError
from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    PARTLY,
    Finding,
    Ground,
    untestable,
)
from entrepot.evidence.assessing.records import Records
from entrepot.evidence.assessing.ruledsides import goods_codes, goods_words
from entrepot.evidence.assessing.sides import EU, Sides, countries
from entrepot.evidence.assessing.trade import background
from entrepot.evidence.assessing.whenmeant import Meant, meant
from entrepot.evidence.claim import Claim
from entrepot.measures.cite import listed
from entrepot.signals.amounts import money
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead

TARGET: Final = "RUS"
"""Where goods are taken to end up where a claim does not say it; the default of `leads`."""

ONLY_SUMS: Final = (
    "Trade figures add up declarations: they show neither one consignment nor what became of it. A "
    "rise has innocent reasons too (own demand, another route, new codes): see entrepot explain."
)
SHIPMENTS: Final = (
    "Records of shipments: declarations, waybills or transport documents of {hub} and {target} for "
    "{goods}, which this version does not read yet; or figures of what {hub} sold on: entrepot "
    "import FILE, then entrepot legs --target {code}"
)
MOST_LEADS: Final = 3


@dataclass(frozen=True)
class _Route:
    """Through which countries to which one; `is_assumed`: the claim does not name the last."""

    hubs: frozenset[str]
    target: str
    is_assumed: bool


def transfer(claim: Claim, records: Records) -> Finding:
    """Test a claim that goods were passed on.

    Args:
        claim: of type transfer.
        records: `leads`, and the figures as background.
    """
    route, time = _route(claim), meant(claim)
    needed = _needed(claim, route)
    grounds = _trade(claim, route, records)
    is_future = claim.kind in ("threat", "forecast") or claim.predicate == "intends"
    if time is None:
        return untestable("The time: give the day of the report with --reported-on DATE", grounds)
    if is_future or records.leads is None or not goods_codes(claim):
        return untestable(needed, grounds, (ONLY_SUMS,))
    try:
        found = records.leads(route.target)
    except RequestError as error:
        return untestable(needed, (*grounds, Ground(f"{error}.")), (ONLY_SUMS,))
    rows = [lead for lead in found.leads if _fits(lead, claim, route, time)]
    return _judged(claim, route, rows, found, grounds, needed)


def _route(claim: Claim) -> _Route:
    """The hub is a country of the claim that neither restricts the goods nor is their target."""
    texts = (*claim.actors, *claim.counterparts, claim.destination or "", claim.origin or "")
    named = [next(iter(mine)) for text in texts if len(mine := countries(text)) == 1]
    ends = countries(claim.destination or "")
    target = next(iter(ends)) if len(ends) == 1 else TARGET
    is_assumed = target not in named
    if TARGET in named and target != TARGET:
        target, is_assumed = TARGET, False
    hubs = {one for one in named if one != target and one not in countries(EU)}
    hubs -= countries(claim.origin or "") if len(hubs) > 1 else set()
    return _Route(frozenset(hubs), target, is_assumed)


def _needed(claim: Claim, route: _Route) -> str:
    hub = listed([name(one) for one in sorted(route.hubs)]) or "the country between"
    return SHIPMENTS.format(hub=hub, target=name(route.target), code=route.target,
                            goods=goods_words(claim))  # fmt: skip


def _trade(claim: Claim, route: _Route, records: Records) -> list[Ground]:
    """What the seller reported to the hub in that time: the first leg, as plain sums."""
    if records.figures is None or len(route.hubs) != 1 or not goods_codes(claim):
        return []
    hub = next(iter(route.hubs))
    seller = claim.origin if claim.origin and countries(claim.origin) - route.hubs else EU
    return background(claim, Sides(seller, hub, seller), records, records.figures)


def _fits(lead: Lead, claim: Claim, route: _Route, time: Meant | None) -> bool:
    if route.hubs and lead.hub not in route.hubs:
        return False
    codes = {lead.commodity_code, *lead.basket.codes}
    if not any(a.startswith(b) or b.startswith(a) for a in codes for b in goods_codes(claim)):
        return False
    if time is None or time.is_assumed or lead.period_from is None or lead.period_to is None:
        return True
    return time.overlaps(start(lead.period_from), end(lead.period_to))


def _judged(
    claim: Claim,
    route: _Route,
    rows: Sequence[Lead],
    found: Findings,
    grounds: Sequence[Ground],
    needed: str,
) -> Finding:
    cautions = [ONLY_SUMS]
    if route.is_assumed:
        cautions.append(f"The claim names no end of the route; {name(route.target)} was taken.")
    leads = [lead for lead in rows if lead.status == "lead"]
    if leads and not route.hubs:
        hub = (
            "The country between, which the claim does not name: with it, a lead can be compared. "
        )
        return untestable(f"{hub}{needed}", [_ground(lead, found) for lead in leads[:MOST_LEADS]],
                          cautions)  # fmt: skip
    if leads:
        said = (*(_ground(lead, found) for lead in leads[:MOST_LEADS]), *grounds)
        if claim.is_negated:
            return untestable(needed, said, cautions)
        return Finding(PARTLY, said, part=_part(claim, leads, route), cautions=tuple(cautions))
    if rows and _is_nothing(claim, rows, found):
        stock = "Goods from stock, or of other origin, are not seen."
        return Finding(CONTRADICTED, (*grounds, _nothing(claim, rows, found)),
                       cautions=(*cautions, stock))  # fmt: skip
    said = (*(_ground(lead, found) for lead in rows[:MOST_LEADS]), *grounds)
    if not said:
        said = (Ground(f"The figures hold no lead for {goods_words(claim)}."),)
    return untestable(needed, said, cautions)


def _part(claim: Claim, leads: Sequence[Lead], route: _Route) -> str:
    hubs = listed(list(dict.fromkeys(name(lead.hub) for lead in leads)), most=4)
    onward = [lead for lead in leads if lead.onward_low is not None and lead.onward_low > 0]
    said = (
        f"more of the goods than expected was sold to {hubs} once direct sale to "
        f"{name(route.target)} was barred, which is consistent with the claim"
    )
    if onward:
        said += f"; what {hubs} sold on to {name(route.target)} rose as well"
        return f"{said}; that the same goods went on is not shown by sums"
    return f"{said}; that the goods went on is not shown"


def _is_nothing(claim: Claim, rows: Sequence[Lead], found: Findings) -> bool:
    """Whether the seller that the claim names sold none of the goods to the hub."""
    sellers = countries(claim.origin or "")
    is_named = bool(sellers) and sellers <= found.question.exporters()
    return is_named and not claim.is_negated and all(lead.actual == 0 for lead in rows)


def _nothing(claim: Claim, rows: Sequence[Lead], found: Findings) -> Ground:
    first = rows[0]
    return Ground(
        f"{found.question.coalition} exporters reported no sale of {goods_words(claim)} to "
        f"{name(first.hub)} in {first.period_from} to {first.period_to}.",
        tuple(_row(lead) for lead in rows[:MOST_LEADS]),
    )


def _ground(lead: Lead, found: Findings) -> Ground:
    words = {"lead": "a lead", "note": "one delivery makes it", "no_rise": "no rise",
             "fall": "a fall", "below_threshold": "not told from ordinary change",
             "new_code": "a new code without a past",
             "too_recent": "too little time to compare"}  # fmt: skip
    head = f"{lead.commodity} ({lead.commodity_code}) to {name(lead.hub)}"
    if lead.actual is None or lead.expected is None:
        return Ground(f"{head}: {words[lead.status]} ({lead.lead_id}).", (_row(lead),))
    size = (
        f"{money(lead.actual, lead.currency)} sold by {found.question.coalition} exporters in "
        f"{lead.period_from} to {lead.period_to}, {money(lead.expected, lead.currency)} expected"
    )
    if lead.excess_low is not None and lead.excess_high is not None and lead.status == "lead":
        ends = (money(lead.excess_low, lead.currency), money(lead.excess_high, lead.currency))
        size += f", {ends[0]} to {ends[1]} more"
    return Ground(f"{head}: {words[lead.status]}; {size} ({lead.lead_id}).", (_row(lead),))


def _row(lead: Lead) -> dict[str, Any]:
    return {
        "kind": "lead",
        "lead_id": lead.lead_id,
        "hub": lead.hub,
        "target": lead.target,
        "commodity_code": lead.commodity_code,
        "commodity_codes": list(lead.basket.lines),
        "period_from": lead.period_from,
        "period_to": lead.period_to,
        "status": lead.status,
        "actual": lead.actual,
        "expected": lead.expected,
        "excess_low": lead.excess_low,
        "excess_high": lead.excess_high,
        "q_value": lead.q_value,
        "currency": lead.currency,
    }
