"""Small help with words: single sentences, names in them, needs."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from entrepot.dossiers.dossier.section import Sentence
from entrepot.measures.cite import stop

_BREAK: Final = re.compile(r"(?<=[a-z)\d%][.]) (?=[A-Z][a-z])")
"""A full stop between two sentences; "Art. 3k" and "EUR 1.6 m" hold none of this form."""

_NOT_AN_END: Final = re.compile(
    r"\b(?:Art|Reg|No|Nos|St|vs|incl|Impl|excl|approx|Co|Ltd|Inc|reg)\.$"
)


_COMMAND: Final = re.compile(r": (?:entrepot|edit the claim) ")

VERBS: Final = (
    "assess|case|casebook|claims|demo|dossier|evidence|explain|fetch|flights|grade|handover|"
    "import|judge|leads|leaks|legs|lists|newsletter|partners|places|plan|posts|prices|"
    "publish|read|reply|result|review|roots|rules|screen|serve|signing|sources|standing|tip|verify"
)
"""Commands of the program; an entrepot of goods is a word of the trade."""

_TYPED: Final = re.compile(rf"(?:^|[\s(])--[a-z]|\bentrepot (?:{VERBS})\b")
"""An option or a command: said to whoever types it, and not to a reader."""


def single(text: str) -> list[str]:
    """The sentences of a text, one by one."""
    found: list[str] = []
    for part in _BREAK.split(" ".join(text.split())):
        if found and _NOT_AN_END.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return [stop(one) for one in found if one]


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that a text prints, as whole words, in the order given."""
    return tuple(
        one for one in dict.fromkeys(names)
        if one and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)
    )  # fmt: skip


def upper(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The text with a small letter, but for words that are written large as a whole."""
    word = text.split(" ", 1)[0]
    return text if len(word) > 1 and word[1:2].isupper() else text[:1].lower() + text[1:]


def need(text: str) -> str:
    """What is needed, without the command that would load it: that is for the house."""
    first = _COMMAND.split(text)[0]
    return (for_reader(first) or first).rstrip(".")


def for_reader(text: str) -> str:
    """A text without the clauses that name an option or a command; empty: there is nothing else."""
    if not _TYPED.search(text):
        return text
    return " ".join(made for one in single(text) if (made := _untyped(one)))


def _untyped(text: str) -> str:
    """One sentence without such clauses; they are apart by a colon or a semicolon."""
    clauses = re.split(r"(: |; )", text.rstrip("."))
    told = ""
    for place in range(0, len(clauses), 2):
        if not _TYPED.search(clauses[place]):
            told += (clauses[place - 1] if told else "") + clauses[place]
    return stop(upper(told))


def sentence(
    text: str, kind: str, citations: Sequence[str], names: Iterable[str] = (), claim_id: str = "",
    *, by_people: bool = False,
) -> Sentence:  # fmt: skip
    """A sentence with a full stop; of `names` those that stand in it; citations each once.

    What is said to whoever types commands is left out; words that are quoted or that people wrote
    (`by_people`) stay to the letter.
    """
    plain = " ".join(text.split())
    if not by_people and kind != "claim" and "“" not in plain:
        plain = for_reader(plain) or plain
    plain = stop(plain)
    return Sentence(plain, kind, tuple(dict.fromkeys(citations)), names_in(plain, names), claim_id)
