"""Where a text speaks of what is to come, so that "in October" is the next October."""

from bisect import bisect_right

from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.sentences import sentences
from entrepot.evidence.language.spelled import WORDS
from entrepot.evidence.language.tokens import Tokens


class Future:
    """In which sentences, and where in them, the text speaks of what is to come."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        words = lexicon(WORDS)
        self._starts = [start for start, _ in sentences(tokens.text)]
        cues = [place for place in range(len(tokens)) if words.match(tokens, place, "future")]
        self._cues: dict[int, int] = {}
        for place in cues:
            self._cues.setdefault(self._sentence(place), place)

    def _sentence(self, place: int) -> int:
        return bisect_right(self._starts, self._tokens.at(place).start)

    def holds(self, place: int) -> bool:
        """Whether the time at token `place` lies in what is to come."""
        cue = self._cues.get(self._sentence(place))
        if cue is None or self._is_past_verb(place - 1) or self._is_past_verb(place - 2):
            return False
        return cue < place or not any(self._is_past_verb(at) for at in range(place, cue))

    def _is_past_verb(self, place: int) -> bool:
        word = self._tokens.low(place)
        if lexicon(WORDS).match(self._tokens, place, "future") is not None:
            return False
        if self._tokens.low(place - 1) in ("be", "been", "being"):
            return False
        return lexicon(WORDS).has(word, "past_verb") or (len(word) > 4 and word.endswith("ed"))
