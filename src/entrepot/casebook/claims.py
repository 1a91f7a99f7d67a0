"""Claims in the casebook: each reading is kept, and the state follows from what people decided."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from entrepot.casebook.content import as_json
from entrepot.casebook.reports import unknown
from entrepot.casebook.states import ClaimState, Decision, Reading, fold
from entrepot.casebook.tables import claims, decisions, reports, trail
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.casebook.withdrawals import withdrawn
from entrepot.errors import RequestError
from entrepot.evidence.claim import Claim, claim_of
from entrepot.records.ids import content_id


def add(pen: Pen, found: Iterable[Claim]) -> tuple[str, ...]:
    """Keep claims; ids of those that were added, in order.

    A claim that is there already adds nothing. The same words read otherwise, as by a newer reader,
    are one more reading under the same id; what a person decided on an earlier one stays.

    Raises:
        RequestError: the report is not in the casebook, or the words are not at the span.
    """
    texts: dict[str, str] = {}
    added = []
    for claim in found:
        _check_words(pen.connection, claim, texts)
        content = as_json(claim.row())
        reading_id = content_id("rea", content)
        asked = select(claims.c.seq).where(claims.c.reading_id == reading_id)
        if pen.connection.execute(asked).first() is not None:
            continue
        row = {
            "reading_id": reading_id, "claim_id": claim.claim_id, "report_id": claim.report_id,
            "type": claim.type, "row": content,
        }  # fmt: skip
        pen.add(claims, row, action="add", object_id=claim.claim_id)
        added.append(claim.claim_id)
    return tuple(added)


def text_of(connection: Connection, report_id: str) -> str:
    """The text of a report.

    Raises:
        RequestError: it is not in the casebook.
    """
    asked = select(reports.c.text).where(reports.c.report_id == report_id)
    found = connection.execute(asked).scalar()
    if found is None:
        raise unknown([report_id])
    return str(found)


def _check_words(connection: Connection, claim: Claim, texts: dict[str, str]) -> None:
    if claim.report_id not in texts:
        texts[claim.report_id] = text_of(connection, claim.report_id)
    start, end = claim.span
    if texts[claim.report_id][start:end] != claim.text:
        raise RequestError(
            f"got claim {claim.claim_id} with words that do not stand at characters {start} to "
            f"{end} of {claim.report_id}",
            hint="A claim is kept only with the words of its report, to the letter.",
        )


def states(
    connection: Connection, *, claim_id: str | None = None, report_id: str | None = None
) -> tuple[ClaimState, ...]:
    """Claims with their states, in the order in which they were first read."""
    readings: dict[str, list[Reading]] = defaultdict(list)
    asked = select(claims, trail.c.said_by, trail.c.at).join(trail, trail.c.seq == claims.c.seq)
    if claim_id is not None:
        asked = asked.where(claims.c.claim_id == claim_id)
    if report_id is not None:
        asked = asked.where(claims.c.report_id == report_id)
    for row in connection.execute(asked.order_by(claims.c.seq)):
        claim = claim_of(json.loads(row.row))
        readings[row.claim_id].append(Reading(row.reading_id, claim, row.said_by, row.at))
    decided = _decisions(connection, claim_id)
    return tuple(fold(key, tuple(known), decided.get(key, ())) for key, known in readings.items())


def state(connection: Connection, claim_id: str) -> ClaimState:
    """One claim with its state.

    Raises:
        RequestError: there is none with that id.
    """
    found = states(connection, claim_id=claim_id)
    if not found:
        raise RequestError(
            f"got claim {claim_id!r}, which is not in the casebook",
            hint="entrepot claims list shows the ids.",
        )
    return found[0]


def _decisions(connection: Connection, claim_id: str | None) -> dict[str, tuple[Decision, ...]]:
    gone = withdrawn(withdrawals(connection))
    asked = select(decisions, trail.c.said_by, trail.c.at).join(
        trail, trail.c.seq == decisions.c.seq
    )
    if claim_id is not None:
        asked = asked.where(decisions.c.claim_id == claim_id)
    found: dict[str, list[Decision]] = defaultdict(list)
    for row in connection.execute(asked.order_by(decisions.c.seq)):
        found[row.claim_id].append(_decision(row, is_withdrawn=row.decision_id in gone))
    return {key: tuple(listed) for key, listed in found.items()}


def _decision(row: Row[Any], *, is_withdrawn: bool) -> Decision:
    return Decision(
        row.decision_id, row.claim_id, row.decision, row.reading_id, json.loads(row.fields),
        row.because, row.said_by, row.at, row.agrees_with, is_withdrawn,
    )  # fmt: skip
