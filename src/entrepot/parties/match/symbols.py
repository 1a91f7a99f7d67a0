"""Known names across scripts: rigour's symbols for single words (extra `parties`).

A symbol stands for all spellings of one given or family name in any script, after Wikidata.
Without the extra there are none, and the spelling keys stand alone.
"""

from collections.abc import Callable
from functools import cache, lru_cache


@cache
def _analyse() -> Callable[[str], frozenset[str]] | None:
    try:
        from rigour.names import NameTypeTag, Symbol, analyze_names
    except ImportError:
        return None

    def symbols(word: str) -> frozenset[str]:
        found = analyze_names(
            NameTypeTag.PER,
            [word],
            phonetics=False,
            consolidate=False,
            rewrite=False,
            numerics=False,
        )
        known = (one for name in found for one in name.symbols)
        return frozenset(one.id for one in known if one.category == Symbol.Category.NAME)

    return symbols


@lru_cache(maxsize=1 << 17)
def name_symbols(word: str) -> frozenset[str]:
    """Symbols of one written word; empty without the extra or for an unknown name."""
    analyse = _analyse()
    return analyse(word) if analyse else frozenset()
