"""Which published codes form one comparable series, and which part of it is restricted.

A basket is a set of codes at one level whose figures can be compared over the whole time: old and
new codes of one good stand together (8803 and 8807). Parents and children are never added: a line
of the figures enters a basket at one level only. Where a heading is restricted in part, only its
restricted lines form the basket; its free lines form a second one that shows ordinary demand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from entrepot.codes.commodity import parent
from entrepot.codes.editions import born_codes, chains


@dataclass(frozen=True)
class Restriction:
    """What binds one published code, and the ids of the measures.

    `valid_from` is the first day of any of them, `full_from` that of one that covers the code in
    full (null: none does), `valid_to` the first day without any (null: no end known).
    """

    valid_from: date
    full_from: date | None
    measure_ids: tuple[str, ...]
    valid_to: date | None = None

    @property
    def is_full(self) -> bool:
        """Whether a measure covers the code in full, be it from a later day on."""
        return self.full_from is not None


@dataclass(frozen=True)
class Basket:
    """One comparable good at one level.

    `codes` are its members at that level and `lines` every published code that counts in it.
    `banned_from` is the first day of its first measure, `banned_to` the first day without one; null
    when free, or without a known end. `is_partial`: on the first day only part of the goods was
    restricted. `unused` are published rows that hold restricted and free goods together.
    `chained_on`: year in which its codes changed; null when they did not. `left_out`: new or ended
    lines whose other half is not in the figures, so they cannot be compared; `is_comparable` is
    false when that is all there is. `nodes` names, for each line, the good it belongs to at 8, 6
    and 4 digits (editions chained; empty above the line's own level).
    """

    basket_id: str
    code: str
    is_restricted: bool
    is_partial: bool = False
    banned_from: date | None = None
    banned_to: date | None = None
    measure_ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    chained_on: str | None = None
    left_out: tuple[str, ...] = ()
    is_comparable: bool = True
    unused: tuple[str, ...] = ()
    nodes: tuple[tuple[str, ...], ...] = ()


NODE_LEVELS = (8, 6, 4)
"""Levels below a basket at which a published row and the sum of its children compete."""

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
    chains_at = {at: _Chain.at(at, first, last) for at in {level, *NODE_LEVELS}}
    book = _Book(
        restrictions,
        chains_at,
        frozenset().union(
            *(broken_lines(spans, first, last, level=at) for at in {level, max(level, 6)})
        ),
        _bound_lines(spans, restrictions, chains_at),
    )
    made: list[Basket] = []
    for key, draft in sorted(_drafts(spans, book.chains[level], level).items()):
        made.extend(_split(key, draft, book, book.chains[level].changed.get(key)))
    return made


@dataclass(frozen=True)
class _Book:
    """What every basket is looked up in."""

    restrictions: Mapping[str, Restriction]
    chains: Mapping[int, _Chain]
    broken: frozenset[str]
    bound: Mapping[str, list[Restriction]]

    def nodes(self, line: str) -> tuple[str, ...]:
        return tuple(
            self.chains[at].key(line[:at]) if len(line) >= at else "" for at in NODE_LEVELS
        )


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
    spans: Mapping[str, Span],
    restrictions: Mapping[str, Restriction],
    chains_at: Mapping[int, _Chain],
) -> dict[str, list[Restriction]]:
    """Restrictions of each line, shared among the old and new codes of one good."""
    keys = {code: _chain_key(code, chains_at) for code in spans}
    groups: dict[str, list[Restriction]] = {}
    for code, key in keys.items():
        if code in restrictions:
            groups.setdefault(key, []).append(restrictions[code])
    return {code: groups[key] for code, key in keys.items() if key in groups}


def _chain_key(code: str, chains_at: Mapping[int, _Chain]) -> str:
    return chains_at[len(code)].key(code) if len(code) in chains_at else code


def _split(key: str, draft: _Draft, book: _Book, chained_on: str | None) -> list[Basket]:
    """The restricted and the free part of one good, whichever it has."""
    heading = [book.restrictions[code] for code in sorted(draft.codes) if code in book.restrictions]
    restricted, free = _parts(draft, heading, book.bound)
    unused = tuple(sorted((draft.lines | draft.whole) - restricted - free))
    made = []
    if restricted:
        part = _basket(f"{key}:restricted", key, draft, restricted, book, chained_on)
        made.append(_under(part, draft, heading, book.bound, is_split=bool(free)))
    if free:
        made.append(_basket(f"{key}:free", key, draft, free, book, chained_on))
    return [replace(basket, unused=unused) for basket in made]


def _under(
    basket: Basket,
    draft: _Draft,
    heading: list[Restriction],
    bound: Mapping[str, list[Restriction]],
    *,
    is_split: bool,
) -> Basket:
    """The basket with what binds it."""
    covering = [one for one in heading if one.is_full]
    of_lines = [one for line in basket.lines for one in bound.get(line, [])]
    found = covering + of_lines or heading
    begins = min(one.valid_from for one in found)
    rows = [covering] if covering else [bound.get(line, []) for line in basket.lines]
    own_row = bool(draft.lines) and bool(draft.whole & set(basket.lines)) and not covering
    ends = [one.valid_to for one in found]
    return replace(
        basket,
        is_restricted=True,
        is_partial=is_split or own_row or not all(_is_full_by(begins, row) for row in rows),
        banned_from=begins,
        banned_to=None if None in ends else max(day for day in ends if day is not None),
        measure_ids=tuple(sorted({m for one in found for m in one.measure_ids})),
    )


def _is_full_by(day: date, found: list[Restriction]) -> bool:
    """Whether one of the restrictions covers its code in full on this day."""
    return any(one.full_from is not None and one.full_from <= day for one in found)


def _parts(
    draft: _Draft, heading: list[Restriction], bound: Mapping[str, list[Restriction]]
) -> tuple[set[str], set[str]]:
    """Lines that are restricted, and lines that are free.

    The good's own row counts only where all of it is on one side. Where the measures name lines
    that are not in the figures, the own row is on neither.
    """
    lines = draft.lines - _straddling(draft.lines, bound)
    restricted = {line for line in lines if line in bound}
    free = lines - restricted
    if any(one.is_full for one in heading):
        return draft.lines | draft.whole, set()
    if (restricted or heading) and not free:
        return restricted | draft.whole, set()
    if restricted or heading:
        return restricted, free
    return set(), free | draft.whole


def _straddling(lines: set[str], bound: Mapping[str, list[Restriction]]) -> set[str]:
    """Rows among the lines that hold finer lines of the other side."""
    held = {
        child[:digits]
        for child in lines
        for digits in (4, 6, 8)
        if digits < len(child)
        and child[:digits] in lines
        and (child[:digits] in bound) != (child in bound)
    }
    return held


def _basket(
    basket_id: str, key: str, draft: _Draft, lines: set[str], book: _Book, chained_on: str | None
) -> Basket:
    """A free basket of these lines; broken ones are left out while others remain."""
    comparable = lines - book.broken
    kept = tuple(sorted(comparable or lines))
    # What the good's own row holds is not left out, whatever its lines are.
    gone = set() if draft.whole & comparable else lines & book.broken
    return Basket(
        basket_id=basket_id,
        code=key,
        is_restricted=False,
        codes=tuple(sorted(draft.codes)),
        lines=kept,
        chained_on=chained_on,
        left_out=tuple(sorted(gone)),
        is_comparable=bool(comparable),
        nodes=tuple(book.nodes(line) for line in kept),
    )
