"""Where the sentences of a report begin and end."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

Span = tuple[int, int]

_BLANK: Final = re.compile(r"\n[^\S\n]*(?:\n|\f)|\f|\n[^\S\n]*(?=\|)|\n[-=*_~#]{3,}(?=\n|\Z)")
_MARK: Final = re.compile(
    r"[^\S\n]*(?:[-–—•·●▪■◦‣*+►➢✓→]|#{1,6}|>|\(?[0-9]{1,3}[.)](?![0-9])|\(?[a-zа-яіїє]\)"
    r"|\(?[ivx]{1,5}\)|[A-Z]\))[^\S\n]+"
)
"""What opens an item of a list or a heading: a bullet, a number, a letter in brackets."""

_STOP: Final = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?:\[[0-9, ]{1,12}\])?(?=\s)")
_WORD_BEFORE: Final = re.compile(r"(?:[^\W\d_]|[.'’\-])+\Z")
_NEXT: Final = re.compile(
    r"\s*[\"'“‘„«(\[—–-]*\s?([^\W\d_]+(?:['’][^\W\d_]+)?|[0-9]|.)?", re.DOTALL
)
_LOOK_BACK: Final = 24
"""How many characters before a stop can matter: longer ones are no short form."""
_ROOM: Final = 8
"""A line that had room for this many characters more than the next word was ended on purpose."""
_SOFT_ENDS: Final = (",", ";", "-", "–", "—", "(", "/", "&")


def sentences(text: str) -> list[Span]:
    """Characters [start, end) of each sentence of `text`, in order, without space around.

    Blank lines, items of lists and lines ended on purpose (headings) end a sentence; other line
    feeds do not. The mark of an item is left out. A heading without full stop is a sentence. Stops
    of short forms (`data/stops.tsv`), initials and figures do not end one.
    """
    found: list[Span] = []
    for block in _blocks(text):
        for start, end in _items(text, block):
            found.extend(_split(text, start, end))
    return found


def _blocks(text: str) -> Iterator[Span]:
    start = 0
    for blank in _BLANK.finditer(text):
        yield start, blank.start()
        start = blank.start() + 1
    yield start, len(text)


def _items(text: str, block: Span) -> Iterator[Span]:
    """Stretches of a block that no sentence crosses."""
    lines = _lines(text, block)
    longest = max((end - start for start, end in lines), default=0)
    begin = block[0]
    for place, (start, end) in enumerate(lines):
        marked = _MARK.match(text, start, end)
        after = place > 0
        if marked and marked.group().strip() == ">" and after:
            marked = None  # a quoted letter marks every line, also within a sentence
        if after and (marked or _is_ended(text, lines[place - 1], (start, end), longest)):
            yield begin, lines[place - 1][1]
            begin = start
        if marked and begin == start:
            begin = marked.end()
    yield begin, block[1]


def _lines(text: str, block: Span) -> list[Span]:
    lines: list[Span] = []
    start = block[0]
    while (end := text.find("\n", start, block[1])) >= 0:
        lines.append((start, end))
        start = end + 1
    lines.append((start, block[1]))
    return lines


def _is_ended(text: str, line: Span, following: Span, longest: int) -> bool:
    """Whether `line` was ended on purpose: the next word is a capital and would have fitted."""
    words = text[line[0] : line[1]].rstrip()
    after = text[following[0] : following[1]].lstrip()
    if not words or not after or words.endswith(_SOFT_ENDS):
        return False
    first = after.split(None, 1)[0]
    opens = first.lstrip("\"'“‘„«([")[:1]
    if not (opens.isupper() or opens.isdigit()):
        return False
    last = words.rsplit(None, 1)[-1]
    if last.lower() in _joining():
        return False
    return len(words) + 1 + len(first) + _ROOM <= longest


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _ends(text, begin, stop, end):
            yield from _trimmed(text, begin, stop.end())
            begin = stop.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(sign.isalnum() for sign in text[start:end]):
        yield start, end


def _ends(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    after = _NEXT.match(text, stop.end(), end)
    word = (after.group(1) or "") if after else ""
    if not word or word[0].islower():
        return not word
    if stop.group().startswith("...."):
        return False  # dots that lead the eye through a table
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    if after and len(word) == 1 and text[after.end() : after.end() + 1] == ".":
        word = "" if word.isupper() else word  # an initial opens no sentence by itself
    before = _WORD_BEFORE.search(text, max(begin, stop.start() - _LOOK_BACK), stop.start())
    if before is None:
        return bool(text[begin : stop.start()].strip(" \n\t()0123456789"))
    return _ends_after(before.group().lstrip(".-'’"), word, text, before.start())


def _ends_after(short: str, word: str, text: str, place: int) -> bool:
    """Whether the stop after `short`, before `word`, ends a sentence."""
    kinds = _stops().get(short.lower(), frozenset())
    after_figure = text[max(0, place - 2) : place].strip(" \u00a0").isdigit()
    if "unless_opener" in kinds and (after_figure or "never" not in kinds):
        if word[:1].isdigit() and "before_figure" in kinds:
            return False
        if short in ("No", "no", "in", "In") and not word[:1].isdigit():
            return True
        return word in _openers()
    if "never" in kinds or (word[:1].isdigit() and "before_figure" in kinds):
        return False
    if len(short) == 1 and short.isupper():
        return word in _openers() and not (short == "I" or text[place - 2 : place - 1] == ".")
    if "." in short and len(short) <= 8:
        return word in _openers()
    return True


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    where = files("entrepot.evidence.language").joinpath("data", "stops.tsv")
    lines = [line for line in where.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    cells = [line.split("\t") for line in lines[1:] if line]
    return tuple((kind, form) for kind, _, _, words in cells for form in words.split("|"))


@cache
def _stops() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, form in _rows():
        if kind not in ("opener", "joining"):
            kinds.setdefault(form.lower(), set()).add(kind)
    return {form: frozenset(found) for form, found in kinds.items()}


@cache
def _openers() -> frozenset[str]:
    return frozenset(form for kind, form in _rows() if kind == "opener")


@cache
def _joining() -> frozenset[str]:
    return frozenset(form for kind, form in _rows() if kind == "joining")
