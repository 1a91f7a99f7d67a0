"""What a number counts: a currency, a measure, or the head noun of the words after it."""

from typing import Final, NamedTuple

from entrepot.evidence.language.lexicon import Match, lexicon
from entrepot.evidence.language.nouns import endings, has, is_counted
from entrepot.evidence.language.tokens import Tokens

WORDS: Final = "amounts.tsv"
_REACH: Final = 7
"""How many words after a number its head noun may stand: "five new Russian-made heavy trucks"."""


class Unit(NamedTuple):
    """A unit: its name, by what to multiply, tokens [`first`, `end`) that name it."""

    name: str
    factor: float
    first: int
    end: int


def sign_at(tokens: Tokens, index: int) -> Match | None:
    """A currency's sign or code at `index`, in capitals: US$, EUR; not the a of "a $5 fine"."""
    found = lexicon(WORDS).match(tokens, index, "sign")
    if found is None or tokens.at(index).kind != "w":
        return found
    is_written = tokens.at(index).text.isupper() or tokens.at(index).text == "Rs"
    is_near = found.end == index + 1 or len(tokens.low(index)) > 1 or tokens.is_glued(index + 1)
    return found if is_written and is_near else None


def sign_ends(tokens: Tokens, index: int) -> bool:
    """Whether a currency's sign or code ends right before token `index`: EUR600m."""
    found = lexicon(WORDS).match_before(tokens, index, "sign")
    return found is not None and sign_at(tokens, found[1]) is not None


def unit_after(tokens: Tokens, index: int) -> Unit | None:
    """Money or a measure right after a number."""
    words = lexicon(WORDS)
    place = index + 1 if tokens.low(index) in ("-", "‑") and tokens.is_glued(index) else index
    if tokens.is_broken(place):
        return None
    for kind in ("money", "measure", "sign"):
        found = sign_at(tokens, place) if kind == "sign" else words.match(tokens, place, kind)
        if found is None or not _is_unit_here(tokens, place, found):
            continue
        name, _, factor = found.value.partition("*")
        end = _after_stop(tokens, found)
        return Unit(name, float(factor or 1), place, end)
    return None


def _is_unit_here(tokens: Tokens, place: int, found: Match) -> bool:
    """Not "5 t-shirts", "3 x 4", "$5 € 6" (the euro sign leads the next amount)."""
    text = tokens.at(place).text
    if text in ("x", "×", "t", "g") and not tokens.is_glued(place):
        return text in ("t", "g") and not tokens.is_glued(found.end)
    if tokens.is_figure(found.end) and not tokens.is_glued(place) and len(found.value) == 3:
        return found.end > place + 1 or text.islower()
    return not (text == "T" and tokens.is_glued(found.end))


def _after_stop(tokens: Tokens, found: Match) -> int:
    """Past the stop of "руб." and "долл.", unless a sentence may end there."""
    end = found.end
    is_short = tokens.low(end - 1) in ("руб", "долл", "грн", "дол", "крб", "проц", "р")
    if is_short and tokens.low(end) == "." and tokens.is_glued(end):
        after = tokens.at(end + 1)
        return end + 1 if after.text[:1].islower() or after.kind != "w" else end
    return end


def noun_after(tokens: Tokens, index: int, *, is_one: bool = False) -> Unit | None:
    """The head noun of what is counted: "soldiers" of "200 Russian soldiers".

    The first run of plural nouns after the number ends with it ("aircraft parts"). Of one thing it
    is the last word before the group ends, if it is a known noun. Null: no noun was found.
    """
    place = index + 1 if tokens.low(index) in ("more", "fewer", "other") else index
    if tokens.low(place) == "of":
        place += 1
        if tokens.low(place) in ("the", "its", "their", "these", "those", "such"):
            place += 1
    if not tokens.at(place).low.isascii():
        return _slavic_noun(tokens, place)
    for at in range(place, place + _REACH):
        if not _goes_on(tokens, at, place):
            return None
        end = at + 1
        if _is_plural(tokens, at) or (is_one and _is_singular(tokens, at)):
            while (
                not is_one
                and end < place + _REACH
                and _goes_on(tokens, end, place)
                and _is_plural(tokens, end)
            ):
                end += 1
            return _named(tokens, end - 1)
    return None


def _goes_on(tokens: Tokens, at: int, first: int) -> bool:
    """Whether the counted group may reach token `at`."""
    token = tokens.at(at)
    if tokens.is_broken(at) or not token.text:
        return False
    if token.text in ("-", "‑") or (token.kind == "n" and tokens.low(at - 1) in "-‑"):
        return at > first and tokens.is_glued(at)
    if token.kind == "n":
        is_model = at > first and tokens.at(at - 1).text[:1].isupper()
        is_compound = tokens.low(at + 1) in ("-", "‑") and tokens.is_glued(at + 1)
        return is_model or (is_compound and tokens.is_word(at + 2))
    if token.low == "s" and tokens.is_glued(at):
        return True
    is_inside = at > first and tokens.is_glued(at) and tokens.low(at - 1) in ("-", "‑")
    is_model = tokens.is_figure(at + 1) and tokens.is_glued(at + 1) and token.text[:1].isupper()
    if token.low == "and" and at > first:  # Boeing and Embraer jets
        return tokens.at(at - 1).text[:1].isupper() and tokens.at(at + 1).text[:1].isupper()
    return token.kind == "w" and (is_inside or is_model or not has("stop", token.low))


def _is_plural(tokens: Tokens, at: int) -> bool:
    word = tokens.low(at)
    if word == "s" and tokens.is_glued(at) and tokens.is_figure(at - 1):
        return True
    if tokens.low(at + 1) in ("-", "‑") and tokens.is_glued(at + 1) and tokens.is_glued(at + 2):
        return False
    if has("invariant", word) or is_counted(word):
        return True
    is_possessive = word.endswith(("'s", "s'"))
    is_s = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return is_s and not is_possessive and not has("not_plural", word)


def _is_singular(tokens: Tokens, at: int) -> bool:
    return is_counted(tokens.low(at) + "s") or has("invariant", tokens.low(at))


def _slavic_noun(tokens: Tokens, place: int) -> Unit | None:
    """The first word that does not end as an adjective does; else the last ("200 военных")."""
    at = place
    while at < place + 4 and _is_slavic(tokens, at):
        if at > place and _is_finite(tokens.low(at)):
            break
        if not tokens.low(at).endswith(endings()):
            return _named(tokens, at)
        at += 1
    return _named(tokens, at - 1) if at > place else None


def _is_finite(word: str) -> bool:
    """Whether a word ends as a verb of the plural ("300 військових перебувають")."""
    return len(word) > _LEAST_VERB and word.endswith(_FINITE)


_LEAST_VERB: Final = 5
_FINITE: Final = (
    "ають", "яють", "ують", "юють", "ують", "еють", "іють", "аются", "яются", "уются", "ились",
    "ались", "ають", "яють", "ляют", "вают", "дают", "ируют", "били", "хали", "шли", "вали", "нули",
)  # fmt: skip


def _is_slavic(tokens: Tokens, at: int) -> bool:
    token = tokens.at(at)
    return token.kind == "w" and not tokens.is_broken(at) and not has("stop", token.low)


def _named(tokens: Tokens, at: int) -> Unit:
    first = at
    if tokens.low(at) == "s" and tokens.is_figure(at - 1):
        first = at - 1
        if tokens.is_glued(first) and tokens.is_word(first - 1):
            first -= 1
    while first > max(1, at - 6) and tokens.low(first - 1) in ("-", "‑") and tokens.is_glued(first):
        if not (tokens.is_glued(first - 1) and tokens.at(first - 2).kind in "wn"):
            break
        first -= 2
    start = tokens.at(first).start
    return Unit(tokens.text[start : tokens.at(at).end].lower(), 1.0, first, at + 1)
