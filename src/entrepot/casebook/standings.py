"""Standings as they were computed: the word, and every input it came from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from entrepot.casebook.claims import state
from entrepot.casebook.content import as_json
from entrepot.casebook.tables import standings, trail
from entrepot.casebook.trail import Pen
from entrepot.errors import RequestError
from entrepot.records.evidence import STANDINGS


@dataclass(frozen=True, slots=True)
class NotedStanding:
    """How a claim stood when it was computed.

    Attributes:
        standing_id: `sta_` and a hash.
        claim_id: the claim.
        standing: one of `records.evidence.STANDINGS`.
        inputs: what it was computed from and what came out, as JSON keeps it.
        by: who noted it.
        at: when, UTC, in ISO form.
    """

    standing_id: str
    claim_id: str
    standing: str
    inputs: Mapping[str, Any]
    by: str
    at: str


def note(pen: Pen, claim_id: str, standing: str, inputs: Mapping[str, Any]) -> NotedStanding:
    """Keep a standing; where it is the last one noted for the claim, nothing is added.

    Raises:
        RequestError: an unknown claim or word, or inputs that have no JSON form.
    """
    if standing not in STANDINGS:
        raise RequestError(f"got standing {standing!r}, expected {', '.join(STANDINGS)}")
    state(pen.connection, claim_id)
    content = as_json(dict(inputs))
    had = listed(pen.connection, claim_id)
    if had and had[-1].standing == standing and as_json(dict(had[-1].inputs)) == content:
        return had[-1]
    key = pen.fresh_id("sta", claim_id, standing, content)
    row = {"standing_id": key, "claim_id": claim_id, "standing": standing, "inputs": content}
    line = pen.add(standings, row, action="note", object_id=claim_id)
    return NotedStanding(key, claim_id, standing, json.loads(content), pen.by, line.at)


def listed(connection: Connection, claim_id: str | None = None) -> tuple[NotedStanding, ...]:
    """All standings noted, in order; or those of one claim."""
    asked = (
        select(
            standings.c.standing_id, standings.c.claim_id, standings.c.standing,
            standings.c.inputs, trail.c.said_by, trail.c.at,
        )
        .join(trail, trail.c.seq == standings.c.seq)
        .order_by(standings.c.seq)
    )  # fmt: skip
    if claim_id is not None:
        asked = asked.where(standings.c.claim_id == claim_id)
    return tuple(
        NotedStanding(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5])
        for row in connection.execute(asked)
    )
