"""How it was made: methods, versions, dates of the figures, and limits."""

from collections.abc import Iterator

from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.lawpart import ASKED_REGIMES
from entrepot.dossiers.assemble.material import Material
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.wording import sentence, single, upper
from entrepot.dossiers.dossier.section import Section, Sentence
from entrepot.evidence.standing.likelihood import PRIORS
from entrepot.measures.cite import listed
from entrepot.measures.context import regimes

SIGNS = 12
"""Characters of a sha256 that are printed in a sentence; the list of files has all."""


def method_section(material: Material, cited: Cited) -> Section:
    """What a reader has to know to make it again, and to know how far it goes."""
    said = [*_made(material, cited), *_records(material, cited), *_limits(material, cited)]
    return Section("method", "How it was made", tuple(said))


def _made(material: Material, cited: Cited) -> Iterator[Sentence]:
    cit = (method(cited, "dossier"),)
    yield sentence(
        f"Made with {material.made_with} from a case of the casebook; records, rules and lists "
        f"count as of {material.as_of}", "method", cit,
    )  # fmt: skip
    if material.claims:
        yield sentence(
            "Claims are tested against records one by one; counted are independent roots and not "
            "reports, and the odds move by printed ratios", "method",
            (method(cited, "assess"), method(cited, "standing"), method(cited, "roots")),
        )  # fmt: skip
        yield sentence(
            f"Probabilities are told in the bands of ICD 203, starting from {PRIORS[1] * 100:.0f} "
            "%, with the band's limits beside its term", "method", (method(cited, "standing"),),
        )  # fmt: skip
    if material.leads:
        yield sentence(
            "A lead is trade above an expectation made from its own past, from unrestricted goods "
            "and from other destinations, tried on trade that no ban touched", "method",
            (method(cited, "rise"),),
        )  # fmt: skip
    yield sentence(
        "Named parties are companies, persons, aircraft and vessels by name that claims print as "
        "actors or that the case holds; states and their public bodies are not among them",
        "method", (method(cited, "parties"),),
    )  # fmt: skip


def _records(material: Material, cited: Cited) -> Iterator[Sentence]:
    if material.figures is not None:
        files = listed([one[:SIGNS] for one in material.figures.file_ids], 4)
        cit = (method(cited, "rows"),)
        yield sentence(f"Trade figures: {material.figures.title} (sha256 {files})", "method", cit)
        for note in material.figures.notes:
            for text in single(note):
                yield sentence(upper(text), "method", cit)
    days = ", ".join(f"{one} {regimes()[one].state_to}" for one in ASKED_REGIMES)
    yield sentence(
        f"Rules: the built-in rule base, whose acts were read as they stood on a day ({days}); "
        "each line says how sure it is", "method", (method(cited, "rules"),),
    )  # fmt: skip
    editions = [
        f"{one.list_id} as of {one.days[-1] if one.days else 'an unknown day'}, edition "
        f"{one.edition_id[:SIGNS]}"
        for one in material.lists or ()
    ]
    if editions:
        text = f"Lists of parties: {listed(editions, 8)}"
        yield sentence(text, "method", (method(cited, "lists"),))


def _limits(material: Material, cited: Cited) -> Iterator[Sentence]:
    cit = (method(cited, "dossier"),)
    yield sentence(
        "Figures can be consistent with goods that were passed on and never show that they were; "
        "they name no firm", "method", cit,
    )  # fmt: skip
    yield sentence(
        "Notes of the case, who worked on it and where a protected source's words come from stay "
        "in the casebook", "method", cit,
    )  # fmt: skip
    for one in material.unread:
        yield sentence(
            f"{one} is too large to be read again, so its bytes were compared by their hash and "
            "its single rows were not", "method", (method(cited, "rows"),),
        )  # fmt: skip
