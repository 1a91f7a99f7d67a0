"""References to the rule base: measures, how far it reaches, and remarks."""

from typing import Any

from entrepot.measures.book import Row
from entrepot.measures.cite import HOW_SURE, cite
from entrepot.measures.context import Reach, Remark


def measure_row(row: Row) -> dict[str, Any]:
    """A measure: its id, days and citation. Null `valid_to`: no end known."""
    return {
        "kind": "measure",
        "measure_id": row["measure_id"],
        "regime": row["regime"],
        "place": cite(row),
        "citation": row["citation"],
        "certainty": row["certainty"],
        "effect": row["effect"],
        "commodity_code": row["commodity_code"],
        "destination": row["destination"],
        "valid_from": str(row["valid_from"]),
        "valid_to": str(row["valid_to"]) if row["valid_to"] else None,
    }


def reach_row(one: Reach) -> dict[str, Any]:
    """A line that says that the base holds all that a regime names."""
    return {
        "kind": "reach",
        "regime": one.regime,
        "destination": one.destination,
        "commodity_code": one.commodity_code,
        "known_from": str(one.known_from),
        "known_to": str(one.known_to),
        "certainty": one.certainty,
        "citation": one.citation,
    }


def remark_row(one: Remark) -> dict[str, Any]:
    """A dated fact of law beside the measures."""
    return {
        "kind": "remark",
        "regime": one.regime,
        "destination": one.destination,
        "valid_from": str(one.valid_from),
        "valid_to": str(one.valid_to) if one.valid_to else None,
        "place": one.article,
        "certainty": one.certainty,
        "citation": one.citation,
    }


def cited(row: Row) -> str:
    """Where a measure stands, since when, and the act that brought it, in brackets."""
    return f"{cite(row)}, from {row['valid_from']}: {row['citation']}{HOW_SURE[row['certainty']]}"
