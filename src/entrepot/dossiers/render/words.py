"""Fixed words of page and Markdown: states, kinds of sentence and source, how a finding stands."""

import hashlib
from typing import Final

from entrepot.dossiers.assessment import MEANINGS
from entrepot.dossiers.dossier.canonical import dossier_bytes
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party
from entrepot.dossiers.render.text import clean, day
from entrepot.evidence.documents.found import many

STATES: Final = {
    "draft": ("Draft", "It is being written, is not reviewed and is no finding yet."),
    "review": ("Draft", "It is with its reviewers and is no finding yet."),
    "answered": ("Draft", "Replies, or why there are none, are in. It is not published yet."),
    "published": ("Published", ""),
    "corrected": ("Corrected", "This version takes the place of an earlier one."),
    "withdrawn": ("Withdrawn", "It no longer stands. Do not rely on it."),
}  # fmt: skip
"""Each state of a case: a word for the reader, and what it means."""

OPEN: Final = frozenset({"published", "corrected", "withdrawn"})
"""States of what has left the house."""

KIND_WORDS: Final = {
    "record": "Record", "claim": "Reported", "assessment": "Assessment",
    "explanation": "Other explanation", "unknown": "Not known", "method": "Method",
    "reply": "Reply",
}  # fmt: skip

SOURCE_WORDS: Final = {
    "figures": "Figures", "rule": "Rule", "list": "List", "report": "Report", "check": "Check",
    "casebook": "Casebook", "method": "Method",
}  # fmt: skip

SCHEMAS: Final = {
    "Company": "company", "Person": "person", "PublicBody": "public body", "Airplane": "aircraft",
    "Vessel": "ship", "LegalEntity": "legal entity",
}  # fmt: skip

NOT_TESTED: Final = ("not tested", "no test against records was made")

CAUTION: Final = (
    "A verdict is on what was said and what records hold. It is on nobody, and says of nobody that "
    "a law was broken."
)
UNTOLD: Final = "none is given"
DECISIONS: Final = {"approve": "approved", "return": "returned"}

VERIFY: Final = (
    ("With the program, offline, in the folder of this dossier", "entrepot verify ."),
    ("Without it, in the same folder", "sha256sum -c SHA256SUMS"),
)
"""Ways to compare every file with the manifest."""

NO_ASK: Final = "Was not asked."
NO_REPLY: Final = "No reply, and no reason why there is none, is on record."


def is_draft(dossier: Dossier) -> bool:
    """Whether it has not left the house."""
    return dossier.state not in OPEN


def is_stone(dossier: Dossier) -> bool:
    """Whether it stands in place of a withdrawn one: nothing is left but why, and the versions."""
    held = (dossier.summary, dossier.sections, dossier.findings, dossier.parties)
    return dossier.state == "withdrawn" and not any(held)


def data_hash(dossier: Dossier) -> str:
    """SHA-256 of `dossier.json`, from which all outputs are made."""
    return hashlib.sha256(dossier_bytes(dossier)).hexdigest()


def verdict(finding: Finding) -> tuple[str, str]:
    """The verdict as a word, and what it means of the records."""
    return MEANINGS.get(finding.verdict, NOT_TESTED)


def roots(finding: Finding) -> str:
    """How many independent observers stand for it."""
    return many(finding.roots, "independent root") if finding.roots else "no independent root"


def said(finding: Finding) -> str:
    """On whose word and when, as one line."""
    who = clean(finding.said_by) or "the report itself"
    return f"{who}, {day(finding.said_on)}" if finding.said_on else f"{who}, day not known"


def asked(party: Party) -> str:
    """When it was asked, as a sentence."""
    return f"Asked for a reply on {day(party.asked_on)}." if party.asked_on else NO_ASK


def whose(party: Party, country: str) -> str:
    """What it is, and of where."""
    kind = SCHEMAS.get(party.schema, clean(party.schema) or "kind not known")
    return f"{kind}, {country}" if party.country else f"{kind}, country not known"
