"""Chinese and Korean: characters to syllables, and one form for competing romanisations.

Hangul is taken apart into its letters (Unicode, chapter 3.12) and written after the Revised
Romanisation of 2000. Han characters are read in Mandarin. `eastern_form` then levels Revised,
McCune-Reischauer and North Korean spelling (Lee, Ri, Yi; Pak, Park; Choe, Choi; Jong, Chung), and
Pinyin with Wade-Giles (Hsiao, Xiao; Chiang, Jiang). It is used only where one side stands in Han or
Hangul, for it makes many short Latin words equal.
"""

import re
from functools import cache, lru_cache

from entrepot.parties.match.latin import HAN, HANGUL, romaniser, script


def _split(text: str) -> list[str]:
    return text.split(",")


_HEADS = _split("g,kk,n,d,tt,r,m,b,pp,s,ss,,j,jj,ch,k,t,p,h")
_VOWELS = _split("a,ae,ya,yae,eo,e,yeo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,eu,ui,i")
_TAILS = _split(",k,k,k,n,n,n,t,l,k,m,p,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t")
_FIRST_HANGUL = 0xAC00

COMPOUND_SURNAMES = frozenset(
    _split(
        "欧阳,歐陽,司马,司馬,上官,诸葛,諸葛,东方,東方,皇甫,尉迟,尉遲,公孙,公孫,慕容,司徒,令狐,宇文,长孫"
    )
)
"""Chinese family names of two characters, the commonest ones of the Hundred Family Surnames."""

_SURNAME_READINGS = {
    "单": "shan", "單": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "任": "ren",
    "区": "ou", "區": "ou", "盖": "ge", "乐": "yue", "朴": "piao", "繁": "po", "尉": "yu",
}  # fmt: skip
"""Characters that read otherwise as a family name than as a word (Xinhua Zidian)."""


@lru_cache(maxsize=16384)
def syllables(word: str) -> tuple[str, ...]:
    """A run of Han or Hangul as ASCII syllables, one for each character."""
    return tuple(filter(None, (_syllable(letter) for letter in word)))


def _syllable(letter: str) -> str:
    if script(letter) == HANGUL:
        place = ord(letter) - _FIRST_HANGUL
        if not 0 <= place < 11172:
            return ""
        head, rest = divmod(place, 588)
        vowel, tail = divmod(rest, 28)
        return _HEADS[head] + _VOWELS[vowel] + _TAILS[tail]
    return _mandarin(letter)


@lru_cache(maxsize=16384)
def _mandarin(letter: str) -> str:
    return "".join(part for part in romaniser()(letter).lower() if "a" <= part <= "z")


@cache
def _surname_reading(letter: str) -> str:
    return _SURNAME_READINGS.get(letter) or _syllable(letter)


def person_variants(word: str) -> tuple[tuple[str, ...], ...]:
    """A person's name of 2 to 4 characters as family and given name: joined, and by syllables."""
    cut = 2 if word[:2] in COMPOUND_SURNAMES else 1
    if not cut < len(word) <= 4:
        return (syllables(word),)
    family = (
        "".join(map(_surname_reading, word[:cut])) if cut == 1 else "".join(syllables(word[:cut]))
    )
    given = syllables(word[cut:])
    joined = (family, "".join(given))
    return (joined,) if len(given) == 1 else (joined, (family, *given))


def is_eastern(word: str) -> bool:
    """Whether a word holds Han or Hangul characters."""
    if word.isascii():
        return False
    return any(script(letter) in (HAN, HANGUL) for letter in word if not letter.isascii())


_SOUNDS = {
    "park": "pak", "rhee": "i", "kh": "k", "kk": "k", "gg": "k", "g": "k", "k": "k", "q": "c",
    "tch": "c", "tts": "c", "tsh": "c", "ts": "c", "tz": "c", "ch": "c", "zh": "c", "jj": "c",
    "j": "c", "z": "c", "c": "c", "hs": "s", "sh": "s", "x": "s", "ss": "s", "s": "s", "tt": "t",
    "d": "t", "t": "t", "pp": "p", "bb": "p", "b": "p", "p": "p", "f": "p", "r": "l", "l": "l",
    "yeo": "yo", "you": "yo", "yu": "yo", "eo": "o", "oo": "o", "eu": "o", "ou": "o", "u": "o",
    "woo": "o", "wu": "o", "weo": "o", "wo": "o", "oe": "e", "oi": "e", "ae": "e", "ai": "e",
    "ay": "e", "ea": "e", "ui": "i", "ee": "i", "yi": "i", "ng": "N", "w": "w", "ien": "ian",
    "ieh": "ie", "ueh": "ue", "ih": "i", "eh": "e", "uh": "o", "ah": "a", "oh": "o", "v": "p",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_DOUBLE = re.compile(r"(.)\1+")
_SOFT_HEAD = re.compile(r"^[ln](?=[iy])")


@lru_cache(maxsize=32768)
def eastern_form(word: str) -> str:
    """The form of one ASCII word; equal forms are possible romanisations of one syllable string."""
    sound = _SOUND.sub(lambda found: _SOUNDS[found.group()], word)
    sound = _DOUBLE.sub(r"\1", sound)
    soft = _SOFT_HEAD.sub("", sound)
    return ("l" + soft[1:] if soft.startswith("n") else soft) or sound
