"""Dossiers for handover: the small one, published, and what makes a file of it go wrong."""

from dataclasses import replace
from typing import Any

from tests.dossiers.dossier_world import CITATIONS, FIGURES, FINDINGS, PARTY, small

from entrepot.dossiers.dossier.citation import Citation
from entrepot.dossiers.dossier.dossier import Dossier, Version

ADDRESS = "https://example.org/cases/parts/"
HOSTILE = "=cmd()|'</script><b>x</b> [y](http://z)\n# head\u202e"
"""Words that a spreadsheet, a page, Markdown or a terminal could act on."""


def published(**changes: Any) -> Dossier:
    """`small`, out of the house since 1 October 2022."""
    return replace(
        small(is_reviewed=True), state="published", published_on="2022-10-01",
        versions=(Version(1, "", "2022-10-01", ()),), **changes,
    )  # fmt: skip


def unanswered() -> Dossier:
    """Published, with a party that has neither a reply nor a reason."""
    return published(parties=(replace(PARTY, reply="", no_reply_because=""),))


def hostile() -> Dossier:
    """Published, with words of others that try to act."""
    return published(
        findings=(replace(FINDINGS[0], text=HOSTILE, said_by=HOSTILE, summary=HOSTILE),),
        parties=(replace(PARTY, reply=HOSTILE),),
        title=HOSTILE,
    )


def with_rows(*rows: dict[str, Any]) -> Dossier:
    """Published, with one citation of figures that holds these rows."""
    figures = Citation("cit_figures00001", "figures", "made up", FIGURES, "rows", "", rows)
    return published(citations=(figures, *CITATIONS[1:]))
