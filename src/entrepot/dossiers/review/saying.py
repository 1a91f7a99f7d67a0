"""How it is said: no verdict, bands that fit, money with its period, and what is not known."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from entrepot.dossiers.dossier.dossier import Dossier, Finding
from entrepot.dossiers.dossier.section import Sentence
from entrepot.dossiers.review.fault import Fault
from entrepot.dossiers.review.places import QUOTED, Placed, sentences, texts
from entrepot.dossiers.review.words import blanked, verdicts
from entrepot.evidence.wording import BANDS, LOWEST, with_band, wording_faults

_TERM: Final = re.compile(
    rf"\b(?P<term>{'|'.join(sorted((band[1] for band in BANDS), key=len, reverse=True))})\b"
    r"(?:\s+\((?P<low>\d+)\s+to\s+(?P<high>\d+)\s*%\))?",
    re.IGNORECASE,
)
_PRINTED: Final = {
    term: f"{term} ({low * 100:.0f} to {top * 100:.0f} %)"
    for low, (top, term, _) in zip([LOWEST, *(one[0] for one in BANDS)], BANDS, strict=False)
}
"""Each term as `with_band` prints it."""
_MONEY: Final = re.compile(
    r"(?:\b(?:EUR|USD|GBP|CHF|RUB|BYN)|[€$£])\s?\d|\d\s?(?:EUR|USD|euros?)\b"
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_UNKNOWN_KEYS: Final = ("unknown", "not-known", "not_known")


def saying(dossier: Dossier) -> Iterator[Fault]:
    """Faults of words, bands and of what is not said."""
    for placed in texts(dossier):
        if placed.is_own:
            yield from _words(placed, dossier)
    findings = {one.claim_id: one for one in dossier.findings}
    for found in dossier.findings:
        yield from _band(found)
        yield from _terms(f"finding {found.claim_id}, summary", found.summary, found)
    for where, one in sentences(dossier):
        if one.kind not in QUOTED:
            yield from _terms(where, one.text, findings.get(one.claim_id))
    yield from _money(dossier)
    yield from _unknown(dossier)


def _words(placed: Placed, dossier: Dossier) -> Iterator[Fault]:
    for word, instead in verdicts(placed.text, dossier.named):
        yield Fault("words", placed.where, f"{word!r} is a verdict", f"Write instead: {instead}.")
    for fault in wording_faults(blanked(placed.text)):
        yield Fault("words", placed.where, fault.why,
                    "Two sentences, and one row of terms: see docs/review.md.")  # fmt: skip


def _band(found: Finding) -> Iterator[Fault]:
    where = f"finding {found.claim_id}"
    if found.probability is None:
        if found.band:
            yield Fault("bands", where, f"prints {found.band!r} without a probability",
                        "Leave the band empty.")  # fmt: skip
        return
    if not 0 <= found.probability <= 1:
        yield Fault("bands", where, f"has probability {found.probability:g}, expected 0 to 1", "")
        return
    fitting = with_band(found.probability)
    if found.band != fitting:
        yield Fault("bands", where, f"prints {found.band!r}, expected {fitting!r} of "
                    f"{found.probability:.2f}", "Take the term from the standing.")  # fmt: skip


def _terms(where: str, text: str, found: Finding | None) -> Iterator[Fault]:
    """Terms that are printed: with their own limits, and of the claim that they are about."""
    for hit in _TERM.finditer(blanked(text)):
        term = hit["term"].lower()
        if hit["low"] and _shown(term, hit["low"], hit["high"]) != _PRINTED[term]:
            yield Fault("bands", where, f"prints {hit.group()!r}, expected {_PRINTED[term]!r}",
                        "Each term has one pair of limits.")  # fmt: skip
        elif found and found.probability is not None and 0 <= found.probability <= 1:
            fitting = with_band(found.probability)
            if _PRINTED[term] != fitting:
                yield Fault("bands", where, f"says {hit['term']!r} of {found.claim_id}, expected "
                            f"{fitting!r}", "Take the term from the standing.")  # fmt: skip


def _shown(term: str, low: str, high: str) -> str:
    return f"{term} ({low} to {high} %)"


def _money(dossier: Dossier) -> Iterator[Fault]:
    """A sum from figures without a year says nothing that could be looked up."""
    kinds: Mapping[str, str] = {one.citation_id: one.kind for one in dossier.citations}
    for where, one in sentences(dossier):
        if _is_sum(one, kinds) and not _YEAR.search(one.text):
            yield Fault("words", where, "gives a sum of money without its period",
                        "Say of which month or year it is.")  # fmt: skip


def _is_sum(one: Sentence, kinds: Mapping[str, str]) -> bool:
    counted = any(kinds.get(cited) == "figures" for cited in one.citations)
    return one.kind not in QUOTED and counted and bool(_MONEY.search(one.text))


def _unknown(dossier: Dossier) -> Iterator[Fault]:
    said = any(one.kind == "unknown" for _, one in sentences(dossier))
    headed = any(
        one.sentences and (one.key in _UNKNOWN_KEYS or "not known" in one.heading.lower())
        for one in dossier.sections
    )
    if not (said or headed):
        yield Fault("unknown", "", "nothing is said of what is not known",
                    "Add what the records cannot tell, and what would.")  # fmt: skip
