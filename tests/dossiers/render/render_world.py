"""Dossiers for the tests of what people read, and their drawings, made once."""

from dataclasses import replace
from functools import cache

import vl_convert
from tests.dossiers.dossier_world import FIRM, PARTY, small

from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.dossiers.dossier.dossier import Dossier, Version
from entrepot.dossiers.dossier.section import Section, Sentence, Table
from entrepot.dossiers.theme import chart_config

SCRIPT = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"
WORD = "w" * 3000
TURNED = "\u202egnol\u2066 עברית"
CYRILLIC = "Фирма продала детали для МиГ-29."
CELL = "long cell " * 1000
SIGNS = "\"'`|*_[x](javascript:alert(1)) # &amp; <!-- {{ 7*7 }} ~~no~~"


@cache
def drawn() -> dict[str, str]:
    """The charts of `small` as SVG."""
    return {
        chart.chart_id: vl_convert.vegalite_to_svg({**chart.spec, "config": chart_config()})
        for section in small().sections
        for chart in section.charts
    }


def corrected() -> Dossier:
    """A second version with what changed."""
    versions = (
        Version(1, "dos_0123456789ab", "2022-10-01", ()),
        Version(2, "", "2022-10-09", ("The figure of May was EUR 39,000, not EUR 93,000.",)),
    )
    made = replace(small(), state="corrected", published_on="2022-10-09", versions=versions)
    return replace(made, reviews=small(is_reviewed=True).reviews)


def withdrawn() -> Dossier:
    """Taken back, with the reason."""
    versions = (
        Version(1, "dos_0123456789ab", "2022-10-01", ()),
        Version(2, "", "2022-11-02", ("The report was taken back by who wrote it.",)),
    )
    return replace(small(), state="withdrawn", published_on="2022-11-02", versions=versions)


def stone() -> Dossier:
    """What `workspace.publishing.tombstone` leaves of a withdrawn one: why, and its versions."""
    return replace(
        withdrawn(), summary=(), sections=(), findings=(), parties=(), citations=(), files=(),
        reviews=(),
    )  # fmt: skip


def ledger() -> Dossier:
    """A table of five columns with long words, as each lead has one."""
    rows = (
        ("expected by its own past and growth (used)", "EUR 734 k", "EUR 206 k", "EUR 2.04 m"),
        ("of the rise, undecidable for its freight", None, None, None),
    )
    ids = (small().citations[0].citation_id,)
    table = Table("tab_ledger", "Exports of 8802 (aeroplanes and helicopters) to Kyrgyzstan: value "
                  "with its lower and upper end, in EUR", ("what", "value", "low", "high"), rows,
                  (ids, ids))  # fmt: skip
    return replace(small(), sections=(Section("figures", "What the figures show", (), (table,)),))


def hostile() -> Dossier:
    """Every text as bad as can be: scripts, quotes, turned reading order, endless words."""
    held = small()
    file = SourceFile("d" * 64, SCRIPT, SIGNS, "javascript:alert(1)", "yesterday", TURNED)
    citation = Citation("cit_hostile00001", "figures", SCRIPT, "d" * 64, TURNED + WORD,
                        f"SELECT 1;\n{SCRIPT}{SIGNS}",
                        ({"row": 1, SCRIPT: CELL}, {"row": 2, "b|c": {"x": [SIGNS]}}))  # fmt: skip
    ids = ("cit_hostile00001",)
    said = [Sentence(f"{one} ends.", "claim", ids) for one in (SCRIPT, WORD, TURNED, SIGNS)]
    table = Table("tab 1", SCRIPT, (WORD[:400], "EUR"), ((CELL, -1.5), (SIGNS, None)), (ids, ()))
    finding = replace(held.findings[0], text=f"{SCRIPT}\n{CYRILLIC}", said_by=SIGNS,
                      said_where="https://example.org/ab\"c?x=[1]&y=%", names=(SCRIPT, FIRM),
                      band=SIGNS, summary=TURNED, probability=None, verdict="",
                      roots=0)  # fmt: skip
    return replace(
        held, title=SCRIPT, question=WORD, contact="javascript:alert(1)", licence="", made_with="",
        citations=(*held.citations, citation), files=(*held.files, file), hubs=("BLR", SCRIPT),
        findings=(finding, replace(finding, text=CYRILLIC)),
        parties=(replace(PARTY, reply=f"{SCRIPT}\n\n# {SIGNS}"),
                 replace(PARTY, name=WORD, reply="", no_reply_because="", asked_on="")),
        sections=(*held.sections, Section("figures", SCRIPT, tuple(said), (table,))),
        versions=(Version(1, SCRIPT, SIGNS, (SCRIPT,)), Version(2, "", "", (TURNED,))),
        state="corrected",
    )  # fmt: skip
