"""A dossier: what of a case leaves the house, as data from which every output is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.dossiers.dossier.section import Section, Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim of the case and how it stands; the head of a ClaimReview.

    Attributes:
        claim_id: of the casebook.
        text: as reported, to the letter.
        said_by: on whose word, as printed; empty: the report's own.
        said_on: ISO day of the report; empty: not known.
        said_where: address of the report; empty: none, or protected.
        names: parties that it names.
        verdict: of the test against records, one of `records.evidence.VERDICTS`; empty: none made.
        standing: one of `records.evidence.STANDINGS`.
        roots: independent observers for it.
        probability: 0 to 1; null: not told, such as of what is to come.
        band: the term of ICD 203 with its limits; empty with a null probability.
        summary: the outcome in one sentence.
        citations: ids; records and reports.
    """

    claim_id: str
    text: str
    said_by: str
    said_on: str
    said_where: str
    names: tuple[str, ...]
    verdict: str
    standing: str
    roots: int
    probability: float | None
    band: str
    summary: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One whom the dossier names, with the right of reply.

    Attributes:
        name: as printed in the dossier.
        schema: `Company`, `Person`, `PublicBody`, `Airplane`, `Vessel` or `LegalEntity`.
        country: ISO alpha-3; empty: not known.
        listed: what lists say on the day of the dossier, with list and edition; empty: no hit.
        asked_on: ISO day on which it was asked for a reply; empty: it was not.
        reply: its answer, to the letter; empty: none came.
        no_reply_because: why there is none; empty where there is one.
        citations: ids.
    """

    name: str
    schema: str
    country: str
    listed: str
    asked_on: str
    reply: str
    no_reply_because: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """One person's word on exactly this content.

    Attributes:
        by: name or sign.
        at: UTC instant in ISO form.
        decision: `approve` or `return`.
        because: in words; may be empty for an approval.
        content_id: `Dossier.content_id` that was read.
    """

    by: str
    at: str
    decision: str
    because: str
    content_id: str


@dataclass(frozen=True, slots=True)
class Version:
    """One published version, newest last.

    Attributes:
        number: 1 is the first.
        dossier_id: of it; empty: this one.
        published_on: ISO day.
        changes: what changed against the one before, one sentence each; empty for the first.
    """

    number: int
    dossier_id: str
    published_on: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that every output is made from. Nothing in it depends on a clock, a place or a machine.

    Attributes:
        case_id: of the casebook.
        title: of the case.
        question: what it asks; may be empty.
        as_of: ISO day as of which records, rules and lists count.
        published_on: ISO day, given by who publishes; empty: a draft.
        state: `draft`, `review`, `answered`, `published`, `corrected` or `withdrawn`.
        summary: up to six sentences.
        sections: in order.
        findings: claims with their standing.
        parties: whom it names.
        citations: sorted by id, each used.
        files: sorted by id, each used.
        versions: history, this one last.
        hubs: ISO alpha-3.
        targets: ISO alpha-3.
        codes: commodity codes, HS.
        reviews: of this content, in order of time; not part of what is reviewed.
        licence: of the dossier's own words.
        made_with: name and version of this program.
        contact: where a reply or a correction can be sent; empty: not given.
    """

    case_id: str
    title: str
    question: str
    as_of: str
    published_on: str
    state: str
    summary: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    parties: tuple[Party, ...]
    citations: tuple[Citation, ...]
    files: tuple[SourceFile, ...]
    versions: tuple[Version, ...]
    hubs: tuple[str, ...]
    targets: tuple[str, ...]
    codes: tuple[str, ...]
    reviews: tuple[Review, ...] = ()
    licence: str = "CC BY 4.0"
    made_with: str = ""
    contact: str = ""

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, summary first."""
        yield from self.summary
        for section in self.sections:
            yield from section.sentences

    @property
    def named(self) -> tuple[str, ...]:
        """Names of parties that stand in a sentence, a finding or the list, each once."""
        found = [one.name for one in self.parties]
        found += [name for one in self.sentences() for name in one.names]
        found += [name for one in self.findings for name in one.names]
        return tuple(dict.fromkeys(found))

    @property
    def version(self) -> int:
        """Number of this version, from 1."""
        return self.versions[-1].number if self.versions else 1
