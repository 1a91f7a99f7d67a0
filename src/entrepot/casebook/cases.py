"""Cases: a working file of things that belong together, with a state and a trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from entrepot.casebook import case_members, case_states, publications
from entrepot.casebook.case_members import Member
from entrepot.casebook.case_states import DRAFT, Move
from entrepot.casebook.case_tables import cases
from entrepot.casebook.tables import trail
from entrepot.casebook.trail import Line, Pen, lines
from entrepot.casebook.withdrawals import Withdrawal, withdraw
from entrepot.codes.country import parse
from entrepot.errors import RequestError


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands.

    Attributes:
        case_id: `cas_` and a hash.
        title: in a few words.
        question: what it asks; may be empty.
        hub: ISO alpha-3 of the third country; empty: none is named.
        target: ISO alpha-3 of the sanctioned destination; empty: none is named.
        members: in the order in which they were added, dropped ones too.
        moves: its states in order; the last one counts.
        by: who began it.
        at: when, UTC, in ISO form.
    """

    case_id: str
    title: str
    question: str
    hub: str
    target: str
    members: tuple[Member, ...]
    moves: tuple[Move, ...]
    by: str
    at: str

    @property
    def state(self) -> str:
        """One of `case_states.STATES`."""
        return self.moves[-1].state

    def things(self, kind: str) -> tuple[str, ...]:
        """Ids of the things of a kind that belong to it, each once, in order."""
        return case_members.of_kind(self.members, kind)


def new(pen: Pen, title: str, *, question: str = "", hub: str = "", target: str = "") -> Case:
    """Begin a case, as a draft.

    Raises:
        RequestError: it has no title.
        CodeError: hub or target is no country.
    """
    if not title.strip():
        raise RequestError("got a case without a title, expected a few words")
    row = {
        "title": title.strip(), "question": question.strip(),
        "hub": parse(hub) if hub.strip() else "", "target": parse(target) if target.strip() else "",
    }  # fmt: skip
    key = pen.fresh_id("cas", *row.values())
    pen.add(cases, row | {"case_id": key}, action="new", object_id=key)
    case_states.written(pen, key, DRAFT, "")
    return one(pen.connection, key)


def add(pen: Pen, case_id: str, things: Sequence[str], note: str = "",
        rows: Sequence[dict[str, Any]] = ()) -> tuple[Member, ...]:  # fmt: skip
    """Add things by their ids, all or none; what belongs to the case already adds nothing.

    Args:
        pen: writes.
        case_id: of the case.
        things: ids; see `case_members.thing_of`.
        note: why they belong to it.
        rows: rows of checks, kept with those of `things` that they are of.

    Raises:
        RequestError: no such case, or an id that is unknown.
    """
    _check_open(one(pen.connection, case_id))
    kept = {str(row["check_id"]): row for row in rows}
    found = [case_members.thing_of(thing) for thing in things]
    return tuple(
        case_members.add(pen, case_id, kind, key, note, kept.get(key)) for kind, key in found
    )


def note(pen: Pen, case_id: str, words: str) -> Member:
    """Add words to a case.

    Raises:
        RequestError: no such case, or no words.
    """
    one(pen.connection, case_id)
    return case_members.add(pen, case_id, case_members.NOTE, "", words)


def drop(pen: Pen, case_id: str, thing: str, because: str) -> tuple[Withdrawal, ...]:
    """Take a thing out of a case, by its own id, or one mention of it by the id of the member.

    A thing that was added with several notes is taken out with all of them.

    Raises:
        RequestError: no such case, the thing is not in it, or another person added it and there is
            no reason.
    """
    wanted = thing.strip().removeprefix("pty_")
    found = [
        held for held in one(pen.connection, case_id).members
        if held.withdrawal is None and wanted and wanted in (held.member_id, held.thing_id)
    ]  # fmt: skip
    if not found:
        raise RequestError(
            f"got {thing!r}, which is not in {case_id}",
            hint=f"entrepot case show {case_id} lists what is.",
        )
    return tuple(withdraw(pen, held.member_id, because) for held in found)


def move(pen: Pen, case_id: str, to: str, because: str) -> Move:
    """Bring a case into another state; see `case_states.MOVES`.

    What was out and is withdrawn stays in the list of publications, with the withdrawal.

    Raises:
        RequestError: no such case, a state that may not follow or that only publishing brings, or
            no reason.
    """
    now = one(pen.connection, case_id).state
    made = case_states.move(pen, case_id, now, to, because)
    if now in case_states.OUT:
        publications.withdraw(pen, case_id, made.because, date.fromisoformat(made.at[:10]))
    return made


def listed(connection: Connection) -> tuple[Case, ...]:
    """All cases in the order in which they were begun."""
    held: dict[str, list[Member]] = {}
    for member in case_members.listed(connection):
        held.setdefault(member.case_id, []).append(member)
    moved = case_states.moves(connection)
    asked = select(cases, trail.c.said_by, trail.c.at).join(trail, trail.c.seq == cases.c.seq)
    rows = connection.execute(asked.order_by(cases.c.seq))
    return tuple(_case(row, held.get(row.case_id, ()), moved.get(row.case_id, ())) for row in rows)


def one(connection: Connection, case_id: str) -> Case:
    """One case.

    Raises:
        RequestError: there is none with that id.
    """
    wanted = case_id.strip()
    for found in listed(connection):
        if found.case_id == wanted:
            return found
    raise RequestError(
        f"got case {wanted!r}, which is not in the casebook",
        hint="entrepot case list shows the ids; entrepot case new begins one.",
    )


def trail_of(connection: Connection, case: Case) -> tuple[Line, ...]:
    """Who did what when to a case: its own lines of the trail, withdrawals of members too."""
    return lines(connection, about=case.case_id)


def _case(row: Row[Any], held: Sequence[Member], moved: Sequence[Move]) -> Case:
    return Case(
        row.case_id, row.title, row.question, row.hub, row.target, tuple(held), tuple(moved),
        row.said_by, row.at,
    )  # fmt: skip


def _check_open(case: Case) -> None:
    if case.state == "withdrawn":
        raise RequestError(
            f"{case.case_id} is withdrawn, and nothing is added to it",
            hint="Begin another case: entrepot case new TITLE.",
        )
