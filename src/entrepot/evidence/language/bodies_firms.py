"""Companies by their legal form: "MIC P&I, LLC", "UAB Right Direction", 'ООО «Квазар»'."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from entrepot.evidence.language.mention import Body
from entrepot.evidence.language.wordlists import rows, word_set
from entrepot.evidence.language.words import Word, words_of

_LONGEST_NAME: Final = 7
"""Words before a legal form that may belong to the name."""
_QUOTED: Final = re.compile(r"\s?[\"“„«]([^\"”“»\n]{2,80})[\"”“»]")
_JOINTS: Final = frozenset(
    {" ", "-", "–", "&", " & ", ".", ". ", ", ", "'", "’", "/", " - ", '"', " «", '" '}
)
_LITTLE_INSIDE: Final = word_set("inside_a_firm")
_NOT_A_NAME: Final = word_set("no_firm")
_PLAIN: Final = re.compile(r"[A-Z][a-z]{4,}(?: |-|$)")
_NAMED_OF: Final = word_set("before_of")
_PAIRED: Final = word_set("behind_and")
_SHORT_NOUNS: Final = frozenset({"Air", "Avia"})
_SHORTENED: Final = frozenset({"Ltd", "Inc", "Corp", "Co", "Kft", "Zrt"})
_IN_LAW: Final = frozenset({"Limited", "Incorporated", "Corporation", "Private Limited"})


def firms_in(text: str) -> Iterator[Body]:
    """Companies with a legal form before or behind their name, in no order."""
    row = words_of(text)
    starts = {word.start: number for number, word in enumerate(row)}
    for match in _after().finditer(text):
        number = starts.get(match.start("form"))
        if number is None or _is_before_a_name(text, match):
            continue
        start = _name_start(text, row, number, _is_form(match))
        if start is not None:
            end = match.start() + len(_printed(match["form"]))
            yield Body(start, end, "company", _code("after", match["form"]), text[start:end])
    for match in _before().finditer(text):
        reached = _name_end(text, row, starts, match)
        if reached is not None:
            yield _behind(text, match, reached)


def _behind(text: str, match: re.Match[str], end: int) -> Body:
    """The company behind its form; a common noun ("company") is no part of the name."""
    start = match.start()
    if match["form"][0].islower():
        quoted = text[match.end() : end]
        start = end - len(quoted.lstrip(' "“„«'))
        end -= len(quoted) - len(quoted.rstrip('"”“»'))
    return Body(start, end, "company", _code("before", match["form"]), text[start:end])


def _printed(form: str) -> str:
    """The form with its full stop where it is shortened ("Ltd."), else without ("SIA")."""
    plain = form.rstrip(".")
    return form if "." in plain or plain.title() in _SHORTENED else plain


def _is_form(match: re.Match[str]) -> bool:
    """Whether it is a legal form in law, which a comma or full stop may go with; no "Trading"."""
    form = match["form"].rstrip(".")
    return form in _IN_LAW or (form not in _SHORT_NOUNS and not _PLAIN.match(form))


def _is_before_a_name(text: str, match: re.Match[str]) -> bool:
    """Whether the form, behind a comma, begins the next name: "..., UAB Right Direction"."""
    if match["form"] not in _forms("before"):
        return False
    after = text[match.end() : match.end() + 2]
    return (
        text[match.start() - 2 : match.start()] == ", "
        and after[:1] == " "
        and (after[1:].isupper() or after[1:] in '"“„«')
    )


def _name_start(text: str, row: tuple[Word, ...], number: int, is_form: bool) -> int | None:
    """Start of the capitalised words right before word `number`; null: there are none."""
    before = text[max(0, row[number].start - 2) : row[number].start]
    if before[:1] in '"”»' and before[1:] == " ":
        opening = max(text.rfind(sign, max(0, row[number].start - 90), row[number].start - 2)
                      for sign in "\"“„«")  # fmt: skip
        return opening if opening >= 0 else None
    first = number
    while (
        first
        and number - first < _LONGEST_NAME
        and _goes_on(text, row, first, is_form and first == number)
    ):
        first -= 1
    while first < number and (row[first].key in _NOT_A_NAME or row[first].key in _LITTLE_INSIDE):
        first += 1
    return row[first].start if first < number else None


def _goes_on(text: str, row: tuple[Word, ...], first: int, is_next: bool) -> bool:
    """Whether the word before `first` belongs to the same name."""
    word, gap = row[first - 1], text[row[first - 1].end : row[first].start]
    if gap not in _JOINTS or (gap == ". " and len(word.text) > 3):
        return False
    if gap == ", " and not is_next:
        return False
    if word.key == "and" and row[first].key not in _PAIRED:
        return False  # "Utair Aviation and Pobeda Airlines" are two
    if word.key == "of" and (first < 2 or row[first - 2].key not in _NAMED_OF):
        return False  # "the director of Alfa Trading"
    if word.key in _NOT_A_NAME and word.key not in _LITTLE_INSIDE:
        return False
    return word.text[0].isupper() or word.text[0].isdigit() or word.key in _LITTLE_INSIDE


def _name_end(
    text: str, row: tuple[Word, ...], starts: dict[int, int], match: re.Match[str]
) -> int | None:
    """End of the quoted or capitalised name behind a legal form; null: there is none."""
    if quoted := _QUOTED.match(text, match.end()):
        return quoted.end()
    number = starts.get(match.end() + 1)
    if number is None or match["form"][0].islower() or text[match.end()] != " ":
        return None
    last = number - 1
    while last + 1 < len(row) and last - number < _LONGEST_NAME:
        word = row[last + 1]
        if not word.text[0].isupper() or (
            last >= number and text[row[last].end : word.start] not in (" ", "-")
        ):
            break
        last += 1
    return row[last].end if last >= number else None


@cache
def _forms(side: str) -> dict[str, str]:
    return {row["form"]: row["code"] for row in rows("bodies_firms") if row["side"] == side}


def _code(side: str, printed: str) -> str:
    return _forms(side).get(printed.rstrip("."), "")


def _any_of(side: str) -> str:
    forms = sorted(_forms(side), key=len, reverse=True)
    return "|".join(re.escape(form) for form in forms)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\s,\"”»-])(?P<form>(?:{_any_of('after')})\b\.?)")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<form>{_any_of('before')})(?=\s?[\"“„«]|\s\w)")
