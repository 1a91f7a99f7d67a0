"""Ids of a page that stay the same from version to version, valid and each only once."""

import re


class Anchors:
    """Gives out ids; what is no id, or is taken, gets a number."""

    def __init__(self, *taken: str) -> None:
        """`taken` are ids that the page itself uses."""
        self._taken = set(taken)

    def take(self, wanted: str, fallback: str) -> str:
        """The id itself where it can be one, else the fallback with the first free number."""
        found = wanted if re.fullmatch(r"(?!r\d)[A-Za-z][\w-]{0,79}", wanted, re.A) else fallback
        number, made = 1, found
        while made in self._taken:
            number += 1
            made = f"{found}-{number}"
        self._taken.add(made)
        return made
