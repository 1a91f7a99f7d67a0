"""Evidence in words, and the ordinary reasons for the same likeness."""

from typing import Final

from entrepot.evidence.independence import keys, tokens
from entrepot.evidence.independence.compare import FACTS, SHINGLES_TO_TELL, Likeness, Prepared
from entrepot.evidence.independence.fingerprint import SHINGLE
from entrepot.evidence.independence.pairing import Board
from entrepot.evidence.independence.passages import common_runs

_LANGUAGES: Final = {"en": "English", "ru": "Russian", "uk": "Ukrainian"}
_LEGAL: Final = frozenset({"c:law", "c:court", "c:sanction"})
_IN_ORDER = 0.4
_MOST_NAMED = 4


def evidence(board: Board, derived: int, origin: int) -> tuple[str, ...]:
    """What speaks for an edge, a phrase each, the strongest first."""
    said = [_named(board, derived, origin)]
    like = board.like(derived, origin)
    if like is not None:
        mine, theirs = board.prepared[derived], board.prepared[origin]
        said += [_runs(mine, theirs), _figures(mine, theirs), _share(board, derived, origin, like),
                 _quotes(like), _order(like), _languages(mine, theirs)]  # fmt: skip
    said.append(_days(board, derived, origin))
    return tuple(one for one in said if one)


def _named(board: Board, derived: int, origin: int) -> str:
    if origin in board.told(derived):
        return "its record or text gives the other's address"
    cited = board.naming(derived, origin) if board.names(derived, origin) else None
    return f'names it ("{cited.words}")' if cited else ""


def _runs(mine: Prepared, theirs: Prepared) -> str:
    found = [length for *_, length in common_runs(mine, theirs)]
    long = sum(max(0, length - SHINGLES_TO_TELL + 1) for length in found)
    if long:
        return f"{_many(long, 'shingle')} of {SHINGLES_TO_TELL} words in common"
    return f"{_many(len(found), 'run')} of {SHINGLE} words or more in common" if found else ""


def _figures(mine: Prepared, theirs: Prepared) -> str:
    own = {key for key, kind in mine.print.kinds.items() if kind in FACTS}
    both = own & theirs.print.places.keys()
    rare = sorted(((mine.weights[key], key) for key in both), reverse=True)[:_MOST_NAMED]
    told = ", ".join(_shown(mine, key) for _, key in rare)
    return f"{len(both)} of {len(own)} figures and days ({told})" if both else ""


def _shown(one: Prepared, key: str) -> str:
    """A fact as the text prints it."""
    token = next(token for sentence in one.print.sentences for token in sentence.tokens
                 if token.key == key)  # fmt: skip
    return " ".join(one.print.item.text[token.start : token.end].split())


def _share(board: Board, derived: int, origin: int, like: Likeness) -> str:
    share = like.retold_ab if derived < origin else like.retold_ba
    names = [kind for key, kind in board.prepared[derived].print.kinds.items()
             if kind in (tokens.NAME, keys.MODEL)
             and key in board.prepared[origin].print.places]  # fmt: skip
    also = f", {_many(len(names), 'name')} among them" if names else ""
    return f"{share:.0%} of its facts and words are in the other{also}"


def _quotes(like: Likeness) -> str:
    return f"{_many(like.quotes, 'quotation')} in common to the letter" if like.quotes else ""


def _order(like: Likeness) -> str:
    return "facts in the same order" if like.order >= _IN_ORDER and like.shared >= 8 else ""


def _languages(mine: Prepared, theirs: Prepared) -> str:
    if mine.print.language == theirs.print.language:
        return ""
    return (f"{_LANGUAGES[mine.print.language]} text, the other is "
            f"{_LANGUAGES[theirs.print.language]}")  # fmt: skip


def _days(board: Board, derived: int, origin: int) -> str:
    later, earlier = board.items[derived].published_on, board.items[origin].published_on
    if later is None or earlier is None:
        return "a day of publication is missing: which is older is not known"
    apart = (later - earlier).days
    if apart <= 0:
        return "published on the same day: which is older is not known"
    return f"published {_many(apart, 'day')} later"


def innocent(board: Board, derived: int, origin: int) -> tuple[str, ...]:
    """Other reasons for the likeness of two items, a sentence each."""
    like = board.like(derived, origin)
    mine, theirs = board.prepared[derived].print, board.prepared[origin].print
    found = []
    if like is not None and like.quotes:
        found.append("Both may quote the same statement or press conference.")
    if _share_source(board, derived, origin):
        found.append("Both name the same source and may have used it without each other.")
    if like is not None and mine.places.keys() & theirs.places.keys() & _LEGAL and like.copied_runs:
        found.append("Words in common may be those of a law or an order.")
    if mine.item.publisher and mine.item.publisher == theirs.item.publisher:
        found.append("One publisher: a new version, or its standing text about itself.")
    if like is not None and not board.names(derived, origin):
        found.append("Both may use one feed or document that neither names.")
    return tuple(found)


def _share_source(board: Board, derived: int, origin: int) -> bool:
    one, other = board.prepared[derived].print.citations, board.prepared[origin].print.citations
    return any(a.source.may_be(b.source) for a in one for b in other)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
