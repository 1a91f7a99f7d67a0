"""Patterns of words: the small language in which the word lists of this package are written.

A pattern is a row of tokens with blanks between them:

    word        that word                      word*       a word that begins so
    a/b_c       either; `_` stands for a blank [a/b]       may be absent
    <class>     any form in the class          ..          up to three words; .... up to seven
    #place      a found place; also #goods, #body, #day    #number     figures

Patterns run on text in lower case in which found places, goods, bodies and days are masked
(`masks`), so that a name never passes for a verb.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

MASKS: Final = {"place": "\ue000", "goods": "\ue001", "body": "\ue002", "day": "\ue003"}
"""What stands for a mention in masked text: one private-use character, repeated."""

_GAP: Final = {"..": 3, "....": 7}
_SKIP: Final = r"(?:[^\s.;:!?•]+\s+)"
_STEM: Final = 3
_NUMBER: Final = "0"
_MOST_KNOWN: Final = 20_000
_WORD: Final = re.compile("|".join([*(f"{mask}+" for mask in MASKS.values()),
                                    r"\w+(?:[-'’.]\w+)*"]))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a word list: its columns and its pattern as a regular expression."""

    columns: Mapping[str, str]
    written: str
    heads: frozenset[str]

    @property
    def compiled(self) -> re.Pattern[str]:
        """Compiled when a word first calls for it: a short text needs few of the rules."""
        return _compiled(self.written)


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fits the text from `start` to `end`."""

    start: int
    end: int
    columns: Mapping[str, str]


def compile_rule(columns: Mapping[str, str], classes: Mapping[str, Sequence[str]]) -> Rule:
    """The rule of a line; `classes`: forms of each class, by name.

    Raises:
        ValueError: the pattern names an unknown class or begins with a gap.
    """
    tokens = columns["pattern"].split()
    while tokens[-1] in _GAP:
        tokens.pop()
    parts: list[str] = []
    for place, token in enumerate(tokens):
        last = place == len(tokens) - 1
        if token in _GAP:
            parts.append(f"{_SKIP}{{0,{_GAP[token]}}}?")
        elif token.startswith("["):
            inner = _either(token[1:-1], classes)
            parts.append(rf"(?:\s+{inner})?" if last else rf"(?:{inner},?\s+)?")
        else:
            follows = r"(?!\w)" if last or (tokens[place + 1 :] == [tokens[-1]] and \
                tokens[-1].startswith("[")) else r"(?!\w),?\s+"  # fmt: skip
            parts.append(_either(token, classes) + follows)
    return Rule(columns, "".join(parts), frozenset(_heads(tokens, classes)))


def _options(token: str, classes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for one in token.split("/"):
        if one.startswith("<"):
            if one[1:-1] not in classes:
                raise ValueError(f"no class {one} in the word list")
            yield from classes[one[1:-1]]
        else:
            yield one


def _either(token: str, classes: Mapping[str, Sequence[str]]) -> str:
    made = []
    for one in sorted(_options(token, classes), key=len, reverse=True):
        if one == "#number":
            made.append(r"\d[\d.,]*")
        elif one.startswith("#"):
            made.append(f"{MASKS[one[1:]]}+")
        else:
            written = re.escape(one.replace("*", "\0")).replace("\0", r"[\w'’-]*")
            made.append(written.replace("_", r"\s+"))
    return f"(?:{'|'.join(made)})"


def _heads(tokens: Sequence[str], classes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Words a match can begin with; stems keep their star."""
    for token in tokens:
        optional = token.startswith("[")
        for one in _options(token.strip("[]"), classes):
            if one == "#number":
                yield _NUMBER
            else:
                yield MASKS[one[1:]] if one.startswith("#") else one.split("_")[0]
        if not optional:
            return


class Lexicon:
    """Rules filed under the words they can begin with."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._exact: dict[str, list[Rule]] = {}
        self._stems: dict[str, list[tuple[str, Rule]]] = {}
        self._known: dict[str, Sequence[Rule]] = {}
        for rule in rules:
            for head in rule.heads:
                if head.endswith("*"):
                    stem = head[:-1]
                    self._stems.setdefault(stem[:_STEM], []).append((stem, rule))
                else:
                    self._exact.setdefault(head, []).append(rule)

    def hits(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """All matches in masked `text`, in order of their beginning; they may overlap."""
        end = len(text) if end is None else end
        found: list[Hit] = []
        for word in _WORD.finditer(text, start, end):
            for rule in self._rules(word.group()):
                match = rule.compiled.match(text, word.start(), end)
                if match:
                    found.append(Hit(match.start(), match.end(), rule.columns))
        return found

    def _rules(self, word: str) -> Sequence[Rule]:
        """Rules that can begin with a word; kept for the next time it occurs."""
        known = self._known.get(word)
        if known is None:
            known = self._found(word)
            if len(self._known) < _MOST_KNOWN:
                self._known[word] = known
        return known

    def _found(self, word: str) -> Sequence[Rule]:
        if word[0] in MASKS.values():
            return self._exact.get(word[0], ())
        stems = [rule for stem, rule in self._stems.get(word[:_STEM], ()) if word.startswith(stem)]
        return [*self._exact.get(_NUMBER if word[0].isdecimal() else word, ()), *stems]


def mask(text: str, mentions: Iterable[tuple[int, int, str]]) -> str:
    """`text` in lower case, of the same length, with each mention (start, end, kind) masked.

    Of two mentions that overlap the one given first counts.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals, as the Turkish one, become two characters
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    letters = list(lowered)
    taken = bytearray(len(text))
    for start, end, kind in mentions:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            letters[start:end] = MASKS[kind] * (end - start)
    return "".join(letters)
