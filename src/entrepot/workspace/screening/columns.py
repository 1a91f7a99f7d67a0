"""Which column of a table holds what: as the user says, else guessed from the headings."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from entrepot.errors import RequestError

NAME_HEADINGS: Final = (
    "name", "party", "party name", "company", "company name", "counterparty", "consignee",
    "consignee name", "buyer", "importer", "importer name", "receiver", "recipient", "customer",
    "client", "supplier", "shipper", "exporter", "vessel", "vessel name", "full name",
)  # fmt: skip
"""Headings taken for the name where the user names no column, the likeliest first."""

ID_PROPERTIES: Final = {
    "imo": "imoNumber", "imonumber": "imoNumber", "mmsi": "mmsi", "callsign": "callSign",
    "inn": "innCode", "inncode": "innCode", "ogrn": "ogrnCode", "ogrncode": "ogrnCode",
    "lei": "leiCode", "leicode": "leiCode", "bic": "swiftBic", "swift": "swiftBic",
    "swiftbic": "swiftBic", "tail": "registrationNumber", "tailnumber": "registrationNumber",
    "registration": "registrationNumber", "registrationnumber": "registrationNumber",
    "unp": "taxNumber", "bin": "taxNumber", "iin": "taxNumber", "tax": "taxNumber",
    "taxnumber": "taxNumber", "taxid": "taxNumber", "vat": "vatCode", "vatcode": "vatCode",
    "okpo": "okpoCode", "okpocode": "okpoCode", "duns": "dunsCode", "dunscode": "dunsCode",
    "passport": "passportNumber", "passportnumber": "passportNumber", "id": "idNumber",
    "idnumber": "idNumber", "serial": "serialNumber", "serialnumber": "serialNumber",
    "msn": "serialNumber", "uei": "uniqueEntityId",
}  # fmt: skip
"""Headings of identifiers, letters only, to FollowTheMoney properties."""

OTHER_ID: Final = "idNumber"
"""Property of an identifier whose heading says nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Columns as the user named them; empty: not given.

    `ids` are `COLUMN` or `COLUMN=property`.
    """

    name: str = ""
    schema: str = ""
    country: str = ""
    birth_date: str = ""
    address: str = ""
    ids: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns as the file heads them.

    Attributes:
        name: the column of names; empty where rows are whole FollowTheMoney entities.
        facts: `schema` or a FollowTheMoney property, to its column.
        day: the column of the day; empty: none.
        is_guessed: the name column was guessed.
    """

    name: str
    facts: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    is_guessed: bool = False

    @property
    def used(self) -> tuple[str, ...]:
        """Every column that is read, each once."""
        all_of = (self.name, *self.facts.values(), self.day)
        return tuple(dict.fromkeys(one for one in all_of if one))


def choose(wanted: Wanted, names: Sequence[str], label: str) -> Columns:
    """The columns of a table.

    Args:
        wanted: as the user named them.
        names: the headings of the file.
        label: name of the file, for the sentence of an error.

    Raises:
        RequestError: a column that is not there or is there twice, or no column to guess.
    """
    guessed = "" if wanted.name else _guess(names)
    if not wanted.name and not guessed:
        raise RequestError(
            f"{label}: cannot tell which column holds the names; got {_listed(names)}",
            hint="Name it with --name-column.",
        )
    facts: dict[str, str] = {}
    single = {
        "schema": ("--schema-column", wanted.schema),
        "country": ("--country-column", wanted.country),
        "birthDate": ("--birth-date-column", wanted.birth_date),
        "address": ("--address-column", wanted.address),
    }
    for key, (option, asked) in single.items():
        if asked:
            facts[key] = _find(asked, names, option, label)
    for one in wanted.ids:
        heading, _, given = one.partition("=")
        column = _find(heading, names, "--id-columns", label)
        facts[_free(given.strip() or id_property(column), facts, column)] = column
    return Columns(
        name=guessed or _find(wanted.name, names, "--name-column", label),
        facts=facts,
        day=_find(wanted.day, names, "--date-column", label) if wanted.day else "",
        is_guessed=bool(guessed),
    )


def id_property(heading: str) -> str:
    """The FollowTheMoney property that a heading of an identifier stands for."""
    return ID_PROPERTIES.get("".join(filter(str.isalnum, heading.casefold())), OTHER_ID)


def _free(prop: str, facts: Mapping[str, str], column: str) -> str:
    if prop in facts:
        raise RequestError(
            f"got columns {facts[prop]!r} and {column!r} for the one property {prop}",
            hint="Say which is which: --id-columns 'COLUMN=taxNumber,OTHER=registrationNumber'.",
        )
    return prop


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").replace("-", " ").casefold().split())


def _guess(names: Sequence[str]) -> str:
    by_plain = {_plain(name): name for name in reversed(names)}
    return next((by_plain[one] for one in NAME_HEADINGS if one in by_plain), "")


def _find(asked: str, names: Sequence[str], option: str, label: str) -> str:
    exact = [name for name in names if name == asked.strip()]
    found = exact or [name for name in names if _plain(name) == _plain(asked)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise RequestError(
            f"{label}: got {option} {asked!r}, which heads {len(found)} columns, expected one"
        )
    close = difflib.get_close_matches(_plain(asked), [_plain(name) for name in names], n=1)
    like = next((name for name in names if close and _plain(name) == close[0]), "")
    raise RequestError(
        f"{label}: got {option} {asked!r}, which is none of its columns: {_listed(names)}",
        hint=f"Did you mean {like!r}?" if like else "",
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names) if names else "no column at all"
