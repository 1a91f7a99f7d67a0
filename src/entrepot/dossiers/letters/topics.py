"""What a subscriber wants to hear of, as one short word each.

`all`; `hub:ARE` for a third country; `code:8807` for goods by the first digits of their code;
`corrections` for every correction and withdrawal. Whoever was sent a case hears of its corrections
whatever the topics are now: see `digest`.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from entrepot.codes.commodity import normalise
from entrepot.codes.country import name, parse
from entrepot.dossiers.letters.item import Item
from entrepot.errors import RequestError

ALL: Final = "all"
CORRECTIONS: Final = "corrections"
_HINT: Final = (
    "Topics are all, corrections, hub:COUNTRY and code:DIGITS, such as hub:ARE or code:8807."
)


def topic(text: str) -> str:
    """A topic in its one spelling.

    Raises:
        RequestError: it is none.
        CodeError: the country or the commodity code in it is none.
    """
    kind, colon, value = text.strip().partition(":")
    kind = kind.strip().lower()
    if not colon and kind in (ALL, CORRECTIONS):
        return kind
    if kind == "hub" and value.strip():
        return f"hub:{parse(value)}"
    if kind == "code" and value.strip():
        return f"code:{normalise(value)}"
    raise RequestError(f"got topic {text!r}, expected one of four kinds", hint=_HINT)


def topics(given: Iterable[str]) -> tuple[str, ...]:
    """Topics in order, each once; none given: `all`. A text may hold several, by semicolon."""
    found = {topic(one) for text in given for one in text.split(";") if one.strip()}
    return (ALL,) if ALL in found or not found else tuple(sorted(found))


def wants(held: Sequence[str], item: Item) -> bool:
    """Whether an item is of one of the topics.

    A dossier on a whole heading is also for who asked for a line of it, and the other way round.
    """
    return any(_is_of(one, item) for one in held)


def _is_of(held: str, item: Item) -> bool:
    kind, _, value = held.partition(":")
    if kind == "hub":
        return value in item.hubs
    if kind == "code":
        return any(code.startswith(value) or value.startswith(code) for code in item.codes)
    return kind == ALL or item.is_correction


def said(held: Sequence[str]) -> str:
    """The topics as a sentence lists them: `goods under 8807 and the United Arab Emirates`."""
    parts = [_said(one) for one in held]
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _said(held: str) -> str:
    kind, _, value = held.partition(":")
    if kind == "hub":
        return f"cases on {name(value)}"
    if kind == "code":
        return f"goods under {value}"
    return "every case" if kind == ALL else "every correction"
