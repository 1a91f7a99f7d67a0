"""A diplomatic mission: an embassy or consulate whose staff could go and look."""

from dataclasses import dataclass
from typing import Any, ClassVar

from entrepot.checks.check import row_of


@dataclass(frozen=True, slots=True)
class Post:
    """One mission near one site; public facts only.

    Attributes:
        site: name of the place.
        operator: ISO alpha-3 of the country whose mission it is; its name where it is no country.
        kind_of_post: as the source says, such as `embassy`, `consulate general`.
        city: where it stands.
        host: ISO alpha-3 of the country it stands in.
        latitude_deg: WGS 84.
        longitude_deg: WGS 84.
        distance_km: from the site, over ground in a straight line; no road distance.
        status: what is known for the day, with source; `status unknown` where nothing is.
        is_closed: True: closed or suspended on the day; False: open on the day; null: not known.
        as_of: ISO date of the list of missions.
        source: file and row, or identifier.
    """

    kind: ClassVar[str] = "mission"
    site: str
    operator: str
    kind_of_post: str
    city: str
    host: str
    latitude_deg: float
    longitude_deg: float
    distance_km: float
    status: str
    is_closed: bool | None
    as_of: str
    source: str

    def row(self) -> dict[str, Any]:
        """The columns of `records.checks.CHECK`."""
        return row_of(
            self.kind, self.site, f"{self.kind_of_post} of {self.operator} in {self.city}",
            distance_km=round(self.distance_km, 1), operator=self.operator, status=self.status,
            source=self.source,
        )  # fmt: skip
