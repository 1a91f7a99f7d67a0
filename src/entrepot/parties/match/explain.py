"""Why a name resembles a listed one, in sentences a reviewer can read."""

from collections.abc import Sequence

from entrepot.parties.match import likeness
from entrepot.parties.match.align import Alignment, Link
from entrepot.parties.match.word import INITIAL, LEGAL, STOP, Word

WAYS = {
    likeness.SAME: "same word",
    likeness.SPELLING: "spellings of one name",
    likeness.KNOWN: "known forms of one name",
    likeness.CONSONANTS: "same consonants across Arabic spellings",
    likeness.SOUND: "same sound in another romanisation",
    likeness.MEANING: "same meaning",
    likeness.EDIT: "nearly the same letters",
    likeness.INITIALS: "an initial only",
    likeness.JOINED: "same letters, joined or apart",
}


def sentences(
    alignment: Alignment, query: Sequence[Word], listed: Sequence[Word], written: str, clash: bool
) -> tuple[str, ...]:
    """What matched, word by word, and what was left over on each side."""
    said = [f"compared with the listed name {written!r}"]
    for link in sorted(alignment.links, key=lambda one: one.here):
        said.append(_link(link, query, listed))
    if clash:
        said.append("the numbers in the two names differ")
    said.extend(_left("only in the name asked for", query, alignment.left_here))
    said.extend(_left("only in the listed name", listed, alignment.left_there))
    return tuple(said)


def _link(link: Link, query: Sequence[Word], listed: Sequence[Word]) -> str:
    mine = " ".join(query[place].shown for place in link.here)
    theirs = " ".join(listed[place].shown for place in link.there)
    if mine == theirs:
        return f"{mine!r} in both"
    read = "".join(query[place].ascii for place in link.here)
    shown = f"{mine!r} (read {read!r})" if not mine.isascii() else repr(mine)
    return f"{shown} and {theirs!r}: {WAYS[link.way]}"


def _left(said: str, words: Sequence[Word], places: Sequence[int]) -> list[str]:
    telling = [words[place].shown for place in places if words[place].kind not in (STOP, LEGAL)]
    silent = [words[place].shown for place in places if words[place].kind in (STOP, LEGAL)]
    found = [f"{said}: {', '.join(map(repr, telling))}"] if telling else []
    if silent:
        found.append(f"{said}, of little weight: {', '.join(map(repr, silent))}")
    return found


NOT_TELLING = (STOP, LEGAL, INITIAL)
