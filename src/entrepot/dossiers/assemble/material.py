"""What a dossier is made of, as it was read from the casebook, the figures and the lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from entrepot.casebook.cases import Case
from entrepot.casebook.results import Result
from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.evidence.assessing.assessment import Assessment
from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report
from entrepot.evidence.standing.stand import Standing
from entrepot.measures.book import Row, Rulebook
from entrepot.measures.exposure import Exposure
from entrepot.parties.lists.records import Held
from entrepot.parties.match.query import Hit
from entrepot.signals.check import Check
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from entrepot.signals.route import Series


@dataclass(frozen=True)
class LeadIn:
    """A lead of the case with what stands behind it.

    Attributes:
        lead: with its numbers.
        question: that gives it.
        rows: published rows that were added up (`signals.trace.rows_behind`), largest first.
        checks: all its named tests.
        onward: what the hub sold to the target a period; null: no figures of that.
        measures: rows of the rule base that bind the goods.
        lagging: reporters that were late, as `ALPHA3 PERIOD`.
    """

    lead: Lead
    question: Question
    rows: tuple[Mapping[str, Any], ...]
    checks: tuple[Check, ...]
    onward: Series | None
    measures: tuple[Row, ...]
    lagging: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """A report in which a claim stands.

    Attributes:
        report: with its text.
        at: when it was kept, UTC, in ISO form.
        is_protected: it came from a tip, so nothing of where it came from leaves the house.
    """

    report: Report
    at: str
    is_protected: bool


@dataclass(frozen=True)
class ClaimIn:
    """A claim of the case, under its id in the casebook, with its test and its standing.

    `said` are the reports of all claims that agree with it, its own first. `others` are those
    claims.
    """

    claim_id: str
    claim: Claim
    said: tuple[Said, ...]
    others: tuple[Claim, ...]
    standing: Standing
    tested: Assessment | None


@dataclass(frozen=True)
class PartyIn:
    """One who is named, with what lists hold.

    `hits`: listed parties that bear the name on the day. `is_member`: somebody put it in the case.
    `measures`: rows of the rule base that name it and bind on the day.
    """

    name: str
    schema: str
    country: str
    hits: tuple[Hit, ...]
    measures: tuple[Row, ...]
    is_member: bool = False
    asked_on: str = ""
    reply: str = ""
    no_reply_because: str = ""


@dataclass(frozen=True)
class StakesIn:
    """What the hub stands to lose; `file_ids` of the figures, `not_known`: why there is none."""

    exposure: Exposure | None
    periods: tuple[str, ...] = ()
    total: float | None = None
    is_mirror: bool = False
    not_known: str = ""


@dataclass(frozen=True)
class Figures:
    """The figures behind all: title, what they lack, what they are as of a day, their files."""

    title: str
    file_ids: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """All that a dossier is made of. Pure data: the same material gives the same dossier.

    `lists` null: none is loaded. `beside`: files of observations and flights. `tips`: redacted
    claims of tips in the case. `unread`: files of which single rows were not read again.
    `withheld`: how many claims are told without a name. `unnamed`: parties put into the case that
    no claim backs, so they are left out.
    """

    case: Case
    as_of: date
    contact: str
    made_with: str
    rulebook: Rulebook
    files: tuple[SourceFile, ...]
    rules_id: str
    figures: Figures | None = None
    leads: tuple[LeadIn, ...] = ()
    claims: tuple[ClaimIn, ...] = ()
    checks: tuple[Mapping[str, Any], ...] = ()
    checks_bare: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    tips: tuple[str, ...] = ()
    parties: tuple[PartyIn, ...] = ()
    parties_unknown: tuple[str, ...] = ()
    lists: tuple[Held, ...] | None = None
    stakes: StakesIn | None = None
    beside: tuple[SourceFile, ...] = ()
    unread: tuple[str, ...] = ()
    withheld: int = 0
    unnamed: int = 0
