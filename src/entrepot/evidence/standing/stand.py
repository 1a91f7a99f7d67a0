"""The standing of each fact that reports speak of: claims together, roots counted, odds moved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from entrepot.evidence.assessing.assessment import Assessment, turned
from entrepot.evidence.claim import Claim
from entrepot.evidence.independence.derivation import Derivation, Root
from entrepot.evidence.independence.sources import OTHER, source_of
from entrepot.evidence.standing.agreeing import TO_COME
from entrepot.evidence.standing.change import Change, changes
from entrepot.evidence.standing.evidence import AGAINST, FOR, Evidence, RecordTest
from entrepot.evidence.standing.gather import Judged, Whose, body_key, gather
from entrepot.evidence.standing.rivals import Rival, rivals
from entrepot.evidence.standing.weigh import Weighed, weigh
from entrepot.evidence.standing.words import counted, in_full, in_short
from entrepot.evidence.wording import band

DENIED: Final = "of what is denied: "
_OTHER_SIDE: Final = {FOR: AGAINST, AGAINST: FOR}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one fact stands.

    Attributes:
        claims: what the reports say of it; the first is the one that was tested.
        weighed: roots, ratios, probability.
        rivals: other reasons for what was reported.
        changes: what would change it, the largest shift first.
        is_to_come: it is a threat or a forecast, so that its probability is not told.

    Of a denial everything here is about what is denied: word, sides, records, probability.
    """

    claims: tuple[Claim, ...]
    weighed: Weighed
    rivals: tuple[Rival, ...]
    changes: tuple[Change, ...]
    is_to_come: bool

    @property
    def is_of_denied(self) -> bool:
        """Whether the first claim is a denial, so that all of this is about what it denies."""
        return self.claims[0].kind == "denial"

    @property
    def short(self) -> str:
        """One line: the word, items and roots, and the band of probability."""
        if self.is_to_come:
            return f"{self.weighed.word}, {counted(self.weighed)}; of what is to come"
        return DENIED * self.is_of_denied + in_short(self.weighed)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in sentences."""
        if not self.is_to_come:
            said_of = ("The claim is a denial; what follows is about what it denies.",)
            return (*said_of * self.is_of_denied, *in_full(self.weighed, self.rivals, self.changes))
        said = f"Standing: {self.weighed.word} ({counted(self.weighed)})."
        return (said, "It speaks of what is to come, so no probability is given.")

    def row(self) -> dict[str, Any]:
        """As data; probability null where it is not told."""
        one, told = self.weighed, not self.is_to_come
        return {
            "standing": one.word, "items": one.items, "roots": list(one.roots_for),
            "roots_against": list(one.roots_against), "roots_both": list(one.roots_both),
            "is_of_denied": self.is_of_denied,
            "probability": round(one.probability, 3) if told else None,
            "probability_low": round(one.low, 3) if told else None,
            "probability_high": round(one.high, 3) if told else None,
            "band": band(one.probability) if told else None,
            "ratios": [{"what": two.name, "ratio": round(two.ratio, 3), "why": two.why,
                        "refs": list(two.refs)} for two in one.factors],
            "rivals": [{"hypothesis": two.hypothesis, "test": two.test, "needs": two.needs}
                       for two in self.rivals],
            "would_change": [{"what": two.what, "standing": two.word,
                              "probability": round(two.probability, 3)}
                             for two in self.changes if two.changes] if told else [],
        }  # fmt: skip


def stand(
    group: Sequence[Claim],
    roots: Mapping[str, Sequence[Whose]],
    tested: Assessment | None = None,
    grades: Mapping[str, Judged] | None = None,
    more: Sequence[Evidence] = (),
) -> Standing:
    """The standing of the fact that a group of claims speaks of.

    Args:
        group: claims that agree on what they speak of (`agreeing.groups`), the tested one first.
        roots: of each report, by report id (`roots_of`).
        tested: the test of the first claim against records; null: none was made. A denial is
            tested as what it says, the opposite of what it denies.
        grades: by root key and by claim id.
        more: evidence that people added, for or against the first claim as it is said.
    """
    head = group[0]
    is_denial = head.kind == "denial"
    added = [replace(one, relation=_OTHER_SIDE.get(one.relation, one.relation)) if is_denial
             else one for one in more]  # fmt: skip
    evidence = [*gather(group, roots, grades), *added]
    record, needed = None, ""
    if tested is not None:
        refs = tuple(str(row) for one in tested.because for row in one.rows)
        verdict = turned(tested.verdict) if is_denial else tested.verdict
        record = RecordTest(verdict, refs[:20], tested.part)
        needed = tested.needed[0] if tested.needed else ""
    return Standing(
        tuple(group),
        weigh(evidence, record),
        rivals(head.type, head.predicate),
        changes(evidence, record, needed),
        head.kind in TO_COME,
    )


def roots_of(derivation: Derivation, report_of: Callable[[str], str]) -> dict[str, list[Whose]]:
    """Roots of each report by report id.

    Args:
        derivation: of the items that the reports are.
        report_of: report id of an item id.
    """
    publishers = {item.item_id: item.publisher for item in derivation.items}
    found: dict[str, list[Whose]] = {}
    for item in derivation.items:
        whose = [_whose(root, publishers.get(root.root_id, ""))
                 for root in derivation.roots_of(item.item_id)]  # fmt: skip
        found.setdefault(report_of(item.item_id), []).extend(whose)
    return {report: list(dict.fromkeys(whose)) for report, whose in found.items()}


def _whose(root: Root, publisher: str) -> Whose:
    """A root's key: an original that is not at hand is known by the body that it is put down to.

    A report at hand is known by its publisher, as where another report says "according to" it;
    and two reports of one publisher are one root.
    """
    if root.is_item:
        return Whose(body_key(publisher), root.label) if publisher else _by_id(root)
    source = source_of(root.label)
    if source is not None and source.what != OTHER:
        return Whose(body_key(root.label), source.words)
    return _by_id(root)


def _by_id(root: Root) -> Whose:
    return Whose(root.root_id, root.label)
