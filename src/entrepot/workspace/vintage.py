"""Figures as of an earlier day: which files and periods count, and the words that say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from entrepot.codes.period import is_month
from entrepot.sources import pocket
from entrepot.sources.merge import Choice, cut
from entrepot.sources.publication import UNKNOWN, Delay, Edge, delay_of, edge
from entrepot.sources.summary import ImportSummary


@dataclass(frozen=True)
class Vintage:
    """What figures as of a day are.

    Attributes:
        as_of: the day.
        period_to: last period used; null: none was out by then.
        is_approximate: some are of a later or unknown vintage, cut to what was due.
        sentences: the last period and why, what is approximate, and what is left out.
    """

    as_of: date
    period_to: str | None
    is_approximate: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """Figures of one file as of a day; null `edge`: all of it was published by then."""

    name: str
    publisher: str | None
    published_on: str | None
    period_to: str
    edge: Edge | None

    @property
    def last(self) -> str:
        """Last period that counts."""
        return self.edge.last_of(self.period_to) if self.edge else self.period_to

    @property
    def delay(self) -> Delay:
        """Of its publisher."""
        return delay_of(self.publisher)


def shipped_as_of(flows: ir.Table, as_of: date) -> tuple[ir.Table, Vintage]:
    """The figures that ship, cut to what was due by the day, and what they are then."""
    about = pocket.about()
    is_out = as_of >= pocket.PUBLISHED_ON
    last = None if is_out else edge(as_of, delay_of(pocket.PUBLISHER))
    published_on = str(pocket.PUBLISHED_ON)
    part = _Part(about.title, pocket.PUBLISHER, published_on, about.period_to, last)
    kept = cut(flows, {about.sha256: last})
    return kept, _vintage([part], [], as_of, has_data=part.last >= about.period_from)


def imported_as_of(flows: ir.Table, choice: Choice, as_of: date) -> tuple[ir.Table, Vintage]:
    """Imported figures, those of later files cut to what was due, and what they are then.

    Args:
        flows: rows of the files of the choice.
        choice: at least one file that counts.
        as_of: the day.
    """
    parts = {one.file_id: _part(one, None) for one in choice.of_the_time}
    for one in choice.later:
        parts[one.file_id] = _part(one, edge(as_of, delay_of(one.publisher)))
    kept = cut(flows, {file_id: part.edge for file_id, part in parts.items()})
    return kept, _vintage(list(parts.values()), choice.left_out, as_of)


def _part(one: ImportSummary, last: Edge | None) -> _Part:
    return _Part(one.name, one.publisher, one.published_on, one.period_to or "", last)


def _vintage(
    parts: Sequence[_Part],
    left_out: Iterable[ImportSummary],
    as_of: date,
    *,
    has_data: bool = True,
) -> Vintage:
    late = [part for part in parts if part.edge]
    last = max(part.last for part in parts) if has_data else None
    said = [
        f"As of {as_of}: figures to {last} are used, the last that were out by then."
        if last
        else f"As of {as_of}: none of these figures was out by then."
    ]
    said += list(dict.fromkeys(_why(part) for part in late))
    if late and last:
        days = ", ".join(sorted({part.published_on or "an unknown day" for part in late}))
        said.append(
            f"Approximate: revisions made since are in it (figures as published on {days})."
        )
    hidden = ", ".join(f"{one.name} ({one.published_on or 'day unknown'})" for one in left_out)
    if hidden:
        said.append(f"Not used, as published later or not out by then: {hidden}.")
    return Vintage(as_of, last, bool(late), tuple(said))


def _why(part: _Part) -> str:
    """Why the periods of a file end where they do."""
    delay = part.delay
    has_months = is_month(part.period_to) and delay.month_days is not None
    days, kind = (delay.month_days, "month") if has_months else (delay.year_days, "year")
    if delay.publisher == UNKNOWN:
        return (
            f"Who published {part.name} and when is not known, so the longest delay is taken: a "
            f"{kind} counts as published {days} days after its end. To say it: entrepot import "
            "FILE --publisher NAME --published DATE."
        )
    return f"A {kind} of {delay.publisher} counts as published {days} days after its end."
