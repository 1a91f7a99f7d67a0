"""The page of a reading: the text of a report with its claims marked, each with its parts."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

from entrepot.codes.country import name, parse
from entrepot.dossiers import theme
from entrepot.dossiers.paper import environment
from entrepot.errors import CodeError
from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report
from entrepot.records.evidence import TYPES

_TITLES: Final = {
    "date_from": "when", "quantity": "how many", "attributed_to": "on whose word",
    "predicate": "what", "actors": "who", "counterparts": "with or against whom",
}  # fmt: skip
"""Names of parts as people read them; the others are called as their column."""

_SAID: Final = {
    "may": "may be sold or bought", "may_not": "may not be sold or bought",
    "imposes": "a measure comes", "lifts": "a measure goes", "exempts": "is exempt",
    "none": "no trade", "rank": "place among partners", "share": "share of all",
    "value": "amount", "discount": "cheaper than others", "premium": "dearer than others",
    "unit_value": "price per unit", "price_change": "change of price",
    "listed": "is on a list", "delisted": "came off a list", "not_listed": "is on no list",
    "present": "is there", "absent": "is not there", "passes_on": "passes goods on",
    "receives": "receives goods", "intends": "means to pass goods on",
}  # fmt: skip
"""Predicates as people say them; the others are words that need no help."""

_GROUPS: Final = {"EU": "European Union"}


def reading_page(report: Report, claims: Sequence[Claim]) -> str:
    """The text of a report with its claims marked, as one HTML page without network or script.

    Args:
        report: its text is shown whole.
        claims: of that report, in any order. Of claims that overlap the words of the first are
            marked; the others stand in the list beside the text all the same.
    """
    ordered = sorted(claims, key=lambda claim: claim.span)
    numbers = {claim.claim_id: number for number, claim in enumerate(ordered, start=1)}
    used = {claim.type for claim in ordered}
    return environment().get_template("reading.html.j2").render(
        report=report, pieces=_pieces(report.text, ordered, numbers),
        claims=[_told(claim, numbers[claim.claim_id]) for claim in ordered],
        types=[one for one in TYPES if one in used], theme=theme,
    )  # fmt: skip


def _pieces(text: str, claims: Sequence[Claim], numbers: dict[str, int]) -> list[dict[str, Any]]:
    """The text in order: plain stretches and claims, these cut at the borders of their parts."""
    pieces: list[dict[str, Any]] = []
    position = 0
    for claim in claims:
        start, end = claim.span
        if start < position:
            continue
        if start > position:
            pieces.append({"plain": text[position:start]})
        pieces.append({
            "claim": claim, "number": numbers[claim.claim_id], "runs": _runs(text, claim),
        })  # fmt: skip
        position = end
    if position < len(text):
        pieces.append({"plain": text[position:]})
    return pieces


def _runs(text: str, claim: Claim) -> list[tuple[str, str]]:
    """The claim's words cut where parts begin and end, each with the names of its parts."""
    start, end = claim.span
    borders = {start, end}
    spans = [(_TITLES.get(part, part), span) for part, all_spans in claim.parts.items()
             for span in all_spans]  # fmt: skip
    for _, (first, last) in spans:
        borders |= {one for one in (first, last) if start < one < end}
    cuts = sorted(borders)
    runs = []
    for left, right in pairwise(cuts):
        inside = sorted({part for part, (first, last) in spans if first <= left and right <= last})
        runs.append((text[left:right], ", ".join(inside)))
    return runs


def _told(claim: Claim, number: int) -> dict[str, Any]:
    """A claim in the list beside the text: only what it says."""
    facts = [
        ("who", ", ".join(map(_called, claim.actors))),
        ("other side", ", ".join(map(_called, claim.counterparts))),
        ("goods", ", ".join(" ".join(one.split()) for one in claim.goods)),
        ("from", _called(claim.origin or "")),
        ("to", _called(claim.destination or "")),
        ("when", _when(claim)),
        ("how many", _how_many(claim)),
        ("said by", claim.attributed_to or ""),
        ("hedge", claim.hedge or ""),
    ]
    predicate = _SAID.get(claim.predicate, claim.predicate.replace("_", " "))
    return {
        "claim": claim, "number": number, "facts": [fact for fact in facts if fact[1]],
        "words": " ".join(claim.text.split()),
        "predicate": f"not so: {predicate}" if claim.is_negated else predicate,
    }  # fmt: skip


def _called(said: str) -> str:
    """A country, or the Union, by its name; other words as they are."""
    if len(said) != 3 or not said.isupper():
        return _GROUPS.get(said, said)
    try:
        return name(parse(said))
    except CodeError:
        return said


def _when(claim: Claim) -> str:
    """Days as people say them: the last one is part of them."""
    first = claim.date_from
    last = claim.date_to - timedelta(days=1) if claim.date_to else None
    if first and last:
        return str(first) if first == last else f"{first} to {last}"
    if first:
        return f"from {first} on"
    return f"until {last}" if last else ""


def _how_many(claim: Claim) -> str:
    if claim.quantity is None:
        return ""
    scale = 100 if claim.unit == "share" else 1
    upper = f" to {claim.quantity_to * scale:,.10g}" if claim.quantity_to is not None else ""
    bound = "" if claim.bound in (None, "exactly") else f"{claim.bound} ".replace("_", " ")
    number = f"{bound}{claim.quantity * scale:,.10g}{upper}"
    if claim.unit == "rank":
        return f"place {number}"
    return f"{number} {'%' if claim.unit == 'share' else claim.unit or ''}".strip()
