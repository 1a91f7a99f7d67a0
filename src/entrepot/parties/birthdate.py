"""Birth dates as people write them, to ISO 8601, as exact as they are and no more."""

import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[T ].*)?)?)?")
_COMPACT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_ORDERS: Final = ((_ISO, (1, 2, 3)), (_COMPACT, (1, 2, 3)), (_DOTTED, (3, 2, 1)))
EARLIEST: Final = 1000


def birth_date(text: str) -> str | None:
    """A birth date as `1961-04-05`, `1961-04` or `1961`; null where it is none, or could be two.

    Read are also 19610405, 05.04.1961 and an ISO day with a time behind it. With slashes nobody can
    tell day from month: null. So are words, days that no calendar has, and years before 1000.
    """
    plain = text.strip()
    for pattern, order in _ORDERS:
        if match := pattern.fullmatch(plain):
            return _partial(*(match[place] for place in order))
    return None


def _partial(year: str, month: str | None, day: str | None) -> str | None:
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    length = 10 if day else 7 if month else 4
    return whole.isoformat()[:length] if whole.year >= EARLIEST else None
