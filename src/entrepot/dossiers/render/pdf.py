"""A dossier as a PDF on A4: tagged, with bookmarks, the same bytes on every machine.

Typst sets it, with the fonts that it carries and no others, without the day on which it is made. It
is held to PDF/UA-1 (ISO 14289-1), under which a letter that no font has is an error, not a box.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

import typst

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.render.typstmarks import marks
from entrepot.errors import DossierError

STANDARD: Final = "ua-1"
TRIES: Final = 40
"""How often signs that turn out to have no letter are written otherwise before giving up."""
REASON: Final = 200
"""Characters of Typst's reason that are passed on."""
UNDRAWN: Final = re.compile('the text `"(.+?)"` could not be displayed')
CODE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How Typst spells a sign that it does not print."""


@cache
def _template() -> bytes:
    return (resources.files("entrepot.dossiers") / "data" / "pdf" / "dossier.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def dossier_pdf(dossier: Dossier, charts: Mapping[str, str]) -> bytes:
    """The dossier as PDF.

    Args:
        dossier: what is printed.
        charts: SVG text of each chart by `chart_id`, as `draw` makes it.

    Raises:
        DossierError: a chart was not drawn, something cites what the dossier does not hold, or the
            template fails.
    """
    lacking: frozenset[str] = frozenset()
    for _ in range(TRIES):
        data = json.dumps(marks(dossier, charts, lacking), ensure_ascii=False)
        try:
            return _compiled(_template(), data)
        except (typst.TypstError, RuntimeError, ValueError) as error:
            found = _undrawn(error) - lacking
            if not found:
                raise _fault(error) from error
            lacking |= found
    raise DossierError(
        f"got {len(lacking)} kinds of signs without a letter in the PDF, expected fewer "
        f"than {TRIES}"
    )


def compiled(template: bytes, data: str) -> bytes:
    """A template with its data as PDF.

    Raises:
        DossierError: Typst refuses it; the sentence holds its reason.
    """
    try:
        return _compiled(template, data)
    except (typst.TypstError, RuntimeError, ValueError) as error:
        raise _fault(error) from error


def _compiled(template: bytes, data: str) -> bytes:
    made = typst.compile(
        template, font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
        sys_inputs={"dossier": data}, pdf_standards=[STANDARD], timestamp=0,
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def _undrawn(error: Exception) -> frozenset[str]:
    """Signs that Typst names as without a letter, such as a mark on a letter of another font."""
    told = f"{error} {getattr(error, 'diagnostic', '')}"
    return frozenset(
        CODE.sub(lambda code: chr(int(code[1], 16)), one) for one in UNDRAWN.findall(told)
    ) - {""}


def _fault(error: Exception) -> DossierError:
    said = str(getattr(error, "message", "") or error).strip()
    reason = (said or "no reason given").splitlines()[0].removesuffix(".")[:REASON]
    return DossierError(
        f"got an error of the PDF template ({reason}), expected a document",
        hint="Nothing was written. The other forms of the dossier do not need Typst.",
    )
