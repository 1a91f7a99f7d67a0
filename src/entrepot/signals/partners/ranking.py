"""Partners of one country, ranked: who is first now, and who was.

Values are what publishers report, by the source that `partnermonths.choose` took for each partner.
A partner whose publisher is silent has no value now (null, not zero): it keeps its earlier one.
A fall is not the work of measures alone, nor a rise that of rerouting: prices, demand, currency,
firms that leave on their own, and late reports move these figures too.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from entrepot.signals.panel import MATTERS_SHARE
from entrepot.signals.partners.table import MIXED, ONE_SIDE, First, Partner, Trade


@dataclass(frozen=True)
class Ranking:
    """Rows in order, sums, and the first of both times."""

    rows: tuple[Partner, ...]
    total: float | None
    base_total: float | None
    first: First | None
    base_first: First | None


def ranking(trades: Sequence[Trade]) -> Ranking:
    """Rank partners by their trade now, unknown ones after the known by their earlier trade."""
    total, base_total = _sum(t.now for t in trades), _sum(t.base for t in trades)
    ranks = _ranks({t.partner: t.now for t in trades})
    base_ranks = _ranks({t.partner: t.base for t in trades})
    order = sorted(trades, key=lambda t: (t.now is None, -(t.now or 0), -(t.base or 0), t.partner))
    rows = tuple(
        Partner(
            t, "country", ranks.get(t.partner), _share(t.now, total),
            base_ranks.get(t.partner), _share(t.base, base_total),
        )
        for t in order
    )  # fmt: skip
    return Ranking(
        rows, total, base_total,
        _first({t.partner: t.now for t in trades}, {t.partner: t.base for t in trades}),
        _first({t.partner: t.base for t in trades}, {}),
    )  # fmt: skip


def as_group(trades: Iterable[Trade], members: Collection[str], label: str) -> list[Trade]:
    """The same trades with the members added up to one partner, which comes first."""
    inside = [one for one in trades if one.partner in members]
    outside = [one for one in trades if one.partner not in members]
    return [_group(inside, label), *outside] if len(inside) > 1 else [*inside, *outside]


def with_group(alone: Ranking, grouped: Ranking, label: str) -> tuple[Partner, ...]:
    """Countries in their places, and before them the group with the place it would have."""
    mine = [replace(row, kind="group") for row in grouped.rows if row.trade.partner == label]
    return (*mine, *alone.rows)


def in_group(
    alone: Ranking, grouped: Ranking, members: Collection[str], label: str, *, split: bool
) -> tuple[Partner, ...]:
    """The group in its place among the others; with `split` its members under it, unranked."""
    found: list[Partner] = []
    for row in grouped.rows:
        is_group = row.trade.partner == label
        found.append(replace(row, kind="group") if is_group else row)
        if is_group and split:
            found += [
                replace(one, kind="member", rank=None, base_rank=None)
                for one in alone.rows
                if one.trade.partner in members
            ]
    return tuple(found)


def turnover(imports: Trade, exports: Trade) -> Trade:
    """Imports and exports with one partner; null in a time of which one of them is not known.

    No rules are kept: bans bind sales to the country, and what it sells is not in the rule base.
    """
    now, base = _both(imports.now, exports.now), _both(imports.base, exports.base)
    notes = tuple(dict.fromkeys([*imports.notes, *exports.notes]))
    return Trade(
        imports.partner, now, base,
        _one(imports.source, exports.source), _one(imports.valuation, exports.valuation),
        _one(imports.basis, exports.basis), imports.regime, None, notes,
    )  # fmt: skip


def one_sided(trade: Trade) -> Trade:
    """A partner of whom only imports or only exports are held: its turnover is not known."""
    return replace(trade, now=None, base=None, under=None, notes=(*trade.notes, ONE_SIDE))


def _group(inside: Sequence[Trade], label: str) -> Trade:
    """A sum over members; null in a time where members that matter are not known."""
    under = [one.under for one in inside if one.under is not None]
    known = len(under) == len([one for one in inside if one.base])
    return Trade(
        partner=label,
        now=_whole(inside, [one.now for one in inside], [one.base for one in inside]),
        base=_whole(inside, [one.base for one in inside], [one.now for one in inside]),
        source=_one(*(one.source for one in inside)),
        valuation=_one(*(one.valuation for one in inside)),
        basis=_one(*(one.basis for one in inside)),
        regime=_one(*(one.regime for one in inside)),
        under=sum(under[1:], under[0]) if under and known else None,
        notes=tuple(_lacking(inside)),
    )


def _lacking(inside: Sequence[Trade]) -> list[str]:
    silent = [one.partner for one in inside if one.now is None]
    return [f"without {', '.join(silent)}, of whom nothing is known now"] if silent else []


def _whole(
    inside: Sequence[Trade], values: Sequence[float | None], others: Sequence[float | None]
) -> float | None:
    """A sum, or null where the members missing from it held much of the other time."""
    known = [one for one in values if one is not None]
    lost = fsum(b or 0.0 for a, b in zip(values, others, strict=True) if a is None)
    all_other = fsum(one or 0.0 for one in others)
    return fsum(known) if known and lost <= MATTERS_SHARE * all_other else None


def _both(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _one(*words: str) -> str:
    found = set(words)
    return found.pop() if len(found) == 1 else MIXED


def _sum(values: Iterable[float | None]) -> float | None:
    known = [one for one in values if one is not None]
    return fsum(known) if known else None


def _share(value: float | None, total: float | None) -> float | None:
    return value / total if value is not None and total else None


def _ranks(values: Mapping[str, float | None]) -> dict[str, int]:
    """Places from 1; equal values share one; no place without trade."""
    known = {key: value for key, value in values.items() if value}
    return {key: 1 + sum(other > value for other in known.values()) for key, value in known.items()}


def _first(values: Mapping[str, float | None], earlier: Mapping[str, float | None]) -> First | None:
    known = {key: value for key, value in values.items() if value}
    if not known:
        return None
    top = max(sorted(known), key=known.__getitem__)
    rivals = [
        key
        for key, value in earlier.items()
        if values.get(key) is None and value is not None and value > known[top]
    ]
    return First(top, known[top], known[top] / fsum(known.values()), tuple(sorted(rivals)))
