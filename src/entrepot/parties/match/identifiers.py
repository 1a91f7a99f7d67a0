"""Identifiers of parties: read, normalised, compared exactly.

Equal identifiers of a strong kind make a possible match even under another name. Two values of one
kind that cannot both be true of one party contradict the match. The rest says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from entrepot.parties.match.checks import CHECKS
from entrepot.parties.match.kinds import AIRCRAFT, kind_of
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

SINGLE = ("IMO", "LEI", "INN", "OGRN", "TAIL", "UEI")
"""Kinds of which a party has one at a time; a different value speaks against the match."""

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
    """`kind`, the normalised `value`, the text `written`; `fits`: its check digit, null if none."""

    kind: str
    value: str
    written: str
    fits: bool | None

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
    for name, kind in _KINDS.items():
        for text in properties.get(name, ()):
            mark = tail(text, surely=True) if aircraft and kind in ("REGISTRATION", "ID") else None
            one = Identifier("TAIL", mark, text, None) if mark else identifier(kind, text)
            if one:
                found.append(one)
    return found


def _named(properties: Properties, aircraft: bool, surely: bool) -> list[Identifier]:
    if not aircraft:
        return []
    texts = [text for kind in NAMES for text in properties.get(kind, ())]
    marks = ((tail(text, surely=surely or " " not in text.strip()), text) for text in texts)
    return [Identifier("TAIL", mark, text, None) for mark, text in marks if mark]


def identifier(kind: str, text: str) -> Identifier | None:
    """One identifier from its text; null where it is too short to tell parties apart."""
    value = "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())
    if kind == "WALLET":
        value = text.strip()
    if kind == "IMO":
        value = value.removeprefix("IMO")
    if len(value) < _SHORTEST or (
        kind not in ("CALLSIGN", "BIC") and not any(map(str.isdigit, value))
    ):
        return None
    kind = _typed(kind, value)
    if kind == "BIC":
        value = value[:8]
    check = CHECKS.get(kind)
    return Identifier(kind, value, text.strip(), check(value) if check else None)


def _typed(kind: str, value: str) -> str:
    """The kind of a tax or registration number that shows it by its length and check digit."""
    if kind not in ("TAX", "REGISTRATION", "ID"):
        return kind
    if CHECKS["LEI"](value):
        return "LEI"
    if CHECKS["BIN"](value) and kind != "REGISTRATION":
        return "BIN"
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
    """Pairs of one kind where both sides have one, and no value is on both."""
    if not mine or not theirs:
        return []
    return [pair for kind in SINGLE for pair in _apart(_of(mine, kind), _of(theirs, kind))]


def _of(those: tuple[Identifier, ...], kind: str) -> dict[str, Identifier]:
    return {one.value: one for one in those if one.kind == kind}


def _apart(
    mine: Mapping[str, Identifier], theirs: Mapping[str, Identifier]
) -> list[tuple[Identifier, Identifier]]:
    if not mine or not theirs or not mine.keys().isdisjoint(theirs):
        return []
    return [(next(iter(mine.values())), next(iter(theirs.values())))]
