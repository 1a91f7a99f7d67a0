"""A dossier from what was read: a pure function, so that the same material is the same bytes."""

from collections.abc import Iterable, Iterator
from typing import Final

from entrepot.dossiers.assemble.checkpart import check_section
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.claimpart import claim_section
from entrepot.dossiers.assemble.lawpart import law_section
from entrepot.dossiers.assemble.leadpart import lead_section
from entrepot.dossiers.assemble.material import Material
from entrepot.dossiers.assemble.methodpart import method_section
from entrepot.dossiers.assemble.otherpart import other_section
from entrepot.dossiers.assemble.partypart import party_list
from entrepot.dossiers.assemble.stakespart import stakes_section
from entrepot.dossiers.assemble.summarypart import summary
from entrepot.dossiers.assemble.unknownpart import unknown_section
from entrepot.dossiers.assemble.withhold import withheld
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party, Version
from entrepot.dossiers.dossier.section import Section, Sentence

FIRST: Final = (Version(1, "", "", ()),)


def made_of(material: Material) -> Dossier:
    """The dossier of a case; a draft, without reviews.

    Raises:
        DossierError: a row stands in a file that is not archived.
    """
    material = withheld(material)
    cited = Cited(material.files)
    law = law_section(material, cited)
    said, findings = claim_section(material, cited)
    sections = (
        lead_section(material, cited), law, said, check_section(material, cited),
        other_section(material, cited), stakes_section(material, cited),
        unknown_section(material, cited), method_section(material, cited),
    )  # fmt: skip
    parties = party_list(material, cited)
    first = summary(material, law, findings, cited)
    used = set(_used(first, sections, findings, parties))
    case, leads = material.case, [one.lead for one in material.leads]
    return Dossier(
        case_id=case.case_id, title=case.title, question=case.question,
        as_of=material.as_of.isoformat(), published_on="", state=case.state,
        summary=first, sections=sections, findings=findings, parties=parties,
        citations=cited.citations(used), files=cited.files(used), versions=FIRST,
        hubs=_each([case.hub, *(one.hub for one in leads)]),
        targets=_each([case.target, *(one.target for one in leads)]),
        codes=_each([*(one.commodity_code for one in leads), *_codes(material)]),
        made_with=material.made_with, contact=material.contact,
    )  # fmt: skip


def _codes(material: Material) -> Iterator[str]:
    """The first code of the goods of each claim."""
    for one in material.claims:
        yield from one.claim.goods_codes[:1]


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one for one in values if one}))


def _used(
    first: Iterable[Sentence],
    sections: Iterable[Section],
    findings: Iterable[Finding],
    parties: Iterable[Party],
) -> Iterator[str]:
    for section in sections:
        for sentence in section.sentences:
            yield from sentence.citations
        for table in section.tables:
            for ids in table.citations:
                yield from ids
        for chart in section.charts:
            yield from chart.citations
    cited: list[Sentence | Finding | Party] = [*first, *findings, *parties]
    for one in cited:
        yield from one.citations
