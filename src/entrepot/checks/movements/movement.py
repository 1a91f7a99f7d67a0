"""A recorded movement: a flight that receivers heard, trains or trucks that somebody counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from entrepot.checks.check import row_of


@dataclass(frozen=True, slots=True)
class Movement:
    """One flight, or one observation of traffic on the ground.

    Attributes:
        kind: `flight` by air, `movement` on the ground.
        site: name of the place it touches.
        what: in words: call sign, type, from, to; or what was counted.
        from_at: first UTC instant heard or observed.
        to_at: last one heard, or the instant after the observation.
        operator: of the aircraft; empty: not known.
        registration: tail number; empty: not known, or no aircraft.
        listing: what the lists say of the aircraft or its operator on the day; empty: no lists are
            loaded, which is not "no hit".
        source: file and row.
    """

    kind: str
    site: str
    what: str
    from_at: datetime
    to_at: datetime
    operator: str
    registration: str
    listing: str
    source: str

    def row(self) -> dict[str, Any]:
        """The columns of `records.checks.CHECK`."""
        return row_of(
            self.kind, self.site, self.what, from_=self.from_at, to_=self.to_at,
            operator=self.operator or None, status=self.listing or None, source=self.source,
        )  # fmt: skip
