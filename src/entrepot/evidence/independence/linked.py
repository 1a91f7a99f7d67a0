"""Decisions on reports, as a casebook keeps them, as corrections of a set of items."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from entrepot.evidence.independence.derivation import KINDS, Correction


class Linked(Protocol):
    """What one person said of two reports; see `casebook.links.Link`."""

    @property
    def report_a(self) -> str: ...  # noqa: D102
    @property
    def report_b(self) -> str: ...  # noqa: D102
    @property
    def relation(self) -> str: ...  # noqa: D102
    @property
    def because(self) -> str: ...  # noqa: D102
    @property
    def by(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> str: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102


def corrections_of(
    links: Iterable[Linked], items: Mapping[str, str]
) -> tuple[list[Correction], list[str]]:
    """Corrections from decisions, and a sentence for each that is not applied.

    A disputed decision is not applied: two people say different things, and neither wins.

    Args:
        links: decisions, oldest first; those on other reports are passed over.
        items: report id -> item id.
    """
    made, passed = [], []
    for one in links:
        if one.report_a not in items or one.report_b not in items:
            continue
        if one.state == "disputed":
            said = f"{one.by} says {one.report_a} {one.relation} {one.report_b}"
            passed.append(f"{said}, and another person says otherwise: neither is applied")
        elif one.state == "stands":
            made.append(_correction(one, items))
    return made, passed


def _correction(one: Linked, items: Mapping[str, str]) -> Correction:
    is_derived = one.relation in KINDS
    return Correction(
        "from" if is_derived else "not", items[one.report_a], items[one.report_b],
        one.relation if is_derived else "copies", one.by, _moment(one.at), one.because,
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
