"""Two destinations code by code and day by day: what the gap page shows, as plain data.

Codes count as the acts print them. On a day a code counts when an act in force prints it for one of
the two destinations, unless a shorter printed code already says the same. Days between two changes
are alike, so everything is kept per stage: from one change to the next.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.codes.commodity import short_label
from entrepot.codes.sections import NATIONAL, SECTIONS, section
from entrepot.measures.book import FULL, PART, Row, Rulebook, Touch, binds
from entrepot.measures.cite import cite, place
from entrepot.measures.gap import Gap, gap
from entrepot.measures.spells import FREE, RANK, barring, change_days, cover_on, listed_codes

HIDDEN, SHOWN, GAP = 0, 1, 2
"""Of a code in a stage: not counted, counted, counted and in the gap."""

Use = tuple[int, int, int]
"""A law as its place in `Board.laws`, the stage in which it begins, the stage in which it ends."""


@dataclass(frozen=True)
class Side:
    """A code at one destination: rank of the cover in every stage, and the laws that cause it."""

    ranks: tuple[int, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Line:
    """A code with both sides; `marks` in every stage is HIDDEN, SHOWN or GAP.

    `within` is a shorter code that counts for this one where both lists differ on it (or empty);
    `excepts` are narrower codes that the hub's list bars as a whole, each with its stages.
    """

    code: str
    label: str
    section: str
    target: Side
    hub: Side
    marks: tuple[int, ...]
    excepts: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Change:
    """What one law did on a day at one destination: codes by what became of them.

    Barred in full, barred in part, barred in part only after in full, no longer barred.
    """

    destination: str
    law: str
    full: int
    part: int
    narrowed: int
    free: int


@dataclass(frozen=True)
class Step:
    """A day on which something opened or closed. `reprinted`: gained or lost by print alone."""

    day: date
    gap: int
    opened: int
    closed: int
    reprinted: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Board:
    """All stages; `days[i]` is the first day of stage i, `laws` are pairs of short and full words.

    `rows` are the measures that bar a code, of any day.
    """

    hub: str
    target: str
    days: tuple[date, ...]
    laws: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]

    def stage(self, on: date) -> int:
        """The stage of a day; -1 before the first measure."""
        return bisect_right(self.days, on) - 1

    def gaps(self) -> list[int]:
        """Codes in the gap, stage by stage."""
        return [sum(line.marks[i] == GAP for line in self.lines) for i in range(len(self.days))]

    def sections(self) -> list[tuple[str, str, list[Line]]]:
        """Number and name of each section that holds codes, with them."""
        held: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            held[line.section].append(line)
        named = [*((number, name) for number, _, _, name in SECTIONS), NATIONAL]
        return [(number, name, held[number]) for number, name in named if number in held]


def board(
    book: Rulebook,
    hub: str,
    target: str,
    regimes: Sequence[str] | None,
    state_to: date,
    known_from: date = date.min,
) -> Board:
    """Covers, laws and marks of every code that an act ever printed for one of the two.

    Args:
        book: the measures.
        hub: ISO alpha-3 of the third country.
        target: ISO alpha-3 of the sanctioned destination.
        regimes: whose measures; null: all.
        state_to: later changes are left out.
        known_from: earlier days are left out, as the base does not hold all lists of them.
    """
    codes = sorted({c for to in (target, hub) for c in listed_codes(book, to, regimes)})
    touches = {c: tuple(barring(book, c, to, regimes) for to in (target, hub)) for c in codes}
    rows = [touch.row for both in touches.values() for side in both for touch in side]
    days = change_days(rows)
    later = [day for day in days if known_from < day <= state_to]
    days = [known_from, *later] if any(day <= known_from for day in days) else later
    known = _Laws(days, state_to)
    sides = {c: tuple(known.side(side) for side in both) for c, both in touches.items()}
    marks = _marks(touches, sides, days, [gap(book, hub, target, day, regimes) for day in days])
    lines = tuple(
        Line(
            code=code,
            label=short_label(code),
            section=section(code)[0],
            target=sides[code][0],
            hub=sides[code][1],
            marks=tuple(marks[code]),
            excepts=known.excepts(code, touches[code][1]),
        )
        for code in codes
        if any(marks[code])
    )
    used = tuple({row["measure_id"]: row for row in rows}.values())
    return Board(hub, target, tuple(days), tuple(known.words), lines, used)


def short(row: Row) -> str:
    """Article and annex of an EU act, which its destination tells; act and place of others."""
    return (place(row) if row["regime"] == "EU" else "") or cite(row)


class _Laws:
    """Numbers laws as they come, and turns measures into stages."""

    def __init__(self, days: Sequence[date], state_to: date) -> None:
        self.days = days
        self.state_to = state_to
        self.words: dict[tuple[str, str], int] = {}
        self._known: dict[tuple[str, ...], int] = {}

    def side(self, touches: Sequence[Touch]) -> Side:
        ranks = tuple(RANK[cover_on(touches, day)] for day in self.days)
        uses = {(self._law(t.row), *self._span(t.row)) for t in touches}
        return Side(ranks, tuple(sorted(uses, key=lambda use: (use[1], use[0], use[2]))))

    def excepts(self, code: str, touches: Sequence[Touch]) -> tuple[tuple[str, int, int], ...]:
        found = {
            (t.row["commodity_code"], *self._span(t.row))
            for t in touches
            if t.coverage == PART and not t.row["is_partial"] and t.row["commodity_code"] != code
        }
        return tuple(sorted(found))

    def _span(self, row: Row) -> tuple[int, int]:
        end = row["valid_to"]
        last = len(self.days)
        first = self._place(row["valid_from"])
        return first, last if end is None else self._place(end)

    def _place(self, day: date) -> int:
        place = max(0, bisect_right(self.days, day) - 1)
        return place if day <= self.state_to else len(self.days)

    def _law(self, row: Row) -> int:
        key = tuple(
            str(row[name]) for name in ("regime", "instrument", "article", "annex", "effect")
        )
        if key not in self._known:
            kind = " (licence)" if row["effect"] == "licence" else ""
            words = (short(row) + kind, cite(row) + kind)
            self._known[key] = self.words.setdefault(words, len(self.words))
        return self._known[key]


def _marks(
    touches: dict[str, tuple[list[Touch], ...]],
    sides: dict[str, tuple[Side, ...]],
    days: Sequence[date],
    gaps: Sequence[Sequence[Gap]],
) -> dict[str, list[int]]:
    marks: dict[str, list[int]] = {code: [] for code in touches}
    for stage, day in enumerate(days):
        open_codes = {one.commodity_code for one in gaps[stage]}
        shown: dict[str, tuple[int, int]] = {}
        for code, both in touches.items():
            ranks = (sides[code][0].ranks[stage], sides[code][1].ranks[stage])
            printed = [_is_printed(code, side, day) for side in both]
            is_gap = code in open_codes and printed[0]
            repeats = not is_gap and _repeats(code, ranks, shown)
            mark = GAP if is_gap else SHOWN if any(printed) and not repeats else HIDDEN
            marks[code].append(mark)
            if mark:
                shown[code] = ranks
    return marks


def _is_printed(code: str, touches: Sequence[Touch], day: date) -> bool:
    return any(t.row["commodity_code"] == code and binds(t.row, day) for t in touches)


def _repeats(code: str, ranks: tuple[int, int], shown: dict[str, tuple[int, int]]) -> bool:
    """Whether a shorter code says the same; what is barred in part may be another part."""
    full = RANK[FULL]
    if not (ranks[0] == full or (ranks[0] == RANK[FREE] and ranks[1] == full)):
        return False
    return any(shown.get(code[:digits]) == ranks for digits in range(2, len(code), 2))


def steps(found: Board) -> list[Step]:
    """Every day on which a cover or the gap changed, in order."""
    made = []
    for stage, day in enumerate(found.days):
        moves = Counter(_move(line, stage) for line in found.lines)
        changes = (*_changes(found, stage, found.target), *_changes(found, stage, found.hub))
        step = Step(
            day=day,
            gap=sum(line.marks[stage] == GAP for line in found.lines),
            opened=moves["opened"],
            closed=moves["closed"],
            reprinted=moves["printed"] - moves["unprinted"],
            changes=changes,
        )
        if changes or step.opened or step.closed or step.reprinted:
            made.append(step)
    return made


def _move(line: Line, stage: int) -> str:
    """How a code entered or left the gap in a stage: by law, or by print alone."""
    before, was_open = _then(line, stage - 1)
    now, is_open = _then(line, stage)
    if (before == GAP) == (now == GAP):
        return "none"
    if now == GAP:
        return "printed" if was_open else "opened"
    return "unprinted" if is_open else "closed"


def _then(line: Line, stage: int) -> tuple[int, bool]:
    if stage < 0:
        return HIDDEN, False
    return line.marks[stage], line.target.ranks[stage] > line.hub.ranks[stage]


def _changes(found: Board, stage: int, destination: str) -> list[Change]:
    tally: dict[int, Counter[str]] = defaultdict(Counter)
    for line in found.lines:
        side = line.target if destination == found.target else line.hub
        before = side.ranks[stage - 1] if stage else RANK[FREE]
        became = _BECAME[before, side.ranks[stage]]
        if became and (line.marks[stage] or (stage and line.marks[stage - 1])):
            edge = 1 if side.ranks[stage] > before else 2
            for law in {use[0] for use in side.uses if use[edge] == stage}:
                tally[law][became] += 1
    order = sorted(tally.items(), key=lambda pair: (-pair[1].total(), found.laws[pair[0]]))
    return [Change(destination, found.laws[law][1], **_counts(one)) for law, one in order]


_BECAME: Final = {
    (0, 0): "", (1, 1): "", (2, 2): "", (0, 1): "part", (0, 2): "full", (1, 2): "full",
    (2, 1): "narrowed", (1, 0): "free", (2, 0): "free",
}  # fmt: skip


def _counts(one: Counter[str]) -> dict[str, int]:
    return {word: one[word] for word in ("full", "part", "narrowed", "free")}
