"""The state of a case: which moves are legal, and who made them why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from entrepot.casebook.case_tables import case_states
from entrepot.casebook.tables import trail
from entrepot.casebook.trail import Pen
from entrepot.errors import RequestError

DRAFT: Final = "draft"
PUBLISHED, CORRECTED, WITHDRAWN = "published", "corrected", "withdrawn"
OUT: Final = (PUBLISHED, CORRECTED)
"""States that say that something left the house; only `publications.add` brings a case there."""

MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "draft": ("review", "withdrawn"),
    "review": ("draft", "answered", "published", "withdrawn"),
    "answered": ("review", "published", "withdrawn"),
    "published": ("corrected", "withdrawn"),
    "corrected": ("corrected", "withdrawn"),
    "withdrawn": (),
}
"""State -> states that may follow. `answered`: those who are named were asked, and what they said
is in the case. What was published never goes back to being a draft: it is corrected or withdrawn,
so that a reader of the earlier version can find out. Nothing follows a withdrawal."""

STATES: Final = tuple(MOVES)


@dataclass(frozen=True, slots=True)
class Move:
    """That a case came into a state: which, why, by whom, when (UTC, ISO form)."""

    state_id: str
    state: str
    because: str
    by: str
    at: str


def move(pen: Pen, case_id: str, now: str, to: str, because: str, *, leaves: bool = False) -> Move:
    """Bring a case from one state into another.

    Args:
        pen: writes.
        case_id: of a case that is there.
        now: its state.
        to: the next one.
        because: why; needed.
        leaves: a dossier that was looked at leaves with this move, as `publications.add` says.

    Raises:
        RequestError: an unknown state, one that may not follow or is only reached by publishing,
            or no reason.
    """
    if to not in STATES:
        raise RequestError(f"got state {to!r}, expected one of {', '.join(STATES)}")
    if to not in MOVES[now]:
        raise RequestError(
            f"got {to} for {case_id}, which is {now}, expected {' or '.join(MOVES[now]) or 'none'}",
            hint="A case goes from draft to review, is answered or published, and then only "
            "corrected or withdrawn; after that begin another one.",
        )
    if to in OUT and not leaves:
        raise RequestError(
            f"got {to} for {case_id}, which no word makes it: only a dossier that leaves does",
            hint=f"What stands in the way: entrepot review {case_id} --dossier FOLDER · then: "
            f"entrepot publish {case_id} --dossier FOLDER --by NAME",
        )
    if not because.strip():
        raise RequestError(
            f"got no reason to call {case_id} {to}, expected one",
            hint="Give it with --because: readers and reviewers go by it.",
        )
    return written(pen, case_id, to, because.strip())


def current(connection: Connection, case_id: str) -> str:
    """The state of a case.

    Raises:
        RequestError: there is none with that id.
    """
    asked = (
        select(case_states.c.state)
        .where(case_states.c.case_id == case_id)
        .order_by(case_states.c.seq.desc())
        .limit(1)
    )
    found = connection.execute(asked).scalar()
    if found is None:
        raise RequestError(
            f"got case {case_id!r}, which is not in the casebook",
            hint="entrepot case list shows the ids.",
        )
    return str(found)


def written(pen: Pen, case_id: str, state: str, because: str) -> Move:
    """Write a move down without asking whether it is legal."""
    key = pen.fresh_id("mov", case_id, state, because)
    row = {"state_id": key, "case_id": case_id, "state": state, "because": because}
    line = pen.add(case_states, row, action=state, object_id=case_id)
    return Move(key, state, because, pen.by, line.at)


def moves(connection: Connection) -> Mapping[str, Sequence[Move]]:
    """Case id -> all its moves in order; the last one is its state."""
    found: dict[str, list[Move]] = {}
    asked = (
        select(case_states, trail.c.said_by, trail.c.at)
        .join(trail, trail.c.seq == case_states.c.seq)
        .order_by(case_states.c.seq)
    )
    for row in connection.execute(asked):
        made = Move(row.state_id, row.state, row.because, row.said_by, row.at)
        found.setdefault(row.case_id, []).append(made)
    return found
