"""What a dossier says, sorted for a letter or a file, each sentence with its sources."""

from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party
from entrepot.dossiers.handover.footnotes import Footnotes
from entrepot.dossiers.handover.goods import described, land
from entrepot.dossiers.handover.rating import rating


def sentences(dossier: Dossier, notes: Footnotes, *kinds: str) -> list[str]:
    """Sentences of these kinds in order, each once, with the numbers of their sources."""
    found = {one.text: one for one in dossier.sentences() if one.kind in kinds}
    return [f"{one.text}{notes.mark(one.citations)}" for one in found.values()]


def claim(finding: Finding, notes: Footnotes) -> str:
    """A reported claim to the letter, and how it stands."""
    by = f"Reported by {finding.said_by}" if finding.said_by else "Reported"
    on = f" on {finding.said_on}" if finding.said_on else ""
    likely = f" It is {finding.band} on the evidence at hand." if finding.band else ""
    return (
        f"{by}{on}: “{finding.text}” {rating(finding).name}; it stands "
        f"{finding.standing}, independent observers for it: {finding.roots}. "
        f"{finding.summary}{likely}{notes.mark(finding.citations)}"
    )


def claims(dossier: Dossier, notes: Footnotes) -> list[str]:
    """All claims but those that are refuted: what is refuted is no ground to write to anybody."""
    return [claim(one, notes) for one in dossier.findings if one.standing != "refuted"]


def party(one: Party, dossier: Dossier, notes: Footnotes) -> str:
    """A named party with what lists say and its right of reply."""
    where = f" ({land(one.country)})" if one.country else " (country not known)"
    is_asked = any(held.kind == "list" for held in dossier.citations)
    clean = "no hit on the lists that are cited" if is_asked else "not known, no list is cited"
    listed = f"listings: {one.listed or clean}"
    asked = f" Asked for a reply on {one.asked_on}." if one.asked_on else ""
    said = (
        f"Its reply, to the letter: “{one.reply}”"
        if one.reply
        else f"No reply: {one.no_reply_because}"
    )
    return (
        f"{one.name}{where}; as of {dossier.as_of}, {listed}.{asked} {said}"
        f"{notes.mark(one.citations)}"
    )


def goods_words(dossier: Dossier) -> list[str]:
    """Codes of the case with their descriptions in HS 2022."""
    return [f"{one}: {described(one) or 'description not known'}" for one in dossier.codes]
