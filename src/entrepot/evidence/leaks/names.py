"""Names of persons, and what sounds like somebody who was there.

No list holds every name. Found are: listed given names, titles and roles with a capitalised word,
patronymics, initials; and, to be looked at only, other runs of capitalised words that are no
known place or body. Persons on the public record are allowed by name, by whoever looks.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from entrepot.evidence.language.bodies import bodies
from entrepot.evidence.language.places import places
from entrepot.evidence.leaks.leak import LOOK, MUST
from entrepot.evidence.leaks.patterns import Hit

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐЎ"
_WORD: Final = rf"[{_UPPER}][\w’'ʼ-]*\w"
_RUN: Final = re.compile(rf"(?<![\w’'-]){_WORD}(?:[ ]{_WORD})*")
_PATRONYMIC: Final = re.compile(
    rf"(?<!\w){_WORD}[ ]{_WORD[:-2]}(?:ovich|evich|ovych|evych|ovna|evna|ivna|yivna|ович|евич|"
    rf"ич|овна|евна|ична|івна|ївна|йович|авіч|авна)\w{{0,3}}(?:[ ]{_WORD})?"
)
_INITIALS: Final = re.compile(
    rf"(?<![\w.])(?:[{_UPPER}]\.[ ]?){{1,2}}{_WORD}|"
    rf"(?<!\w){_WORD}[ ][{_UPPER}]\.(?:[ ]?[{_UPPER}]\.)?(?!\w)"
)
_SURNAME: Final = re.compile(
    rf"(?<![\w’'-])[{_UPPER}][\w’'-]{{2,}}(?:enko|chuk|shvili|adze|ovich|evich|sky|skyi|skiy|skaya|"
    r"ska|ski|ov|ova|ev|eva|yan|eli|idze|uly|zade|oglu|oğlu|ян|елі|ели|енко|чук|ский|ская|ський|ська|ов|ова|ев|ева|швили|швілі)"
    r"(?![\w’'-])"
)
_FIRST: Final = re.compile(r"(?:^|[.!?\n]\s*|[•*-]\s)[\"“«(]*$")
_ENDING: Final = 3
"""Letters that a case may add to a Cyrillic given name."""


def persons(text: str) -> Iterator[tuple[Hit, str]]:
    """Names of persons in a folded text, each with its level."""
    known = [(one.start, one.end) for one in places(text)]
    known += [(one.start, one.end) for one in bodies(text) if one.what not in ("person", "role")]
    for pattern in (_PATRONYMIC, _INITIALS):
        for one in pattern.finditer(text):
            yield Hit("name", one.start(), one.end(), "a person's name"), MUST
    yield from _with_role(text)
    for one in _RUN.finditer(text):
        yield from _run(text, one, known)


def voices(text: str) -> Iterator[tuple[Hit, str]]:
    """Words that sound like somebody who was there, or tell how the source could know."""
    for why, pattern in _voices():
        for one in pattern.finditer(text):
            yield Hit("voice", one.start(), one.end(), why), LOOK


def _run(text: str, run: re.Match[str], known: list[tuple[int, int]]) -> Iterator[tuple[Hit, str]]:
    """The persons in a run of capitalised words."""
    words = [(run.start() + one.start(), one.group()) for one in re.finditer(r"\S+", run.group())]
    given = [place for place, (_, word) in enumerate(words) if _is_given(word)]
    if given:
        start, end = words[given[0]][0], run.end()
        yield Hit("name", start, end, "a person's name, by its given name"), MUST
        return
    if _covered(run.span(), known) or run.group().isupper():
        return
    is_first = bool(_FIRST.search(text[max(0, run.start() - 4) : run.start()]))
    while words and words[0][1].casefold() in common_words():
        words, is_first = words[1:], False
    if len(words) > 1:
        yield Hit("name", words[0][0], run.end(), "capitalised words that may be a name"), LOOK
    elif words and (_SURNAME.fullmatch(words[0][1]) or not is_first):
        yield Hit("name", words[0][0], run.end(), "a capitalised word that may be a name"), LOOK


def _with_role(text: str) -> Iterator[tuple[Hit, str]]:
    for level, pattern in _roles():
        for one in pattern.finditer(text):
            yield Hit("name", one.start(), one.end(), "a name after a title or role"), level


def _is_given(word: str) -> bool:
    plain = re.sub(r"(?:['’]s|[^\w])$", "", word).casefold()
    latin, stems = _given()
    if plain in latin:
        return True
    return plain[:1] > "z" and any(
        plain[:cut] in stems for cut in range(max(2, len(plain) - _ENDING), len(plain) + 1)
    )


def _covered(span: tuple[int, int], known: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in known)


def _text(name: str) -> str:
    return files("entrepot.evidence.leaks").joinpath("data", name).read_text("utf-8")


@cache
def _given() -> tuple[frozenset[str], frozenset[str]]:
    words = [
        word for line in _text("given_names.txt").splitlines()
        if not line.startswith("#") for word in line.split()
    ]  # fmt: skip
    latin = frozenset(word for word in words if word.isascii())
    return latin, frozenset(words) - latin


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for row in csv.DictReader(_text("roles.tsv").splitlines(), delimiter="\t"):
        words = "|".join(re.escape(word) for word in row["word"].split())
        pattern = rf"\b(?i:{words})\.?,?[ ](?-i:({_WORD}(?:[ ]{_WORD}){{0,2}}))"
        found.append((row["level"], re.compile(pattern)))
    return tuple(found)


@cache
def _voices() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = csv.DictReader(_text("voice.tsv").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple((row["why"], re.compile(row["pattern"])) for row in rows)


@cache
def common_words() -> frozenset[str]:
    """Everyday words, in which two texts may agree by chance and which name nobody."""
    lines = _text("common_words.txt").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def besides() -> frozenset[str]:
    """Words that may stand beside a name and say nothing: roles and everyday words."""
    rows = csv.DictReader(_text("roles.tsv").splitlines(), delimiter="\t")
    return common_words() | {word for row in rows for word in row["word"].split()}
