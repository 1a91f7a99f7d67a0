"""What one source says of a place: a name, a position, a key to find it again."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from entrepot.checks.site import Site, distance_km

TABLE: Final = "table"
TOWNS: Final = "GeoNames"
AIRFIELDS: Final = "airportsdata"
LOCODE: Final = "UN/LOCODE"


@dataclass(frozen=True, slots=True)
class Said:
    """One row of one source.

    Attributes:
        source: `TABLE`, `TOWNS`, `AIRFIELDS` or `LOCODE`.
        key: its identifier there, such as `630429`, `UMMA` or `BYBNV`.
        name: as the source spells it.
        latitude_deg: WGS 84.
        longitude_deg: WGS 84.
        country: ISO alpha-3.
        names: all its names there, folded with `fold`.
        people: inhabitants; 0 where the source does not say.
        height_m: above sea level; 0 where the source does not say.
    """

    source: str
    key: str
    name: str
    latitude_deg: float
    longitude_deg: float
    country: str
    names: frozenset[str] = frozenset()
    people: int = 0
    height_m: float = 0.0

    @property
    def label(self) -> str:
        """Source and key, such as `UN/LOCODE BYBNV`."""
        return f"{self.source} {self.key}"

    @property
    def line(self) -> str:
        """The row in one line: source, key, name, position."""
        return f"{self.label}: {self.name} {self.latitude_deg:.2f}, {self.longitude_deg:.2f}"

    def place(self) -> Site:
        """Its position as a site."""
        return Site(self.name, self.latitude_deg, self.longitude_deg, country=self.country)


def apart_km(a: Said, b: Said) -> float:
    """Kilometres over ground between what two sources say."""
    return distance_km(a.place(), b.place())


def fold(name: str) -> str:
    """A name without case, accents, signs and doubled blanks; letters of any script are kept."""
    if name.isascii() and name.isalnum():
        return name.lower()
    plain = name.casefold() if name.isascii() else _bare(name)
    return " ".join(_SIGNS.sub(" ", plain.replace("'", "").replace("’", "")).split())


_SIGNS: Final = re.compile(r"[^\w]+|_")


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
