"""The records at hand that a claim is tested against. A door puts them together (`workspace`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

import ibis.expr.types as ir

from entrepot.engine import Engine
from entrepot.measures.book import Rulebook
from entrepot.parties.lists.records import Held
from entrepot.parties.match.query import Hit
from entrepot.signals.detect import Findings
from entrepot.signals.partners.table import Partners
from entrepot.sources.flightlist import Flight
from entrepot.sources.observations import Observation

SINCE: Final = "2022-03"
"""From when trade is looked at where a claim says no time: the first whole month after 24 February
2022, as `entrepot leads` has it by default. A choice."""


@dataclass(frozen=True)
class Loaded:
    """Trade figures.

    `flows` are rows of `TRADE_FLOW` in `engine`; `title` names them; `names` the file of each
    `file_id`; `lacks` what they are known not to hold; `notes` what they are as of a day.
    `kept` remembers look-ups for the time of one run.
    """

    flows: ir.Table
    engine: Engine
    title: str
    names: Mapping[str, str] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What was made under this name before, or is made now."""
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]


class Listed(Protocol):
    """Lists of parties that can be asked by day and by name."""

    def editions(self) -> tuple[Held, ...]:
        """The editions held."""

    def alike(self, name: str, day: date | None) -> list[Hit]:
        """Parties listed on a day, or that may have been, whose name is like this one, best first.

        Null day: as the lists stand.
        """


@dataclass(frozen=True)
class Records:
    """What is at hand.

    Null: nothing of the kind is loaded, which is not the same as an empty table. `leads` gives the
    leads of the figures for a target (ISO alpha-3), `partners` the partners of a country around a
    day; both are asked only where a claim needs them and may raise `RequestError`.
    """

    rulebook: Rulebook
    figures: Loaded | None = None
    lists: Listed | None = None
    observations: tuple[Observation, ...] | None = None
    flights: tuple[Flight, ...] | None = None
    leads: Callable[[str], Findings] | None = None
    partners: Callable[[str, date | None], Partners] | None = None
    since: str = SINCE
