"""A text as sentences of tokens: figures, days, names, concepts and words, with their places."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from entrepot.evidence.independence import keys
from entrepot.evidence.independence.lists import bare, months

FIGURE, DAY, NAME = "figure", "day", "name"

_TOKEN: Final = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})"
    r"|(?P<figure>\d{1,3}(?P<gap>[ \u00a0,])\d{3}(?:(?P=gap)\d{3})*(?:\.\d+)?(?![\w,])"
    r"|\d+(?:[.,]\d+)?(?![\w-]|\.\d))"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th|-?[а-яії]{1,3})\b)"
    r"|(?P<word>[^\W_]+(?:[-'’ʼ][^\W_]+)*)"
)
_END: Final = re.compile(r"(?<=[.!?…])[\"'»”)]*\s+(?=[\"'«“(\[]*[^\W_a-zа-яіїєґ])|\n\s*\n")
_OPENERS: Final = " \n\"'«“(["
_MONTH: Final = "month"
_SCALES: Final = (1_000, 1_000_000, 1_000_000_000)
_FIRST_YEAR, _LAST_YEAR = 1990, 2039
_MOST_DAYS: Final = 31


class Token(NamedTuple):
    """A telling word or number. `kind`: figure, day, name or a kind of `keys`."""

    kind: str
    key: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence as characters [start, end) and its tokens."""

    start: int
    end: int
    tokens: tuple[Token, ...]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text that hold any token. Abbreviations may cut one in two: no harm."""
    found = [Sentence(start, end, tuple(_tokens(text, start, end))) for start, end in _spans(text)]
    return [one for one in found if one.tokens]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _END.finditer(text):
        yield start, cut.end()
        start = cut.end()
    yield start, len(text)


def _tokens(text: str, start: int, end: int) -> list[Token]:
    raw = [_token(found, start) for found in _TOKEN.finditer(text, start, end)]
    return _joined([one for one in raw if one is not None])


def _token(found: re.Match[str], begins: int) -> Token | None:
    """One match as a token; null: it says nothing."""
    start, end = found.span()
    if found.lastgroup != "word":
        return _numeral(found, start, end)
    word = found.group()
    kind, key = _classified(word)
    if kind == keys.STOP:
        return None
    if kind == keys.WORD and word[0].isupper() and found.string[begins:start].strip(_OPENERS):
        kind = NAME
    return Token(kind, key, start, end)


@lru_cache(maxsize=1 << 17)
def _classified(word: str) -> tuple[str, str]:
    month = months().get(bare(word))
    if month and (word[0].isupper() or not word.isascii()):
        return _MONTH, f"{month:02d}"
    return keys.key(word)


def _numeral(found: re.Match[str], start: int, end: int) -> Token:
    word = found.group()
    if found.lastgroup == "iso":
        return Token(DAY, _iso(word), start, end)
    if found.lastgroup == "figure":
        return Token(FIGURE, _value(word), start, end)
    return Token(FIGURE, re.match(r"\d+", word)[0], start, end)  # type: ignore[index]


def _iso(word: str) -> str:
    parts = word.split("-") if "-" in word else word.split(".")[::-1]
    return f"d:{int(parts[1]):02d}-{int(parts[2]):02d}"


def _value(word: str) -> str:
    plain = word.replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    return f"{float(plain.replace(',', '.')):g}" if len(plain) < 12 else plain.replace(",", ".")


def _joined(raw: list[Token]) -> list[Token]:
    """Numbers put together (twenty-six, 1.2 million), days with their months, years apart."""
    made: list[Token] = []
    for token in raw:
        last = made[-1] if made else None
        made[-1:] = _merged(last, token) if last else [token]
    return [_finished(one) for one in made]


def _merged(last: Token, token: Token) -> list[Token]:
    kinds = (last.kind, token.kind)
    near = token.start - last.end <= 4
    if near and kinds == (FIGURE, _MONTH) and _is_day(last.key):
        return [Token(DAY, f"d:{token.key}-{int(last.key):02d}", last.start, token.end)]
    if near and kinds == (_MONTH, FIGURE) and _is_day(token.key):
        return [Token(DAY, f"d:{last.key}-{int(token.key):02d}", last.start, token.end)]
    if near and token.kind == keys.COUNT and last.kind in (keys.COUNT, FIGURE):
        summed = _summed(last, int(token.key))
        if summed:
            return [Token(last.kind, summed, last.start, token.end)]
    return [last, token]


def _is_day(key: str) -> bool:
    return key.isdigit() and len(key) <= 2 and 1 <= int(key) <= _MOST_DAYS


def _summed(last: Token, value: int) -> str:
    """The key of two numbers that make one; empty: they do not."""
    if not re.fullmatch(r"[\d.]+", last.key):
        return ""
    before = float(last.key)
    if value in _SCALES or (value == 100 and last.kind == keys.COUNT and before < value):
        return f"{before * value:.12g}"
    if last.kind == keys.COUNT and value < 100 and before >= 20 and before % 10 == 0:
        return f"{before + value:.12g}"
    return ""


def _finished(token: Token) -> Token:
    if token.kind == _MONTH:
        return Token(DAY, f"d:{token.key}", token.start, token.end)
    if token.kind in (FIGURE, keys.COUNT):
        return _figure(token)
    return token


def _figure(token: Token) -> Token:
    value = token.key
    if value.isdigit() and len(value) == 4 and _FIRST_YEAR <= int(value) <= _LAST_YEAR:
        return Token(DAY, f"y:{value}", token.start, token.end)
    return Token(FIGURE, f"f:{value}", token.start, token.end)
