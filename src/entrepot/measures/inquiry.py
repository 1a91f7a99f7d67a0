"""One sale that the rules are asked about, from what a person types."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.codes import country
from entrepot.codes.commodity import normalise
from entrepot.codes.editions import is_known
from entrepot.errors import RequestError
from entrepot.measures.context import regimes
from entrepot.measures.rows import whole_heading


@dataclass(frozen=True)
class Inquiry:
    """One sale. Countries are alpha-3; `code` digits; empty text and null: not said.

    `party` is whom the goods go to, `origin` where they were made, `for_use_in` where they will be
    used, `contract` the day of the contract (null: `on` itself). `printed` is the code as it was
    given: 8411 00 00 in the Official Journal is heading 8411.
    """

    regime: str
    destination: str
    code: str
    on: date
    party: str = ""
    origin: str = ""
    for_use_in: str = ""
    contract: date | None = None
    printed: str = ""


def inquire(
    regime: str,
    destination: str,
    code: str,
    on: date,
    *,
    party: str = "",
    origin: str = "",
    for_use_in: str = "",
    contract: date | None = None,
) -> Inquiry:
    """An inquiry from what a person types: any form of a country, dots or blanks in the code.

    Raises:
        CodeError: a country or code is not well formed.
        RequestError: the base has no such regime, the destination is under the regime itself, or
            the contract is later than the day.
    """
    whose, target, printed = _regime(regime), country.parse(destination), normalise(code)
    if not is_known(whole_heading(printed)):
        raise RequestError(
            f"got code {printed}, which is in no HS edition since 2012",
            hint="Ask with fewer digits, such as the heading.",
        )
    if target in under(whose):
        raise RequestError(
            f"got {country.name(target)} as destination, expected a country outside: a sale within "
            f"{regimes()[whose].name} territory is no export",
            hint="For goods that go on from there, give the country of use as the destination.",
        )
    if contract is not None and contract > on:
        raise RequestError(f"got a contract of {contract}, expected one of {on} or before")
    return Inquiry(
        regime=whose,
        destination=target,
        code=whole_heading(printed),
        on=on,
        party=party.strip(),
        origin=country.parse(origin) if origin else "",
        for_use_in=country.parse(for_use_in) if for_use_in else "",
        contract=contract,
        printed=printed,
    )


EXPORTERS: Final = {"EU": "EU", "US": "USA", "UK": "GBR", "CH": "CHE"}
"""Whose exports each regime binds first of all: a country, or a group of them."""


def under(regime: str) -> frozenset[str]:
    """Countries whose own exporters the regime binds; none for the UN."""
    return country.members(EXPORTERS[regime]) if regime in EXPORTERS else frozenset()


def _regime(text: str) -> str:
    """The regime of an exporter: its own short name, or a country under it."""
    name = text.strip().upper()
    if name in regimes():
        return name
    if name == "EU27":
        return "EU"
    place = country.parse(text)
    for regime in EXPORTERS:
        if place in under(regime):
            return regime
    raise RequestError(
        f"got {text!r}, expected a regime of the base: {', '.join(regimes())}",
        hint="A country of one of them will do too, such as Germany for EU.",
    )
