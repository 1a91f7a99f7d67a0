"""All files of a dossier, each a pure function of it: same dossier, same bytes."""

from collections.abc import Callable
from typing import Final

from entrepot.dossiers.dossier.canonical import canonical, dossier_bytes
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.files import files as handed_files
from entrepot.dossiers.render.drawing import draw
from entrepot.dossiers.render.markdown import dossier_markdown
from entrepot.dossiers.render.page import dossier_page
from entrepot.dossiers.render.pdf import dossier_pdf

DATA: Final = "dossier.json"
PAGE: Final = "index.html"
CLAIMS: Final = "claimreview.json"

Told = Callable[[str], None]


def render_all(dossier: Dossier, told: Told = lambda text: None) -> dict[str, bytes]:
    """Every file of a dossier folder by its path; the manifest and its seal are made of them.

    Args:
        dossier: what is written.
        told: hears what is being made.

    Raises:
        DossierError: a chart has no data, or a template fails; then nothing is made.
    """
    charts = {}
    for section in dossier.sections:
        for chart in section.charts:
            told(f"drawing {chart.chart_id}")
            charts[chart.chart_id] = draw(chart)
    told("writing the page and the PDF")
    handed = handed_files(dossier)
    made = {
        DATA: dossier_bytes(dossier),
        PAGE: dossier_page(
            dossier, charts, jsonld=handed[CLAIMS].decode() if CLAIMS in handed else ""
        ).encode(),
        "dossier.md": dossier_markdown(dossier).encode(),
        "dossier.pdf": dossier_pdf(dossier, charts),
        **{f"charts/{key}.svg": svg.encode() for key, svg in charts.items()},
        **{
            f"charts/{chart.chart_id}.vl.json": canonical(chart.spec)
            for section in dossier.sections
            for chart in section.charts
        },
        **handed,
    }
    return dict(sorted(made.items()))
