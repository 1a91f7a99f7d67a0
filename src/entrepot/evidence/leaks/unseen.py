"""Signs that no reader sees."""

from typing import Final

WIDTHLESS: Final = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
UNSEEN: Final = "signs that cannot be seen, which can carry a mark of who opened the text"
