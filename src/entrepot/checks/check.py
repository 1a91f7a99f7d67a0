"""What all checks share: the row of the contract, and the gaps where nothing covers a place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from entrepot.checks.window import moment
from entrepot.records.checks import CHECK
from entrepot.records.ids import content_id

IDENTITY: Final = ("kind", "site", "at", "from", "to", "what")
"""Columns that name a check: the same chance has the same id in every run."""


class Check(Protocol):
    """One way to see for oneself. Passes, images, missions and movements each have their class."""

    @property
    def kind(self) -> str:
        """One of `records.checks.KINDS` or `ADVISED`."""

    def row(self) -> dict[str, Any]:
        """The columns of `records.checks.CHECK`, made with `row_of`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time, or a whole kind of check, of which nothing is known.

    A gap is never read as "nothing was there".

    Attributes:
        kind: of the check that is missing, one of `records.checks.KINDS`.
        site: the place.
        from_at: first UTC instant; null: the whole window.
        to_at: instant after the last one; null: the whole window.
        why: one sentence.
        needed: what would fill it, as a command or a file; empty: nothing is known to.
    """

    kind: str
    site: str
    from_at: datetime | None
    to_at: datetime | None
    why: str
    needed: str = ""


def row_of(kind: str, site: str, what: str, **values: Any) -> dict[str, Any]:
    """A row of `CHECK`: moments as ISO text to the second in UTC, what is not given null.

    Args:
        kind: one of `records.checks.KINDS` or `ADVISED`.
        site: name of the place.
        what: in words.
        values: other columns of `CHECK`; `from_` and `to_` stand for `from` and `to`.
    """
    given = {"kind": kind, "site": site, "what": what} | {
        name.removesuffix("_"): moment(value) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
    unknown = set(given) - set(CHECK)
    if unknown:
        raise TypeError(f"a check has no {', '.join(sorted(unknown))}")
    given["check_id"] = content_id("chk", *(str(given.get(name) or "") for name in IDENTITY))
    return {name: given.get(name) for name in CHECK}
