"""How a measure is cited, and the words of its effects."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from entrepot.measures.book import FULL, Row
from entrepot.measures.decide import Reason
from entrepot.records.rules import ANY

HOW_SURE: Final = {
    "text": "",
    "official_summary": " (from an official summary)",
    "secondary": " (from secondary sources)",
    "derived": " (code or day derived)",
    "recalled": " (recalled, not verified)",
}
WORDS: Final = {"export_ban": "ban", "licence": "licence duty", "asset_freeze": "asset freeze"}


SPARED: Final = "spared"
"""A clause that an old contract is free of for a time."""

BESIDE: Final = {
    SPARED: "The contract is older than the duty to forbid re-export, and free of it",
    "clause": "Contract duty: the buyer must be forbidden to re-export",
    "asset_freeze": "Nothing of value may be made available",
    "transit_ban": "Transit through the destination is barred",
    "service_ban": "Services such as repair, insurance or brokering are barred",
    "due_diligence": "Duty to know and control the risk of re-export",
    "watch": "On a list of goods that authorities watch; no ban by itself",
    "wind_down": "Named in a list of goods whose old contracts may be wound down",
}


def place(row: Row) -> str:
    """Where a measure stands in its act: `Art. 1sa(1), Annex XVII`; the act if it says neither.

    UK instruments have regulations and schedules, US titles sections and supplements.
    """
    act, article, annex = row["instrument"], row["article"], row["annex"]
    if act.startswith("SI "):
        parts = (f"reg. {article}" if article else "", annex)
    elif "CFR" in act:
        parts = (article, annex)
    else:
        parts = (_numbered(article, "Art. "), _numbered(annex, "Annex "))
    return ", ".join(part for part in parts if part) or act or row["regime"]


def cite(row: Row) -> str:
    """The act and the place in it: `Reg. (EC) 765/2006 Art. 1sa(1), Annex XVII`.

    A rule of a US title is said once: `15 CFR 746.8(a)(1)` and not `15 CFR 746 746.8(a)(1)`.
    """
    act, where = row["instrument"], place(row)
    head, _, last = act.rpartition(" ")
    if head and where.startswith(last):
        act = head
    return where if where == row["instrument"] else f"{act} {where}".strip()


def _numbered(text: str, word: str) -> str:
    """The word before the number of an article or annex, and before nothing else."""
    is_number = text[:1].isdigit() or (word == "Annex " and text[:1] in "IVXL")
    return word + text if text and is_number else text


def because_line(reason: Reason) -> str:
    """A reason in one line, for people."""
    row = reason.row
    ends = f" to {last_day(row['valid_to'])}" if row["valid_to"] else ""
    code = "any goods" if row["commodity_code"] == ANY else row["commodity_code"]
    part = "" if reason.coverage == FULL else " (part)"
    return f"{cite(row)}: {code}{part}, from {row['valid_from']}{ends}"


def last_day(day: date) -> date:
    """The last day on which something binds, from the first on which it does not."""
    return day - timedelta(days=1)


def listed(parts: Sequence[str], most: int = 12) -> str:
    """The first parts by comma, and how many more there are."""
    more = f" and {len(parts) - most} more" if len(parts) > most else ""
    return ", ".join(parts[:most]) + more


def stop(text: str) -> str:
    """Text with a full stop, empty text as it is."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
