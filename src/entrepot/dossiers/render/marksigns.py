"""Text of others in Markdown: signs that would mean something are escaped, and no more than those.

The rules are those of CommonMark 0.31.2, https://spec.commonmark.org/0.31.2/ , and tables with bars
as in https://github.github.com/gfm/#tables-extension- .
"""

import re
from collections.abc import Sequence
from typing import Final

from entrepot.dossiers.render.text import address, clean, kept

_INLINE: Final = re.compile(
    r"([\\`*\[\]<>|])|(?<![^\W_])(_)|(_)(?![^\W_])|(~)(?=~)|(?<=~)(~)|(&)(?=#|\w+;)"
)
"""Signs with a meaning anywhere; an underscore inside of a word has none, and stays readable."""

_LINE: Final = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)])|(~))")
"""Signs with a meaning at the beginning of a line."""


def line(text: object) -> str:
    """One line of plain words."""
    return _started(_INLINE.sub(lambda found: "\\" + found[0], clean(text)))


def inner(text: object) -> str:
    """Words that never stand at the beginning of a line."""
    return _INLINE.sub(lambda found: "\\" + found[0], clean(text))


def _started(text: str) -> str:
    def escaped(found: re.Match[str]) -> str:
        if found[2]:
            return f"{found[2]}\\{found[3]}"
        return "\\" + found[0]

    return _LINE.sub(escaped, text)


def heading(text: object) -> str:
    """Words of a heading; hashes at its end would be taken for a frame."""
    return re.sub(r"#(?=#*$)", r"\\#", inner(text))


def hashed(text: object) -> str:
    """A hash in a cell of a table, where a fixed width takes no bars."""
    told = clean(text)
    return code(told) if told.isalnum() else inner(told)


def quote(text: object) -> str:
    """Words to the letter as a block of their own, line by line."""
    return "\n".join(f"> {line(one)}".rstrip() for one in kept(text).split("\n"))


def code(text: object) -> str:
    """Words in a fixed width; the fence is longer than any run of its sign inside."""
    told = clean(text)
    if not told:
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", told)), default=0))
    pad = " " if told.startswith("`") or told.endswith("`") else ""
    return f"{fence}{pad}{told}{pad}{fence}"


def link(url: str, label: str = "") -> str:
    """A link where the address may be linked, else the words."""
    found = address(url)
    if not found:
        return inner(label or url)
    return f"[{inner(label)}](<{found}>)" if label else f"<{found}>"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> str:
    """A table with bars; cells are Markdown already. Numbers stand to the right."""
    rule = ["---:" if right else "---" for right in numeric]
    return "\n".join(
        "| " + " | ".join(one or " " for one in cells) + " |" for cells in (columns, rule, *rows)
    )
