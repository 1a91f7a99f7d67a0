"""When receivers heard anything at all near a place: without that, silence says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from entrepot.checks.site import Site


@dataclass(frozen=True, slots=True)
class Heard:
    """Hours in which a position of any aircraft fell near a place.

    Attributes:
        radius_km: what near means.
        hours: beginnings of hours in UTC, by name of the place; a place that is not a key was not
            asked for, and nothing is known of it.
    """

    radius_km: float
    hours: Mapping[str, frozenset[datetime]]

    def has(self, site: Site, hour: datetime) -> bool:
        """Whether anything was heard near the site in the hour that begins then."""
        return hour in self.hours.get(site.name, frozenset())
