"""Single aircraft by tail number and vessels by name or IMO number."""

import re
from collections.abc import Iterator
from typing import Final

from entrepot.evidence.language.mention import Body

_TAILS: Final = {
    # Nationality marks: ICAO Annex 7 supplement.
    "EW": "BLR", "RA": "RUS", "RF": "RUS", "UR": "UKR", "UP": "KAZ", "UN": "KAZ", "EX": "KGZ",
    "UK": "UZB", "EY": "TJK", "EZ": "TKM", "EK": "ARM", "4L": "GEO", "4K": "AZE", "ER": "MDA",
    "TC": "TUR", "A6": "ARE", "A9C": "BHR", "A7": "QAT", "EP": "IRN", "VP": "", "VQ": "",
    "LY": "LTU", "YL": "LVA", "ES": "EST", "SP": "POL", "OH": "FIN", "EI": "IRL", "9H": "MLT",
    "HA": "HUN", "YU": "SRB", "LZ": "BGR", "YR": "ROU", "TR": "GAB", "8Q": "MDV", "VT": "IND",
}  # fmt: skip
_TAIL: Final = re.compile(
    r"\b(?P<mark>" + "|".join(_TAILS) + r")[-‐‑](?P<rest>\d{5}|\d{3}[A-Z]{2}|[A-Z]{3,4}|[A-Z]\d{4}"
    r"|\d{5}[A-Z]?)\b"
)
_AMERICAN: Final = re.compile(r"\bN\d{2,4}[A-Z]{1,2}\b")
_NUMBER: Final = re.compile(r"\bIMO(?: number| no\.?|:)?[ :]?(?P<number>\d{7})\b")
_NAME: Final = (
    r"[\"“«]?(?P<name>[A-Z][\w.'’-]{0,30}(?: (?:[A-Z][\w.'’-]{0,30}|\d{1,3})){0,3})[\"”»]?"
)
_WITH_NUMBER: Final = re.compile(_NAME + r",? \(?(?=IMO)")
_NAMED: Final = re.compile(
    r"\b(?:tanker|vessel|ship|cargo ship|freighter|bulk carrier|container ship|yacht|ferry|trawler"
    r"|superyacht|bulker|M/?V|M/?T|танкер\w?|судно|суховантаж)\s" + _NAME
)


def craft_in(text: str) -> Iterator[Body]:
    """Aircraft with a tail number and vessels with a name or IMO number, in no order."""
    for match in _TAIL.finditer(text):
        yield _body(match.start(), match.end(), "aircraft", _TAILS[match["mark"]], text)
    for match in _AMERICAN.finditer(text):
        yield _body(match.start(), match.end(), "aircraft", "USA", text)
    for match in _NUMBER.finditer(text):
        start = match.start()
        named = _before(text, start)
        end = match.end() + (
            text[start - 1 : start] == "(" and text[match.end() : match.end() + 1] == ")"
        )
        yield _body(start if named is None else named, end, "vessel", "", text)
    for match in _NAMED.finditer(text):
        yield _body(match.start("name"), match.end("name"), "vessel", "", text)


def _before(text: str, at: int) -> int | None:
    """Start of a ship's name that ends right before its number; null: none."""
    for match in _WITH_NUMBER.finditer(text, max(0, at - 80), at + 3):
        if match.end() == at:
            return match.start("name")
    return None


def _body(start: int, end: int, what: str, code: str, text: str) -> Body:
    return Body(start, end, what, code, text[start:end])
