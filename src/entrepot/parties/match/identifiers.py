"""Identifiers of parties: read, normalised, compared exactly.

Equal identifiers of a strong kind make a possible match even under another name. Two values of one
kind that cannot both be true of one party contradict the match. The rest says nothing.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from entrepot.parties.checkdigits import CHECKS, filler
from entrepot.parties.match.contradiction import COUNTRIES
from entrepot.parties.match.kinds import AIRCRAFT, ORGANISATION, VESSEL, kind_of
from entrepot.parties.match.numbers import dressed_off
from entrepot.parties.match.tails import tail
from entrepot.parties.party import NAMES, Properties

_KINDS = {
    "imoNumber": "IMO", "mmsi": "MMSI", "callSign": "CALLSIGN", "innCode": "INN",
    "ogrnCode": "OGRN",
    "leiCode": "LEI", "swiftBic": "BIC", "bicCode": "BIC", "taxNumber": "TAX", "vatCode": "TAX",
    "registrationNumber": "REGISTRATION", "idNumber": "ID", "passportNumber": "PASSPORT",
    "serialNumber": "MSN", "uniqueEntityId": "UEI", "dunsCode": "DUNS", "isin": "ISIN",
    "npiCode": "NPI", "okpoCode": "OKPO", "kppCode": "KPP", "publicKey": "WALLET",
    "socialSecurityNumber": "ID",
}  # fmt: skip

WORTH = {
    "IMO": 0.95, "LEI": 0.95, "INN": 0.95, "OGRN": 0.95, "TAIL": 0.95, "MMSI": 0.9, "BIC": 0.9,
    "UEI": 0.95, "NPI": 0.95, "ISIN": 0.95, "WALLET": 0.97, "UNP": 0.9, "BIN": 0.9, "DUNS": 0.9,
    "MSN": 0.8, "OKPO": 0.85, "TAX": 0.85, "REGISTRATION": 0.85, "ID": 0.85, "PASSPORT": 0.85,
}  # fmt: skip
"""Score of a party for one equal identifier, names left aside; strong kinds as in logic-v2."""

SINGLE = ("IMO", "LEI", "INN", "OGRN", "TAIL", "UEI", "UNP", "BIN")
"""Kinds of which a party has one at a time; a different value speaks against the match."""

WEAK = ("MMSI", "MSN")
"""Kinds that change with the flag, or that two makers may give: other values speak a little against
the match, and only where both sides give just one."""

UNKNOWN = "idNumber"
"""Property of a query for a number of which nobody knows what it is: it may agree with any kind of
identifier and never contradicts."""

_READINGS = {VESSEL: ("IMO", "MMSI", "CALLSIGN"), ORGANISATION: ("IMO", "LEI", "BIC"),
             AIRCRAFT: ("TAIL", "MSN")}  # fmt: skip
"""Kinds that an unknown number is read as, by what is asked for; the numbers of companies and
persons share one pool as it is."""

TITLES = {
    "TAIL": "tail number", "MSN": "serial number", "TAX": "tax number", "ID": "identity number",
    "REGISTRATION": "registration number", "PASSPORT": "passport number", "CALLSIGN": "call sign",
    "WALLET": "wallet address",
}  # fmt: skip

_POOLED = (
    "INN",
    "OGRN",
    "UNP",
    "BIN",
    "TAX",
    "REGISTRATION",
    "ID",
    "PASSPORT",
    "OKPO",
    "DUNS",
    "UEI",
)
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Identifier:
    """`kind`, the normalised `value`, the text `written`; `fits`: its check digit, null if none.

    `sure`: it is known to be of this kind, and may contradict.
    """

    kind: str
    value: str
    written: str
    fits: bool | None
    sure: bool = True

    @property
    def key(self) -> str:
        """Equal keys are equal identifiers: numbers of companies and persons share one pool."""
        return f"{'NUMBER' if self.kind in _POOLED else self.kind}:{self.value}"

    @property
    def title(self) -> str:
        """The kind in words."""
        return TITLES.get(self.kind, self.kind)


def identifiers(schema: str | None, properties: Properties) -> tuple[Identifier, ...]:
    """Every identifier of a party, those in its name included; each key once."""
    aircraft = bool(kind_of(schema) & AIRCRAFT)
    surely = schema == "Airplane"
    found: dict[str, Identifier] = {}
    for one in (*_written(properties, aircraft), *_named(properties, aircraft, surely)):
        found.setdefault(one.key, one)
    return tuple(found.values())


def _written(properties: Properties, aircraft: bool) -> list[Identifier]:
    found = []
    countries = {text.lower() for name in COUNTRIES for text in properties.get(name, ())}
    for name, kind in _KINDS.items():
        for text in properties.get(name, ()):
            mark = tail(text, surely=True) if aircraft and kind in ("REGISTRATION", "ID") else None
            one = (
                Identifier("TAIL", mark, text, None) if mark else identifier(kind, text, countries)
            )
            if one:
                found.append(one)
    return found


def _named(properties: Properties, aircraft: bool, surely: bool) -> list[Identifier]:
    if not aircraft:
        return []
    texts = [text for kind in NAMES for text in properties.get(kind, ())]
    marks = ((tail(text, surely=surely or " " not in text.strip()), text) for text in texts)
    return [Identifier("TAIL", mark, text, None) for mark, text in marks if mark]


def asked(schema: str | None, properties: Properties) -> tuple[Identifier, ...]:
    """The identifiers of a query: as `identifiers`, and numbers of unknown kind in every reading.

    A number under `idNumber` (`UNKNOWN`), of whatever schema, agrees with an equal identifier of
    any kind that the party asked for can have, and contradicts none.
    """
    known = {name: texts for name, texts in properties.items() if name != UNKNOWN}
    sure = identifiers(schema, known)
    found = {one.key: one for one in sure}
    for text in properties.get(UNKNOWN, ()):
        for one in _unsure(kind_of(schema), text):
            found.setdefault(one.key, one)
    return tuple(found.values())


def _unsure(kinds: int, text: str) -> list[Identifier]:
    names = [name for kind, those in _READINGS.items() if kinds & kind for name in those]
    found = [identifier("ID", text)]
    for name in dict.fromkeys([*names, "WALLET"]):
        mark = tail(text, surely=True) if name == "TAIL" else None
        found.append(Identifier("TAIL", mark, text, None) if mark else identifier(name, text))
    return [replace(one, sure=False) for one in found if one and one.fits is not False]


def identifier(kind: str, text: str, countries: Container[str] = ()) -> Identifier | None:
    """One identifier from its text; null where it tells no parties apart.

    That is: it is too short, has no digit, or is one digit repeated. `countries` of the party, as
    alpha-2 codes in small letters, say whose tax number it is.
    """
    value = text.strip() if kind == "WALLET" else dressed_off(kind, text)
    if len(value) < _SHORTEST or filler(value):
        return None
    if kind not in ("CALLSIGN", "BIC") and not any(map(str.isdigit, value)):
        return None
    kind = _typed(kind, value, countries)
    if kind == "BIC":
        value = value[:8]
    check = CHECKS.get(kind)
    return Identifier(kind, value, text.strip(), check(value) if check else None)


def _typed(kind: str, value: str, countries: Container[str]) -> str:
    """The kind of a general number that shows it by its country, length and check digit."""
    if kind not in ("TAX", "REGISTRATION", "ID"):
        return kind
    if CHECKS["LEI"](value):
        return "LEI"
    for country, special in (("by", "UNP"), ("kz", "BIN")):
        if kind != "REGISTRATION" and country in countries and CHECKS[special](value):
            return special
    return kind


def agreeing(
    mine: tuple[Identifier, ...], theirs: tuple[Identifier, ...]
) -> list[tuple[Identifier, Identifier]]:
    """Pairs of equal identifiers, the strongest first."""
    if not mine or not theirs:
        return []
    known = {one.key: one for one in theirs}
    pairs = [(one, known[one.key]) for one in mine if one.key in known]
    return sorted(pairs, key=lambda pair: -WORTH.get(pair[0].kind, 0))


def clashing(
    mine: tuple[Identifier, ...], theirs: tuple[Identifier, ...]
) -> list[tuple[Identifier, Identifier]]:
    """Pairs of one kind where both sides have one, and no value is on both.

    Only values that can be what they are called contradict: a wrong check digit is a slip of the
    pen more often than another party. Kinds that are `WEAK` need a single value on both sides.
    """
    if not mine or not theirs:
        return []
    return [
        pair for kind in (*SINGLE, *WEAK) for pair in _apart(_of(mine, kind), _of(theirs, kind))
    ]


def _of(those: tuple[Identifier, ...], kind: str) -> dict[str, Identifier]:
    return {one.value: one for one in those if one.kind == kind}


def _apart(
    mine: Mapping[str, Identifier], theirs: Mapping[str, Identifier]
) -> list[tuple[Identifier, Identifier]]:
    if not mine or not theirs or not mine.keys().isdisjoint(theirs):
        return []
    one, other = _able(mine), _able(theirs)
    if one is None or other is None or (one.kind in WEAK and len(mine) + len(theirs) > 2):
        return []
    return [(one, other)]


def _able(those: Mapping[str, Identifier]) -> Identifier | None:
    """The first that may contradict."""
    return next((one for one in those.values() if one.sure and one.fits is not False), None)
