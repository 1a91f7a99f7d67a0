"""Deciding on a claim: confirm, edit or reject, each one more entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entrepot.casebook.claims import state, text_of
from entrepot.casebook.content import as_json
from entrepot.casebook.fields import checked_fields
from entrepot.casebook.states import (
    CONFIRM,
    DECISIONS,
    EDIT,
    REJECT,
    ClaimState,
    Decision,
    Reading,
    changed,
    wording,
)
from entrepot.casebook.tables import decisions
from entrepot.casebook.trail import Pen
from entrepot.errors import RequestError


@dataclass(frozen=True, slots=True)
class _Basis:
    """The wording that a person has before them."""

    reading: Reading
    fields: Mapping[str, Any]
    decision: Decision | None


def decide(
    pen: Pen, claim_id: str, decision: str, *, because: str = "",
    fields: Mapping[str, Any] | None = None, version: str | None = None,
) -> Decision:  # fmt: skip
    """Decide on a claim; what the same person decided before no longer counts.

    The same decision twice adds nothing.

    Args:
        pen: writes.
        claim_id: of the claim.
        decision: `confirm`, `edit` or `reject`.
        because: the reason; needed to reject.
        fields: of an edit, column -> new value as in `Claim.row()`.
        version: id of the reading or decision whose wording is meant, where several stand; null:
            the one that stands, or the person's own among several.

    Raises:
        RequestError: no such claim or version, an edit that changes nothing or does not fit, a
            rejection without a reason, or several versions and none named.
    """
    if decision not in DECISIONS:
        raise RequestError(f"got decision {decision!r}, expected {', '.join(DECISIONS)}")
    if (decision == EDIT) != bool(fields):
        raise RequestError(f"got {decision} with {len(fields or {})} fields to change")
    if decision == REJECT and not because.strip():
        raise RequestError(
            "got no reason, expected why this is rejected", hint="Give it with --because."
        )
    held = state(pen.connection, claim_id)
    basis = _basis(held, pen.by, version, decision)
    kept: dict[str, Any] = {} if decision == REJECT else dict(basis.fields)
    if decision == EDIT:
        kept = _edited(pen, held, basis, fields or {})
    agrees = basis.decision.decision_id if decision == CONFIRM and basis.decision else None
    again = _same(held, pen.by, decision, basis.reading.reading_id, kept, because.strip())
    return again or _write(
        pen, claim_id, decision, basis.reading.reading_id, kept, agrees, because.strip()
    )


def _write(
    pen: Pen, claim_id: str, decision: str, reading_id: str, fields: dict[str, Any],
    agrees_with: str | None, because: str,
) -> Decision:  # fmt: skip
    row = {
        "claim_id": claim_id, "reading_id": reading_id, "decision": decision,
        "fields": as_json(fields), "agrees_with": agrees_with, "because": because,
    }  # fmt: skip
    row["decision_id"] = pen.fresh_id("dec", claim_id, decision, as_json(fields), because)
    line = pen.add(decisions, row, action=decision, object_id=claim_id)
    return Decision(
        str(row["decision_id"]), claim_id, decision, reading_id, fields, because, pen.by, line.at,
        agrees_with,
    )  # fmt: skip


def _basis(held: ClaimState, by: str, version: str | None, decision: str) -> _Basis:
    last = held.readings[-1]
    if version is not None:
        return _named(held, version)
    open_versions = [one for one in held.versions if one.claim is not None]
    if not open_versions or decision == REJECT:
        return _Basis(last, {}, None)
    if len(open_versions) == 1:
        return _of(held, open_versions[0].decisions[0])
    own = [one for version in open_versions for one in version.decisions if one.by == by]
    if not own or decision == CONFIRM:
        ids = ", ".join(version.decisions[0].decision_id for version in open_versions)
        raise RequestError(
            f"{held.claim_id} stands in {len(open_versions)} versions ({ids}), expected the one "
            "that is meant",
            hint="Name it with --version.",
        )
    return _of(held, own[0])


def _named(held: ClaimState, version: str) -> _Basis:
    for reading in held.readings:
        if reading.reading_id == version:
            return _Basis(reading, {}, None)
    for one in held.decisions:
        if one.decision_id == version and one.decision != REJECT:
            return _of(held, one)
    raise RequestError(
        f"got version {version!r}, which is no wording of {held.claim_id}",
        hint=f"entrepot claims show {held.claim_id} prints the ids.",
    )


def _of(held: ClaimState, one: Decision) -> _Basis:
    reading = next(r for r in held.readings if r.reading_id == one.reading_id)
    return _Basis(reading, one.fields, one)


def _edited(pen: Pen, held: ClaimState, basis: _Basis, fields: Mapping[str, Any]) -> dict[str, Any]:
    before = changed(basis.reading.claim, basis.fields)
    text = text_of(pen.connection, before.report_id)
    wanted = checked_fields(before, fields, text)
    read = basis.reading.claim.row()
    merged = dict(basis.fields) | wanted
    kept = {name: value for name, value in merged.items() if value != read[name]}
    if changed(basis.reading.claim, kept) == before:
        raise RequestError(
            f"got an edit of {held.claim_id} that changes nothing",
            hint="To say that it is right as it stands, confirm it.",
        )
    return kept


def _same(
    held: ClaimState, by: str, decision: str, reading_id: str, fields: Mapping[str, Any],
    because: str,
) -> Decision | None:  # fmt: skip
    """The person's own decision that counts, where it is this very one."""
    own = [one for one in held.decisions if one.by == by and not one.is_withdrawn]
    if not own:
        return None
    last = own[-1]
    if last.because != because or (last.decision == REJECT) != (decision == REJECT):
        return None
    if decision == REJECT:
        return last
    probe = Decision("", held.claim_id, decision, reading_id, fields, "", by, "")
    return last if wording(last, held.readings) == wording(probe, held.readings) else None
