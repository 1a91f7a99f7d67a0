"""How proposed claims are shown: each with its words and, under them, only what they say."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from textwrap import fill
from typing import Any, Final

INDENT: Final = "    "
WIDEST: Final = 120


def as_words(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """Claims one under the other, numbered: type, predicate and kind; the words; the parts."""
    width = min(width, WIDEST)
    return "\n".join(_claim(number, row, width) for number, row in enumerate(rows, start=1))


def _claim(number: int, row: Mapping[str, Any], width: int) -> str:
    said = "not: " if row["is_negated"] else ""
    head = (
        f"{number:>2}  {row['type']} · {said}{row['predicate'].replace('_', ' ')} · {row['kind']}"
    )
    if row.get("proposed_by"):
        head += f" · proposed by {row['proposed_by']}"
    text = _filled(f"“{' '.join(row['text'].split())}”", width)
    parts = _filled(" · ".join(f"{name}: {value}" for name, value in _parts(row)), width)
    return "\n".join(line for line in (head, text, parts) if line) + "\n"


def _filled(text: str, width: int) -> str:
    return fill(text, width, initial_indent=INDENT, subsequent_indent=INDENT) if text else ""


def _parts(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the claim says, in the order in which people ask for it; the rest is left out."""
    goods = ", ".join(" ".join(one.split()) for one in row["goods"])
    found = [
        ("who", ", ".join(row["actors"])),
        ("with or against whom", ", ".join(row["counterparts"])),
        ("goods", goods),
        ("from", row["origin"]),
        ("to", row["destination"]),
        ("when", when(row["date_from"], row["date_to"])),
        ("how many", _how_many(row)),
        ("on whose word", row["attributed_to"]),
        ("hedge", row["hedge"]),
    ]
    return [(name, value) for name, value in found if value]


def when(first: str | None, after: str | None) -> str:
    """Days as people say them: the last one is part of them."""
    last = (date.fromisoformat(after) - timedelta(days=1)).isoformat() if after else None
    if first and last:
        return first if first == last else f"{first} to {last}"
    if first:
        return f"from {first} on"
    return f"until {last}" if last else ""


def _how_many(row: Mapping[str, Any]) -> str:
    if row["quantity"] is None:
        return ""
    upper = f" to {row['quantity_to']:,.10g}" if row["quantity_to"] is not None else ""
    bound = "" if row["bound"] in (None, "exactly") else f"{row['bound']} ".replace("_", " ")
    return f"{bound}{row['quantity']:,.10g}{upper} {row['unit'] or ''}".strip()
