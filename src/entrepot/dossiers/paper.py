"""What every page is written on: the template environment and the words all pages share."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import jinja2
from markupsafe import Markup, escape

from entrepot.codes.country import name

_WHOLE: Final = re.compile(
    r"\b\d{4}-\d{2}(?:-\d{2})?\b|\b[A-Z]{3} -?\d[\d.,]*(?: (?:bn|m|k)\b)?|\d[\d.]* %"
)
"""Days, months, amounts and percentages: no line breaks inside them."""


def environment(**filters: Callable[..., Any]) -> jinja2.Environment:
    """Templates of this folder, escaped, strict about names, with the filters given.

    `country`, `listed` ("a, b and c") and `dated` are always there.
    """
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("entrepot.dossiers"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(country=name, listed=listed, dated=dated, **filters)
    return made


def dated(text: str) -> Markup:
    """Text in which no line breaks inside a day, an amount or a percentage."""
    return Markup(_WHOLE.sub(r'<span class="nw">\g<0></span>', str(escape(text))))


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence lists them: `a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
