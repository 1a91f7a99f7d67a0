"""Fields of a form that ask who the source is; their answers are not taken in."""

import re
from functools import cache
from importlib.resources import files
from typing import Final

_LONGEST_LABEL: Final = 80
_PARTS: Final = re.compile(
    r"\s*[/,&]\s*|\s(?:and|or|и|или|та|або|чи|і|й|i|lub|und|oder|et|ou|e|o|y)\s"
)
_MINE: Final = re.compile(
    r"^(?:(?:please )?(?:enter|provide|give|state) |what is |укажите |вкажіть |proszę podać )?"
    r"(?:(?:your|my|the|ваш[аеіи]?|ваши|твой|tw[oó]j[ea]?|pana|ihr[e]?|votre|vos|tu|su|tuo|il tuo|"
    r"source'?s?|whistleblower'?s?|reporter'?s?) )?(?:own )?"
)
"""What may stand before the word for a name or an address."""


def without_identity(text: str) -> tuple[str, int]:
    """A form without its answers about who the source is, and how many were left out.

    A label stands before a colon, or alone on a line. Its answer is all that is indented below it,
    with empty lines and groups of further fields; without indents, the lines up to an empty one.
    """
    kept: list[str] = []
    left_out, margin, is_flat = 0, -1, False
    for line in text.split("\n"):
        plain = line.strip()
        indent = len(line) - len(line.lstrip())
        if margin >= 0 and plain and indent > margin:
            is_flat = False
            continue
        if _is_label_who(plain):
            left_out, margin, is_flat = left_out + 1, indent, not plain.partition(":")[2].strip()
            continue
        if margin >= 0 and (is_flat if plain else not is_flat):
            continue
        margin = -1
        kept.append(line)
    return "\n".join(kept), left_out


def _is_label_who(line: str) -> bool:
    label, colon, _ = line.strip("-*•#= \t").partition(":")
    return (bool(colon) or len(label) < _LONGEST_LABEL) and bool(label) and asks_who(label)


def asks_who(label: str) -> bool:
    """Whether a label asks who the source is, in each of its parts.

    "Name or phone (optional)" does; "Name of the company" does not.
    """
    plain = re.sub(r"\(.*?\)|[^\w\s.'’/,&-]", "", label).strip(" -").casefold()
    parts = (_MINE.sub("", part).strip(" .") for part in _PARTS.split(plain))
    named = [part for part in parts if part]
    return bool(named) and all(part in _labels() for part in named)


@cache
def _labels() -> frozenset[str]:
    path = files("entrepot.evidence.tips").joinpath("data/identity_labels.txt")
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
