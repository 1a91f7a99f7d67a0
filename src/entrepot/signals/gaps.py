"""One lead at both ends and at three depths: what the coalition says it sold, what the hub says.

A gap that changes its sign between 6, 4 and 2 digits points to other codes at the other end, not to
goods that went missing (Marur 2019 on gaps that do not add up across levels). Innocent causes: see
`phantom`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from entrepot.codes.editions import chains
from entrepot.codes.flow import Flow
from entrepot.signals.baskets import Basket
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.lead import Lead
from entrepot.signals.legs.legs import CHAPTER, HEADING, HS6, Legs, Source, leg_baskets, nodes
from entrepot.signals.legs.onward import known_levels
from entrepot.signals.legs.phantom import BothEnds, Split, both_ends, mirror_interval, split
from entrepot.signals.panel import cells
from entrepot.signals.windows import Window

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LevelGap:
    """One lead compared at 6, 4 or 2 digits; money over its window; nan: not measurable.

    `codes` are compared: the lead's own, their headings, or their chapters, restricted and free
    goods alike. `ends` is summed over them, so that a code the hub records nothing of is told from
    a gap; `log_low`, `log_high` are the mirror discrepancy of the two sums `exported` (FOB) and
    `imported` (CIF); `split` is that of the rise, growth allowed for as in the lead.
    """

    digits: int
    codes: tuple[str, ...]
    exported: float
    imported: float
    ends: BothEnds
    log_low: float
    log_high: float
    split: Split

    @property
    def sign(self) -> int | None:
        """1: exports exceed imports at every freight; -1: at none; 0: freight decides; or null."""
        if np.isnan(self.log_low):
            return None
        return 1 if self.log_low > 0 else -1 if self.log_high < 0 else 0


def changes_with_level(found: Iterable[LevelGap]) -> bool | None:
    """Whether the gap has opposite signs at two levels; null where fewer than two have one."""
    signs = [one.sign for one in found if one.sign is not None]
    return None if len(signs) < 2 else {1, -1} <= set(signs)


def lead_gaps(lead: Lead, legs: Legs) -> tuple[LevelGap, ...]:
    """One lead's goods at both ends, at HS6, HS4 and HS2, as far as the coalition publishes codes.

    Of the hub's figures only codes count that the coalition publishes too, to anyone: where its
    figures are a selection of goods, the hub's whole chapter is no counterpart.

    Args:
        lead: a judged lead of the run.
        legs: of the same run; where they hold no imports of the hub, the result is empty.
    """
    if not lead.after or lead.hub not in legs.reports.covered:
        return ()
    published = _published(lead, legs)
    made = [_level_gap(lead, legs, published, digits) for digits in (HS6, HEADING, CHAPTER)]
    return tuple(one for one in made if one is not None)


def _published(lead: Lead, legs: Legs) -> list[str]:
    """Codes of the lead's chapters that the coalition publishes, for any partner."""
    rows = legs.rows
    chapters = sorted({line[:CHAPTER] for line in lead.basket.lines})
    in_chapters = rows.commodity_code.substr(0, CHAPTER).isin(chapters)
    by_members = rows.reporter.isin(sorted(legs.members))
    own = rows.filter(rows.flow == Flow.X.value, by_members, in_chapters)
    return sorted(legs.engine.fetch(own.select("commodity_code").distinct())[0].to_pylist())


def _goods(lead: Lead, published: Sequence[str], digits: int) -> list[Basket]:
    """The lead's goods at a level, old and new codes of one good together; none: not published."""
    rows = chains(digits, lead.periods[0], lead.periods[-1]).to_pylist()
    keys = {row["commodity_code"]: row["basket_code"] for row in rows}
    fine: dict[str, list[str]] = {}
    for code in published:
        if len(code) >= digits:
            fine.setdefault(keys.get(code[:digits], code[:digits]), []).append(code)
    heads = tuple({line[:digits] for line in lead.basket.lines})
    kept = {
        key: tuple(codes)
        for key, codes in fine.items()
        if any(one.startswith(heads) for one in codes)
    }
    return [
        Basket(key, key, False, codes=tuple({code[:digits] for code in codes}), lines=codes)
        for key, codes in sorted(kept.items())
    ]


def _level_gap(lead: Lead, legs: Legs, published: Sequence[str], digits: int) -> LevelGap | None:
    goods = _goods(lead, published, digits)
    if not goods:
        return None
    window, months = Window(lead.before, lead.after, lead.season), len(lead.after)
    series = _series(lead, legs, goods)
    exports, imports = (known_levels(one, window, lead.periods) for one in series)
    sold, bought = (float(one.mean.sum()) * months for one in (exports, imports))
    rises = [(one.mean - lead.factor * one.base).sum() * months for one in (exports, imports)]
    cell = both_ends(exports.mean * months, imports.mean * months)
    ends = BothEnds(*(getattr(cell, one.name).sum() for one in fields(BothEnds)))
    low, high = (float(one) for one in mirror_interval(sold, bought))
    codes = tuple(one.code for one in goods)
    return LevelGap(digits, codes, sold, bought, ends, low, high, split(*rises))


def _series(lead: Lead, legs: Legs, goods: Sequence[Basket]) -> Floats:
    """Both ends x goods x periods: the coalition's exports to the hub, its imports from them."""
    rows, members = legs.rows, sorted(legs.members)
    theirs, needs = leg_baskets(goods, legs.reports.codes)
    depth = legs.reports.depth(Source(lead.hub, Flow.M.value), lead.periods, goods)
    values = np.zeros((2, len(goods), len(lead.periods)))
    values[1][depth < needs[:, None]] = np.nan
    own = [replace(one, nodes=tuple(nodes(code) for code in one.lines)) for one in goods]
    exports = (rows.flow == Flow.X.value) & (rows.partner == lead.hub) & rows.reporter.isin(members)
    imports = (rows.flow == Flow.M.value) & (rows.reporter == lead.hub) & rows.partner.isin(members)
    place = {basket.basket_id: i for i, basket in enumerate(goods)}
    when = {period: i for i, period in enumerate(lead.periods)}
    for end, (side, counted) in enumerate(((exports, own), (imports, theirs))):
        found = cells(rows.filter(side), counted, legs.engine)
        summed = found.group_by(["basket_id", "period"]).agg(value=found.value.sum())
        for row in legs.engine.fetch(summed).to_pylist():
            if row["period"] in when:  # some periods may be out, as reporters are missing
                values[end, place[row["basket_id"]], when[row["period"]]] += row["value"]
    return values


def levels_check(found: Sequence[LevelGap]) -> Check:
    """Has the gap no opposite signs at 6, 4 and 2 digits? They would point to other codes."""
    question = "Is the gap free of opposite signs at 6, 4 and 2 digits?"
    changed = changes_with_level(found)
    if changed is None:
        return Check(question, NOT_TESTABLE, "fewer than two levels have figures at both ends")
    words = {1: "exports exceed imports", -1: "imports exceed exports", 0: "freight decides"}
    told = [f"{one.digits} digits: {words[one.sign]}" for one in found if one.sign is not None]
    return Check(question, FAILED if changed else PASSED, "; ".join(told))
