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
from entrepot.evidence.language.goods import goods
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
_NUMBERED: Final = re.compile(r"\.[IVX]{2,}$|^OJ [LC]\.")
"""A part of an annex, `X.A.VII`, and `OJ L.` are written like initials and a name in capitals."""
_SURNAME: Final = re.compile(
    rf"(?<![\w’'-])[{_UPPER}][\w’'-]{{2,}}(?:enko|chuk|shvili|adze|ovich|evich|wicz\w{{0,4}}|sky|skyi|"
    r"skiy|skaya|ska|ski(?:ego|emu|m)?|ov|ova|ev|eva|yan|eli|idze|uly|zade|oglu|oğlu|ян\w{0,2}|елі|ели|"
    r"енко|енк[ауи]|енком|чук\w{0,3}|[сц]ьк(?:ий|ого|ому|им|а|ої|ій|у|ою)|"
    r"[сц]к(?:ий|ого|ому|им|ая|ой|ую|ою|их|ими)|[оеёі]в(?:а|у|ым|им|е|і|ой|ою|ых|ыми|и)?|"
    r"швили|швілі|ич[аеу]?|ичем|дзе)"
    r"(?![\w’'-])"
)
_FIRST: Final = re.compile(r"(?:^|[.!?\n]\s*|[•*-]\s)[\"“«(]*$")
_REVERSED: Final = re.compile(rf"(?<![\w’'-])({_WORD}),[ ]({_WORD})(?![\w’'-])")
_ENDINGS: Final = frozenset([
    "", *"аяуюеыиіїйьоё", "ой", "ей", "ою", "ею", "єю", "ом", "ем", "ём", "єм", "ам", "ям", "ами",
    "ями", "ах", "ях", "ию", "ия", "ии", "ией", "ий", "ью", "ові", "еві", "єві", "ів", "ев", "ов",
    "ка", "ки", "ке", "ку", "кой", "ко",
])  # fmt: skip
"""What a case, or a fond form, may add to a Cyrillic given name."""
_ROLE_CASES: Final = (
    r"(?:[аяуюеыиіьй]|ом|ем|ём|ой|ей|ою|ею|ові|еві|єві|ам|ям|ами|ями|ах|ях|ів|ов|ев)?"
)
_ABBREVIATED: Final = frozenset(["mr", "mrs", "ms", "dr"])


def persons(text: str) -> Iterator[tuple[Hit, str]]:
    """Names of persons in a folded text, each with its level."""
    known = [(one.start, one.end) for one in places(text)]
    known += [(one.start, one.end) for one in bodies(text) if one.what not in ("person", "role")]
    for one in _PATRONYMIC.finditer(text):
        yield Hit("name", one.start(), one.end(), "a person's name"), MUST
    things = [*known, *((one.start, one.end) for one in goods(text))]
    for one in _INITIALS.finditer(text):
        if not _covered(one.span(), things) and not _NUMBERED.search(one.group()):
            yield Hit("name", one.start(), one.end(), "a person's name"), MUST
    for one in _REVERSED.finditer(text):
        if _is_given(one.group(2)) and not _covered(one.span(1), known):
            yield Hit("name", one.start(), one.end(), "a person's name, turned round"), MUST
    yield from _with_role(text, known)
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
        first = given[0]
        if first and _is_surname(words[first - 1][1]):
            first -= 1
        start, end = words[first][0], run.end()
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


def _is_surname(word: str) -> bool:
    """Whether a word before a given name is a family name: by its ending, or in capitals."""
    return bool(_SURNAME.fullmatch(word)) or (len(word) > 2 and word.isupper())


def _with_role(text: str, known: list[tuple[int, int]]) -> Iterator[tuple[Hit, str]]:
    """A role and who has it: "engineer Chekhov", "начальника цеха Чехова"; places are nobody."""
    for level, pattern in _roles():
        for one in pattern.finditer(text):
            first = one.group("who").split()[0]
            span = one.start("who"), one.start("who") + len(first)
            if not _covered(span, known) and first.casefold() not in common_words():
                yield Hit("name", one.start(), one.end(), "a name after a title or role"), level


def _is_given(word: str) -> bool:
    plain = re.sub(r"(?:['’]s|[^\w])$", "", word).casefold()
    latin, stems = _given()
    if plain in latin:
        return True
    return plain[:1] > "z" and plain not in common_words() and any(
        plain[:cut] in stems and plain[cut:] in _ENDINGS for cut in range(2, len(plain) + 1)
    )  # fmt: skip


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
        words = "|".join(_role_form(word) for word in row["word"].split())
        pattern = (
            rf"\b(?i:{words}),?[ ](?-i:(?:[а-яёіїєґ]{{3,}}[ ]){{0,2}}"
            rf"(?P<who>{_WORD}(?:[ ]{_WORD}){{0,2}}))"
        )
        found.append((row["level"], re.compile(pattern)))
    return tuple(found)


def _role_form(word: str) -> str:
    """A role in any case; only a short form has a full stop, which elsewhere ends a sentence."""
    if word in _ABBREVIATED:
        return rf"{word}\.?"
    if word[0] < "а":
        return re.escape(word)
    return rf"{re.escape(word.rstrip('аяьіїй'))}{_ROLE_CASES}"


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
