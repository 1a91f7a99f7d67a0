"""Which check to do first: how far each would move what is open, what it costs, when it can be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """An open claim, in plain numbers.

    Attributes:
        claim_id: in the casebook or of a report; empty: no claim is given, only a place.
        text: the claim.
        type: one of `records.evidence.TYPES`; empty: not known.
        probability: 0 to 1, that it holds, on the evidence at hand.
        word: its standing, one of `records.evidence.STANDINGS`.
        date_from: ISO day, first day it speaks of; empty: not said.
        date_to: ISO day after the last one; empty: open or not said.
        verdict: of the test against records that its probability already counts, one of
            `records.evidence.VERDICTS`; empty: none was made.
    """

    claim_id: str
    text: str
    type: str
    probability: float
    word: str
    date_from: str = ""
    date_to: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """One check worth doing, or why it is not.

    Attributes:
        rank: 1 is done first.
        what: the check in one line.
        why: one or two sentences: what it would show, how far it would move the claim.
        kind: one of `records.checks.KINDS`, or `records` for figures, rules and lists.
        check_ids: the checks of the plan that it consists of.
        claim_id: the claim that it tests; empty: none.
        expected_change: mean size of the change of probability over the outcomes, 0 to 1; null:
            no claim is given, or it is not known how fine the pictures are.
        if_seen: probability after an outcome for the claim; null: no claim is given, or it moves
            none.
        if_not_seen: probability after an outcome against it; null: the same, or an absence would
            prove nothing.
        cost: `minutes`, `hours`, `days`, `money`, or `a journey`.
        when: in words: now, or from which day.
        how: the command or the steps.
        limits: what it cannot show, in one sentence.
        check: name in `data/worth.tsv`; empty: not said.
        name: of what is done in one go, the same in every run; empty: not said.
    """

    rank: int
    what: str
    why: str
    kind: str
    check_ids: tuple[str, ...]
    claim_id: str
    expected_change: float | None
    if_seen: float | None
    if_not_seen: float | None
    cost: str
    when: str
    how: str
    limits: str
    check: str = ""
    name: str = ""
