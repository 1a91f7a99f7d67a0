"""Figures that are no amounts: parts of codes, models, citations, times of day and lists."""

import re
from typing import Final

from entrepot.evidence.language.counting import sign_ends
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.years import after_cue

_DEGREES: Final = re.compile(r"[0-9]{1,3}\.[0-9]{4,}")
_DASHES: Final = "-‑"


def is_code(tokens: Tokens, index: int) -> bool:
    """Whether the figure at `index` names something instead of counting it."""
    if ("code", index) not in tokens.memory:
        tokens.memory["code", index] = _is_code(tokens, index)
    return bool(tokens.memory["code", index])


def _is_code(tokens: Tokens, index: int) -> bool:
    return (
        _is_number_of_a_line(tokens, index)
        or _is_tied_before(tokens, index)
        or _is_tied_after(tokens, index)
        or _opens_item(tokens, index)
        or after_cue(tokens, index)
        or _continues_code(tokens, index)
    )


def _is_tied_before(tokens: Tokens, index: int) -> bool:
    """MiG-29, S7, 737-800, 2023/1594, +375, #5, 3:15, 53°06."""
    if not tokens.is_glued(index):
        return tokens.low(index - 1) == "+" and tokens.is_glued(index)
    before = tokens.at(index - 1)
    if before.kind in "wn":
        is_crossed = before.low in ("x", "×") and tokens.at(index - 2).kind == "n"
        is_times = before.low in ("x", "×") and not tokens.is_glued(index - 1)
        return is_crossed or not (is_times or sign_ends(tokens, index))
    if before.text in _DASHES or before.text == "–":
        is_range = tokens.at(index - 2).kind == "n" and tokens.is_glued(index - 1)
        is_minus = not tokens.is_glued(index - 1)
        return not (is_range or is_minus)
    return before.text in "/:.#№_+°@&=*\\"


def _is_tied_after(tokens: Tokens, index: int) -> bool:
    """558th, 12g, 833/2014, 09:25, 53°, 45-year-old, 20-foot."""
    place = index + 1
    if not tokens.is_glued(place):
        return False
    after = tokens.at(place)
    if after.low in ("st", "nd", "rd", "th", "°", "º", "/", ":", "_", "@", "\\", "′", '"', "'"):
        is_thousands = after.text in ("'", "’") and len(tokens.low(place + 1)) == 3
        return not is_thousands and not (after.text in "'\":" and not tokens.is_glued(place + 1))
    if after.text == "(":
        return tokens.is_glued(place + 1)
    return False


def _is_number_of_a_line(tokens: Tokens, index: int) -> bool:
    """Phone numbers and coordinates: 017, 8 (029), 202-20-22, 53.10 N, 26.05 E."""
    text = tokens.at(index).text
    if len(text) > 1 and text.isdigit() and text[0] == "0":
        return True
    if tokens.low(index + 1) == "(" and tokens.at(index + 2).text[:1] == "0":
        return True
    if tokens.at(index + 1).text in ("N", "S", "E", "W") and "." in text:
        return True
    if _DEGREES.fullmatch(text) or _is_before_cue(tokens, index + 1):
        return True
    return _is_chain(tokens, index)


def _is_before_cue(tokens: Tokens, place: int) -> bool:
    """15 CFR 746.8, 87 FR 12226, 50 U.S.C., 6 p.m., 12 noon, 4x4."""
    after = tokens.at(place)
    if after.text in ("CFR", "FR", "USC", "Stat"):
        return True
    if after.low in ("pm", "am", "noon", "midnight", "gmt", "utc", "o'clock"):
        return True
    letters = tuple(tokens.low(place + step) for step in range(5))
    if letters[:3] in (("p", ".", "m"), ("a", ".", "m")):
        return True
    if letters in (("u", ".", "s", ".", "c"), ("c", ".", "f", ".", "r")):
        return True
    return after.low in ("x", "×") and tokens.is_glued(place + 1) and tokens.is_figure(place + 1)


def _is_chain(tokens: Tokens, index: int) -> bool:
    """Three figures or more with dashes between."""
    first = index
    while first > index - 4 and _is_dashed(tokens, first - 2):
        first -= 2
    last = index
    while last < index + 4 and _is_dashed(tokens, last):
        last += 2
    return last - first >= 4


def _is_dashed(tokens: Tokens, index: int) -> bool:
    return (
        tokens.is_figure(index)
        and tokens.low(index + 1) in ("-", "‑", "–")
        and tokens.is_figure(index + 2)
        and tokens.is_glued(index + 1)
        and tokens.is_glued(index + 2)
    )


def _opens_item(tokens: Tokens, index: int) -> bool:
    """The 1 of "1. Goods" or "(1) Goods" at the start of a line."""
    after = tokens.low(index + 1)
    start = index - 1 if tokens.low(index - 1) in ("(", "[") else index
    is_line = start == 0 or "\n" in tokens.gap(start)
    is_closed = after in (".", ")", "]") and tokens.is_glued(index + 1)
    if after in (")", "]") and tokens.low(index - 1) in ("(", "["):
        return is_closed and len(tokens.low(index)) <= 3
    return is_line and is_closed and not tokens.is_glued(index + 2) and len(tokens.low(index)) <= 3


def _continues_code(tokens: Tokens, index: int) -> bool:
    """The second part of "HS 8807 30", the second code of "HS 8542 31, 8807 and 8411"."""
    place = index
    for _ in range(8):
        step = tokens.low(place - 1)
        if tokens.is_figure(place - 1):
            place -= 1
        elif step in (",", "and", "or", "to", "-", "–", "и", "та", "і") and _is_number(
            tokens, place
        ):
            place -= 2
        else:
            return False
        if after_cue(tokens, place) or (tokens.low(place - 1) == "+" and tokens.is_glued(place)):
            return True
    return False


def _is_number(tokens: Tokens, place: int) -> bool:
    return tokens.is_figure(place - 2)
