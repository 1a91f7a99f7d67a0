"""What stands beside the measures: regimes, how far the base reaches, remarks, partners, families.

Each is a small CSV under `measures/base/`, one fact a line, with its certainty and citation.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final, TypeVar

from entrepot.codes import country
from entrepot.codes.period import within
from entrepot.errors import CodeError, RequestError, RuleError
from entrepot.records.rules import ANY, CERTAINTIES

Record = TypeVar("Record")


@dataclass(frozen=True)
class Regime:
    """A sanctions programme.

    `follows_item`: its rules go with goods of `origin` wherever they are. `state_to`: last day for
    which its acts were read; `limit` says what was not.
    """

    regime: str
    name: str
    binds: str
    follows_item: bool
    origin: str
    state_to: date
    limit: str
    certainty: str
    citation: str


@dataclass(frozen=True)
class Instrument:
    """An act. `subject` is the country it is about, empty where it is about none."""

    instrument: str
    regime: str
    subject: str
    title: str
    citation: str


@dataclass(frozen=True)
class Reach:
    """Where absence from the base means "not listed": one destination, codes, half-open time.

    A hole takes its codes out again: acts name them, and the base does not hold them.
    """

    regime: str
    destination: str
    commodity_code: str
    known_from: date
    known_to: date
    is_hole: bool
    certainty: str
    citation: str
    note: str


@dataclass(frozen=True)
class Remark:
    """A dated fact of law which is no measure on goods: general rules, easings, printing errors."""

    regime: str
    destination: str
    commodity_code: str
    topic: str
    valid_from: date
    valid_to: date | None
    article: str
    text: str
    certainty: str
    citation: str


@dataclass(frozen=True)
class Partner:
    """A country to which a clause of an instrument does not apply, as its measures are like."""

    instrument: str
    country: str
    valid_from: date
    valid_to: date | None
    certainty: str
    citation: str


@dataclass(frozen=True)
class Kinship:
    """A code of a family of goods for one use, which acts spread over several annexes."""

    family: str
    commodity_code: str
    goods: str


USE_IN: Final = "use_in"
"""Topic of a remark: a sale elsewhere that is meant for use in the destination counts as one."""


@cache
def regimes() -> dict[str, Regime]:
    """The regimes of the base by their short name (EU, US, UK, CH, UN)."""
    return {one.regime: one for one in _read("regimes.csv", Regime)}


@cache
def instruments() -> dict[str, Instrument]:
    """The acts by the name that measures use."""
    return {one.instrument: one for one in _read("instruments.csv", Instrument)}


@cache
def reaches() -> tuple[Reach, ...]:
    """How far the base reaches."""
    return _read("reach.csv", Reach)


@cache
def remarks() -> tuple[Remark, ...]:
    """General rules and oddities."""
    return _read("remarks.csv", Remark)


@cache
def partners() -> tuple[Partner, ...]:
    """Countries that clauses leave out."""
    return _read("partners.csv", Partner)


@cache
def families() -> tuple[Kinship, ...]:
    """Goods of one use."""
    return _read("families.csv", Kinship)


def _read(name: str, kind: Callable[..., Record]) -> tuple[Record, ...]:
    path = resources.files("entrepot.measures").joinpath("base", name)
    reader = csv.DictReader(path.read_text("utf-8").splitlines())
    return tuple(kind(**_cells(cells, f"base/{name}:{reader.line_num}")) for cells in reader)


def _cells(cells: dict[str, Any], place: str) -> dict[str, Any]:
    if None in cells or None in cells.values():
        raise RuleError(
            f"{place}: got more or fewer cells than columns",
            hint="Put text that holds a comma in double quotes.",
        )
    return {column: _value(column, text, place) for column, text in cells.items()}


def _value(column: str, text: str, place: str) -> Any:
    try:
        if column == "valid_to" and not text:
            return None
        if column in ("valid_from", "valid_to", "known_from", "known_to", "state_to"):
            return date.fromisoformat(text)
        if column in ("is_hole", "follows_item"):
            return {"true": True, "false": False}[text]
        if column in ("destination", "country"):
            return text if text == ANY else country.parse(text)
        if column == "certainty" and text not in CERTAINTIES:
            raise ValueError(text)
    except (ValueError, KeyError, CodeError) as error:
        raise RuleError(
            f"{place}: got {column} {text!r}, which is not well formed",
            hint="docs/rules.md says what each column holds.",
        ) from error
    return text


def reach(regime: str, destination: str, code: str, on: date) -> Reach | None:
    """The line that lets absence be read as "not listed"; null: the base does not reach there.

    Nothing reaches into a hole.
    """
    if hole(regime, destination, code, on) is not None:
        return None
    for one in _lines_on(regime, destination):
        wider = one.commodity_code == ANY or code.startswith(one.commodity_code)
        if wider and not one.is_hole and within(one.known_from, one.known_to, on):
            return one
    return None


def _lines_on(regime: str, destination: str) -> list[Reach]:
    """What is said of the reach to one destination."""
    places = (destination, ANY)
    return [one for one in reaches() if one.regime == regime and one.destination in places]


def whole_reach(regime: str, destination: str) -> list[Reach]:
    """Times in which the base holds all codes that a regime names for a destination."""
    lines = _lines_on(regime, destination)
    return [one for one in lines if one.commodity_code == ANY and not one.is_hole]


def refuse_unreached(names: Iterable[str], destination: str, on: date) -> None:
    """Refuse to compare lists where the base does not hold all of one.

    Raises:
        RequestError: some codes that a regime names for the destination may be missing that day.
    """
    for regime in names:
        times = whole_reach(regime, destination)
        if any(within(one.known_from, one.known_to, on) for one in times):
            continue
        held = "; ".join(f"{one.known_from} to {one.known_to - timedelta(days=1)}" for one in times)
        raise RequestError(
            f"the base does not hold all that {regimes()[regime].name} rules bar to "
            f"{country.name(destination)} on {on}, so what is open to it is not known",
            hint=f"It does for: {held}." if held else "Ask single codes: entrepot rules ask.",
        )


def hole(regime: str, destination: str, code: str, on: date) -> Reach | None:
    """The hole in which a code, a part of it, or a wider one lies; null: none."""
    for one in _lines_on(regime, destination):
        wider = one.commodity_code == ANY or code.startswith(one.commodity_code)
        near = wider or one.commodity_code.startswith(code)
        if one.is_hole and near and within(one.known_from, one.known_to, on):
            return one
    return None


def is_partner(instrument: str, place: str, on: date) -> bool:
    """Whether a clause of an instrument leaves a country out on a day."""
    return any(
        one.instrument == instrument
        and one.country == place
        and within(one.valid_from, one.valid_to, on)
        for one in partners()
    )
