"""The word lists of this package, read once: classes of verbs, patterns, sets of small words."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from entrepot.evidence.reading.pattern import MASKS, Lexicon, compile_rule

LANGUAGES: Final = ("en", "ru", "uk")
_NOTHING: Final = re.compile(r"(?!)")


def rows(name: str) -> list[dict[str, str]]:
    """Lines of `data/<name>.tsv`."""
    written = files("entrepot.evidence.reading").joinpath("data", f"{name}.tsv")
    return list(csv.DictReader(written.read_text("utf-8").splitlines(), delimiter="\t",
                               quoting=csv.QUOTE_NONE))  # fmt: skip


@cache
def classes(language: str) -> Mapping[str, tuple[str, ...]]:
    """Forms of each class of words."""
    return {line["class"]: tuple(line["forms"].split()) for line in rows("verbs")
            if line["language"] == language}  # fmt: skip


@cache
def lexicon(name: str, language: str) -> Lexicon:
    """Patterns of `data/<name>.tsv` in a language."""
    known = classes(language)
    return Lexicon(compile_rule(line, known) for line in rows(name)
                   if line["language"] == language)  # fmt: skip


@cache
def words(language: str, group: str) -> tuple[str, ...]:
    """Words of a set, `_` written as a blank; empty where the language has none."""
    for line in rows("words"):
        if (line["language"], line["set"]) == (language, group):
            return tuple(word.replace("_", " ") for word in line["words"].split())
    return ()


@cache
def values(language: str, group: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    """Words of a set that stand for a number ("doubled=2"), as patterns, longest first."""
    made = [word.rpartition("=") for word in words(language, group)]
    made.sort(key=lambda one: -len(one[0]))
    return tuple((re.compile(rf"(?<!\w){spelled(word)}(?!\w)"), float(number))
                 for word, _, number in made)  # fmt: skip


def spelled(word: str) -> str:
    """A word of a list as a regular expression; a star is any ending."""
    written = re.escape(word.replace("*", "\0")).replace("\0", r"\w*")
    return written.replace(r"\ ", r"\s+")


def _either(language: str, groups: tuple[str, ...]) -> str:
    named = {word for group in groups for word in words(language, group)}
    named |= {form.replace("_", " ") for group in groups for form in
              classes(language).get(group, ())}  # fmt: skip
    return "|".join(spelled(word) for word in sorted(named, key=len, reverse=True))


@cache
def anywhere(language: str, *groups: str) -> re.Pattern[str]:
    """Matches any word of the sets or classes."""
    either = _either(language, groups)
    return re.compile(rf"(?<![\w'’-])(?:{either})(?![\w])") if either else _NOTHING


@cache
def at_end(language: str, *groups: str) -> re.Pattern[str]:
    """Matches a word of the sets that ends a stretch; group `word` is the word."""
    either = _either(language, groups)
    return re.compile(rf"(?<![\w'’-])(?P<word>{either})\s*\Z") if either else _NOTHING


@cache
def at_start(language: str, *groups: str) -> re.Pattern[str]:
    """Matches a word of the sets that begins a stretch, after blanks; group `word`."""
    either = _either(language, groups)
    return re.compile(rf"\s*(?P<word>{either})(?!\w)") if either else _NOTHING


MASK: Final = "".join(MASKS.values())
