"""The casebook: reports, claims, what people decided, evidence, grades, links and standings.

Every entry is added and none is changed. Where two people differ, both stand.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection

from entrepot.casebook import (
    claims,
    decisions,
    evidence,
    grades,
    links,
    reports,
    standings,
    trail,
    withdrawals,
)
from entrepot.casebook.address import Address, address_of
from entrepot.casebook.check import Checked, check
from entrepot.casebook.door import Door
from entrepot.casebook.evidence import Evidence
from entrepot.casebook.export import exported
from entrepot.casebook.grades import Grade
from entrepot.casebook.links import Link
from entrepot.casebook.opening import Upgraded, opened, upgraded
from entrepot.casebook.overview import overview
from entrepot.casebook.reports import Kept
from entrepot.casebook.standings import NotedStanding
from entrepot.casebook.states import ClaimState, Decision
from entrepot.casebook.trail import Clock, Line, Pen, now_utc
from entrepot.casebook.withdrawals import Withdrawal
from entrepot.errors import RequestError
from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report


class Casebook:
    """An open casebook.

    Methods that write take `by`, who does it, and raise `RequestError` where it is empty. All
    raise `CasebookError` where the file or the server cannot be read or written; then nothing is
    half written.
    """

    def __init__(self, door: Door, clock: Clock) -> None:
        self._door = door
        self._clock = clock

    @classmethod
    def open(cls, where: str | Path, clock: Clock = now_utc, *, create: bool = True) -> Self:
        """Open a casebook.

        Args:
            where: a file, or `postgresql://USER@HOST/DATABASE`.
            clock: gives the UTC instant for entries.
            create: make the file where there is none; on PostgreSQL only `upgrade` makes one.

        Raises:
            RequestError: the address cannot be read.
            CasebookError: there is none, or it has the layout of another version.
        """
        return cls(opened(address_of(where), clock, create=create), clock)

    @staticmethod
    def upgrade(where: str | Path, clock: Clock = now_utc, *, by: str = "entrepot") -> Upgraded:
        """Make a casebook, or bring it to this version's layout; of a file a copy is kept."""
        return upgraded(address_of(where), clock, by)

    def close(self) -> None:
        """Close its connections."""
        self._door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    @property
    def address(self) -> Address:
        """Where it lies; `address.shown` has no password."""
        return self._door.address

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of all tables; for modules with tables of their own."""
        with self._door.reading() as connection:
            yield connection

    @contextmanager
    def writing(self, by: str) -> Iterator[Pen]:
        """A pen for several entries in one transaction: all of them, or none after an error."""
        if not by.strip():
            raise RequestError(
                "got nobody who says so, expected a name or a sign",
                hint="Give --by NAME, or set ENTREPOT_USER.",
            )
        with self._door.writing() as connection:
            yield Pen(connection, by.strip(), self._clock)

    def add_report(self, report: Report, *, by: str) -> bool:
        """Keep a report; False: it is there already."""
        with self.writing(by) as pen:
            return reports.add(pen, report)

    def add_claims(self, found: Iterable[Claim], *, by: str) -> tuple[str, ...]:
        """Keep claims of reports that are kept; ids of those that were added."""
        with self.writing(by) as pen:
            return claims.add(pen, found)

    def keep(self, report: Report, found: Iterable[Claim], *, by: str) -> tuple[str, ...]:
        """Keep a report and its claims together; ids of the claims that were added."""
        with self.writing(by) as pen:
            reports.add(pen, report)
            return claims.add(pen, found)

    def decide(
        self, claim_id: str, decision: str, *, by: str, because: str = "",
        fields: Mapping[str, Any] | None = None, version: str | None = None,
    ) -> Decision:  # fmt: skip
        """Confirm, edit or reject a claim; see `casebook.decisions.decide`."""
        with self.writing(by) as pen:
            return decisions.decide(
                pen, claim_id, decision, because=because, fields=fields, version=version
            )

    def decide_all(
        self, claim_ids: Iterable[str], decision: str, *, by: str, because: str = ""
    ) -> tuple[Decision, ...]:
        """Confirm or reject several claims, all or none."""
        with self.writing(by) as pen:
            return tuple(decisions.decide(pen, one, decision, because=because) for one in claim_ids)

    def withdraw(self, entry_id: str, *, by: str, because: str = "") -> Withdrawal:
        """Take back an entry by one more; see `casebook.withdrawals.withdraw`."""
        with self.writing(by) as pen:
            return withdrawals.withdraw(pen, entry_id, because)

    def add_evidence(
        self, claim_id: str, relation: str, *, by: str, report_id: str | None = None,
        reference: str = "", observer: str = "", note: str = "",
    ) -> Evidence:  # fmt: skip
        """Add one source's word for or against a claim; see `casebook.evidence.add`."""
        with self.writing(by) as pen:
            return evidence.add(
                pen, claim_id, relation, report_id=report_id, reference=reference,
                observer=observer, note=note,
            )  # fmt: skip

    def grade(
        self, subject_kind: str, subject_id: str, *, by: str, reliability: str | None = None,
        credibility: int | None = None, because: str = "",
    ) -> Grade:  # fmt: skip
        """Grade a source or an item; see `casebook.grades.add`."""
        with self.writing(by) as pen:
            return grades.add(
                pen, subject_kind, subject_id, reliability=reliability, credibility=credibility,
                because=because,
            )  # fmt: skip

    def link(
        self, report_a: str, relation: str, report_b: str, *, by: str, because: str = ""
    ) -> Link:
        """Say what one report is to another; see `casebook.links.add`."""
        with self.writing(by) as pen:
            return links.add(pen, report_a, relation, report_b, because=because)

    def note_standing(
        self, claim_id: str, standing: str, inputs: Mapping[str, Any], *, by: str
    ) -> NotedStanding:
        """Keep a computed standing with its inputs; see `casebook.standings.note`."""
        with self.writing(by) as pen:
            return standings.note(pen, claim_id, standing, inputs)

    def reports(self, report_id: str | None = None) -> tuple[Kept, ...]:
        """The reports in order, one entry for each place where a text appeared."""
        with self.reading() as connection:
            return reports.listed(connection, report_id)

    def report(self, report_id: str) -> Report:
        """One report as it was first kept; `RequestError` where there is none."""
        with self.reading() as connection:
            return reports.one(connection, report_id)

    def claims(
        self, *, state: str | None = None, type: str | None = None, report_id: str | None = None
    ) -> tuple[ClaimState, ...]:
        """Claims with their states, in the order in which they were first read.

        Args:
            state: one of `casebook.states.STATES`.
            type: of the wording that counts.
            report_id: of the report they were read from.
        """
        with self.reading() as connection:
            found = claims.states(connection, report_id=report_id)
        return tuple(
            one for one in found
            if (state is None or one.state == state) and (type is None or one.claim.type == type)
        )  # fmt: skip

    def claim(self, claim_id: str) -> ClaimState:
        """One claim with its state; `RequestError` where there is none."""
        with self.reading() as connection:
            return claims.state(connection, claim_id)

    def evidence(self, claim_id: str | None = None) -> tuple[Evidence, ...]:
        """Evidence in order, withdrawn items too."""
        with self.reading() as connection:
            return evidence.listed(connection, claim_id)

    def grades(
        self, subject_kind: str | None = None, subject_id: str | None = None
    ) -> tuple[Grade, ...]:
        """Grades in order, withdrawn ones too; `grades.counting` gives those that count."""
        with self.reading() as connection:
            return grades.listed(connection, subject_kind, subject_id)

    def links(self) -> tuple[Link, ...]:
        """What people said of two reports, each with its state."""
        with self.reading() as connection:
            return links.listed(connection)

    def standings(self, claim_id: str | None = None) -> tuple[NotedStanding, ...]:
        """Standings in the order in which they were noted."""
        with self.reading() as connection:
            return standings.listed(connection, claim_id)

    def trail(
        self, *, since: date | None = None, about: str | None = None, by: str | None = None
    ) -> tuple[Line, ...]:
        """Who did what when; see `casebook.trail.lines`."""
        with self.reading() as connection:
            return trail.lines(connection, since=since, about=about, by=by)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry: print it and keep it elsewhere."""
        with self.reading() as connection:
            return trail.head_of(connection)

    def overview(self) -> dict[str, Any]:
        """What it holds, in numbers; see `casebook.overview.overview`."""
        with self.reading() as connection:
            return overview(connection, self.address.shown)

    def export(self) -> Iterator[dict[str, Any]]:
        """All entries without what is sealed; see `casebook.export.exported`."""
        with self.reading() as connection:
            yield from exported(connection)

    def check(self, head: str | None = None) -> Checked:
        """Whether all is as it was left; see `casebook.check.check`."""
        with self.reading() as connection:
            return check(connection, head)
