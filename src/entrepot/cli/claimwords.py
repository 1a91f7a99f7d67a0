"""A claim of the casebook as people read it: its parts, and what was said and done about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrepot.casebook.evidence import Evidence
from entrepot.casebook.grades import Grade, counting
from entrepot.casebook.standings import NotedStanding
from entrepot.casebook.states import ClaimState, Decision
from entrepot.evidence.claim import Claim

PARTS: Final = (
    "type", "kind", "predicate", "is_negated", "actors", "counterparts", "goods", "goods_codes",
    "origin", "destination", "date_from", "date_to", "quantity", "quantity_to", "bound", "unit",
    "attributed_to", "hedge", "language",
)  # fmt: skip
"""Columns of a claim that say something, in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the casebook holds on one claim, and the text of its report."""

    held: ClaimState
    report: str
    evidence: tuple[Evidence, ...]
    grades: tuple[Grade, ...]
    standings: tuple[NotedStanding, ...]

    def row(self) -> dict[str, Any]:
        """The same ready for JSON."""
        return state_row(self.held) | {
            "readings": [
                {"reading_id": one.reading_id, "by": one.by, "at": one.at, **one.claim.row()}
                for one in self.held.readings
            ],
            "decisions": [_decision_row(one) for one in self.held.decisions],
            "evidence": [_evidence_row(one) for one in self.evidence],
            "grades": [{name: getattr(one, name) for name in one.__slots__} for one in self.grades],
            "standings": [
                {"standing_id": one.standing_id, "standing": one.standing, "by": one.by,
                 "at": one.at, "inputs": dict(one.inputs)} for one in self.standings
            ],
        }  # fmt: skip

    def words(self) -> Iterator[str]:
        """Line by line."""
        held = self.held
        yield f"{held.claim_id}  {held.state}"
        yield f"  “{one_line(held.claim.text)}”"
        yield f"  {held.claim.report_id}, characters {held.claim.span[0]} to {held.claim.span[1]}"
        yield ""
        yield from _part_lines(held.claim, self.report)
        if len(held.versions) > 1:
            yield from ("", "Versions that people stand for")
            yield from _version_lines(held)
        yield from _section("Decisions", [_decision_line(one) for one in held.decisions])
        if len(held.readings) > 1:
            yield from _section("Readings", [
                f"{one.reading_id}  {minute(one.at)}  {one.by}" for one in held.readings
            ])  # fmt: skip
        yield from _section("Evidence", [_evidence_line(one) for one in self.evidence])
        yield from _section("Grades", [_grade_line(one) for one in counting(self.grades)])
        yield from _section("Standings", [
            f"{minute(one.at)}  {one.standing}  (noted by {one.by})" for one in self.standings
        ])  # fmt: skip


def state_row(held: ClaimState) -> dict[str, Any]:
    """A claim with its state as one row: the columns of `CLAIM`, then `state` and `decided_by`."""
    decided = [one.by for version in held.versions for one in version.decisions]
    return held.claim.row() | {
        "claim_id": held.claim_id, "state": held.state, "decided_by": decided,
    }  # fmt: skip


def changes(before: Claim, after: Claim) -> list[dict[str, Any]]:
    """The columns that differ, as rows of `column`, `before`, `after`."""
    old, new = before.row(), after.row()
    return [
        {"column": name, "before": old[name], "after": new[name]}
        for name in ("span", "text", *PARTS) if old[name] != new[name]
    ]  # fmt: skip


def said(value: Any) -> str:
    """A value of a column in words; null: a dash."""
    if value is None or value == []:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.15g}"
    return "; ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def one_line(text: str) -> str:
    """The words without line breaks."""
    return " ".join(text.split())


def minute(at: str) -> str:
    """A moment to the minute, UTC; a day or a week as it is."""
    return at[:16].replace("T", " ") if "T" in at else at


def _part_lines(claim: Claim, report: str) -> Iterator[str]:
    row = claim.row()
    for name in PARTS:
        if row[name] is None or row[name] == [] or row[name] is False:
            continue
        spans = claim.parts.get(name, ())
        read = ", ".join(f"“{one_line(report[start:end])}”" for start, end in spans)
        yield f"  {name:<14}{said(row[name])}" + (f"   from {read}" if read else "")


def _version_lines(held: ClaimState) -> Iterator[str]:
    read = held.readings[-1].claim
    for version in held.versions:
        who = ", ".join(f"{one.by} ({one.decision_id})" for one in version.decisions)
        if version.claim is None:
            what = "no claim at all"
        else:
            listed = changes(read, version.claim)
            what = "; ".join(f"{one['column']}: {said(one['after'])}" for one in listed)
        yield f"  {who}: {what or 'as read'}"


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield ""
    yield title if lines else f"{title}: none"
    yield from (f"  {line}" for line in lines)


def _decision_line(one: Decision) -> str:
    edited = "; ".join(f"{name} = {said(value)}" for name, value in one.fields.items())
    what = f"{one.decision} ({edited})" if edited else one.decision
    end = "  [taken back]" if one.is_withdrawn else ""
    why = f": {one_line(one.because)}" if one.because else ""
    return f"{one.decision_id}  {minute(one.at)}  {one.by}  {what}{why}{end}"


def _evidence_line(one: Evidence) -> str:
    source = one.report_id or one.reference
    seen = f", observer: {one.observer}" if one.observer else ", observer not known"
    note = f". {one_line(one.note)}" if one.note else ""
    gone = one.withdrawal
    end = f"  [withdrawn by {gone.by}: {one_line(gone.because)}]" if gone else ""
    return f"{one.evidence_id}  {one.relation}  {source}{seen}{note}  (added by {one.by}){end}"


def _grade_line(one: Grade) -> str:
    reliability = one.reliability or "–"
    credibility = "–" if one.credibility is None else one.credibility
    why = f": {one_line(one.because)}" if one.because else ""
    return (
        f"{one.grade_id}  {one.subject_kind} {one.subject_id}: reliability {reliability}, "
        f"credibility {credibility}  ({one.by}, {minute(one.at)}){why}"
    )


def _decision_row(one: Decision) -> dict[str, Any]:
    return {name: _plain(getattr(one, name)) for name in one.__slots__}


def _evidence_row(one: Evidence) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in one.__slots__ if name != "withdrawal"}
    gone = one.withdrawal
    return row | {
        "withdrawn_by": gone.by if gone else None, "withdrawn_at": gone.at if gone else None,
        "withdrawn_because": gone.because if gone else None,
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
