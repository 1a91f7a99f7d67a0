"""An archive image: what a satellite did take of a place, as an archive's catalogue says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from entrepot.checks.check import row_of


@dataclass(frozen=True, slots=True)
class Image:
    """One item of an image archive over one site.

    Attributes:
        site: name of the place.
        archive: short name of the archive, such as `element84`.
        collection: of the archive, such as `sentinel-2-l2a`.
        item_id: of the item.
        satellite: as this project calls the platform; empty: not said.
        norad_id: catalogue number; null: platform not known.
        at: UTC instant as the archive gives it. Some archives give the start of the datatake, up
            to two minutes before the tile.
        cloud_pct: of the whole scene, 0 to 100; null: not said, or radar.
        coverage_pct: share of the site's surroundings inside the outline; null: no outline.
        gsd_m: as the archive says; null: not said.
        link: address of the item itself.
        preview: address of a small picture; empty: none.
        licence: as the archive states it; empty: not stated.
        pass_at: closest approach of the predicted pass that it belongs to; null: none fits.
        source: file and place of the stored answer, with the day it was asked.
        same_as: item and archive of the image that is counted for this look; empty: this one is.
            One satellite passes a place once in a turn, so its tiles, levels and copies within
            minutes are one look.
    """

    kind: ClassVar[str] = "image"
    site: str
    archive: str
    collection: str
    item_id: str
    satellite: str
    norad_id: int | None
    at: datetime
    cloud_pct: float | None
    coverage_pct: float | None
    gsd_m: float | None
    link: str
    preview: str
    licence: str
    pass_at: datetime | None
    source: str
    same_as: str = ""

    def row(self) -> dict[str, Any]:
        """The columns of `records.checks.CHECK`."""
        return row_of(
            self.kind, self.site, f"{self.item_id} in {self.archive}", at=self.at,
            satellite=self.satellite or None, norad_id=self.norad_id, gsd_m=self.gsd_m,
            cloud_pct=self.cloud_pct, coverage_pct=self.coverage_pct, link=self.link or None,
            licence=self.licence or None, source=self.source,
            status=f"same look as {self.same_as}" if self.same_as else None,
        )  # fmt: skip
