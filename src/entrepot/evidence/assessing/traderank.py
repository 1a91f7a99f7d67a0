"""A country is the largest partner of another, or the second: tested by the table of partners."""

import re
from typing import Final

from entrepot.codes.country import name
from entrepot.errors import RequestError
from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    turned,
    untestable,
)
from entrepot.evidence.assessing.records import Records
from entrepot.evidence.assessing.ruledsides import goods_words
from entrepot.evidence.assessing.series import EXPORTS, IMPORTS, reporters_held
from entrepot.evidence.assessing.sides import EU, called, countries
from entrepot.evidence.assessing.views import MANY_PARTNERS
from entrepot.evidence.assessing.whenmeant import meant
from entrepot.evidence.assessing.windows import spelled
from entrepot.evidence.claim import Claim
from entrepot.signals.amounts import money, percent
from entrepot.signals.partners.table import EU_LABEL, Partner, Partners

OWN: Final = "own"
ONE_WAY: Final = re.compile(
    r"\b(import|export|buyer|seller|supplier|customer|импорт|экспорт|покупател|поставщик|імпорт|"
    r"експорт|покупец|постачальник)", re.IGNORECASE
)  # fmt: skip
"""Words by which a claim about a rank means one direction of trade."""

MOST_NAMED: Final = 3


def traderank(claim: Claim, records: Records) -> Finding:
    """Test a claim that one country is the n-th largest partner of another.

    The place is that in `entrepot partners`. It is the place among all partners only where the
    country's own figures are held; where only its partners' are, a larger one may be silent.

    Args:
        claim: predicate rank; `quantity` the place, null: the first.
        records: `partners`, and the figures to say what is missing.
    """
    partner, country = _pair(claim)
    if not partner or len(countries(country)) != 1:
        return untestable(
            "The country and its partner, of which the claim names one only: entrepot partners "
            "COUNTRY --on DATE"
        )
    whose = next(iter(countries(country)))
    if claim.goods or claim.goods_codes:
        return untestable(
            f"A table of the partners of {name(whose)} for {goods_words(claim)} alone: entrepot "
            "partners ranks all goods together"
        )
    needed = _needed(partner, whose, claim)
    if records.partners is None:
        return untestable(needed)
    if (blind := _blind(records, whose, partner)) is not None:
        return untestable(needed, (blind,))
    time = meant(claim)
    day = time.after if time and time.after else claim.reported_on
    try:
        found = records.partners(whose, day)
    except RequestError as error:
        return untestable(needed, (Ground(f"{error}."),))
    return _placed(claim, found, partner, records, needed)


def _blind(records: Records, whose: str, partner: str) -> Ground | None:
    """That neither side publishes in the figures, so that no table of partners can place them."""
    loaded = records.figures
    if loaded is None:
        return None
    held = reporters_held(loaded, EXPORTS) | reporters_held(loaded, IMPORTS)
    if whose in held or countries(partner) & held:
        return None
    return Ground(
        f"The figures loaded ({loaded.title}) hold none that {name(whose)} or {called(partner)} "
        "publish."
    )


def _pair(claim: Claim) -> tuple[str, str]:
    """Whose place it is, and among whose partners."""
    texts = (*claim.actors, *claim.counterparts, claim.destination or "", claim.origin or "")
    known = list(dict.fromkeys(text for text in texts if countries(text)))
    return (known[0], known[1]) if len(known) > 1 else ("", "")


def _placed(
    claim: Claim,
    found: Partners,
    partner: str,
    records: Records,
    needed: str,
) -> Finding:
    row = _row(found, partner)
    grounds, cautions = (_ground(found, row),), _cautions(found, records)
    if row is None or row.rank is None:
        # A partner that no figures show is unknown, whatever the others are.
        return untestable(needed, grounds, cautions)
    wanted = int(claim.quantity) if claim.quantity and 1 <= claim.quantity <= len(found.rows) else 1
    lacks = _lacks(claim, found)
    if row.rank == wanted and lacks:
        part = f"{called(partner)} is in place {row.rank} there; {lacks}"
        return Finding(PARTLY, grounds, part=part, cautions=cautions)
    # Partners that are not held can only push a place down, and the other direction either way.
    if row.rank != wanted and (row.rank < wanted or _is_one_way(claim, found)) and lacks:
        return untestable(needed, grounds, cautions)
    verdict = SUPPORTED if row.rank == wanted else CONTRADICTED
    return Finding(turned(verdict) if claim.is_negated else verdict, grounds, cautions=cautions)


def _lacks(claim: Claim, found: Partners) -> str:
    """Why a place in this table is not the place among all partners; empty: it is."""
    held = [one for one in found.rows if one.kind == "country" and one.rank]
    is_own = all(one.trade.source == OWN for one in held)
    if _is_one_way(claim, found):
        return f"only {found.flow} are held, and trade is both directions"
    if not is_own:
        return f"{len(held)} partners report, and others are silent"
    return "" if len(held) >= MANY_PARTNERS else f"the figures hold {len(held)} partners only"


def _is_one_way(claim: Claim, found: Partners) -> bool:
    """Whether one direction is held and the claim does not mean that one."""
    return found.flow != "both" and ONE_WAY.search(claim.text) is None


def _row(found: Partners, partner: str) -> Partner | None:
    key = EU_LABEL if partner.upper() in (EU, EU_LABEL) else next(iter(countries(partner)), "")
    return next((one for one in found.rows if one.trade.partner == key), None)


def _ground(found: Partners, asked: Partner | None) -> Ground:
    """The first places, and that of the partner of the claim; a group only where it is asked."""
    kinds = ("country", asked.kind if asked else "country")
    ranked = sorted((one for one in found.rows if one.rank and one.kind in kinds),
                    key=lambda one: one.rank or 0)  # fmt: skip
    said = [_one(row, found.currency) for row in ranked[:MOST_NAMED]]
    rows = tuple(
        {
            "kind": "partners",
            "command": f"entrepot partners {found.country} --on {found.on}",
            "country": found.country,
            "partner": row.trade.partner,
            "flow": found.flow,
            "source": row.trade.source,
            "periods": list(found.now),
            "value": row.trade.now,
            "currency": found.currency,
            "rank": row.rank,
        }
        for row in ranked[:MOST_NAMED]
    )
    kind = {"both": "Imports and exports together", "imports": "Imports", "exports": "Exports"}
    return Ground(
        f"{kind[found.flow]} of {name(found.country)}, {spelled(found.now)}: {', '.join(said)}.",
        rows,
    )


def _one(row: Partner, currency: str) -> str:
    who = "EU members together" if row.trade.partner == EU_LABEL else name(row.trade.partner)
    share = f", {percent(row.share)}" if row.share is not None else ""
    value = "not known" if row.trade.now is None else money(row.trade.now, currency)
    return f"{row.rank}. {who} ({value}{share})"


def _cautions(found: Partners, records: Records) -> tuple[str, ...]:
    said = [f"The largest partner depends on how the EU is counted, and on {found.flow} alone."]
    if found.missing:
        said.append(f"Reports were missing: {', '.join(found.missing[:6])}.")
    loaded = records.figures
    return (*said, *(loaded.notes if loaded else ()))


def _needed(partner: str, whose: str, claim: Claim) -> str:
    time = meant(claim)
    day = (time.last if time else None) or "DATE"
    return (
        f"Figures of {name(whose)} itself, or of {called(partner)} and every other large partner, "
        f"all goods, both directions, for the twelve months to {day}: entrepot import FILE, then "
        f"entrepot partners {whose} --on {day}"
    )
