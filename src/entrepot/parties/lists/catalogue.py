"""Official addresses of lists, from `catalogue.csv`.

An address is a fact about a publisher's site and may change; a file that is fetched is read by its
content and refused where it is no list. Publishers' own pages: ofac.treasury.gov/sanctions-list-
service, data.europa.eu (consolidated list of persons subject to EU financial sanctions),
gov.uk/government/publications/the-uk-sanctions-list, main.un.org/securitycouncil, seco.admin.ch,
trade.gov/consolidated-screening-list.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from entrepot.errors import RequestError


@dataclass(frozen=True, slots=True)
class Address:
    """One file at a publisher: `part` is empty for a main file, else a part of an OFAC set."""

    list_id: str
    part: str
    publisher: str
    title: str
    address: str
    layout: str
    licence: str
    note: str


@cache
def catalogue() -> tuple[Address, ...]:
    """All addresses, in the order of the file."""
    text = resources.files("entrepot.parties.lists").joinpath("catalogue.csv").read_text("utf-8")
    return tuple(Address(**row) for row in csv.DictReader(text.splitlines()))


def addresses_of(list_id: str) -> tuple[Address, ...]:
    """The files of one list, the main file first.

    Raises:
        RequestError: no such list in the catalogue.
    """
    found = tuple(one for one in catalogue() if one.list_id == list_id)
    if not found:
        names = ", ".join(dict.fromkeys(one.list_id for one in catalogue()))
        raise RequestError(
            f"got list {list_id!r}, of which no address is known",
            hint=f"Known: {names}. Another list: download it and use `entrepot lists add FILE`.",
        )
    return found
