"""Words of a dossier for page and Markdown: cleaned text, days, numbers, addresses, scripts.

All of it is spelled here, so that no locale of a machine gets into what is published.
"""

import json
import re
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

from entrepot.codes.country import name
from entrepot.errors import CodeError

DASH: Final = "–"
"""Stands for null: not measured."""

GROUPED_FROM: Final = 10_000
"""Whole numbers from here on have commas; below may be years."""

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+"
)
"""Controls but tab and line end, marks that turn the reading order, and what is no character."""

_SCRIPTS: Final = {
    "CYRILLIC": "Cyrl", "ARABIC": "Arab", "HEBREW": "Hebr", "GREEK": "Grek", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "HANGUL": "Hang", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "CJK": "Hani",
    "DEVANAGARI": "Deva", "THAI": "Thai",
}  # fmt: skip
"""First word of a letter's Unicode name, and the script's subtag in the IANA registry."""


def clean(text: Any) -> str:
    """One line without acting characters; empty for null. Letters of every script stay."""
    return "" if text is None else " ".join(kept(text).split())


def kept(text: Any) -> str:
    """As `clean`, with its line ends: for what is printed to the letter."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(_ACTING.sub(" ", line).split()) for line in lines).strip()


def language(text: str) -> str:
    """A language tag where most letters are of another script than Latin, else empty.

    The language itself is not known, so `und` (undetermined) with the script is all that is said.
    """
    letters = [unicodedata.name(sign, "").partition(" ")[0] for sign in text if sign.isalpha()]
    found = Counter(_SCRIPTS.get(one.partition("-")[0], "") for one in letters).most_common(1)
    return f"und-{found[0][0]}" if found and found[0][0] else ""


def day(iso: str) -> str:
    """`26 August 2022` for an ISO day or the UTC day and minute of an instant; others as given."""
    told = clean(iso)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", told):
            return _day(date.fromisoformat(told))
        at = datetime.fromisoformat(told)
    except ValueError:
        return told
    if at.tzinfo is None:
        return f"{_day(at.date())}, {at.hour:02d}:{at.minute:02d}"
    at = at.astimezone(UTC)
    return f"{_day(at.date())}, {at.hour:02d}:{at.minute:02d} UTC"


def stamp(iso: str) -> str:
    """A day, or an instant to the second, as HTML spells it; empty: it is neither."""
    found = re.fullmatch(
        r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?",
        clean(iso), re.A,
    )  # fmt: skip
    if found is None or day(iso) == clean(iso):
        return ""
    return found[1] + (f"T{found[2]}{found[3] or ''}" if found[2] else "")


def _day(one: date) -> str:
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"


def cell(value: Any) -> str:
    """A cell as people read it: commas from 10,000 on, a dash for null, never rounded."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return raw(value)
    return f"{value:,}" if abs(value) >= GROUPED_FROM else str(value)


def raw(value: Any) -> str:
    """A value as it can be looked up in the file: no commas, a dash for null."""
    if value is None:
        return DASH
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict | list | tuple):
        return clean(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return clean(value)


def is_number(value: Any) -> bool:
    """Whether a cell is set to the right: a number, not a truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def address(text: str) -> str:
    """An address that may be linked, each sign allowed in one; empty: it is none of the web."""
    told = clean(text)
    try:
        parts = urlsplit(told)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or " " in told:
            return ""
    except ValueError:
        return ""
    if "[" in parts.netloc or "@" in parts.netloc or '"' in parts.netloc or "\\" in told:
        return ""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", told), safe="%/:=&?~#+!$,;'@()*")


def mailbox(text: str) -> str:
    """`mailto:` and an address of mail; empty: it is none."""
    told = clean(text)
    return f"mailto:{told}" if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", told, re.A) else ""


def land(code: str) -> str:
    """A country by its code; what is no code stays."""
    try:
        return name(code)
    except CodeError:
        return clean(code)
