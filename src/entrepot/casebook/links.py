"""Which report was made from which: corrections of the derivation graph, with who says so."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from entrepot.casebook import reports
from entrepot.casebook.tables import links, trail
from entrepot.casebook.trail import Pen
from entrepot.casebook.withdrawals import listed as withdrawals
from entrepot.casebook.withdrawals import withdrawn
from entrepot.errors import RequestError

RELATIONS: Final = ("copies", "cites", "translates", "same_document", "independent")
"""What `report_a` does with `report_b`; the last two hold both ways."""

_BOTH_WAYS: Final = ("same_document", "independent")


@dataclass(frozen=True, slots=True)
class Link:
    """What one person says of two reports.

    Attributes:
        link_id: `lin_` and a hash.
        report_a: the report that was made from the other one.
        report_b: the other one.
        relation: one of `RELATIONS`.
        because: the reason.
        by: who.
        at: when, UTC, in ISO form.
        state: `stands`; `replaced` by a later one of the same person on the same two; `withdrawn`;
            `disputed`: another person says otherwise of the same two, and both are there.
    """

    link_id: str
    report_a: str
    report_b: str
    relation: str
    because: str
    by: str
    at: str
    state: str = "stands"


def add(pen: Pen, report_a: str, relation: str, report_b: str, *, because: str = "") -> Link:
    """Say what one report is to another; the same said twice by a person adds nothing.

    Raises:
        RequestError: an unknown relation or report, or a report and itself.
    """
    if relation not in RELATIONS:
        raise RequestError(f"got relation {relation!r}, expected {', '.join(RELATIONS)}")
    if report_a == report_b:
        raise RequestError(f"got {report_a} twice, expected two reports")
    reports.check_known(pen.connection, [report_a, report_b])
    said = _said(report_a, relation, report_b)
    for one in listed(pen.connection):
        same = _said(one.report_a, one.relation, one.report_b) == said
        if same and one.by == pen.by and one.state in ("stands", "disputed"):
            return one
    row = {"report_a": report_a, "report_b": report_b, "relation": relation,
           "because": because.strip()}  # fmt: skip
    key = pen.fresh_id("lin", *row.values())
    line = pen.add(links, row | {"link_id": key}, action="link", object_id=report_a)
    return Link(key, report_a, report_b, relation, because.strip(), pen.by, line.at)


def listed(connection: Connection) -> tuple[Link, ...]:
    """All links in order, each with its state."""
    gone = withdrawn(withdrawals(connection))
    columns = [links.c[name] for name in (
        "link_id", "report_a", "report_b", "relation", "because"
    )]  # fmt: skip
    asked = (
        select(*columns, trail.c.said_by, trail.c.at)
        .join(trail, trail.c.seq == links.c.seq)
        .order_by(links.c.seq)
    )
    found = [Link(*tuple(row)) for row in connection.execute(asked)]
    last: dict[tuple[frozenset[str], str], Link] = {}
    for one in found:
        if one.link_id not in gone:
            last[_pair(one), one.by] = one
    views: dict[frozenset[str], set[tuple[str, ...]]] = {}
    for one in last.values():
        views.setdefault(_pair(one), set()).add(_said(one.report_a, one.relation, one.report_b))
    return tuple(_with_state(one, set(gone), last, views) for one in found)


def _with_state(
    one: Link, gone: set[str], last: dict[tuple[frozenset[str], str], Link],
    views: dict[frozenset[str], set[tuple[str, ...]]],
) -> Link:  # fmt: skip
    state = "stands"
    if one.link_id in gone:
        state = "withdrawn"
    elif last[_pair(one), one.by].link_id != one.link_id:
        state = "replaced"
    elif len(views[_pair(one)]) > 1:
        state = "disputed"
    return Link(
        one.link_id, one.report_a, one.report_b, one.relation, one.because, one.by, one.at, state
    )


def _pair(one: Link) -> frozenset[str]:
    return frozenset((one.report_a, one.report_b))


def _said(report_a: str, relation: str, report_b: str) -> tuple[str, ...]:
    ends = sorted((report_a, report_b)) if relation in _BOTH_WAYS else [report_a, report_b]
    return (relation, *ends)
