"""Bare years: when four figures are a year, and when a count, a code or a citation."""

from typing import Final

from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.nouns import has, is_counted
from entrepot.evidence.language.spelled import CODES, WORDS, year_number
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.when import When

_MONEY: Final = ("$", "€", "£", "¥", "₽", "₴", "usd", "eur", "gbp", "rub", "cny", "byn", "uah")
_SIGNED: Final = (*_MONEY, "%", "°", "percent")
_LEADS: Final = ("the", "its", "their", "his", "her", "'s", "year", "calendar", "late", "early")
_ANCHORED: Final = (
    "in", "since", "until", "during", "before", "after", "throughout", "by", "through", "year",
    "early", "late", "mid", "calendar", "till", "в", "у", "с", "з", "за", "до",
)  # fmt: skip
"""Words after which four figures are a year even before a noun ("in 2022 trucks ...")."""


def bare_year(tokens: Tokens, index: int) -> When | None:
    """A year alone: in 2022, its 2021 exports, (2022); not 2022 trucks, No. 2022, 2023/1594."""
    found = year_number(tokens, index)
    if found is None or not tokens.is_figure(index):
        return None
    if _is_tied(tokens, index) or after_cue(tokens, index) or _is_money(tokens, index):
        return None
    has_noun = found.end > index + 1
    if not has_noun and _is_count(tokens, index):
        return None
    return When(found.end, "year", found.value)


def _is_tied(tokens: Tokens, index: int) -> bool:
    """Part of a longer code: 2023/1594, 1:22-cr-2022, EW-2022, 2022-00123."""
    before, after = tokens.at(index - 1), tokens.at(index + 1)
    if tokens.is_glued(index) and before.low != "fy":
        is_after_range = before.text in "-–—/" and _may_lead(tokens, index - 2)
        if not (before.text in "([\"'“«,–—‘’" or is_after_range) or before.text == ".":
            return True
    if not tokens.is_glued(index + 1):
        return False
    if after.text in "/-:–_.@°" and tokens.is_glued(index + 2):
        return tokens.is_figure(index + 2) and not _is_year_span(tokens, index)
    return after.kind == "n"


def _may_lead(tokens: Tokens, index: int) -> bool:
    """Before the dash of "mid-2022" and "2017-2021", "March-2022"."""
    words = lexicon(WORDS)
    kinds = ("part", "season", "month", "month_short")
    if any(words.match(tokens, index, kind) is not None for kind in kinds):
        return True
    return _is_year(tokens, index)


def _is_year(tokens: Tokens, index: int) -> bool:
    text = tokens.at(index).text
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def _is_year_span(tokens: Tokens, index: int) -> bool:
    """2017-2021, 2021-22, 2021/22."""
    text = tokens.at(index + 2).text
    is_longer = tokens.low(index + 3) in ("-", "/", ".") and tokens.is_glued(index + 3)
    if is_longer and tokens.is_glued(index + 4) and tokens.is_figure(index + 4):
        return False
    first = int(tokens.at(index).text)
    if _is_year(tokens, index + 2):
        return int(text) > first
    return len(text) == 2 and text.isdigit() and int(text) == (first + 1) % 100


def year_span_end(tokens: Tokens, index: int) -> When | None:
    """The second year of 2021-22 or 2021/22, at its two figures."""
    text = tokens.at(index).text
    if not (tokens.is_glued(index) and len(text) == 2 and _is_year(tokens, index - 2)):
        return None
    return When(index + 1, "year", int(tokens.at(index - 2).text) + 1)


def after_cue(tokens: Tokens, index: int) -> bool:
    """Whether a word of codes and citations stands right before (No., HS, Article, Resolution)."""
    if ("cue", index) not in tokens.memory:
        tokens.memory["cue", index] = _after_cue(tokens, index)
    return bool(tokens.memory["cue", index])


def _after_cue(tokens: Tokens, index: int) -> bool:
    place = index
    for _ in range(2):
        before = tokens.low(place - 1)
        if before in (".", "(", ":", "№", "#", "-") and place > 1:
            if before in ("№", "#"):
                return True
            place -= 1
    words = lexicon(CODES)
    if tokens.low(place - 1) == ")" and tokens.low(place - 3) == "(":
        return _is_cited(tokens, place - 3)
    if words.match_before(tokens, place, "cue") is not None:
        return _is_cue_here(tokens, place, index)
    return _is_cited(tokens, place)


def _is_cue_here(tokens: Tokens, place: int, index: int) -> bool:
    """Not the words "no", "act" or "an", nor across the end of a paragraph."""
    word = tokens.at(place - 1)
    is_lower_no = word.text in ("no", "an", "act", "l", "fr")
    return not is_lower_no and not tokens.is_broken(index)


def _is_cited(tokens: Tokens, place: int) -> bool:
    """Resolution 1929 (2010), Regulation (EU) 2022: the figures of an act before the bracket."""
    if tokens.is_figure(place - 1) and tokens.low(place) == "(":
        return lexicon(CODES).match_before(tokens, place - 1, "cue") is not None
    return (
        lexicon(CODES).match_before(tokens, place, "cue") is not None and tokens.low(place) == "("
    )


def _is_money(tokens: Tokens, index: int) -> bool:
    return tokens.low(index - 1) in _MONEY or tokens.low(index + 1) in _SIGNED


def _is_count(tokens: Tokens, index: int) -> bool:
    """2022 trucks, 2000 tonnes of steel: a count, unless the words before make it a year."""
    after = tokens.at(index + 1)
    before = tokens.low(index - 1)
    if after.kind != "w" or not after.text[0].islower() or has("stop", after.low):
        return False
    if tokens.low(index - 2) in ("than", "least", "over", "about") and before not in _ANCHORED:
        return is_counted(after.low)
    if before in _ANCHORED or before in _LEADS:
        return False
    if is_counted(after.low) or _is_adjective_of_count(tokens, index):
        return True
    words = lexicon("numbers.tsv")
    return any(words.match(tokens, index + 1, kind) for kind in ("scale", "dozen", "hundred")) or (
        lexicon(WORDS).match(tokens, index + 1, "unit") is not None
    )


def _is_adjective_of_count(tokens: Tokens, index: int) -> bool:
    """2000 armoured vehicles: a counted noun comes second."""
    second = tokens.at(index + 2)
    return second.kind == "w" and is_counted(second.low) and not has("stop", tokens.low(index + 1))
