"""A dossier as a PDF on A4: tagged, with bookmarks, the same bytes on every machine.

Typst sets it, with the fonts that it carries and no others, without the day on which it is made. It
is held to PDF/UA-1 (ISO 14289-1), under which a letter that no font has is an error, not a box.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

import typst

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.render.typstmarks import marks
from entrepot.errors import DossierError

STANDARD: Final = "ua-1"


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
    return compiled(_template(), json.dumps(marks(dossier, charts), ensure_ascii=False))


def compiled(template: bytes, data: str) -> bytes:
    """A template with its data as PDF.

    Raises:
        DossierError: Typst refuses it; the sentence holds its reason.
    """
    try:
        made = typst.compile(
            template, font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
            sys_inputs={"dossier": data}, pdf_standards=[STANDARD], timestamp=0,
        )  # fmt: skip
    except (typst.TypstError, RuntimeError, ValueError) as error:
        said = str(getattr(error, "message", "") or error).strip()
        reason = (said or "no reason given").splitlines()[0].removesuffix(".")[:300]
        raise DossierError(
            f"got an error of the PDF template ({reason}), expected a document",
            hint="Nothing was written. The other forms of the dossier do not need Typst.",
        ) from error
    assert isinstance(made, bytes)
    return made
