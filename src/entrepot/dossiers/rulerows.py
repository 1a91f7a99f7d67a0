"""Codes of the gap page on one day, in words and numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrepot.dossiers.rulegap import GAP, Board, Line, Side

COVERS: Final = ("not listed", "in part", "in full")
"""Words for the ranks of cover."""

MOST_LAWS: Final = 3
"""Laws that a cell names before it counts the others."""


@dataclass(frozen=True)
class Row:
    """A code on the asked day, in words. `target` and `hub` are rank, since when, and laws."""

    code: str
    label: str
    is_gap: bool
    target: tuple[int, str, str]
    hub: tuple[int, str, str]
    note: str


def numbers(lines: Sequence[Line], stage: int) -> dict[str, Any]:
    """Codes by rank of cover on both sides, and those in the gap."""
    shown = [line for line in lines if stage >= 0 and line.marks[stage]]
    target = Counter(line.target.ranks[stage] for line in shown)
    hub = Counter(line.hub.ranks[stage] for line in shown)
    return {
        "target": [target[rank] for rank in (0, 1, 2)],
        "hub": [hub[rank] for rank in (0, 1, 2)],
        "gap": sum(line.marks[stage] == GAP for line in shown),
        "all": len(shown),
    }


def section_rows(found: Board, stage: int) -> list[dict[str, Any]]:
    """Sections with their numbers and rows; `most` is the longest bar of any of them and day."""
    held = found.sections()
    most = max(
        (sum(bool(line.marks[i]) for line in lines) for *_, lines in held
         for i in range(len(found.days))), default=1,
    )  # fmt: skip
    return [
        {
            "number": number,
            "name": title,
            "most": most or 1,
            "numbers": numbers(lines, stage),
            "rows": [_row(found, line, stage) for line in lines if line.marks[stage]],
        }
        for number, title, lines in held
    ]


def _row(found: Board, line: Line, stage: int) -> Row:
    return Row(
        code=line.code,
        label=line.label,
        is_gap=line.marks[stage] == GAP,
        target=_cell(found, line.target, stage),
        hub=_cell(found, line.hub, stage),
        note=_note(found, line, stage),
    )


def _cell(found: Board, side: Side, stage: int) -> tuple[int, str, str]:
    rank = side.ranks[stage]
    since = stage
    while since and side.ranks[since - 1] == rank:
        since -= 1
    laws = [found.laws[law][0] for law, begin, end in side.uses if begin <= stage < end]
    kept = list(dict.fromkeys(laws))
    more = f"; {len(kept) - MOST_LAWS} more" if len(kept) > MOST_LAWS else ""
    day = found.days[since].isoformat() if rank else ""
    return rank, day, "; ".join(kept[:MOST_LAWS]) + more


def _note(found: Board, line: Line, stage: int) -> str:
    """When the gap of a code opened and closes, and what of it the hub's list holds already."""
    spread = [a > b for a, b in zip(line.target.ranks, line.hub.ranks, strict=True)]
    if not spread[stage]:
        return ""
    if line.marks[stage] != GAP:
        return "counted with a shorter code"
    opened = closes = stage
    while opened and spread[opened - 1]:
        opened -= 1
    while closes < len(spread) and spread[closes]:
        closes += 1
    said = f"open since {found.days[opened].isoformat()}, "
    if closes < len(spread):
        said += f"closes {found.days[closes].isoformat()}"
        laws = [found.laws[law][0] for law, begin, _ in line.hub.uses if begin == closes]
        said += f" by {'; '.join(list(dict.fromkeys(laws))[:MOST_LAWS])}" if laws else ""
    else:
        said += "no end known"
    inner = [code for code, begin, end in line.excepts if begin <= stage < end]
    return said + (f"; not for {', '.join(inner[:MOST_LAWS])}" if inner else "") + (
        f" and {len(inner) - MOST_LAWS} more" if len(inner) > MOST_LAWS else ""
    )  # fmt: skip


def said_counts(counts: Sequence[int]) -> str:
    """Codes by cover in words, without the covers that none has: `3 in full · 1 not listed`."""
    told = [f"{counts[rank]:,} {COVERS[rank]}" for rank in (2, 1, 0) if counts[rank]]
    return " · ".join(told) or "none"
