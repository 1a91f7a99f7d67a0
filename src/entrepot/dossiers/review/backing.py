"""Who is named has two independent observers and a record behind it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from entrepot.dossiers.dossier.dossier import Dossier, Finding
from entrepot.dossiers.dossier.section import Sentence
from entrepot.dossiers.review.fault import Fault
from entrepot.dossiers.review.places import sentences
from entrepot.evidence.documents.found import many

ROOTS: Final = 2
RECORDS: Final = ("figures", "rule", "list", "check")
"""Kinds of citations that are records."""
BACKED: Final = ("supported", "partly")
"""Verdicts with which a claim may name a party: a claim that records contradict, or cannot test,
is told without the name."""
_SAID: Final = ("claim", "assessment")
_LEAVE: Final = "Find another observer or a record, or tell it without the name."


def backing(dossier: Dossier) -> Iterator[Fault]:
    """Faults of findings and sentences that name a party."""
    kinds = {one.citation_id: one.kind for one in dossier.citations}
    for found in dossier.findings:
        names = named_in(found.names, found.text + "\n" + found.summary, dossier)
        if names:
            yield from _finding(found, ", ".join(names), kinds)
    named_by = {one.claim_id: named_in(one.names, one.text, dossier) for one in dossier.findings}
    for where, sentence in sentences(dossier):
        names = named_in(sentence.names, sentence.text, dossier)
        if names:
            yield from _sentence(where, sentence, names, named_by, kinds)
    yield from _parties(dossier)


def named_in(declared: tuple[str, ...], text: str, dossier: Dossier) -> tuple[str, ...]:
    """Names that a part declares, and names of the dossier that stand in its text all the same."""
    return tuple(dict.fromkeys([*declared, *names_standing(text, dossier.named)]))


def names_standing(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that stand in a text as whole words, whatever case and blanks."""
    plain = " ".join(text.casefold().split())
    return tuple(one for one in names if _stands(" ".join(one.casefold().split()), plain))


def without(text: str, names: Iterable[str]) -> str:
    """The text with `[a party]` in place of each name."""
    for name in sorted(filter(str.strip, names), key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<!\w){words}(?!\w)", "[a party]", text, flags=re.IGNORECASE)
    return text


def _parties(dossier: Dossier) -> Iterator[Fault]:
    """A party that no finding names would stand there on nobody's word."""
    found = {name for one in dossier.findings for name in one.names}
    for party in dossier.parties:
        if party.name not in found:
            yield Fault("roots", f"party {party.name}", "is named, and no finding names it", _LEAVE)


def _stands(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words."""
    return name in text and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _finding(found: Finding, names: str, kinds: Mapping[str, str]) -> Iterator[Fault]:
    where = f"finding {found.claim_id}"
    if found.roots < ROOTS:
        had = many(found.roots, "independent observer")
        yield Fault(
            "roots", where, f"names {names} on {had}, expected {ROOTS}", _LEAVE,
        )  # fmt: skip
    if found.verdict not in BACKED:
        yield Fault(
            "roots", where,
            f"names {names} with the verdict {found.verdict or 'none'!r} of the records, expected "
            f"{' or '.join(BACKED)}", _LEAVE,
        )  # fmt: skip
    if not any(kinds.get(one) in RECORDS for one in found.citations):
        yield Fault(
            "roots", where,
            f"names {names} and cites no record, expected one of {', '.join(RECORDS)}", _LEAVE,
        )  # fmt: skip


def _sentence(
    where: str, sentence: Sentence, names: tuple[str, ...],
    named_by: Mapping[str, tuple[str, ...]], kinds: Mapping[str, str],
) -> Iterator[Fault]:  # fmt: skip
    if sentence.kind in _SAID and not set(names) <= set(named_by.get(sentence.claim_id, ())):
        yield Fault(
            "roots", where,
            f"names {', '.join(names)} in {_a(sentence.kind)} that is of no finding which names it",
            "Give the sentence the claim_id of a finding that names the party, or leave the name "
            "out.",
        )  # fmt: skip
    if sentence.kind == "record" and not any(kinds.get(o) in RECORDS for o in sentence.citations):
        yield Fault(
            "roots", where,
            f"names {', '.join(names)} as a matter of record and cites none, expected one of "
            f"{', '.join(RECORDS)}", _LEAVE,
        )  # fmt: skip


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
