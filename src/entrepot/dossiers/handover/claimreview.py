"""Fact checks as schema.org ClaimReview in JSON-LD, for pages and for those who gather them.

Vocabulary: https://schema.org/ClaimReview, https://schema.org/Claim, https://schema.org/Rating.
Google asks for `claimReviewed`, `reviewRating` with `alternateName` and `url`, and wants `author`
and `itemReviewed`; it ended its own snippets of them in June 2025 and others still read them.
"""

from typing import Any, Final

from entrepot.dossiers.dossier.canonical import canonical
from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.dossiers.dossier.dossier import Dossier, Finding
from entrepot.dossiers.handover.handed import NOTHING_GIVEN, Given, Handed
from entrepot.dossiers.handover.rating import BEST, SCALE, WORST, rating

PAGE: Final = "index.html"
"""The page beside the file; an address relative to it serves wherever the folder stands."""
_PEOPLE: Final = "Person"


def claimreview(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """All findings as one JSON-LD document, safe to stand inside a script element."""
    made = {"@context": "https://schema.org", "@graph": claim_reviews(dossier, given)}
    # "</script>" in a claim would end the element that holds it; the escape is the same JSON
    safe = canonical(made).replace(b"<", b"\\u003c")
    return Handed("claimreview.json", "application/ld+json", safe)


def claim_reviews(dossier: Dossier, given: Given = NOTHING_GIVEN) -> list[dict[str, Any]]:
    """One ClaimReview a finding, in the order of the dossier.

    What is not known is left out: no author, day or address is made up. A draft has no day.
    """
    author = _author(dossier, given)
    held = {one.citation_id: one for one in dossier.citations}
    files = {one.file_id: one for one in dossier.files}
    return [_review(one, dossier, given, author, held, files) for one in dossier.findings]


def _review(
    finding: Finding, dossier: Dossier, given: Given, author: dict[str, Any],
    held: dict[str, Citation], files: dict[str, SourceFile],
) -> dict[str, Any]:  # fmt: skip
    return _without_blanks({
        "@type": "ClaimReview",
        "@id": f"{given.url or PAGE}#{finding.claim_id}",
        "url": f"{given.url or PAGE}#{finding.claim_id}",
        "name": f"{dossier.title}: {rating(finding).name}",
        "claimReviewed": finding.text,
        "reviewRating": _rating(finding),
        "reviewBody": finding.summary,
        "author": author,
        "datePublished": dossier.published_on,
        "version": dossier.version,
        "creativeWorkStatus": dossier.state,
        "creditText": dossier.made_with,
        "license": {"@type": "CreativeWork", "name": dossier.licence} if dossier.licence else "",
        "itemReviewed": _claim(finding, dossier, held, files),
        "citation": _sources(finding, held, files),
    })  # fmt: skip


def _rating(finding: Finding) -> dict[str, Any]:
    held = rating(finding)
    likely = f" It is {finding.band} on the evidence at hand." if finding.band else ""
    observers = f" Independent observers for it: {finding.roots}; it stands {finding.standing}."
    made: dict[str, Any] = {
        "@type": "Rating",
        "name": SCALE,
        "alternateName": held.name,
        "ratingExplanation": f"{held.meaning}{observers}{likely}",
    }
    if held.value is not None:
        made |= {"ratingValue": held.value, "bestRating": BEST, "worstRating": WORST}
    return made


def _claim(
    finding: Finding, dossier: Dossier, held: dict[str, Citation], files: dict[str, SourceFile]
) -> dict[str, Any]:
    appearance = {"@type": "CreativeWork", "url": finding.said_where} if finding.said_where else ""
    return _without_blanks({
        "@type": "Claim",
        "text": finding.text,
        "author": _said_by(finding, dossier, held, files),
        "datePublished": finding.said_on,
        "appearance": appearance,
    })  # fmt: skip


def _said_by(
    finding: Finding, dossier: Dossier, held: dict[str, Citation], files: dict[str, SourceFile]
) -> dict[str, str] | str:
    """The one who said it; without a word, the publisher of the report; a kind only if known."""
    publishers = [
        files[held[one].file_id].publisher
        for one in finding.citations
        if one in held and held[one].kind == "report" and held[one].file_id in files
    ]
    name = finding.said_by or next(iter(publishers), "")
    if not name:
        return ""
    kinds = {one.name: one.schema for one in dossier.parties}
    if kinds.get(name) == _PEOPLE:
        return {"@type": _PEOPLE, "name": name}
    if name in kinds or name in {one.publisher for one in dossier.files}:
        return {"@type": "Organization", "name": name}
    return {"@type": "Thing", "name": name}


def _sources(
    finding: Finding, held: dict[str, Citation], files: dict[str, SourceFile]
) -> list[dict[str, str]]:
    found = [(held[one], files[held[one].file_id]) for one in finding.citations
             if one in held and held[one].file_id in files]  # fmt: skip
    return [
        _without_blanks({
            "@type": "CreativeWork",
            "name": f"{citation.what}, {citation.locator}" if citation.locator else citation.what,
            "publisher": _organization(file.publisher),
            "url": file.origin if "://" in file.origin else "",
            "identifier": f"sha256:{file.file_id}",
        })
        for citation, file in found
    ]  # fmt: skip


def _organization(name: str) -> dict[str, str] | str:
    return {"@type": "Organization", "name": name} if name.strip() else ""


def _author(dossier: Dossier, given: Given) -> dict[str, Any]:
    return _without_blanks({
        "@type": "Organization",
        "name": given.publisher or f"The publisher of case {dossier.case_id}",
        "email": dossier.contact if "@" in dossier.contact else "",
    })  # fmt: skip


def _without_blanks(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value not in ("", [], {}, None)}
