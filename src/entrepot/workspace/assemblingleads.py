"""Leads of a case, found again in the figures at hand, with all that stands behind them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from entrepot.casebook.cases import Case
from entrepot.codes.country import name
from entrepot.dossiers.assemble.material import LeadIn, StakesIn
from entrepot.dossiers.law import index
from entrepot.errors import DossierError, RequestError
from entrepot.evidence.assessing.records import Loaded, Records
from entrepot.measures.exposure import Rules
from entrepot.signals.checks import checks
from entrepot.signals.detect import Findings, detect
from entrepot.signals.gaps import lead_gaps, levels_check
from entrepot.signals.lead import Lead
from entrepot.signals.pitfalls_rows import open_rows
from entrepot.signals.question import Question
from entrepot.signals.route import onward_series, route
from entrepot.signals.trace import rows_behind
from entrepot.workspace.assemblingfiles import Archived
from entrepot.workspace.stakes import exposure_of
from entrepot.workspace.straight import Figures, rules

USUAL_LEVELS: Final = (4, 6)
"""Digits at which a lead is looked for that no run log knows: each takes seconds. A choice."""

Told = Callable[[str], None]
Hit = tuple[Lead, Findings]


def file_ids_of(held: Records) -> tuple[str, ...]:
    """The files that the figures come from; none: no figures are loaded."""
    if held.figures is None:
        return ()
    rows = held.figures.engine.fetch(held.figures.flows.select("file_id").distinct())
    return tuple(sorted(rows["file_id"].to_pylist()))


def leads_of(
    case: Case, held: Records, as_of: date, questions: Sequence[Question], archive: Archived,
    told: Told,
) -> tuple[LeadIn, ...]:  # fmt: skip
    """The leads of a case, the best rank first.

    Args:
        case: names the leads by their ids.
        held: the figures.
        as_of: of the dossier.
        questions: tried first; then the usual ones for the case's own target.
        archive: of the figures, in which the rows are looked up.
        told: hears what is looked for.

    Raises:
        DossierError: the figures do not give a lead, or a row of it is not as archived.
    """
    wanted = list(case.things("lead"))
    if not wanted:
        return ()
    if held.figures is None:
        raise DossierError(f"got no trade figures, expected those that give {wanted[0]}")
    found: dict[str, Hit] = {}
    for one in _runs(case, held, held.figures, as_of, questions, told):
        found |= {lead.lead_id: (lead, one) for lead in one.leads
                  if lead.lead_id in wanted and lead.lead_id not in found}  # fmt: skip
        if len(found) == len(wanted):
            break
    for key in wanted:
        if key not in found:
            raise DossierError(
                f"got {key} in {case.case_id}, which the figures at hand do not give as of {as_of}",
                hint="A lead id names hub, goods, target and window: give the figures and the day "
                f"it was found with, or take it out: entrepot case drop {case.case_id} {key}.",
            )
    made = [_behind(*found[key], held.figures, archive, told) for key in wanted]
    return tuple(sorted(made, key=_order))


def _order(one: LeadIn) -> tuple[bool, int, float, str]:
    """Leads before notes, by rank; what has no rank last."""
    lead = one.lead
    return lead.status != "lead", lead.rank or 1 << 30, -(lead.excess or 0.0), lead.lead_id


def _runs(
    case: Case, held: Records, figures: Loaded, as_of: date, questions: Sequence[Question],
    told: Told,
) -> Iterator[Findings]:  # fmt: skip
    """Findings to look in, those that are most likely first; each question once."""
    asked: set[Question] = set()
    targets = list(dict.fromkeys([case.target or "RUS", "RUS"]))
    for question in [*questions, *_usual(targets, held.since)]:
        for day in (as_of, question.as_of):
            if day is None or day > as_of:
                continue
            one = replace(question, as_of=day)
            if one in asked:
                continue
            asked.add(one)
            if (found := _found(one, held, figures, told)) is not None:
                yield found


def _usual(targets: Sequence[str], since: str) -> Iterator[Question]:
    for target in targets:
        for level in USUAL_LEVELS:
            yield Question.ask(target=target, since=since, level=level)


def _found(question: Question, held: Records, figures: Loaded, told: Told) -> Findings | None:
    """What one question finds; the records remember their own; null: it cannot be asked of them."""
    try:
        if held.leads is not None:
            known = held.leads(question.target)
            if known.question == question:
                return known
        told(f"looking for leads to {name(question.target)} at {question.level} digits")
        return detect(figures.flows, rules(question), question, figures.engine)
    except RequestError:
        return None


def _behind(lead: Lead, found: Findings, figures: Loaded, archive: Archived, told: Told) -> LeadIn:
    told(f"reading what stands behind {lead.lead_id}")
    question, engine = found.question, figures.engine
    measures = rules(question)
    rows = rows_behind(figures.flows, lead, question, engine).to_pylist()
    column = f"value_{lead.currency.lower()}"
    for file_id in sorted({row["file_id"] for row in rows}):
        archive.check(file_id, [row for row in rows if row["file_id"] == file_id], column)
    opened = open_rows(figures.flows, lead, found, measures, engine)
    tests = (
        *checks(lead, question.fdr, opened), levels_check(lead_gaps(lead, found.legs)),
        route(lead, found).check,
    )  # fmt: skip
    by_id = index(measures)
    return LeadIn(
        lead, question, tuple({**row, "value": float(row["value"])} for row in rows), tests,
        onward_series([lead], found).get(lead.lead_id),
        tuple(by_id[one] for one in lead.valid_measures if one in by_id),
        found.panel.silence.lagging,
    )  # fmt: skip


def stakes_of(
    case: Case, held: Records, file_ids: tuple[str, ...], as_of: date, told: Told
) -> StakesIn | None:
    """What the hub of a case stands to lose under the rules for its target; null: none is named."""
    if not (case.hub and case.target):
        return None
    if held.figures is None:
        return StakesIn(None, not_known="no trade figures are loaded")
    told(f"adding up what {name(case.hub)} stands to lose")
    figures = Figures(held.figures.flows, file_ids, None, held.figures.title)
    try:
        found = exposure_of(
            figures, held.rulebook, case.hub, Rules(case.hub, as_of), Rules(case.target, as_of),
            regime="EU", engine=held.figures.engine,
        )  # fmt: skip
    except RequestError as error:
        return StakesIn(None, not_known=str(error))
    return StakesIn(found.exposure, found.periods, found.total, found.is_mirror)
