"""One form for the spellings of a Russian, Ukrainian, Belarusian or Kazakh name in Latin letters.

Łukašenka, Lukashenka and Lukashenko; Aliaksandr, Aleksandr, Alexander; Navumau and Naumov become
equal or nearly so. Rules, each with an example, after the Belarusian passport systems of 2000 and
2007, Łacinka, GOST 1983, ISO 9, the Russian passport orders of 1997, 2010, 2013, BGN/PCGN:

* h, g, kh, gh are one sound (Belarusian and Ukrainian г is h: Ihar, Igor);
* o and a are one (akanne: Khamenka, Khomenko); ia, ya, ie, ye, io, yo and e are one (yakanne);
* i, y, j and their pairs are one; a last one is dropped (Andriy, Andrei, Gennadi, Henadz);
* dz and ts before i, e, y or m stand for soft d and t (Dzmitry, Tatsiana);
* u after a vowel is ў, Russian в (Navumau, Shuliakouski);
* sh, š, sch, shch are one; ch, č, tch; zh, ž; ts, tz; doubled letters count once.

The form only says that two spellings may be one name. Different names can share it.
"""

import re
from functools import lru_cache

_SOUNDS = {
    "shch": "s", "sch": "s", "sh": "s", "tch": "c", "tsch": "c", "ch": "c", "zh": "z",
    "dzh": "dz", "kh": "g", "gh": "g", "h": "g", "x": "ks", "ph": "f", "w": "v", "q": "k",
    "ck": "k", "tz": "c", "ts": "c", "cz": "c", "sz": "s",
    "iou": "eu", "yov": "ev", "iov": "ev", "you": "eu",
    "iya": "e", "iia": "e", "ija": "e", "iye": "e", "iie": "e",
    "ia": "e", "ya": "e", "ja": "e", "ie": "e", "ye": "e", "je": "e", "io": "e", "yo": "e",
    "jo": "e", "iu": "u", "yu": "u", "ju": "u", "iyu": "u", "iiu": "u",
    "iy": "i", "yi": "i", "ii": "i", "ij": "i", "yy": "i", "ji": "i", "y": "i", "j": "i", "o": "a",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_SOFT = re.compile(r"(d)z(?=[iemya]|$)|(t)s(?=[iey])")
_SHORT_U = re.compile(r"(?<=[ae])u(?![aeiu])")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiu]+")

_STEMS = {
    "mikala": "nikala", "mikale": "nikale", "nikala": "nikala", "ulad": "vlad", "vladz": "vlad",
    "valad": "vlad", "usev": "vsev", "aleksander": "aleksandr", "leksandr": "aleksandr",
    "alaksandr": "aleksandr", "alaks": "aleks", "rigar": "grigar", "grigari": "grigar",
    "elena": "alena", "alena": "alena", "ekaterin": "katerin", "kacerin": "katerin",
    "katerin": "katerin", "valga": "alga", "gana": "ana", "evgen": "evgen", "eugen": "evgen",
    "eagen": "evgen", "evgeni": "evgen", "vasil": "vasil", "bazil": "vasil", "mikas": "mikagail",
    "mikail": "mikagail", "migail": "mikagail", "migal": "mikagail", "mikaila": "mikagail",
    "micgael": "mikagail", "mikagel": "mikagail", "petr": "petr", "peter": "petr", "piatr": "petr",
    "pavla": "pavel", "paval": "pavel", "paul": "pavel", "cirila": "kiril", "kirila": "kiril",
    "dimitr": "dmitr", "dmitr": "dmitr", "segei": "sergei", "serge": "sergei", "sergi": "sergei",
    "sergei": "sergei", "andre": "andre", "andri": "andre", "anatal": "anatal", "izasaf": "iasif",
    "asip": "iasif", "iasif": "iasif", "iazep": "iasif", "maksim": "maksim",
    "fedar": "fedar", "fiadar": "fedar", "gedar": "fedar", "teadar": "fedar",
    "georg": "georg", "iur": "georg", "egar": "georg", "geargi": "georg",
}  # fmt: skip
"""First letters of a folded given name (or of the patronymic made from it) to one stem: Belarusian
and Ukrainian forms of the saints' names (Mikalai and Nikolai, Uladzimir and Vladimir, Ryhor and
Grigory), as the lists of the European Union of 2006 to 2026 give them side by side."""

_STEM = re.compile("|".join(sorted(_STEMS, key=len, reverse=True)))


@lru_cache(maxsize=65536)
def slavic_form(word: str) -> str:
    """The form of one lower-case ASCII word; equal forms are possible spellings of one name."""
    soft = _SOFT.sub(r"\1\2", word)
    sound = _SOUND.sub(lambda found: _SOUNDS[found.group()], soft)
    short = _DOUBLE.sub(r"\1", _SHORT_U.sub("v", sound))
    stem = _STEM.match(short)
    if stem and len(short) > 3:
        short = _STEMS[stem.group()] + short[stem.end() :]
        short = _DOUBLE.sub(r"\1", short)
    return short.rstrip("i") or short


@lru_cache(maxsize=65536)
def bones(form: str) -> str:
    """Consonants of a form, with a mark where it begins with a vowel: a key to look up by."""
    bare = _VOWELS.sub("", form)
    return f"a{bare}" if form[:1] in "aeiu" else bare
