"""Sentences about partners, made from the numbers: what can be said, and what cannot."""

from collections.abc import Sequence

from entrepot.codes.country import name
from entrepot.codes.period import is_month
from entrepot.signals.amounts import money, percent
from entrepot.signals.partners.table import EU_LABEL, First, Partner, Partners, Under
from entrepot.units import MONTHS_PER_YEAR

SEEN: dict[str, str] = {"imports": "Imports of", "exports": "Exports of", "both": "Trade of"}


def verdicts(found: Partners) -> tuple[str, ...]:
    """What the figures say, most important first."""
    said = [first_sentence(found), *group_sentence(found), *under_sentences(found)]
    return tuple(one for one in said if one)


def partner_name(code: str) -> str:
    """A country's name; the EU's for the row of its members."""
    return "the EU" if code == EU_LABEL else name(code)


def span(periods: Sequence[str]) -> str:
    """Periods in words: 2021, or 2021-12 to 2022-11, and which months between are left out."""
    if not periods:
        return "no period"
    first, last = periods[0], periods[-1]
    if not is_month(first) or (len(periods) == MONTHS_PER_YEAR and first[:4] == last[:4]):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]} to {last[:4]}"
    gaps = [one for one in _between(first, last) if one not in periods]
    text = first if first == last else f"{first} to {last}"
    if (first[:4], first[5:], last[5:]) == (last[:4], "01", "12"):
        text = first[:4]
    return f"{text} (without {', '.join(gaps)})" if gaps else text


def _between(first: str, last: str) -> list[str]:
    at, until = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(at, until + 1)]


def first_sentence(found: Partners) -> str:
    """Who is the largest partner, who was, and whether that changed."""
    now, was = found.largest_partner, found.base_largest_partner
    if now is None:
        return f"No partner's trade is known in {span(found.now)}, so none can be named the first."
    head = (
        f"Largest partner in these figures in {span(found.now)}: {partner_name(now.partner)} "
        f"({percent(now.share)})"
    )
    if was is None:
        return f"{head}; who was before is not known.{_rivals(now, found)}"
    earlier = f"it was {partner_name(was.partner)} in {span(found.base)} ({percent(was.share)})"
    if now.partner == was.partner:
        return f"{head}; {earlier}.{_rivals(now, found)}"
    return f"New first partner. {head}; {earlier}.{_rivals(now, found)}"


def _rivals(first: First, found: Partners) -> str:
    if not first.rivals:
        return ""
    who = ", ".join(map(partner_name, first.rivals))
    return (
        f" But nothing is known now of {who}, larger than that in {span(found.base)}: who is "
        "first now cannot be told."
    )


def group_sentence(found: Partners) -> list[str]:
    """The same with the EU as one partner, where that says more."""
    now, was = found.largest_group, found.base_largest_group
    if now is None or now.share == 1 or now == found.largest_partner:
        return []
    text = (
        f"With the EU as one partner: {partner_name(now.partner)} ({percent(now.share)}) in "
        f"{span(found.now)}"
    )
    if was is not None:
        text += f"; {partner_name(was.partner)} ({percent(was.share)}) in {span(found.base)}"
    return [f"{text}.{_rivals(now, found)}"]


def under_sentences(found: Partners) -> list[str]:
    """What share of the earlier trade is under a measure, and of what part that is not known."""
    if found.flow != "imports":
        return [
            "What of this trade is under a measure is not said: the measures held bind sales to a "
            "country, so only its imports can be judged."
        ]
    one, unit = found.share_under_measure, found.currency
    if one is None or not one.value:
        return [
            "What of the earlier trade is under a measure is not known from these "
            "figures and the rule base."
        ]
    said = [_barred(one, found)]
    if _bases(found) != {"total"}:
        said.append(
            "That is a share of the goods held, not of all trade: where goods are held because "
            "they are listed, it is far larger than the share of all trade."
        )
    if one.unjudged:
        said.append(
            f"Of {money(one.unjudged, unit)} more ({percent(one.unjudged / one.value)}) neither "
            "the figures by goods nor the rule base say whether it is."
        )
    if found.unknown_rules:
        said.append(
            f"Not in these sums: {money(found.unknown_rules, unit)} sold by partners whose rules "
            "are not in the base."
        )
    return said


def _barred(one: Under, found: Partners) -> str:
    """The sum over partners whose rules are known, as a range where codes are barred in part."""
    amount, share = money(one.low, found.currency), percent(one.share_low or 0.0)
    if one.low != one.high:
        amount += f" to {money(one.high, '')}"
        share = f"{share.removesuffix(' %')} to {percent(one.share_high or 0.0)}"
    return (
        f"Of {money(one.value, found.currency)} sold in {span(found.base)}, goods worth {amount} "
        f"({share}) are under an export ban or licence on {found.on}."
    )


def change_sentence(row: Partner, found: Partners) -> str:
    """How the trade with one partner changed, in money and percent."""
    who, one, unit = partner_name(row.trade.partner), row.trade, found.currency
    if one.now is None or one.base is None:
        known = one.base if one.now is None else one.now
        when = found.base if one.now is None else found.now
        amount = "not known" if known is None else money(known, unit)
        return f"{who}: {amount} in {span(when)}; the other time is not known."
    text = f"{who}: {money(one.now, unit)} in {span(found.now)}"
    share = row.change_share
    if share is None:
        return f"{text}; no trade in {span(found.base)}."
    more = "more" if share > 0 else "less"
    before = f"{span(found.base)} ({money(one.base, unit)})"
    return f"{text}, {percent(abs(share))} {more} than in {before}."


def limits(found: Partners) -> tuple[str, ...]:
    """What must be read with the ranking: how the times were chosen, and what is missing."""
    said = [f"Base {span(found.base)}: {found.why_base}." if found.base else f"{found.why_base}."]
    said += _uneven(found)
    both = sorted(set(found.now) & set(found.base))
    if both:
        said.append(f"{span(both)} is in both times, so changes are smaller than they would be.")
    silent = [row for row in found.rows if row.kind == "country" and row.trade.now is None]
    lost = sum(row.base_share or 0.0 for row in silent)
    if silent:
        who = ", ".join(partner_name(row.trade.partner) for row in silent[:6])
        more = f" and {len(silent) - 6} more" if len(silent) > 6 else ""
        said.append(
            f"Nothing is known now of {who}{more} ({percent(lost)} of the base): shares now leave "
            "them out."
        )
    return (
        *said,
        *_sources(found),
        "Goods and partners missing from the figures are missing here.",
    )


def _uneven(found: Partners) -> list[str]:
    unused = [one for one in found.wanted if one not in found.now]
    if not unused:
        return []
    why = f"; missing reports: {', '.join(found.missing[:6])}" if found.missing else ""
    more = f" and {len(found.missing) - 6} more" if len(found.missing) > 6 else ""
    cut = ", and the base is cut to the same calendar months" if found.base else ""
    return [
        f"Only {len(found.now)} of the {len(found.wanted)} months before {found.on} can be used"
        f"{cut}{why}{more}."
    ]


def _sources(found: Partners) -> list[str]:
    """Who tells these figures, how they are valued, and whether they are sums of goods."""
    trades = [row.trade for row in found.rows if row.kind != "group"]
    tells = {"own": "its own figures", "mirror": "its partners' figures (mirror)", "mixed": "both"}
    sources = sorted({one.source for one in trades})
    values = sorted({one.valuation for one in trades})
    said = [
        f"{SEEN[found.flow]} {name(found.country)} by "
        f"{' and '.join(tells[one] for one in sources)}, valued {' and '.join(values)}."
    ]
    if len(values) > 1 or "mixed" in values:
        said.append("CIF holds freight and insurance, FOB does not: close places may be due to it.")
    bases = _bases(found)
    if bases != {"total"}:
        part = "Sums of the goods held" if bases == {"goods"} else "Some are sums of the goods held"
        said.append(f"{part}, not of all trade (no row of code TOTAL).")
    return said


def _bases(found: Partners) -> set[str]:
    return {row.trade.basis for row in found.rows if row.kind != "group"}
