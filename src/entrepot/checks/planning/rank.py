"""Which check to do first: by the change of probability to be expected, for what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from entrepot.checks.planning.advice import Advice, Question
from entrepot.checks.planning.expected import Expected, expected
from entrepot.checks.planning.ground import at_desk, on_ground
from entrepot.checks.planning.group import Group, Look, chance, is_meant, reaching, within
from entrepot.checks.planning.overhead import overhead
from entrepot.checks.planning.plan import Plan
from entrepot.checks.planning.reasons import limits_of, why, why_place
from entrepot.checks.planning.worth import (
    COUNTED,
    IMAGE,
    KIND,
    LEVELS,
    THERE,
    Subject,
    Worth,
    subject_of,
    subjects,
    weight,
    worth,
)


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a group of checks would do to one claim."""

    question: Question
    subject: Subject | None
    row: Worth | None
    looks: tuple[Look, ...]
    look: float
    would: Expected | None
    of_unknown_gsd: bool = False

    @property
    def change(self) -> float:
        return self.would.change if self.would else 0.0

    @property
    def is_known(self) -> bool:
        """False: looks that would count are of no known ground sample distance."""
        return bool(self.would) or not self.of_unknown_gsd


def advise(plan: Plan, questions: Sequence[Question], *, today: date) -> tuple[Advice, ...]:
    """The checks of a plan, those worth doing first in front.

    With claims: by the mean size of the change of probability, summed over the claims, divided by
    what the check costs. A check that moves none of them is listed last, with the reason. Without
    claims: by how much of what claims usually speak of it could show, times the chance of a usable
    look, divided by the cost; sooner before later. Equals go by day, then by name.

    Every chance and ratio is a choice (`docs/case.md`); only their order of size means anything.

    Args:
        plan: what could be checked; its own `questions` and `advice` are not read.
        questions: open claims; empty: only a place is asked for.
        today: what is before it can only be asked for in archives.
    """
    groups = [*overhead(plan, today), *on_ground(plan, today)]
    open_ones = [one for one in questions if one.claim_id or one.text]
    if not open_ones:
        scored = [(_detail(one) / weight(one.cost), one, _of_place(one)) for one in groups]
    else:
        scored = []
        for group in [*at_desk(plan, open_ones, today), *groups]:
            effects = [_effect(group, one) for one in open_ones]
            total = sum(one.change for one in effects)
            if group.kind != "records" or any(one.row for one in effects):
                scored.append((total / weight(group.cost), group, _of_claims(group, effects)))
    scored.sort(key=lambda one: (-round(one[0], 9), one[1].starts, one[1].name))
    return tuple(replace(one, rank=rank) for rank, (_, _, one) in enumerate(scored, 1))


def _effect(group: Group, question: Question) -> _Effect:
    subject = subject_of(question.text)
    if group.check == IMAGE:
        return _from_above(group, question, subject)
    row = worth(question.type, group.check)
    look = group.fixed
    if group.days is not None and not is_meant(question, *group.days):
        look = 0.0
    if group.kind == "records" and question.verdict in COUNTED:
        look = 0.0
    return _Effect(question, subject, row, (), look, _would(question, row, look))


def _from_above(group: Group, question: Question, subject: Subject | None) -> _Effect:
    """The level at which images would move a claim most."""
    looks = within(group.looks, question)
    blind = bool(looks) and all(one.gsd_m is None for one in looks)
    best = _Effect(question, subject, None, (), 0.0, None, of_unknown_gsd=blind)
    for level in LEVELS if not group.is_radar else (THERE,):
        row = worth(question.type, IMAGE, level)
        fine = reaching(looks, subject.limit_m(level) if subject else None)
        look = chance(fine)
        made = _Effect(question, subject, row, tuple(fine), look, _would(question, row, look))
        if made.change > best.change:
            best = made
    return best


def _would(question: Question, row: Worth | None, look: float) -> Expected | None:
    return expected(question.probability, row, look) if row and look else None


def _of_claims(group: Group, effects: Sequence[_Effect]) -> Advice:
    most = max(effects, key=lambda one: (one.change, one.row is not None))
    others = [one.change for one in effects if one is not most and one.change > 0]
    ids = tuple(one.check_id for one in (most.looks or group.looks)) or group.check_ids
    return Advice(
        rank=0, what=group.what,
        why=why(group, most.question, most.subject, most.row, most.look, most.would,
                len(most.looks), others),
        kind=group.kind, check_ids=ids, claim_id=most.question.claim_id,
        expected_change=most.change if most.is_known else None,
        if_seen=most.would.if_seen if most.would else None,
        if_not_seen=most.would.if_not_seen if most.would else None,
        cost=group.cost, when=group.when, how=group.how,
        limits=most.row.limits if most.row else limits_of(group), check=group.check,
        name=group.name,
    )  # fmt: skip


def _of_place(group: Group) -> Advice:
    ids = tuple(one.check_id for one in group.looks) or group.check_ids
    look = chance(group.looks) if group.looks else group.fixed
    return Advice(
        rank=0, what=group.what, why=why_place(group, look), kind=group.kind, check_ids=ids,
        claim_id="", expected_change=None, if_seen=None, if_not_seen=None, cost=group.cost,
        when=group.when, how=group.how, limits=limits_of(group), check=group.check, name=group.name,
    )  # fmt: skip


def _detail(group: Group) -> float:
    """What a group can show, where no claim says what is looked for.

    Overhead: mean over the things of `data/subjects.tsv` of the chance to tell the kind, and half
    of that to see that something is there. Otherwise: the mean chance over types of claims that
    it tells something.
    """
    if group.check != IMAGE:
        rows = [worth(one, group.check) for one in ("movement", "transfer", "trade", "other")]
        return group.fixed * sum(one.tells for one in rows if one) / len(rows)
    found = 0.0
    for subject in subjects():
        kind = 0.0 if group.is_radar else chance(reaching(group.looks, subject.limit_m(KIND)))
        there = chance(reaching(group.looks, subject.limit_m(THERE)))
        found += max(kind, there / 2)
    return found / len(subjects())
