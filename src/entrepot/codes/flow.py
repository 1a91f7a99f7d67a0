"""The direction of a trade flow, seen from the country that reports it."""

from enum import StrEnum
from typing import Final

from entrepot.errors import CodeError


class Flow(StrEnum):
    """Export, import, re-export, re-import: the letters of UN Comtrade."""

    X = "X"
    M = "M"
    RX = "RX"
    RM = "RM"


_WORDS: Final[dict[str, Flow]] = {
    "x": Flow.X,
    "export": Flow.X,
    "2": Flow.X,  # Comext: FLOW 1 is import, 2 is export
    "m": Flow.M,
    "import": Flow.M,
    "1": Flow.M,
    "rx": Flow.RX,
    "reexport": Flow.RX,
    "rm": Flow.RM,
    "reimport": Flow.RM,
}


def parse_flow(text: str) -> Flow:
    """The flow named by `text`: X, M, RX, RM, words, or the digits of Comext (1 import, 2 export).

    Case, plural, hyphens and blanks do not matter.

    Raises:
        CodeError: the text names no flow.
    """
    key = "".join(sign for sign in text.casefold() if sign.isalnum())
    found = _WORDS.get(key) or _WORDS.get(key.removesuffix("s"))
    if found is None:
        raise CodeError(
            f"got flow {text!r}, expected X, M, RX, RM or export, import, re-export, re-import",
            got=text,
            hint="In Comext files 1 is import and 2 is export.",
        )
    return found
