"""Which published codes form one comparable series, and which part of it is restricted.

A basket is a set of codes at one level whose figures can be compared over the whole time: old and
new codes of one good stand together (8803 and 8807). Parents and children are never added: a line
of the figures enters a basket at one level only. Where a heading is restricted in part, only its
restricted lines form the basket; its free lines form a second one that shows ordinary demand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from entrepot.codes.commodity import parent
from entrepot.codes.editions import born_codes, chains


@dataclass(frozen=True)
class Restriction:
    """What binds one published code: when it began, whether in full, and the measures' ids."""

    valid_from: date
    is_full: bool
    measure_ids: tuple[str, ...]


@dataclass(frozen=True)
class Basket:
    """One comparable good at one level.

    `codes` are its members at that level and `lines` every published code that counts in it.
    `banned_from` is the first day of its first measure; null when free. `is_partial`: the measures
    cover the goods in part. `chained_on`: year in which its codes changed; null when they did not.
    `left_out`: new or ended lines whose other half is not in the figures, so they cannot be
    compared; `is_comparable` is false when that is all there is.
    """

    basket_id: str
    code: str
    is_restricted: bool
    is_partial: bool = False
    banned_from: date | None = None
    measure_ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    chained_on: str | None = None
    left_out: tuple[str, ...] = ()
    is_comparable: bool = True


Span = tuple[str, str]
"""First and last period in which a code has a figure for any partner."""


@dataclass(frozen=True)
class _Chain:
    """Codes of one level to the basket they belong to, and when the basket's codes changed."""

    renamed: Mapping[str, str]
    changed: Mapping[str, str]

    @classmethod
    def at(cls, level: int, first: str, last: str) -> "_Chain":
        rows = chains(level, first, last).to_pylist()
        return cls(
            {row["commodity_code"]: row["basket_code"] for row in rows},
            {row["basket_code"]: row["changed_on"] for row in rows},
        )

    def key(self, code: str) -> str:
        return self.renamed.get(code, code)


@dataclass
class _Draft:
    """What is published under one basket: its own rows and the finer lines below it."""

    codes: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)


def baskets(
    spans: Mapping[str, Span],
    restrictions: Mapping[str, Restriction],
    *,
    level: int,
) -> list[Basket]:
    """Group published codes into baskets at `level` digits.

    Args:
        spans: every commodity code in the figures, at any level, with its first and last period.
        restrictions: what binds a published code, or a code of `level` digits; absent: free.
        level: 2, 4, 6 or 8.

    Returns:
        Baskets sorted by code, restricted before free. Codes shorter than `level` are left out:
        a parent says nothing about one child.
    """
    spans = {code: span for code, span in spans.items() if code.isdigit() and len(code) >= level}
    if not spans:
        return []
    first = min(span[0] for span in spans.values())
    last = max(span[1] for span in spans.values())
    chain = _Chain.at(level, first, last)
    fine = _Chain.at(max(level, 6), first, last)
    bound = _bound_lines(spans, restrictions, fine)
    broken = frozenset().union(
        *(broken_lines(spans, first, last, level=at) for at in {level, max(level, 6)})
    )
    made: list[Basket] = []
    for key, draft in sorted(_drafts(spans, chain, level).items()):
        made.extend(_split(key, draft, restrictions, bound, broken, chain.changed.get(key)))
    return made


def broken_lines(
    spans: Mapping[str, Span], first: str, last: str, *, level: int = 6
) -> frozenset[str]:
    """Lines that look like a surge or a collapse only because the nomenclature changed.

    A line is broken when its codes changed within the figures and all its figures lie on one side
    of the change, or when it is new in an edition and no ended code was its predecessor.
    """
    chain = _Chain.at(level, first, last)
    groups: dict[str, set[str]] = {}
    for code in spans:
        if len(code) >= level:
            groups.setdefault(chain.key(parent(code, level)), set()).add(code)
    broken: set[str] = set()
    for key, lines in groups.items():
        changed = chain.changed.get(key)
        starts, ends = min(spans[c][0] for c in lines), max(spans[c][1] for c in lines)
        one_sided = changed is not None and (starts >= changed or ends < changed)
        born = any(_is_born(code, level, starts, first) for code in lines)
        if one_sided or born:
            broken |= lines
    return frozenset(broken)


def _is_born(code: str, level: int, starts: str, first: str) -> bool:
    year = starts[:4]
    return first[:4] < year and parent(code, level) in born_codes(level, year)


def _drafts(spans: Mapping[str, Span], chain: _Chain, level: int) -> dict[str, _Draft]:
    drafts: dict[str, _Draft] = {}
    for code in sorted(spans):
        member = parent(code, level)
        draft = drafts.setdefault(chain.key(member), _Draft())
        draft.codes.add(member)
        (draft.whole if len(code) == level else draft.lines).add(code)
    return drafts


def _bound_lines(
    spans: Mapping[str, Span], restrictions: Mapping[str, Restriction], fine: _Chain
) -> dict[str, list[Restriction]]:
    """Restrictions of each line, shared among the old and new codes of one good."""
    groups: dict[str, list[Restriction]] = {}
    for code in spans:
        if code in restrictions:
            groups.setdefault(_fine_key(code, fine), []).append(restrictions[code])
    return {code: groups[key] for code in spans if (key := _fine_key(code, fine)) in groups}


def _fine_key(code: str, fine: _Chain) -> str:
    return fine.key(code[:6] if len(code) > 6 else code)


def _split(
    key: str,
    draft: _Draft,
    restrictions: Mapping[str, Restriction],
    bound: Mapping[str, list[Restriction]],
    broken: frozenset[str],
    chained_on: str | None,
) -> list[Basket]:
    heading = [restrictions[code] for code in sorted(draft.codes) if code in restrictions]
    restricted = {line for line in draft.lines if line in bound}
    free = draft.lines - restricted
    if any(found.is_full for found in heading) or (not free and (restricted or heading)):
        restricted, free = restricted | free | draft.whole, set()
    elif not restricted:
        free = free | draft.whole
    found = heading + [one for line in sorted(restricted) for one in bound.get(line, [])]
    made = []
    for lines, is_restricted in ((restricted, True), (free, False)):
        if not lines:
            continue
        comparable = lines - broken
        made.append(
            Basket(
                basket_id=f"{key}:{'restricted' if is_restricted else 'free'}",
                code=key,
                is_restricted=is_restricted,
                is_partial=is_restricted and (bool(free) or not any(one.is_full for one in found)),
                banned_from=min(one.valid_from for one in found) if is_restricted else None,
                measure_ids=tuple(sorted({m for one in found for m in one.measure_ids}))
                if is_restricted
                else (),
                codes=tuple(sorted(draft.codes)),
                lines=tuple(sorted(comparable or lines)),
                chained_on=chained_on,
                left_out=tuple(sorted(lines & broken)),
                is_comparable=bool(comparable),
            )
        )
    return made
