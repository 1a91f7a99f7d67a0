"""Partners as rows: in full for the data formats, short for a table."""

from collections.abc import Sequence
from typing import Any

from entrepot.cli.notes import BARS
from entrepot.codes.country import name
from entrepot.signals.amounts import money, percent
from entrepot.signals.partners.table import EU_LABEL, Partner, Partners
from entrepot.workspace.dealinghistory import Moment

COLUMNS = (
    "country", "flow", "on", "partner", "name", "kind", "currency", "rank", "value", "share",
    "base_rank", "base_value", "base_share", "change", "change_share", "source", "valuation",
    "basis", "regime", "under_low", "under_high", "under_share_low", "under_share_high", "unjudged",
    "period_from", "period_to", "base_from", "base_to", "notes",
)  # fmt: skip

HISTORY_COLUMNS = (
    "country", "flow", "partner", "name", "kind", "period", "currency", "value", "share", "rank",
    "months", "months_whole",
)  # fmt: skip

SHOWN_PERIODS = 5
"""Columns of shares in a table of history: the first and the latest; the line shows all."""


def partner_rows(found: Partners) -> list[dict[str, Any]]:
    """One row a partner, in the order of `COLUMNS`; null: not known."""
    return [_row(row, found) for row in found.rows]


def _row(row: Partner, found: Partners) -> dict[str, Any]:
    one, under = row.trade, row.trade.under
    cells = {
        "country": found.country, "flow": found.flow, "on": str(found.on),
        "partner": one.partner, "name": label(one.partner), "kind": row.kind,
        "currency": found.currency, "rank": row.rank, "value": one.now, "share": row.share,
        "base_rank": row.base_rank, "base_value": one.base, "base_share": row.base_share,
        "change": row.change, "change_share": row.change_share, "source": one.source,
        "valuation": one.valuation, "basis": one.basis, "regime": one.regime or None,
        "under_low": under and under.low, "under_high": under and under.high,
        "under_share_low": under and under.share_low,
        "under_share_high": under and under.share_high, "unjudged": under and under.unjudged,
        "period_from": found.now[0], "period_to": found.now[-1],
        "base_from": found.base[0] if found.base else None,
        "base_to": found.base[-1] if found.base else None, "notes": list(one.notes),
    }  # fmt: skip
    return {column: cells[column] for column in COLUMNS}


def partner_table(found: Partners, most: int) -> list[dict[str, Any]]:
    """The first partners as people read them; a group's rank is in brackets among countries."""
    groups = sum(row.kind != "country" for row in found.rows)
    return [_short(row, found) for row in found.rows[: most + groups]]


def _short(row: Partner, found: Partners) -> dict[str, Any]:
    one = row.trade
    cells = {
        "rank": _rank(row, row.rank, found),
        "partner": label(one.partner) if row.kind != "member" else f"  {label(one.partner)}",
        "now": _money(one.now),
        "share": _percent(row.share),
        "base rank": _rank(row, row.base_rank, found),
        "base": _money(one.base),
        "base share": _percent(row.base_share),
        "change": _signed(row.change_share),
        "under a measure": _under(row),
        "by": f"{one.source}, {one.valuation}",
    }
    if found.flow != "imports":
        del cells["under a measure"]
    return {**cells, "note": "; ".join(one.notes)} if _has_notes(found) else cells


def _has_notes(found: Partners) -> bool:
    return any(row.trade.notes for row in found.rows)


def _rank(row: Partner, rank: int | None, found: Partners) -> str | None:
    """A group beside its ranked members has a place in brackets: it is counted in none."""
    beside = row.kind == "group" and not found.grouped
    return None if rank is None else f"({rank})" if beside else str(rank)


def _under(row: Partner) -> str | None:
    one = row.trade.under
    if one is None or one.share_low is None or one.share_high is None:
        return "not known"
    low, high = percent(one.share_low), percent(one.share_high)
    text = low if low == high else f"{low.removesuffix(' %')}–{high}"
    return f"{text} ?" if one.unjudged else text


def history_rows(moments: Sequence[Moment], found: Partners) -> list[dict[str, Any]]:
    """One row a partner and period, in the order of `HISTORY_COLUMNS`."""
    return [
        {
            "country": found.country, "flow": found.flow, "partner": one.partner,
            "name": label(one.partner), "kind": one.kind, "period": one.period,
            "currency": found.currency, "value": one.value, "share": one.share, "rank": one.rank,
            "months": one.months, "months_whole": one.months_whole,
        }
        for one in moments
    ]  # fmt: skip


def history_table(moments: Sequence[Moment]) -> list[dict[str, Any]]:
    """One row a partner: shares of some periods, the rank in the last, and a line of all shares.

    Periods of which not all months are used have a star.
    """
    periods = list(dict.fromkeys(one.period for one in moments))
    cut = {one.period for one in moments if one.months < one.months_whole}
    by_place = {(one.partner, one.period): one for one in moments}
    shown = [*periods[:1], *periods[1:][-(SHOWN_PERIODS - 1) :]]
    last = periods[-1] if periods else ""
    order = [one.partner for one in moments if one.period == last]
    rows = []
    for partner in order:
        known = [by_place.get((partner, period)) for period in periods]
        row: dict[str, Any] = {"partner": label(partner)}
        for period in shown:
            one = by_place.get((partner, period))
            row[f"{period}{'*' if period in cut else ''}"] = _percent(one.share if one else None)
        row["rank"] = by_place[partner, last].rank
        row["all periods"] = _line([one.share if one else None for one in known])
        rows.append(row)
    return rows


def _line(values: Sequence[float | None]) -> str:
    """A line of bars, the highest of the row full; a dot: not known."""
    top = max((value or 0.0 for value in values), default=0.0) or 1.0
    return "".join(
        "·" if value is None else BARS[min(8, int(8 * value / top + 0.999))] for value in values
    )


def label(code: str) -> str:
    """Short name of a partner."""
    return "EU (as one)" if code == EU_LABEL else name(code)


def _money(value: float | None) -> str | None:
    return None if value is None else money(value, "")


def _percent(share: float | None) -> str | None:
    return None if share is None else percent(share)


def _signed(share: float | None) -> str | None:
    if share is None:
        return None
    return f"{'+' if share > 0 else '-' if share < 0 else ''}{percent(abs(share))}"
