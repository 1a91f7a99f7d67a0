"""A report as a source: the words of a claim with their place, and nothing that leads to a tip."""

import hashlib
from pathlib import PurePath
from typing import Final

from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.material import Said
from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.evidence.claim import Claim

PROTECTED: Final = "a protected source"
QUOTED: Final = "quoted in part"
"""Reports belong to their publishers; a dossier holds the sentences that it is about."""


def report_id(claim: Claim, said: Said, cited: Cited) -> str:
    """The citation of a claim in its report: file, characters, words."""
    if said.is_protected:
        return protected_id(" ".join(claim.text.split()), cited)
    report = said.report
    file = SourceFile(
        report.file_id or text_hash(report.text), _named(report.title or report.name),
        report.publisher, report.name if "://" in report.name else "", said.at, QUOTED,
    )  # fmt: skip
    start, end = claim.span
    day = f" of {report.reported_on}" if report.reported_on else ""
    return cited.add(
        "report", f"{report.publisher or file.name}{day}", file_id=cited.know(file),
        locator=f"characters {start} to {end} of its text",
        rows=({"report_id": report.report_id, "claim_id": claim.claim_id,
               "text": " ".join(claim.text.split())},),
    )  # fmt: skip


def protected_id(words: str, cited: Cited) -> str:
    """The citation of a protected source: the words that are printed anyway, and their own hash.

    The hash of the document itself would let whoever holds it see that it is the one; its day would
    narrow down who sent it.
    """
    file = SourceFile(text_hash(words), PROTECTED, "", "", "", "")
    return cited.add("report", PROTECTED, file_id=cited.know(file), rows=({"text": words},))


def text_hash(text: str) -> str:
    """The sha256 of a report that was given as text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _named(name: str) -> str:
    """A name without the folders of somebody's machine; an address stays."""
    return name if "://" in name else PurePath(name).name or "report"
