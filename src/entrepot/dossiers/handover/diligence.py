"""An exporter's due-diligence file: what was checked, when and with what, and what was not.

It says what a dossier holds and leaves blanks for what only the exporter knows. A check that was
not made is a line of its own, for an empty list would read as a clean one.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.facts import Row, facts
from entrepot.dossiers.handover.fit import is_draft
from entrepot.dossiers.handover.footnotes import Footnotes
from entrepot.dossiers.handover.goods import described, land
from entrepot.dossiers.handover.handed import NOTHING_GIVEN, Given, Handed
from entrepot.dossiers.handover.rating import rating
from entrepot.dossiers.handover.said import sentences
from entrepot.dossiers.handover.texts import rendered, table
from entrepot.dossiers.paper import listed

YES, NO, YOURS = "yes", "no", "to be filled by the exporter"
AREAS: Final = {
    "rule": "rules", "list": "lists of parties", "figures": "trade figures",
    "report": "reports", "check": "own checks", "casebook": "casebook", "method": "method",
}  # fmt: skip
EXPECTED: Final = ("rule", "list", "figures", "report", "check")
"""Kinds of checks that a reader expects; one without a citation is said to be not made."""
OWN: Final = (
    "end user and end use, in writing", "who owns and runs the customer",
    "whether the customer's business fits the goods and the amount",
    "route, consignee and notify party of each delivery", "who pays, from where",
    "clauses of the contract", "classification of the goods by your own experts",
)  # fmt: skip
"""What a dossier of public records cannot hold."""
COLUMNS: Final = ("area", "item", "checked", "on", "source", "retrieved", "locator", "query",
                  "result", "file_sha256", "citation_id")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist; cells that do not apply are empty."""

    area: str
    item: str
    checked: str
    on: str = ""
    source: str = ""
    retrieved: str = ""
    locator: str = ""
    query: str = ""
    result: str = ""
    file_sha256: str = ""
    citation_id: str = ""


def diligence_csv(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The checklist for a spreadsheet."""
    rows = [asdict(one) for one in items(dossier)]
    return Handed("due-diligence.csv", "text/csv", table(COLUMNS, rows))


def diligence_md(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The file as text with its sources."""
    notes = Footnotes(dossier)
    held = list(items(dossier))
    made = rendered(
        "diligence.md.j2", dossier=dossier, is_draft=is_draft(dossier),
        publisher=given.publisher, goods=[(one, described(one)) for one in dossier.codes],
        hubs=listed([land(one) for one in dossier.hubs]),
        targets=listed([land(one) for one in dossier.targets]),
        checked=[(one, notes.mark([one.citation_id])) for one in held if one.checked == YES],
        missing=[one for one in held if one.checked == NO],
        yours=[one.item for one in held if one.checked == YOURS],
        findings=[(one, rating(one).name, notes.mark(one.citations)) for one in dossier.findings],
        unknowns=sentences(dossier, notes, "unknown"),
        explanations=sentences(dossier, notes, "explanation"),
        clauses=[(one, notes.mark(_citing(one, dossier))) for one in facts("clauses")],
        notes=notes,
    )  # fmt: skip
    return Handed("due-diligence.md", "text/markdown", made)


def items(dossier: Dossier) -> Iterator[Item]:
    """What was checked, what was not, and what only the exporter can."""
    files = {one.file_id: one for one in dossier.files}
    kinds = {one.kind for one in dossier.citations}
    results = _results(dossier)
    for kind in AREAS:
        for one in dossier.citations:
            if one.kind == kind:
                yield _item(one, files.get(one.file_id), dossier, results)
    yield from _parties(dossier, kinds)
    for kind in EXPECTED:
        if kind not in kinds:
            yield Item(AREAS[kind], f"{AREAS[kind]}: nothing in this dossier", NO)
    for finding in dossier.findings:
        if rating(finding).value is None:
            yield Item("claims", finding.text, NO, result=rating(finding).name)
    yield from (Item("exporter", one, YOURS) for one in OWN)


def _item(
    one: Citation, file: SourceFile | None, dossier: Dossier, results: dict[str, str]
) -> Item:
    return Item(
        AREAS[one.kind], one.what, YES, dossier.as_of, file.publisher if file else "",
        file.retrieved_at if file else "", one.locator, one.query,
        results.get(one.citation_id, ""), one.file_id, one.citation_id,
    )  # fmt: skip


def _results(dossier: Dossier) -> dict[str, str]:
    """The first sentence that tells what each citation holds: of a record, of a report."""
    kinds = {one.citation_id: one.kind for one in dossier.citations}
    found: dict[str, str] = {}
    for sentence in dossier.sentences():
        for one in sentence.citations:
            if sentence.kind == ("claim" if kinds.get(one) == "report" else "record"):
                found.setdefault(one, sentence.text)
    return found


def _parties(dossier: Dossier, kinds: set[str]) -> Iterator[Item]:
    """Each named party against lists; "no hit" is said only where a list was asked at all."""
    for one in dossier.parties:
        if one.listed or "list" in kinds:
            yield Item(AREAS["list"], one.name, YES, dossier.as_of,
                       result=one.listed or "no hit on the lists named here",
                       citation_id=next(iter(one.citations), ""))  # fmt: skip
        else:
            yield Item(AREAS["list"], one.name, NO, result="no list is cited in this dossier")


def _citing(clause: Row, dossier: Dossier) -> list[str]:
    """Citations of rules that speak of a clause."""
    return [
        one.citation_id
        for one in dossier.citations
        if one.kind == "rule" and clause["look_for"] in f"{one.locator} {one.what}"
    ]
