"""Tail numbers of aircraft: found in names and registrations, compared exactly.

A tail is an identifier: a nationality mark (ICAO Annex 7, with the marks in use in 2026) and what
follows. `EP-GOM` and `EPGOM` are one tail; `EP-GOM` and `EP-GOL` are two aircraft.
"""

import re

from entrepot.parties.match.lexicon import lines

_MARKS = lines("tail_marks.txt")
_SORTED = "|".join(sorted(set(_MARKS), key=len, reverse=True))
_HYPHEN = re.compile(rf"^({_SORTED})-([A-Z0-9]{{2,5}})$")
_PLAIN = re.compile(rf"^(?:{_SORTED})(?:[A-Z]{{3,4}}|(?=[A-Z]{{0,4}}\d)[A-Z0-9]{{2,5}})$")


def tail(text: str, *, surely: bool) -> str | None:
    """The tail a text is, without its hyphen and in capitals; null where it is none.

    `surely`: the text is known to name an aircraft, so a tail without hyphen is one too.
    """
    plain = text.strip().upper().replace("–", "-").replace("‐", "-").replace(" ", "")
    if len(plain) > 10 or not plain.isascii():
        return None
    marked = _HYPHEN.match(plain)
    if marked and (surely or any(letter.isdigit() for letter in plain) or len(marked[2]) in (3, 4)):
        return plain.replace("-", "")
    return plain if "-" not in plain and surely and _PLAIN.match(plain) else None
