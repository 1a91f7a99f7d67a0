"""How alike two words are, 0 to 1, and in what way."""

from rapidfuzz.distance import OSA

from entrepot.parties.match.latin import ARABIC, HANGUL, LATIN
from entrepot.parties.match.word import EASTERN, INITIAL, LEGAL, NUMBER, STOP, Word

SAME = "same"
SPELLING = "spelling"
KNOWN = "known"
CONSONANTS = "consonants"
SOUND = "sound"
MEANING = "meaning"
EDIT = "edit"
INITIALS = "initial"
JOINED = "joined"

LEAST = 0.62
"""Words less alike than this count as different."""

_SPELLED = 0.97
_KNOWN = 0.94
_MEANT = 0.9


class Likenesses(dict[Word, tuple[float, str]]):
    """How like one word others are, worked out when first asked; 0 below `LEAST`."""

    def __init__(self, word: Word) -> None:
        super().__init__()
        self._word = word

    def __missing__(self, other: Word) -> tuple[float, str]:
        found = alike(self._word, other)
        self[other] = found if found[0] >= LEAST else _UNLIKE
        return self[other]


_UNLIKE = (0.0, "")


def alike(one: Word, other: Word) -> tuple[float, str]:
    """The likeness of two words and the way; 0 and "" where they are different words."""
    if one.ascii == other.ascii and (one.native == other.native or _lettered(one, other)):
        return 1.0, SAME
    if NUMBER in (one.kind, other.kind) or STOP in (one.kind, other.kind):
        return 0.0, ""
    if INITIAL in (one.kind, other.kind):
        hit = one.ascii[:1] == other.ascii[:1] and LEGAL not in (one.kind, other.kind)
        return (0.65, INITIALS) if hit else (0.0, "")
    if one.concept and one.concept == other.concept:
        return _MEANT, MEANING
    if one.kind == LEGAL or other.kind == LEGAL or _far(one, other):
        return 0.0, ""
    return max(_ways(one, other))


def _far(one: Word, other: Word) -> bool:
    """Whether two words are so unlike at first sight that no way needs trying."""
    if one.native != LATIN or other.native != LATIN:
        return False
    heads = one.ascii[0] == other.ascii[0] or one.slavic[:1] == other.slavic[:1]
    if heads and abs(len(one.ascii) - len(other.ascii)) <= 4:
        return False
    if one.symbols and other.symbols and not one.symbols.isdisjoint(other.symbols):
        return False
    return one.ascii[1:4] != other.ascii[1:4] and one.ascii[-4:] != other.ascii[-4:]


def _lettered(one: Word, other: Word) -> bool:
    return ARABIC not in (one.native, other.native)


def _ways(one: Word, other: Word) -> list[tuple[float, str]]:
    ways = [_edited(one.ascii, other.ascii)]
    if one.symbols and not one.symbols.isdisjoint(other.symbols):
        ways.append((_KNOWN, KNOWN))
    natives = (one.native, other.native)
    if ARABIC in natives:
        if one.arabic and one.arabic == other.arabic:
            ways.append((0.93 if len(one.arabic) > 2 else 0.86, CONSONANTS))
        elif min(len(one.arabic), len(other.arabic)) > 3:
            ways.append((_edited(one.arabic, other.arabic)[0] * 0.93, CONSONANTS))
    elif natives[0] in EASTERN or natives[1] in EASTERN:
        if one.eastern and one.eastern == other.eastern:
            ways.append((_sounded(one, other), SOUND))
    else:
        ways.append(_spelled(one, other))
        ways.append(_consonants(one, other))
    return ways


def _sounded(one: Word, other: Word) -> float:
    """Korean has many spellings of a syllable; Chinese few, and Pinyin is written almost always."""
    if HANGUL in (one.native, other.native):
        return 0.93
    return 0.82 if len(one.eastern) > 2 else 0.0


def _spelled(one: Word, other: Word) -> tuple[float, str]:
    if not one.slavic or not other.slavic:
        return 0.0, ""
    if one.slavic == other.slavic:
        return (_SPELLED if len(one.slavic) > 2 else 0.85), SPELLING
    score, _ = _edited(one.slavic, other.slavic)
    return score * _SPELLED, SPELLING


def _consonants(one: Word, other: Word) -> tuple[float, str]:
    if len(one.arabic) < 3 or one.arabic != other.arabic:
        return 0.0, ""
    plain = OSA.normalized_similarity(one.ascii, other.ascii)
    return 0.55 + 0.4 * plain, CONSONANTS


def _edited(one: str, other: str) -> tuple[float, str]:
    """Edit distance over the longer word, with room for one slip only from four letters on."""
    longest = max(len(one), len(other))
    if not longest or min(len(one), len(other)) < 3:
        return 0.0, ""
    distance = OSA.distance(one, other, score_cutoff=longest // 3)
    score = 1 - distance / longest
    if one[0] != other[0]:
        score -= 0.08
    return (score, EDIT) if score >= LEAST else (0.0, "")
