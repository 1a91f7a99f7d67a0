"""What is asked of the figures: the explicit parameters of one run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from entrepot.codes.country import members, parse
from entrepot.codes.period import parse_period
from entrepot.errors import RequestError
from entrepot.measures.inquiry import EXPORTERS
from entrepot.units import DEFAULT_FALSE_SHARE

LEVELS = (2, 4, 6, 8)

REGIME_OF = {"EU27": "EU", **{whose: regime for regime, whose in EXPORTERS.items()}}
"""Whose rules bind the exporters of a coalition member."""


@dataclass(frozen=True)
class Question:
    """Parameters of a search for leads.

    `hubs` empty: every third country in the figures. `fdr`: largest expected share of false leads.
    `as_of`: only periods that had ended, and measures in force, by this day. `currency` empty: the
    one in which the figures are complete.
    """

    target: str = "RUS"
    coalition: str = "EU"
    hubs: tuple[str, ...] = ()
    level: int = 4
    since: str = "2022-03"
    fdr: float = DEFAULT_FALSE_SHARE
    as_of: date | None = None
    currency: str = ""

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise RequestError(f"got level {self.level}, valid are 2, 4, 6 and 8")
        if not 0 < self.fdr <= 1:
            raise RequestError(f"got a false share of {self.fdr}, expected above 0 and at most 1")
        if self.target in self.exporters():
            raise RequestError(f"target {self.target} is itself a member of the coalition")
        clash = set(self.hubs) & (self.exporters() | {self.target})
        if clash:
            raise RequestError(
                f"got {', '.join(sorted(clash))} as hub, expected countries that are neither "
                "target nor member of the coalition"
            )
        parse_period(self.since)

    @classmethod
    def ask(
        cls,
        *,
        target: str = "RUS",
        coalition: str = "EU",
        hubs: tuple[str, ...] = (),
        since: str = "2022-03",
        level: int = 4,
        fdr: float = DEFAULT_FALSE_SHARE,
        as_of: date | None = None,
        currency: str = "",
    ) -> "Question":
        """A question from what a person types: any ISO form or common name of a country.

        Raises:
            CodeError: a country or period is not known.
            RequestError: the parts do not fit together.
        """
        named = tuple(sorted({parse(name) for text in hubs for name in text.split(",")}))
        return cls(
            parse(target), coalition, named, level, parse_period(since), fdr, as_of, currency
        )

    def parts(self) -> tuple[str, ...]:
        """What the coalition was named by: "EU,USA" has two parts."""
        return tuple(part.strip() for part in self.coalition.split(","))

    def exporters(self) -> frozenset[str]:
        """The members of the coalition, as ISO alpha-3."""
        return frozenset().union(*(members(part) for part in self.parts()))

    def regimes(self) -> tuple[str, ...]:
        """The regimes that bind these exporters."""
        names = [
            part if part in REGIME_OF else "EU" if members(part) <= members("EU") else parse(part)
            for part in self.parts()
        ]
        return tuple(sorted({REGIME_OF[name] for name in names if name in REGIME_OF}))

    def parts_without(self, reporters: Iterable[str]) -> tuple[str, ...]:
        """Parts of the coalition, as they were named, of which no member reports anything."""
        there = set(reporters)
        return tuple(part for part in self.parts() if not members(part) & there)
